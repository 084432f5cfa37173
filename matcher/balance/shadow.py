"""Shadow mode: what was suggested before people decided, against what they decided.

A suggestion is kept as ``Events`` (``planned`` for one day; each with a day of its own where plans
were made one after another), and laid beside the events of later.
People are known again by their keys, so both are made with the same salt; openings by their ids.
"""

from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from matcher.balance import persons
from matcher.balance.cells import Variable, counted, variable
from matcher.balance.disclosure import Dimension, Nesting, Table
from matcher.balance.events import NONE, STAGE_AT, Events, Keys
from matcher.balance.measures import PERSONAL, Counting
from matcher.balance.planned import RECOMMENDED
from matcher.balance.words import NOT_GIVEN, PARTICIPANTS, Ending, Stage
from matcher.travel.atlas import Ints, Masks

Rows = npt.NDArray[np.int64]
KEPT = "kept"
"""The population of those for whom there was a suggestion and who are still known."""


class Agreement(StrEnum):
    """What people decided, beside what was suggested."""

    SAME = "same"
    OTHERWISE = "otherwise"
    """Another opening: the two that follow, together."""
    RECOMMENDED = "recommended"
    """Another opening, one of those recommended."""
    OTHER = "other"
    """An opening that was not recommended."""
    OPEN = "open"
    """Nothing has been decided."""


AGREEMENTS = tuple(Agreement)
OVERRIDES = (Agreement.RECOMMENDED, Agreement.OTHER)
_AT = {one: at for at, one in enumerate(AGREEMENTS)}
ENDINGS = (*Ending, NOT_GIVEN)


def agreement(
    counting: Counting, kept: Events, on: date | None = None, suggested: Stage = Stage.PROPOSED
) -> tuple[tuple[Table, ...], tuple[Nesting, ...]]:
    """Agreement by gender, reasons of overrides, and what became of either.

    Decided is the first acceptance on the day of the suggestion or later; where nobody knows when
    a place was accepted, its start is the decision. All three tables are of one population, and
    the reasons lie under ``OTHERWISE``, so that disclosure control knows what adds up to what.

    Args:
        counting: the events of later.
        kept: what was suggested.
        on: the day of every suggestion; without it each has the day of its own event.
        suggested: the proposals of a plan, or the first of each recommendation.
    """
    events = counting.events
    who, row = _known_again(events, kept, persons.reached(kept, suggested))
    was = _openings(events, kept)[row]
    since = np.full(len(events.people), NONE, dtype=np.int32)
    since[who] = kept.day[row] if on is None else on.toordinal()
    decided = _first_since(events, _decisions(events), since)[who]
    found = _agreements(events, kept, (who, was), decided)
    ended = _first_since(events, _of(events, Stage.ENDED), since)[who]
    ending = events.ending.at(ended)
    endings = np.where(ending == NONE, len(Ending), ending)
    about = np.full((2, len(events.people)), NONE, dtype=np.int32)
    about[:, who] = was, events.opening.at(decided)
    reason = _reasons(events, since, about)[who]
    sex, ways, ends = events.people.sex[who], _ways(), variable("ending", ENDINGS)
    over, keys = np.isin(found, [_AT[one] for one in OVERRIDES]), counting.keys(who)
    tables = (
        counted("agreement", KEPT, [counting.gender.variable, ways], [sex, found], keys),
        counted("agreement/ending", KEPT, [ways, ends], [found, endings], keys),
        _overrides(events, over, reason, keys),
    )
    return tables, (Nesting(KEPT, PARTICIPANTS, over=PERSONAL),)


def _ways() -> Variable:
    """Ways of agreeing, the two overrides under ``OTHERWISE``."""
    adds = variable("agreement", AGREEMENTS).adds
    adds[_AT[Agreement.OTHERWISE], [_AT[one] for one in OVERRIDES]] = 1
    parents = tuple(Agreement.OTHERWISE if one in OVERRIDES else "" for one in AGREEMENTS)
    return Variable(dimension=Dimension("agreement", AGREEMENTS, parents), adds=adds)


def _known_again(events: Events, kept: Events, found: persons.Reached) -> tuple[Ints, Rows]:
    """Of those with a suggestion who are still known: who they are, and the row of it.

    Positions in the people of ``events``, and in the events ``kept``.
    """
    keys = kept.people.key[found.person]
    order = np.argsort(events.people.key)
    at = np.minimum(np.searchsorted(events.people.key[order], keys), len(order) - 1)
    who = order[at] if len(order) else np.zeros(len(keys), dtype=np.int64)
    same = events.people.key[who] == keys if len(order) else np.zeros(len(keys), dtype=np.bool_)
    return who[same].astype(np.int32), found.row[same]


