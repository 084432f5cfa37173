"""The balance, measured in a process of its own, so that memory is its alone. Prints a JSON line.

Run as ``python balance.py county FOLDER`` or ``python balance.py million``.
"""

import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parents[2]))

from data import reference
from matcher import columns, dataset, plan
from matcher.balance.door import Asked, Balance, balance, reference_of
from matcher.balance.events import EventColumns, PeopleColumns, collect
from matcher.balance.fairness import gender_flip, price_of_balance, unplaced
from matcher.balance.planned import planned
from matcher.balance.words import Ending, Stage
from matcher.domain import Gender, ProviderKind
from matcher.policy import Policy
from tests.benchmarks.measure import PLAN_DATE, memory_gb, reset, timed

POLICY = Policy()
PEOPLE = 151_500
SEED = 1
DAYS = 1_200
FAR_ON = {
    Stage.PROPOSED: 0.6,
    Stage.ACCEPTED: 0.4,
    Stage.STARTED: 0.35,
    Stage.ENDED: 0.25,
}
"""The share of people who get so far; each also has two wishes and three recommendations."""
Draw = Callable[[Sequence[str], int], list[str]]


def county(folder: Path) -> dict[str, float]:
    """The shipped county, planned: events, tables, suppression; and what is tried beside."""
    problem = dataset.load(folder, PLAN_DATE).problem
    made = plan(problem, POLICY).plan
    assert made is not None
    table, known = columns.load(problem, POLICY), reference_of(problem.occupations)
    asked = Asked(
        placed=Stage.PROPOSED,
        more=(lambda counting: unplaced(counting, table, POLICY, made),),
    )
    reset()
    held = memory_gb("VmRSS")
    events, laid = timed(lambda: planned(problem, POLICY, made))
    found, counted = timed(lambda: balance(events, known, asked))
    beyond = memory_gb("VmHWM") - held
    flip, flipped = timed(lambda: gender_flip(problem, POLICY))
    _, priced = timed(lambda: price_of_balance(problem, POLICY, made, asked.rules.threshold))
    return {
        "events": len(events),
        "lay": laid,
        "balance": counted,
        "beyond": beyond,
        "flip": flipped,
        "flip pairs": flip.pairs,
        "flip differences": len(flip.differences),
        "price": priced,
        **shown(found),
    }


def shown(found: Balance) -> dict[str, float]:
    """Cells there are, and cells that are shown."""
    tables = found.release.tables
    return {
        "tables": len(tables),
        "cells": sum(table.shown.size for table in tables),
        "shown": sum(int(table.shown.sum()) for table in tables),
    }


def million() -> dict[str, float]:
    """A million events: from columns of text to protected tables."""
    people, rows = drawn()
    known = reference_of()
    reset()
    held = memory_gb("VmRSS")
    events, collected = timed(lambda: collect(people, rows, b"bench"))
    found, counted = timed(lambda: balance(events, known))
    return {
        "events": len(events),
        "people": len(events.people),
        "collect": collected,
        "balance": counted,
        "held": held,
        "memory": memory_gb("VmHWM"),
        **shown(found),
    }


def drawn() -> tuple[PeopleColumns, EventColumns]:
    """People and what happened to them, by a seed."""
    dice = np.random.default_rng(SEED)

    def draw(names: Sequence[str], number: int) -> list[str]:
        return [names[at] for at in dice.integers(len(names), size=number)]

    ids = [f"P{at:06}" for at in range(PEOPLE)]
    begun = [date(2023, 6, 1) + timedelta(int(at)) for at in dice.integers(DAYS, size=PEOPLE)]
    people = PeopleColumns(
        year=2026,
        participant_id=ids,
        protected=(dice.random(PEOPLE) < 0.02).tolist(),
        gender=draw((*Gender, *[Gender.WOMAN] * 40, *[Gender.MAN] * 30), PEOPLE),
        birth_year=dice.integers(1962, 2008, size=PEOPLE).tolist(),
        association=draw([row["association"] for row in reference.mia_associations()], PEOPLE),
        municipality=draw(["0126", "0127", "0128"], PEOPLE),
        supervisor=draw([f"H{at}" for at in range(8_000)], PEOPLE),
        norm_goal=(dice.random(PEOPLE) < 0.1).tolist(),
        waiting_since=begun,
        hours=[None] * PEOPLE,
        hours_goal=[None] * PEOPLE,
        looks=(dice.random(PEOPLE) < 0.6).tolist(),
    )
    return people, _happened(ids, begun, dice, draw)


def _happened(
    ids: list[str], begun: list[date], dice: np.random.Generator, draw: Draw
) -> EventColumns:
    """Wishes and recommendations of everybody, and how far each got after that."""
    stage: list[str] = []
    who: list[npt.NDArray[np.int64]] = []
    rank: list[int | None] = []
    everybody = np.arange(len(ids))
    for one, most in ((Stage.WISHED, 2), (Stage.RECOMMENDED, 3)):
        for at in range(1, most + 1):
            who.append(everybody)
            stage += [one] * len(ids)
            rank += [at] * len(ids)
    luck = dice.random(len(ids))
    for one, far in FAR_ON.items():
        who.append(np.flatnonzero(luck < far))
        stage += [one] * len(who[-1])
        rank += [None] * len(who[-1])
    person = np.concatenate(who).tolist()
    number = len(person)
    wished = [one is Stage.WISHED for one in stage]
    groups = draw([row["occupation_group"] for row in reference.occupations()], number)
    fields = {row["occupation_group"]: row["field"] for row in reference.occupations()}
    places, kinds = draw([f"O{at}" for at in range(3_000)], number), draw([*ProviderKind], number)
    endings = draw([*Ending], number)
    later = [STEPS[one] for one in stage]
    began = [one in (Stage.STARTED, Stage.ENDED) for one in stage]
    return EventColumns(
        participant_id=[ids[at] for at in person],
        stage=stage,
        day=[begun[at] + timedelta(days) for at, days in zip(person, later, strict=True)],
        opening=["" if no else place for no, place in zip(wished, places, strict=True)],
        group=groups,
        field=[fields[group] for group in groups],
        provider=[
            "" if no else f"A{place[-2:]}" for no, place in zip(wished, places, strict=True)
        ],
        kind=["" if no else kind for no, kind in zip(wished, kinds, strict=True)],
        rank=rank,
        ending=[
            end if one is Stage.ENDED else "" for one, end in zip(stage, endings, strict=True)
        ],
        hours_first=[8 if yes else None for yes in began],
        hours_last=[
            int(hours) if yes else None
            for yes, hours in zip(began, dice.integers(5, 40, size=number), strict=True)
        ],
        reason=[""] * number,
    )


STEPS = {stage: 20 * at for at, stage in enumerate(Stage)}
"""Days from the beginning of the wait to each stage."""

if __name__ == "__main__":
    figures = million() if sys.argv[1] == "million" else county(Path(sys.argv[2]))
    print(json.dumps(figures))  # noqa: T201
