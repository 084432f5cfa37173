"""A map of the county, drawn here: municipalities, and a number in each.

It is a picture beside a table that says the same. Borders are coarse: for drawing only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians

from data.reference import borders, main_towns, municipalities

WIDE = 400
"""Width of the drawing; its units are about pixels."""
EDGE = 12
DISC = 11
"""Radius of what a number stands in."""
LETTER = 6.6
"""Width of a letter of a name, about."""
LINE = 13
"""Height of a name."""
ROUNDS = 60
"""Times that numbers which overlap are pushed apart."""
NEAR = 6
"""A number so far from its place has a line to it."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A municipality: its outline, and where its number and its name are written.

    ``number`` is None where there is nothing to count; of 0 a dot is drawn at its ``place``, and
    no number. ``name_at`` is None where the name has no room.
    """

    code: str
    name: str
    outline: str
    chosen: bool
    number: int | None
    place: tuple[int, int]
    at: tuple[int, int]
    name_at: tuple[int, int] | None

    @property
    def moved(self) -> bool:
        """Whether the number stands away from its place."""
        return hypot(self.at[0] - self.place[0], self.at[1] - self.place[1]) > NEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A drawing of the county."""

    width: int
    height: int
    regions: tuple[Region, ...]


def county(numbers: Mapping[str, int], chosen: str | None = None) -> Map | None:
    """The county with a number in some municipalities; None where all of them lie elsewhere.

    Args:
        numbers: by municipality code; others than the county's are left out.
        chosen: the municipality to point out.
    """
    shapes = _shapes()
    here = {code: number for code, number in numbers.items() if code in shapes.outlines}
    if not here:
        return None
    discs = _apart({code: shapes.towns[code] for code, number in here.items() if number})
    names = _names(discs)
    known = municipalities()
    return Map(
        width=WIDE,
        height=shapes.height,
        regions=tuple(
            Region(
                code=code,
                name=known[code],
                outline=outline,
                chosen=code == chosen,
                number=here.get(code),
                place=_whole(shapes.towns[code]),
                at=_whole(discs.get(code, shapes.towns[code])),
                name_at=names.get(code),
            )
            for code, outline in shapes.outlines.items()
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shapes:
    """What never changes: outlines as paths of SVG, and main towns, in the drawing's units."""

    height: int
    outlines: Mapping[str, str]
    towns: Mapping[str, Point]


@cache
def _shapes() -> _Shapes:
    rings = [(row["municipality_code"], _points(row["ring"])) for row in borders()]
    longitudes = [x for _, ring in rings for x, _ in ring]
    latitudes = [y for _, ring in rings for _, y in ring]
    west, east, south, north = (
        min(longitudes),
        max(longitudes),
        min(latitudes),
        max(latitudes),
    )
    narrower = cos(radians((south + north) / 2))
    scale = (WIDE - 2 * EDGE) / ((east - west) * narrower)

    def put(longitude: float, latitude: float) -> Point:
        return EDGE + (longitude - west) * narrower * scale, EDGE + (north - latitude) * scale

    outlines: dict[str, str] = {}
    for code, ring in rings:
        outlines[code] = outlines.get(code, "") + _path([_whole(put(*point)) for point in ring])
    return _Shapes(
        height=round(2 * EDGE + (north - south) * scale),
        outlines=outlines,
        towns={
            row["municipality_code"]: put(float(row["longitude"]), float(row["latitude"]))
            for row in main_towns()
        },
    )


def _points(ring: str) -> list[Point]:
    pairs = (point.split() for point in ring.split(";"))
    return [(float(longitude), float(latitude)) for longitude, latitude in pairs]


def _whole(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _path(points: list[tuple[int, int]]) -> str:
    """A closed path by steps from point to point; steps to the same point are left out."""
    (x, y), parts = points[0], []
    for ahead, down in points[1:-1]:
        if (ahead, down) != (x, y):
            parts.append(f"{ahead - x} {down - y}")
            x, y = ahead, down
    return f"M{points[0][0]} {points[0][1]}l{' '.join(parts)}z" if parts else ""


def _apart(places: Mapping[str, Point]) -> dict[str, Point]:
    """Discs at their places, those that overlap pushed apart until none does, or nearly."""
    found = dict(places)
    codes = sorted(found)
    room = 2 * DISC + 1
    for _ in range(ROUNDS):
        for at, one in enumerate(codes):
            for other in codes[at + 1 :]:
                (x, y), (ahead, down) = found[one], found[other]
                far = hypot(ahead - x, down - y)
                if far >= room:
                    continue
                east, south = ((ahead - x) / far, (down - y) / far) if far else (1.0, 0.0)
                push = (room - far) / 2
                found[one] = x - east * push, y - south * push
                found[other] = ahead + east * push, down + south * push
    return found


def _names(discs: Mapping[str, Point]) -> dict[str, tuple[int, int]]:
    """Where names have room beside their discs, the middle of their lines; else they have none."""
    taken: list[Box] = [(x - DISC, y - DISC, x + DISC, y + DISC) for x, y in discs.values()]
    found = {}
    known = municipalities()
    for code, disc in discs.items():
        half = len(known[code]) * LETTER / 2
        for x, y in _around(disc, half):
            box = x - half, y - LINE / 2, x + half, y + LINE / 2
            if box[0] >= 0 and box[2] <= WIDE and not any(_overlap(box, one) for one in taken):
                taken.append(box)
                found[code] = _whole((x, y + LINE / 2 - 3))
                break
    return found


def _around(disc: Point, half: float) -> Iterator[Point]:
    x, y = disc
    beside = half + DISC + 2
    yield from ((x, y + DISC + 8), (x + beside, y), (x - beside, y), (x, y - DISC - 8))


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
