"""Advice to one participant: every opening in one of three groups, with what to ask and whom."""

from datetime import date
from itertools import chain
from types import MappingProxyType

import pytest
from hypothesis import given, settings

from matcher import columns, eligibility, scoring
from matcher.domain import (
    Barrier,
    BarrierCode,
    Enrolment,
    Insurance,
    Insurer,
    Mode,
    Need,
    ParticipantId,
    PlacementStatus,
    Problem,
    Remote,
    WorksRemotely,
    YesNoUnknown,
)
from matcher.explain import (
    Journey,
    Possible,
    Question,
    Recommendation,
    Whom,
    recommend,
    remover,
)
from matcher.policy import Criterion, Policy
from matcher.travel.reach import Reach
from tests.builders import (
    Part,
    all_rows,
    avoid,
    day,
    opening,
    participant,
    placement,
    problem_of,
    provider,
    seek,
    site,
    surveyed,
    week,
)
from tests.strategies import lively, policies

CHECK = Policy(unknown_needs="check")
STRICT = Policy(require_equal_treatment=True)
HERE = ("P1", "S1")


def advice(problem: Problem, policy: Policy | None = None) -> Recommendation:
    """The recommendations for P1."""
    table = columns.load(problem, policy or Policy())
    return recommend(table, policy or Policy(), ParticipantId("P1"))


def advise(
    *parts: Part, policy: Policy | None = None, minutes: dict[tuple[str, str], int] | None = None
) -> Recommendation:
    """The recommendations for P1 in a world of these parts."""
    return advice(problem_of(*parts, minutes=minutes), policy)


def groups(found: Recommendation) -> tuple[list[str], list[str], list[str]]:
    """The ids of the openings in the three groups, in their order."""
    return tuple(
        [one.opening_id for one in group]
        for group in (found.possible, found.to_check, found.falls_away)
    )


def only(found: Recommendation) -> Possible:
    """The one opening, which is possible."""
    (one,) = found.possible
    return one


def asked(found: Recommendation) -> list[tuple[str, Whom]]:
    """What to ask about the one opening to check, and whom."""
    (one,) = found.to_check
    return [(str(question.barrier), question.whom) for question in one.questions]


@given(lively(), policies())
@settings(max_examples=30)
def test_every_opening_stands_in_exactly_one_group(problem: Problem, policy: Policy) -> None:
    """Nothing is ranked away in silence; and possible is what no rule bars, neither more nor less.

    The points and barriers are those that the plan sees.
    """
    table, rows = columns.load(problem, policy), all_rows(problem, policy)
    points = scoring.points(rows, policy).tolist()
    barriers = eligibility.barriers(rows, policy)
    for at, person in enumerate(problem.participants):
        found = recommend(table, policy, person.participant_id)
        assert sorted(chain(*groups(found))) == [o.opening_id for o in problem.openings]
        for number, place in enumerate(problem.openings):
            row = at * len(problem.openings) + number
            possible = {one.opening_id: one.points for one in found.possible}
            named = {o.opening_id: [b for b, _ in o.barriers] for o in found.falls_away}
            asks = {o.opening_id: [q.barrier for q in o.questions] for o in found.to_check}
            assert (place.opening_id in possible) is (not barriers[row])
            assert possible.get(place.opening_id, points[row]) == points[row]
            known = named | asks
            assert not barriers[row] or set(barriers[row]) <= set(known[place.opening_id])


@given(lively(), policies())
@settings(max_examples=25)
def test_what_is_to_check_rests_on_what_is_unknown(problem: Problem, policy: Policy) -> None:
    """Nothing known stands between; what falls away has at least one barrier that is known."""
    table = columns.load(problem, policy)
    unknown = {
        BarrierCode.NEED_UNKNOWN,
        BarrierCode.TRAVEL_UNKNOWN,
        BarrierCode.TRAVEL_TOO_LONG,  # within the band of an estimate
        BarrierCode.NOT_INSURED,  # where nobody knows
        BarrierCode.NO_EQUAL_TREATMENT_AGREEMENT,
    }
    for person in problem.participants:
        found = recommend(table, policy, person.participant_id)
        for one in found.to_check:
            assert {question.barrier.code for question in one.questions} <= unknown
        for one in found.falls_away:
            assert {b.code for b, _ in one.barriers} - {BarrierCode.NEED_UNKNOWN}


def test_somebody_who_is_not_there() -> None:
    """No such participant: said so, not an empty list."""
    table = columns.load(problem_of(), Policy())
    with pytest.raises(KeyError):
        recommend(table, Policy(), ParticipantId("P9"))


# Possible.


def test_most_points_come_first() -> None:
    """First wish 1000, second 850, none 0: in the order of their points, not of their ids."""
    person = participant(wishes=(seek("7231", 1), seek("9413", 2)))
    found = advise(
        person,
        opening("O1", occupation_group="0110"),
        opening("O2"),
        opening("O3", occupation_group="7231"),
    )
    assert groups(found) == (["O3", "O2", "O1"], [], [])
    assert [one.points for one in found.possible] == [1000, 932, 550]


