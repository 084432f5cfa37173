"""Sections of a report: how far it went, and in which branches."""

from collections.abc import Iterator, Sequence

from api.reports.parts import Bar, Bars, Cell, Column, Kind, Section, Sheet
from api.reports.words import SEXES_AND_ALL, Speaker
from matcher.balance.disclosure import ProtectedTable
from matcher.balance.figures import Share, cell
from matcher.balance.ratios import Ratio
from matcher.balance.words import BINARY, PARTICIPANTS, WAY, Few, Stage
from matcher.groups import AGE_BANDS

NO_SHARE = Share(count=None, of=None, few=Few.HIDDEN)
Rates = dict[tuple[str, str, tuple[tuple[str, str | None], ...]], Share]


def rates_of(ratios: tuple[Ratio, ...]) -> Rates:
    """Every share by its measure, what it is of, and of whom: only what is said of them."""
    return {
        (
            one.measure,
            one.what,
            tuple((name, code) for name, code in one.of_whom if code is not None),
        ): one.share
        for one in ratios
    }


def people(speaker: Speaker) -> Section:
    """Who is counted at each stage, and the shares of them."""
    rates = rates_of(speaker.found.balance.ratios)
    return Section(
        code="people",
        heading=speaker.say("people"),
        words=(speaker.say("people_1"),),
        sheets=(_stages(speaker), *_rates(speaker, rates)),
        after=tuple(_gaps(speaker)),
    )


def _stages(speaker: Speaker) -> Sheet:
    found = speaker.found
    rows, bars = [], []
    for stage in (PARTICIPANTS, *WAY):
        by = "age" if found.has(f"{stage}/age") else "branch"
        table = found.balance.release.table(f"{stage}/{by}")
        name = speaker.stage(stage)
        rows.append((speaker.plain(name), *(speaker.cell(table, s, None) for s in SEXES_AND_ALL)))
        bars.append(bar(name, rows[-1][1:3]))
    return Sheet(
        code="stages",
        caption=speaker.caption("stages"),
        columns=(speaker.names("stage"), *speaker.sexes()),
        rows=tuple(rows),
        picture=Bars(series=_binary(speaker), bars=tuple(bars)),
    )


def bar(label: str, cells: tuple[Cell, ...]) -> Bar:
    """The bars of a row: as its cells say."""
    return Bar(
        label=label,
        values=tuple(one.number for one in cells),
        words=tuple(one.text for one in cells),
    )


def _binary(speaker: Speaker) -> tuple[str, ...]:
    return tuple(speaker.named("gender", sex) for sex in BINARY)


def _rates(speaker: Speaker, rates: Rates) -> Iterator[Sheet]:
    """The share that reached each stage, by gender, by age, and by association."""
    stages = [stage for stage in WAY if ("rate", stage, ()) in rates]
    associations = speaker.found.balance.release.table(f"{PARTICIPANTS}/association")
    by = (
        ("rates", "gender", SEXES_AND_ALL),
        ("rates_age", "age", AGE_BANDS),
        ("rates_association", "association", associations.dimensions[1].codes),
    )
    for code, dimension, codes in by:
        across: Sequence[str | None] = codes
        rows = tuple(
            (
                speaker.plain(speaker.stage(stage)),
                *(speaker.share(_rate(rates, stage, dimension, one)) for one in across),
            )
            for stage in stages
        )
        heads = [speaker.named(dimension, one) for one in across]
        first = speaker.names("stage")
        if dimension == "association":  # many and with long names: down, not across
            body = tuple(zip(*(row[1:] for row in rows), strict=True))
            rows = tuple(
                (speaker.plain(head), *row) for head, row in zip(heads, body, strict=True)
            )
            heads, first = [speaker.stage(stage) for stage in stages], speaker.names(dimension)
        yield Sheet(
            code=code,
            caption=speaker.caption(code),
            columns=(first, *map(shares, heads)),
            rows=rows,
            note=speaker.few_note(rows),
        )


def shares(head: str) -> Column:
    """A column of percentages."""
    return Column(head=head, kind=Kind.SHARE)


def _rate(rates: Rates, stage: Stage, dimension: str, code: str | None) -> Share:
    """The share of a group that reached a stage."""
    of_whom = () if code is None else ((dimension, code),)
    return rates.get(("rate", stage, of_whom), NO_SHARE)


