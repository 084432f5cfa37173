"""Commands of the service for tests: run in process, on settings of their own."""

import base64
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from api import cli, texts
from api.store import Keyring, Store, make_engine
from api.store.migration import upgrade
from api.texts import Language

KEY, NEW = b"k" * 32, b"n" * 32
SECRET = "of-a-test-and-of-nothing-else-0123456789"  # noqa: S105 -- of a test
FAULTY = 2


def written(number: int, key: bytes) -> str:
    """A key as the settings write it."""
    return f"{number}:{base64.b64encode(key).decode()}"


def said(key: str, language: Language = Language.ENGLISH, /, **params: object) -> str:
    """A sentence of the commands."""
    return texts.say(language, f"service.{key}", **params)


@dataclass(frozen=True)
class Machine:
    """A machine with the settings of a service, on which commands are run."""

    monkeypatch: pytest.MonkeyPatch
    folder: Path

    def set(self, **settings: str | None) -> None:
        """Set settings, or take them away."""
        for name, value in settings.items():
            if value is None:
                self.monkeypatch.delenv(f"STEGET_{name.upper()}", raising=False)
            else:
                self.monkeypatch.setenv(f"STEGET_{name.upper()}", value)

    def run(self, *line: object, typed: str | None = None) -> Result:
        """Run a command; whatever is no exit comes out as it is."""
        words = [str(word) for word in line]
        return CliRunner().invoke(cli.app, words, input=typed, catch_exceptions=False)

    def done(self, *line: object) -> list[str]:
        """The lines of a command that has nothing to complain of."""
        result = self.run(*line)
        assert (result.exit_code, result.stderr) == (0, ""), result.stderr
        return result.stdout.splitlines()

    def refused(self, *line: object) -> str:
        """The one sentence of a command that refuses, and has said nothing else."""
        result = self.run(*line)
        assert (result.exit_code, result.stdout) == (FAULTY, ""), result.stdout
        (sentence,) = result.stderr.splitlines()
        return str(sentence)


def set_up(monkeypatch: pytest.MonkeyPatch, folder: Path, url: str) -> Machine:
    """A machine with a database, a key and a secret, and no other settings."""
    for name in os.environ:
        if name.startswith("STEGET_") and name != "STEGET_TEST_DATABASE_URL":
            monkeypatch.delenv(name)
    monkeypatch.chdir(folder)
    machine = Machine(monkeypatch, folder)
    machine.set(database_url=url, keys=written(1, KEY), secret=SECRET)
    return machine


@contextmanager
def opened(url: str, clock: Callable[[Store], Store] = lambda store: store) -> Iterator[Store]:
    """The store that the commands work on, brought up to the schema."""
    engine = make_engine(url)
    upgrade(engine)
    yield clock(Store(engine, Keyring({1: KEY})))
    engine.dispose()


def run_sql(store: Store, statement: str) -> None:
    """Something that the program itself never does."""
    with store.engine.begin() as connection:
        connection.execute(text(statement))
