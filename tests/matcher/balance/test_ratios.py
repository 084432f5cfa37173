"""Shares and indices of a release: worlds in which nothing is small, so that all is told."""

import pytest

from matcher.balance import ratios, waits
from matcher.balance.disclosure import ProtectedRelease, Release, protect
from matcher.balance.figures import Share
from matcher.balance.followup import caseload
from matcher.balance.measures import Counting, nestings, tables
from matcher.balance.ratios import PRINTED, Diversity, Gap, Ratio, Steering
from matcher.balance.words import (
    Change,
    Ending,
    EndingOver,
    Few,
    Goal,
    Relation,
    Sex,
    Stage,
)
from tests.matcher.balance.frames import DAY, Event, Person, after, counting, many, wish

FLOOR = 20


def released(world: Counting) -> ProtectedRelease:
    """The tables of a world, protected."""
    made = (*tables(world), *caseload(world))
    return protect(Release("test", made, nestings(world)))


def shares(world: Counting) -> tuple[Ratio, ...]:
    """Every share of a world."""
    return ratios.ratios(released(world), FLOOR)


def the(found: tuple[Ratio, ...], measure: str, what: str, **of_whom: str | None) -> Share:
    """The share of a measure, of whom; what is not named is a total."""
    wanted = {(name, code) for name, code in of_whom.items() if code is not None}
    named = [
        one.share
        for one in found
        if (one.measure, one.what) == (measure, what)
        and {(name, code) for name, code in one.of_whom if code is not None} == wanted
    ]
    assert len(named) == 1, (measure, what, of_whom)
    return named[0]


def test_rates_of_everybody() -> None:
    """Of two women and a man who look and a man who does not, one woman has a proposal."""
    world = counting(
        *many(
            30,
            Person("A"),
            Person("B"),
            Person("C", "man", birth_year=2005),
            Person("D", "man", "X", looks=False),
            Event("A", Stage.PROPOSED, "9413"),
        )
    )
    found = shares(world)
    assert the(found, "rate", "proposed").percent == 25
    assert the(found, "rate", "proposed", gender=Sex.WOMAN).percent == 50
    assert the(found, "rate", "proposed", gender=Sex.MAN).percent == 0
    assert the(found, "rate", "proposed", age="-24").percent == 0
    assert the(found, "rate", "proposed", association="HBS").percent == 33
    assert the(found, "rate", "proposed", gender=Sex.OTHER).few is Few.NOBODY
    (gap,) = (one for one in ratios.gaps(found) if (one.measure, one.what) == ("rate", "proposed"))
    assert isinstance(gap, Gap)
    assert (gap.difference.points, gap.difference.told) == (50, True)


def norm_world() -> Counting:
    """Women: one with a goal at the garage, one without at the café, one in the kitchen.

    A man without a goal at the café, another in the army, of which nothing is known.
    """
    return counting(
        *many(
            30,
            Person("A", norm_goal=True),
            Person("B"),
            Person("C"),
            Person("D", "man"),
            Person("E", "man"),
            Event("A", Stage.STARTED, "7231", provider="A1"),
            Event("B", Stage.STARTED, "9413", provider="A1"),
            Event("C", Stage.STARTED, "9412", provider="A1"),
            Event("D", Stage.STARTED, "9413", provider="A1"),
            Event("E", Stage.STARTED, "0110", provider="A2"),
        )
    )


def test_norm_breaking_with_and_without_an_own_goal() -> None:
    """Women: all of those with a goal, none of those without, a third in all. Men: the known."""
    found = shares(norm_world())
    women = {"gender": Sex.WOMAN}
    assert the(found, "norm_breaking", "started", **women, norm_goal=Goal.YES).percent == 100
    assert the(found, "norm_breaking", "started", **women, norm_goal=Goal.NO).percent == 0
    assert the(found, "norm_breaking", "started", **women).percent == 33
    men = the(found, "norm_breaking", "started", gender=Sex.MAN)
    assert (men.count, men.of, men.percent) == (30, 30, 100)