def _gaps(speaker: Speaker) -> Iterator[str]:
    """A plain sentence on women and men at each stage that somebody reached."""
    for gap in speaker.found.balance.gaps:
        if gap.measure != "rate" or not reached(speaker, Stage(gap.what)):
            continue
        apart, stage = gap.difference, speaker.stage(gap.what)
        if apart.points is None:
            key = "gap_hidden" if apart.few is Few.HIDDEN else "gap_few"
            yield speaker.say(key, stage=stage)
            continue
        key = "gap_told" if apart.told else "gap_not"
        numbers = {"points": apart.points, "low": apart.low, "high": apart.high}
        yield speaker.say(key, stage=stage, **numbers)


def branch(speaker: Speaker) -> Section:
    """Fields and groups by gender at each stage, with the national shares beside."""
    stages = [stage for stage in WAY if reached(speaker, stage)]
    sheets = [*(_branch(speaker, stage, over=True) for stage in stages)]
    placed = speaker.found.placed
    if placed in stages and speaker.found.has(f"{placed}/branch/kind"):
        sheets.append(_kinds(speaker, placed))
    sheets += [_branch(speaker, stage, over=False) for stage in stages]
    return Section(
        code="branch",
        heading=speaker.say("branch"),
        words=(speaker.say("branch_1"),),
        sheets=tuple(sheets),
    )


def reached(speaker: Speaker, stage: Stage) -> bool:
    """Whether anybody reached a stage, or nobody may know."""
    return cell(speaker.found.balance.release.table(f"{stage}/branch"), None, None) != 0


def _branch(speaker: Speaker, stage: Stage, *, over: bool) -> Sheet:
    """The fields, or the groups, of a stage: those in which anybody is, or nobody may know."""
    table = speaker.found.balance.release.table(f"{stage}/branch")
    rates = rates_of(speaker.found.balance.ratios)
    rows, bars = [], []
    known = table.dimensions[1].above()
    named = {speaker.named("branch", code): code for code in known if (not known[code]) is over}
    for _, code in sorted(named.items()):
        if cell(table, None, code) == 0:
            continue
        national = speaker.found.balance.national.get(code)
        rows.append(
            (
                speaker.plain(speaker.named("branch", code)),
                *(speaker.cell(table, sex, code) for sex in SEXES_AND_ALL),
                speaker.share(rates.get(("women", stage, (("branch", code),)), NO_SHARE)),
                speaker.known(national.women_pct if national else None, 1),
                speaker.plain(str(national.year) if national and national.year else "-"),
            )
        )
        bars.append(bar(speaker.named("branch", code), rows[-1][1:3]))
    code = "fields" if over else "groups"
    drawn = over and stage in (Stage.WISHED, speaker.found.placed)
    return Sheet(
        code=f"{code}_{stage}",
        caption=speaker.caption(code, stage=speaker.stage(stage)),
        columns=(
            speaker.names("field" if over else "group"),
            *speaker.sexes(),
            shares(speaker.word("women_share")),
            Column(head=speaker.word("national")),
            Column(head=speaker.word("year"), kind=Kind.TEXT),
        ),
        rows=tuple(rows),
        note=speaker.few_note(tuple(rows)),
        picture=Bars(series=_binary(speaker), bars=tuple(bars)) if drawn else None,
    )


def _kinds(speaker: Speaker, stage: Stage) -> Sheet:
    table = speaker.found.balance.release.table(f"{stage}/branch/kind")
    return crossed(speaker, table, ("kinds", "kind"), stage=speaker.stage(stage))


def crossed(
    speaker: Speaker, table: ProtectedTable, names: tuple[str, str], **params: object
) -> Sheet:
    """The last dimension of a table by its first, which is gender; what lies between in total.

    Args:
        speaker: who says it.
        table: a protected one.
        names: the code of the sheet, and the word for the last dimension.
        params: of the caption.
    """
    code, head = names
    last = table.dimensions[-1]
    between = (None,) * (len(table.dimensions) - 2)
    rows = tuple(
        (
            speaker.plain(speaker.named(last.name, one)),
            *(speaker.cell(table, sex, *between, one) for sex in SEXES_AND_ALL),
        )
        for one in (*last.codes, None)
        if one is None or cell(table, None, *between, one) != 0
    )
    return Sheet(
        code=code,
        caption=speaker.caption(code, **params),
        columns=(speaker.names(head), *speaker.sexes()),
        rows=rows,
    )
