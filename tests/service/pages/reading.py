"""A page as a test reads it: what somebody sees, and where its links and forms lead."""

from dataclasses import dataclass
from html.parser import HTMLParser

from starlette.testclient import TestClient

from api.settings import Settings
from tests.service.visitors import browser
from tests.service.world import World

VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "rect", "path", "wbr"})


@dataclass(frozen=True, slots=True)
class Read:
    """A page: its text in one line, links, ids, and the fields of its forms."""

    status: int
    text: str
    links: tuple[str, ...]
    ids: frozenset[str]
    fields: dict[str, str]
    forms: tuple[str, ...]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.fields: dict[str, str] = {}
        self.forms: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "form":
            self.forms.append(given.get("action", ""))
        if tag == "input" and "name" in given:
            ticked = given.get("type") not in ("radio", "checkbox") or "checked" in given
            if ticked:
                self.fields[given["name"]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def read(status: int, content: str) -> Read:
    """What stands on a page."""
    reader = _Reader()
    reader.feed(content)
    assert len(reader.ids) == len(set(reader.ids)), "an id stands there twice"
    return Read(
        status,
        " ".join(reader.words),
        tuple(reader.links),
        frozenset(reader.ids),
        reader.fields,
        tuple(reader.forms),
    )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the pages, who follows where they are sent."""

    client: TestClient

    def open(self, path: str, language: str | None = None) -> Read:
        """Look at a page; in a language that was chosen, or as the account has it."""
        if language:
            self.client.cookies.set("steget_language", language)
        came = self.client.get(path, follow_redirects=True)
        return read(came.status_code, came.text)

    def send(self, path: str, **fields: object) -> Read:
        """Send a form, and look at what comes."""
        came = self.client.post(path, data=fields, follow_redirects=True)
        return read(came.status_code, came.text)


def person(world: World, settings: Settings, user: str) -> Person:
    """Somebody of the world, logged in."""
    return Person(browser(world, settings, user))