def test_womens_share_of_a_branch() -> None:
    """Half of those at the café, all of those in the kitchen, and 2 of 3 in the hotel trade."""
    found = shares(norm_world())
    said = {
        code: the(found, "women", "started", branch=code).percent
        for code in ("9413", "9412", "7231", "0110", "hotel", None)
    }
    assert said == {"9413": 50, "9412": 100, "7231": 100, "0110": 0, "hotel": 67, None: 60}


def test_the_outcomes_beside_the_printed_ones() -> None:
    """Of a hundred, 20 went to work or studies and 34 to a preparatory step: as printed."""
    endings = {
        Ending.WORK: 10,
        Ending.STUDIES: 10,
        Ending.EMPLOYMENT_SERVICE_PREPARATORY: 24,
        Ending.MUNICIPAL_PREPARATORY: 10,
        Ending.OTHER: 46,
    }
    parts: list[Person | Event] = []
    for ending, people in endings.items():
        parts += many(people, Person(ending), Event(ending, Stage.ENDED, "9413", ending=ending))
    found = shares(counting(*parts))
    for ending in EndingOver:
        assert the(found, "outcome", ending).percent == PRINTED[ending]
        assert the(found, "outcome", ending, age="35-44").percent == PRINTED[ending]
        assert the(found, "outcome", ending, association="HBS").percent == PRINTED[ending]
    told = the(found, "outcome", EndingOver.WORK_OR_STUDIES)
    assert (told.low, told.high) == (13, 29)


def test_hours_of_those_whose_hours_are_known() -> None:
    """Of three who started one reached 15 hours, one stayed at nine, of one nothing is known."""
    parts = [Person("A"), Person("B"), Person("C", "man")]
    starts = [
        Event("A", Stage.STARTED, "9413", hours=(9, 15)),
        Event("B", Stage.STARTED, "9413", hours=(9, 9)),
        Event("C", Stage.STARTED, "9413"),
    ]
    found = shares(counting(*many(30, *parts, *starts)))
    assert the(found, "hours", "15-").percent == 50
    assert the(found, "hours", "15-", gender=Sex.WOMAN).of == 60
    assert the(found, "hours", "15-", gender=Sex.MAN).few is Few.NOBODY
    assert the(found, "step_up", Change.MORE).percent == 50


def test_the_steering_index() -> None:
    """Women: of three who name a group one wants the typical; of three with a place two got it.

    A and B wish for the garage; A gets the café, B the garage. C wishes for the café and gets it.
    D wishes for the kitchen, which is even, E for a field, F for nothing; F gets the kitchen.
    Typical are 1 of 3 wishes and 2 of 3 places: 33 points more. Of A and B one was led away.
    """
    people = [Person(name) for name in "ABCDEF"]
    wishes = [
        *(wish(who, "7231") for who in "AB"),
        wish("C", "9413"),
        wish("D", "9412"),
        wish("E", "hotel"),
    ]
    places = zip("ABCF", ("9413", "7231", "9413", "9412"), strict=True)
    starts = [Event(who, Stage.STARTED, group) for who, group in places]
    release = released(counting(*many(30, *people, *wishes, *starts)))
    women, men = ratios.steering(release, Stage.STARTED, FLOOR)
    assert isinstance(women, Steering)
    assert women.index == 33
    assert (women.wished.count, women.wished.of, women.wish_not_stated) == (30, 90, 90)
    assert (women.placed.count, women.placed.of, women.place_even) == (60, 90, 30)
    assert (women.led.count, women.led.of) == (30, 60)
    assert (men.index, men.wished.few, men.wish_not_stated) == (None, Few.NOBODY, 0)


def test_what_is_hidden_hides_the_index() -> None:
    """Three women wish for the café: hidden, and so are the share and the index."""
    people = [*many(3, Person("A"), wish("A", "9413")), *many(40, Person("B"), wish("B", "7231"))]
    release = released(counting(*people, *many(40, Event("B", Stage.STARTED, "7231"))))
    women, _ = ratios.steering(release, Stage.STARTED, FLOOR)
    assert women.wished.few is Few.HIDDEN
    assert (women.wished.percent, women.index, women.wish_not_stated) == (None, None, None)


