"""Shares and indices of the balance, made of the protected tables of a release."""

from collections.abc import Iterator
from dataclasses import dataclass

from matcher.balance.disclosure import ProtectedRelease, ProtectedTable
from matcher.balance.figures import Difference, Share, added, cell, difference, share
from matcher.balance.words import (
    BINARY,
    CHANGES,
    GOT,
    PARTICIPANTS,
    WAY,
    Change,
    EndingOver,
    Goal,
    Relation,
    Sex,
    Stage,
)

GROUPS = ("gender", "age", "association")
ENOUGH_HOURS = ("15-19", "20-29", "30-")
"""The bands of those who reached 15 hours a week, from which on work training may begin."""
PRINTED = {EndingOver.WORK_OR_STUDIES: 20, EndingOver.PREPARATORY: 34}
"""Per cent of those whose measure ended in MIA Vidare, 2020 to 2022, to be set beside.

Source: the closing magazine of the MIA project, 2022, as data/SOURCES.md says.
"""
ROUNDED_UP = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A share of the balance: which ``measure``, of whom (dimension and code; None: the total)."""

    measure: str
    what: str
    of_whom: tuple[tuple[str, str | None], ...]
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Women less men in one measure, in percentage points."""

    measure: str
    what: str
    difference: Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Steering:
    """The steering index of a gender: percentage points more in typical work than wished for.

    ``wished``: of those whose dearest group wish is typical or norm-breaking, who wish for the
    typical. ``wish_not_stated``: who named no group, or an even one, or one of which nothing is
    known, or wished for nothing. ``placed``: the same of those who have a place, ``place_even``
    who have one in even work. ``led``: of those who have a place in typical or norm-breaking work
    and had wished for norm-breaking, who got typical.
    """

    gender: str
    wished: Share
    wish_not_stated: int | None
    placed: Share
    place_even: int | None
    led: Share
    index: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diversity:
    """How many different branches or kinds there are at a stage, and how evenly they are used.

    ``shown``: how many have a shown number above 0. ``effective``: the number of equally common
    ones that would be as diverse, 1 / Σ p² (Simpson, Nature 163 (1949) 688; Hill, Ecology 54
    (1973) 427), in tenths; what is hidden is one more of them, so it is at least this. None where
    the total is hidden or fewer than the floor.
    """

    stage: str
    of: str
    shown: int
    effective_tenths: int | None
    whole: bool


def ratios(release: ProtectedRelease, floor: int) -> tuple[Ratio, ...]:
    """Every share of the balance.

    Args:
        release: the protected tables.
        floor: the least denominator of a percentage.
    """
    return (
        *rates(release, floor),
        *norm_breaking(release, floor),
        *women(release, floor),
        *outcomes(release, floor),
        *hours(release, floor),
    )


def rates(release: ProtectedRelease, floor: int) -> Iterator[Ratio]:
    """Who got how far, of everybody."""
    for stage in WAY:
        for name in ("age", "association") if stage in GOT else ("age",):
            table = release.table(f"{stage}/{name}")
            everybody = release.table(f"{PARTICIPANTS}/{name}")
            yield from _rates(stage, (table, everybody), floor)


def _rates(
    stage: Stage, pair: tuple[ProtectedTable, ProtectedTable], floor: int
) -> Iterator[Ratio]:
    table, everybody = pair
    sexes, others = table.dimensions
    for sex in (*sexes.codes, None):
        for code in (*others.codes, None):
            if code is None and others.name != "age":
                continue  # said with the ages already
            found = share(cell(table, sex, code), cell(everybody, sex, code), floor)
            of_whom = ((sexes.name, sex), (others.name, code))
            yield Ratio(measure="rate", what=stage, of_whom=of_whom, share=found)


def norm_breaking(release: ProtectedRelease, floor: int) -> Iterator[Ratio]:
    """Of women, and of men, in a group of which it is known: who is in the other's."""
    for stage in WAY:
        table = release.table(f"{stage}/norm")
        for sex in BINARY:
            for goal in (Goal.YES, Goal.NO, None):
                part, of = _led(table, sex, goal, (Relation.BREAKING,), _KNOWN)
                yield Ratio(
                    measure="norm_breaking",
                    what=stage,
                    of_whom=(("gender", sex), ("norm_goal", goal)),
                    share=share(part, of, floor),
                )


_KNOWN = (Relation.TYPICAL, Relation.BREAKING, Relation.EVEN)
_LED = (Relation.TYPICAL, Relation.BREAKING)


def _led(
    table: ProtectedTable,
    sex: Sex,
    goal: Goal | None,
    part: tuple[Relation, ...],
    of: tuple[Relation, ...],
) -> tuple[int | None, int | None]:
    """Two sums of cells of a table of relations."""
    several = (added(*(cell(table, sex, goal, one) for one in some)) for some in (part, of))
    return next(several), next(several)


