"""Events: what happened to whom, in columns; one frame for a plan and for a service's history.

One row for each participant, opening and stage that was reached (and one for each wish), beside a
row for each participant. ``collect`` is the only way in: it leaves out people with protected
identity and every row of theirs, and forgets the ids of people and supervisors. What is left of a
person is a number in this frame and a ``key``, by which disclosure control knows the same
person again in another release, and ``shadow`` in another frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from hashlib import blake2b
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from matcher.balance.words import SEXES, STAGES, Ending, Stage, sex_of
from matcher.domain import ProviderKind
from matcher.groups import AGE_BANDS, FIRST_AGES
from matcher.travel.atlas import Ints, Masks

Keys = npt.NDArray[np.uint64]
Item = TypeVar("Item")
NONE = -1
"""No code, no number: not given."""
KEY_BYTES = 8
HOURS = (0, 168)
FIRST_DAY, LAST_DAY = date(1990, 1, 1).toordinal(), date(2200, 1, 1).toordinal()
STAGE_AT = {stage: at for at, stage in enumerate(STAGES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A column of few different values: (rows,) positions in ``names``, ``NONE`` where not given.

    Raises:
        ValueError: a code that stands for nothing, or a name twice.
    """

    codes: Ints
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(set(self.names)) != len(self.names) or "" in self.names:
            raise ValueError("names: each once, none empty")
        _within("codes", self.codes, NONE, len(self.names) - 1)

    def at(self, rows: Ints) -> Ints:
        """The codes of some rows; ``NONE`` where the row is ``NONE``."""
        return np.append(self.codes, np.int32(NONE))[rows]


@dataclass(frozen=True, eq=False, kw_only=True)
class People:
    """One row for each participant, all columns of shape (people,).

    ``key``: opaque, the same for the same person in every frame made with the same salt. ``sex``
    is a position in ``SEXES``, ``age`` in ``AGE_BANDS``; ``supervisor`` is a number without
    meaning. ``waiting_since`` is a day number; ``hours`` and ``hours_goal`` are hours a week.
    ``NONE`` where not given. ``looks``: looks for a place now.
    """

    key: Keys
    sex: Ints
    age: Ints
    association: Coded
    municipality: Coded
    supervisor: Ints
    norm_goal: Masks
    waiting_since: Ints
    hours: Ints
    hours_goal: Ints
    looks: Masks

    def __post_init__(self) -> None:
        _same_length("people", self)
        if len(np.unique(self.key)) != len(self.key):
            raise ValueError("people: somebody stands twice")
        _within("sex", self.sex, 0, len(SEXES) - 1)
        _within("age", self.age, 0, len(AGE_BANDS) - 1)
        _within("supervisor", self.supervisor, NONE, len(self.key))
        for name in ("hours", "hours_goal"):
            _within(name, getattr(self, name), NONE, HOURS[1])
        _days("waiting_since", self.waiting_since)

    def __len__(self) -> int:
        return len(self.key)


@dataclass(frozen=True, eq=False, kw_only=True)
class Events:
    """What happened: all columns of shape (events,), in no order.

    ``person`` is a position in ``people``, ``stage`` one in ``STAGES``, ``day`` a day number.
    ``opening`` is not given for wishes; ``group`` (SSYK 2012) not for a wish for a field.
    ``rank``: of a wish, or the place in a recommendation, 1 is the first; else ``NONE``.
    ``ending`` (``Ending``) is given where and only where something ended. ``hours_first`` and
    ``hours_last``: hours a week at the start of the placement and latest, known or not.
    ``reason``: the code of why something was declined, or chosen against the first suggestion.

    Raises:
        ValueError: a column that says what cannot be. No value is repeated.
    """

    people: People
    person: Ints
    stage: Ints
    day: Ints
    opening: Coded
    group: Coded
    field: Coded
    provider: Coded
    kind: Coded
    rank: Ints
    ending: Coded
    hours_first: Ints
    hours_last: Ints
    reason: Coded

    def __post_init__(self) -> None:
        _same_length("events", self)
        _within("person", self.person, 0, len(self.people) - 1)
        _within("stage", self.stage, 0, len(STAGES) - 1)
        _within("rank", self.rank, NONE, 1_000_000)
        for name in ("hours_first", "hours_last"):
            _within(name, getattr(self, name), NONE, HOURS[1])
        _days("day", self.day)
        _coherent(self)

    def __len__(self) -> int:
        return len(self.person)


