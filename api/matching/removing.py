"""What would take every barrier between one participant and one opening away."""

from typing import TYPE_CHECKING

from api import texts
from api.matching.advising import Advised
from api.texts import Language

if TYPE_CHECKING:
    from matcher.explain import FallsAway
    from matcher.explain.remedies import Step

MOST = 3
"""Ways that are told."""


def ways(advice: Advised, away: "FallsAway") -> "tuple[tuple[Step, ...], ...]":
    """The smallest ways, each of one or two steps; none where somebody would have to build.

    Nobody is asked to give up a need, a no or an exclusion.
    """
    from matcher.explain.remedies import Case, remedies

    problem = advice.table.problem
    case = Case(
        problem=problem,
        policy=advice.policy,
        person=problem.participants[0],
        opening=problem.opening[away.opening_id],
        minutes=-1 if away.journey.minutes is None else away.journey.minutes,
    )
    found = remedies(case, tuple(barrier for barrier, _ in away.barriers))
    return tuple(sorted(found, key=lambda steps: sum(step.size for step in steps))[:MOST])


def way_words(steps: "tuple[Step, ...]", language: Language) -> str:
    """A way as a sentence: ``If the participant could travel 52 minutes, ...``."""
    words = [texts.step_words(step, language) for step in steps]
    return texts.way_sentence(words, None, language)
