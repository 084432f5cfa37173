"""A report as HTML: shaped for everybody, whole in one file, and nothing in it that is hidden."""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import numpy as np
import pytest

from api.reports.content import report
from api.reports.findings import Findings
from api.reports.page import document
from api.texts import Language
from matcher.balance.disclosure import REASONS, Reason
from matcher.balance.words import SEXES
from matcher.insight import PriceCurve
from matcher.insight.price import Corner
from matcher.policy import GoalName
from tests.api.reports.conftest import FORMULA, TAGS

VOID = {"meta", "rect", "path", "polyline", "circle", "br"}
PSEUDONYM = re.compile(r"\b[PHO]\d{3,}\b")


@dataclass
class Node:
    """An element: its tag, what is said of it, what is in it, and its text."""

    tag: str
    said: dict[str, str | None]
    inside: list["Node"] = field(default_factory=list)
    text: str = ""

    def every(self, tag: str) -> list["Node"]:
        """The elements of a tag in it, in order."""
        found = [self] if self.tag == tag else []
        return found + [one for child in self.inside for one in child.every(tag)]


class Tree(HTMLParser):
    """Reads HTML strictly: what is opened is closed, in order."""

    def __init__(self, text: str) -> None:
        """Read it all."""
        super().__init__()
        self.root = Node("", {})
        self.open = [self.root]
        self.feed(text)
        self.close()
        assert self.open == [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        node = Node(tag, dict(attrs))
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element with nothing in it."""
        self.open[-1].inside.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open."""
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        """Text."""
        self.open[-1].text += data


@pytest.mark.parametrize("language", list(Language))
def test_the_page_is_shaped_for_everybody(found: Findings, language: Language) -> None:
    """A language, one h1, headings in order, tables with captions and heads, named pictures."""
    root = Tree(document(found, language)).root
    assert root.every("html")[0].said["lang"] == language
    assert len(root.every("h1")) == len(root.every("main")) == len(root.every("title")) == 1
    assert not [tag for tag in ("h3", "h4") if root.every(tag)]
    tables = root.every("table")
    assert len(tables) == len(report(found, language).sheets) > 15
    for table in tables:
        assert table.every("caption")[0].text
        heads, body = table.every("thead")[0], table.every("tbody")[0]
        assert {head.said["scope"] for head in heads.every("th")} == {"col"}
        for row in body.every("tr"):
            assert [head.said["scope"] for head in row.every("th")] == ["row"]
            assert len(row.inside) == len(heads.every("th"))
    assert root.every("svg")
    assert all(one.said["role"] == "img" and one.said["aria-label"] for one in root.every("svg"))


def test_every_name_is_there_once_and_every_link_leads_to_one(found: Findings) -> None:
    """Regions are named by their captions, contents lead to sections."""
    text = document(found, Language.SWEDISH)
    names = re.findall(r'\bid="([^"]+)"', text)
    led = re.findall(r'(?:aria-labelledby="|href="#)([^"]+)"', text)
    assert len(names) == len(set(names))
    assert set(led) <= set(names)


def test_the_page_is_whole_in_one_file(found: Findings) -> None:
    """No script, no address, one style element, and nothing that is fetched."""
    text = document(found, Language.ENGLISH)
    root = Tree(text).root
    assert not [tag for tag in ("script", "link", "img", "iframe", "base") if root.every(tag)]
    assert len(root.every("style")) == 1
    assert "://" not in text
    assert "url(" not in text
    assert "@import" not in text
    assert "style=" not in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_nobody_is_on_the_page(found: Findings) -> None:
    """No pseudonym of a participant, a supervisor or an opening."""
    assert PSEUDONYM.findall("P001 P0002 H014") == ["P001", "P0002", "H014"]
    assert PSEUDONYM.findall(document(found, Language.SWEDISH)) == []


def test_what_somebody_wrote_is_text(armed: Findings) -> None:
    """A name with tags in it makes no element."""
    text = document(armed, Language.ENGLISH)
    assert Tree(text).root.every("script") == []
    assert TAGS not in text
    assert "&lt;script&gt;" in text


def test_a_figure_is_shown_where_the_release_shows_it(found: Findings) -> None:
    """Each count of the first table against the release: the number, or a word and no number."""
    sheet = report(found, Language.ENGLISH).sheets[0]
    table = found.balance.release.table("participants/age")
    cells = sheet.rows[0][1:]
    for code, cell in zip((*SEXES, None), cells, strict=True):
        count = table.cell(code, None)
        shown = (None, True) if isinstance(count, Reason) else (count, False)
        assert (cell.number, cell.hidden) == shown


def test_a_refused_table_is_said_with_its_reason(found: Findings) -> None:
    """In a sentence, and its figures by words; where nothing is refused that is said too."""
    release = found.balance.release
    refused = REASONS.index(Reason.REFUSED) + 1
    tables = tuple(
        replace(one, reasons=np.full_like(one.reasons, refused), values=one.values * 0)
        if one.name == "unplaced/gender"
        else one
        for one in release.tables
    )
    less = replace(found, balance=replace(found.balance, release=replace(release, tables=tables)))
    sections = {one.code: one for one in report(less, Language.ENGLISH).sections}
    assert any("unplaced/gender" in line for line in sections["hidden"].words)
    unplaced = next(one for one in sections["fairness"].sheets if one.code == "unplaced")
    assert {cell.text for row in unplaced.rows for cell in row[1:]} == {"not published"}
    whole = {one.code: one for one in report(found, Language.ENGLISH).sections}
    assert whole["hidden"].words[-1].startswith("No table had to be left out")


def test_what_was_not_asked_is_said(found: Findings) -> None:
    """A reader knows what a report does not tell."""
    said = "The gender flip needs a data set"
    assert said in document(replace(found, flip=None), Language.ENGLISH)
    assert said not in document(found, Language.ENGLISH)


CORNERS = (Corner(value=5, points=1200), Corner(value=7, points=1000), Corner(value=8, points=700))


def test_the_price_of_norm_goals_is_a_table_and_a_curve(found: Findings) -> None:
    """Between two plans one more costs what the slope says: 100, then 300 points."""
    assert found.price is None  # the town has too few norm goals to tell
    assert "The price of own norm goals is not told" in document(found, Language.ENGLISH)
    curve = PriceCurve(
        goal=GoalName.NORM_GOALS, corners=CORNERS, now=CORNERS[1], proven=False, whole=False
    )
    priced = replace(found, price=curve)
    (sheet,) = (one for one in report(priced, Language.ENGLISH).sheets if one.code == "price")
    assert [[cell.text for cell in row] for row in sheet.rows] == [
        ["5", "1,200", "100.0"],
        ["7", "1,000", "300.0"],
        ["8", "700", "-"],
    ]
    text = document(priced, Language.ENGLISH)
    assert "meets 7, with 1,000 points" in text
    assert len(Tree(text).root.every("polyline")) == 1
    alone = replace(found, price=replace(curve, corners=CORNERS[:1], now=CORNERS[0]))
    text = document(alone, Language.ENGLISH)
    assert "Nothing is to be had in points" in text
    assert Tree(text).root.every("polyline") == []


def test_a_difference_by_gender_would_be_called_a_fault(found: Findings) -> None:
    """Were a criterion to come out otherwise with another gender, the report says which."""
    assert found.flip is not None
    assert found.flip.differences == ()
    assert "Nothing came out otherwise" in document(found, Language.ENGLISH)
    broken = replace(found, flip=replace(found.flip, differences=("WISHES",)))
    assert "is a fault in Steget: WISHES." in document(broken, Language.ENGLISH)


def test_without_a_plan_who_started_has_a_place(armed: Findings) -> None:
    """There is then no table of who is left without."""
    text = document(armed, Language.ENGLISH)
    assert "Whoever has started counts as having a place." in text
    assert "Who is left without a place" not in text
    assert FORMULA.startswith("=")
