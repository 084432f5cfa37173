"""A report as one file of HTML: no script, nothing from elsewhere, for screens and for paper."""

from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api import texts
from api.reports import pictures
from api.reports.content import report
from api.reports.findings import Findings
from api.reports.parts import Bars, Curve
from api.texts import Language

TEMPLATES = Path(__file__).with_name("templates")


def document(found: Findings, language: Language) -> str:
    """The report as HTML. Every word is escaped; the style stands in the one style element."""
    made = report(found, language)
    template = _environment().get_template("report.html")
    return template.render(
        report=made,
        style=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),  # noqa: S704 -- ours
        say=partial(_say, language),
        number=partial(texts.number, language),
        draw=_draw,
    )


def _draw(picture: Bars | Curve) -> pictures.BarPicture | pictures.CurvePicture:
    return pictures.bars(picture) if isinstance(picture, Bars) else pictures.curve(picture)


def _say(language: Language, key: str, **params: object) -> str:
    return texts.say(language, f"report.{key}", **params)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
