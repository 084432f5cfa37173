import pytest

from matcher.domain import Remote, WorksRemotely
from tests.builders import barriers_of, opening, participant

BARRED = ["REMOTE_ONLY"]


@pytest.mark.parametrize(
    ("remote", "expected"), [(Remote.YES, []), (Remote.PARTLY, BARRED), (Remote.NO, BARRED)]
)
def test_only_from_home(remote: Remote, expected: list[str]) -> None:
    """Who works from home only needs work that is wholly done there; partly is not enough."""
    person = participant(remote=WorksRemotely.ONLY)
    assert barriers_of(person, opening(remote=remote)) == expected


@pytest.mark.parametrize("wants", [WorksRemotely.NO, WorksRemotely.PARTLY])
@pytest.mark.parametrize("remote", Remote)
def test_is_silent_for_everybody_else(wants: WorksRemotely, remote: Remote) -> None:
    """Who does not want to work from home may still have an opening where one could."""
    assert barriers_of(participant(remote=wants), opening(remote=remote)) == []
