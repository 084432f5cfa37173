"""Follow-up: caseloads, fresh seats, and how much is known of the places."""

from matcher.balance import followup
from matcher.balance.disclosure import Release, protect
from matcher.balance.followup import ASKED_FOR, CASELOAD, LOADS, Caseload, coverage, freshness
from matcher.policy import Policy
from tests.builders import day, opening, problem_of, site, surveyed
from tests.matcher.balance.frames import Person, counting, named, number


def people_of(*sizes: int) -> list[Person]:
    """So many people for each of some supervisors."""
    return [
        Person(f"P{staff}-{at}", supervisor=f"H{staff}")
        for staff, size in enumerate(sizes)
        for at in range(size)
    ]


def test_twenty_is_not_too_many() -> None:
    """Of six supervisors one has 20 participants, one 21, one 30, and three have 10."""
    world = counting(*people_of(20, 21, 30, 10, 10, 10), Person("X", supervisor=""))
    tables = tuple(followup.caseload(world))
    table = named(tables, "caseload")
    assert {band: number(table, band) for band in LOADS} == {
        "-10": 3,
        "11-20": 1,
        "21-25": 1,
        "26-": 1,
    }
    assert number(named(tables, "supervised"), "yes") == 101
    assert number(named(tables, "supervised"), None) == 102


def load(*sizes: int) -> Caseload:
    """What is told of supervisors with so many people each."""
    return followup.load(
        protect(Release("t", tuple(followup.caseload(counting(*people_of(*sizes))))))
    )


def test_the_mean_caseload() -> None:
    """Five with 20 and five with 25 participants: 22.5 in the mean, and five above."""
    assert load(*[20] * 5, *[25] * 5) == Caseload(mean_tenths=225, above=5, reference=CASELOAD)


def test_few_supervisors_are_not_told() -> None:
    """Three supervisors, one above the reference: neither the mean nor the number."""
    assert load(20, 20, 40) == Caseload(mean_tenths=None, above=None)


def test_nobody_has_a_supervisor() -> None:
    """There is no mean of nobody."""
    assert load() == Caseload(mean_tenths=None, above=0)


def test_seats_that_were_confirmed_lately() -> None:
    """Thirty days ago is fresh, 31 is not, one was never confirmed; the paused do not count."""
    problem = problem_of(
        opening("O1", updated_at=day(-30)),
        opening("O2", updated_at=day(-31)),
        opening("O3"),
        opening("O4", updated_at=day(0), status="paused"),
    )
    found = freshness(problem)
    assert (found.openings, found.fresh, found.never, found.days) == (3, 1, 1, 30)


def test_how_much_is_known_of_the_sites() -> None:
    """S1 has two answers, one of them too old; S2 was never surveyed."""
    surveys = surveyed(("toilet.type", "rwc")), surveyed(("hygiene.soap", "both"), days_ago=731)
    found = coverage(problem_of(site(surveys=surveys), site("S2")), Policy())
    assert (found.sites, found.surveyed, found.known) == (2, 1, 1)
    assert found.asked == 2 * len(ASKED_FOR)
    unknown = dict(found.unknown)
    assert (unknown["toilet.type"], unknown["hygiene.soap"]) == (1, 2)
    assert "survey.note" not in unknown
