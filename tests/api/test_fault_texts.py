"""What is said of faults and notices: where, what, why, and never more than may be shown."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api import texts
from api.texts import Language
from matcher.dataset import Notice, NoticeCode, load, policy_of
from matcher.errors import DatasetError, Fault, FaultCode, PolicyError

ENGLISH, SWEDISH = Language.ENGLISH, Language.SWEDISH

languages = pytest.mark.parametrize("language", Language)


def test_a_fault_tells_where_what_and_what_was_expected() -> None:
    """Table, row, column, the value, and what should stand there."""
    fault = Fault(
        code=FaultCode.OUT_OF_RANGE,
        table="participants",
        row=1014,
        column="hours_per_week",
        value="61",
        params={"low": 1, "high": 60},
    )
    assert texts.fault_sentence(fault, ENGLISH) == (
        'Table "participants", row 1014, column hours_per_week: found "61"; expected a number'
        " from 1 to 60."
    )
    assert texts.fault_sentence(fault, SWEDISH) == (
        "Tabellen ”participants”, rad 1014, kolumn hours_per_week: där står ”61”; här ska stå ett"
        " tal från 1 till 60."
    )


def test_a_fault_of_a_file_speaks_of_lines_and_settings() -> None:
    """A policy file has no rows and columns."""
    fault = Fault(code=FaultCode.NOT_TOML, table="policy.toml", row=3)
    assert texts.fault_sentence(fault, ENGLISH) == (
        '"policy.toml", line 3: this cannot be read as TOML.'
    )
    fault = Fault(code=FaultCode.VALUE_MISSING, table="policy.toml", column="goals")
    assert texts.fault_sentence(fault, ENGLISH).startswith('"policy.toml", setting goals: ')
    fault = Fault(code=FaultCode.FOLDER_MISSING, table="mia")
    assert texts.fault_sentence(fault, ENGLISH).startswith('"mia": there is no folder')


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("personal_number", "The value is not shown: it looks like a personal identity number."),
        ("sensitive", "The value is not shown: the column is sensitive."),
    ],
)
def test_a_withheld_value_is_said_to_be_so(reason: str, said: str) -> None:
    """The reader learns that something stands there, and why it is not shown."""
    fault = Fault(
        code=FaultCode.NOT_ONE_OF,
        table="participants",
        row=2,
        column="needs",
        params={"withheld": reason, "expected": "QUIET"},
    )
    assert texts.fault_sentence(fault, ENGLISH) == (
        f'Table "participants", row 2, column needs: expected one of: QUIET. {said}'
    )
    assert texts.fault_sentence(fault, SWEDISH).count("Värdet visas inte: ") == 1


@languages
@pytest.mark.parametrize("code", FaultCode)
def test_a_fault_without_a_value_says_none_of_it(language: Language, code: FaultCode) -> None:
    """Neither "None" nor a brace is printed, whatever is not given; it is one line."""
    bare = texts.fault_sentence(Fault(code=code, table="sites"), language)
    odd = {"withheld": "sensitive", "low": "1", "found": "two", "expected": "3", "other": "x"}
    strange = Fault(code=code, table="sites", row=2, column="name", params=odd)
    for sentence in (bare, texts.fault_sentence(strange, language)):
        assert not {"None", "{", "}", "\n"} & {*sentence, *sentence.replace(".", " ").split()}
        assert sentence.endswith(".")


PEOPLE = """\
participant_id,birth_year,hours_per_week,sessions_per_week,available,needs,latitude,longitude,
P1,1890,nine,11,sun,a word,18.1,59.3,x
19900101-1234,1990,5,2,mon_am,QUIET,59.3,18.1,
!,1990
"""
OPENINGS = """\
opening_id,site_id,starts_from,starts_until,hours_min,hours_max
O1,S9,2026-12-02,2026-12-01,20,10
"""
POLICY = {
    "weights": {"wish": 46},
    "goals": ["placed", "placed"],
    "horizon_days": 0,
    "unknown_needs": "maybe",
    "supervisor_starts": "many",
    "parity": {"groups": "gender"},
    "unheard_of": 1,
}


def faults_of_files(folder: Path) -> Iterator[Fault]:
    """Faults as they really come: of a small data set and a policy with much wrong in them."""
    (folder / "participants.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "openings.csv").write_text(OPENINGS, encoding="utf-8")
    (folder / "sites.csv").write_text("site_id\nS1\n", encoding="utf-8")
    with pytest.raises(DatasetError) as of_data:
        load(folder, date(2026, 12, 1))
    with pytest.raises(PolicyError) as of_policy:
        policy_of(POLICY, "policy.toml")
    yield from (*of_data.value.faults, *of_policy.value.faults)


def test_nothing_that_a_fault_knows_is_left_unsaid(tmp_path: Path) -> None:
    """Whatever parameters the engine sends along, the sentence uses all of them."""
    faults = list(faults_of_files(tmp_path))
    assert len({fault.code for fault in faults}) >= 15
    forms = [frozenset(form.split()) for form in texts.GROUPS[ENGLISH]["faults"]]
    for fault in faults:
        assert {str(fault.code), *fault.params} - {"withheld"} in forms, fault
        for language in Language:
            assert "None" not in texts.fault_sentence(fault, language)


def test_a_value_with_braces_is_only_a_value() -> None:
    """What stands in a cell is never read as a template."""
    fault = Fault(code=FaultCode.NOT_A_DATE, table="sites", row=2, column="{x}", value="{y} %s")
    assert 'column {x}: found "{y} %s"; ' in texts.fault_sentence(fault, ENGLISH)


def test_a_notice_tells_where_and_how_many() -> None:
    """As a fault, without a value."""
    notice = Notice(
        code=NoticeCode.PLACEMENT_WITHOUT_SESSIONS,
        table="placements",
        row=4,
        column="sessions",
        params={"rows": 1},
    )
    assert texts.notice_sentence(notice, ENGLISH) == (
        'Table "placements", row 4, column sessions: without half-days a placement takes a seat'
        " but no half-day; 1 such placement in all."
    )
    full = Notice(
        code=NoticeCode.OPENING_OVERFULL,
        table="openings",
        row=3,
        column="session_seats",
        params={"half_days": 2, "people": 1},
    )
    assert texts.notice_sentence(full, ENGLISH) == (
        'Table "openings", row 3, column session_seats: on 2 half-days a week more people are'
        " placed here than there is room for; at most 1 person too many."
    )
    ignored = Notice(code=NoticeCode.TABLE_IGNORED, table="Blad1")
    assert texts.notice_sentence(ignored, SWEDISH).startswith("”Blad1”: ")


def test_a_name_that_may_not_be_shown_is_said_to_be_withheld() -> None:
    """A file or a column may be named after somebody: the notice says why it names nothing."""
    said = {"withheld": "name"}
    file = Notice(code=NoticeCode.TABLE_IGNORED, table="", params=said)
    assert texts.notice_sentence(file, ENGLISH) == (
        "A file or sheet: this is no table of the data set and is not read."
        " The name is not shown: it looks like a personal identity number."
    )
    column = Notice(code=NoticeCode.COLUMN_IGNORED, table="sites", params=said)
    assert texts.notice_sentence(column, SWEDISH) == (
        "Tabellen ”sites”: kolumnen är inte känd och läses inte."
        " Namnet visas inte: det liknar ett personnummer."
    )
