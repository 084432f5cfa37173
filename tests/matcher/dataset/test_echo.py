"""No fault ever shows a personal identity number, or what somebody wrote of their health."""

from collections.abc import Callable

import pytest

from matcher.dataset import Tables
from matcher.dataset.echo import echo, looks_personal
from matcher.errors import Fault, FaultCode

NUMBERS = (
    "19850312-1234",
    "198503121234",
    "850312-1234",
    "850312+1234",
    "8503121234",
    "20850372-1234",
    "850372-1234",
    "P-850312-1234",
    "850312\u20131234",
    "\uff18\uff15\uff10\uff13\uff11\uff12-1234",
)


@pytest.mark.parametrize("text", NUMBERS)
def test_a_personal_number_is_recognised(text: str) -> None:
    """Long or short, with or without a sign, also a coordination number, also in other digits."""
    assert looks_personal(text)


@pytest.mark.parametrize(
    "text", ["851312-1234", "850332-1234", "850400-1234", "556677-8899", "P0042"]
)
def test_other_numbers_are_not(text: str) -> None:
    """Without a plausible month and day it is something else: an organisation's number, an id."""
    assert not looks_personal(text)


def test_ten_digits_in_running_text_are_mostly_a_telephone_number() -> None:
    """A bare number counts in an id, not in what somebody wrote."""
    assert looks_personal("0701121234")
    assert not looks_personal("Ring 0701121234", bare=False)


@pytest.mark.parametrize("text", NUMBERS)
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("participants", "participant_id"),
        ("participants", "birth_year"),
        ("participants", "needs"),
        ("wishes", "code"),
        ("surveys", "hygiene.soap"),
        ("openings", "seats"),
        ("providers", "organisation_number"),
        ("travel_times", "minutes"),
    ],
)
def test_a_personal_number_is_never_shown(
    changed: Callable[..., Tables],
    faults_of: Callable[[Tables], tuple[Fault, ...]],
    table: str,
    column: str,
    text: str,
) -> None:
    """Wherever it stands, it is a fault, and the fault does not show it."""
    faults = faults_of(changed((table, 2, column, text)))
    here = [fault for fault in faults if (fault.table, fault.column) == (table, column)]
    assert here
    assert all(fault.value is None for fault in here)
    assert here[0].params["withheld"] == "personal_number"
    assert text not in repr(faults)


@pytest.mark.parametrize("column", ["participant_id", "supervisor_id"])
def test_a_personal_number_for_an_id_is_called_so(
    changed: Callable[..., Tables],
    faults_of: Callable[[Tables], tuple[Fault, ...]],
    column: str,
) -> None:
    """Whoever sends in personal numbers is told that it is they that are refused."""
    faults = faults_of(changed(("participants", 2, column, "19850312-1234")))
    assert faults[0].code is FaultCode.PERSONAL_NUMBER


def test_a_personal_number_in_free_text_is_refused(
    changed: Callable[..., Tables], faults_of: Callable[[Tables], tuple[Fault, ...]]
) -> None:
    """There is no place for one, not even in a note."""
    note = "Fråga efter 850312-1234 i kassan"
    (fault,) = faults_of(changed(("surveys", 2, "survey.note", note)))
    assert (fault.code, fault.value) == (FaultCode.PERSONAL_NUMBER, None)


@pytest.mark.parametrize(
    ("column", "text", "shown"),
    [
        ("needs", "QUITE", "QUITE"),
        ("needs", "har diabetes", None),
        ("wants", "F41.1", None),
        ("gender", "kvinna (gravid)", None),
        ("needs", "diabetes", None),
        ("needs", "scentfree", "scentfree"),
        ("norm_goal", "ja", None),
        ("norm_goal", "yess", "yess"),
        ("protected_identity", "bor hos syster", None),
        ("remote", "från sängen", "från sängen"),
    ],
)
def test_of_a_person_only_what_is_nearly_a_code_is_shown(
    changed: Callable[..., Tables],
    faults_of: Callable[[Tables], tuple[Fault, ...]],
    column: str,
    text: str,
    shown: str | None,
) -> None:
    """A mistyped code helps whoever mends it; what somebody wrote of a person stays unsaid."""
    (fault,) = faults_of(changed(("participants", 2, column, text)))
    assert fault.value == shown
    assert (fault.params.get("withheld") == "sensitive") == (shown is None)


def test_an_exclusion_is_not_shown(
    changed: Callable[..., Tables], faults_of: Callable[[Tables], tuple[Fault, ...]]
) -> None:
    """Whom somebody must not meet is not repeated."""
    (fault,) = faults_of(changed(("exclusions", 2, "id", "S77")))
    assert (fault.code, fault.value) == (FaultCode.DANGLING, None)


def test_long_and_unprintable_values_are_cut_and_escaped() -> None:
    """Sixty characters are enough, and none of them moves a cursor."""
    assert echo(None, "x" * 61) == ("x" * 60, {})
    assert echo(None, "a\x1b[2Jb\n\u202e") == ("a\\x1b[2Jb\\n\\u202e", {})
    assert len(echo(None, "\u202e" * 60)[0] or "") == 60
