"""Somebody with nothing but a keyboard, who finds things by what they are called; and the count.

Tab, Enter, Space, arrows and letters are all that is pressed. What is focused on the way has to
show it (WCAG 2.4.7) and not to lie under something else (2.4.11).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import ElementHandle, Locator

from tests.pages.chromium import SETTLED, Tab

FARTHEST = 150
"""So many Tabs at most lead to anything."""
MARK = "() => { window.seenBefore = true; }"
FRESH = "() => !window.seenBefore && document.readyState === 'complete'"
WORD = re.compile(r"\w\S*")
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const name = `${one.tagName.toLowerCase()} ${(one.innerText || one.name || '').slice(0, 40)}`;
  const shows = (el) => { const style = getComputedStyle(el);
    return (style.outlineStyle !== 'none' && (style.outlineStyle === 'auto' ||
      parseFloat(style.outlineWidth) >= 2)) || style.boxShadow !== 'none'; };
  const parts = [one, ...(one.labels || [])];
  if (!parts.some(shows)) return `focus not shown: ${name}`;
  const seen = parts.some((part) => [...part.getClientRects()].some((place) =>
    [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].some(([x, y]) => {
      const top = document.elementFromPoint(
        place.left + x * place.width, place.top + y * place.height);
      return top && (part.contains(top) || top.contains(part) && top.matches('label, a, button'));
    })));
  return seen ? null : `focus covered: ${name}`;
}"""
NAMED = re.compile(r'"(.*)"')
Kind = Literal["link", "button", "checkbox", "radio", "combobox"]
IS_FOCUSED = "one => one === document.activeElement"


@dataclass(eq=False)
class Person:
    """Somebody at a tab; counts what they do, and what they are given to read.

    ``interactions``: links followed, buttons pressed, fields filled in and options chosen, each
    one; ``keys``: every key; ``words``: those that can be seen, of every page that they came to.
    """

    tab: Tab
    interactions: int = 0
    keys: int = 0
    words: int = 0
    pages: int = 0
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Begin at a page; this is no interaction."""
        self.tab.go(path)
        self._read()

    def follow(self, name: str) -> None:
        """Follow a link to another page."""
        self._reach(self._one("link", name))
        self._leave("Enter")

    def press(self, name: str, *, stays: bool = False) -> None:
        """Press a button; ``stays``: it changes a part of this page only."""
        self._reach(self._one("button", name))
        if stays:
            self._key("Space")
            self.tab.page.wait_for_function(SETTLED)
        else:
            self._leave("Enter")

    def first(self, role: Kind, start: str) -> str:
        """The whole name of the first thing whose name begins so."""
        found = self.tab.page.get_by_role(role, name=re.compile(f"^{re.escape(start)}"))
        return _name(self._shown(found, f"{role} {start}..."))

    def each(self, role: Kind, start: str) -> list[str]:
        """The names of all things whose names begin so."""
        found = self.tab.page.get_by_role(role, name=re.compile(f"^{re.escape(start)}"))
        return [_name(one) for one in found.all()]

    def download(self, name: str) -> bytes:
        """Follow a link to a file; what is in it."""
        self._reach(self._one("link", name))
        with self.tab.page.expect_download() as coming:
            self._key("Enter")
        left = f"failed: {coming.value.url} net::ERR_ABORTED"  # no page came of it, only a file
        self.tab.faults[:] = [one for one in self.tab.faults if one != left]
        return coming.value.path().read_bytes()

    def unfold(self, name: str) -> None:
        """Open what is folded under a summary."""
        folded = self.tab.page.locator("summary").filter(has_text=name)
        self._reach(self._shown(folded, f"summary {name}"))
        before = self._visible()
        self._key("Enter")
        self.words += max(0, self._visible() - before)

    def fill(self, label: str, text: str) -> None:
        """Write in a field, instead of what stands there."""
        self._reach(self._shown(self.tab.page.get_by_label(label, exact=True), f"field {label}"))
        self._key("ControlOrMeta+a")
        self.tab.page.keyboard.type(text)
        self.keys += len(text)

    def tick(self, label: str) -> None:
        """Tick a box, or take the tick away."""
        self._reach(self._one("checkbox", label))
        self._key("Space")

    def choose(self, label: str, group: str | None = None) -> None:
        """Choose one of several: an option of a list (``group``: its label) or a radio button."""
        if group is not None:
            self._choose_option(label, group)
            return
        radio = self._one("radio", label)
        element = self._element(radio)
        if not element.is_checked():
            same = "one => [...document.getElementsByName(one.name)]"
            self._tab_to(f"one => ({same})(one).includes(document.activeElement)", element)
            self._move_until(lambda: element.evaluate(IS_FOCUSED), label)
            if not element.is_checked():
                self._key("Space")
        self.interactions += 1

    def sees(self, text: str) -> None:
        """What has to stand there now, to be seen."""
        self.tab.page.get_by_text(text).first.wait_for(state="visible")

    def _choose_option(self, label: str, group: str) -> None:
        element = self._reach(self._one("combobox", group))
        chosen = "one => one.selectedOptions[0].label"
        if element.evaluate(chosen) != label:
            self._key("Home")
        self._move_until(lambda: element.evaluate(chosen) == label, label)

    def _one(self, role: Kind, name: str) -> Locator:
        found = self.tab.page.get_by_role(role, name=name, exact=True)
        return self._shown(found, f"{role} {name}")

    def _shown(self, found: Locator, name: str) -> Locator:
        """The first that is found."""
        if not found.count():
            there = self.tab.page.locator("body").aria_snapshot()
            raise AssertionError(f"no {name} at {self.tab.page.url}, but\n{there}")
        return found.first

    def _element(self, found: Locator) -> ElementHandle:
        element = found.element_handle()
        assert element is not None
        return element

    def _reach(self, found: Locator) -> ElementHandle:
        """Press Tab until it is focused; one interaction is begun."""
        element = self._element(found)
        self._tab_to(IS_FOCUSED, element)
        self.interactions += 1
        return element

    def _tab_to(self, there: str, element: ElementHandle) -> None:
        for _ in range(FARTHEST):
            if element.evaluate(there):
                return
            self._key("Tab")
            fault = self.tab.page.evaluate(FOCUSED)
            if fault and fault not in self.faults:
                self.faults.append(fault)
        raise AssertionError(f"no Tab leads to {element.inner_text() or element}")

    def _move_until(self, there: Callable[[], bool], name: str) -> None:
        for _ in range(FARTHEST):
            if there():
                return
            self._key("ArrowDown")
        raise AssertionError(f"no arrow leads to {name}")

    def _key(self, key: str) -> None:
        self.tab.page.keyboard.press(key)
        self.keys += 1

    def _leave(self, key: str) -> None:
        """Press a key that leads to another page, and read it."""
        self.faults += self.tab.faults
        self.tab.faults.clear()
        self.tab.page.evaluate(MARK)
        self._key(key)
        self.tab.page.wait_for_function(FRESH)
        self.tab.page.wait_for_function(SETTLED)
        self._read()

    def _read(self) -> None:
        self.pages += 1
        self.words += self._visible()

    def _visible(self) -> int:
        return len(WORD.findall(self.tab.page.inner_text("body")))


def _name(found: Locator) -> str:
    """What something is called, as a screen reader has it."""
    named = NAMED.search(found.aria_snapshot().splitlines()[0])
    assert named is not None
    return named.group(1)