def test_on_equal_points_confirmed_then_near_then_the_id() -> None:
    """Travel weighs nothing here, so all have the same points.

    O4 was confirmed today, the others never; of those O3 is nearest; O1 and O2 are as far.
    """
    weights = {**dict.fromkeys(Criterion, 0), Criterion.WISH: 100}
    found = advise(
        *(site("S1"), site("S2")),
        *(opening("O2"), opening("O1"), opening("O3", site_id="S2")),
        opening("O4", updated_at=day(0)),
        policy=Policy(weights=weights),
        minutes={HERE: 20, ("P1", "S2"): 10},
    )
    assert groups(found)[0] == ["O4", "O3", "O1", "O2"]


def test_minutes_that_are_withheld_come_last_on_equal_points() -> None:
    """Nobody may read from the order that a hidden person lives near: unknown goes last."""
    weights = {**dict.fromkeys(Criterion, 0), Criterion.WISH: 100}
    found = advise(
        participant(protected_identity=True),
        *(site("S1"), site("S2")),
        *(opening("O1"), opening("O2", site_id="S2")),
        policy=Policy(weights=weights),
        minutes={("P1", "S2"): 55},
    )
    assert groups(found)[0] == ["O2", "O1"]


@pytest.mark.parametrize(
    ("updated_at", "stale"),
    [(day(0), False), (day(-30), False), (day(-31), True), (None, True), (day(5), False)],
)
def test_an_opening_is_stale_after_30_days(updated_at: date | None, *, stale: bool) -> None:
    """Confirmed 30 days ago is fresh, 31 is stale; never confirmed is stale."""
    one = only(advise(opening(updated_at=updated_at)))
    assert (one.stale, one.confirmed_on) == (stale, updated_at)


def test_a_stale_opening_is_shown() -> None:
    """Marked, not hidden; and better points go before freshness."""
    person = participant(wishes=(seek("7231", 1),))
    old = opening("O1", occupation_group="7231", updated_at=day(-300))
    assert groups(advise(person, old, opening("O2", updated_at=day(0))))[0] == ["O1", "O2"]


@pytest.mark.parametrize(("seats", "left"), [(0, 0), (1, 0), (2, 1)])
def test_a_full_opening_is_marked_not_hidden(seats: int, left: int) -> None:
    """X9 has one of the seats; the opening stands there all the same, ranked by its points."""
    there = placement(participant_id="X9", status=PlacementStatus.OFFERED)
    one = only(advise(opening(seats=seats), there))
    assert one.seats_left == left
    assert one.full is (left == 0)


def test_an_opening_whose_half_days_are_taken_is_full() -> None:
    """Two seats, room for one on each half-day, and X9 has all but Friday: P1 comes twice."""
    days = week("mon_am", "tue_am", "fri_am")
    there = placement(participant_id="X9", sessions=week("mon_am", "tue_am"))
    place = opening(seats=2, session_seats=1, sessions=days)
    one = only(advise(place, there))
    assert (one.seats_left, one.full) == (1, True)
    once = only(advise(participant(sessions_per_week=1), place, there))
    assert (once.seats_left, once.full) == (1, False)


def test_the_whole_answer() -> None:
    """Everything a conversation needs: points by criterion, start, half-days, what is met."""
    person = participant(
        available=week("mon_am", "tue_am", "wed_am"),
        wishes=(seek("9413", 2),),
        needs=frozenset({Need.ACCESSIBLE_TOILET}),
        wants=frozenset({Need.NO_ANIMALS, Need.QUIET}),
        earliest_start=day(10),
    )
    place = site(surveys=(surveyed(("toilet.type", "rwc"), ("air.furry_animals", "never")),))
    task = opening(sessions=week("tue_am", "wed_am", "fri_am"), starts_from=day(19), seats=3)
    one = only(advise(person, place, task, minutes={HERE: 30}))
    assert dict(one.values) == {
        Criterion.WISH: 850,
        Criterion.TRAVEL: 500,
        Criterion.WANT: 500,  # quiet: nobody knows
        Criterion.HOURS: 1000,
        Criterion.START: 900,  # nine of ninety days
    }
    assert one.points == (45 * 850 + 25 * 500 + 15 * 500 + 10 * 1000 + 5 * 900) // 100
    assert (one.starts_on, one.seats_left) == (day(19), 3)
    assert one.common_half_days == week("tue_am", "wed_am")
    assert (one.needs_met, one.wants_met) == ((Need.ACCESSIBLE_TOILET,), (Need.NO_ANIMALS,))
    assert one.journey == Journey(reach=Reach.MINUTES, minutes=30)
    assert one.questions == ()


