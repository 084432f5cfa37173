"""What would open more doors: over all participants at once, no single one shown.

Answers name sites, openings and supervisors, never a participant. People with protected identity
are in no count of participants; goals are those of the whole plan, in which everybody is. What is
asked of a plan stands in ``seats``, ``barriers``, ``load`` and ``price``; what is asked only of
who could go where, in ``counts``, ``unknowns`` and ``demand``.
"""

from matcher.insight.barriers import SiteBarrier, site_barriers
from matcher.insight.counts import BarrierCount, barrier_counts
from matcher.insight.demand import UnmetDemand, unmet_demand
from matcher.insight.load import SupervisorLoad, supervisor_load
from matcher.insight.price import Corner, PriceCurve, price_curve
from matcher.insight.seats import SeatWorth, seats
from matcher.insight.unknowns import UnknownAnswer, unknown_answers

__all__ = [
    "BarrierCount",
    "Corner",
    "PriceCurve",
    "SeatWorth",
    "SiteBarrier",
    "SupervisorLoad",
    "UnknownAnswer",
    "UnmetDemand",
    "barrier_counts",
    "price_curve",
    "seats",
    "site_barriers",
    "supervisor_load",
    "unknown_answers",
    "unmet_demand",
]
