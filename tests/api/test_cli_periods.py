"""``--period`` and ``--by``: what they read, what they refuse, and where it is told."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from typer import BadParameter

from api import texts
from api.cli.periods import By, crossed_of, periods_of
from api.texts import Language
from matcher.balance.disclosure import Registry
from matcher.balance.persons import Period
from tests.api.command_line import FAULTY, ON_THE_DAY, ROOT, Steget, json_of, plan_of

TOWN = ROOT / "data" / "town"
YEARS = st.integers(1990, 2199)
NOT_ADDED = "Periods must not be added up"


def sayer(language: Language) -> Callable[..., str]:
    """The sentences of the command."""
    return lambda key, **params: texts.say(language, f"reporting.{key}", **params)


read = partial(periods_of, earlier=Registry(), say=sayer(Language.ENGLISH))


def refused(*written: str, language: Language = Language.ENGLISH) -> str:
    """Why these periods are refused."""
    with pytest.raises(BadParameter) as told:
        periods_of(written, Registry(), sayer(language))
    return told.value.message


def tables_of(answer: dict[str, list[dict[str, object]]], section: str) -> list[str]:
    """The codes of the tables of a section in JSON."""
    (found,) = (one for one in answer["sections"] if one["code"] == section)
    return [str(table["code"]) for table in found["tables"]]  # type: ignore[attr-defined]


@given(YEARS)
def test_quarters_and_halves_make_up_the_year(year: int) -> None:
    """In order, without a gap and without a day in two."""
    (whole,) = read([f"{year}"])
    assert (whole.first, whole.after) == (date(year, 1, 1), date(year + 1, 1, 1))
    for kind, most in (("H", 2), ("Q", 4)):
        parts = read([f"{year}-{kind}{at}" for at in range(most, 0, -1)])
        assert [one.name for one in parts] == [f"{year}-{kind}{at + 1}" for at in range(most)]
        assert [one.first for one in parts[1:]] == [one.after for one in parts[:-1]]
        assert (parts[0].first, parts[-1].after) == (whole.first, whole.after)
        assert len({(one.after.month - one.first.month) % 12 for one in parts}) == 1


@given(st.dates(date(1990, 1, 1), date(2199, 12, 31)), st.integers(0, 800))
def test_both_days_are_included(first: date, more: int) -> None:
    """From the first to the day after the last, by the name that was written."""
    last = min(first + timedelta(days=more), date(2200, 1, 1))
    name = f"{first}/{last}"
    assert read([name]) == (Period(name=name, first=first, after=last + timedelta(days=1)),)


@pytest.mark.parametrize(
    "text",
    [
        *("", "25", "2025-H3", "2025-Q5", "2025-Q0", "2025-q1", "2025-01", " 2025", "2025-H1\n"),
        *("2025-02-29/2025-03-01", "2025-01-01", "2025-01-01/", "20250101/20250131", "٢٠٢٥"),
        *("1989", "0000", "9999", "2200", "2199-01-01/2200-01-02", "1989-12-31/1990-01-01"),
    ],
)
def test_what_is_no_period(text: str) -> None:
    """Misspelt, no day of the calendar, or out of all times."""
    assert f'"{text}" is no period.' in refused(text)


def test_every_fault_is_named_at_once() -> None:
    """Misspelt, backwards and overlapping ones in one sentence; what is right is not named."""
    written = ("2024", "2025-Q5", "2026", "2026-H2", "2027-02-01/2027-01-31", "x", "2026-Q1")
    assert refused(*written) == (
        'These periods cannot be told: "2025-Q5" is no period; "x" is no period;'
        ' "2027-02-01/2027-01-31" ends before it begins; "2026-Q1" and "2026" overlap;'
        ' "2026" and "2026-H2" overlap. Write 2025, 2025-H1, 2025-Q2 or'
        " 2025-01-01/2025-06-30, from 1990-01-01 to 2200-01-01, and no day twice."
    )
    swedish = refused("2026", "2026", "y", language=Language.SWEDISH)
    assert "”y” är ingen period; ”2026” och ”2026” överlappar varandra." in swedish


def test_what_fields_are_broken_down_by() -> None:
    """Each once; the kind where nothing is said."""
    assert crossed_of(()) == crossed_of((By.PROVIDER_KIND,)) == ("kind",)
    assert crossed_of((By.ASSOCIATION,)) == ("association",)
    both = (By.PROVIDER_KIND, By.ASSOCIATION, By.PROVIDER_KIND)
    assert crossed_of(both) == ("association", "kind")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a plan of the town is kept for this file."""
    return tmp_path_factory.mktemp("periods") / "town"


