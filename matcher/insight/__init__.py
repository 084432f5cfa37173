"""What would open more doors: over all participants at once, no single one shown.

Answers name sites, openings and supervisors, never a participant; people with protected identity
are in no count. What is asked of a plan stands in ``seats``, ``barriers`` and ``load``; what is
asked only of who could go where, in ``counts``, ``unknowns`` and ``demand``.
"""

from matcher.insight.counts import BarrierCount, barrier_counts

__all__ = ["BarrierCount", "barrier_counts"]
