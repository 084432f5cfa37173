"""Changes to a problem and its policy: exactly what was asked, and nothing else."""

from dataclasses import fields, replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.changes import Change, Subject, applied, before
from matcher.domain import Opening, OpeningId, Participant, Problem, Provider, Survey
from matcher.policy import Policy
from tests.builders import SITE, day, opening, participant, problem_of
from tests.strategies import problems

POLICY = Policy()
PARTS = ("participants", "providers", "sites", "openings", "placements")


def seats(value: int) -> Change:
    """Another number of seats at O1."""
    return Change(subject=Subject.OPENING, id="O1", name="seats", value=value)


def soap(value: str | None) -> Change:
    """Another answer about the soap at S1."""
    return Change(subject=Subject.SITE, id="S1", name="hygiene.soap", value=value)


def made(problem: Problem, *changes: Change) -> Problem:
    """The problem with the changes."""
    return applied(problem, POLICY, changes)[0]


def test_no_change_changes_nothing() -> None:
    """What comes out is what went in."""
    problem = problem_of()
    assert applied(problem, POLICY, ()) == (problem, POLICY)


@pytest.mark.parametrize(
    ("change", "there"),
    [
        (Change(subject=Subject.PARTICIPANT, id="P1", name="max_travel_minutes", value=7), 60),
        (Change(subject=Subject.PROVIDER, id="A1", name="name", value="Kafé"), ""),
        (seats(4), 1),
    ],
)
def test_one_field_of_one_thing(change: Change, there: object) -> None:
    """The field has the new value, everything else the old; what stood there can be asked."""
    problem = problem_of(participant("P1"), participant("P2"), opening("O1"), opening("O2"))
    after = made(problem, change)
    assert before(problem, POLICY, change) == there
    assert before(after, POLICY, change) == change.value
    back = replace(change, value=there)
    assert all(getattr(made(after, back), part) == getattr(problem, part) for part in PARTS)
    others = [part for part in PARTS if part != f"{change.subject}s"]
    assert all(getattr(after, part) == getattr(problem, part) for part in others)
    assert problem.opening[OpeningId("O1")].seats == 1


def test_the_policy() -> None:
    """A field of the policy; the problem is the same one."""
    problem = problem_of()
    change = Change(subject=Subject.POLICY, name="horizon_days", value=30)
    assert applied(problem, POLICY, [change]) == (problem, Policy(horizon_days=30))
    assert before(problem, POLICY, change) == 90


def test_the_last_of_two_changes_stands() -> None:
    """Changes are made in their order."""
    assert made(problem_of(), seats(4), seats(2)).openings[0].seats == 2


def test_what_is_known_of_a_task() -> None:
    """An answer is set and unset; None is unknown."""
    lifting = Change(subject=Subject.OPENING, id="O1", name="work.lift_max_kg", value=5)
    after = made(problem_of(), lifting)
    assert after.openings[0].work == {"work.lift_max_kg": 5}
    assert before(problem_of(), POLICY, lifting) is None
    assert before(after, POLICY, lifting) == 5
    assert made(after, replace(lifting, value=None)).openings[0].work == {}


def surveyed(*answers: dict[str, str]) -> Problem:
    """S1 with surveys, each a year later than the one before."""
    surveys = tuple(
        Survey(surveyed_on=day(-900 + 365 * at), answers=MappingProxyType(said))
        for at, said in enumerate(answers)
    )
    return problem_of(replace(SITE, surveys=surveys))


def test_a_survey_is_answered_on_the_plan_date() -> None:
    """The new answer stands alone: older ones to the same question are gone, others are not."""
    problem = surveyed({"hygiene.soap": "both", "air.smoking": "prohibited"}, {})
    after = made(problem, soap("unscented")).sites[0].surveys
    assert [dict(survey.answers) for survey in after] == [
        {"air.smoking": "prohibited"},
        {},
        {"hygiene.soap": "unscented"},
    ]
    assert after[-1].surveyed_on == problem.plan_date


def test_a_survey_answer_becomes_unknown() -> None:
    """No survey says it any more, and none is added."""
    problem = surveyed({"hygiene.soap": "both"}, {"hygiene.soap": "scented"})
    after = made(problem, soap(None))
    assert [dict(survey.answers) for survey in after.sites[0].surveys] == [{}, {}]
    assert before(after, POLICY, soap(None)) is None


