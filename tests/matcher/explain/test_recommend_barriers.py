"""What is to check and what falls away: which barrier, and who could remove it."""

from types import MappingProxyType

import pytest
from hypothesis import given

from matcher import columns
from matcher.domain import (
    Barrier,
    BarrierCode,
    Enrolment,
    Insurance,
    Insurer,
    Need,
    OpeningId,
    ParticipantId,
    Problem,
    YesNoUnknown,
)
from matcher.explain import Whom, known_barriers, recommend, remover
from matcher.policy import Policy
from tests.builders import avoid, opening, participant, problem_of, provider, site, surveyed, week
from tests.examples import examples
from tests.matcher.explain.advice import CHECK, STRICT, advise, asked, groups
from tests.strategies import lively, policies

# To check.


def test_what_to_ask_and_whom() -> None:
    """Need, way, insurance, agreement: all unknown, so all to be asked, in the rules' order."""
    person = participant(
        needs=frozenset({Need.QUIET}), latitude=None, longitude=None, insured_by=Insurer.UNKNOWN
    )
    found = advise(person, opening(insurance=Insurance.REQUIRED), policy=STRICT)
    assert asked(found) == [
        ("NEED_UNKNOWN:QUIET", Whom.SITE),
        ("TRAVEL_UNKNOWN", Whom.TRAVEL_PLANNER),
        ("NOT_INSURED", Whom.AUTHORITY),
        ("NO_EQUAL_TREATMENT_AGREEMENT", Whom.COORDINATOR),
    ]


@pytest.mark.parametrize(("insurer", "group"), [(Insurer.UNKNOWN, 1), (Insurer.NONE, 2)])
def test_no_insurance_is_known_unknown_is_to_check(insurer: Insurer, group: int) -> None:
    """Nobody insures: that is an answer. Nobody knows who: that is a question."""
    found = advise(participant(insured_by=insurer), opening(insurance=Insurance.REQUIRED))
    assert groups(found)[group] == ["O1"]


@pytest.mark.parametrize(("signed", "group"), [(YesNoUnknown.UNKNOWN, 1), (YesNoUnknown.NO, 2)])
def test_no_agreement_is_known_unknown_is_to_check(signed: YesNoUnknown, group: int) -> None:
    """A provider that has said no is not asked again; one of whom nobody knows is."""
    found = advise(provider(equal_treatment=signed), policy=STRICT)
    assert groups(found)[group] == ["O1"]


def test_one_known_barrier_is_enough_to_fall_away() -> None:
    """Asking the site is of no use while the hours do not fit: both are told."""
    person = participant(needs=frozenset({Need.QUIET}))
    (one,) = advise(person, opening(hours_max=1)).falls_away
    told = [str(barrier) for barrier, _ in one.barriers]
    assert told == ["NEED_UNKNOWN:QUIET", "HOURS_TOO_MANY"]


def test_unreachable_is_no_question() -> None:
    """The table says that there is no way: that is known."""
    assert groups(advise(minutes={}))[2] == ["O1"]


def test_fewest_questions_come_first() -> None:
    """Two questions after one; on as many, by id."""
    person = participant(needs=frozenset({Need.QUIET, Need.NO_CUSTOMERS}))
    known = MappingProxyType({"work.customer_contact": "none"})
    found = advise(person, opening("O1"), opening("O3", work=known), opening("O2", work=known))
    assert groups(found)[1] == ["O2", "O3", "O1"]


def test_under_check_what_is_to_check_also_says_which_needs_to_ask_about() -> None:
    """Every answer carries what to ask the site, also where something else is to be asked.

    Nobody knows whether it is quiet, nor how long the way is. Under ``check`` the need bars
    nothing, but somebody who asks for the way and hears that it is fine still has to ask the site.
    """
    person = participant(needs=frozenset({Need.QUIET}), latitude=None, longitude=None)
    assert set(asked(advise(person, policy=CHECK))) == {
        ("NEED_UNKNOWN:QUIET", Whom.SITE),
        ("TRAVEL_UNKNOWN", Whom.TRAVEL_PLANNER),
    }


