"""A report, put together: the sections in their order, in a language."""

from collections.abc import Iterator

from api.reports import apart, fair, outcomes, stages
from api.reports.findings import Findings
from api.reports.parts import Cell, Column, Kind, Report, Section, Sheet
from api.reports.words import Speaker
from api.texts import Language
from matcher.balance.figures import cell as told
from matcher.balance.figures import share
from matcher.balance.words import BINARY, PARTICIPANTS, Sex, Stage
from matcher.domain import BarrierCode


def report(found: Findings, language: Language) -> Report:
    """Everything that was found, in words, tables and pictures."""
    speaker = Speaker(found, language)
    sections = (
        stages.people(speaker),
        stages.branch(speaker),
        apart.periods(speaker),
        apart.crossed(speaker),
        outcomes.norm(speaker),
        outcomes.outcomes(speaker),
        fair.fairness(speaker),
        fair.follow(speaker),
        fair.shadow(speaker),
        principles(speaker),
        noise(speaker) or hidden(speaker),
        sources(speaker),
    )
    planned = found.placed is Stage.PROPOSED
    words = [speaker.say(key) for key in ("made_of", "a_plan" if planned else "a_history")]
    words += [speaker.noise("told")] if found.balance.release.noise else []
    return Report(
        language=language,
        title=speaker.say("title"),
        of=speaker.say("of", name=found.name, day=found.day),
        words=(*words, speaker.say("question")),
        sections=tuple(section for section in sections if section is not None),
    )


def principles(speaker: Speaker) -> Section:
    """The horizontal principles of the European Social Fund, each with its indicators."""
    by = {
        "gender_equality": _equality(speaker),
        "accessibility": _accessibility(speaker),
        "non_discrimination": _non_discrimination(speaker),
    }
    rows = tuple(
        (speaker.plain(speaker.say(principle)), speaker.plain(indicator), cell)
        for principle, indicators in by.items()
        for indicator, cell in indicators
    )
    return Section(
        code="principles",
        heading=speaker.say("principles"),
        words=(speaker.say("principles_1"),),
        sheets=(
            Sheet(
                code="principles",
                caption=speaker.caption("principles"),
                columns=(
                    speaker.names("principle"),
                    Column(head=speaker.word("indicator"), kind=Kind.TEXT),
                    Column(head=speaker.word("figure"), kind=Kind.TEXT),
                ),
                rows=rows,
                note=speaker.few_note(rows),
            ),
        ),
    )


def _equality(speaker: Speaker) -> Iterator[tuple[str, Cell]]:
    """How many are women, who gets a place, in norm-breaking work or not, steering."""
    found = speaker.found
    rates = stages.rates_of(found.balance.ratios)
    table = found.balance.release.table(f"{PARTICIPANTS}/age")
    women, everybody = (told(table, sex, None) for sex in (Sex.WOMAN, None))
    yield (
        speaker.say("women_of_all"),
        speaker.share(share(women, everybody, found.rules.floor)),
    )
    placed = speaker.stage(found.placed)
    for sex in BINARY:
        gender = speaker.named("gender", sex)
        rate = rates.get(("rate", found.placed, (("gender", sex),)), stages.NO_SHARE)
        yield speaker.say("rate_of", stage=placed, gender=gender), speaker.share(rate)
    for sex in BINARY:
        gender = speaker.named("gender", sex)
        norm = outcomes.norm_rate(rates, found.placed, sex, None)
        yield speaker.say("norm_of", gender=gender, stage=placed), speaker.share(norm)
    for one in found.balance.steering:
        cell = speaker.count(None)
        if one.index is not None:
            cell = speaker.plain(speaker.say("points", points=one.index))
        yield speaker.say("index_of", gender=speaker.named("gender", one.gender)), cell


def _accessibility(speaker: Speaker) -> Iterator[tuple[str, Cell]]:
    """How known the sites are, and who is left without a place by a need."""
    found = speaker.found
    if found.coverage is not None:
        one = found.coverage
        for key, part, of in (
            ("sites_surveyed", one.surveyed, one.sites),
            ("answers_known", one.known, one.asked),
        ):
            percent = round(100 * part / max(of, 1))
            yield speaker.say(key), speaker.plain(f"{percent} %")
    if found.has("unplaced/gender"):
        table = found.balance.release.table("unplaced/gender")
        yield speaker.say("unmet_needs"), speaker.cell(table, None, BarrierCode.NEED_UNMET)
        yield speaker.say("unknown_needs"), speaker.cell(table, None, BarrierCode.NEED_UNKNOWN)


def _non_discrimination(speaker: Speaker) -> Iterator[tuple[str, Cell]]:
    """The gender flip, and who gets recommended at all, by age and association."""
    flip = speaker.found.flip
    if flip is not None:
        words = ", ".join(flip.differences) or speaker.say("nothing")
        yield speaker.say("flip_row"), speaker.plain(words)
    for name, row in fair.recommended_rows(speaker):
        yield speaker.say("recommended_of", group=name), row


def noise(speaker: Speaker) -> Section | None:
    """How figures are changed, where none are hidden."""
    used = speaker.found.balance.release.noise
    if used is None:
        return None
    numbers = {"reach": used.reach, "most": used.least - 1, "least": used.least}
    return Section(
        code="hidden",
        heading=speaker.noise("heading"),
        words=(
            speaker.noise("told"),
            speaker.noise("rules", **numbers),
            speaker.say("hidden_2", floor=speaker.found.rules.floor),
        ),
    )


def hidden(speaker: Speaker) -> Section:
    """How hidden figures came to be hidden, how many are, and what was left out whole."""
    found = speaker.found
    kept = found.balance.release.kept
    words = [
        speaker.say("hidden_1", most=found.rules.threshold - 1),
        speaker.say("hidden_2", floor=found.rules.floor),
    ]
    shown = kept.cells - kept.hidden
    words.append(speaker.say("hidden_kept", cells=kept.cells, shown=shown, zero=kept.zero))
    refused = found.refused()
    words += [speaker.say("refused", table=table) for table in refused]
    words += [] if refused else [speaker.say("none_refused")]
    return Section(code="hidden", heading=speaker.say("hidden"), words=tuple(words))


def sources(speaker: Speaker) -> Section:
    """Where the figures set beside come from."""
    national = speaker.found.balance.national.values()
    told_of = {(one.source, one.year) for one in national if one.women_pct is not None}
    by_source: dict[str, set[int]] = {}
    for source, year in told_of:
        by_source.setdefault(source, set()).update({year} if year else set())
    words = [
        speaker.say("sources_1", source=source, years=", ".join(map(str, sorted(years))))
        for source, years in sorted(by_source.items())
    ]
    return Section(
        code="sources",
        heading=speaker.say("sources"),
        words=(*words, speaker.say("sources_2")),
    )
