"""The tables of the balance, raw: who was counted where. Nothing of this leaves unprotected.

A table counts people, each once in each population: a stage, ever or in a period. What somebody
is counted by in branch and relation is of that stage: proposed in one branch, they may start in
another, so that only what is personal is nested from stage to stage.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from matcher import occupations
from matcher.balance import persons
from matcher.balance.cells import Variable, counted, family, variable
from matcher.balance.disclosure import Nesting, Noising, Table
from matcher.balance.events import NONE, STAGE_AT, Coded, Events, Keys
from matcher.balance.persons import Period, Reached
from matcher.balance.words import (
    CHANGES,
    ENDING_OVER,
    ENDINGS_UNDER,
    FIRST_HOURS,
    GOALS,
    GOT,
    HOURS_BANDS,
    NOT_GIVEN,
    PARTICIPANTS,
    RELATIONS,
    SEXES,
    WAY,
    Change,
    Ending,
    EndingOver,
    Goal,
    Relation,
    Sex,
    Stage,
)
from matcher.domain import Gender, Occupation, ProviderKind
from matcher.groups import AGE_BANDS
from matcher.travel.atlas import Ints, Masks

LOOKING = "looking"
"""The population of those who look for a place."""
PERSONAL = ("gender", "age", "association", "norm_goal")
"""What somebody keeps from stage to stage; a branch may be another at each."""
OWN_DOING = (Stage.PROPOSED, Stage.ACCEPTED, Stage.STARTED, Stage.ENDED)
"""Between these stages somebody said yes or no, began or left: a few who did are protected.

Who was not reached at all says nothing of anybody: to keep it would hide totals of hundreds.
"""
ASSOCIATION, KIND = "association", "kind"
CROSSED = (ASSOCIATION, KIND)
"""What fields by gender can be broken down by further: association, and kind of provider."""
_AT = {relation: at for at, relation in enumerate(RELATIONS)}
_CHANGE_AT = {change: at for at, change in enumerate(CHANGES)}


@dataclass(frozen=True, eq=False, kw_only=True)
class By:
    """People counted by something: a variable, and for each of the people its value."""

    variable: Variable
    values: Ints


@dataclass(frozen=True, eq=False)
class Counting:
    """Events on their way into tables, with what several tables need.

    ``placed`` is the stage at which somebody is said to have a place: proposed where there is
    only a plan, started where there is a history. ``known``: the occupation groups. ``crossed``:
    by what the fields are broken down further, of ``CROSSED``. ``periods`` are told apart at the
    stages that are ``dated``. ``noising``: what makes the keys, where counts get noise.
    """

    events: Events
    known: Mapping[str, Occupation]
    placed: Stage
    periods: tuple[Period, ...]
    crossed: tuple[str, ...] = (KIND,)
    noising: Noising | None = None

    def keys(self, who: Ints) -> Keys | None:
        """(who,) the keys of some people's records; None where counts get no noise."""
        return None if self._keys is None else self._keys[who]

    @cached_property
    def _keys(self) -> Keys | None:
        known = self.events.people.key
        return self.noising.keys("person", known) if self.noising else None

    @cached_property
    def reached(self) -> Mapping[Stage, Reached]:
        """Who reached each stage ever."""
        return {stage: persons.reached(self.events, stage) for stage in WAY}

    @cached_property
    def dated(self) -> tuple[Stage, ...]:
        """The stages that periods are told at: from the proposal on, where anybody has a day.

        Wishes and recommendations are as they stand when they are read: that is no day of theirs.
        """
        known = set(self.events.stage[self.events.day != NONE].tolist())
        return tuple(stage for stage in OWN_DOING if STAGE_AT[stage] in known)

    @cached_property
    def gender(self) -> By:
        """Kön."""
        return By(variable=variable("gender", SEXES), values=self.events.people.sex)

    @cached_property
    def age(self) -> By:
        """Åldersgrupp."""
        return By(variable=variable("age", AGE_BANDS), values=self.events.people.age)

    @cached_property
    def association(self) -> By:
        """Samordningsförbund; whoever has none is in a cell of their own."""
        return _said("association", self.events.people.association)

    @cached_property
    def norm_goal(self) -> By:
        """Eget normmål."""
        wants = self.events.people.norm_goal
        values = np.where(wants, GOALS.index(Goal.YES), GOALS.index(Goal.NO))
        return By(variable=variable("norm_goal", GOALS), values=values.astype(np.int32))

    @cached_property
    def wished(self) -> Ints:
        """(people,) how the dearest group wish of each stands to their gender."""
        return self.relation(persons.dearest_group(self.events), self.events.people.sex)

    def relation(self, groups: Ints, sexes: Ints) -> Ints:
        """(rows,) how groups stand to genders, as positions in ``RELATIONS``.

        Args:
            groups: (rows,) codes of the events' groups.
            sexes: (rows,) positions in ``SEXES``.
        """
        dominant = np.append(self._dominant, Relation.NOT_STATED)[groups]
        found = np.full(len(groups), _AT[Relation.NOT_STATED], dtype=np.int32)
        found[dominant == Relation.EVEN] = _AT[Relation.EVEN]
        for sex in (Sex.WOMAN, Sex.MAN):
            own, led = sexes == SEXES.index(sex), np.isin(dominant, (Sex.WOMAN, Sex.MAN))
            found[own & (dominant == sex)] = _AT[Relation.TYPICAL]
            found[own & led & (dominant != sex)] = _AT[Relation.BREAKING]
        return found

    @cached_property
    def _dominant(self) -> list[str]:
        """For each group who dominates it, or that it is even, or that nobody knows."""
        return [_dominant(self.known.get(name)) for name in self.events.group.names]

    @cached_property
    def branch(self) -> Variable:
        """Fields over groups."""
        group, field = self.events.group, self.events.field
        parent = np.full(len(group.names), NONE, dtype=np.int32)
        named = group.codes != NONE
        parent[group.codes[named]] = field.codes[named]
        return family("branch", field.names, group.names, parent.tolist())

    @cached_property
    def field(self) -> Variable:
        """Fields alone: cells of ``branch`` again."""
        return variable("branch", self.events.field.names)

    def branches(self, found: Reached) -> Ints:
        """(people,) the value of ``branch`` of each of some people."""
        group, field = found.of(self.events.group.codes), found.of(self.events.field.codes)
        over = np.where(field == NONE, NONE, field + len(self.events.group.names))
        return np.where(group == NONE, over, group).astype(np.int32)


