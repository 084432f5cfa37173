"""The shapes of columns: participants, openings, and ``Rows``, pairs of them aligned.

There is no gender here: what must not matter is not in the table. Sets are bits of a whole
number, or positions in a small table of which sets have something in common. Dates are day
numbers (``date.toordinal``).
"""

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from matcher import needs
from matcher.domain import Problem
from matcher.travel.atlas import Atlas, Ints, Journeys, Masks, Reaches
from matcher.travel.reach import Reach

WORK_BITS = needs.bits(needs.WORK_NEEDS)


class Columns:
    """Columns that can be taken at rows: every field is an array of the same length."""

    def take(self, rows: npt.NDArray[np.integer]) -> Self:
        """The same columns at these rows, in their order."""
        return type(self)(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False, kw_only=True)
class ParticipantColumns(Columns):
    """One row for each participant, in the problem's order; all of shape (participants,)."""

    available: Ints
    sessions_per_week: Ints
    hours_per_week: Ints
    hours_goal: Ints
    max_travel_minutes: Ints
    earliest_start: Ints
    birth_year: Ints
    municipality: Ints
    enrolled_with: Ints
    insured: Masks
    language_set: Ints
    needs: Ints
    wants: Ints
    remote: Masks
    remote_only: Masks
    protected: Masks
    has_seek: Masks
    has_exclusions: Masks
    has_ongoing: Masks


@dataclass(frozen=True, eq=False, kw_only=True)
class OpeningColumns(Columns):
    """One row for each opening, in the problem's order; all of shape (openings,)."""

    site: Ints
    group: Ints
    field: Ints
    open: Masks
    sessions: Ints
    hours_min: Ints
    hours_max: Ints
    starts_from: Ints
    starts_until: Ints
    municipality_set: Ints
    enrolment: Ints
    insurance_required: Masks
    min_age: Ints
    language_set: Ints
    remote: Masks
    met: Ints
    unknown: Ints
    equal_treatment: Masks
    agreement_unknown: Masks


@dataclass(frozen=True, eq=False, kw_only=True)
class Wishes:
    """The dearest rank at which something is sought (0: not at all), and what is declined.

    ``group_rank``, ``group_declined``: (participants, groups of the openings); ``field_rank``,
    ``field_declined``: (participants, fields); ``kin_rank``: (participants, fields), the dearest
    group wish inside the field.
    """

    group_rank: npt.NDArray[np.int16]
    field_rank: npt.NDArray[np.int16]
    kin_rank: npt.NDArray[np.int16]
    group_declined: Masks
    field_declined: Masks


@dataclass(frozen=True, eq=False, kw_only=True)
class Table:
    """A problem under a policy, as columns: loaded once, sorted by id.

    ``serves``: (sets of municipalities, municipalities) and ``shares_language``: (language sets of
    participants, of openings), whether they have something in common or the opening names none.
    ``excluded`` and ``ongoing``: participant · openings + opening, sorted.
    """

    problem: Problem
    p: ParticipantColumns
    o: OpeningColumns
    wishes: Wishes
    serves: Masks
    shares_language: Masks
    excluded: npt.NDArray[np.int64]
    ongoing: npt.NDArray[np.int64]
    atlas: Atlas

    def rows(self, participant: Ints, opening: Ints) -> "Rows":
        """The pairs of these participants and openings, with their journeys."""
        return self.rows_on(self.atlas.look_up(participant, self.o.site[opening]), opening)

    def rows_on(self, journeys: Journeys, opening: Ints) -> "Rows":
        """The pairs of these journeys and openings, element by element."""
        p, o = self.p.take(journeys.participant), self.o.take(opening)
        remote = o.remote & p.remote
        hidden = p.protected & (journeys.reach != Reach.MINUTES) & ~remote
        reach = np.where(hidden, Reach.WITHHELD, journeys.reach)
        return Rows(
            table=self,
            participant=journeys.participant,
            opening=opening,
            p=p,
            o=o,
            remote=remote,
            reach=np.where(remote, Reach.MINUTES, reach).astype(np.int8),
            minutes=np.where(remote, 0, journeys.minutes),
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class Rows:
    """Pairs of a participant and an opening, aligned; all arrays have shape (rows,).

    ``remote``: the work is done from home. ``minutes`` is -1 unless ``reach`` is ``MINUTES``.
    """

    table: Table
    participant: Ints
    opening: Ints
    p: ParticipantColumns
    o: OpeningColumns
    remote: Masks
    reach: Reaches
    minutes: Ints

    def take(self, at: npt.NDArray[np.int64]) -> "Rows":
        """The pairs at these rows."""
        return Rows(
            table=self.table,
            participant=self.participant[at],
            opening=self.opening[at],
            p=self.p.take(at),
            o=self.o.take(at),
            remote=self.remote[at],
            reach=self.reach[at],
            minutes=self.minutes[at],
        )

    @cached_property
    def met(self) -> Ints:
        """(rows,) the bits of the needs that are met; from home, all but those of the task are."""
        return np.where(self.remote, self.o.met | ~WORK_BITS, self.o.met)

    @cached_property
    def unknown(self) -> Ints:
        """(rows,) the bits of the needs of which nobody knows; from home, only of the task's."""
        return np.where(self.remote, self.o.unknown & WORK_BITS, self.o.unknown)

    @cached_property
    def start(self) -> Ints:
        """(rows,) the day number of the first lawful day."""
        return np.maximum(self.p.earliest_start, self.o.starts_from)

    @cached_property
    def keys(self) -> npt.NDArray[np.int64]:
        """(rows,) one whole number for each pair, as in ``Table.excluded``."""
        return self.participant.astype(np.int64) * len(self.table.problem.openings) + self.opening


def bit_count(sets: Ints) -> Ints:
    """(rows,) how many bits are set."""
    return np.bitwise_count(sets).astype(np.int32)
