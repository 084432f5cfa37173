"""A store that is filled beside its readers: one build at a time, whole or not at all."""

import sys
from datetime import date
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Event, Thread

import pytest

from api.travel.build import build
from api.travel.renewal import BUILDING, renewed
from api.travel.store import StoreError, open_store, stamp
from tests.api.travel.small_towns import estimate, towns

DAY = date(2026, 12, 1)


class StoppedError(Exception):
    """Somebody stopped a build."""


def _rows(path: Path) -> int:
    with open_store(path) as found:
        count = found._connection.execute("SELECT count(*) FROM journeys")  # noqa: SLF001 -- looked into
        return int(count.fetchone()[0])


def _filled(path: Path) -> None:
    with renewed(path, DAY, lambda: None) as store:
        build(towns(), estimate(), store, DAY)


def test_a_reader_sees_the_whole_of_one_build(tmp_path: Path) -> None:
    """While the next is made, stopped, or begun again: the one before."""
    path = tmp_path / "times.db"
    assert stamp(path) is None
    _filled(path)
    before, whole = stamp(path), _rows(path)
    assert whole
    with pytest.raises(StoppedError), renewed(path, date(2027, 6, 1), lambda: None):
        raise StoppedError
    assert (stamp(path), _rows(path)) == (before, whole)
    with renewed(path, date(2027, 6, 1), lambda: None):
        pass
    assert stamp(path) != before
    assert _rows(path) == 0


def test_what_was_written_meanwhile_is_not_lost(tmp_path: Path) -> None:
    """A copy that is older than the store is made again from it."""
    path = tmp_path / "times.db"
    with pytest.raises(StoppedError), renewed(path, DAY, lambda: None):
        raise StoppedError
    assert path.with_name(path.name + BUILDING).exists()
    with open_store(path, make=True) as store:
        build(towns(), estimate(), store, DAY)
    whole = _rows(path)
    with renewed(path, DAY, lambda: None):
        pass
    assert _rows(path) == whole


def test_what_is_no_store_is_left_alone(tmp_path: Path) -> None:
    """Nothing of it is changed."""
    path = tmp_path / "times.db"
    path.write_text("no store " * 100)
    with pytest.raises(StoreError):
        _filled(path)
    assert path.read_text() == "no store " * 100


def test_two_builds_at_once_follow_each_other(tmp_path: Path) -> None:
    """The second waits, and begins with what the first has left."""
    path, begun, waits = tmp_path / "times.db", Event(), Event()
    order: list[str] = []

    def second() -> None:
        begun.wait(10)
        with renewed(path, DAY, waits.set):
            order.append("second" if path.exists() else "too early")

    thread = Thread(target=second)
    thread.start()
    with renewed(path, DAY, lambda: None):
        begun.set()
        assert waits.wait(10)
        assert not path.exists()
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["times.db", "times.db.lock"]


HELD = """
import sys, time
from datetime import date
from pathlib import Path
from api.travel.build import build
from api.travel.build import build
from api.travel.renewal import renewed
from tests.api.travel.small_towns import estimate, towns

def told(so_far):
    if so_far.done == 2:
        print("two", flush=True)
        time.sleep(60)

with renewed(Path(sys.argv[1]), date(2026, 12, 1), lambda: None) as store:
    build(towns(), estimate(), store, date(2026, 12, 1), told=told)
"""


@pytest.mark.slow
def test_a_killed_build_holds_nobody_up(tmp_path: Path) -> None:
    """Its lock is gone with it, and what it had asked for is still known."""
    path = tmp_path / "times.db"
    line = [sys.executable, "-c", HELD, str(path)]
    with Popen(line, stdout=PIPE, text=True, cwd=Path(__file__).parents[3]) as other:  # noqa: S603 -- ours
        assert other.stdout is not None
        assert other.stdout.readline() == "two\n"
        other.kill()
    assert not path.exists()
    with renewed(path, DAY, lambda: None) as found:
        done = build(towns(), estimate(), found, DAY)
    assert 0 < done.fresh < done.minutes
    assert _rows(path) == done.minutes


def test_who_waits_may_give_up(tmp_path: Path) -> None:
    """A build that is cancelled while another is at it ends, and leaves that one alone."""

    def cancelled() -> None:
        raise StoppedError

    path = tmp_path / "times.db"
    with renewed(path, DAY, lambda: None):
        with pytest.raises(StoppedError), renewed(path, DAY, cancelled):
            pass
        assert not path.exists()
    assert path.exists()