def _dominant(group: Occupation | None) -> str:
    if group is None or group.women_pct is None:
        return Relation.NOT_STATED
    leader = occupations.dominant(group)
    if leader is None:
        return Relation.EVEN
    return Sex.WOMAN if leader is Gender.WOMAN else Sex.MAN


def _said(name: str, column: Coded) -> By:
    """A column of text, where what is not given is a cell of its own."""
    values = np.where(column.codes == NONE, len(column.names), column.codes)
    return By(variable=variable(name, (*column.names, NOT_GIVEN)), values=values.astype(np.int32))


def tables(counting: Counting) -> tuple[Table, ...]:
    """Every table of the balance, raw."""
    return (
        *rates(counting),
        *branch(counting),
        *norm_breaking(counting),
        *steering(counting),
        *hours(counting),
        *outcomes(counting),
        *providers(counting),
    )


def rates(counting: Counting) -> Iterator[Table]:
    """Everybody, and who got how far: by gender with age and with association.

    Who looks and who wished only with age: nearly everybody does, and the few who do not would
    hide much else.
    """
    everybody = np.arange(len(counting.events.people), dtype=np.int32)
    looks = everybody[counting.events.people.looks]
    yield from _people(counting, PARTICIPANTS, everybody)
    yield _aged(counting, LOOKING, looks)
    yield _aged(counting, Stage.WISHED, counting.reached[Stage.WISHED].person)
    for stage in GOT:
        yield from _people(counting, stage, counting.reached[stage].person)


def _people(counting: Counting, population: str, who: Ints) -> Iterator[Table]:
    yield _aged(counting, population, who)
    by = counting.gender, counting.association
    yield _counted(counting, f"{population}/{ASSOCIATION}", population, who, by)


def _aged(counting: Counting, population: str, who: Ints) -> Table:
    return _counted(
        counting, f"{population}/age", population, who, (counting.gender, counting.age)
    )


def _counted(counting: Counting, name: str, population: str, who: Ints, by: Sequence[By]) -> Table:
    values = [one.values[who] for one in by]
    variables = [one.variable for one in by]
    return counted(name, population, variables, values, counting.keys(who))


def branch(counting: Counting) -> Iterator[Table]:
    """Field and group by gender at each stage; the field with association, kind, and period."""
    sex = counting.gender
    for stage, found in counting.reached.items():
        who, where = sex.values[found.person], counting.branches(found)
        both, keys = [sex.variable, counting.branch], counting.keys(found.person)
        yield counted(f"{stage}/branch", stage, both, [who, where], keys)
        for by in _crossed(counting, stage, found):
            name = f"{stage}/branch/{by.variable.dimension.name}"
            fields = found.of(counting.events.field.codes)
            variables = [sex.variable, counting.field, by.variable]
            yield counted(name, stage, variables, [who, fields, by.values], keys)
        for period in counting.periods if stage in counting.dated else ():
            then = persons.reached(counting.events, stage, period)
            yield counted(
                f"{stage}/branch/{period.name}",
                f"{stage} {period.name}",
                both,
                [sex.values[then.person], counting.branches(then)],
                counting.keys(then.person),
            )


