"""Which answer of a survey counts, how long, and what unknown means for a need."""

import pytest

from matcher.domain import Need, Remote, WorksRemotely
from matcher.policy import Policy
from matcher.verify import Rule
from tests.matcher.verify.worlds import broken, days, opening, person, row, site, survey, world

CHECK = Policy(unknown_needs="check")
UNMET, UNKNOWN = [Rule.NEED_UNMET], [Rule.NEED_UNKNOWN]


def needs(*names: str) -> frozenset[Need]:
    """These needs."""
    return frozenset(Need(name) for name in names)


ALLERGIC = person(needs=needs("NO_ANIMALS"))
ASKS_LIFT = person(needs=needs("STEP_FREE"))
NEVER, ALWAYS = {"air__furry_animals": "never"}, {"air__furry_animals": "always"}


def test_unknown_is_neither_yes_nor_no() -> None:
    """Without an answer a need is unknown: barred when excluded, allowed when to be checked."""
    assert broken(world(ALLERGIC), row()) == UNKNOWN
    assert broken(world(ALLERGIC), row(), policy=CHECK) == []


def test_an_unmet_need_bars_under_either_policy() -> None:
    """Checking is for what is unknown."""
    animals = site("S1", survey(**ALWAYS))
    assert broken(world(ALLERGIC, animals), row(), policy=CHECK) == UNMET
    assert broken(world(ALLERGIC, animals), row()) == UNMET


@pytest.mark.parametrize(("age", "rules"), [(0, []), (730, []), (731, UNKNOWN)])
def test_an_answer_is_valid_730_days(age: int, rules: list[Rule]) -> None:
    """On day 730 it is, on day 731 it is unknown."""
    assert broken(world(ALLERGIC, site("S1", survey(days(-age), **NEVER))), row()) == rules


def test_the_shelf_life_is_the_policys() -> None:
    """With 10 days the eleventh is too many."""
    policy = Policy(survey_max_age_days=10)
    for age, rules in ((10, []), (11, UNKNOWN)):
        ours = site("S1", survey(days(-age), **NEVER))
        assert broken(world(ALLERGIC, ours), row(), policy=policy) == rules


def test_an_answer_without_a_date_is_unknown() -> None:
    """Nobody knows how old it is."""
    assert broken(world(ALLERGIC, site("S1", survey(None, **NEVER))), row()) == UNKNOWN


LEVEL = {"entrance__step_count": 0, "entrance__threshold_mm": 20, "levels__work_floor": 3}
LIFT = {"lift__type": "passenger", "lift__reaches_work": "yes", "lift__in_service": "yes"}


@pytest.mark.parametrize(("age", "rules"), [(180, []), (181, UNKNOWN)])
def test_a_lift_is_known_to_run_for_180_days(age: int, rules: list[Rule]) -> None:
    """Whether a lift is in service is soon forgotten; its kind and where it goes are not."""
    assert (
        broken(world(ASKS_LIFT, site("S1", survey(days(-age), **LEVEL, **LIFT))), row()) == rules
    )


@pytest.mark.parametrize(
    ("older", "newer", "rules"),
    [
        (NEVER, ALWAYS, UNMET),
        (ALWAYS, NEVER, []),
        (NEVER, {}, []),
    ],
)
def test_the_newest_answer_given_counts(older: dict, newer: dict, rules: list[Rule]) -> None:
    """A newer row that does not answer leaves the older answer standing."""
    for surveys in (
        (survey(days(-9), **older), survey(days(-1), **newer)),
        (survey(days(-1), **newer), survey(days(-9), **older)),
    ):
        assert broken(world(ALLERGIC, site("S1", *surveys)), row()) == rules


def test_an_answer_keeps_its_own_rows_date() -> None:
    """A fresh row about something else does not make an old answer young."""
    old, fresh = survey(days(-731), **NEVER), survey(days(-1), hygiene__soap="unscented")
    assert broken(world(ALLERGIC, site("S1", old, fresh)), row()) == UNKNOWN


def test_fields_of_several_rows_make_one_answer() -> None:
    """Each field comes from its own newest row."""
    rows = (survey(days(-700), **LEVEL), survey(days(-100), **LIFT))
    assert broken(world(ASKS_LIFT, site("S1", *rows)), row()) == []


