"""Building a store: who is asked for what, and that a build that was stopped goes on."""

import sys
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from api.travel.build import Building, area_of, build, questions
from api.travel.store import open_store
from matcher.domain import Mode, Need
from matcher.travel.contract import MORNING, Point, TravelAnswer, TravelQuestion
from matcher.travel.reach import Reach
from matcher.travel.sources import EstimateProvider
from tests.api.travel.small_towns import (
    HERE,
    NOW,
    SECRET,
    THERE,
    Scripted,
    asked,
    estimate,
    known,
    rows,
    said,
    towns,
)
from tests.builders import participant, problem_of, site

TUESDAY = date(2026, 12, 1)
WAYS = [(Mode.TRANSIT, False), (Mode.TRANSIT, True), (Mode.WALK, False)]


class Killed(BaseException):
    """What ends a build in the middle."""


def test_what_is_asked() -> None:
    """For each site and way of travelling all areas once, in the order of the map."""
    asking = list(questions(towns(), TUESDAY))
    here, there = Point(**HERE), Point(**THERE)
    ways = {(q.mode, q.step_free): q.origins for q in asking}
    assert ways == {
        (Mode.TRANSIT, False): (here,),
        (Mode.TRANSIT, True): (there,),
        (Mode.WALK, False): (there,),
    }
    assert [(q.site.latitude, q.mode, q.step_free) for q in asking] == [
        (latitude, *way) for latitude in (59.3, 59.4) for way in sorted(WAYS)
    ]
    assert {q.day for q in asking} == {TUESDAY}


@pytest.mark.parametrize("need", [Need.STEP_FREE, Need.WIDE_PASSAGE])
def test_needs_that_ask_for_a_way_without_steps(need: Need) -> None:
    """A wheelchair needs one, whichever of the two is written down."""
    (question,) = questions(problem_of(participant(needs=frozenset({need}))), TUESDAY)
    assert question.step_free


def test_nobody_with_protected_identity_is_asked_for(tmp_path: Path) -> None:
    """Their point is in no question and not in the file, in whatever way they travel."""
    hidden = [
        participant(f"H{at}", **SECRET, protected_identity=True, travel_mode=mode)
        for at, mode in enumerate(Mode)
    ]
    problem = towns()
    problem = replace(problem, participants=(*problem.participants, *hidden))
    source, path = known(), tmp_path / "s.db"
    with open_store(path, make=True) as store:
        build(problem, asked(source), store, TUESDAY)
    points = {point for question in source.questions for point in question.origins}
    assert points == {Point(**HERE), Point(**THERE)}
    assert {q.mode for q in source.questions} == {Mode.TRANSIT, Mode.WALK}
    assert b"P5" not in path.read_bytes()


def test_a_point_that_is_not_given_has_no_area() -> None:
    """And the fault names nobody."""
    with pytest.raises(ValueError, match="without a point has no area"):
        area_of(participant(latitude=None, longitude=None))


def test_the_summary_counts_what_is_known(tmp_path: Path) -> None:
    """Minutes, estimates among them, no way, unknown; and who said it."""
    answers = {
        (Mode.TRANSIT, False): said(Reach.MINUTES, 20, is_estimate=True, low=0, high=35),
        (Mode.TRANSIT, True): said(Reach.UNREACHABLE),
        (Mode.WALK, False): said(Reach.UNKNOWN),
    }
    source = Scripted(lambda q: answers[q.mode, q.step_free])
    told: list[Building] = []
    with open_store(tmp_path / "s.db", make=True) as store:
        done = build(towns(), asked(source), store, TUESDAY, told=told.append)
    assert done == Building(
        done=6,
        of=6,
        fresh=6,
        minutes=2,
        estimates=2,
        unreachable=2,
        unknown=2,
        sources={"scripted": 6},
    )
    assert [each.done for each in told] == list(range(7))


