"""Take a picture of each main page for the documents: ``make screenshots``.

The county's clock stands where the scenario does, so that pictures change only where pages do.
"""

import logging
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from api import logs
from tests.pages.chromium import Visitors, chromium
from tests.pages.county import county
from tests.pages.every import PAGES

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
COLOURS = 64
"""Of a picture; a page has few, and small files are read by more people."""
TALLEST = 1600
"""Pixels; what is further down is not shown."""


def main() -> None:
    """Take every picture; those of pages that are gone are removed."""
    logs.configure(logging.WARNING)
    SCREENS.mkdir(exist_ok=True)
    shown = [page for page in PAGES if page.screen]
    with TemporaryDirectory() as folder, county(Path(folder)) as place, chromium() as browser:
        visitors = Visitors(browser, place)
        for page in shown:
            tab = visitors.visit(page.roles[0], page.path(place), status=page.status)
            assert not tab.faults, (page.name, tab.faults)
            tall = min(tab.page.evaluate("document.documentElement.scrollHeight"), TALLEST)
            clip = {"x": 0, "y": 0, "width": 1280, "height": tall}
            taken = tab.page.screenshot(full_page=True, clip=clip)
            keep(taken, SCREENS / f"{page.name}.png")
        visitors.close()
    for file in SCREENS.glob("*.png"):
        if file.stem not in {page.name for page in shown}:
            file.unlink()


def keep(taken: bytes, file: Path) -> None:
    """Write a picture with few colours."""
    with Image.open(BytesIO(taken)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(file, optimize=True)


if __name__ == "__main__":
    main()
