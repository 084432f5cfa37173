"""Follow-up as SE and IPS ask for it: caseloads, and how fresh and known the places are.

What is counted of places is no one's data and needs no protection; supervisors are counted, never
named. Reference for caseloads: at most 20 (IPS-25, item 1: Bond and others, Psychiatric Services
63 (2012) 758).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.balance.cells import counted, variable
from matcher.balance.disclosure import ProtectedRelease, Table
from matcher.balance.events import NONE
from matcher.balance.figures import cell
from matcher.balance.measures import Counting
from matcher.balance.words import PARTICIPANTS
from matcher.columns import valid_answers
from matcher.domain import OpeningStatus, Problem
from matcher.explain import STALE_DAYS
from matcher.policy import Policy
from matcher.survey import SITE_FIELDS

CASELOAD = 20
"""Participants of one supervisor, at most, by the fidelity scale of IPS."""
FIRST_LOADS = (11, CASELOAD + 1, 26)
LOADS = ("-10", "11-20", "21-25", "26-")
SUPERVISORS = "supervisors"
ASKED_FOR = tuple(field.name for field in SITE_FIELDS if field.name != "survey.note")


def caseload(counting: Counting) -> Iterator[Table]:
    """How many supervisors have how many participants, and how many participants have one."""
    supervisor = counting.events.people.supervisor
    known = supervisor != NONE
    _, staff, sizes = np.unique(supervisor[known], return_inverse=True, return_counts=True)
    bands = np.digitize(sizes, FIRST_LOADS).astype(np.int32)
    keys = None
    if counting.noising:
        theirs = np.zeros(len(sizes), dtype=np.uint64)  # of whom they support: as lasting as those
        np.add.at(theirs, staff, counting.events.people.key[known])
        keys = counting.noising.keys("supervisor", theirs)
    yield counted("caseload", SUPERVISORS, [variable("caseload", LOADS)], [bands], keys)
    has = np.where(supervisor == NONE, 1, 0).astype(np.int32)
    keys = counting.keys(np.arange(len(has), dtype=np.int32))
    by = variable("supervised", ("yes", "no"))
    yield counted("supervised", PARTICIPANTS, [by], [has], keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """Participants of a supervisor in the mean, in tenths; None where hidden or nobody's.

    ``above``: how many supervisors have more than the ``reference``.
    """

    mean_tenths: int | None
    above: int | None
    reference: int = CASELOAD


def load(release: ProtectedRelease) -> Caseload:
    """The mean caseload, and how many supervisors have more than the reference."""
    table = release.table("caseload")
    people, staff = cell(release.table("supervised"), "yes"), cell(table, None)
    over = [cell(table, band) for band in LOADS[2:]]
    known = [number for number in over if number is not None]
    mean = None if people is None or not staff else (20 * people + staff) // (2 * staff)
    return Caseload(mean_tenths=mean, above=sum(known) if len(known) == len(over) else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """Openings that take people: ``fresh`` were confirmed within ``days``, ``never`` never."""

    openings: int
    fresh: int
    never: int
    days: int = STALE_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Sites: how many were ever ``surveyed``, and answers that are known and not too old today.

    ``asked`` is how many answers there could be: the questions of a survey for each site.
    ``unknown``: for each question how many sites nobody knows it of.
    """

    sites: int
    surveyed: int
    known: int
    asked: int
    unknown: tuple[tuple[str, int], ...]


def freshness(problem: Problem) -> Freshness:
    """How lately the openings that take people were confirmed."""
    open_ = [o for o in problem.openings if o.status is OpeningStatus.OPEN]
    confirmed = [o.updated_at for o in open_ if o.updated_at is not None]
    fresh = [day for day in confirmed if (problem.plan_date - day).days <= STALE_DAYS]
    return Freshness(openings=len(open_), fresh=len(fresh), never=len(open_) - len(confirmed))


def coverage(problem: Problem, policy: Policy) -> Coverage:
    """How much is known of the sites today, in answers to the survey's questions."""
    today = problem.plan_date
    known = [valid_answers(site, policy, today).keys() for site in problem.sites]
    unknown = tuple((name, sum(name not in answers for answers in known)) for name in ASKED_FOR)
    asked = len(known) * len(ASKED_FOR)
    return Coverage(
        sites=len(known),
        surveyed=sum(bool(site.surveys) for site in problem.sites),
        known=asked - sum(number for _, number in unknown),
        asked=asked,
        unknown=unknown,
    )