# Falls away.


def test_every_barrier_is_told_with_who_could_remove_it() -> None:
    """From the declined task, which is nobody's to remove, to the opening's pause, the site's."""
    person = participant(
        wishes=(avoid("9413"),), needs=frozenset({Need.SCENT_FREE, Need.ACCESSIBLE_TOILET})
    )
    place = site(surveys=(surveyed(("hygiene.soap", "scented"), ("toilet.type", "none")),))
    task = opening(
        status="paused",
        hours_max=1,
        eligible_enrolment=frozenset({Enrolment.MUNICIPALITY}),
        eligible_municipalities=frozenset({"0126"}),
        sessions=week("mon_am"),
    )
    (one,) = advise(person, place, task).falls_away
    assert [(str(barrier), whom) for barrier, whom in one.barriers] == [
        ("OPENING_PAUSED", Whom.SITE),
        ("TASK_DECLINED", None),
        ("NEED_UNMET:ACCESSIBLE_TOILET", None),  # building work
        ("NEED_UNMET:SCENT_FREE", Whom.SITE),  # another soap
        ("HOURS_TOO_MANY", Whom.SITE),
        ("SESSIONS_DO_NOT_FIT", Whom.PARTICIPANT),
        ("MUNICIPALITY_NOT_SERVED", Whom.COORDINATOR),
        ("ENROLMENT_REQUIRED", Whom.AUTHORITY),
    ]


@pytest.mark.parametrize(
    "code",
    [
        BarrierCode.TASK_DECLINED,
        BarrierCode.EXCLUDED,
        BarrierCode.TOO_YOUNG,
        BarrierCode.NO_COMMON_LANGUAGE,
        BarrierCode.ALREADY_THERE,
    ],
)
def test_what_nobody_should_be_asked_to_give_up(code: BarrierCode) -> None:
    """A no to a task or a place stands, without a reason; age and language are not to be asked."""
    assert remover(Barrier(code=code)) is None


@pytest.mark.parametrize("code", BarrierCode)
def test_every_code_has_an_answer(code: BarrierCode) -> None:
    """Somebody, or nobody: never an error; a need nobody knows of can be asked of the site."""
    detail = "STEP_FREE" if code.startswith("NEED") else ""
    assert remover(Barrier(code=code, detail=detail)) in (*Whom, None)
    assert remover(Barrier(code=BarrierCode.NEED_UNKNOWN, detail="STEP_FREE")) is Whom.SITE


def test_fewest_barriers_come_first() -> None:
    """The opening that is nearest to possible is read first; on as many, by id."""
    found = advise(
        opening("O1", hours_max=1, min_age=60),
        opening("O3", hours_max=1),
        opening("O2", min_age=60),
    )
    assert groups(found)[2] == ["O2", "O3", "O1"]


# Known.


@given(lively(), policies())
@examples(15)
def test_what_is_known_is_what_lets_an_opening_fall_away(problem: Problem, policy: Policy) -> None:
    """Known barriers are among those told, and there are some exactly where it falls away."""
    table = columns.load(problem, policy)
    for person in problem.participants:
        found = recommend(table, policy, person.participant_id)
        told = {one.opening_id: [b for b, _ in one.barriers] for one in found.falls_away}
        for place in problem.openings:
            known = known_barriers(table, policy, person.participant_id, place.opening_id)
            assert bool(known) is (place.opening_id in told)
            assert set(known) <= set(told.get(place.opening_id, ()))
            assert BarrierCode.NEED_UNKNOWN not in {barrier.code for barrier in known}


def test_known_without_what_is_asked() -> None:
    """The hours do not fit, and nobody knows whether it is quiet: the hours alone are known."""
    problem = problem_of(participant(needs=frozenset({Need.QUIET})), opening(hours_max=1))
    table = columns.load(problem, Policy())
    known = known_barriers(table, Policy(), ParticipantId("P1"), OpeningId("O1"))
    assert [str(barrier) for barrier in known] == ["HOURS_TOO_MANY"]
