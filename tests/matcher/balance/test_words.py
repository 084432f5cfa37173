"""The words agree with those of the service, and with themselves."""

import pytest

from api.domain import Ending as ServiceEnding
from matcher.balance.words import ENDINGS_UNDER, Ending, EndingOver, sex_of


def test_endings_are_those_of_the_service() -> None:
    """The same codes, in the same order."""
    assert [ending.value for ending in Ending] == [ending.value for ending in ServiceEnding]


def test_endings_that_are_printed_together() -> None:
    """Work and studies are the 20 per cent, the two preparatory steps the 34."""
    together = {
        over: {ending for ending, at in ENDINGS_UNDER.items() if at is over} for over in EndingOver
    }
    assert together == {
        EndingOver.WORK_OR_STUDIES: {Ending.WORK, Ending.STUDIES},
        EndingOver.PREPARATORY: {
            Ending.EMPLOYMENT_SERVICE_PREPARATORY,
            Ending.MUNICIPAL_PREPARATORY,
        },
    }


def test_an_unknown_gender_is_refused() -> None:
    """A word that there is not is no ``other``."""
    with pytest.raises(ValueError, match="not a valid Gender"):
        sex_of("nobody")
