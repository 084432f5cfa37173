"""What every test shares: Hypothesis without dice or clock, and instances one can see through."""

import pytest
from hypothesis import HealthCheck, settings

from matcher.domain import Problem
from tests.builders import opening, participant, problem_of, seek, week
from tests.examples import FAST, WHOLE

FOLDERS_OF_PAGES = ("tests/pages", "tests/service/pages")
LONG = frozenset(
    f"tests/{name}.py"
    for name in [
        "api/test_cli_balance",
        "api/test_cli_insight",
        "api/test_cli_noise",
        "api/test_cli_periods",
        "api/test_cli_processes",
        "api/test_cli_travel",
        "api/test_explained",
        "api/test_step_free_told",
        "benchmarks/test_peers",
        "matcher/balance/disclosure/test_attack",
        "matcher/solve/apart/test_ends",
        "matcher/solve/apart/test_flows",
        "matcher/solve/apart/test_parents",
        "service/test_account_commands",
        "service/test_admin",
        "service/test_attacks",
        "service/test_bad_input",
        "service/test_balance",
        "service/test_balance_shadow",
        "service/test_barred",
        "service/test_capacity",
        "service/test_client",
        "service/test_commands",
        "service/test_head",
        "service/test_health",
        "service/test_imports",
        "service/test_insight_jobs",
        "service/test_jobs",
        "service/test_login",
        "service/test_narrowing",
        "service/test_oidc",
        "service/test_open_exports",
        "service/test_participants",
        "service/test_placements",
        "service/test_plans",
        "service/test_providers",
        "service/test_recommendations",
        "service/test_rejudged",
        "service/test_settling",
        "service/test_surveys",
        "service/test_throttle",
        "service/test_travel_builds",
        "service/test_uploads",
        "service/test_what_if",
    ]
)
"""Files of tests that start processes, or make a world of their own again and again: two seconds
and more each."""

for name, share in (("fast", FAST), ("whole", WHOLE)):
    settings.register_profile(
        name,
        derandomize=True,
        deadline=None,
        max_examples=share,
        suppress_health_check=[HealthCheck.too_slow],  # it looks at the clock
    )


def pytest_configure(config: pytest.Config) -> None:
    """Where slow tests are left out, fewer examples are tried; see `tests.examples`."""
    fast = "not slow" in config.option.markexpr
    settings.load_profile("fast" if fast else "whole")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pages, and what takes longest, are slow: the fast tests stay fast."""
    for item in items:
        file = item.path.relative_to(config.rootpath)
        if file.as_posix() in LONG or file.parent.as_posix() in FOLDERS_OF_PAGES:
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def one_seat_for_two() -> Problem:
    """P1 and P2 both fit O1, which has one seat; only P1 has the task as first wish."""
    return problem_of(
        participant("P1", wishes=(seek("9413", 1),)),
        participant("P2", wishes=(seek("7231", 1),)),
    )


@pytest.fixture
def greedy_trap() -> Problem:
    """P1 likes O1 best, but P2 can have nothing else: both get a place only if P1 takes O2."""
    return problem_of(
        participant("P1", wishes=(seek("9413", 1), seek("7231", 2))),
        participant("P2", available=week("mon_am"), sessions_per_week=1),
        opening("O1"),
        opening("O2", occupation_group="7231", sessions=week("tue_am", "wed_am")),
    )


@pytest.fixture
def crowded_monday() -> Problem:
    """Three seats, two half-days, one person on each: of three people who come once, two fit."""
    days = week("mon_am", "mon_pm")
    return problem_of(
        *(participant(name, sessions_per_week=1, available=days) for name in ("P1", "P2", "P3")),
        opening(seats=3, session_seats=1, sessions=days),
    )