def _coherent(events: Events) -> None:
    """Refuse columns that contradict each other."""
    if events.ending.names != tuple(Ending) or events.kind.names != tuple(ProviderKind):
        raise ValueError("ending and kind: the names are those of the words, in their order")
    ended = events.stage == STAGE_AT[Stage.ENDED]
    if np.any(ended != (events.ending.codes != NONE)):
        raise ValueError("ending: given where and only where something ended")
    wished = events.stage == STAGE_AT[Stage.WISHED]
    if np.any(wished & (events.opening.codes != NONE)):
        raise ValueError("opening: a wish has none")
    first = wished | (events.stage == STAGE_AT[Stage.RECOMMENDED])
    if np.any(first & (events.rank < 1)):
        raise ValueError("rank: a wish and a recommendation have one, from 1")
    named = events.group.codes != NONE
    both = events.group.codes[named].astype(np.int64) * len(events.field.names)
    both += events.field.codes[named]
    if np.any(events.field.codes[named] == NONE) or _different(both) > _different(
        events.group.codes[named]
    ):
        raise ValueError("field: a group has one, and always the same")


def _different(values: npt.NDArray[np.integer]) -> int:
    return len(np.unique(values))


def _same_length(what: str, columns: People | Events) -> None:
    lengths = set()
    for column in fields(columns):
        values = getattr(columns, column.name)
        if not isinstance(values, People):
            lengths.add(len(values.codes if isinstance(values, Coded) else values))
    if len(lengths) != 1:
        raise ValueError(f"{what}: all columns are of one length")


def _within(name: str, values: Ints, low: int, high: int) -> None:
    if len(values) and not low <= int(values.min()) <= int(values.max()) <= high:
        raise ValueError(f"{name}: out of range")


