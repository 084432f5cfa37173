"""Shadow mode: what was suggested before people decided, against what they decided.

A suggestion is kept as ``Events`` of its day (``planned``), and laid beside the events of later.
People are known again by their keys, so both are made with the same salt; openings by their ids.
"""

from datetime import date
from enum import StrEnum

import numpy as np

from matcher.balance import persons
from matcher.balance.cells import counted, variable
from matcher.balance.disclosure import Nesting, Table
from matcher.balance.events import NONE, STAGE_AT, Events
from matcher.balance.measures import PERSONAL, Counting
from matcher.balance.words import NOT_GIVEN, PARTICIPANTS, Ending, Stage
from matcher.travel.atlas import Ints, Masks

KEPT = "kept"
"""The population of those for whom there was a suggestion and who are still known."""
OVERRIDDEN = "overridden"
"""Those of them for whom people decided otherwise."""


class Agreement(StrEnum):
    """What people decided, beside what was suggested."""

    SAME = "same"
    RECOMMENDED = "recommended"
    """Another opening, one of those recommended."""
    OTHER = "other"
    """An opening that was not recommended."""
    OPEN = "open"
    """Nothing has been decided."""


AGREEMENTS = tuple(Agreement)
ENDINGS = (*Ending, NOT_GIVEN)


def agreement(
    counting: Counting, kept: Events, on: date, suggested: Stage = Stage.PROPOSED
) -> tuple[tuple[Table, ...], tuple[Nesting, ...]]:
    """Agreement by gender, reasons of overrides, and what became of either.

    Decided is the first acceptance, or start, on the day of the suggestion or later.

    Args:
        counting: the events of later.
        kept: what was suggested.
        on: the day of the suggestion.
        suggested: the proposals of a plan, or the first of each recommendation.
    """
    events = counting.events
    who, was = _known_again(events, kept, persons.reached(kept, suggested))
    decided = _first_later(events, (Stage.ACCEPTED, Stage.STARTED), on)
    found = _agreements(events, kept, (who, was), decided[who])
    ended = _first_later(events, (Stage.ENDED,), on)[who]
    ending = events.ending.at(ended)
    by = variable("agreement", AGREEMENTS)
    endings = np.where(ending == NONE, len(Ending), ending)
    over = np.isin(found, [AGREEMENTS.index(a) for a in (Agreement.RECOMMENDED, Agreement.OTHER)])
    sex = events.people.sex[who]
    tables = (
        counted("agreement", KEPT, [counting.gender.variable, by], [sex, found]),
        counted("agreement/ending", KEPT, [by, variable("ending", ENDINGS)], [found, endings]),
        _reasons(events, who[over], on),
    )
    inside = (Nesting(KEPT, PARTICIPANTS, over=PERSONAL), Nesting(OVERRIDDEN, KEPT, over=PERSONAL))
    return tables, inside


def _known_again(events: Events, kept: Events, found: persons.Reached) -> tuple[Ints, Ints]:
    """Of those with a suggestion who are still known: who they are, and the opening suggested.

    Positions in the people of ``events``, and in the names of the openings of ``kept``.
    """
    keys = kept.people.key[found.person]
    order = np.argsort(events.people.key)
    at = np.minimum(np.searchsorted(events.people.key[order], keys), len(order) - 1)
    who = order[at] if len(order) else np.zeros(len(keys), dtype=np.int64)
    same = events.people.key[who] == keys if len(order) else np.zeros(len(keys), dtype=np.bool_)
    return who[same].astype(np.int32), found.of(kept.opening.codes)[same]


def _first_later(events: Events, stages: tuple[Stage, ...], on: date) -> Ints:
    """(people,) the row of the first event of these stages from a day on; ``NONE`` without one."""
    rows = np.flatnonzero(_of(events, stages) & (events.day >= on.toordinal()))
    rows = rows[np.lexsort((events.opening.codes[rows], events.day[rows]))][::-1]
    first = np.full(len(events.people), NONE, dtype=np.int32)
    first[events.person[rows]] = rows  # the last to be written is the first there was
    return first


def _of(events: Events, stages: tuple[Stage, ...]) -> Masks:
    return np.isin(events.stage, [STAGE_AT[stage] for stage in stages])


def _agreements(
    events: Events, kept: Events, suggestion: tuple[Ints, Ints], decided: Ints
) -> Ints:
    """(people with a suggestion,) how what was decided stands to it, as places in ``AGREEMENTS``.

    Args:
        events: of later.
        kept: what was suggested.
        suggestion: who, and which opening of ``kept``.
        decided: (people with a suggestion,) the row of what was decided.
    """
    who, was = suggestion
    names = {name: at for at, name in enumerate(kept.opening.names)}
    same = [names.get(name, NONE) for name in events.opening.names]
    chosen = np.array([*same, NONE])[events.opening.at(decided)]
    rows = np.flatnonzero(_of(kept, (Stage.RECOMMENDED, Stage.PROPOSED)))
    offered = set(
        zip(
            kept.people.key[kept.person[rows]].tolist(),
            kept.opening.codes[rows].tolist(),
            strict=True,
        )
    )
    keys = events.people.key[who].tolist()
    among = np.array(
        [one in offered for one in zip(keys, chosen.tolist(), strict=True)], dtype=bool
    )
    found = np.full(len(who), AGREEMENTS.index(Agreement.OTHER), dtype=np.int32)
    found[among] = AGREEMENTS.index(Agreement.RECOMMENDED)
    found[chosen == was] = AGREEMENTS.index(Agreement.SAME)
    found[decided == NONE] = AGREEMENTS.index(Agreement.OPEN)
    return found


def _reasons(events: Events, who: Ints, on: date) -> Table:
    """Why it was decided otherwise: the first reason that was given from the day on."""
    rows = np.flatnonzero((events.reason.codes != NONE) & (events.day >= on.toordinal()))
    rows = rows[np.argsort(events.day[rows], kind="stable")][::-1]
    reason = np.full(len(events.people), NONE, dtype=np.int32)
    reason[events.person[rows]] = events.reason.codes[rows]
    codes = reason[who]
    names = (*events.reason.names, NOT_GIVEN)
    given = np.where(codes == NONE, len(names) - 1, codes).astype(np.int32)
    return counted("overrides", OVERRIDDEN, [variable("reason", names)], [given])