def test_a_build_that_was_killed_goes_on(tmp_path: Path) -> None:
    """Killed at any question and started again, it asks for the rest and the file is the same."""
    whole = tmp_path / "whole.db"
    with open_store(whole, make=True) as store:
        of = build(towns(), estimate(), store, TUESDAY).of
    for last in range(of):
        path = tmp_path / f"{last}.db"
        asking = EstimateProvider(now=NOW)
        seen: list[TravelQuestion] = []

        class Fragile:
            name = "estimate"

            def to_site(self, question: TravelQuestion) -> list[TravelAnswer]:
                if len(seen) == last:  # noqa: B023 -- used in this round only
                    raise Killed
                seen.append(question)  # noqa: B023 -- used in this round only
                return asking.to_site(question)  # noqa: B023 -- used in this round only

        whom = estimate().whom
        with pytest.raises(Killed), open_store(path, make=True) as store:
            build(towns(), asked(Fragile(), whom), store, TUESDAY)
        rest = Scripted(lambda _: said(Reach.UNKNOWN))
        rest.to_site = lambda q, rest=rest: (rest.questions.append(q), asking.to_site(q))[1]  # type: ignore[method-assign]  # noqa: B023
        with open_store(path, make=True) as store:
            done = build(towns(), asked(rest, whom), store, TUESDAY)
        assert len(rest.questions) == done.fresh == of - last
        assert rows(path) == rows(whole)


HELD = """
import sys, time
from datetime import date
from pathlib import Path

from api.travel.build import build
from api.travel.store import open_store
from tests.api.travel.small_towns import estimate, towns

def told(so_far):
    if so_far.done == 2:
        print("two", flush=True)
        time.sleep(60)

with open_store(Path(sys.argv[1]), make=True) as store:
    build(towns(), estimate(), store, date(2026, 12, 1), told=told)
"""


@pytest.mark.slow
def test_a_process_that_was_killed_is_gone_on_with(tmp_path: Path) -> None:
    """By the signal that nothing can catch: what was answered is kept, and the rest is asked."""
    path, whole = tmp_path / "times.db", tmp_path / "whole.db"
    line = [sys.executable, "-c", HELD, str(path)]
    with Popen(line, stdout=PIPE, text=True, cwd=Path(__file__).parents[3]) as other:  # noqa: S603 -- ours
        assert other.stdout is not None
        assert other.stdout.readline() == "two\n"
        other.kill()
    known = len(rows(path))
    with open_store(path, make=True) as store:
        done = build(towns(), estimate(), store, TUESDAY)
    with open_store(whole, make=True) as store:
        build(towns(), estimate(), store, TUESDAY)
    assert 0 < known == len(rows(path)) - done.fresh
    assert rows(path) == rows(whole)


def test_the_times_to_be_there_by_are_asked_for(tmp_path: Path) -> None:
    """Those of a morning, or others; other ones are other questions."""
    early = (time(6), time(6, 30))
    scripted = Scripted(lambda _: said(Reach.MINUTES, 20))
    with open_store(tmp_path / "s.db", make=True) as store:
        usual = build(towns(), asked(scripted), store, TUESDAY)
        assert {question.deadlines for question in scripted.questions} == {MORNING}
        scripted.questions.clear()
        again = build(towns(), replace(asked(scripted), deadlines=early), store, TUESDAY)
    assert {question.deadlines for question in scripted.questions} == {early}
    assert again.fresh == usual.fresh > 0


def test_only_what_is_new_is_asked_for(tmp_path: Path) -> None:
    """A new participant's area, a new site; not what is known."""
    problem, path = towns(), tmp_path / "s.db"
    with open_store(path, make=True) as store:
        build(problem, asked(known()), store, TUESDAY)
        source = known()
        assert build(problem, asked(source), store, TUESDAY).fresh == 0
        assert source.questions == []
        new = participant("P9", latitude=59.31, longitude=18.01)
        more = replace(problem, participants=(*problem.participants, new))
        assert build(more, asked(source), store, TUESDAY).fresh == 2
        assert [q.origins for q in source.questions] == [
            (Point(latitude=59.31, longitude=18.01),)
        ] * 2


