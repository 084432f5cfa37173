"""Collects what is wrong with a timetable feed: all of it, told as far as the first fifty.

What stands in a cell is not told: whoever gives another file by mistake shall not see it printed.
"""

from matcher.errors import Fault, FaultCode, FeedError

LIMIT = 50
"""So many faults are told; a feed with the wrong clock would have a million."""


class Faults:
    """Collects faults while a feed is read."""

    def __init__(self) -> None:
        """Nothing is wrong yet."""
        self._first: list[Fault] = []
        self._number = 0

    @property
    def room(self) -> int:
        """How many faults are still told."""
        return LIMIT - len(self._first)

    def __len__(self) -> int:
        """How many there are, told or not."""
        return self._number

    def add(
        self,
        code: FaultCode,
        table: str,
        row: int | None = None,
        column: str | None = None,
        **params: str | int,
    ) -> None:
        """One more fault; ``table`` as it is called in the feed, ``stops.txt``."""
        self._number += 1
        if self.room:
            name = table.removesuffix(".txt")
            fault = Fault(code=code, table=name, row=row, column=column, params=params)
            self._first.append(fault)

    def skip(self, number: int) -> None:
        """So many more, of a kind that was told."""
        self._number += number

    def stop(self) -> None:
        """Nothing, if nothing is wrong.

        Raises:
            FeedError: something is.
        """
        if self._number:
            raise FeedError(tuple(self._first), self._number - len(self._first))
