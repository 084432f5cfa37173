"""Each barrier at its edges, and where something is unknown or not given."""

from datetime import date

import pytest

from matcher.domain import (
    Enrolment,
    Insurance,
    Insurer,
    Opening,
    Participant,
    Remote,
    Sessions,
    WorksRemotely,
    YesNoUnknown,
    sessions_of,
)
from matcher.policy import Policy
from matcher.verify import Rule
from tests.matcher.verify.worlds import (
    MONDAY,
    TODAY,
    avoid,
    broken,
    days,
    opening,
    person,
    placement,
    provider,
    row,
    seek,
    site,
    world,
)


def test_a_field_may_be_declined_and_a_neighbouring_group_not() -> None:
    """An avoided field bars all its groups; an avoided group bars itself only."""
    assert broken(world(person(wishes=(avoid("field", "hotel"),))), row()) == [Rule.TASK_DECLINED]
    assert broken(world(person(wishes=(avoid("group", "9413"),))), row()) == []
    assert broken(world(person(wishes=(avoid("field", "repair"),))), row()) == []


def test_a_code_is_read_on_its_own_level() -> None:
    """A field with the code of a group is another thing."""
    assert broken(world(person(wishes=(avoid("field", "9412"),))), row()) == []


def test_avoid_wins_over_seek() -> None:
    """What is both sought and avoided is barred."""
    wishes = (seek(1, "group", "9412"), avoid("group", "9412"))
    assert broken(world(person(wishes=wishes)), row(points=1000)) == [Rule.TASK_DECLINED]


@pytest.mark.parametrize("name", ["A1", "A2"])
def test_a_provider_may_be_excluded(name: str) -> None:
    """An excluded provider bars its sites, and no other's."""
    rules = broken(world(person(excluded_providers=frozenset({name}))), row())
    assert rules == ([Rule.EXCLUDED] if name == "A1" else [])


@pytest.mark.parametrize("where", ["O1", "O2"])
@pytest.mark.parametrize("ended", [None, TODAY, days(-1)])
def test_only_an_active_ongoing_placement_bars_its_opening(where: str, ended: date | None) -> None:
    """Somebody with an ongoing placement may move, but not to where they are."""
    there = placement("P1", "ongoing", where, ends_on=ended)
    rules = broken(world(opening("O1"), opening("O2"), there), row())
    assert rules == ([Rule.ALREADY_THERE] if where == "O1" and ended != days(-1) else [])


def test_another_persons_ongoing_placement_is_no_barrier() -> None:
    """Being there is the participant's own."""
    assert broken(world(placement("P2", "ongoing")), row()) == []


@pytest.mark.parametrize(("least", "most"), [(0, None), (10, 10), (0, 60)])
def test_hours_inside_the_limits(least: int, most: int | None) -> None:
    """Ten hours lie between 10 and 10; no upper limit is none."""
    assert broken(world(opening(hours_min=least, hours_max=most)), row()) == []


@pytest.mark.parametrize("insured_by", Insurer)
@pytest.mark.parametrize("insurance", Insurance)
def test_insurance(insured_by: Insurer, insurance: Insurance) -> None:
    """Only a place that requires insurance asks for it, and then unknown is not insured."""
    barred = insurance is Insurance.REQUIRED and insured_by in {Insurer.NONE, Insurer.UNKNOWN}
    problem = world(person(insured_by=insured_by), opening(insurance=insurance))
    assert broken(problem, row()) == ([Rule.NOT_INSURED] if barred else [])


@pytest.mark.parametrize(
    ("who", "where", "rule"),
    [
        (person(), opening(languages=frozenset({"sv"})), Rule.NO_COMMON_LANGUAGE),
        (
            person(),
            opening(eligible_enrolment=frozenset(Enrolment)),
            Rule.ENROLMENT_REQUIRED,
        ),
        (person(languages=frozenset({"ar"})), opening(), None),
        (person(enrolled_with=frozenset({Enrolment.MUNICIPALITY})), opening(), None),
    ],
)
def test_an_empty_list(who: Participant, where: Opening, rule: Rule | None) -> None:
    """An opening that names none asks for none; a participant who has none shares nothing."""
    assert broken(world(who, where), row()) == ([rule] if rule else [])