def _openings(events: Events, kept: Events) -> Ints:
    """(events kept,) their openings as positions in the names of ``events``.

    ``NONE`` for an opening of which ``events`` say nothing.
    """
    names = {name: at for at, name in enumerate(events.opening.names)}
    here = [names.get(name, NONE) for name in kept.opening.names]
    found: Ints = np.array([*here, NONE], dtype=np.int32)[kept.opening.codes]
    return found


def _of(events: Events, *stages: Stage) -> Masks:
    return np.isin(events.stage, [STAGE_AT[stage] for stage in stages])


def _decisions(events: Events) -> Masks:
    """(events,) acceptances on a known day, and starts of what nobody is known to have accepted.

    What was accepted before the suggestion and has started since was no answer to it.
    """
    accepted = _of(events, Stage.ACCEPTED) & (events.day != NONE)
    place = events.person.astype(np.int64) * (len(events.opening.names) + 1)
    place += events.opening.codes
    found: Masks = accepted | _of(events, Stage.STARTED) & ~np.isin(place, place[accepted])
    return found


def _first_since(events: Events, among: Masks, since: Ints) -> Ints:
    """(people,) the row of the first of some events from the own day on; ``NONE`` without one.

    Args:
        events: all of them.
        among: (events,) which.
        since: (people,) day numbers.
    """
    rows = np.flatnonzero(among & (events.day >= since[events.person]))
    rows = rows[np.lexsort((events.opening.codes[rows], events.day[rows]))][::-1]
    first = np.full(len(events.people), NONE, dtype=np.int32)
    first[events.person[rows]] = rows  # the last to be written is the first there was
    return first


def _agreements(
    events: Events, kept: Events, suggestion: tuple[Ints, Ints], decided: Ints
) -> Ints:
    """(people with a suggestion,) how what was decided stands to it, as places in ``AGREEMENTS``.

    Recommended is what was kept as such, and what is remembered to have been among the first of a
    recommendation when it was proposed: the ``rank`` of the decision.

    Args:
        events: of later.
        kept: what was suggested.
        suggestion: who, and which opening; positions in ``events``.
        decided: (people with a suggestion,) the row of what was decided.
    """
    who, was = suggestion
    chosen = events.opening.at(decided)
    rows = np.flatnonzero(_of(kept, Stage.RECOMMENDED, Stage.PROPOSED))
    offered = set(
        zip(
            kept.people.key[kept.person[rows]].tolist(),
            _openings(events, kept)[rows].tolist(),
            strict=True,
        )
    )
    keys = events.people.key[who].tolist()
    among = np.array(
        [one in offered for one in zip(keys, chosen.tolist(), strict=True)], dtype=bool
    )
    rank = np.append(events.rank, np.int32(NONE))[decided]
    among |= (rank >= 1) & (rank <= RECOMMENDED)
    found = np.full(len(who), _AT[Agreement.OTHER], dtype=np.int32)
    named = chosen != NONE  # what was accepted nowhere is no opening that was suggested
    found[among & named] = _AT[Agreement.RECOMMENDED]
    found[(chosen == was) & named] = _AT[Agreement.SAME]
    found[decided == NONE] = _AT[Agreement.OPEN]
    return found


def _reasons(events: Events, since: Ints, about: Ints) -> Ints:
    """(people,) the first reason that was given about one of two openings from the own day on.

    Args:
        events: of later.
        since: (people,) day numbers.
        about: (2, people) the opening that was suggested, and the one that was chosen.
    """
    here = (events.opening.codes == about[:, events.person]).any(axis=0)
    here &= (events.opening.codes != NONE) & (events.reason.codes != NONE)
    return events.reason.at(_first_since(events, here, since))


def _overrides(events: Events, over: Masks, reason: Ints, keys: Keys | None) -> Table:
    """Why it was decided otherwise: a part of the cell ``OTHERWISE`` for each reason.

    Args:
        events: of later.
        over: (people with a suggestion,) for whom it was.
        reason: (people with a suggestion,) what was said.
        keys: (people with a suggestion,) of their records.
    """
    names = (*events.reason.names, NOT_GIVEN)
    given = np.where(reason == NONE, len(names) - 1, reason)
    return counted(
        "overrides",
        KEPT,
        [variable("agreement", (Agreement.OTHERWISE,)), variable("reason", names)],
        [np.where(over, 0, NONE).astype(np.int32), np.where(over, given, NONE).astype(np.int32)],
        keys,
    )
