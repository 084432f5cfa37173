"""Sections of a report: norm-breaking work and steering; outcomes, hours and waiting."""

from collections.abc import Iterator

from api.reports.parts import Cell, Column, Section, Sheet
from api.reports.stages import NO_SHARE, Rates, crossed, rates_of, reached, shares
from api.reports.words import SEXES_AND_ALL, Speaker
from matcher.balance.figures import Share
from matcher.balance.ratios import PRINTED, Steering
from matcher.balance.waits import WAITED_FOR
from matcher.balance.words import BINARY, WAY, Change, EndingOver, Few, Goal, Stage

GOALS_AND_ALL = (Goal.YES, Goal.NO, None)


def norm(speaker: Speaker) -> Section:
    """Norm-breaking shares, and the steering index of women and of men."""
    steering = speaker.found.balance.steering
    return Section(
        code="norm",
        heading=speaker.say("norm"),
        words=(speaker.say("norm_1"), speaker.say("norm_2")),
        sheets=(_norm(speaker), _steering(speaker)),
        after=tuple(_steered(speaker, one) for one in steering),
    )


def _norm(speaker: Speaker) -> Sheet:
    rates = rates_of(speaker.found.balance.ratios)
    rows = tuple(
        (
            speaker.plain(f"{speaker.stage(stage)}, {speaker.named('gender', sex)}"),
            *(speaker.share(norm_rate(rates, stage, sex, goal)) for goal in GOALS_AND_ALL),
        )
        for stage in WAY
        if reached(speaker, stage)
        for sex in BINARY
    )
    heads = ("goal_yes", "goal_no", "goal_all")
    return Sheet(
        code="norm",
        caption=speaker.caption("norm"),
        columns=(speaker.names("stage"), *(shares(speaker.word(head)) for head in heads)),
        rows=rows,
        note=speaker.few_note(rows),
    )


def norm_rate(rates: Rates, stage: str, sex: str, goal: str | None) -> Share:
    """The norm-breaking share of a gender at a stage, with an own goal, without, or all."""
    of_goal = () if goal is None else (("norm_goal", str(goal)),)
    return rates.get(("norm_breaking", stage, (("gender", sex), *of_goal)), NO_SHARE)


def _steering(speaker: Speaker) -> Sheet:
    rows = tuple(
        (
            speaker.plain(speaker.named("gender", one.gender)),
            speaker.share(one.wished),
            speaker.count(one.wish_not_stated),
            speaker.share(one.placed),
            speaker.count(one.place_even),
            speaker.share(one.led),
            speaker.known(one.index),
        )
        for one in speaker.found.balance.steering
    )
    return Sheet(
        code="steering",
        caption=speaker.caption("steering"),
        columns=(
            speaker.names("gender"),
            shares(speaker.word("wished")),
            Column(head=speaker.word("wish_not_stated")),
            shares(speaker.word("placed")),
            Column(head=speaker.word("place_even")),
            shares(speaker.word("led")),
            Column(head=speaker.word("index")),
        ),
        rows=rows,
        note=speaker.few_note(rows),
    )


def _steered(speaker: Speaker, one: Steering) -> str:
    gender = speaker.named("gender", one.gender)
    if one.index is None:
        return speaker.say("not_steered", gender=gender)
    parts = {"wished": speaker.share(one.wished).text, "placed": speaker.share(one.placed).text}
    return speaker.say("steered", gender=gender, points=one.index, **parts)


def outcomes(speaker: Speaker) -> Section:
    """How placements ended, hours, and waiting times."""
    ended, started = (reached(speaker, stage) for stage in (Stage.ENDED, Stage.STARTED))
    rates = rates_of(speaker.found.balance.ratios)
    release = speaker.found.balance.release
    sheets: list[Sheet] = []
    after: list[str] = []
    if ended:
        table = release.table("outcomes/gender")
        sheets += [crossed(speaker, table, ("outcomes", "ending")), _printed(speaker, rates)]
    else:
        after.append(speaker.say("no_outcomes"))
    if started:
        hours = _hours(speaker)
        sheets += [hours, _reached_hours(speaker, rates)]
    else:
        after.append(speaker.say("no_hours"))
    return Section(
        code="outcomes",
        heading=speaker.say("outcomes"),
        words=(speaker.say("outcomes_1"),),
        sheets=(*sheets, _waits(speaker)),
        after=tuple(after),
    )


