"""Whether two data sets, or two problems made of them, say the same."""

import numpy as np

from matcher.dataset import Tables
from matcher.domain import Problem


def same_tables(one: Tables, other: Tables) -> bool:
    """Whether two data sets say the same in the same order."""
    return list(one) == list(other) and all(
        one[name].column_names == other[name].column_names
        and one[name].to_pylist() == other[name].to_pylist()
        for name in one
    )


def same_problem(one: Problem, other: Problem) -> bool:
    """Whether two problems have the same parts."""
    plain = ("plan_date", "participants", "providers", "sites", "openings", "placements")
    if any(getattr(one, name) != getattr(other, name) for name in plain):
        return False
    if one.occupations != other.occupations:
        return False
    if one.travel_times is None or other.travel_times is None:
        return one.travel_times is other.travel_times
    mine, theirs = one.travel_times, other.travel_times
    return (
        (mine.participant_ids, mine.site_ids) == (theirs.participant_ids, theirs.site_ids)
        and np.array_equal(mine.keys, theirs.keys)
        and np.array_equal(mine.minutes, theirs.minutes)
    )
