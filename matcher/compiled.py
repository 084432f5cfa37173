"""Compiles inner loops to machine code (numba), and keeps what it compiled.

A compiled loop holds no lock of the interpreter, so that several threads can run it. Without a
folder to keep it in (neither beside the module nor the user's cache) it is compiled anew in
every process.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """The same function as machine code; called with arrays, numbers and named tuples of them."""
    try:
        made = numba.njit(cache=True, nogil=True)(loop)
    except RuntimeError:  # numba finds no folder that it may write to
        made = numba.njit(nogil=True)(loop)
    return cast(Loop, made)
