"""The pages on the service say what is so: every setting, every command, every kind of data."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from api.settings import Settings
from api.store.retention import ANSWERS_KEPT, FAILURES_KEPT, FILES_KEPT
from api.store.rotation import SEALED
from api.store.tables import Table

DOCS = Path(__file__).parents[2] / "docs"
SERVICE = (DOCS / "service.md").read_text(encoding="utf-8")
DATA = (DOCS / "personal-data.md").read_text(encoding="utf-8")
DPIA = (DOCS / "dpia-template.md").read_text(encoding="utf-8")


def shown(default: object) -> str:
    """A default as the table writes it."""
    if default in (None, "") or isinstance(default, SecretStr):
        return "none"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def test_every_setting_is_in_the_table() -> None:
    """In the order of ``api.settings``, with what holds unless it is set."""
    rows = re.findall(r"^\| `STEGET_(\w+)` \| (.+?) \| .+ \|$", SERVICE, re.MULTILINE)
    assert rows == [
        (name.upper(), shown(field.default)) for name, field in Settings.model_fields.items()
    ]


def test_every_table_with_people_is_described() -> None:
    """Each table of the database stands once in the table of what is kept."""
    described = re.findall(r"^\| `(\w+)` \|", DATA, re.MULTILINE)
    assert sorted(described) == sorted(table.name for table in Table.metadata.sorted_tables)


def test_what_is_sealed_is_said() -> None:
    """Column by column, as rotation knows them."""
    told = set(re.findall(r"sealed: ([`\w., ]+)", DATA))
    columns = {column for some in told for column in re.findall(r"`(\w+\.\w+)`", some)}
    assert columns == {bound for _, bound in SEALED}


def test_how_long_is_said() -> None:
    """The times of retention stand in the page."""
    assert f"{ANSWERS_KEPT.days} day" in DATA
    assert f"{FAILURES_KEPT.days} day" in DATA
    assert f"{FILES_KEPT.days} days" in DATA
    days = Settings.model_fields["retention_days"].default
    assert f"{days} days" in DATA
    assert f"{days} dygn" in DPIA


@pytest.mark.parametrize("page", [SERVICE, DATA, DPIA])
def test_every_command_named_is_there(page: str) -> None:
    """``steget WORD`` and ``steget GROUP WORD``."""
    from typer.main import get_command  # noqa: PLC0415 -- as below

    from api.cli import app  # noqa: PLC0415 -- only this test needs it

    words = vars(get_command(app))["commands"]
    groups = {word: set(vars(one).get("commands", ())) for word, one in words.items()}
    named = re.findall(r"\bsteget ([a-z-]+)(?: ([a-z-]+))?", page)
    assert named
    for word, after in named:
        assert after in groups[word] if groups[word] else word in groups, (word, after)


@pytest.mark.parametrize("name", ["service.md", "personal-data.md", "dpia-template.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    """To a page or a folder that is there."""
    links = re.findall(r"\]\(([^)#]+)\)", (DOCS / name).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (DOCS / link).exists()] == []


def test_no_secret_stands_in_the_examples() -> None:
    """Settings that are secrets are named by their files alone, or left out."""
    for file in (DOCS / "deploy").iterdir():
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"^\s*STEGET_(KEYS|SECRET|METRICS_TOKEN)\s*[=:]", text, re.MULTILINE)