def _days(name: str, values: Ints) -> None:
    known = values[values != NONE]
    _within(name, known, FIRST_DAY, LAST_DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleColumns:
    """People as they are known, before ``collect``: sequences of one length.

    Empty text or None where not given. ``year`` is that in which ages are counted.
    """

    year: int
    participant_id: Sequence[str]
    protected: Sequence[bool]
    gender: Sequence[str]
    birth_year: Sequence[int]
    association: Sequence[str]
    municipality: Sequence[str]
    supervisor: Sequence[str]
    norm_goal: Sequence[bool]
    waiting_since: Sequence[date | None]
    hours: Sequence[int | None]
    hours_goal: Sequence[int | None]
    looks: Sequence[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventColumns:
    """Events as they are known, before ``collect``: sequences of one length, as in ``Events``.

    Empty text or None where not given. Rows of people who are not among the people are left out.
    """

    participant_id: Sequence[str]
    stage: Sequence[str]
    day: Sequence[date | None]
    opening: Sequence[str]
    group: Sequence[str]
    field: Sequence[str]
    provider: Sequence[str]
    kind: Sequence[str]
    rank: Sequence[int | None]
    ending: Sequence[str]
    hours_first: Sequence[int | None]
    hours_last: Sequence[int | None]
    reason: Sequence[str]


def collect(people: PeopleColumns, rows: EventColumns, salt: bytes = b"") -> Events:
    """The frame of these people and events, without anybody whose identity is protected.

    Args:
        people: everybody, once.
        rows: what happened to them, and to others, who are left out.
        salt: at most 64 bytes, secret where ids could be guessed; the keys hang on it.

    Raises:
        ValueError: columns of different lengths, a word that there is not, somebody twice, or
            columns that contradict each other. No value is repeated.
    """
    _lined_up("people", people)
    _lined_up("events", rows)
    if len(set(people.participant_id)) != len(people.participant_id):
        raise ValueError("people: somebody stands twice")
    shown = np.flatnonzero(~np.array(people.protected, dtype=np.bool_)).tolist()
    at = {people.participant_id[here]: number for number, here in enumerate(shown)}
    person = np.array([at.get(name, NONE) for name in rows.participant_id], dtype=np.int32)
    return _events(_people(people, shown, salt), rows, person)


def _people(people: PeopleColumns, shown: list[int], salt: bytes) -> People:
    """Only what is shown is coded: a name that only hidden people have is nowhere."""

    def kept(values: Sequence[Item]) -> list[Item]:
        return [values[here] for here in shown]

    years = people.year - np.array(kept(people.birth_year), dtype=np.int32)
    sexes = [sex_of(gender) for gender in kept(people.gender)]
    return People(
        key=np.array([_key(name, salt) for name in kept(people.participant_id)], dtype=np.uint64),
        sex=_coded(sexes, SEXES).codes,
        age=np.digitize(years, FIRST_AGES).astype(np.int32),
        association=_coded(kept(people.association)),
        municipality=_coded(kept(people.municipality)),
        supervisor=_coded(kept(people.supervisor)).codes,
        norm_goal=np.array(kept(people.norm_goal), dtype=np.bool_),
        waiting_since=_days_of(kept(people.waiting_since)),
        hours=_numbers(kept(people.hours)),
        hours_goal=_numbers(kept(people.hours_goal)),
        looks=np.array(kept(people.looks), dtype=np.bool_),
    )


def _events(people: People, rows: EventColumns, person: Ints) -> Events:
    """Events of those who are among the people; only theirs are coded."""
    known = np.flatnonzero(person != NONE).tolist()

    def kept(values: Sequence[Item]) -> Sequence[Item]:
        return values if len(known) == len(person) else [values[here] for here in known]

    return Events(
        people=people,
        person=person[known],
        stage=_coded(kept(rows.stage), STAGES).codes,
        day=_days_of(kept(rows.day)),
        opening=_coded(kept(rows.opening)),
        group=_coded(kept(rows.group)),
        field=_coded(kept(rows.field)),
        provider=_coded(kept(rows.provider)),
        kind=_coded(kept(rows.kind), tuple(ProviderKind)),
        rank=_numbers(kept(rows.rank)),
        ending=_coded(kept(rows.ending), tuple(Ending)),
        hours_first=_numbers(kept(rows.hours_first)),
        hours_last=_numbers(kept(rows.hours_last)),
        reason=_coded(kept(rows.reason)),
    )


def _coded(values: Sequence[str], names: Sequence[str] | None = None) -> Coded:
    """Values as codes; of the given names, or of those that occur, sorted."""
    found = tuple(sorted(set(values) - {""})) if names is None else tuple(names)
    at = {name: code for code, name in enumerate(found)} | {"": NONE}
    try:
        codes = np.fromiter(map(at.__getitem__, values), dtype=np.int32, count=len(values))
    except KeyError:
        raise ValueError("a word that there is not") from None
    return Coded(codes=codes, names=found)


def _numbers(values: Sequence[int | None]) -> Ints:
    numbers = (NONE if value is None else value for value in values)
    return np.fromiter(numbers, dtype=np.int32, count=len(values))


def _days_of(values: Sequence[date | None]) -> Ints:
    numbers = (NONE if value is None else value.toordinal() for value in values)
    return np.fromiter(numbers, dtype=np.int32, count=len(values))


def _key(name: str, salt: bytes) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=KEY_BYTES, key=salt).digest())


def _lined_up(what: str, columns: PeopleColumns | EventColumns) -> None:
    values = (getattr(columns, column.name) for column in fields(columns))
    if len({len(column) for column in values if not isinstance(column, int)}) != 1:
        raise ValueError(f"{what}: all columns are of one length")
