"""Write what the journeys count into docs/usability.md: ``make usability``.

The table between the marks is replaced; what stands around it is written by people.
"""

import logging
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from api import logs
from tests.pages.chromium import chromium
from tests.pages.county import county
from tests.pages.journeys import JOURNEYS, Journey, Walked, walked

DOCUMENT = Path(__file__).parents[2] / "docs" / "usability.md"
BEGIN, END = "<!-- measured: make usability -->", "<!-- end -->"
HEAD = ("Task", "Who", "Interactions", "Keys", "Pages", "Words to read")
TABLE = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.DOTALL)
ROW = re.compile(r"^\| (?P<task>[^|]+) \| [^|]+ \| (?P<interactions>\d+) \| .* \|$", re.MULTILINE)


def row(journey: Journey, found: Walked) -> str:
    """A line of the table."""
    who = str(journey.role or "anybody").replace("_", " ")
    numbers = (found.interactions, found.keys, found.pages, found.words)
    return "| " + " | ".join((journey.task, who, *map(str, numbers))) + " |\n"


def recorded() -> dict[str, int]:
    """The interactions of each task, as the document has them."""
    found = TABLE.search(DOCUMENT.read_text(encoding="utf-8"))
    rows = ROW.finditer(found.group()) if found else ()
    return {one["task"]: int(one["interactions"]) for one in rows}


def main() -> None:
    """Walk every journey, and write the table."""
    logs.configure(logging.WARNING)
    lines = [f"| {' | '.join(HEAD)} |\n", f"|---|---{'|---:' * 4}|\n"]
    with chromium() as browser:
        for journey in JOURNEYS:
            with TemporaryDirectory() as folder, county(Path(folder)) as place:
                lines.append(row(journey, walked(journey, browser, place)))
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(TABLE.sub(lambda _: "".join(lines), text), encoding="utf-8")


if __name__ == "__main__":
    main()
