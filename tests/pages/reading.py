"""A page as a test reads it: its words, its links, and its forms as they would be sent."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

Sent = dict[str, list[str]]


@dataclass
class ReadForm:
    """A form: where it is sent, and what is in it as it stands."""

    action: str
    fields: Sent = field(default_factory=dict)

    def sent(self, **changes: str | list[str]) -> Sent:
        """What is sent, with something otherwise."""
        changed = {name: [one] if isinstance(one, str) else one for name, one in changes.items()}
        return self.fields | changed


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[ReadForm] = []
        self.links: list[str] = []
        self._open: ReadForm | None = None
        self._select = self._area = ""
        self._chosen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.links += [known[name] for name in ("href", "action", "formaction") if name in known]
        if tag == "form":
            self._open = ReadForm(known["action"])
            self.forms.append(self._open)
        elif tag == "select":
            self._select, self._chosen = known.get("name", ""), None
        elif tag == "textarea":
            self._area = known.get("name", "")
            self._keep(self._area, "")
        elif tag == "option" and self._select:
            if self._chosen is None or "selected" in known:
                self._chosen = known["value"]
        elif tag == "input":
            ticked = known.get("type") not in {"checkbox", "radio"} or "checked" in known
            if ticked and "name" in known:
                self._keep(known["name"], known.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select" and self._select:
            self._keep(self._select, self._chosen or "")
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._set(self._area, data)

    def _keep(self, name: str, value: str) -> None:
        if self._open is not None:
            self._open.fields.setdefault(name, []).append(value)

    def _set(self, name: str, value: str) -> None:
        if self._open is not None:
            self._open.fields[name] = [value]


def form(html: str, action: str) -> ReadForm:
    """The form of a page that is sent to an address."""
    reader = _Reader()
    reader.feed(html)
    (found,) = (one for one in reader.forms if one.action == action)
    return found


def links(html: str) -> list[str]:
    """Every address that a page leads to, or sends to."""
    reader = _Reader()
    reader.feed(html)
    return reader.links


def words(html: str) -> str:
    """What stands in the main part of a page, without tags."""
    main = html[html.index("<main") : html.index("</main")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
