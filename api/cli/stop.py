"""Ctrl-C while a plan is being made: the engine is asked to stop, and no plan comes of it."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, current_thread, main_thread

from matcher.errors import PlanCancelledError


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C has been pressed, to be asked by the engine; once more stops it at once.

    Where somebody else already decides what an interrupt does, it is left so.

    Raises:
        PlanCancelledError: it was pressed, also where the engine had just finished.
    """
    pressed = Event()
    before = signal.getsignal(signal.SIGINT)
    ours = before is signal.default_int_handler and current_thread() is main_thread()

    def stop(*_: object) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, before)

    try:
        if ours:
            signal.signal(signal.SIGINT, stop)
        yield pressed.is_set
    except KeyboardInterrupt:
        raise PlanCancelledError from None
    finally:
        if ours:
            signal.signal(signal.SIGINT, before)
    if pressed.is_set():
        raise PlanCancelledError