def _crossed(counting: Counting, stage: Stage, found: Reached) -> Iterator[By]:
    """By what fields are broken down, with the value of each of some people; wishes by less."""
    if ASSOCIATION in counting.crossed:
        home = counting.association
        yield By(variable=home.variable, values=home.values[found.person])
    if KIND in counting.crossed and stage is not Stage.WISHED:
        kinds = found.of(counting.events.kind.codes)
        yield By(variable=variable(KIND, tuple(ProviderKind)), values=kinds)


def norm_breaking(counting: Counting) -> Iterator[Table]:
    """How the work stands to the own gender, with and without an own goal, at each stage."""
    by = variable("relation", RELATIONS)
    sexes = counting.events.people.sex
    for stage, found in counting.reached.items():
        group = found.of(counting.events.group.codes)
        relation = counting.relation(group, sexes[found.person])
        if stage is Stage.WISHED:
            relation = counting.wished[found.person]
        yield counted(
            f"{stage}/norm",
            stage,
            [counting.gender.variable, counting.norm_goal.variable, by],
            [sexes[found.person], counting.norm_goal.values[found.person], relation],
            counting.keys(found.person),
        )


def steering(counting: Counting) -> Iterator[Table]:
    """Of those who have a place: what they wished for against what they got."""
    found = counting.reached[counting.placed]
    sexes = counting.events.people.sex[found.person]
    group = found.of(counting.events.group.codes)
    yield counted(
        "steering",
        counting.placed,
        [
            counting.gender.variable,
            variable("wished_relation", RELATIONS),
            variable("relation", RELATIONS),
        ],
        [sexes, counting.wished[found.person], counting.relation(group, sexes)],
        counting.keys(found.person),
    )


def hours(counting: Counting) -> Iterator[Table]:
    """Hours a week reached by those who started, and what became of them since the start."""
    who = counting.reached[Stage.STARTED].person
    first, last = persons.latest_hours(counting.events)
    bands = np.where(last == NONE, len(HOURS_BANDS), np.digitize(last, FIRST_HOURS))
    change = np.sign(last - first) + _CHANGE_AT[Change.SAME]
    change[(first == NONE) | (last == NONE)] = _CHANGE_AT[Change.NOT_STATED]
    reached = By(
        variable=variable("hours", (*HOURS_BANDS, NOT_GIVEN)), values=bands.astype(np.int32)
    )
    changed = By(variable=variable("hours_change", CHANGES), values=change.astype(np.int32))
    for name, by in groups(counting):
        yield _counted(counting, f"hours/{name}", Stage.STARTED, who, (by, reached))
    both = (counting.gender, changed)
    yield _counted(counting, "hours_change/gender", Stage.STARTED, who, both)


def outcomes(counting: Counting) -> Iterator[Table]:
    """How it ended, by gender, age and association; each by their last ending."""
    found = counting.reached[Stage.ENDED]
    parent = [ENDINGS_UNDER.get(ending) for ending in Ending]
    places = [NONE if one is None else ENDING_OVER.index(one) for one in parent]
    ending = family("ending", tuple(EndingOver), tuple(Ending), places)
    codes = found.of(counting.events.ending.codes)
    for name, by in groups(counting):
        yield counted(
            f"outcomes/{name}",
            Stage.ENDED,
            [by.variable, ending],
            [by.values[found.person], codes],
            counting.keys(found.person),
        )


def providers(counting: Counting) -> Iterator[Table]:
    """At how many providers people have their place, by nothing else."""
    found = counting.reached[counting.placed]
    column = counting.events.provider
    by = variable("provider", column.names)
    keys = counting.keys(found.person)
    yield counted("providers", counting.placed, [by], [found.of(column.codes)], keys)


def groups(counting: Counting) -> tuple[tuple[str, By], ...]:
    """What people are told apart by where nothing but one thing is: gender, age, association."""
    return (
        ("gender", counting.gender),
        ("age", counting.age),
        ("association", counting.association),
    )


def nestings(counting: Counting) -> tuple[Nesting, ...]:
    """Which populations lie within which: what is so in these events, whether it has to or not."""
    people = counting.events.people
    within = {PARTICIPANTS: np.ones(len(people), dtype=np.bool_), LOOKING: people.looks}
    within |= {
        stage: persons.members(counting.events, found) for stage, found in counting.reached.items()
    }
    found = []
    for one, other in combinations(within, 2):
        told = one in OWN_DOING and other in OWN_DOING
        if _inside(within[other], within[one]):
            found.append(Nesting(other, one, told, over=PERSONAL))
        elif _inside(within[one], within[other]):
            found.append(Nesting(one, other, told, over=PERSONAL))
    found += [
        Nesting(f"{stage} {period.name}", stage, over=PERSONAL)
        for stage in counting.dated
        for period in counting.periods
    ]
    return tuple(found)


def _inside(inner: Masks, outer: Masks) -> bool:
    """Whether some people, if there are any, are all among some others."""
    return not np.any(inner & ~outer)
