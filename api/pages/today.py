"""A supervisor's first page: who needs something today, and one link for each to do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from api.domain import Party
from api.domain.duties import Duty
from api.pages.visit import Visit
from api.schemas.duties import DutyOut

SHOWN = 6
"""Of each duty; the rest is behind a link."""
_STEP: Mapping[Duty, str] = {
    Duty.EXPIRES: "?steg=ja",
    Duty.START: "?steg=borja",
    Duty.ANSWER: "?steg=ja",
    Duty.STARTS: "/utskrift",
    Duty.OFFER: "?steg=erbjud",
    Duty.ENDS: "?steg=avsluta",
}
_ALL: Mapping[Duty, str] = {
    Duty.EXPIRES: "/forslag?lage=offered",
    Duty.START: "/forslag?lage=accepted",
    Duty.ANSWER: "/forslag?lage=offered",
    Duty.STARTS: "/forslag?lage=accepted",
    Duty.OFFER: "/forslag?lage=proposed",
    Duty.ENDS: "/forslag?lage=started",
    Duty.PROPOSE: "/deltagare?visa=utan-plats",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Something that waits: about whom, what is missing, and the link to do it.

    ``awaited`` and ``do`` are codes of texts; ``awaited`` is empty where nobody's yes is missing.
    """

    item: DutyOut
    awaited: str
    do: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Those of one duty, how many there are, and where all of them are."""

    duty: Duty
    rows: tuple[Row, ...]
    total: int
    all: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """The day, and what waits on it."""

    on: date
    total: int
    groups: tuple[Group, ...]


def home(visit: Visit) -> Response:
    """Who needs something today."""
    found = visit.api.list_duties(limit=SHOWN)
    groups = tuple(
        Group(
            duty=one.duty,
            rows=tuple(_row(one.duty, item) for item in one.items),
            total=one.total,
            all=_ALL[one.duty],
        )
        for one in found.groups
    )
    page = TodayPage(on=found.on, total=sum(one.total for one in groups), groups=groups)
    return visit.shown("today.html", page)


def _row(duty: Duty, item: DutyOut) -> Row:
    waits = set(item.awaited)
    awaited = "both" if len(waits) > 1 else "".join(waits)
    if duty is Duty.PROPOSE:
        return Row(
            item=item,
            awaited=awaited,
            do=duty,
            link=f"/deltagare/{item.participant_id}/platser",
        )
    look = waits == {Party.PROVIDER}
    step = "" if look else _STEP[duty]
    return Row(
        item=item,
        awaited=awaited,
        do="look" if look else duty,
        link=f"/forslag/{item.proposal_id}{step}",
    )
