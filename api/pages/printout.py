"""What the participant takes along (Ta med till deltagaren): one A4, to read or as a PDF file.

No name of the participant, no gender and no points stand on it. The PDF is set by Typst of a
template that is shipped; what is in it goes there as JSON, and is never read as markup.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from unicodedata import category, normalize
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.pages.reference import municipalities
from api.pages.visit import Visit, Visiting
from api.schemas.participants import Profile
from api.schemas.placements import ProposalInFull
from api.schemas.recommendations import Explanation, Place, QuestionOut
from api.texts import GROUPS, Language, say
from matcher.domain import SESSIONS, Need

router = APIRouter()

TEMPLATE = Path(__file__).parent / "templates" / "printout.typ"
OF_THE_WAY = frozenset({"JOURNEY_STEP_FREE", "TRAVEL_TOO_LONG", "TRAVEL_UNKNOWN"})
"""Questions about a journey, as the API calls them."""
DECIDED = frozenset({"accepted", "started"})
LETTERS = ((0x20, 0x24F), (0x370, 0x45F), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x20AC, 0x20AC))
"""Code points of which the typeface has every letter, figure and sign, from the first to the last.

Of others the typesetter makes no accessible file (PDF/UA-1), and of some it breaks down.
"""
NO_LETTER = "□"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsTold:
    """What is known of the participant's needs: what is there, what to ask, what is missing."""

    met: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Printout:
    """Everything that stands on it, in words; half-days by name.

    ``first_day``: empty where it is not agreed on; ``goes_along`` and ``may_hire``: None is not
    known; ``journey``: empty for who works from home.
    """

    title: str
    site: str
    provider: str
    municipality: str
    decided: bool
    journey: str
    mode: str
    ask_way: str
    first_day: str
    hours: int
    half_days: tuple[str, ...]
    needs: NeedsTold
    arrangements: str
    goes_along: bool | None
    may_hire: bool | None
    supervisor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintoutPage:
    """The printout, and whose it is."""

    proposal_id: UUID
    told: Printout


@router.get("/forslag/{proposal_id}/utskrift", name="page:printout")
def printout(visit: Visiting, proposal_id: UUID) -> Response:
    """The page to print."""
    page = PrintoutPage(proposal_id=proposal_id, told=_told(visit, proposal_id))
    return visit.shown("printout.html", page)


@router.get("/forslag/{proposal_id}/utskrift.pdf", name="download:printout")
def printout_file(visit: Visiting, proposal_id: UUID) -> Response:
    """The same as a PDF file."""
    content = pdf(_told(visit, proposal_id), visit.language)
    headers = {
        "Content-Disposition": 'attachment; filename="ta-med.pdf"',
        "Content-Language": str(visit.language),
    }
    return Response(content, media_type="application/pdf", headers=headers)


def pdf(told: Printout, language: Language) -> bytes:
    """A printout as a tagged PDF file (PDF/UA-1) of one A4 page, however much stands on it."""
    import typst  # noqa: PLC0415 -- a whole typesetter: loaded when somebody prints

    handed = {"told": asdict(told), "texts": _texts(told, language), "language": str(language)}
    made = typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"data": json.dumps(settable(handed), ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)  # noqa: S101 -- as its types have it: no file was asked for
    return made


def settable(value: object) -> object:
    """What can be set, in texts and in what holds them; a letter that cannot is ``NO_LETTER``.

    The page to print shows every letter that the reader's browser has.
    """
    if isinstance(value, str):
        return "".join(map(_letter, normalize("NFC", value)))
    if isinstance(value, Mapping):
        return {name: settable(one) for name, one in value.items()}
    return [settable(one) for one in value] if isinstance(value, list | tuple) else value


def _letter(one: str) -> str:
    kind = category(one)
    if kind in {"Cf", "Mn", "Me"}:  # seen only in others: joins, directions, variants
        return ""
    if kind[0] in "CZ":
        return " " if one != "\N{NO-BREAK SPACE}" else one
    return one if any(first <= ord(one) <= last for first, last in LETTERS) else NO_LETTER


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _texts(told: Printout, language: Language) -> Mapping[str, object]:
    """The texts of the template, filled in, and the names of days."""
    filled: Mapping[str, Mapping[str, object]] = {
        "heading": {"title": told.title},
        "journey": {"journey": told.journey},
        "mode": {"mode": told.mode},
        "first_day": {"day": told.first_day},
        "hours": {"hours": told.hours},
        "supervisor": {"name": told.supervisor},
    }
    group = GROUPS[language]["page_printout"]
    texts = {
        code: say(language, f"page_printout.{code}", **filled.get(code, {})) for code in group
    }
    return texts | {"days": GROUPS[language]["page_week"]}


def _told(visit: Visit, proposal_id: UUID) -> Printout:
    proposal = visit.api.read_proposal(proposal_id).value
    profile = visit.api.read_participant(proposal.participant_id).value.profile
    opening = visit.api.read_opening(proposal.opening_id).value
    explained = visit.api.explain_opening(proposal.participant_id, proposal.opening_id)
    place = _place(explained)
    return Printout(
        title=proposal.opening,
        site=place.site,
        provider=proposal.provider,
        municipality=dict(municipalities())[opening.municipality_code],
        decided=str(proposal.state) in DECIDED,
        journey="" if place.journey.kind == "from_home" else place.journey.text,
        mode=visit.says(f"mode.{profile.travel_mode}"),
        ask_way=_ask_way(explained),
        first_day="" if proposal.starts_on is None else proposal.starts_on.isoformat(),
        hours=proposal.hours_per_week,
        half_days=tuple(name for name in SESSIONS if name in proposal.sessions),
        needs=needs_told(profile, explained, visit.language),
        arrangements=_one_line(proposal),
        goes_along=proposal.goes_along,
        may_hire=opening.may_hire,
        supervisor="" if visit.me is None else visit.me.name,
    )


def needs_told(profile: Profile, explained: Explanation, language: Language) -> NeedsTold:
    """What is known of each need; a need of which nothing is said is not known."""
    texts = GROUPS[language]
    own = tuple(str(one) for one in Need if one in profile.needs)
    barriers = () if explained.falls_away is None else explained.falls_away.barriers
    unmet = {one.detail for one in barriers if one.code == "NEED_UNMET"}
    unknown = {one.detail for one in barriers if one.code == "NEED_UNKNOWN"}
    unknown |= {one.detail or "" for one in _questions(explained) if one.code == "NEED_UNKNOWN"}
    met = (
        set(explained.possible.needs_met)
        if explained.possible is not None
        else set(own) - unmet - unknown
    )
    return NeedsTold(
        met=tuple(texts["needs"][one] for one in own if one in met),
        asked=tuple(
            texts["questions"][f"NEED_UNKNOWN:{one}"]
            for one in own
            if one not in met and one not in unmet
        ),
        unmet=tuple(texts["needs"][one] for one in own if one in unmet),
    )


def _place(explained: Explanation) -> Place:
    found = explained.possible or explained.to_check or explained.falls_away
    assert found is not None  # noqa: S101 -- an opening stands in one of the groups
    return found


def _questions(explained: Explanation) -> tuple[QuestionOut, ...]:
    found = explained.possible or explained.to_check
    return () if found is None else found.questions


def _ask_way(explained: Explanation) -> str:
    """What to ask of the journey, in sentences; empty where nothing is to be asked."""
    return " ".join(one.text for one in _questions(explained) if one.code in OF_THE_WAY)


def _one_line(proposal: ProposalInFull) -> str:
    return " ".join((proposal.arrangements or "").split())
