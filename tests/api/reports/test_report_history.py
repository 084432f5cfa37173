"""A report of a history: endings beside the printed figures, hours, waits, supervisors."""

from datetime import date, timedelta

import pytest

from api.reports.content import report
from api.reports.findings import Findings
from api.reports.page import document
from api.reports.parts import Section, Sheet
from api.texts import GROUPS, Language
from matcher.balance.disclosure import Reason
from matcher.balance.door import Asked, balance, reference_of
from matcher.balance.events import EventColumns, PeopleColumns, collect
from matcher.balance.shadow import AGREEMENTS
from matcher.balance.words import PARTICIPANTS, SEXES, WAY, Ending, EndingOver, Few, Stage
from matcher.domain import ProviderKind

WOMEN, MEN = 120, 80
PEOPLE = WOMEN + MEN
BEGAN = date(2026, 3, 2)
ENDED = date(2026, 9, 1)


def history() -> Findings:
    """120 women and 80 men, all started at a café and ended.

    Of the women 30, of the men 20 in work; the other 150 in a preparatory step of the
    employment service. Everybody waited 40 days, began with 8 hours and came to 16.
    """
    ids = [f"P{at:04}" for at in range(PEOPLE)]
    people = PeopleColumns(
        year=2026,
        participant_id=ids,
        protected=[False] * PEOPLE,
        gender=["woman"] * WOMEN + ["man"] * MEN,
        birth_year=[1990] * PEOPLE,
        association=["Roslagen"] * PEOPLE,
        municipality=["0160"] * PEOPLE,
        supervisor=[f"H{at % 10}" for at in range(PEOPLE)],
        norm_goal=[False] * PEOPLE,
        waiting_since=[BEGAN - timedelta(days=40)] * PEOPLE,
        hours=[8] * PEOPLE,
        hours_goal=[20] * PEOPLE,
        looks=[False] * PEOPLE,
    )
    work = [at < 30 or WOMEN <= at < WOMEN + 20 for at in range(PEOPLE)]
    endings = [Ending.WORK if one else Ending.EMPLOYMENT_SERVICE_PREPARATORY for one in work]
    both = 2 * PEOPLE
    events = EventColumns(
        participant_id=[*ids, *ids],
        stage=[Stage.STARTED] * PEOPLE + [Stage.ENDED] * PEOPLE,
        day=[BEGAN] * PEOPLE + [ENDED] * PEOPLE,
        opening=["O001"] * both,
        group=["9413"] * both,
        field=["ScKy_FHB_7wT"] * both,
        provider=["A01"] * both,
        kind=["asf"] * both,
        rank=[None] * both,
        ending=[""] * PEOPLE + endings,
        hours_first=[8] * both,
        hours_last=[8] * PEOPLE + [16] * PEOPLE,
        reason=[""] * both,
    )
    made = balance(collect(people, events, b""), reference_of(), Asked(placed=Stage.STARTED))
    return Findings(balance=made, name="Roslagen", day="2026-10-01", placed=Stage.STARTED)


@pytest.fixture(scope="module")
def sections() -> dict[str, Section]:
    """The sections of its report, by their codes."""
    return {one.code: one for one in report(history(), Language.ENGLISH).sections}


def sheet(section: Section, code: str) -> Sheet:
    """A table of a section."""
    return next(one for one in section.sheets if one.code == code)


def row(table: Sheet, name: str) -> list[str]:
    """What a row of a table says."""
    return next([cell.text for cell in line[1:]] for line in table.rows if line[0].text == name)


def test_outcomes_stand_beside_the_printed_figures(sections: dict[str, Section]) -> None:
    """50 of 200 in work, 150 in a preparatory step; MIA Vidare printed 20 and 34 %."""
    section = sections["outcomes"]
    assert row(sheet(section, "outcomes"), "Work or studies") == ["30", "20", "0", "50"]
    assert row(sheet(section, "outcomes"), "Work") == ["30", "20", "0", "50"]
    shares = sheet(section, "outcome_shares")
    assert [one.split(" %")[0] for one in row(shares, "All")] == ["25", "75"]
    assert [one.split(" %")[0] for one in row(shares, "Women")] == ["25", "75"]
    assert row(shares, "MIA Vidare") == ["20 %", "34 %"]


def test_hours_and_waiting_are_told(sections: dict[str, Section]) -> None:
    """16 hours are 15 or more, and more than 8; the median of 40 days is 40."""
    section = sections["outcomes"]
    assert row(sheet(section, "hours"), "15\N{EN DASH}19") == ["120", "80", "0", "200"]
    reached = row(sheet(section, "hours_shares"), "All")
    assert [one.split(" %")[0] for one in reached] == ["100", "100"]
    assert row(sheet(section, "waits"), "All") == ["nobody", "40"]
    assert section.after == ()


def test_supervisors_are_counted_never_named(sections: dict[str, Section]) -> None:
    """Ten with twenty each: at the reference, none above it."""
    section = sections["follow"]
    assert row(sheet(section, "caseload"), "11\N{EN DASH}20") == ["10"]
    assert section.words[1].startswith("Participants of one supervisor, on average: 20.0.")
    assert "H3" not in document(history(), Language.ENGLISH)


def test_who_started_at_a_cafe_is_in_typical_or_norm_breaking_work(
    sections: dict[str, Section],
) -> None:
    """79 % of café assistants are women: all men there break a norm, no woman does."""
    norm = sheet(sections["norm"], "norm")
    assert row(norm, "Started, Women")[2].startswith("0 %")
    assert row(norm, "Started, Men")[2].startswith("100 %")
    fields = sheet(sections["branch"], "fields_started")
    told = row(fields, "Hotel, restaurant, catering")
    assert told[:4] == ["120", "80", "0", "200"]
    assert told[4].startswith("60 %")
    assert told[5:] == ["56.3", "2024"]


def test_the_principles_have_their_indicators(sections: dict[str, Section]) -> None:
    """Women of all are 120 of 200; the national source is named with its year."""
    table = sheet(sections["principles"], "principles")
    said = {line[1].text: line[2].text for line in table.rows}
    assert said["Women among the participants"].startswith("60 %")
    assert said["Started, Women"].startswith("100 %")
    assert any("YREG54BAS" in line and "2024" in line for line in sections["sources"].words)


@pytest.mark.parametrize("language", list(Language))
def test_every_reason_has_its_word(language: Language) -> None:
    """Why a figure is hidden, and why there is no share: a word for each code of the engine."""
    known = GROUPS[language]["report"]
    assert {f"why_{reason}" for reason in Reason} == {one for one in known if one[:4] == "why_"}
    told = {f"few_{few}" for few in Few if few is not Few.UNSURE}
    assert told == {one for one in known if one[:4] == "few_" and one[4:].isupper()}


@pytest.mark.parametrize("language", list(Language))
def test_every_code_has_its_word(language: Language) -> None:
    """Genders, stages, endings, kinds, ways of agreeing."""
    words = GROUPS[language]["report_words"]
    codes = {
        "gender": SEXES,
        "stage": (PARTICIPANTS, *WAY),
        "ending": (*EndingOver, *Ending),
        "kind": tuple(ProviderKind),
        "agreement": AGREEMENTS,
    }
    missing = [
        f"{group}_{code}"
        for group, of in codes.items()
        for code in of
        if f"{group}_{code}" not in words
    ]
    assert missing == []
