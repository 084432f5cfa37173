"""The table that a plan gets from a store: nobody's time is lost, mixed up or made up."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.travel.build import build
from api.travel.store import open_store
from api.travel.times import times_of
from matcher import columns, explain, verify
from matcher.dataset import PlanReport, write_plan
from matcher.domain import Mode, Problem, TravelTimes
from matcher.outcome import Outcome
from matcher.policy import Limits, Policy
from matcher.solve.door import plan
from matcher.travel import Reach, between
from matcher.travel.reach import Answer
from matcher.travel.table import band, spelled_out
from tests.api.travel.small_towns import Scripted, asked, estimate, known, said, towns
from tests.builders import opening, participant, problem_of, seek, site
from tests.examples import examples

TUESDAY = date(2026, 12, 1)

angles = st.tuples(st.integers(59_200, 59_500), st.integers(17_800, 18_300))
places = angles.map(lambda at: {"latitude": at[0] / 1000, "longitude": at[1] / 1000})
nowhere = st.just({"latitude": None, "longitude": None})
limits = st.sampled_from([10, 30, 45, 60, 90])
people = st.lists(
    st.tuples(
        st.one_of(places, nowhere),
        st.sampled_from(Mode),
        limits,
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)
sites = st.lists(places, min_size=1, max_size=4)


def world(
    persons: list[tuple[dict[str, float | None], Mode, int, bool]], at: list[dict[str, float]]
) -> Problem:
    """A problem with these people and sites, an opening at each."""
    return problem_of(
        *(
            participant(
                f"P{number}",
                **place,
                travel_mode=mode,
                max_travel_minutes=limit,
                protected_identity=hidden,
                wishes=(seek("9413", 1),),
            )
            for number, (place, mode, limit, hidden) in enumerate(persons)
        ),
        *(site(f"S{number}", **place) for number, place in enumerate(at)),
        *(opening(f"O{number}", site_id=f"S{number}") for number in range(len(at))),
    )


def with_store(problem: Problem, path: Path) -> Problem:
    """The same problem with times from a store that the estimate filled."""
    with open_store(path, make=True) as store:
        build(problem, estimate(), store, TUESDAY)
        return replace(problem, travel_times=times_of(store, problem, problem.plan_date))


def planned(problem: Problem) -> Outcome:
    """The best plan."""
    return plan(problem, Policy(), Limits(workers=1))


@examples(40)
@given(people, sites)
def test_a_store_of_estimates_changes_nothing(
    persons: list[tuple[dict[str, float | None], Mode, int, bool]], at: list[dict[str, float]]
) -> None:
    """Points of three decimals: the same plan, the same three groups, the same bands."""
    problem = world(persons, at)
    with TemporaryDirectory() as folder:
        stored = with_store(problem, Path(folder) / "s.db")
    before, after = planned(problem), planned(stored)
    assert after.plan == before.plan
    assert after.plan is not None
    assert verify.violations(stored, Policy(), after.plan, after.goals) == ()
    tables = [columns.load(each, Policy()) for each in (problem, stored)]
    for person in problem.participants:
        one, other = (explain.recommend(t, Policy(), person.participant_id) for t in tables)
        assert one == other


@examples(40)
@given(people, sites)
def test_one_persons_rows_are_everybodys(
    persons: list[tuple[dict[str, float | None], Mode, int, bool]], at: list[dict[str, float]]
) -> None:
    """Read alone, by area and way, everybody has the journeys that all have together."""
    problem = world(persons, at)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "s.db"
        together = with_store(problem, path).travel_times
        assert together is not None
        with open_store(path) as store:
            alone = [
                times_of(store, replace(problem, participants=(person,)), problem.plan_date)
                for person in problem.participants
            ]
    for person, own in zip(problem.participants, alone, strict=True):
        everybody = answers_of(problem, together)
        one = answers_of(replace(problem, participants=(person,)), own)
        assert one == {key: everybody[key] for key in one}
        for site_ in problem.sites:
            pair = person.participant_id, site_.site_id
            assert band(own, *pair) == band(together, *pair)


@examples(40)
@given(people, sites, st.data())
def test_shared_rows_plan_as_rows_of_their_own(
    persons: list[tuple[dict[str, float | None], Mode, int, bool]],
    at: list[dict[str, float]],
    data: st.DataObject,
) -> None:
    """With neighbours at the same points: the plan's files are the same to the byte."""
    twins = [(place, mode, data.draw(limits), hidden) for place, mode, _, hidden in persons]
    problem = world([*persons, *twins], at)
    with TemporaryDirectory() as name:
        folder = Path(name)
        stored = with_store(problem, folder / "s.db")
        assert stored.travel_times is not None
        own = replace(stored, travel_times=spelled_out(stored.travel_times))
        assert own.travel_times is not None
        assert own.travel_times.shared is None
        files = [_files(each, folder / str(number)) for number, each in enumerate((stored, own))]
        assert files[0] == files[1]


