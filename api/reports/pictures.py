"""Pictures of a report as numbers to draw: bars and a curve, in the units of an SVG."""

from dataclasses import dataclass

from api.reports.parts import Bars, Curve

WIDE = 640
NAMES = 250
"""Room for the names of the bars, from the left."""
FIGURES = 70
"""Room for the words behind a bar."""
THICK, APART, HEAD = 14, 10, 26
EDGE = 46
HIGH = 260
LETTERS = 36
"""A longer name is cut; the table has it whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A bar: of which series, where, how wide; and its words behind it."""

    series: int
    y: int
    width: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The bars of one name."""

    label: str
    y: int
    bars: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarPicture:
    """Bars to draw, from ``left`` on, each ``thick``."""

    width: int
    height: int
    left: int
    thick: int
    series: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePicture:
    """A curve to draw: its line, its points, the plan as it stands, and the ends of the axes."""

    width: int
    height: int
    edge: int
    line: str
    points: tuple[tuple[int, int], ...]
    now: tuple[int, int]
    least: tuple[int, int]
    most: tuple[int, int]


def bars(picture: Bars) -> BarPicture:
    """Where each bar is drawn; a hidden one has no width, only its word."""
    most = max((value or 0 for bar in picture.bars for value in bar.values), default=0) or 1
    room = WIDE - NAMES - FIGURES
    step = len(picture.series) * THICK + APART
    rows = []
    for at, bar in enumerate(picture.bars):
        top = HEAD + at * step
        drawn = tuple(
            Drawn(
                series=series,
                y=top + series * THICK,
                width=round(room * (value or 0) / most),
                words=words,
            )
            for series, (value, words) in enumerate(zip(bar.values, bar.words, strict=True))
        )
        label = bar.label if len(bar.label) <= LETTERS else f"{bar.label[: LETTERS - 1]}…"
        rows.append(Row(label=label, y=top + len(picture.series) * THICK // 2, bars=drawn))
    return BarPicture(
        width=WIDE,
        height=HEAD + len(rows) * step,
        left=NAMES,
        thick=THICK - 2,
        series=picture.series,
        rows=tuple(rows),
    )


def curve(picture: Curve) -> CurvePicture:
    """Where each point is drawn; the plan as it stands may lie below the line."""
    every = (*picture.points, picture.now)
    low, high = (tuple(end(one[axis] for one in every) for axis in (0, 1)) for end in (min, max))

    def put(point: tuple[int, int]) -> tuple[int, int]:
        across, up = (
            (point[axis] - low[axis]) / ((high[axis] - low[axis]) or 1) for axis in (0, 1)
        )
        return (
            round(2 * EDGE + across * (WIDE - 3 * EDGE)),
            round(HIGH - EDGE - up * (HIGH - 2 * EDGE)),
        )

    points = tuple(put(point) for point in picture.points)
    return CurvePicture(
        width=WIDE,
        height=HIGH,
        edge=EDGE,
        line=" ".join(f"{x},{y}" for x, y in points),
        points=points,
        now=put(picture.now),
        least=(low[0], low[1]),
        most=(high[0], high[1]),
    )