def test_needs_that_nobody_knows_of_are_asked_where_the_policy_allows_them() -> None:
    """Under ``check`` the opening is possible, and says what to ask the site."""
    person = participant(needs=frozenset({Need.QUIET, Need.ACCESSIBLE_TOILET}))
    place = site(surveys=(surveyed(("toilet.type", "rwc")),))
    one = only(advise(person, place, policy=CHECK))
    quiet = Barrier(code=BarrierCode.NEED_UNKNOWN, detail="QUIET")
    assert one.questions == (Question(barrier=quiet, whom=Whom.SITE),)
    assert one.needs_met == (Need.ACCESSIBLE_TOILET,)


# Journeys.


@pytest.mark.parametrize(
    ("mode", "km", "low", "high"),
    [
        (Mode.TRANSIT, 1.628, 0, 35),  # 3.904 + 0.980 + 14.617; 20 - 25 is never below nothing
        (Mode.CAR, 4.538, 13, 27),  # 4.929 + 2.328 + 12.243
        (Mode.BIKE, 4.08, 18, 21),  # 4.78 · 4.08; 0.9 and 1.05 of 20
        (Mode.WALK, 1.05, 18, 21),  # 18.57 · 1.05
    ],
)
def test_an_estimate_is_shown_with_its_band(mode: Mode, km: float, low: int, high: int) -> None:
    """19.5 minutes to the north are 20 (a degree is 111.195 km): each mode has its band."""
    found = advise(participant(travel_mode=mode), site(latitude=59.3 + km / 111.195))
    assert only(found).journey == Journey(reach=Reach.MINUTES, minutes=20, low=low, high=high)


@pytest.mark.parametrize(
    ("minutes", "journey"),
    [
        ({HERE: 0}, Journey(reach=Reach.MINUTES, minutes=0)),
        ({HERE: 30}, Journey(reach=Reach.MINUTES, minutes=30)),
    ],
)
def test_a_table_is_shown_without_a_band(
    minutes: dict[tuple[str, str], int], journey: Journey
) -> None:
    """What somebody has looked up is no estimate."""
    assert only(advise(minutes=minutes)).journey == journey


def test_from_home_there_is_no_band() -> None:
    """Nought minutes are no estimate either."""
    found = advise(participant(remote=WorksRemotely.ONLY), opening(remote=Remote.YES))
    assert only(found).journey == Journey(reach=Reach.MINUTES, minutes=0, from_home=True)


def test_a_hidden_journey_shows_nothing() -> None:
    """Protected identity: withheld, no minutes, no band."""
    found = advise(participant(protected_identity=True))
    assert only(found).journey == Journey(reach=Reach.WITHHELD)


WALKER = participant(travel_mode=Mode.WALK, max_travel_minutes=60)


@pytest.mark.parametrize(
    ("km", "group"),
    [
        (3.20, 0),  # 59.4: 60 minutes
        (3.24, 1),  # 60.2: 61 minutes; 0.9 of it is 54
        (3.60, 1),  # 66.9: 67 minutes; 0.9 of it is 60.3, rounded down 60: could be
        (3.64, 2),  # 67.6: 68 minutes; 0.9 of it is 61.2: cannot be
    ],
)
def test_an_estimate_beyond_the_limit_may_be_within(km: float, group: int) -> None:
    """On foot 18.57 min/km: while the limit of 60 lies inside the band, the way is to check."""
    found = advise(WALKER, site(latitude=59.3 + km / 111.195))
    assert [len(some) for some in groups(found)] == [int(group == n) for n in range(3)]
    if group == 1:
        ((barrier, whom),) = asked(found)
        assert barrier.startswith("TRAVEL_TOO_LONG:")
        assert whom is Whom.TRAVEL_PLANNER


def test_a_minute_too_much_in_the_table_falls_away() -> None:
    """A table has no band: 61 of 60 minutes is too long, and only the participant can say yes."""
    found = advise(WALKER, minutes={HERE: 61})
    (one,) = found.falls_away
    assert [(str(b), whom) for b, whom in one.barriers] == [
        ("TRAVEL_TOO_LONG:61", Whom.PARTICIPANT)
    ]


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


def test_advice_is_given_to_whoever_asks() -> None:
    """Also to somebody who is pinned, or has an offer: advice is no plan."""
    pinned = placement(opening_id="O2", status=PlacementStatus.PINNED)
    found = advise(opening("O1"), opening("O2"), pinned)
    assert groups(found) == (["O1", "O2"], [], [])


def test_without_openings_there_is_nothing_to_say() -> None:
    """Three empty groups."""
    table = columns.load(
        Problem(
            plan_date=day(0),
            participants=(participant(),),
            providers=(),
            sites=(),
            openings=(),
            occupations={},
        ),
        Policy(),
    )
    assert groups(recommend(table, Policy(), ParticipantId("P1"))) == ([], [], [])