def _files(problem: Problem, folder: Path) -> dict[str, bytes]:
    """A plan's tables, to the byte."""
    report = PlanReport(
        outcome=planned(problem),
        plan_date=problem.plan_date,
        policy=Policy(),
        digest="",
        participants=len(problem.participants),
    )
    write_plan(folder, report)
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def answers_of(problem: Problem, times: TravelTimes) -> dict[tuple[str, str], Answer]:
    """Every journey."""
    world_ = replace(problem, travel_times=times)
    return {
        (p.participant_id, s.site_id): between(world_, p, s)
        for p in problem.participants
        for s in problem.sites
    }


def test_what_each_journey_becomes(tmp_path: Path) -> None:
    """Minutes for P1 and P2, no way for P3 on foot, unknown for P4 and P6 who has no point.

    P5 with protected identity is not in the table: that is withheld, as a rule.
    """
    said_of = {
        Mode.TRANSIT: said(Reach.MINUTES, 20),
        Mode.WALK: said(Reach.UNREACHABLE),
    }
    source = Scripted(lambda q: said(Reach.UNKNOWN) if q.step_free else said_of[q.mode])
    problem = towns()
    with open_store(tmp_path / "s.db", make=True) as store:
        build(problem, asked(source), store, TUESDAY)
        times = times_of(store, problem, TUESDAY)
    found = answers_of(problem, times)
    expected = {
        **dict.fromkeys(("P1", "P2"), Answer(reach=Reach.MINUTES, minutes=20)),
        **dict.fromkeys(("P3", "P5"), Answer(reach=Reach.UNREACHABLE)),
        **dict.fromkeys(("P4", "P6"), Answer(reach=Reach.UNKNOWN)),
    }
    assert found == {(p, s): answer for p, answer in expected.items() for s in ("S1", "S2")}
    table = columns.load(replace(problem, travel_times=times), Policy())
    hidden = table.rows(np.array([4], dtype=np.int32), np.array([0], dtype=np.int32))
    assert hidden.reach.tolist() == [Reach.WITHHELD]


def test_an_empty_store_knows_nothing(tmp_path: Path) -> None:
    """Unknown, which somebody can ask about; not unreachable."""
    problem = towns()
    with open_store(tmp_path / "s.db", make=True) as store:
        times = times_of(store, problem, TUESDAY)
    shown = {pair: one for pair, one in answers_of(problem, times).items() if pair[0] != "P5"}
    assert set(shown.values()) == {Answer(reach=Reach.UNKNOWN)}


@pytest.mark.parametrize(("days", "reach"), [(90, Reach.MINUTES), (91, Reach.UNKNOWN)])
def test_expired_rows_are_unknown(tmp_path: Path, days: int, reach: Reach) -> None:
    """The day after the last one."""
    problem = towns()
    with open_store(tmp_path / "s.db", make=True) as store:
        build(problem, asked(known()), store, TUESDAY)
        times = times_of(store, problem, TUESDAY + timedelta(days=days))
    assert answers_of(problem, times)["P1", "S1"].reach is reach


def test_what_is_stored_of_others_is_not_mixed_in(tmp_path: Path) -> None:
    """A store may serve several data sets: only the places of this one count."""
    other = problem_of(
        participant(latitude=60.0, longitude=17.0), site(latitude=60.1, longitude=17.1)
    )
    problem = towns()
    with open_store(tmp_path / "s.db", make=True) as store:
        build(other, asked(known(7)), store, TUESDAY)
        build(problem, asked(known(20)), store, TUESDAY)
        times = times_of(store, problem, TUESDAY)
    assert set(times.minutes.tolist()) == {20, -1}
    assert times.people.sum() == 5 * 2


def test_those_of_one_area_share_their_rows(tmp_path: Path) -> None:
    """P1 and P2 go from one place in one way; P5 with protected identity has no rows at all."""
    problem = towns()
    with open_store(tmp_path / "s.db", make=True) as store:
        build(problem, asked(known()), store, TUESDAY)
        times = times_of(store, problem, TUESDAY)
    assert times.rows_of.tolist() == [0, 0, 2, 3, 4, 5]
    assert times.participant.tolist() == [0, 0, 2, 2, 3, 3, 5, 5]
    assert times.people.tolist() == [2, 2, 1, 1, 1, 1, 1, 1]
    assert spelled_out(times).participant.tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 5, 5]


def test_nobody_and_nowhere(tmp_path: Path) -> None:
    """Without participants or sites the table is empty."""
    problem = towns()
    with open_store(tmp_path / "s.db", make=True) as store:
        build(problem, asked(known()), store, TUESDAY)
        for less in (
            replace(problem, participants=()),
            replace(problem, sites=(), openings=()),
            replace(problem, participants=(), sites=(), openings=()),
        ):
            assert len(times_of(store, less, TUESDAY).minutes) == 0
