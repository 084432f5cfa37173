"""What has to hold for every page: each check looks at a tab and says what it finds.

Axe is put into the page from outside, so that the content security policy stays on.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

from tests.pages.chromium import WIDE, Tab

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
MOST_BYTES = 100_000
"""Transferred for a page in all."""
UNDECIDED: Mapping[str, str] = {}
"""Rules that axe may leave undecided, each with why, and how it was looked at instead."""
OPTIONS: Mapping[str, object] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations", "incomplete"],
}
AXE = """async (options) => {
  const found = await axe.run({exclude: [['svg text']]}, options);
  const told = (kind) => found[kind].map((one) => [one.id, one.nodes.slice(0, 3).map(
    (node) => `${node.target.join(' ')} (${node.any.concat(node.all, node.none)
      .map((check) => check.message).join('; ')})`).join(' | ')]);
  return {violations: told('violations'), incomplete: told('incomplete')};
}"""
"""Not of text on the shapes of a picture: axe cannot decide what stands behind it.

Its colours are held against each other by ``test_what_is_written_on_the_map_can_be_read``.
"""
OVERFLOWING = """() => {
  const room = document.documentElement.clientWidth, found = [];
  const scrolls = (one) => /auto|scroll/.test(getComputedStyle(one).overflowX);
  for (const one of document.body.querySelectorAll('*')) {
    const place = one.getBoundingClientRect();
    if (place.right <= room + 1 || place.width <= 1 || place.height <= 1) continue;
    if (one.ownerSVGElement) continue;
    let above = one.parentElement;
    while (above && !scrolls(above)) above = above.parentElement;
    if (!above) found.push(`${one.tagName.toLowerCase()}.${one.className} to ${place.right} px`);
  }
  if (document.documentElement.scrollWidth > room)
    found.push(`the page to ${document.documentElement.scrollWidth} px`);
  return found.slice(0, 5);
}"""
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
SHAPE = """() => ({
  language: document.documentElement.lang,
  title: document.title.trim(),
  headings: document.querySelectorAll('h1').length,
  idle: [...document.forms].filter((form) => !form.querySelector(
    'button:not([type=button]), input[type=submit]')).map((form) => form.action),
  script: [...document.querySelectorAll('a[href^="javascript:"], a[href="#"], a:not([href])')]
    .map((link) => link.textContent.trim()),
  alike: (() => {
    const led = {};
    for (const link of document.querySelectorAll('main a[href]')) {
      const name = (link.ariaLabel || link.textContent).trim().replace(/\\s+/g, ' ');
      (led[name] ||= new Set()).add(link.href);
    }
    return Object.keys(led).filter((name) => led[name].size > 1);
  })(),
  moving: document.getAnimations().filter((one) => one.playState === 'running').length,
})"""


def accessible(tab: Tab) -> list[str]:
    """What axe finds at WCAG 2.2 AA and best practice, and what it could not decide."""
    tab.page.evaluate(AXE_SCRIPT)
    found: Mapping[str, Sequence[tuple[str, str]]] = tab.page.evaluate(AXE, OPTIONS)
    wrong = [f"axe {rule}: {where}" for rule, where in found["violations"]]
    open_ = (one for one in found["incomplete"] if one[0] not in UNDECIDED)
    return wrong + [f"axe undecided {rule}: {where}" for rule, where in open_]


def shaped(tab: Tab) -> list[str]:
    """A language, a title, one h1, forms and links that can be used, nothing moving.

    Links that lead to different places have different names: some read a list of links alone.
    """
    shape: Mapping[str, Any] = tab.page.evaluate(SHAPE)
    language = "en" if tab.mode == "english" else "sv"
    checks = {
        f"language: {shape['language']}, not {language}": shape["language"] == language,
        "title: none": bool(shape["title"]),
        f"headings: {shape['headings']} h1": shape["headings"] == 1,
        f"form without a button: {shape['idle']}": not shape["idle"],
        f"link that needs a script: {shape['script']}": not shape["script"],
        f"links called alike: {shape['alike']}": not shape["alike"],
        f"moving: {shape['moving']} animations": not shape["moving"],
    }
    return [told for told, holds in checks.items() if not holds]


def fitting(tab: Tab) -> list[str]:
    """Nothing beyond the right edge: on a phone, at 200 %, and with text set apart (1.4.12)."""
    found = [f"overflow: {one}" for one in tab.page.evaluate(OVERFLOWING)]
    if tab.mode == "narrow":
        tab.page.evaluate(SPACED)
        found += [f"overflow, spaced: {one}" for one in tab.page.evaluate(OVERFLOWING)]
    if tab.mode == "desktop":
        tab.page.set_viewport_size({"width": WIDE["width"] // 2, "height": WIDE["height"] // 2})
        found += [f"overflow at 200 %: {one}" for one in tab.page.evaluate(OVERFLOWING)]
        tab.page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})
    return found


def light(tab: Tab) -> list[str]:
    """At most 100 kB in all."""
    weight = tab.weight()
    return [] if weight <= MOST_BYTES else [f"weight: {weight} bytes"]


CHECKS: tuple[Callable[[Tab], list[str]], ...] = (light, shaped, accessible, fitting)


def findings(tab: Tab) -> list[str]:
    """Everything that is wrong with the page that a tab is at; also what went wrong on the way."""
    tab.allow_scripts(allowed=True)
    found = [told for check in CHECKS for told in check(tab)]
    return [*tab.faults, *found]
