"""Steget beside others on the same pairs: lawful plans are asserted, times never.

``make bench`` runs the small counties, ``make bench-all`` those of 30,000 people (marked slow).
"""

from collections.abc import Callable
from time import monotonic

import pytest

from tests.benchmarks.instances import ALSO, LARGE, SMALL, STEGET, TITLES, Instance
from tests.benchmarks.runs import Run

pytestmark = pytest.mark.bench

Race = Callable[[str, Instance, str], Run]
BEGAN = monotonic()
TIME = 14 * 60
"""Seconds that ``make bench`` may take, with one left of its fifteen minutes for start and end."""


def _is_sound(run: Run) -> bool:
    """Whether a plan, if there is one, is lawful, and nothing broke on the way; Steget has one."""
    if run.peer == STEGET and (run.entry or not run.values):
        return False
    return run.faults == () and not run.entry.startswith("failed")


@pytest.mark.parametrize("way", TITLES)
@pytest.mark.parametrize("instance", SMALL, ids=lambda instance: instance.name)
def test_up_to_3_000_people(instance: Instance, way: str, race: Race) -> None:
    """Whoever has a plan has a lawful one."""
    assert _is_sound(race("race", instance, way))


def test_steget_alone_with_30_000_people(race: Race) -> None:
    """The whole country from files to plan files, where there is time left for it."""
    if monotonic() - BEGAN + ALSO.longest > TIME:
        pytest.skip("no time left: see make bench-all")
    assert _is_sound(race("race", ALSO, STEGET))


@pytest.mark.slow
@pytest.mark.parametrize("way", TITLES)
@pytest.mark.parametrize("instance", LARGE, ids=lambda instance: instance.name)
def test_30_000_people(instance: Instance, way: str, race: Race) -> None:
    """Whoever has a plan has a lawful one."""
    assert _is_sound(race("race of 30,000", instance, way))
