"""How long a site and its openings have stood as they are: nothing new is counted at once.

Whoever could have a place counted on the day it is made up, or moved, could put places wherever
they like and learn where somebody with a rare need can travel. So a site is counted only when it
has stood for ``SETTLED_DAYS`` where it stands, an opening when what decides who can come to it has
been the same for as long, and of a provider ``MOST_SITES`` at most.

What each looked like is kept as a hash beside what was counted of the site, with the day from
which it has; a count compares. No door through which a site can be changed has to remember it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.engine import SWEDEN, day_of
from api.store.places import opening_document, site_document
from api.store.tables import Edited, OpeningRow, SiteRow, SiteUnknownsRow
from matcher.domain import Opening, Problem, Site

SETTLED_DAYS = 28
"""Days for which a site, or an opening, stands as it is before anybody is counted there."""
MOST_SITES = 25
"""Sites of one provider that are counted: those that have stood longest."""
SITE = "site"
"""What is kept of the site itself; of an opening, under its number in hexadecimal digits."""
STOOD = "stood"
"""Under which name it is kept, in the document of the site's unknown answers."""
_SITE_FIELDS = ("municipality_code", "latitude", "longitude")
_OTHER_OPENING_FIELDS = ("title", "seats", "session_seats", "updated_at", "may_hire", "work")
"""What does not decide who can come, and answers, which are to be given at any time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """As what something stands, hashed, and since which day."""

    print: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a day's count is of.

    ``openings``: codes of those that are counted. ``stood``: by the site's number, of the site
    (``SITE``) and of its openings. ``counted_from``: by the site's number, the day from which
    something there is counted; only of sites where nothing is today, though something will be.
    """

    openings: frozenset[str]
    stood: Mapping[UUID, Mapping[str, Stood]]
    counted_from: Mapping[UUID, date]


def settled(session: Session, problem: Problem) -> Settled:
    """What has stood long enough today, as sites and openings stand in a problem of all."""
    today = day_of(session)
    kept = _kept(session)
    sites = {row.code: row for row in session.scalars(select(SiteRow))}
    openings = {row.code: row for row in session.scalars(select(OpeningRow))}
    stood: dict[UUID, dict[str, Stood]] = {}
    for site in problem.sites:
        row = sites[site.site_id]
        found = _since(row, _print_of_site(site), kept.get((row.id, SITE)), today)
        stood[row.id] = {SITE: found}
    chosen = _chosen(sites.values(), stood)
    begins: dict[UUID, list[date]] = defaultdict(list)
    counted: set[str] = set()
    for opening in problem.openings:
        place, of_it = sites[opening.site_id].id, openings[opening.opening_id]
        found = _since(of_it, _print_of_opening(opening), kept.get((place, of_it.id.hex)), today)
        stood[place][of_it.id.hex] = found
        begin = max(found.since, stood[place][SITE].since) + timedelta(days=SETTLED_DAYS)
        if place in chosen:
            begins[place].append(begin)
            if begin <= today:
                counted.add(opening.opening_id)
    return Settled(
        openings=frozenset(counted),
        stood=stood,
        counted_from={place: min(days) for place, days in begins.items() if min(days) > today},
    )


def written(stood: Mapping[str, Stood]) -> dict[str, list[str]]:
    """As it is kept beside what was counted."""
    return {subject: [one.print, one.since.isoformat()] for subject, one in stood.items()}


def _kept(session: Session) -> dict[tuple[UUID, str], Stood]:
    """What stood as what, and since when, at the last count; by site and subject."""
    rows = session.execute(select(SiteUnknownsRow.site_id, SiteUnknownsRow.waiting))
    return {
        (site, subject): Stood(print=print_, since=date.fromisoformat(since))
        for site, waiting in rows
        for subject, (print_, since) in waiting.get(STOOD, {}).items()
    }


def _since(row: Edited, print_: str, kept: Stood | None, today: date) -> Stood:
    """Since when it stands as it does.

    What no count has seen yet has stood since it was made, or, where it was edited, since then.
    """
    if kept is None:
        moment = row.created_at if row.version == 1 else row.updated_at
        return Stood(print=print_, since=moment.astimezone(SWEDEN).date())
    return kept if kept.print == print_ else Stood(print=print_, since=today)


def _chosen(rows: Iterable[SiteRow], stood: Mapping[UUID, Mapping[str, Stood]]) -> set[UUID]:
    """Of each provider the sites that have stood longest."""
    own: dict[UUID, list[tuple[date, str, UUID]]] = defaultdict(list)
    for row in rows:
        if row.id in stood:
            own[row.provider_id].append((stood[row.id][SITE].since, row.code, row.id))
    return {site for some in own.values() for _, _, site in sorted(some)[:MOST_SITES]}


def _print_of_site(site: Site) -> str:
    document = site_document(replace(site, surveys=()))
    return _print([document[name] for name in _SITE_FIELDS])


def _print_of_opening(opening: Opening) -> str:
    document = opening_document(opening)
    return _print(
        [
            (name, sorted(value) if isinstance(value, list) else value)
            for name, value in sorted(document.items())
            if name not in _OTHER_OPENING_FIELDS
        ]
    )


def _print(value: object) -> str:
    return sha256(repr(value).encode()).hexdigest()[:16]
