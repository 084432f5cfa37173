"""A placement's life (en placerings väg): its states, and who may take which step from where.

``proposed`` → ``offered`` → ``accepted`` (provider yes and participant yes, in either order) →
``started`` → ``ended``; and ``declined``, ``withdrawn``, ``expired``. Offered, accepted and
started hold a seat and its half-days.
"""

from enum import StrEnum

from api.domain.roles import Role


class State(StrEnum):
    """Where a placement is in its life."""

    PROPOSED = "proposed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    STARTED = "started"
    ENDED = "ended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


HOLDING = frozenset({State.OFFERED, State.ACCEPTED, State.STARTED})
"""Those that hold a seat and its half-days."""
OPEN = frozenset({State.PROPOSED}) | HOLDING
"""Those that are not over."""


class Step(StrEnum):
    """What can be done with a placement."""

    PROPOSE = "propose"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    START = "start"
    CHANGE_HOURS = "change-hours"
    END = "end"


EVERY_STEP = tuple(Step)


class Party(StrEnum):
    """Whose yes is needed; the supervisor records the participant's."""

    PROVIDER = "provider"
    PARTICIPANT = "participant"


class DeclinedBy(StrEnum):
    """Who said no."""

    PROVIDER = "provider"
    PARTICIPANT = "participant"
    SUPERVISOR = "supervisor"


class DeclineReason(StrEnum):
    """Why somebody said no (orsak)."""

    NOT_MY_WISH = "not_my_wish"
    TOO_FAR = "too_far"
    NEEDS_NOT_MET = "needs_not_met"
    HOURS = "hours"
    PLACE_FULL = "place_full"
    NO_INSURANCE = "no_insurance"
    ENROLMENT_RULE = "enrolment_rule"
    CHEMISTRY = "chemistry"
    HEALTH = "health"
    OTHER_ACTIVITY = "other_activity"
    OTHER = "other"


PROVIDER_REASONS = frozenset(
    {
        DeclineReason.NEEDS_NOT_MET,
        DeclineReason.HOURS,
        DeclineReason.PLACE_FULL,
        DeclineReason.NO_INSURANCE,
        DeclineReason.ENROLMENT_RULE,
        DeclineReason.CHEMISTRY,
        DeclineReason.OTHER,
    }
)
"""Those that a provider can give: what it knows of its place, nothing of somebody's health."""
PERSONAL_REASONS = frozenset(
    {DeclineReason.CHEMISTRY, DeclineReason.HEALTH, DeclineReason.OTHER_ACTIVITY}
)
"""Those that speak of a person and not of a lack of places: they leave no unmet demand."""


class Passable(StrEnum):
    """Barriers (hinder) that a supervisor may pass over deliberately, and says why.

    Journeys, times, and whom an opening is for: what people can arrange otherwise. No other: a
    need that is not met, insurance and age are safety; a no of the participant's is changed in the
    profile, with the participant; the agreement on equal treatment is the organisation's policy.
    """

    TRAVEL_TOO_LONG = "TRAVEL_TOO_LONG"
    TRAVEL_UNREACHABLE = "TRAVEL_UNREACHABLE"
    HOURS_TOO_FEW = "HOURS_TOO_FEW"
    HOURS_TOO_MANY = "HOURS_TOO_MANY"
    SESSIONS_DO_NOT_FIT = "SESSIONS_DO_NOT_FIT"
    STARTS_TOO_LATE = "STARTS_TOO_LATE"
    MUNICIPALITY_NOT_SERVED = "MUNICIPALITY_NOT_SERVED"
    ENROLMENT_REQUIRED = "ENROLMENT_REQUIRED"


class Ending(StrEnum):
    """How a placement ended (avslut)."""

    WORK = "work"
    STUDIES = "studies"
    EMPLOYMENT_SERVICE_PREPARATORY = "employment_service_preparatory"
    MUNICIPAL_PREPARATORY = "municipal_preparatory"
    CONTINUED = "continued"
    CARE = "care"
    INTERRUPTED = "interrupted"
    OTHER = "other"
    UNKNOWN = "unknown"


_FROM: dict[Step, frozenset[State]] = {
    Step.PROPOSE: frozenset(),
    Step.OFFER: frozenset({State.PROPOSED}),
    Step.ACCEPT: frozenset({State.OFFERED}),
    Step.DECLINE: frozenset({State.PROPOSED, State.OFFERED}),
    Step.WITHDRAW: frozenset({State.PROPOSED, State.OFFERED, State.ACCEPTED}),
    Step.EXPIRE: frozenset({State.OFFERED}),
    Step.START: frozenset({State.ACCEPTED}),
    Step.CHANGE_HOURS: frozenset({State.STARTED}),
    Step.END: frozenset({State.STARTED}),
}
_BY: dict[Step, frozenset[Role]] = {
    step: frozenset({Role.SUPERVISOR}) for step in Step if step is not Step.EXPIRE
} | {
    Step.PROPOSE: frozenset({Role.SUPERVISOR, Role.COORDINATOR}),  # who adopts a plan proposes
    Step.ACCEPT: frozenset({Role.SUPERVISOR, Role.PROVIDER_MANAGER}),
    Step.DECLINE: frozenset({Role.SUPERVISOR, Role.PROVIDER_MANAGER}),
    Step.EXPIRE: frozenset(),  # the clock alone
}


def may(step: Step, state: State, role: Role | None) -> bool:
    """Whether a step can be taken from a state, by somebody of a role; None is the clock."""
    allowed = step is Step.EXPIRE if role is None else role in _BY[step]
    return allowed and state in _FROM[step]
