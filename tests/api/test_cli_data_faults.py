"""A faulty data set: every fault told in plain words, nothing loaded, exit code 2."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.dataset import read_tables, write_tables
from tests.api.command_line import (
    FAULTY,
    ON_THE_DAY,
    PERSONAL,
    TINY,
    Steget,
    edit,
    swaps,
    told_faults,
)


def test_all_faults_are_told_together(steget: Steget, data: Path) -> None:
    """Faults of three tables come in one go, each with table, row, column and what was found."""
    edit(data / "participants.csv", swaps(("P01,woman,1986", "P01,woman,86")))
    edit(
        data / "openings.csv",
        swaps(("O02,S1", "O02,S99"), ("O03,S2,Hunddagis,6122", "O03,S2,Hund,0")),
    )
    edit(data / "wishes.csv", swaps(("P03", "P77")))
    told = "\n".join(told_faults(steget("check", data, *ON_THE_DAY)))
    for words in (
        'Table "participants", row 2, column birth_year: found "86"',
        'Table "openings", row 3, column site_id: found "S99"',
        'Table "openings", row 4, column occupation_group: found "0"',
        'column participant_id: found "P77"',
    ):
        assert words in told


@pytest.mark.parametrize("command", ["check", "plan", "recommend", "verify"])
def test_no_command_loads_a_faulty_data_set(
    command: str, steget: Steget, data: Path, planned: Path, tmp_path: Path
) -> None:
    """Whatever is asked, the fault is told, exit code 2, and no plan is written."""
    edit(data / "openings.csv", swaps(("O02,S1", "O02,S99")))
    out = tmp_path / "new"
    line: dict[str, tuple[object, ...]] = {
        "check": (*ON_THE_DAY, "--json"),
        "plan": ("--out", out, *ON_THE_DAY, "--json", "--quiet"),
        "recommend": ("P01", *ON_THE_DAY, "--json"),
        "verify": (planned, "--json"),
    }
    (fault,) = told_faults(steget(command, data, *line[command]))
    assert "S99" in fault
    assert not out.exists()


def test_a_faulty_data_set_leaves_the_old_plan(steget: Steget, data: Path, planned: Path) -> None:
    """Where there is no new plan, the old one stays as it was."""
    before = {file.name: file.read_bytes() for file in planned.iterdir()}
    edit(data / "openings.csv", swaps(("O02,S1", "O02,S99")))
    assert steget("plan", data, "--out", planned, *ON_THE_DAY).exit_code == FAULTY
    assert {file.name: file.read_bytes() for file in planned.iterdir()} == before


def test_many_faults_are_cut_and_counted(steget: Steget, data: Path) -> None:
    """Fifty are shown; of the rest the number is told."""
    wishes = data / "wishes.csv"
    row = wishes.read_text(encoding="utf-8").splitlines()[1].replace("P01", "P77")
    wishes.write_text(
        wishes.read_text(encoding="utf-8").splitlines()[0] + f"\n{row}" * 70 + "\n",
        encoding="utf-8",
    )
    result = steget("check", data, *ON_THE_DAY)
    assert result.exit_code == FAULTY
    *_, more, last = lines = result.stderr.splitlines()
    assert len(lines) == 52
    found = int(last.split()[0])
    assert found >= 70
    assert more == f"There are {found - 50} more."


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_nothing_sensitive_is_repeated(lang: str, steget: Steget, data: Path) -> None:
    """Personal identity numbers and what is told of health or threats stay where they are."""
    edit(
        data / "participants.csv",
        swaps(
            ("woman,1986", f"woman,{PERSONAL}"),
            ("STEP_FREE", "MS sedan 2019"),
            ("P09", "860101-1234"),
        ),
    )
    edit(data / "exclusions.csv", swaps(("provider", "hotad av honom")))
    data.joinpath(f"Anna {PERSONAL}.csv").write_text("x\n", encoding="utf-8")
    result = steget("--lang", lang, "check", data, *ON_THE_DAY)
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    for secret in (PERSONAL, "860101", "MS sedan", "hotad"):
        assert secret not in result.stderr


def test_a_personal_identity_number_is_not_repeated_from_the_line(steget: Steget) -> None:
    """Who types one instead of a pseudonym does not get it back on the screen."""
    result = steget("recommend", TINY, PERSONAL, *ON_THE_DAY)
    assert result.exit_code == FAULTY
    assert PERSONAL not in result.output
    assert "pseudonym" in result.stderr


@pytest.mark.parametrize("name", ["P99", "", "p01", "P01 ", "\x1b[31mP01\n", "P" * 5000])
def test_an_unknown_participant(name: str, steget: Steget) -> None:
    """It is told in one short printable line; exit code 2."""
    result = steget("recommend", TINY, name, *ON_THE_DAY, "--json")
    assert (result.exit_code, result.stdout) == (FAULTY, "")
    (line,) = result.stderr.splitlines()
    assert line.isprintable()
    assert len(line) < 130


SPOILT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "semicolons": (lambda text: text.replace(b";", b"|").replace(b",", b";"), "semicolons"),
    "semicolons alone": (lambda text: text.replace(b",", b";"), "semicolons"),
    "utf-16": (lambda text: text.decode().encode("utf-16"), "UTF-8"),
    "latin-1": (lambda text: text.replace(b"H1", b"H\xe5"), "UTF-8"),
    "decimal comma": (lambda text: text.replace(b"59.201", b'"59,201"'), "a point before"),
    "bare decimal comma": (lambda text: text.replace(b"59.201", b"59,201"), "25 cells"),
    "column twice": (lambda text: text.replace(b"birth_year", b"gender"), "twice"),
    "column missing": (lambda text: text.replace(b"birth_year,", b""), "birth_year"),
    "huge": (lambda text: text.replace(b"1986", b"9" * 5000), "whole number"),
    "infinite": (lambda text: text.replace(b"1986", b"1e999"), "whole number"),
    "negative": (lambda text: text.replace(b",45,transit", b",-1,transit"), "max_travel"),
    "NUL in an id": (lambda text: text.replace(b"P02", b"P\x0002"), "expected an id"),
    "emoji in an id": (lambda text: text.replace(b"P02", "P😀".encode()), "P02"),
    "open quote": (lambda text: text.replace(b"P02,man", b'P02,"man'), "row 3: a quotation mark"),
    "person twice": (lambda text: text.replace(b"P02", b"P01"), "already"),
    "empty": (lambda _: b"", "header"),
    "nothing but NUL": (lambda _: b"\x00" * 1000, "participants"),
    "nothing but lines": (lambda _: b"\n\n\n", "participants"),
}


@pytest.mark.parametrize("accident", SPOILT)
def test_a_spoilt_table(accident: str, steget: Steget, data: Path) -> None:
    """What spreadsheets and accidents do to a table is told in a sentence that helps."""
    change, words = SPOILT[accident]
    table = data / "participants.csv"
    table.write_bytes(change(table.read_bytes()))
    told = "\n".join(told_faults(steget("check", data, *ON_THE_DAY)))
    assert words in told


def test_titles_may_have_emojis_but_control_nothing(steget: Steget, data: Path) -> None:
    """An emoji is text; what would control a terminal is a fault, and is shown escaped."""
    edit(data / "openings.csv", swaps(("Bilverkstad", "🚗 [red]Bil[/red]")))
    result = steget("recommend", data, "P01", *ON_THE_DAY)
    assert result.exit_code == 0
    assert "🚗 [red]Bil[/red]" in result.stdout
    edit(data / "openings.csv", swaps(("🚗", "\x1b[2J")))
    (fault,) = told_faults(steget("check", data, *ON_THE_DAY))
    assert r"\x1b[2J" in fault
    assert fault.isprintable()


@pytest.mark.parametrize("name", ["d.xlsx", "d.csv", "d.ods", "d.xls", "d.xlsm", "d.XLSX", "d"])
@pytest.mark.parametrize("content", [b"", b"rubbish \xff\x00", b"PK\x03\x04" + b"\0" * 99])
def test_garbage_is_no_data_set(name: str, content: bytes, steget: Steget, tmp_path: Path) -> None:
    """A file that is no workbook is refused in one sentence, whatever its name."""
    file = tmp_path / name
    file.write_bytes(content)
    assert len(told_faults(steget("check", file, *ON_THE_DAY))) == 1


def test_no_data_set_at_all(steget: Steget, tmp_path: Path) -> None:
    """A path that is not there is one fault; a folder without tables lacks the four it needs."""
    assert len(told_faults(steget("check", tmp_path / "nowhere", *ON_THE_DAY))) == 1
    lacking = told_faults(steget("check", tmp_path, *ON_THE_DAY))
    assert [fault.split('"')[1] for fault in lacking] == [
        "participants",
        "providers",
        "sites",
        "openings",
    ]


def test_links_that_lead_round_in_circles(steget: Steget, data: Path, tmp_path: Path) -> None:
    """A loop of links is a file that cannot be opened, as data set, table, policy or plan."""
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    out = tmp_path / "out"
    data.joinpath("wishes.csv").unlink()
    data.joinpath("wishes.csv").symlink_to("wishes.csv")
    for line in (
        ("check", loop, *ON_THE_DAY),
        ("check", data, *ON_THE_DAY),
        ("plan", TINY, "--out", out, *ON_THE_DAY, "--policy", loop),
        ("plan", TINY, "--out", loop, *ON_THE_DAY),
        ("verify", TINY, loop),
    ):
        result = steget(*line)
        assert (result.exit_code, result.stdout) == (FAULTY, "")
        assert result.stderr
    assert not out.exists()


def test_what_never_ends_is_not_read(steget: Steget, data: Path, planned: Path) -> None:
    """A pipe that nobody writes to, and a device that never ends: refused, as whatever file."""
    pipe, plan = data / "wishes.csv", planned / "summary.json"
    for file in (pipe, plan):
        file.unlink()
    os.mkfifo(pipe)
    os.mkfifo(plan)
    data.joinpath("sites.csv").unlink()
    data.joinpath("sites.csv").symlink_to("/dev/zero")
    for line, names in (
        (("check", data, *ON_THE_DAY), ("wishes", "sites")),
        (("recommend", TINY, "P01", *ON_THE_DAY, "--policy", "/dev/zero"), ("zero",)),
        (("verify", TINY, planned), ("summary.json",)),
    ):
        told = [f'"{name}": this is no ordinary file' for name in names]
        for fault, words in zip(told_faults(steget(*line)), told, strict=True):
            assert fault.startswith(words)


def test_a_broken_parquet_file(steget: Steget, tmp_path: Path) -> None:
    """Rubbish that calls itself Parquet is one fault of its table."""
    write_tables(read_tables(TINY), tmp_path / "data", "parquet")
    tmp_path.joinpath("data", "openings.parquet").write_bytes(b"PAR1 rubbish PAR1")
    (fault,) = told_faults(steget("check", tmp_path / "data", *ON_THE_DAY))
    assert '"openings"' in fault
