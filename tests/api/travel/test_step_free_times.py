"""What a store knows of steps on the way comes into the table of a plan, and into its digest."""

from datetime import date
from pathlib import Path

import pytest

from api.travel.build import build
from api.travel.store import open_store
from api.travel.times import times_of
from matcher.domain import TravelTimes
from matcher.travel.contract import TravelAnswer, TravelQuestion
from matcher.travel.reach import Reach
from matcher.travel.table import spelled_out
from tests.api.travel.small_towns import Scripted, asked, estimate, said, towns

TUESDAY = date(2026, 12, 1)


def stored(path: Path, known: str) -> TravelTimes:
    """The table where of journeys asked for without steps so much is known."""

    def answer(question: TravelQuestion) -> TravelAnswer:
        return said(Reach.MINUTES, 20, step_free=known if question.step_free else "unknown")

    problem = towns()
    with open_store(path, make=True) as store:
        build(problem, asked(Scripted(answer)), store, TUESDAY)
        return times_of(store, problem, TUESDAY)


def signs(times: TravelTimes) -> dict[str, set[int]]:
    """What is known of the journeys of each."""
    table = spelled_out(times)
    assert table.step_free is not None
    found: dict[str, set[int]] = {}
    for person, sign in zip(table.participant, table.step_free.tolist(), strict=True):
        found.setdefault(table.participant_ids[person], set()).add(sign)
    return found


@pytest.mark.parametrize(("known", "sign"), [("yes", 1), ("no", 0), ("unknown", -1)])
def test_a_store_tells_what_is_known_of_steps(tmp_path: Path, known: str, sign: int) -> None:
    """Of P4, who needs it; of nobody else, whatever is known on the way P4 goes."""
    found = signs(stored(tmp_path / "s.db", known))
    assert found == {**{name: {-1} for name in ("P1", "P2", "P3", "P6")}, "P4": {sign}}


def test_an_estimate_in_a_store_knows_nothing_of_steps(tmp_path: Path) -> None:
    """For nobody."""
    problem = towns()
    with open_store(tmp_path / "s.db", make=True) as store:
        build(problem, estimate(), store, TUESDAY)
        times = times_of(store, problem, TUESDAY)
    assert set().union(*signs(times).values()) == {-1}


def test_times_that_differ_in_steps_alone_have_another_digest(tmp_path: Path) -> None:
    """So that a plan is asked with the times it was made with."""
    tables = [stored(tmp_path / f"{known}.db", known) for known in ("yes", "no", "unknown")]
    assert len({times.digest for times in tables}) == len(tables)
    assert tables[0].digest == stored(tmp_path / "again.db", "yes").digest
