"""What a placement asks of its supervisor today (att göra): pure rules of days."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from api.domain.life import State

EXPIRES_WITHIN = timedelta(days=3)
STARTS_WITHIN = timedelta(days=7)
ENDS_WITHIN = timedelta(days=14)


class Duty(StrEnum):
    """What waits for somebody to do it, the most urgent first."""

    EXPIRES = "expires"
    """An offer that somebody has not answered, and that soon holds no seat any more."""
    START = "start"
    """Everybody has said yes; the first day has come, or is not agreed on."""
    ANSWER = "answer"
    """An offer that somebody has not answered."""
    STARTS = "starts"
    """A first day within a week."""
    OFFER = "offer"
    """A proposal that can be offered."""
    ENDS = "ends"
    """A last day within two weeks, or one that has passed."""
    PROPOSE = "propose"
    """A participant who looks for a place, and has no placement that is under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where a placement is, and the days that count in that state."""

    state: State
    starts_on: date | None = None
    ends_on: date | None = None
    waits_until: date | None = None
    offered_until: date | None = None


def duty_of(found: Situation, today: date) -> Duty | None:
    """What a placement asks for on a day; None where it goes on by itself, or is over."""
    if found.state is State.PROPOSED:
        waits = found.waits_until is not None and found.waits_until > today
        return None if waits else Duty.OFFER
    if found.state is State.OFFERED:
        last = found.offered_until
        return Duty.EXPIRES if last is not None and last <= today + EXPIRES_WITHIN else Duty.ANSWER
    if found.state is State.ACCEPTED:
        return _before_the_start(found.starts_on, today)
    last = found.ends_on
    going = found.state is State.STARTED and last is not None and last <= today + ENDS_WITHIN
    return Duty.ENDS if going else None


def day_of(duty: Duty, found: Situation) -> date | None:
    """The day that a duty is about; None where there is none."""
    if duty in {Duty.EXPIRES, Duty.ANSWER}:
        return found.offered_until
    return found.ends_on if duty is Duty.ENDS else found.starts_on


def _before_the_start(first: date | None, today: date) -> Duty | None:
    if first is None or first <= today:
        return Duty.START
    return Duty.STARTS if first <= today + STARTS_WITHIN else None
