"""Debian's Chromium, and tabs in it that note what goes wrong while somebody looks at pages."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    StorageState,
    sync_playwright,
)

from api.domain import Role
from tests.pages.county import County

EXECUTABLE = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
MISSING = "Chromium is missing: make browser"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LANGUAGE = "steget_language"
"""The cookie of a language that was chosen."""
PATIENCE = 90_000
"""Milliseconds until something that will never happen fails a test; nothing is timed."""
WIDE: Mapping[str, int] = {"width": 1280, "height": 800}
MODES: Mapping[str, Mapping[str, Any]] = {
    "desktop": {"viewport": WIDE},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "noscript": {"viewport": WIDE, "java_script_enabled": False},
    "english": {"viewport": WIDE, "locale": "en-GB"},
}
"""How somebody looks at a page; 320 px is a phone, and also a desktop at 400 %."""
SETTLED = "() => !document.querySelector('.htmx-request')"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser. While it is there, this thread can run no event loop of its own (asyncio.run)."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=EXECUTABLE, args=FLAGS, timeout=PATIENCE
        )
        yield found
        found.close()


@dataclass(eq=False)
class Tab:
    """A page in a browser; ``faults`` are those since the last ``go``.

    ``expected``: the status of the page that is looked at, where that is no fault.
    """

    context: BrowserContext
    base: str
    mode: str
    faults: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    expected: int = 200
    address: str = ""

    def __post_init__(self) -> None:
        """Open the page, listen to it, and let it keep no copy of what it has fetched."""
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self._protocol = self.context.new_cdp_session(self.page)
        self._protocol.send("Network.enable")
        self._protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("requestfailed", self._failed)

    @property
    def scripted(self) -> bool:
        """Whether pages may run scripts."""
        return self.mode != "noscript"

    def go(self, path: str, status: int = 200) -> None:
        """Look at a page; it has to be there, with this status, and to lead nowhere else."""
        self.allow_scripts(allowed=self.scripted)
        self.faults.clear()
        self.requests.clear()
        self.expected, self.address = status, self.base + path
        answer = self.page.goto(self.address, wait_until="load")
        if self.scripted:
            self.page.wait_for_function(SETTLED)
        came = answer.status if answer else 0
        if came != status:
            self.faults.append(f"status: {came}, not {status}")
        if urlsplit(self.page.url).path != urlsplit(path).path:
            self.faults.append(f"elsewhere: {path} leads to {urlsplit(self.page.url).path}")

    def send(self, form: str, status: int, filled: Mapping[str, str]) -> None:
        """Send a form (a selector) as it stands but for what is filled in, by names of fields.

        Past what the browser itself would check.
        """
        for name, text in filled.items():
            filling = self.page.locator(f"{form} [name={name}]")
            filling.fill(text)
            filling.blur()
        if self.scripted:  # what a script asks about the change is answered before the form leaves
            self.page.wait_for_function(SETTLED)
        button = self.page.locator(f"{form} button:not([type=button])").first
        self.expected, self.address = status, button.evaluate("one => one.form.action")
        button.evaluate("one => { one.form.noValidate = true; }")
        self.requests.clear()
        with self.page.expect_navigation(wait_until="load") as leaving:
            button.click()
        came = leaving.value.status if leaving.value else 0
        if came != status:
            self.faults.append(f"status: {came}, not {status}")

    def allow_scripts(self, *, allowed: bool) -> None:
        """From here on; what was left out when the page was read stays out."""
        if not self.scripted:
            change = {"value": not allowed}
            self._protocol.send("Emulation.setScriptExecutionDisabled", change)

    def weight(self) -> int:
        """Bytes transferred since the last ``go``: of everything, headers and compression too."""
        came = (one for one in self.requests if _is_of_network(one.url) and one.response())
        sizes = (one.sizes() for one in came)
        return sum(one["responseHeadersSize"] + one["responseBodySize"] for one in sizes)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self._is_the_page(message.location["url"]):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        self.requests.append(request)
        if _is_of_network(request.url) and not request.url.startswith(f"{self.base}/"):
            self.faults.append(f"elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not self._is_the_page(response.url):
            self.faults.append(f"status: {response.status} of {response.url}")

    def _failed(self, request: Request) -> None:
        self.faults.append(f"failed: {request.url} {request.failure}")

    def _is_the_page(self, url: str) -> bool:
        """Whether it is the page itself, of which another status than 200 is expected."""
        return self.expected >= 400 and url == self.address


def _is_of_network(url: str) -> bool:
    return not url.startswith(("data:", "blob:", "about:"))


@dataclass(frozen=True, eq=False)
class Visitors:
    """Somebody of each role (None: nobody who has logged in) at a county, in each mode.

    The last tab is kept open for the same visitor's next page: a new one takes half a second.
    """

    browser: Browser
    county: County
    _tabs: dict[tuple[Role | None, str], Tab] = field(default_factory=dict)
    _logged_in: dict[Role, StorageState] = field(default_factory=dict)

    def visit(
        self, role: Role | None, path: str, mode: str = "desktop", *, status: int = 200
    ) -> Tab:
        """Look at a page as somebody of a role."""
        if (role, mode) not in self._tabs:
            self.close()
            self._tabs[role, mode] = self.new(role, mode)
        tab = self._tabs[role, mode]
        tab.go(path, status)
        return tab

    def new(self, role: Role | None, mode: str = "desktop") -> Tab:
        """A tab that nobody else uses, at no page yet."""
        state = None if role is None else self._state(role)
        how = {"locale": "sv-SE", "reduced_motion": "reduce"} | dict(MODES[mode])
        context = self.browser.new_context(storage_state=state, **how)
        if mode == "english":
            chosen = {"name": LANGUAGE, "value": "en", "url": self.county.base}
            context.add_cookies([chosen])
        return Tab(context, self.county.base, mode)

    def close(self) -> None:
        """Close the tab that is kept."""
        while self._tabs:
            self._tabs.popitem()[1].context.close()

    def _state(self, role: Role) -> StorageState:
        if role not in self._logged_in:
            context = self.browser.new_context()
            sessions = f"{self.county.base}/steget/v1/sessions"
            answer = context.request.post(
                sessions, data=self.county.credentials(role), timeout=PATIENCE
            )
            assert answer.status == 201, answer.text()
            self._logged_in[role] = context.storage_state()
            context.close()
        return self._logged_in[role]