def _printed(speaker: Speaker, rates: Rates) -> Sheet:
    """Shares of outcomes by gender, age and association, beside what was printed."""
    rows = tuple(
        (
            speaker.plain(_who(speaker, name, code)),
            *(
                speaker.share(
                    rates.get(
                        ("outcome", ending, () if code is None else ((name, code),)), NO_SHARE
                    )
                )
                for ending in EndingOver
            ),
        )
        for name, code in _groups(speaker, "outcomes")
    )
    printed: tuple[Cell, ...] = (
        speaker.plain("MIA Vidare"),
        *(
            Cell(text=f"{PRINTED[ending]} %", number=PRINTED[ending], low=None, high=None)
            for ending in EndingOver
        ),
    )
    return Sheet(
        code="outcome_shares",
        caption=speaker.caption("outcome_shares"),
        columns=(
            speaker.names("who"),
            *(shares(speaker.named("ending", ending)) for ending in EndingOver),
        ),
        rows=(*rows, printed),
        note=speaker.few_note(rows),
    )


def _groups(speaker: Speaker, tables: str) -> Iterator[tuple[str, str | None]]:
    """Everybody, each gender, age band and association, as some tables have them."""
    yield "gender", None
    for name in ("gender", "age", "association"):
        table = speaker.found.balance.release.table(f"{tables}/{name}")
        for code in table.dimensions[0].codes:
            yield name, code


def _who(speaker: Speaker, name: str, code: str | None) -> str:
    """A group, with what it is a group by where that would not be clear."""
    words = speaker.named(name, code)
    return f"{speaker.word('age')} {words}" if name == "age" else words


def _hours(speaker: Speaker) -> Sheet:
    return crossed(
        speaker, speaker.found.balance.release.table("hours/gender"), ("hours", "hours")
    )


def _reached_hours(speaker: Speaker, rates: Rates) -> Sheet:
    rows = tuple(
        (
            speaker.plain(speaker.named("gender", sex)),
            speaker.share(rates.get(("hours", "15-", _of(sex)), NO_SHARE)),
            speaker.share(rates.get(("step_up", Change.MORE, _of(sex)), NO_SHARE)),
        )
        for sex in SEXES_AND_ALL
    )
    return Sheet(
        code="hours_shares",
        caption=speaker.caption("hours_shares"),
        columns=(
            speaker.names("gender"),
            shares(speaker.word("hours_15")),
            shares(speaker.word("step_up")),
        ),
        rows=rows,
        note=speaker.few_note(rows),
    )


def _of(sex: str | None) -> tuple[tuple[str, str], ...]:
    return () if sex is None else (("gender", sex),)


def _waits(speaker: Speaker) -> Sheet:
    """The median days to each stage, by group."""
    found = {(one.stage, one.of_whom): one for one in speaker.found.balance.waits}
    whom = list(dict.fromkeys(one.of_whom for one in speaker.found.balance.waits))
    rows = []
    for of_whom in whom:
        cells = []
        for stage in WAITED_FOR:
            one = found[stage, of_whom]
            if one.days is None:
                few = one.few or Few.HIDDEN
                words = speaker.say(f"few_{few}", floor=speaker.found.rules.floor)
                cells.append(Cell(text=words, hidden=few is Few.HIDDEN))
            else:
                cells.append(speaker.known(one.days))
        rows.append((speaker.plain(_who(speaker, *of_whom)), *cells))
    return Sheet(
        code="waits",
        caption=speaker.caption("waits"),
        columns=(
            speaker.names("who"),
            *(Column(head=speaker.word(f"wait_{stage}")) for stage in WAITED_FOR),
        ),
        rows=tuple(rows),
        note=speaker.few_note(tuple(rows)),
    )
