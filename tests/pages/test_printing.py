"""What comes out of the printer: one A4 of a printout, and no menus of any page."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from api.domain import Role
from tests.pages.chromium import Tab, Visitors
from tests.pages.every import of_person

pytestmark = pytest.mark.slow
A4 = (595, 842)
"""Points."""
MODES = ("desktop", "english")
OF_THE_SCREEN = {"desktop": ("Logga ut", "Hoppa till"), "english": ("Log out", "Skip to")}


def printed(tab: Tab) -> PdfReader:
    """A page as Chromium prints it, by its own style for paper."""
    return PdfReader(BytesIO(tab.page.pdf(format="A4", prefer_css_page_size=True)))


def measures(paper: PdfReader) -> list[tuple[int, int]]:
    """Width and height of each page, in points."""
    return [(round(one.mediabox.width), round(one.mediabox.height)) for one in paper.pages]


@pytest.mark.parametrize("mode", MODES)
def test_every_printout_is_one_a4(visitors: Visitors, mode: str) -> None:
    """Of every proposal of the supervisor: printed by the browser, and as the file."""
    api = visitors.county.api(Role.SUPERVISOR)
    proposals = api.list_proposals(limit=20).items
    assert proposals
    for one in proposals:
        path = f"/forslag/{one.id}/utskrift"
        paper = printed(visitors.visit(Role.SUPERVISOR, path, mode))
        assert measures(paper) == [A4], one
        text = paper.pages[0].extract_text()
        assert one.opening in " ".join(text.split())
        assert not [said for said in OF_THE_SCREEN[mode] if said in text]
        file = visitors.county.http(Role.SUPERVISOR).get(f"{path}.pdf")
        assert measures(PdfReader(BytesIO(file.content))) == [A4], one


@pytest.mark.parametrize("mode", MODES)
def test_menus_are_not_printed(visitors: Visitors, mode: str) -> None:
    """Somebody prints the places for a participant: what they read, and nothing to press on."""
    path = of_person(visitors.county, "/platser")
    paper = printed(visitors.visit(Role.SUPERVISOR, path, mode))
    text = " ".join(page.extract_text() for page in paper.pages)
    assert visitors.county.api(Role.SUPERVISOR).list_participants().items[0].code in text
    assert not [said for said in OF_THE_SCREEN[mode] if said in text]