def test_diversity() -> None:
    """Simpson by hand, in tenths: of 150 people in three fields, and at two providers.

    Fields: hotel has B, C and D, repair A and army E, each thirty: 150² / (90² + 30² + 30²) =
    2.27. Providers: A1 has 120 and A2 30: 150² / (120² + 30²) = 1.47.
    """
    world = norm_world()
    found = ratios.diversity(released(world), FLOOR)
    fields = [one for one in found if (one.stage, one.of) == (Stage.STARTED, "branch")]
    assert fields == [
        Diversity(stage="started", of="branch", shown=3, effective_tenths=23, whole=True)
    ]
    providers = [one for one in found if one.of == "provider"]
    assert [(one.shown, one.effective_tenths) for one in providers] == [(2, 15)]
    nothing = next(one for one in found if one.stage == Stage.ENDED)
    assert (nothing.shown, nothing.effective_tenths) == (0, None)


def test_what_is_hidden_is_one_more_field() -> None:
    """Forty in the hotel trade and three in the garage: two kinds at least, one of them hidden."""
    starts = [
        *many(40, Person("A"), Event("A", Stage.STARTED, "9413")),
        *many(3, Person("B"), Event("B", Stage.STARTED, "7231")),
    ]
    found = ratios.diversity(released(counting(*starts)), FLOOR)
    one = next(each for each in found if (each.stage, each.of) == (Stage.STARTED, "branch"))
    assert not one.whole
    assert one.shown <= 1


@pytest.mark.parametrize(("people", "days", "few"), [(30, 45, None), (10, None, Few.TOO_FEW)])
def test_waiting_times(people: int, days: int | None, few: Few | None) -> None:
    """Half waited 30 days and half 60: the median is 45, where there are twenty to say it of."""
    parts = [
        Person("A", waiting_since=DAY),
        Person("B", waiting_since=DAY),
        Event("A", Stage.STARTED, "9413", after(30)),
        Event("B", Stage.STARTED, "9413", after(60)),
    ]
    world = counting(*many(people // 2, *parts))
    found = waits.waits(world, released(world), FLOOR)
    everybody = [
        one for one in found if one.of_whom == ("gender", None) and one.stage == "started"
    ]
    assert [(one.days, one.few) for one in everybody] == [(days, few)]
    homes = [one for one in found if one.of_whom == ("association", "HBS")]
    assert [(one.stage, one.days, one.few) for one in homes] == [
        ("proposed", None, Few.NOBODY),
        ("started", days, few),
    ]


def test_a_wait_of_hidden_people_is_hidden() -> None:
    """Three women have started: neither how many nor how long is told."""
    parts = [Person("A", waiting_since=DAY), Event("A", Stage.STARTED, "9413", after(3))]
    world = counting(*many(3, *parts))
    women = waits.waits(world, released(world), FLOOR)[-1 - 3 :]
    assert {one.few for one in waits.waits(world, released(world), FLOOR)} >= {Few.HIDDEN}
    assert all(one.days is None for one in women)


def test_who_started_before_they_waited_waited_nothing() -> None:
    """A day before ``waiting_since`` is not a wait below 0."""
    parts = [Person("A", waiting_since=DAY), Event("A", Stage.STARTED, "9413", after(-30))]
    world = counting(*many(30, *parts))
    found = waits.waits(world, released(world), FLOOR)
    assert {one.days for one in found if one.days is not None} == {0}


def test_relations_are_told_of_women_and_men_alone() -> None:
    """Other genders stand in the tables; norm-breaking is not said of them."""
    found = shares(norm_world())
    told = {dict(one.of_whom)["gender"] for one in found if one.measure == "norm_breaking"}
    assert told == {Sex.WOMAN, Sex.MAN}
    assert Relation.NOT_STATED in released(norm_world()).table("started/norm").dimensions[2].codes