def test_the_newest_answer_is_what_stands_there() -> None:
    """Also where the newest survey does not say it."""
    problem = surveyed({"hygiene.soap": "both"}, {"hygiene.soap": "scented"}, {})
    assert before(problem, POLICY, soap("unscented")) == "scented"
    assert before(surveyed(), POLICY, soap("unscented")) is None


def test_a_new_opening() -> None:
    """It is added, and nothing stood there before."""
    new = Change(subject=Subject.OPENING, id="O2", value=opening("O2"))
    assert made(problem_of(), new).openings == (opening("O1"), opening("O2"))
    assert before(problem_of(), POLICY, new) is None


@pytest.mark.parametrize(
    "change",
    [
        replace(seats(1), name="opening_id"),
        replace(seats(1), name="site_id"),
        replace(seats(1), name=""),
        replace(seats(1), name="hygiene.soap"),
        replace(seats(1), id="O9"),
        replace(soap("both"), name="survey.unheard_of"),
        replace(soap("both"), name="name"),
        replace(soap("both"), id="S9"),
        Change(subject=Subject.PARTICIPANT, id="P9", name="gender", value="woman"),
        Change(subject=Subject.PARTICIPANT, id="P1", name="participant_id", value="P2"),
        Change(subject=Subject.PROVIDER, id="A1", name="provider_id", value="A2"),
        Change(subject=Subject.POLICY, name="mood", value=1),
    ],
)
def test_what_there_is_not_is_a_key_error(change: Change) -> None:
    """An unknown id, an unknown field, an identity: neither made nor asked about."""
    with pytest.raises(KeyError):
        applied(problem_of(), POLICY, [change])
    with pytest.raises(KeyError):
        before(problem_of(), POLICY, change)


@pytest.mark.parametrize(
    "change",
    [
        seats(-1),
        Change(subject=Subject.OPENING, id="O1", value=opening("O1")),
        Change(subject=Subject.OPENING, id="O2", value=opening("O2", site_id="S9")),
        Change(subject=Subject.OPENING, id="O1", name="work.posture", value=""),
        Change(subject=Subject.PARTICIPANT, id="P1", name="hours_per_week", value=61),
        Change(subject=Subject.POLICY, name="horizon_days", value=0),
        Change(subject=Subject.POLICY, name="weights", value={"wish": 100}),
    ],
)
def test_what_cannot_be_is_a_value_error(change: Change) -> None:
    """The problem and the policy check their values as always."""
    with pytest.raises(ValueError):  # noqa: PT011 -- the words are those of other modules
        applied(problem_of(), POLICY, [change])


@given(problem=problems(), data=st.data())
def test_setting_what_stands_there_changes_nothing(problem: Problem, data: st.DataObject) -> None:
    """Any field of anything, set to its own value."""
    items = [
        *((Subject.PARTICIPANT, p.participant_id, p) for p in problem.participants),
        *((Subject.PROVIDER, p.provider_id, p) for p in problem.providers),
        *((Subject.OPENING, o.opening_id, o) for o in problem.openings),
    ]
    subject, name, item = data.draw(st.sampled_from(items))
    kind: type = {Participant: Participant, Provider: Provider, Opening: Opening}[type(item)]
    free = [f.name for f in fields(kind) if not f.name.endswith(("_id", "_ids"))]
    field = data.draw(st.sampled_from(free))
    change = Change(subject=subject, id=name, name=field, value=getattr(item, field))
    after = made(problem, change)
    assert all(getattr(after, part) == getattr(problem, part) for part in PARTS)
    assert before(problem, POLICY, change) == change.value


def test_a_point_for_somebody_who_has_none() -> None:
    """Both coordinates are given together, in two changes."""
    problem = problem_of(participant("P1", latitude=None, longitude=None))
    point = [
        Change(subject=Subject.PARTICIPANT, id="P1", name="latitude", value=59.3),
        Change(subject=Subject.PARTICIPANT, id="P1", name="longitude", value=18.0),
    ]
    assert made(problem, *point).participants[0].latitude == 59.3