@pytest.mark.parametrize("agreed", YesNoUnknown)
@pytest.mark.parametrize("required", [True, False])
def test_equal_treatment(agreed: YesNoUnknown, *, required: bool) -> None:
    """Where an agreement is required, unknown is not yes; else nothing is asked."""
    policy = Policy(require_equal_treatment=required)
    rules = broken(world(provider(equal_treatment=agreed)), row(), policy=policy)
    barred = required and agreed is not YesNoUnknown.YES
    assert rules == ([Rule.NO_EQUAL_TREATMENT_AGREEMENT] if barred else [])


@pytest.mark.parametrize("allows", Remote)
@pytest.mark.parametrize("asks", WorksRemotely)
def test_remote(asks: WorksRemotely, allows: Remote) -> None:
    """Who works from home only needs an opening that says yes; for the others it is no barrier."""
    barred = asks is WorksRemotely.ONLY and allows is not Remote.YES
    rules = broken(world(person(remote=asks), opening(remote=allows)), row())
    assert rules == ([Rule.REMOTE_ONLY] if barred else [])


@pytest.mark.parametrize(("start", "rules"), [(days(90), []), (days(91), [Rule.STARTS_TOO_LATE])])
def test_the_horizon(start: date, rules: list[Rule]) -> None:
    """Day 90 is within the horizon, day 91 beyond; points by waiting from the earliest start."""
    assert broken(world(person(earliest_start=start)), row(starts_on=start)) == rules
    late = row(starts_on=start, points=725)
    assert broken(world(opening(starts_from=start)), late) == rules


def test_the_horizon_is_the_policys() -> None:
    """With a horizon of 30 days day 31 is too late."""
    problem = world(person(earliest_start=days(31)))
    assert broken(problem, row(starts_on=days(31)), policy=Policy(horizon_days=30)) == [
        Rule.STARTS_TOO_LATE
    ]


def test_age_counts_on_the_start_date() -> None:
    """Born 2009 is 17 in December 2026 and 18 in January 2027, by the year alone."""
    ours = opening(min_age=18)
    january = date(2027, 1, 4)
    assert broken(world(person(birth_year=2009), ours), row()) == [Rule.TOO_YOUNG]
    later = person(birth_year=2009, earliest_start=january)
    assert broken(world(later, ours), row(starts_on=january)) == []


def test_more_half_days_than_available_is_barred_everywhere() -> None:
    """Who comes three half-days and has two fits nowhere, whatever half-days are written."""
    eager = person(sessions_per_week=3, available=MONDAY)
    for sessions in (MONDAY, Sessions(7), Sessions(0)):
        assert broken(world(eager), row(sessions=sessions)) == [Rule.SESSIONS_DO_NOT_FIT]


def test_half_days_lie_in_both_weeks() -> None:
    """A half-day of the participant's only, or of the opening's only, lies outside."""
    mine, theirs = sessions_of(("mon_am", "mon_pm", "wed_am")), sessions_of(("thu_am",)) | MONDAY
    problem = world(person(available=mine), opening(sessions=Sessions(theirs)))
    assert broken(problem, row()) == []
    for outside in ("wed_am", "thu_am", "fri_am"):
        assert broken(problem, row(sessions=sessions_of(("mon_am", outside)))) == [
            Rule.SESSIONS_OUTSIDE
        ]


@pytest.mark.parametrize("names", [(), ("mon_am",), ("mon_am", "mon_pm", "tue_am")])
def test_half_days_are_exactly_as_many_as_asked(names: tuple[str, ...]) -> None:
    """None, one or three are not two."""
    assert broken(world(), row(sessions=sessions_of(names))) == [Rule.SESSIONS_COUNT]


