"""Sections of a report: fairness, follow-up of supported employment, and shadow mode."""

from collections.abc import Iterator

from api import texts
from api.reports.parts import Cell, Column, Curve, Kind, Section, Sheet
from api.reports.stages import NO_SHARE, Rates, crossed, rates_of, shares
from api.reports.words import Speaker
from matcher.balance.figures import Share
from matcher.balance.followup import CASELOAD
from matcher.balance.words import PARTICIPANTS, SEXES, Stage
from matcher.groups import AGE_BANDS

MOST_UNKNOWN = 10
"""Questions of the survey that are listed; all are in the command ``insight``."""


def fairness(speaker: Speaker) -> Section:
    """The gender flip, who gets recommended at all, who is left without, the price."""
    found = speaker.found
    sheets = [_recommended(speaker)]
    if found.has("unplaced/gender"):
        table = found.balance.release.table("unplaced/gender")
        sheets.append(crossed(speaker, table, ("unplaced", "between")))
    sheets += _price(speaker)
    return Section(
        code="fairness",
        heading=speaker.say("fairness"),
        words=(_flip(speaker),),
        sheets=tuple(sheets),
        after=tuple(_priced(speaker)),
    )


def _flip(speaker: Speaker) -> str:
    flip = speaker.found.flip
    if flip is None:
        return speaker.say("flip_not")
    numbers = {"flipped": flip.flipped, "pairs": flip.pairs}
    what = ", ".join(flip.differences)
    if speaker.found.balance.release.noise:  # exact numbers beside it would tell what it keeps
        return speaker.noise("flip_some" if what else "flip_none", what=what)
    if what:
        return speaker.say("flip_some", what=what, **numbers)
    return speaker.say("flip_none", recommendations=flip.recommendations, **numbers)


def recommended_groups(speaker: Speaker) -> Iterator[tuple[str, str | None]]:
    """Everybody, each gender, age band and association."""
    table = speaker.found.balance.release.table(f"{PARTICIPANTS}/association")
    yield "gender", None
    yield from (("gender", sex) for sex in SEXES)
    yield from (("age", age) for age in AGE_BANDS)
    yield from (("association", one) for one in table.dimensions[1].codes)


def _recommended(speaker: Speaker) -> Sheet:
    rates = rates_of(speaker.found.balance.ratios)
    rows = tuple(
        (
            speaker.plain(_group(speaker, name, code)),
            speaker.share(_rate(rates, Stage.RECOMMENDED, name, code)),
            speaker.share(_rate(rates, Stage.PROPOSED, name, code)),
        )
        for name, code in recommended_groups(speaker)
    )
    return Sheet(
        code="recommended",
        caption=speaker.caption("recommended"),
        columns=(
            speaker.names("who"),
            shares(speaker.stage(Stage.RECOMMENDED)),
            shares(speaker.stage(Stage.PROPOSED)),
        ),
        rows=rows,
        note=speaker.few_note(rows),
    )


def recommended_rows(speaker: Speaker) -> Iterator[tuple[str, Cell]]:
    """Who gets a place recommended at all: each group, and its share."""
    rates = rates_of(speaker.found.balance.ratios)
    for name, code in recommended_groups(speaker):
        share = _rate(rates, Stage.RECOMMENDED, name, code)
        yield _group(speaker, name, code), speaker.share(share)


def _rate(rates: Rates, stage: Stage, name: str, code: str | None) -> Share:
    """The share of a group that got so far."""
    return rates.get(("rate", stage, () if code is None else ((name, code),)), NO_SHARE)


def _group(speaker: Speaker, name: str, code: str | None) -> str:
    words = speaker.named(name, code)
    return f"{speaker.word('age')} {words}" if name == "age" else words


def _price(speaker: Speaker) -> Iterator[Sheet]:
    """The corners of the curve, least of the goal first."""
    curve = speaker.found.price
    if curve is None:
        return
    costs = (*curve.prices, None)
    yield Sheet(
        code="price",
        caption=speaker.caption("price"),
        columns=(
            Column(head=speaker.word("value"), kind=Kind.TEXT),
            Column(head=speaker.word("points")),
            Column(head=speaker.word("costs")),
        ),
        rows=tuple(
            (
                speaker.known(corner.value),
                speaker.known(corner.points),
                speaker.known(None if price is None else round(price, 1), 1),
            )
            for corner, price in zip(curve.corners, costs, strict=True)
        ),
        note=speaker.say("price_1"),
        picture=Curve(
            across=speaker.word("value"),
            up=speaker.word("points"),
            points=tuple((corner.value, corner.points) for corner in curve.corners),
            now=(curve.now.value, curve.now.points),
        )
        if len(curve.corners) > 1
        else None,
    )


