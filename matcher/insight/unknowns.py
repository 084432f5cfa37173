"""Which answer nobody has yet, and how many people wait for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from matcher import eligibility, needs
from matcher.columns import Rows, Table, valid_answers
from matcher.domain import Need, OpeningId, SiteId
from matcher.pairs import every, looking
from matcher.policy import Policy
from matcher.travel.atlas import Ints

Bits = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownAnswer:
    """A question that nobody has answered, or whose answer is too old, and who waits for it.

    ``opening_id`` for a field of the task, else None: the question is about the site.
    ``participants``: how many who look meet, at some opening there, nothing but needs of which
    nobody knows, and the field is in the formula of one of these.
    """

    site_id: SiteId
    opening_id: OpeningId | None
    field: str
    participants: int


def unknown_answers(table: Table, policy: Policy) -> tuple[UnknownAnswer, ...]:
    """The unknown answers that somebody waits for: most participants first, then by id.

    None where the policy allows what is unknown (``unknown_needs = "check"``). People with
    protected identity are in no count.
    """
    openings = np.arange(len(table.problem.openings), dtype=np.int32)
    who = np.flatnonzero(looking(table) & ~table.p.protected).astype(np.int32)
    sites = len(table.problem.sites)
    counts = np.zeros((len(_fields()), sites + len(openings)), dtype=np.int64)
    unknown = _unknown(table, policy)
    for rows in every(table, who, openings):
        some, waits = _waiting(rows, policy, unknown)
        of_task = _bits(needs.WORK_FIELD_NAMES)
        _count(counts, some.participant, some.o.site, waits & ~of_task)
        _count(counts, some.participant, sites + some.opening, waits & of_task)
    found = [
        _answer(table, field, subject, int(counts[field, subject]))
        for field, subject in np.argwhere(counts).tolist()
    ]
    return tuple(sorted(found, key=_order))


def _order(answer: UnknownAnswer) -> tuple[int, str, str, str]:
    return -answer.participants, answer.site_id, answer.opening_id or "", answer.field


def _answer(table: Table, field: int, subject: int, participants: int) -> UnknownAnswer:
    """The answer about a subject: a site, or beyond the sites an opening."""
    sites, openings = table.problem.sites, table.problem.openings
    opening = openings[subject - len(sites)] if subject >= len(sites) else None
    return UnknownAnswer(
        site_id=opening.site_id if opening else sites[subject].site_id,
        opening_id=opening.opening_id if opening else None,
        field=_fields()[field],
        participants=participants,
    )


def _waiting(rows: Rows, policy: Policy, unknown: Bits) -> tuple[Rows, Bits]:
    """The pairs between which only unknown needs stand, and the fields each waits for, as bits."""
    said = eligibility.judged(rows, policy)
    rule = eligibility.BARRIERS.index(eligibility.need_unknown)
    at = np.flatnonzero((said[rule] != 0) & ((said != 0).sum(axis=0) == 1))
    waits = np.zeros(len(at), dtype=np.int64)
    for need, name in enumerate(Need):
        asks = said[rule, at] >> need & 1 != 0
        waits |= np.where(asks, _bits(_formulas()[name]), 0)
    return rows.take(at), waits & unknown[rows.opening[at]]


def _count(counts: Bits, participant: Ints, subject: Ints, waits: Bits) -> None:
    """Add to each field and subject how many participants wait for it, each once, in place.

    Args:
        counts: (fields, subjects) of people in other blocks.
        participant: (pairs,) who.
        subject: (pairs,) the site or opening.
        waits: (pairs,) the fields, as bits.
    """
    subjects = counts.shape[1]
    keys, pair = np.unique(participant.astype(np.int64) * subjects + subject, return_inverse=True)
    together = np.zeros(len(keys), dtype=np.int64)
    np.bitwise_or.at(together, pair, waits)
    for field in range(len(counts)):
        asked = keys[together >> field & 1 != 0] % subjects
        counts[field] += np.bincount(asked, minlength=subjects)


def _unknown(table: Table, policy: Policy) -> Bits:
    """(openings,) the fields of which nothing is known there today, as bits."""
    problem = table.problem
    known = {s.site_id: set(valid_answers(s, policy, problem.plan_date)) for s in problem.sites}
    bits = [
        _bits(set(_fields()) - (known[o.site_id] - needs.WORK_FIELD_NAMES) - set(o.work))
        for o in problem.openings
    ]
    return np.array(bits, dtype=np.int64)


class _Recorder(needs.Fields):
    """A place without answers, that notes which fields a formula asks for."""

    def __init__(self) -> None:
        super().__init__([{}])
        self.asked: dict[str, None] = {}

    def number(self, name: str) -> npt.NDArray[np.float64]:
        """Unknown; noted."""
        self.asked[name] = None
        return super().number(name)

    def code(self, name: str) -> npt.NDArray[np.object_]:
        """Unknown; noted."""
        self.asked[name] = None
        return super().code(name)


@cache
def _formulas() -> Mapping[Need, tuple[str, ...]]:
    """The fields of every need's formula."""
    found: dict[Need, tuple[str, ...]] = {}
    for need, formula in needs.FORMULAS.items():
        place = _Recorder()
        formula(place)
        found[need] = tuple(place.asked)
    return found


@cache
def _fields() -> tuple[str, ...]:
    """All fields of any formula; each one's place is that of its bit."""
    return tuple(dict.fromkeys(name for names in _formulas().values() for name in names))


def _bits(names: Collection[str]) -> int:
    return sum(1 << at for at, name in enumerate(_fields()) if name in names)