def test_a_dated_answer_goes_before_one_without_a_date() -> None:
    """A row without a date is older than every other."""
    rows = (survey(None, **ALWAYS), survey(days(-700), **NEVER))
    assert broken(world(ALLERGIC, site("S1", *rows)), row()) == []
    assert broken(world(ALLERGIC, site("S1", *reversed(rows))), row()) == []


def test_the_task_stands_on_the_opening_and_does_not_expire() -> None:
    """Work fields are the opening's, without a date; a site's survey does not count."""
    seated = person(needs=needs("SEATED_WORK"))
    assert broken(world(seated, opening(work={"work.posture": "sitting"})), row()) == []
    assert broken(world(seated, opening(work={"work.posture": "standing"})), row()) == UNMET
    assert broken(world(seated), row()) == UNKNOWN
    claims = site("S1", survey(work__posture="sitting"))
    assert broken(world(seated, claims), row()) == UNKNOWN


def test_the_site_is_not_the_openings_to_answer() -> None:
    """A field of the site counts only in the site's surveys."""
    ours = opening(work={"air.furry_animals": "never"})
    assert broken(world(ALLERGIC, ours), row()) == UNKNOWN


@pytest.mark.parametrize(
    ("answers", "rules"),
    [
        ({"sensory__noise_category": "quiet", "sensory__background_music": "no"}, []),
        ({"sensory__noise_category": "loud"}, UNMET),
        ({"sensory__noise_category": "quiet"}, UNKNOWN),
        ({"sensory__background_music": "yes"}, UNMET),
    ],
)
def test_unknown_and_false_is_false(answers: dict, rules: list[Rule]) -> None:
    """One conjunct that fails decides; one that is missing leaves the need unknown."""
    asks = person(needs=needs("QUIET"))
    assert broken(world(asks, site("S1", survey(**answers))), row()) == rules


@pytest.mark.parametrize(
    ("answers", "rules"),
    [
        ({"arrival__meet_up_offered": "yes"}, []),
        ({"arrival__wayfinding_sign": "missing"}, UNKNOWN),
        ({"arrival__wayfinding_sign": "missing", "arrival__meet_up_offered": "no"}, UNMET),
    ],
)
def test_unknown_or_true_is_true(answers: dict, rules: list[Rule]) -> None:
    """One disjunct that holds decides; else a missing one leaves the need unknown."""
    asks = person(needs=needs("CLEAR_WAYFINDING"))
    assert broken(world(asks, site("S1", survey(**answers))), row()) == rules


def test_every_need_is_named_for_itself() -> None:
    """Two needs, one unmet and one unknown, are two violations."""
    asks = person(needs=needs("NO_ANIMALS", "QUIET"))
    assert broken(world(asks, site("S1", survey(**ALWAYS))), row()) == [
        Rule.NEED_UNMET,
        Rule.NEED_UNKNOWN,
    ]


@pytest.mark.parametrize(
    ("asks", "rules"),
    [(WorksRemotely.NO, UNMET), (WorksRemotely.PARTLY, []), (WorksRemotely.ONLY, [])],
)
def test_from_home_the_site_is_not_judged(asks: WorksRemotely, rules: list[Rule]) -> None:
    """Nobody meets the site's animals from home; whoever comes there does."""
    who = person(needs=needs("NO_ANIMALS"), remote=asks)
    problem = world(who, site("S1", survey(**ALWAYS)), opening(remote=Remote.YES))
    assert broken(problem, row()) == rules


def test_from_home_the_task_is_judged() -> None:
    """The needs over the task stay: unknown and unmet bar as at the site."""
    who = person(needs=needs("OWN_PACE"), remote=WorksRemotely.ONLY)
    for work, rules in (({}, UNKNOWN), ({"work.pace": "high"}, UNMET)):
        assert broken(world(who, opening(remote=Remote.YES, work=work)), row()) == rules


def test_partly_from_home_is_at_the_site() -> None:
    """An opening that is partly remote is judged as any other."""
    who = person(needs=needs("NO_ANIMALS"), remote=WorksRemotely.PARTLY)
    assert broken(world(who, opening(remote=Remote.PARTLY)), row()) == UNKNOWN