def women(release: ProtectedRelease, floor: int) -> Iterator[Ratio]:
    """The share of women among women and men in each field and group, as the reference counts."""
    for stage in WAY:
        table = release.table(f"{stage}/branch")
        for code in (*table.dimensions[1].codes, None):
            several = [cell(table, sex, code) for sex in BINARY]
            yield Ratio(
                measure="women",
                what=stage,
                of_whom=(("branch", code),),
                share=share(several[0], added(*several), floor),
            )


def outcomes(release: ProtectedRelease, floor: int) -> Iterator[Ratio]:
    """Of those whose placement ended: work or studies, and a preparatory step."""
    for name in GROUPS:
        table = release.table(f"outcomes/{name}")
        for code in _codes(table, name):
            for ending in EndingOver:
                found = share(cell(table, code, ending), cell(table, code, None), floor)
                yield Ratio(measure="outcome", what=ending, of_whom=((name, code),), share=found)


def hours(release: ProtectedRelease, floor: int) -> Iterator[Ratio]:
    """Of who started and whose hours are known: 15 or more a week, and more than at first."""
    for name in GROUPS:
        table = release.table(f"hours/{name}")
        bands = table.dimensions[1].codes[:-1]
        for code in _codes(table, name):
            part, of = (
                added(*(cell(table, code, band) for band in some))
                for some in (ENOUGH_HOURS, bands)
            )
            found = share(part, of, floor)
            yield Ratio(measure="hours", what="15-", of_whom=((name, code),), share=found)
    table = release.table("hours_change/gender")
    for code in _codes(table, "gender"):
        stated = added(*(cell(table, code, change) for change in CHANGES[:-1]))
        found = share(cell(table, code, Change.MORE), stated, floor)
        yield Ratio(measure="step_up", what=Change.MORE, of_whom=(("gender", code),), share=found)


def _codes(table: ProtectedTable, name: str) -> tuple[str | None, ...]:
    """The codes of the first dimension; the total once, with the genders."""
    codes = table.dimensions[0].codes
    return (*codes, None) if name == "gender" else codes


def gaps(found: tuple[Ratio, ...]) -> tuple[Gap, ...]:
    """Women less men, in every measure that is told of both and of nothing else besides."""
    sides: dict[tuple[str, str], dict[str, Share]] = {}
    for one in found:
        told = {name: code for name, code in one.of_whom if code is not None}
        if set(told) == {"gender"}:
            sides.setdefault((one.measure, one.what), {})[told["gender"]] = one.share
    return tuple(
        Gap(measure=measure, what=what, difference=difference(of[Sex.WOMAN], of[Sex.MAN]))
        for (measure, what), of in sides.items()
    )


def steering(release: ProtectedRelease, placed: Stage, floor: int) -> tuple[Steering, ...]:
    """The steering index of women and of men, with all it is made of."""
    return tuple(_steering(release, placed, sex, floor) for sex in BINARY)


def _steering(release: ProtectedRelease, placed: Stage, sex: Sex, floor: int) -> Steering:
    wishes, places = release.table(f"{Stage.WISHED}/norm"), release.table(f"{placed}/norm")
    crossed = release.table("steering")
    typical = (Relation.TYPICAL,)
    wished = share(*_led(wishes, sex, None, typical, _LED), floor)
    got = share(*_led(places, sex, None, typical, _LED), floor)
    others = [cell(crossed, sex, Relation.BREAKING, one) for one in _LED]
    everybody = cell(release.table(f"{PARTICIPANTS}/age"), sex, None)
    silent = None if everybody is None or wished.of is None else everybody - wished.of
    if silent is not None and release.noise and silent < release.noise.least:
        silent = 0  # a difference of two counts with noise is no smaller number than any of them
    return Steering(
        gender=sex,
        wished=wished,
        wish_not_stated=silent,
        placed=got,
        place_even=cell(places, sex, None, Relation.EVEN),
        led=share(others[0], added(*others), floor),
        index=difference(got, wished).points,
    )


def diversity(release: ProtectedRelease, floor: int) -> tuple[Diversity, ...]:
    """Of fields at each stage, and of the providers where people have their place."""
    fields = (_diversity(release.table(f"{stage}/branch"), stage, floor) for stage in WAY)
    providers = release.table("providers")
    return (*fields, _diversity(providers, providers.population, floor))


def _diversity(table: ProtectedTable, stage: str, floor: int) -> Diversity:
    last = table.dimensions[-1]
    top = [code for code, over in last.above().items() if not over]
    whole = (None,) * (len(table.dimensions) - 1)
    told = [cell(table, *whole, code) for code in top]
    shown = [number for number in told if number]
    total = cell(table, *whole, None)
    effective = None
    if total is not None and total >= max(floor, 1):
        total = max(total, sum(shown))  # with noise the parts may be more
        parts = [*shown, total - sum(shown)]
        effective = int(10 * total * total / sum(part * part for part in parts) + ROUNDED_UP)
    return Diversity(
        stage=stage,
        of=last.name,
        shown=len(shown),
        effective_tenths=effective,
        whole=all(number is not None for number in told),
    )
