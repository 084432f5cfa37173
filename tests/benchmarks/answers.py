"""The seconds of answers about a plan, in a process of its own. Prints one JSON line.

Run as ``python answers.py county FOLDER`` or ``python answers.py country FOLDER``.
"""

import gc
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from matcher import columns, dataset, plan
from matcher.changes import Change, Subject
from matcher.domain import SESSIONS, Problem, Sessions
from matcher.explain import recommend
from matcher.explain.nearest import nearest
from matcher.insight import price_curve, seats, site_barriers
from matcher.policy import Criterion, GoalName, Policy
from matcher.solve.standing import Standing, choose_each, stand
from matcher.whatif import what_if
from tests.benchmarks.measure import PLAN_DATE, timed

POLICY = Policy()
PEOPLE = 150
OPENINGS = 40
CHANGES = 40
WEEK = Sessions((1 << len(SESSIONS)) - 1)
Seconds = dict[str, float]


def percentiles(name: str, seconds: list[float]) -> Seconds:
    """The median and the 95th percentile, in milliseconds."""
    half, most = np.percentile(np.array(seconds) * 1000, [50, 95])
    return {f"{name} p50": float(half), f"{name} p95": float(most), f"{name} asked": len(seconds)}


def drawn(problem: Problem) -> list[str]:
    """Some participants, by a seed."""
    order = np.random.default_rng(1).permutation(len(problem.participants))
    return [problem.participants[at].participant_id for at in order[:PEOPLE]]


def recommending(table: columns.Table) -> Seconds:
    """Recommendations without a plan."""
    names = drawn(table.problem)
    recommend(table, POLICY, names[0])
    return percentiles("plain", [timed(lambda n=n: recommend(table, POLICY, n))[1] for n in names])


def with_effect(standing: Standing) -> Seconds:
    """Recommendations with the effect on the plan; then exactly forty effects for one person."""
    asked, forty = [], []
    for name in drawn(standing.problem):
        found, seconds = timed(lambda n=name: recommend(standing.table, POLICY, n, standing))
        if found.possible:
            asked.append(seconds)
        openings = [one.opening_id for one in found.possible][:OPENINGS]
        if len(openings) == OPENINGS:
            forty.append(timed(lambda n=name, o=openings: choose_each(standing, n, o))[1])
    return percentiles("effect", asked) | percentiles("forty", forty)


def one_thing(problem: Problem) -> Iterator[Change]:
    """Changes of one participant or one opening."""
    dice = np.random.default_rng(2)
    for number in range(CHANGES):
        person = problem.participants[dice.integers(len(problem.participants))]
        opening = problem.openings[dice.integers(len(problem.openings))]
        own = {"subject": Subject.PARTICIPANT, "id": person.participant_id}
        there = {"subject": Subject.OPENING, "id": opening.opening_id}
        limit = min(1440, person.max_travel_minutes + 15)
        yield (
            Change(**there, name="seats", value=opening.seats + 1),
            Change(**own, name="max_travel_minutes", value=limit),
            Change(**own, name="available", value=WEEK),
            Change(**there, name="hours_min", value=0),
            Change(
                subject=Subject.SITE, id=opening.site_id, name="hygiene.soap", value="unscented"
            ),
        )[number % 5]


def switches() -> Iterator[Change]:
    """Changes of the policy."""
    for more in (5, 10, 20):
        weights = {**POLICY.weights, Criterion.WISH: 45 + more, Criterion.TRAVEL: 25 - more}
        yield Change(subject=Subject.POLICY, name="weights", value=weights)
    yield Change(subject=Subject.POLICY, name="unknown_needs", value="check")
    yield Change(subject=Subject.POLICY, name="horizon_days", value=60)
    yield Change(subject=Subject.POLICY, name="require_equal_treatment", value=True)


def changing(standing: Standing) -> Seconds:
    """What-ifs."""
    ask: Callable[[Change], float] = lambda change: timed(lambda: what_if(standing, [change]))[1]  # noqa: E731
    few = [ask(change) for change in one_thing(standing.problem)]
    return percentiles("what-if", few) | percentiles("switch", [ask(c) for c in switches()])


def county(folder: Path) -> Seconds:
    """All answers about a county's plan."""
    problem = dataset.load(folder, PLAN_DATE).problem
    outcome, scratch = timed(lambda: plan(problem, POLICY))
    outcome, scratch = timed(lambda: plan(problem, POLICY))
    assert outcome.plan is not None
    proposals = outcome.plan.proposals
    standing = stand(problem, POLICY, proposals)
    _, standing_up = timed(lambda: stand(problem, POLICY, proposals))
    standing.warm()
    without = [row.participant_id for row in outcome.plan.unplaced][:20]
    person = without[0]
    some = [one.opening_id for one in problem.openings[:OPENINGS]]
    choose_each(standing, person, some)
    nearest(standing, person)
    what_if(standing, [])
    found = recommending(standing.table) | with_effect(standing) | changing(standing)
    seconds = [timed(lambda n=name: nearest(standing, n))[1] for name in without]
    found |= percentiles("nearest", seconds)
    found["scratch"], found["stand"] = scratch, standing_up
    found["seats"] = timed(lambda: seats(standing))[1]
    found["seats"] = min(found["seats"], timed(lambda: seats(standing))[1])
    found["barriers"] = timed(lambda: site_barriers(standing))[1]
    found["curve"] = timed(lambda: price_curve(standing, GoalName.NORM_GOALS))[1]
    return found


def country(folder: Path) -> Seconds:
    """Recommendations in a data set of 30,000 x 9,000."""
    table = columns.load(dataset.load(folder, PLAN_DATE).problem, POLICY)
    gc.freeze()  # what is loaded once is not to be searched for rubbish again and again
    return recommending(table)


if __name__ == "__main__":
    what = {"county": county, "country": country}[sys.argv[1]]
    print(json.dumps(what(Path(sys.argv[2]))))  # noqa: T201
