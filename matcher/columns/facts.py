"""What counts today: which answers are valid, which placements hold a seat, how long a wait is."""

from datetime import date

from matcher.domain import Participant, Placement, Problem, Site, Survey
from matcher.policy import Policy
from matcher.survey import Answer

WAITING_FLOOR = 100
WAITING_CAP_DAYS = 365


def valid_answers(site: Site, policy: Policy, plan_date: date) -> dict[str, Answer]:
    """The newest answer to each question about a site, where it is not beyond its shelf life."""
    newest: dict[str, Answer] = {}
    for survey in site.surveys:
        for name, answer in survey.answers.items():
            if _fresh(survey, policy.shelf_life(name), plan_date):
                newest[name] = answer
            else:
                newest.pop(name, None)
    return newest


def _fresh(survey: Survey, shelf_life: int, plan_date: date) -> bool:
    made = survey.surveyed_on
    return made is not None and (plan_date - made).days <= shelf_life


def active(placement: Placement, problem: Problem) -> bool:
    """Whether a placement occupies its seat: it has no end, or ends after one could start here."""
    opening = problem.opening[placement.opening_id]
    first = max(problem.plan_date, opening.starts_from or problem.plan_date)
    return placement.ends_on is None or placement.ends_on >= first


def waiting_value(participant: Participant, plan_date: date) -> int:
    """What placing this participant adds to the goal ``waiting``."""
    since = participant.waiting_since or plan_date
    days = min(max(0, (plan_date - since).days), WAITING_CAP_DAYS)
    return WAITING_FLOOR + 100 * days // WAITING_CAP_DAYS
