"""A vocational profile as it is filled in: words in fields, kept as written until they are right.

From the form to the body of the API and back, in one place; the API judges what is in it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import TypeVar

from api.pages import forms, reference
from api.pages.forms import Form, FormError, FormFault
from api.schemas.participants import Profile, ProfileEdit
from api.texts import GROUPS, Language
from matcher.domain import Gender, Insurer, Mode, WishKind, WorksRemotely

Body = TypeVar("Body", bound=Profile)
Places = Mapping[str, Mapping[str, str]]
GIVEN = "given"
"""The home area that is known already, though it is no place of the gazetteer."""
_WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """A row of the form: what is wished for as it was written, and how dear it is."""

    kind: str = str(WishKind.SEEK)
    what: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledProfile:
    """Every field of the form, as it was written.

    ``home``: the number of a place, ``GIVEN`` or empty; ``given``: latitude and longitude of the
    home area that was known before. ``exclude_...``: what is to be added to the list.
    """

    code: str = ""
    birth_year: str = ""
    gender: str = str(Gender.UNDISCLOSED)
    protected_identity: bool = False
    municipality_code: str = ""
    home: str = ""
    given: tuple[str, str] | None = None
    travel_mode: str = str(Mode.TRANSIT)
    max_travel_minutes: str = ""
    available: tuple[str, ...] = ()
    sessions_per_week: str = ""
    hours_per_week: str = ""
    hours_goal: str = ""
    earliest_start: str = ""
    waiting_since: str = ""
    languages: tuple[str, ...] = ()
    other_languages: str = ""
    needs: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    wishes: tuple[Wished, ...] = ()
    norm_goal: bool = False
    remote: str = str(WorksRemotely.NO)
    excluded_sites: tuple[str, ...] = ()
    excluded_providers: tuple[str, ...] = ()
    exclude_site: str = ""
    exclude_provider: str = ""
    enrolled_with: tuple[str, ...] = ()
    insured_by: str = str(Insurer.UNKNOWN)
    association: str = ""
    closed: bool = False

    @property
    def near(self) -> str:
        """A place near the home area that was known before; empty where there is none."""
        if self.given is None:
            return ""
        latitude, longitude = self.given
        return reference.place_near(float(latitude), float(longitude))


def with_rows(written: FilledProfile, rows: int) -> FilledProfile:
    """With so many rows for wishes, and at least one that is empty."""
    kept = tuple(one for one in written.wishes if one.what)
    empty = max(rows - len(kept), 1)
    return replace(written, wishes=kept + (Wished(),) * empty)


def filled(form: Form) -> FilledProfile:
    """What was written in the form."""
    kinds, whats, ranks = (
        form.fields.get(name, ()) for name in ("wishKind", "wishWhat", "wishRank")
    )
    rows = zip(kinds, whats, ranks, strict=False)
    known = (form.text("homeLatitude"), form.text("homeLongitude"))
    return FilledProfile(
        code=form.text("code"),
        birth_year=form.text("birthYear"),
        gender=form.text("gender"),
        protected_identity=form.yes("protectedIdentity") is True,
        municipality_code=form.text("municipalityCode"),
        home=form.text("homeArea"),
        given=known if all(map(_is_number, known)) else None,
        travel_mode=form.text("travelMode"),
        max_travel_minutes=form.text("maxTravelMinutes"),
        available=form.all("available"),
        sessions_per_week=form.text("sessionsPerWeek"),
        hours_per_week=form.text("hoursPerWeek"),
        hours_goal=form.text("hoursGoal"),
        earliest_start=form.text("earliestStart"),
        waiting_since=form.text("waitingSince"),
        languages=form.all("languages"),
        other_languages=form.text("otherLanguages"),
        needs=form.all("needs"),
        wants=form.all("wants"),
        wishes=tuple(Wished(kind=kind, what=what, rank=rank) for kind, what, rank in rows),
        norm_goal=form.yes("normGoal") is True,
        remote=form.text("remote"),
        excluded_sites=form.all("excludedSites"),
        excluded_providers=form.all("excludedProviders"),
        exclude_site=form.text("excludeSite"),
        exclude_provider=form.text("excludeProvider"),
        enrolled_with=form.all("enrolledWith"),
        insured_by=form.text("insuredBy"),
        association=form.text("association"),
        closed=form.yes("closed") is True,
    )


def of_profile(profile: Profile, language: Language, *, closed: bool) -> FilledProfile:
    """What the form shows of a profile that is known."""
    area = profile.home_area
    labels = reference.wishes(language)
    offered = GROUPS[language]["page_languages"]
    return FilledProfile(
        code=profile.code,
        birth_year=str(profile.birth_year),
        gender=str(profile.gender),
        protected_identity=profile.protected_identity,
        municipality_code=profile.municipality_code,
        home="" if area is None else GIVEN,
        given=None if area is None else (str(area.latitude), str(area.longitude)),
        travel_mode=str(profile.travel_mode),
        max_travel_minutes=str(profile.max_travel_minutes),
        available=tuple(profile.available),
        sessions_per_week=str(profile.sessions_per_week),
        hours_per_week=str(profile.hours_per_week),
        hours_goal=_written(profile.hours_goal),
        earliest_start=_written(profile.earliest_start),
        waiting_since=_written(profile.waiting_since),
        languages=tuple(one for one in profile.languages if one in offered),
        other_languages=", ".join(one for one in profile.languages if one not in offered),
        needs=tuple(map(str, profile.needs)),
        wants=tuple(map(str, profile.wants)),
        wishes=tuple(
            Wished(
                kind=str(one.kind),
                what=labels[str(one.level), one.code],
                rank=_written(one.rank),
            )
            for one in sorted(profile.wishes, key=lambda one: one.rank or len(labels))
        ),
        norm_goal=profile.norm_goal,
        remote=str(profile.remote),
        excluded_sites=tuple(map(str, profile.excluded_sites)),
        excluded_providers=tuple(map(str, profile.excluded_providers)),
        enrolled_with=tuple(map(str, profile.enrolled_with)),
        insured_by=str(profile.insured_by),
        association=profile.association or "",
        closed=closed,
    )


def body_of(kind: type[Body], written: FilledProfile, places: Places) -> Body:
    """The body of the API.

    Args:
        kind: a new profile, or one that is changed.
        written: what was filled in.
        places: numbers of sites (``excludedSites``) and providers by what they are called.

    Raises:
        FormError: with every fault, also of what stands for nothing that is known: a wish, a
            place.
    """
    faults: list[FormFault] = []
    values = {
        "code": written.code,
        "gender": written.gender,
        "birthYear": _number(written.birth_year),
        "municipalityCode": written.municipality_code,
        "homeArea": _area(written, faults),
        "association": written.association or None,
        "enrolledWith": written.enrolled_with,
        "insuredBy": written.insured_by,
        "earliestStart": written.earliest_start or None,
        "waitingSince": written.waiting_since or None,
        "hoursPerWeek": _number(written.hours_per_week),
        "hoursGoal": _number(written.hours_goal),
        "sessionsPerWeek": _number(written.sessions_per_week),
        "available": _available(written, faults),
        "maxTravelMinutes": _number(written.max_travel_minutes),
        "travelMode": written.travel_mode,
        "needs": written.needs,
        "wants": written.wants,
        "languages": written.languages + tuple(written.other_languages.replace(",", " ").split()),
        "remote": written.remote,
        "normGoal": written.norm_goal,
        "protectedIdentity": written.protected_identity,
        "wishes": tuple(_wishes(written, faults)),
    }
    more = with_added(written, places, faults)
    values |= {
        "excludedSites": more.excluded_sites,
        "excludedProviders": more.excluded_providers,
    }
    if kind is ProfileEdit:
        values["closed"] = written.closed
    try:
        body = forms.body(kind, values)
    except FormError as wrong:
        raise FormError([*faults, *wrong.faults]) from None
    if faults:
        raise FormError(faults)
    return body


def with_added(written: FilledProfile, places: Places, faults: list[FormFault]) -> FilledProfile:
    """With the site and the provider that were written to be added among those to leave out.

    What is none that is known stays as it was written, and is a fault.
    """
    found = written
    site = places["excludedSites"].get(written.exclude_site)
    provider = places["excludedProviders"].get(written.exclude_provider)
    if site is not None:
        chosen = dict.fromkeys((*written.excluded_sites, site))
        found = replace(found, excluded_sites=tuple(chosen), exclude_site="")
    if provider is not None:
        chosen = dict.fromkeys((*written.excluded_providers, provider))
        found = replace(found, excluded_providers=tuple(chosen), exclude_provider="")
    for field, left in (
        ("excludeSite", found.exclude_site),
        ("excludeProvider", found.exclude_provider),
    ):
        if left:
            faults.append(FormFault(field=field, code="unknown_place"))
    return found


def differing(written: FilledProfile, now: FilledProfile) -> tuple[str, ...]:
    """The fields, by their texts, in which what was written differs from what stands now."""
    pairs = {
        "birthYear": (written.birth_year, now.birth_year),
        "gender": (written.gender, now.gender),
        "protectedIdentity": (written.protected_identity, now.protected_identity),
        "municipalityCode": (written.municipality_code, now.municipality_code),
        "homeArea": ((written.home, written.given), (now.home, now.given)),
        "travelMode": (written.travel_mode, now.travel_mode),
        "maxTravelMinutes": (written.max_travel_minutes, now.max_travel_minutes),
        "available": (set(written.available), set(now.available)),
        "sessionsPerWeek": (written.sessions_per_week, now.sessions_per_week),
        "hoursPerWeek": (written.hours_per_week, now.hours_per_week),
        "hoursGoal": (written.hours_goal, now.hours_goal),
        "earliestStart": (written.earliest_start, now.earliest_start),
        "waitingSince": (written.waiting_since, now.waiting_since),
        "languages": (
            {*written.languages, written.other_languages},
            {*now.languages, now.other_languages},
        ),
        "needs": (set(written.needs), set(now.needs)),
        "wants": (set(written.wants), set(now.wants)),
        "wishes": (with_rows(written, 0).wishes, with_rows(now, 0).wishes),
        "normGoal": (written.norm_goal, now.norm_goal),
        "remote": (written.remote, now.remote),
        "excludedSites": (set(written.excluded_sites), set(now.excluded_sites)),
        "excludedProviders": (set(written.excluded_providers), set(now.excluded_providers)),
        "enrolledWith": (set(written.enrolled_with), set(now.enrolled_with)),
        "insuredBy": (written.insured_by, now.insured_by),
        "association": (written.association, now.association),
        "closed": (written.closed, now.closed),
    }
    return tuple(name for name, (one, other) in pairs.items() if one != other)


def _wishes(written: FilledProfile, faults: list[FormFault]) -> Iterator[dict[str, object]]:
    """The rows with something in them; a rank that is left out comes after those before it."""
    last = 0
    for row in written.wishes:
        found = reference.wish_of(row.what) if row.what else None
        if row.what and found is None:
            faults.append(FormFault(field="wishes", code="unknown_occupation_group"))
        if found is None:
            continue
        rank: object = None
        if row.kind != str(WishKind.AVOID):
            rank = _number(row.rank) or last + 1
            last = rank if isinstance(rank, int) else last
        level, code = found
        yield {"kind": row.kind, "level": level, "code": code, "rank": rank}


def _area(written: FilledProfile, faults: list[FormFault]) -> dict[str, float] | None:
    if not written.home:
        return None
    found = reference.point_of(written.home)
    if written.home == GIVEN and written.given is not None:
        found = (float(written.given[0]), float(written.given[1]))
    if found is None:
        faults.append(FormFault(field="homeArea", code="unknown_place"))
        return None
    return {"latitude": found[0], "longitude": found[1]}


def _available(written: FilledProfile, faults: list[FormFault]) -> tuple[str, ...]:
    if not written.available:
        faults.append(FormFault(field="available", code="choose_some"))
    return written.available


def _number(text: str) -> int | str | None:
    """A whole number; what is none stays as it is, for the check."""
    if not text:
        return None
    return int(text) if _WHOLE.fullmatch(text) else text


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _written(value: object) -> str:
    return "" if value is None else str(value)
