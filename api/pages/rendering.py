"""How a page is written: Jinja templates, texts and figures in the reader's language.

Everything is escaped; a name that a template does not know is an error, never an empty place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api import texts
from api.pages.forms import FormFault
from api.pages.navigation import FOOT, MENU
from api.schemas.accounts import Me
from api.texts import Language
from data import reference

HERE = Path(__file__).parent
STATIC = HERE.parent / "static" / "pages"
SWEDEN = ZoneInfo("Europe/Stockholm")
FAULTS: Mapping[str, str] = {
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "too_short": "too_short",
    "too_long": "too_long",
    "int_parsing": "not_a_number",
    "int_from_float": "not_a_number",
    "float_parsing": "not_a_number",
    "number_type": "not_a_number",
    "date_from_datetime_parsing": "not_a_day",
    "date_parsing": "not_a_day",
    "date_type": "not_a_day",
    "greater_than_equal": "too_small",
    "greater_than": "too_small",
    "less_than_equal": "too_large",
    "less_than": "too_large",
    "enum": "not_among",
    "literal_error": "not_among",
    "string_pattern_mismatch": "not_in_form",
}
"""What a check calls a fault, and the text that people read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page: who looks, in which language, and at what address."""

    language: Language
    me: Me | None
    path: str
    address: str
    demo: bool


def render(template: str, frame: Frame, given: Mapping[str, Any]) -> str:
    """A page as HTML."""
    return _environment().get_template(template).render(frame=frame, **given)


class Files(StaticFiles):
    """What is shipped beside the pages; an address with a version never changes."""

    def file_response(self, *args: Any, **given: Any) -> Response:  # noqa: ANN401 -- as Starlette
        """A file, to be kept by the browser."""
        answer = super().file_response(*args, **given)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file of today's version; another version's name leads to the same file."""
        return await super().get_response(path.partition("/")[2], scope)


@cache
def version() -> str:
    """What tells today's static files from other days'."""
    found = sha256()
    for file in sorted(STATIC.iterdir()):
        found.update(file.read_bytes())
    return found.hexdigest()[:12]


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "t": _text,
        "said": _said,
        "static": _static,
        "menu": MENU,
        "foot": FOOT,
        "just_done": _just_done,
        "fault_text": _fault_text,
        "half_day_names": _half_day_names,
        "weekday_names": _weekday_names,
        "day_halves": _day_halves,
        "municipality": _municipality,
        "municipalities": _municipalities,
    }
    made.filters |= {
        "number": _number,
        "percent": _percent,
        "day": day,
        "moment": _moment,
        "half_days": _half_days,
    }
    return made


def _language(context: Context) -> Language:
    frame: Frame = context["frame"]
    return frame.language


@pass_context
def _text(context: Context, key: str, /, **params: object) -> str:
    """``t("home.heading")``: a text of the pages, filled in."""
    return texts.say(_language(context), f"page_{key}", **params)


@pass_context
def _said(context: Context, key: str, /, **params: object) -> str:
    """``said("needs.SCENT_FREE")``: a text that is not of the pages alone."""
    return texts.say(_language(context), key, **params)


@pass_context
def _just_done(context: Context) -> str:
    """The code of what was just done, if the address tells one that there is a text for."""
    frame: Frame = context["frame"]
    told = dict(parse_qsl(urlsplit(frame.address).query)).get("done", "")
    return told if told in texts.GROUPS[frame.language]["page_done"] else ""


@pass_context
def _fault_text(context: Context, fault: FormFault) -> str:
    """What is wrong, and what was expected."""
    known = texts.GROUPS[_language(context)]["page_fault"]
    if fault.text:
        return fault.text
    return known.get(fault.code) or known[FAULTS.get(fault.code, "other")]


@pass_context
def _half_day_names(context: Context) -> tuple[tuple[str, str], ...]:
    return tuple(texts.GROUPS[_language(context)]["half_days"].items())


@pass_context
def _weekday_names(context: Context) -> tuple[tuple[str, str], ...]:
    return _named(context, ("mon", "tue", "wed", "thu", "fri"))


@pass_context
def _day_halves(context: Context) -> tuple[tuple[str, str], ...]:
    return _named(context, ("am", "pm"))


@pass_context
def _municipality(context: Context, code: str | None) -> str:
    """The name of a municipality; not known, where there is none."""
    return reference.municipalities().get(code or "") or _text(context, "form.unknown")


@cache
def _municipalities() -> tuple[tuple[str, str], ...]:
    """Codes and names to choose from, by name as a Swedish dictionary has them."""
    return tuple(sorted(reference.municipalities().items(), key=lambda one: _in_order(one[1])))


def _in_order(name: str) -> str:
    return name.casefold().translate(str.maketrans("åäö", "{|}"))


def _named(context: Context, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    known = texts.GROUPS[_language(context)]["page_week"]
    return tuple((code, known[code]) for code in codes)


def _static(name: str) -> str:
    return f"/static/{version()}/{name}"


@pass_context
def _number(context: Context, value: float, decimals: int | None = None) -> str:
    return texts.number(_language(context), value, decimals)


@pass_context
def _percent(context: Context, share: float, decimals: int = 0) -> str:
    """A share of one as the language writes per cent: 12 %, 12%."""
    written = texts.number(_language(context), 100 * share, decimals)
    blank = "" if _language(context) is Language.ENGLISH else "\N{NO-BREAK SPACE}"
    return f"{written}{blank}%"


def day(value: date | datetime) -> str:
    """A day as Swedish services write it (ISO 8601); of a moment, the day in Sweden."""
    if isinstance(value, datetime):
        value = _in_sweden(value).date()
    return value.isoformat()


def _moment(value: datetime) -> str:
    return f"{_in_sweden(value):%Y-%m-%d %H:%M}"


def _in_sweden(value: datetime) -> datetime:
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(SWEDEN)


@pass_context
def _half_days(context: Context, names: tuple[str, ...]) -> str:
    """Half-days by their names, in the order of the week."""
    known = texts.GROUPS[_language(context)]["half_days"]
    return ", ".join(text for name, text in known.items() if name in set(names))