def test_what_was_unknown_is_asked_again(tmp_path: Path) -> None:
    """A server that was down may be up."""
    lost, found = Scripted(lambda _: said(Reach.UNKNOWN)), known()
    with open_store(tmp_path / "s.db", make=True) as store:
        assert build(towns(), asked(lost), store, TUESDAY).unknown == 6
        done = build(towns(), asked(found), store, TUESDAY)
    assert (done.fresh, done.minutes, done.unknown) == (6, 6, 0)


def test_other_sources_are_asked_for_everything(tmp_path: Path) -> None:
    """Estimates do not stand in the way of a timetable, nor an old one of a new one."""
    first, second = known(20), known(25)
    with open_store(tmp_path / "s.db", make=True) as store:
        build(towns(), asked(first, "estimate/x"), store, TUESDAY)
        done = build(towns(), asked(second, "gtfs/1,estimate/x"), store, TUESDAY)
        assert done.fresh == 6
        assert {row[6] for row in rows(tmp_path / "s.db")} == {25}


def test_another_tuesday_is_the_same_and_wednesday_is_not(tmp_path: Path) -> None:
    """The day of the week is what a journey depends on."""
    with open_store(tmp_path / "s.db", make=True) as store:
        build(towns(), asked(known()), store, TUESDAY)
        assert build(towns(), asked(known()), store, date(2026, 12, 8)).fresh == 0
        assert build(towns(), asked(known()), store, date(2026, 12, 2)).fresh == 6


def test_an_estimate_in_place_of_a_failing_server_is_asked_again(tmp_path: Path) -> None:
    """It counts for a plan until the server answers; what the server told stays."""
    failures = [0]

    def answer(question: TravelQuestion) -> TravelAnswer:
        if question.mode is Mode.WALK:
            failures[0] += 1
            return said(Reach.MINUTES, 40, is_estimate=True, low=36, high=42)
        return said(Reach.MINUTES, 20)

    with open_store(tmp_path / "s.db", make=True) as store:
        down = asked(Scripted(answer), failures=lambda: failures[0])
        assert build(towns(), down, store, TUESDAY).minutes == 6
        up = known(30)
        assert build(towns(), asked(up), store, TUESDAY).fresh == 2
        assert {q.mode for q in up.questions} == {Mode.WALK}


def test_expired_answers_are_asked_for_again(tmp_path: Path) -> None:
    """Ninety days after the plan date, and not before."""
    problem = towns()
    with open_store(tmp_path / "s.db", make=True) as store:
        build(problem, asked(known()), store, TUESDAY)
        for day, fresh in ((date(2027, 3, 1), 0), (date(2027, 3, 2), 6)):
            later = replace(problem, plan_date=day)
            assert build(later, asked(known()), store, TUESDAY).fresh == fresh


def test_what_expires_soon_is_asked_again_and_not_lost(tmp_path: Path) -> None:
    """30 days ahead everything is; where the source fails, what counts a while yet stays."""
    later = replace(towns(), plan_date=TUESDAY + timedelta(days=61))
    with open_store(tmp_path / "s.db", make=True) as store:
        build(replace(towns(), plan_date=TUESDAY), asked(known(20)), store, TUESDAY)
        failures = iter(range(100))
        down = Scripted(lambda _: said(Reach.UNKNOWN))
        failing = asked(down, failures=lambda: next(failures))
        month = timedelta(days=30)
        failed = build(later, replace(failing, ahead=month), store, TUESDAY)
        assert (failed.fresh, failed.minutes, failed.unknown) == (6, 6, 0)
        done = build(later, replace(asked(known(25)), ahead=month), store, TUESDAY)
        assert (done.fresh, done.minutes) == (6, 6)
        again = build(later, replace(asked(known(25)), ahead=month), store, TUESDAY)
        assert again.fresh == 0


def test_nobody_to_ask_for(tmp_path: Path) -> None:
    """Without points there are no questions."""
    problem = problem_of(participant(latitude=None, longitude=None), site())
    with open_store(tmp_path / "s.db", make=True) as store:
        assert build(problem, asked(known()), store, TUESDAY) == Building(done=0, of=0)
