"""The API's document against the national REST API profile: what ``make lint-api`` runs.

Not among the other tests: it needs Spectral, from npm, where ``SPECTRAL`` says it is.
"""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.service.described import document

RULES = Path(__file__).parents[2] / "docs" / "rest-profile.yaml"
BAD = Path(__file__).with_name("bad-openapi.yaml")
CRASHED = 2
"""What Spectral ends with where it could not lint at all."""


def _found(file: Path) -> list[Mapping[str, object]]:
    """What Spectral says of a document."""
    spectral = os.environ.get("SPECTRAL")
    if not spectral or not Path(spectral).exists():
        pytest.fail("Spectral is not here: run this by `make lint-api`, which needs npm.")
    done = subprocess.run(  # noqa: S603 -- what the Makefile installed
        [spectral, "lint", file, "--ruleset", RULES, "--format", "json", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode < CRASHED, done.stderr
    found: list[Mapping[str, object]] = json.loads(done.stdout)
    return found


def test_the_document_follows_the_profile(tmp_path: Path) -> None:
    """No rule is broken, neither what must be nor what should be."""
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(document()), encoding="utf-8")
    assert [(one["code"], one["path"]) for one in _found(file)] == []


def test_every_rule_can_be_broken() -> None:
    """On a bad document each rule fires: none is written so that it never could."""
    rules = re.findall(r"^  ([a-z0-9-]+):$", RULES.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(rules) - {one["code"] for one in _found(BAD)} == set()