@pytest.fixture
def line(steget: Steget, town: Path) -> tuple[object, ...]:
    """The balance of the town with a plan of the first of December, in two periods."""
    if not town.exists():
        plan_of(steget, TOWN, town)
    quarter = "2026-10-01/2026-12-31"
    return (TOWN, "--plan", town, "--period", quarter, "--period", "2026-Q3")


def test_periods_are_told_in_json_and_csv(
    steget: Steget, line: tuple[object, ...], tmp_path: Path
) -> None:
    """The plan's proposals are of its day; what has no day is in no period, nor are wishes."""
    answer = json_of(steget("balance", *line, "--out", tmp_path, "--json"))
    last = "2026-10-01_2026-12-31"
    told = ("proposed_2026-Q3", "started_2026-Q3", f"proposed_{last}", f"started_{last}")
    assert tables_of(answer, "periods") == list(told)
    (section,) = (one for one in answer["sections"] if one["code"] == "periods")
    assert section["words"][0].startswith(NOT_ADDED)
    assert section["tables"][2]["caption"] == (
        "Proposed a place, from 2026-10-01 to 2026-12-31: field by gender"
    )
    everybody = [rows[-1]["number"] for rows in (one["rows"][-1] for one in section["tables"])]
    assert everybody[0] == 0
    assert everybody[2] > 20
    names = {path.name for path in tmp_path.iterdir()}
    assert {f"report-{one}.csv" for one in told} <= names
    assert {
        name.removeprefix("table-")
        for name in names
        if name.startswith("table-") and "2026" in name
    } == {
        f"{stage}-branch-{period}.csv"
        for stage in ("proposed", "started")
        for period in ("2026-Q3", "2026-10-01-2026-12-31")
    }
    with (tmp_path / "table-proposed-branch-2026-Q3.csv").open(encoding="utf-8") as file:
        assert {row["count"] for row in csv.DictReader(file)} == {"0"}
    assert "crossed" not in {one["code"] for one in answer["sections"]}


def test_periods_stand_on_the_screen(steget: Steget, line: tuple[object, ...]) -> None:
    """Each with its table, and that they are not to be added up; without asking there are none."""
    told = steget("balance", *line).stdout
    assert "Proposed a place, from 2026-07-01 to 2026-09-30: field by gender" in told
    assert "Started, from 2026-10-01 to 2026-12-31: field by gender" in told
    assert NOT_ADDED in told
    assert NOT_ADDED not in steget("balance", *line[:3]).stdout


def test_fields_by_association_are_told_with_a_warning(
    steget: Steget, line: tuple[object, ...], tmp_path: Path
) -> None:
    """In the page and the workbook, beside the periods; without asking the kind stays away."""
    by = ("--by", "association")
    page, book = tmp_path / "report.html", tmp_path / "report.xlsx"
    for out in (page, book):
        assert steget("report", *line, *by, "--out", out).exit_code == 0
    html = page.read_text(encoding="utf-8")
    assert all(words in html for words in (NOT_ADDED, "This makes many small figures."))
    workbook = CalamineWorkbook.from_path(book)
    sheets = set(workbook.sheet_names)
    assert {"association_proposed", "proposed_2026-10-01_2026-12-31"} <= sheets
    assert "kinds" not in sheets
    front = [row[0] for row in workbook.get_sheet_by_name("Contents").to_python()]
    assert any(str(words).startswith(NOT_ADDED) for words in front)
    heads = workbook.get_sheet_by_name("association_proposed").to_python()[1]
    assert heads[:2] == ["Association", "Field"]


def test_a_period_that_was_told_is_told_only_as_it_was(steget: Steget, tmp_path: Path) -> None:
    """Half of a year beside the whole of it would tell the other half by subtraction."""
    registry = tmp_path / "released.json"
    asked = ("balance", TOWN, *ON_THE_DAY, "--registry", registry)
    assert steget(*asked, "--period", "2026", "--quiet").exit_code == 0
    before = registry.read_bytes()
    told = steget(*asked, "--period", "2026-H2")
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert registry.read_bytes() == before
    earlier = Registry.of_json(before.decode())
    with pytest.raises(BadParameter, match='"2026-H2" overlaps "2026", which was told earlier'):
        periods_of(["2026-H2", "2025"], earlier, sayer(Language.ENGLISH))
    assert steget(*asked, "--period", "2026", "--period", "2025", "--quiet").exit_code == 0


def test_mistakes_of_usage_tell_nothing(steget: Steget, tmp_path: Path) -> None:
    """A misspelt period and a word that there is not: no file is written, and no key made."""
    out, key = tmp_path / "report.html", tmp_path / "key"
    for option, value in (("--period", "2025-Q5"), ("--by", "municipality")):
        line = ("report", TOWN, *ON_THE_DAY, option, value, "--noise", key)
        told = steget(*line, "--out", out)
        assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert list(tmp_path.iterdir()) == []