@pytest.mark.parametrize(
    ("ready", "opens", "start"),
    [
        (None, None, TODAY),
        (days(-9), days(-5), TODAY),
        (days(5), None, days(5)),
        (None, days(5), days(5)),
        (days(9), days(5), days(9)),
        (days(5), days(9), days(9)),
    ],
)
def test_the_start_is_the_latest_of_three_days(
    ready: date | None, opens: date | None, start: date
) -> None:
    """Neither before the plan date, nor the person's, nor the opening's first day; nor after."""
    problem = world(person(earliest_start=ready), opening(starts_from=opens))
    wrong = {day for day in (TODAY, days(5), days(9), None) if day != start}
    assert Rule.START_DATE not in broken(problem, row(starts_on=start))
    assert all(Rule.START_DATE in broken(problem, row(starts_on=day)) for day in wrong)


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        ({("P1", "S1"): 0}, None),
        ({("P1", "S1"): -1}, Rule.TRAVEL_UNKNOWN),
        ({("P1", "S2"): 5, ("P2", "S1"): 5}, Rule.TRAVEL_UNREACHABLE),
    ],
)
def test_zero_unknown_and_unreachable(known: dict, rule: Rule | None) -> None:
    """No minutes, no minutes known and no row are three answers; the estimate is not asked."""
    assert broken(world(minutes=known), row()) == ([rule] if rule else [])


def test_without_a_point_travel_is_unknown() -> None:
    """Nobody estimates from nowhere."""
    nowhere = person(latitude=None, longitude=None)
    assert broken(world(nowhere), row()) == [Rule.TRAVEL_UNKNOWN]


def test_estimated_minutes_are_minutes() -> None:
    """0.01 degree is 1.112 km: 3.904 + 0.602 * 1.112 + 11.456 * 1.054 = 16.7, so 17 minutes."""
    near = site("S1", north=0.01)
    # travel 1000 * (60 - 17) // 60 = 716, * 25 = 17,900; 77,500 - 25,000 + 17,900 = 70,400
    assert broken(world(near), row(travel_minutes=17, points=704)) == []
    assert broken(world(person(max_travel_minutes=16), near), row(travel_minutes=17)) == [
        Rule.TRAVEL_TOO_LONG
    ]


@pytest.mark.parametrize("known", [None, {}, {("P1", "S1"): -1}])
def test_protected_identity_without_known_minutes(known: dict | None) -> None:
    """Travel is not computed: no barrier, no minutes, and 500 for it: 650 points in all."""
    hidden = person(protected_identity=True)
    assert broken(world(hidden, minutes=known), row(travel_minutes=None, points=650)) == []
    assert broken(world(hidden, minutes=known), row(travel_minutes=0, points=650)) == [
        Rule.TRAVEL_MINUTES
    ]


def test_protected_identity_with_a_row_of_the_table() -> None:
    """A known row counts: 30 of 60 minutes is 500, 61 too long."""
    hidden = person(protected_identity=True)
    half = world(hidden, minutes={("P1", "S1"): 30})
    assert broken(half, row(travel_minutes=30, points=650)) == []
    assert broken(world(hidden, minutes={("P1", "S1"): 61}), row()) == [Rule.TRAVEL_TOO_LONG]


@pytest.mark.parametrize("asks", [WorksRemotely.PARTLY, WorksRemotely.ONLY])
@pytest.mark.parametrize("known", [{}, {("P1", "S1"): -1}, {("P1", "S1"): 500}])
def test_nobody_travels_to_work_at_home(asks: WorksRemotely, known: dict) -> None:
    """From home the journey is 0 minutes, whatever a table says, also with protected identity."""
    home = opening(remote=Remote.YES)
    for hidden in (True, False):
        who = person(remote=asks, protected_identity=hidden)
        assert broken(world(who, home, minutes=known), row()) == []


def test_who_does_not_work_from_home_travels_to_a_remote_opening() -> None:
    """With remote no the site's journey counts."""
    problem = world(opening(remote=Remote.YES), minutes={})
    assert broken(problem, row()) == [Rule.TRAVEL_UNREACHABLE]
