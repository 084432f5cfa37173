"""Sections of a report that tell fields apart further: by period, and by association."""

from datetime import timedelta

from api.reports.parts import Cell, Section, Sheet
from api.reports.stages import reached
from api.reports.words import SEXES_AND_ALL, Speaker
from matcher.balance.disclosure import ProtectedTable
from matcher.balance.figures import cell
from matcher.balance.measures import ASSOCIATION, OWN_DOING
from matcher.balance.persons import Period
from matcher.balance.words import WAY, Stage

DAY = timedelta(days=1)


def periods(speaker: Speaker) -> Section | None:
    """Fields by gender in each period, at every stage that has days; None where none is asked."""
    found = speaker.found
    told = sorted(found.periods, key=lambda one: one.first)
    if not told:
        return None
    sheets = tuple(
        _period(speaker, stage, period)
        for period in told
        for stage in OWN_DOING
        if found.has(f"{stage}/branch/{period.name}")
    )
    words = [speaker.say("periods_1"), speaker.say("periods_2")]
    if not sheets:
        words = [speaker.say("no_periods")]
    return Section(
        code="periods", heading=speaker.say("periods"), words=tuple(words), sheets=sheets
    )


def _period(speaker: Speaker, stage: Stage, period: Period) -> Sheet:
    table = speaker.found.balance.release.table(f"{stage}/branch/{period.name}")
    last = period.after - DAY
    return Sheet(
        code=f"{stage}_{period.name.replace('/', '_')}",
        caption=speaker.caption(
            "period", stage=speaker.stage(stage), first=period.first.isoformat(), last=f"{last}"
        ),
        columns=(speaker.names("field"), *speaker.sexes()),
        rows=tuple(
            (speaker.plain(name), *(speaker.cell(table, sex, code) for sex in SEXES_AND_ALL))
            for name, code in _fields(speaker, table)
            if code is None or cell(table, None, code) != 0
        ),
    )


def _fields(speaker: Speaker, table: ProtectedTable) -> list[tuple[str, str | None]]:
    """The fields of a table by their names, and all of them last; groups are in the files."""
    over = table.dimensions[1].above()
    known = sorted((speaker.named("branch", code), code) for code in over if not over[code])
    return [*known, (speaker.named("branch", None), None)]


def crossed(speaker: Speaker) -> Section | None:
    """Fields by gender in each association; None where that is not asked."""
    found = speaker.found
    told = [
        stage
        for stage in WAY
        if found.has(f"{stage}/branch/{ASSOCIATION}") and reached(speaker, stage)
    ]
    if not told:
        return None
    return Section(
        code="crossed",
        heading=speaker.say("crossed"),
        words=() if found.balance.release.noise else (speaker.say("crossed_1"),),
        sheets=tuple(_crossed(speaker, stage) for stage in told),
    )


def _crossed(speaker: Speaker, stage: Stage) -> Sheet:
    """A row for each association and field in which anybody is, or nobody may know."""
    table = speaker.found.balance.release.table(f"{stage}/branch/{ASSOCIATION}")
    rows: list[tuple[Cell, ...]] = [
        (
            speaker.plain(speaker.named(ASSOCIATION, home)),
            speaker.plain(name),
            *(speaker.cell(table, sex, code, home) for sex in SEXES_AND_ALL),
        )
        for home in table.dimensions[2].codes
        for name, code in _fields(speaker, table)
        if cell(table, None, code, home) != 0
    ]
    return Sheet(
        code=f"{ASSOCIATION}_{stage}",
        caption=speaker.caption("crossed", stage=speaker.stage(stage)),
        columns=(speaker.names(ASSOCIATION), speaker.names("field"), *speaker.sexes()),
        rows=tuple(rows),
    )