def _priced(speaker: Speaker) -> Iterator[str]:
    curve = speaker.found.price
    if curve is None:
        yield speaker.say("no_price")
        return
    yield speaker.say("price_now", value=curve.now.value, points=curve.now.points)
    if len(curve.corners) == 1:
        yield speaker.say("nothing_to_trade")
    for key, so in (("curve_not_proven", not curve.proven), ("curve_cut", not curve.whole)):
        if so:
            yield texts.say(speaker.language, f"insights.{key}")


def follow(speaker: Speaker) -> Section:
    """Caseloads, diversity, how fresh and how known the places are."""
    sheets = [_caseload(speaker), _diversity(speaker)]
    return Section(
        code="follow",
        heading=speaker.say("follow"),
        words=(speaker.say("follow_1", reference=CASELOAD), *_followed(speaker)),
        sheets=(*sheets, *_unknown(speaker)),
    )


def _followed(speaker: Speaker) -> Iterator[str]:
    load, found = speaker.found.balance.caseload, speaker.found
    mean = None if load.mean_tenths is None else load.mean_tenths / 10
    above = speaker.count(load.above).text
    words = speaker.count(None).text if mean is None else speaker.number(mean, 1)
    yield speaker.say("load", mean=words, reference=load.reference, above=above)
    if found.freshness is not None:
        fresh = found.freshness
        numbers = {"openings": fresh.openings, "fresh": fresh.fresh, "never": fresh.never}
        yield speaker.say("freshness", days=fresh.days, **numbers)
    if found.coverage is not None:
        one = found.coverage
        share = round(100 * one.known / max(one.asked, 1))
        yield speaker.say("coverage", surveyed=one.surveyed, sites=one.sites, share=share)


def _caseload(speaker: Speaker) -> Sheet:
    table = speaker.found.balance.release.table("caseload")
    (bands,) = table.dimensions
    return Sheet(
        code="caseload",
        caption=speaker.caption("caseload"),
        columns=(speaker.names("caseload"), Column(head=speaker.word("supervisors"))),
        rows=tuple(
            (speaker.plain(speaker.named("caseload", band)), speaker.cell(table, band))
            for band in (*bands.codes, None)
        ),
    )


def _diversity(speaker: Speaker) -> Sheet:
    rows = []
    for one in speaker.found.balance.diversity:
        effective = speaker.count(None)
        if one.effective_tenths is not None:
            effective = speaker.known(one.effective_tenths / 10, 1)
        of = f"{speaker.word(f'diversity_{one.of}')}, {speaker.stage(one.stage)}"
        shown = speaker.known(one.shown)
        if not one.whole:
            words = speaker.word("at_least", number=speaker.number(one.shown))
            shown = Cell(text=words, number=one.shown)
        rows.append((speaker.plain(of), shown, effective))
    return Sheet(
        code="diversity",
        caption=speaker.caption("diversity"),
        columns=(
            speaker.names("of"),
            Column(head=speaker.word("shown")),
            Column(head=speaker.word("effective")),
        ),
        rows=tuple(rows),
    )


def _unknown(speaker: Speaker) -> Iterator[Sheet]:
    coverage = speaker.found.coverage
    known = texts.GROUPS[speaker.language]["survey"]
    if coverage is None:
        return
    told = sorted(coverage.unknown, key=lambda one: (-one[1], one[0]))
    rows = [(known[name], number) for name, number in told if name in known and number]
    yield Sheet(
        code="unknown",
        caption=speaker.caption("unknown"),
        columns=(speaker.names("question"), Column(head=speaker.word("sites"))),
        rows=tuple(
            (speaker.plain(name), speaker.known(number)) for name, number in rows[:MOST_UNKNOWN]
        ),
    )


def shadow(speaker: Speaker) -> Section | None:
    """What people decided beside what was suggested; None where nothing was kept."""
    found = speaker.found
    if not found.has("agreement"):
        return None
    release = found.balance.release
    overrides, endings = release.table("overrides"), release.table("agreement/ending")
    ((over, reasons), (ways, last)) = overrides.dimensions, endings.dimensions
    (otherwise,) = over.codes
    return Section(
        code="shadow",
        heading=speaker.say("shadow"),
        words=(speaker.say("shadow_1"),),
        sheets=(
            crossed(speaker, release.table("agreement"), ("agreement", "agreement")),
            Sheet(
                code="overrides",
                caption=speaker.caption("overrides"),
                columns=(speaker.names("reason"), Column(head=speaker.word("people"))),
                rows=tuple(
                    (
                        speaker.plain(speaker.named("reason", one)),
                        speaker.cell(overrides, otherwise, one),
                    )
                    for one in (*reasons.codes, None)
                ),
            ),
            Sheet(
                code="agreement_ending",
                caption=speaker.caption("agreement_ending"),
                columns=(
                    speaker.names("ending"),
                    *(Column(head=speaker.named("agreement", way)) for way in (*ways.codes, None)),
                ),
                rows=tuple(
                    (
                        speaker.plain(speaker.named("ending", one)),
                        *(speaker.cell(endings, way, one) for way in (*ways.codes, None)),
                    )
                    for one in (*last.codes, None)
                ),
            ),
        ),
    )
