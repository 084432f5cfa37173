"""The plan of an organisation as it stands, ready to be asked; stood up once for each state."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from api.matching.grounds import kept, policy_of, today
from api.matching.journeys import shown_with_journeys, state_of_journeys
from api.matching.problems import problem_of_organisation
from api.store import Store, known, moment_of, plans
from api.store.editing import revisions

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from matcher.domain import OpeningId, ParticipantId
    from matcher.explain.reverse import Candidate
    from matcher.solve.standing import Standing


@dataclass(frozen=True, eq=False, kw_only=True)
class Stood:
    """A plan as it stands; ``plan_id`` is None where the organisation has made no plan yet.

    Then nothing is told of who is placed where: nobody has planned it; and it is stood up only
    when it is asked.
    """

    plan_id: UUID | None
    stand: "Callable[[], Standing]"

    @property
    def standing(self) -> "Standing":
        """The plan, or what could be planned, ready to be asked."""
        return self.stand()


def stood(
    store: Store, organisation: UUID, plan_date: date | None = None, *, travel: Path | None
) -> Stood:
    """The plan adopted last, else the newest, on what there is today.

    What no longer fits is left out, and what chains improve is improved. Standing it up takes
    seconds in a county, outside any transaction; whoever asks next gets the same.

    Args:
        store: where the plan is.
        organisation: whose.
        plan_date: the day; today in Stockholm unless another is given.
        travel: the store of travel times, if there is one.

    Raises:
        Refusal: the store of travel times cannot be read (``UNAVAILABLE``).
    """
    journeys = state_of_journeys(travel)
    with store.reading() as unit:
        day = plan_date or today(moment_of(unit))
        current = plans.current(unit, organisation)
        plan_id = current.id if current else None
        key = (
            organisation,
            plan_id,
            day,
            revisions(unit),
            known.state_of_people(unit, organisation),
            repr(sorted(plans.policy(unit, organisation).items())),
            (travel, journeys),
        )
        keep = kept(unit)

    def once() -> tuple[UUID | None, "Standing"]:
        return keep.once("standing", key, lambda: _stood(store, organisation, day, travel))

    if plan_id is None:
        return Stood(plan_id=None, stand=lambda: once()[1])
    plan_id, standing = once()
    return Stood(plan_id=plan_id, stand=lambda: standing)


def candidates(
    asked: Stood, opening_id: "OpeningId", names: "Container[ParticipantId]"
) -> "tuple[Candidate, ...]":
    """Who could come to an opening, of those whom somebody may know.

    Raises:
        KeyError: no such opening.
    """
    from matcher.explain.reverse import who_could_come

    found = who_could_come(asked.standing, opening_id)
    return tuple(one for one in found if one.participant_id in names)


def _stood(
    store: Store, organisation: UUID, day: date, travel: Path | None
) -> tuple[UUID | None, "Standing"]:
    from matcher.solve.standing import stand

    with store.snapshot() as unit:
        current = plans.current(unit, organisation)
        document = current.policy if current else plans.policy(unit, organisation)
        proposed = plans.opened(unit, current).proposals if current else frozenset()
        problem = problem_of_organisation(unit, organisation, day)
        plan_id = current.id if current else None
    timed = shown_with_journeys(problem, travel)
    return plan_id, stand(timed, policy_of(document), proposed, former=proposed)
