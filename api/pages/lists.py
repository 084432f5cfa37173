"""Long lists: a page of one, with the addresses of its neighbours; or all of a short one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query, Request

from api.schemas import Page

Item = TypeVar("Item")
LIMIT, MOST = 25, 100
"""Items of a page, and what the API gives at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Generic[Item]):
    """A page of a list; ``before`` and ``after`` are addresses, empty where there is nothing."""

    items: tuple[Item, ...]
    total: int
    limit: int
    offset: int
    before: str
    after: str


def listed(
    page: Page[Item], path: str, kept: Mapping[str, str] | None = None, name: str = "from"
) -> Listed[Item]:
    """A page of the API as a page for people, at ``path`` with the filters that are kept.

    ``name``: of the offset in the address, where a page has two lists.
    """

    def at(offset: int) -> str:
        return f"{path}?{urlencode(dict(kept or {}) | {name: str(offset)})}"

    return Listed(
        items=page.items,
        total=page.total,
        limit=page.limit,
        offset=page.offset,
        before=at(max(0, page.offset - page.limit)),
        after=at(page.offset + page.limit),
    )


def every(ask: Callable[[int, int], Page[Item]]) -> tuple[Item, ...]:
    """Every item of a list that is short enough to choose from: ``ask(limit, offset)``."""
    found: list[Item] = []
    while True:
        page = ask(MOST, len(found))
        found.extend(page.items)
        if not page.items or len(found) >= page.total:
            return tuple(found)


def _offset(_: Request, start: Annotated[int, Query(alias="from", ge=0, le=1 << 31)] = 0) -> int:
    return start


Offset = Annotated[int, Depends(_offset)]
"""Which item of a list a page begins with: ``?from=25``."""
