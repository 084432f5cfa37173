"""Laying out a problem as columns, once."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from matcher import needs
from matcher.columns.facts import active, valid_answers
from matcher.columns.shapes import OpeningColumns, ParticipantColumns, Table, Wishes
from matcher.domain import (
    Enrolment,
    Insurance,
    Insurer,
    Opening,
    OpeningStatus,
    Placement,
    PlacementStatus,
    Problem,
    Remote,
    Wish,
    WishKind,
    WishLevel,
    WorksRemotely,
    YesNoUnknown,
)
from matcher.policy import Policy
from matcher.survey import Answer
from matcher.travel.atlas import Ints, Masks, atlas

Item = TypeVar("Item", bound=Hashable)

UNINSURED = (Insurer.NONE, Insurer.UNKNOWN)
UNLIMITED = 30_000
"""Stands for no upper limit of hours."""


def load(problem: Problem, policy: Policy, places: Table | None = None) -> Table:
    """Lay out a problem as columns; shelf lives of survey answers are the policy's.

    Args:
        problem: what is laid out.
        policy: the weighing.
        places: a table of the very same providers, sites and openings, on the same day under the
            same policy, whose openings need not be laid out again for other participants.
    """
    sets = _Sets(problem)
    return Table(
        problem=problem,
        p=_participants(problem, sets),
        o=_openings(problem, policy, sets) if places is None else places.o,
        wishes=_wishes(problem, sets),
        serves=sets.serves(),
        shares_language=sets.shares_language(),
        excluded=_excluded(problem),
        ongoing=_ongoing(problem),
        atlas=atlas(problem),
    )


class _Sets:
    """Positions of codes, and of sets of codes, in the order in which the problem names them."""

    def __init__(self, problem: Problem) -> None:
        people, openings = problem.participants, problem.openings
        occupations = [problem.occupations[o.occupation_group] for o in openings]
        self.group = _positions(o.occupation_group for o in openings)
        self.field = _positions(occupation.field for occupation in occupations)
        self.municipality = _positions(p.municipality_code for p in people)
        self.municipality_set = _positions(o.eligible_municipalities for o in openings)
        self.spoken = _positions(p.languages for p in people)
        self.asked = _positions(o.languages for o in openings)

    def serves(self) -> Masks:
        return _common(self.municipality_set, [frozenset({code}) for code in self.municipality]).T

    def shares_language(self) -> Masks:
        return _common(self.asked, list(self.spoken))


def _common(asked: Mapping[frozenset[str], int], given: Sequence[frozenset[str]]) -> Masks:
    """(given, asked) whether two sets share something, or nothing is asked."""
    shared = [[not want or bool(want & have) for want in asked] for have in given]
    return np.array(shared, dtype=np.bool_).reshape(len(given), len(asked))


def _positions(items: Iterable[Item]) -> dict[Item, int]:
    return {item: at for at, item in enumerate(dict.fromkeys(items))}


def _participants(problem: Problem, sets: _Sets) -> ParticipantColumns:
    people, today = problem.participants, problem.plan_date
    ongoing = {p.participant_id for p in _active_ongoing(problem)}
    return ParticipantColumns(
        available=_ints(p.available for p in people),
        sessions_per_week=_ints(p.sessions_per_week for p in people),
        hours_per_week=_ints(p.hours_per_week for p in people),
        hours_goal=_ints(p.hours_goal or p.hours_per_week for p in people),
        max_travel_minutes=_ints(p.max_travel_minutes for p in people),
        earliest_start=_ints(max(p.earliest_start or today, today).toordinal() for p in people),
        birth_year=_ints(p.birth_year for p in people),
        municipality=_ints(sets.municipality[p.municipality_code] for p in people),
        enrolled_with=_ints(_enrolment_bits(p.enrolled_with) for p in people),
        insured=_masks(p.insured_by not in UNINSURED for p in people),
        language_set=_ints(sets.spoken[p.languages] for p in people),
        needs=_ints(needs.bits(p.needs) for p in people),
        wants=_ints(needs.bits(p.wants - p.needs) for p in people),
        remote=_masks(p.remote is not WorksRemotely.NO for p in people),
        remote_only=_masks(p.remote is WorksRemotely.ONLY for p in people),
        protected=_masks(p.protected_identity for p in people),
        has_seek=_masks(any(w.kind is WishKind.SEEK for w in p.wishes) for p in people),
        has_exclusions=_masks(bool(p.excluded_sites | p.excluded_providers) for p in people),
        has_ongoing=_masks(p.participant_id in ongoing for p in people),
    )


def _openings(problem: Problem, policy: Policy, sets: _Sets) -> OpeningColumns:
    openings, today = problem.openings, problem.plan_date
    site_at = {site.site_id: at for at, site in enumerate(problem.sites)}
    fields_ = [problem.occupations[o.occupation_group].field for o in openings]
    met, unknown = _judged(problem, policy)
    return OpeningColumns(
        site=_ints(site_at[o.site_id] for o in openings),
        group=_ints(sets.group[o.occupation_group] for o in openings),
        field=_ints(sets.field[field] for field in fields_),
        open=_masks(o.status is OpeningStatus.OPEN for o in openings),
        sessions=_ints(o.sessions for o in openings),
        hours_min=_ints(o.hours_min for o in openings),
        hours_max=_ints(_or(o.hours_max, UNLIMITED) for o in openings),
        starts_from=_ints((o.starts_from or today).toordinal() for o in openings),
        starts_until=_ints((o.starts_until or date.max).toordinal() for o in openings),
        municipality_set=_ints(sets.municipality_set[o.eligible_municipalities] for o in openings),
        enrolment=_ints(_enrolment_bits(o.eligible_enrolment) for o in openings),
        insurance_required=_masks(o.insurance is Insurance.REQUIRED for o in openings),
        min_age=_ints(_or(o.min_age, 0) for o in openings),
        language_set=_ints(sets.asked[o.languages] for o in openings),
        remote=_masks(o.remote is Remote.YES for o in openings),
        met=met,
        unknown=unknown,
        equal_treatment=_masks(_agreed(problem, o) is YesNoUnknown.YES for o in openings),
        agreement_unknown=_masks(_agreed(problem, o) is YesNoUnknown.UNKNOWN for o in openings),
    )


def _agreed(problem: Problem, opening: Opening) -> YesNoUnknown:
    return problem.provider[problem.site[opening.site_id].provider_id].equal_treatment


def _judged(problem: Problem, policy: Policy) -> tuple[Ints, Ints]:
    """(openings,) the bits of the needs that are met, and of those that are unknown."""
    known = {s.site_id: valid_answers(s, policy, problem.plan_date) for s in problem.sites}
    truths = needs.judge(
        [_without_work(known[o.site_id]) | dict(o.work) for o in problem.openings]
    )
    weights = 1 << np.arange(truths.shape[1], dtype=np.int32)
    met = (truths == needs.Truth.MET) @ weights
    unknown = (truths == needs.Truth.UNKNOWN) @ weights
    return met.astype(np.int32), unknown.astype(np.int32)


def _without_work(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The task's own fields stand on the opening; a site cannot answer for them."""
    return {name: a for name, a in answers.items() if name not in needs.WORK_FIELD_NAMES}


