"""Travel times door to door: known minutes, unreachable and unknown are three different answers.

A ``travel_times`` table is the only source where there is one; else the offline estimate.
"""

import numpy as np

from matcher.domain import Participant, Problem, Site
from matcher.travel import estimate, table
from matcher.travel.reach import Answer, Reach

__all__ = ["Answer", "Reach", "between"]


def between(problem: Problem, participant: Participant, site: Site) -> Answer:
    """The journey of one participant to one site, from the problem's one source.

    What protected identity and work from home do to it is a rule, and not decided here.
    """
    if problem.travel_times is not None:
        minutes = table.look_up(problem.travel_times, participant.participant_id, site.site_id)
        return Answer(reach=Reach.UNREACHABLE) if minutes is None else _answer(minutes)
    if participant.latitude is None or participant.longitude is None:
        return Answer(reach=Reach.UNKNOWN)
    km = estimate.great_circle_km(
        np.array([participant.latitude]),
        np.array([participant.longitude]),
        np.array([site.latitude]),
        np.array([site.longitude]),
    )
    return _answer(int(estimate.minutes(km, participant.travel_mode)[0]))


def _answer(minutes: int) -> Answer:
    if minutes < 0:
        return Answer(reach=Reach.UNKNOWN)
    return Answer(reach=Reach.MINUTES, minutes=minutes)
