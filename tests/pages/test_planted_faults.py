"""Each check can fail: a fault that is planted is found, and where none is, nothing is."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.pages.checks import findings
from tests.pages.chromium import MODES, Tab
from tests.pages.keyboard import Person
from tests.pages.planted import FAULTS, planted

pytestmark = pytest.mark.slow
NARROW = {"wide", "cut"}


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """The server of the planted pages."""
    with planted() as found:
        yield found


def tab_of(browser: Browser, base: str, mode: str) -> Tab:
    """A tab at the planted pages."""
    how = {"reduced_motion": "reduce"} | dict(MODES[mode])
    return Tab(browser.new_context(**how), base, mode)


@pytest.mark.parametrize("mode", [one for one in MODES if one != "english"])
def test_nothing_is_found_in_a_sound_page(browser: Browser, base: str, mode: str) -> None:
    """In no mode."""
    tab = tab_of(browser, base, mode)
    tab.go("/sound")
    found = findings(tab)
    tab.context.close()
    assert found == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(browser: Browser, base: str, name: str) -> None:
    """What was planted, by the check that it is for."""
    tab = tab_of(browser, base, "narrow" if name in NARROW else "desktop")
    tab.go(f"/{name}")
    found = findings(tab)
    tab.context.close()
    assert any(one.startswith(FAULTS[name][2]) for one in found), found


def test_what_scripts_alone_show_is_missed_without_them(browser: Browser, base: str) -> None:
    """Without scripts none runs, although axe does afterwards."""
    tab = tab_of(browser, base, "noscript")
    tab.go("/throws")
    found = findings(tab)
    tab.context.close()
    assert found == []


@pytest.mark.parametrize(("path", "told"), [("/missing", "status: 404"), ("/away", "elsewhere")])
def test_a_page_that_is_not_there(browser: Browser, base: str, path: str, told: str) -> None:
    """Another status, or another page, is a fault."""
    tab = tab_of(browser, base, "desktop")
    tab.go(path)
    found = list(tab.faults)
    tab.context.close()
    assert any(one.startswith(told) for one in found), found


def test_a_keyboard_reaches_and_counts_everything(browser: Browser, base: str) -> None:
    """Six things are done; of what is chosen the page's address tells afterwards."""
    person = Person(tab_of(browser, base, "desktop"))
    person.open("/sound")
    begun = person.words
    person.fill("Namn", "Åsa")
    person.choose("Tyresö", group="Ort")
    person.tick("Genast")
    person.choose("Tisdag")
    person.unfold("Mer")
    assert person.words == begun + len(["Dolda", "ord", "här"])
    person.press("Visa")
    assert person.tab.page.url.endswith("/sound?name=%C3%85sa&town=Tyres%C3%B6&now=yes&day=2")
    assert (person.interactions, person.pages, person.words) == (6, 2, 2 * begun + 3)
    person.follow("Annan sida")
    person.sees("Text att läsa.")
    assert person.tab.page.url == f"{base}/other"
    assert (person.interactions, person.faults, person.tab.faults) == (7, [], [])
    person.tab.context.close()


@pytest.mark.parametrize("name", ["focus-not-shown", "focus-covered"])
def test_focus_that_nobody_sees_is_a_fault(browser: Browser, base: str, name: str) -> None:
    """Without an outline, or under something else."""
    person = Person(tab_of(browser, base, "desktop"))
    person.open(f"/{name}")
    person.follow("Annan sida")
    person.tab.context.close()
    assert {one.split(":")[0] for one in person.faults} == {name.replace("-", " ")}


def test_what_no_tab_leads_to_is_a_fault(browser: Browser, base: str) -> None:
    """A link that is left out of the order."""
    person = Person(tab_of(browser, base, "desktop"))
    person.open("/out-of-order")
    with pytest.raises(AssertionError, match="no Tab leads to Annan sida"):
        person.follow("Annan sida")
    person.tab.context.close()