def _wishes(problem: Problem, sets: _Sets) -> Wishes:
    people = len(problem.participants)
    groups, fields_ = (people, len(sets.group)), (people, len(sets.field))
    wishes = Wishes(
        group_rank=np.zeros(groups, dtype=np.int16),
        field_rank=np.zeros(fields_, dtype=np.int16),
        kin_rank=np.zeros(fields_, dtype=np.int16),
        group_declined=np.zeros(groups, dtype=np.bool_),
        field_declined=np.zeros(fields_, dtype=np.bool_),
    )
    for at, participant in enumerate(problem.participants):
        for wish in participant.wishes:
            group = sets.group.get(wish.code) if wish.level is WishLevel.GROUP else None
            by_field = wish.level is WishLevel.FIELD
            name = wish.code if by_field else problem.occupations[wish.code].field
            _note(wishes, at, wish, (group, sets.field.get(name)))
    return wishes


def _note(wishes: Wishes, at: int, wish: Wish, places: tuple[int | None, int | None]) -> None:
    """Write one wish into the tables, where an opening has its group or its field."""
    group, field = places
    by_group = wish.level is WishLevel.GROUP
    if wish.rank is None:
        if by_group and group is not None:
            wishes.group_declined[at, group] = True
        if not by_group and field is not None:
            wishes.field_declined[at, field] = True
        return
    if group is not None:
        _dearest(wishes.group_rank, (at, group), wish.rank)
    if field is not None:
        _dearest(wishes.kin_rank if by_group else wishes.field_rank, (at, field), wish.rank)


def _dearest(ranks: npt.NDArray[np.int16], cell: tuple[int, int], rank: int) -> None:
    ranks[cell] = min(ranks[cell] or rank, rank)


def _excluded(problem: Problem) -> npt.NDArray[np.int64]:
    if not any(p.excluded_sites or p.excluded_providers for p in problem.participants):
        return np.zeros(0, dtype=np.int64)
    by_site: dict[str, list[int]] = {}
    by_provider: dict[str, list[int]] = {}
    for at, opening in enumerate(problem.openings):
        by_site.setdefault(opening.site_id, []).append(at)
        provider = problem.site[opening.site_id].provider_id
        by_provider.setdefault(provider, []).append(at)
    keys: set[int] = set()
    for at, person in enumerate(problem.participants):
        first = at * len(problem.openings)
        for site in person.excluded_sites:
            keys.update(first + opening for opening in by_site.get(site, ()))
        for name in person.excluded_providers:
            keys.update(first + opening for opening in by_provider.get(name, ()))
    return np.array(sorted(keys), dtype=np.int64)


def _ongoing(problem: Problem) -> npt.NDArray[np.int64]:
    person_at = {p.participant_id: at for at, p in enumerate(problem.participants)}
    opening_at = {o.opening_id: at for at, o in enumerate(problem.openings)}
    keys = {
        person_at[p.participant_id] * len(problem.openings) + opening_at[p.opening_id]
        for p in _active_ongoing(problem)
        if p.participant_id in person_at
    }
    return np.array(sorted(keys), dtype=np.int64)


def _active_ongoing(problem: Problem) -> list[Placement]:
    return [
        p for p in problem.placements if p.status is PlacementStatus.ONGOING and active(p, problem)
    ]


def _enrolment_bits(enrolment: Collection[Enrolment]) -> int:
    return sum(1 << at for at, authority in enumerate(Enrolment) if authority in enrolment)


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int32)


def _masks(values: Iterable[bool]) -> Masks:
    return np.fromiter(values, dtype=np.bool_)
