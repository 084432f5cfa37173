"""``--noise``: the file of the key by which every figure is changed, instead of some hidden."""

import os
import secrets
import stat
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from api import texts
from api.texts import Language

if TYPE_CHECKING:
    from matcher.balance.disclosure import Noising, Registry

KEY_BYTES = 32
"""Of a new key; another has at least as many."""
LONGEST = 64
"""Bytes that the engine takes; what is longer is made shorter."""
DIFFERENT = 16
"""So many different bytes 32 random ones have, but for one time in many millions."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO

NoiseKey = Annotated[
    Path | None,
    typer.Option(
        "--noise",
        metavar="KEYFILE",
        help="Change every figure a little at random, by the key in this file, and hide none."
        " A file that is not there is made: keep it.",
    ),
]


class Teller(Protocol):
    """A screen, as far as it is needed here."""

    language: Language

    def tell(self, words: str) -> None:
        """Something beside the answer."""


def noising_of(
    file: Path | None, threshold: int, earlier: "Registry", screen: Teller
) -> "Noising | None":
    """The noise that was asked for; None where none was.

    Args:
        file: of the key; where it is not there, and nothing has been released, it is made, and
            the screen says so.
        threshold: nothing from 1 to one less is told.
        earlier: what has been released.
        screen: speaks.

    Raises:
        BadParameter: the file is gone, may be read by others, or has no key in it; the threshold
            is too high. The key is never repeated.
    """
    from matcher.balance.disclosure import Noising
    from matcher.balance.disclosure.noise import FARTHEST

    def refuse(code: str, **params: object) -> typer.BadParameter:
        said = texts.say(screen.language, f"noising.{code}", **params)
        return typer.BadParameter(said, param_hint="--noise")

    if file is None:
        return None
    if threshold > FARTHEST:
        raise refuse("key_threshold", most=FARTHEST)
    if not file.exists():
        if earlier.tables or earlier.noise:
            raise refuse("key_gone", path=file)
        _make(file)
        screen.tell(texts.say(screen.language, "noising.key_made", path=file))
    with file.open("rb") as opened:
        if os.name == "posix" and os.fstat(opened.fileno()).st_mode & OTHERS:
            raise refuse("key_open", path=file)
        secret = _secret(opened.read())
    if secret is None:
        raise refuse("key_weak", path=file, bytes=KEY_BYTES)
    return Noising.of(secret, threshold)


def _make(file: Path) -> None:
    """A new key, in a file that nobody else may read and that nothing is written over."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.write(f"{secrets.token_hex(KEY_BYTES)}\n")


def _secret(written: bytes) -> bytes | None:
    """The key that is written; None where it is none, or can be guessed."""
    try:
        secret = bytes.fromhex(written.decode("ascii"))
    except ValueError:
        return None
    if len(secret) < KEY_BYTES or len(set(secret)) < DIFFERENT:
        return None
    return secret if len(secret) <= LONGEST else blake2b(secret).digest()
