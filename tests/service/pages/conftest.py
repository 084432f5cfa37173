"""The pages reach the database by the API alone, which is tested on both kinds: one is enough."""

import pytest


@pytest.fixture
def kind() -> str:
    """Of which kind the database is."""
    return "sqlite"
