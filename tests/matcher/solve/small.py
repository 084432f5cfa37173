"""Small components, and everything one can do with them, found by trying it all.

Nothing here knows how the engine solves: it enumerates.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product

import numpy as np
from hypothesis import strategies as st

from matcher.capacity import Capacity
from matcher.domain import SESSIONS
from matcher.policy import Limits
from matcher.solve import goals, seating, together
from matcher.solve.budget import Budget
from matcher.solve.components import NOBODY, Component, Positions, split
from matcher.solve.layout import Layout, lay_out
from matcher.solve.seating import Seating
from matcher.solve.ways import Ways

Values = tuple[int, ...]
WHOLE_WEEK = (1 << len(SESSIONS)) - 1


def budget(
    rounds: int = 60, nodes: int = 1_000, seconds: float | None = None, seed: int = 0
) -> Budget:
    """A budget whose clock stands still."""
    limits = Limits(rounds=rounds, nodes=nodes, seconds=seconds, seed=seed, workers=1)
    return Budget(limits, lambda: 0.0)


def component(
    pairs: Sequence[tuple[int, int]],
    gain: Sequence[Sequence[int]],
    seats: Sequence[int],
    **more: object,
) -> Component:
    """A component of (participant, opening) pairs; half-days bind nowhere unless given.

    ``more``: ``per_week`` and ``supervisor`` by participant, ``half_days`` by opening,
    ``sessions`` by pair, ``starts``.
    """
    people = len(more.get("per_week", range(1 + max((who for who, _ in pairs), default=-1))))
    room = [[max(1, s)] * len(SESSIONS) for s in seats]
    days = list(more.get("half_days", room))
    full = [[*row, *[0] * (len(SESSIONS) - len(row))] for row in days]
    return Component(
        pair=np.arange(len(pairs)),
        participant=np.array([who for who, _ in pairs], dtype=np.int32),
        opening=np.array([where for _, where in pairs], dtype=np.int32),
        gain=np.array(gain, dtype=np.int64).reshape(len(gain), len(pairs)),
        sessions=np.array(more.get("sessions", [WHOLE_WEEK] * len(pairs)), dtype=np.int32),
        per_week=np.array(more.get("per_week", [1] * people), dtype=np.int32),
        supervisor=np.array(more.get("supervisor", [NOBODY] * people), dtype=np.int32),
        starts=int(more.get("starts", 0)),
        seats=np.array(seats, dtype=np.int32),
        half_days=np.array(full, dtype=np.int32).reshape(len(seats), len(SESSIONS)),
    )


@st.composite
def components(draw: st.DrawFn, *, loose: bool = False) -> Component:
    """Up to five people, three openings, four goals; half-days that often bind, or never."""
    people, places = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    days = draw(st.integers(1, 4))
    week = draw(st.lists(st.integers(1, min(days, 3)), min_size=people, max_size=people))
    room = st.just(9) if loose else st.integers(0, 2)
    half_days = [draw(st.lists(room, min_size=days, max_size=days)) for _ in range(places)]
    pairs, sessions = [], []
    for who, where in product(range(people), range(places)):
        free = [d for d in range(days) if half_days[where][d] and draw(st.integers(0, 4))]
        if len(free) >= week[who]:
            pairs.append((who, where))
            sessions.append(sum(1 << d for d in free))
    most = draw(st.sampled_from([1, 3, 1000]))
    row = st.lists(st.integers(0, most), min_size=len(pairs), max_size=len(pairs))
    gain = [draw(row) for _ in range(draw(st.integers(1, 4)))]
    if draw(st.booleans()):
        gain[0] = [1] * len(pairs)
    limited = draw(st.booleans())
    desks = st.integers(NOBODY, 1) if limited else st.just(NOBODY)
    return component(
        pairs,
        gain,
        draw(st.lists(st.integers(1, 4), min_size=places, max_size=places)),
        half_days=half_days,
        sessions=sessions,
        per_week=week,
        supervisor=draw(st.lists(desks, min_size=people, max_size=people)),
        starts=draw(st.integers(0, 2)) if limited else 0,
    )


@st.composite
def crowded(draw: st.DrawFn) -> Component:
    """Up to six people who can come on the same few half-days, where there is room for fewer.

    In a third of them the flow alone promises too much, in one goal or another.
    """
    people, places = draw(st.integers(3, 6)), draw(st.integers(1, 2))
    days = draw(st.integers(2, 4))
    scarce = st.lists(st.sampled_from([1, 1, 1, 2]), min_size=days, max_size=days)
    week = draw(st.lists(st.sampled_from([1, 1, 1, 2]), min_size=people, max_size=people))
    habits = draw(st.lists(st.integers(1, (1 << days) - 2), min_size=1, max_size=2))
    free = draw(st.lists(st.sampled_from(habits), min_size=people, max_size=people))
    pairs = [
        (who, where)
        for who, where in product(range(people), range(places))
        if free[who].bit_count() >= week[who] and draw(st.integers(0, 3))
    ]
    most = draw(st.sampled_from([1, 3, 1000]))
    row = st.lists(st.integers(0, most), min_size=len(pairs), max_size=len(pairs))
    gain = [draw(row) for _ in range(draw(st.integers(2, 4)))]
    if draw(st.booleans()):
        gain[0] = [1] * len(pairs)
    return component(
        pairs,
        gain,
        draw(st.lists(st.integers(2, 5), min_size=places, max_size=places)),
        half_days=[draw(scarce) for _ in range(places)],
        sessions=[free[who] for who, _ in pairs],
        per_week=week,
    )


def has_roster(sessions: Sequence[int], weeks: Sequence[int], room: Sequence[int]) -> bool:
    """Whether people with these half-days can come so often within the room, by trying it all."""
    left = {tuple(room)}
    for own, week in zip(sessions, weeks, strict=True):
        wanted = list(combinations(days_of(own), week))
        left = {
            tuple(n - (day in days) for day, n in enumerate(rooms))
            for rooms, days in product(left, wanted)
            if all(rooms[day] > 0 for day in days)
        }
    return bool(left)


SUBSETS = np.arange(1 << len(SESSIONS))
"""Every set of half-days."""
IN_SUBSET = (SUBSETS[:, None] >> np.arange(len(SESSIONS)) & 1).astype(np.int64)


def cuts_allow(sessions: Sequence[int], weeks: Sequence[int], room: Sequence[int]) -> bool:
    """The same by a theorem, for ten half-days: no set of half-days is asked for too much.

    Whoever comes k times and has fewer than k half-days outside a set must come within it for the
    rest; a roster exists where every set has room for that (max-flow min-cut).
    """
    must = np.zeros(len(SUBSETS), dtype=np.int64)
    for own, week in zip(sessions, weeks, strict=True):
        outside = np.bitwise_count(own & ~SUBSETS).astype(np.int64)
        must += np.maximum(0, week - outside)
    return bool((must <= IN_SUBSET @ np.array(room)).all())


def days_of(sessions: int) -> list[int]:
    """The numbers of the half-days in a set."""
    return [day for day in range(len(SESSIONS)) if sessions >> day & 1]


def all_plans(part: Component, *, half_days: bool = True) -> Iterator[tuple[Positions, Values]]:
    """Every lawful choice of pairs, with its goal values."""
    rosters: dict[tuple[int, ...], bool] = {}
    for rows in choices(part):
        if lawful(part, rows) and (not half_days or fits(part, rows, rosters)):
            chosen = np.array(rows, dtype=np.int64)
            yield chosen, part.values(chosen)


def all_values(part: Component, *, half_days: bool = True) -> list[Values]:
    """The goal values of every lawful choice of pairs."""
    return sorted({values for _, values in all_plans(part, half_days=half_days)})


def is_plan(part: Component, rows: Sequence[int]) -> bool:
    """Whether a choice of pairs keeps everything: each person once, seats, starts, rosters."""
    people = part.participant[list(rows)].tolist()
    return len(set(people)) == len(people) and lawful(part, rows) and fits(part, rows, {})


def kept(values: Values, floors: Values) -> bool:
    """Whether the leading goals reach their floors."""
    return all(value >= floor for value, floor in zip(values, floors, strict=False))


def choices(part: Component) -> Iterator[tuple[int, ...]]:
    """Every way to give each participant one pair or none."""
    people = range(len(part.per_week))
    own = [[None, *np.flatnonzero(part.participant == who).tolist()] for who in people]
    for rows in product(*own):
        yield tuple(row for row in rows if row is not None)


def lawful(part: Component, rows: Sequence[int]) -> bool:
    """Whether seats and supervisors suffice."""
    seats = Counter(int(part.opening[row]) for row in rows)
    desks = Counter(int(part.supervisor[part.participant[row]]) for row in rows)
    del desks[NOBODY]
    return all(n <= part.seats[where] for where, n in seats.items()) and all(
        n <= part.starts for n in desks.values()
    )


def fits(part: Component, rows: Sequence[int], known: dict[tuple[int, ...], bool]) -> bool:
    """Whether every opening has a roster for those chosen there; what was tried is kept."""
    for where in {int(part.opening[row]) for row in rows}:
        there = tuple(row for row in rows if part.opening[row] == where)
        if there not in known:
            weeks = [int(part.per_week[part.participant[row]]) for row in there]
            known[there] = cuts_allow(
                [int(part.sessions[row]) for row in there], weeks, part.half_days[where].tolist()
            )
        if not known[there]:
            return False
    return True


def true_bounds(everything: Sequence[Values], reached: Values) -> Values:
    """For each goal its best over all plans that reach the values of the goals before it."""
    return tuple(
        max(v[goal] for v in everything if all(v[g] >= reached[g] for g in range(goal)))
        for goal in range(len(reached))
    )


def solved(whole: Component, how: Budget) -> tuple[list[goals.Solved], Values, Values]:
    """The parts of a component solved one after the other, their values and bounds together."""
    parts = [goals.solve(part, how) for part in split(whole)]
    number = len(whole.gain)
    values = tuple(sum(part.values[goal] for part in parts) for goal in range(number))
    return parts, values, together.bounds(parts, number, how)


def one_more(left: Callable[..., Capacity], **more: int) -> Callable[..., Capacity]:
    """Capacity that claims so much more than is left: ``seats``, ``half_days``."""

    def wrong(problem: object) -> Capacity:
        true = left(problem)
        return Capacity(
            seats=true.seats + more.get("seats", 0),
            half_days=true.half_days + more.get("half_days", 0) * (true.half_days > 0),
        )

    return wrong


Case = tuple[Component, Positions]


def drawn(draw: st.DrawFn, part: Component) -> Positions:
    """The pairs of a lawful plan, in any order."""
    plans = [chosen for chosen, _ in all_plans(part)]
    chosen = plans[draw(st.integers(0, len(plans) - 1))]
    return np.array(draw(st.permutations(chosen.tolist())), dtype=np.int64)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A component and a lawful plan to begin with."""
    part = draw(st.one_of(components(), crowded()))
    return part, drawn(draw, part)


def seat(part: Component, chosen: Positions) -> tuple[Layout, Seating]:
    """A plan seated."""
    layout = lay_out(part)
    row = np.argsort(layout.pair)
    return layout, seating.seat(layout, row[chosen])


def said(made: Seating | Ways) -> list[list[int]]:
    """All that arrays say, to compare."""
    return [array.tolist() for array in made]
