"""What is known of a site today: the newest answer to each question, when and how it was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.domain import Site, SurveyMethod
from matcher.policy import Policy
from matcher.survey import SITE_FIELDS, Answer

QUESTIONS = tuple(field.name for field in SITE_FIELDS if not field.name.startswith("survey."))
"""The questions about a site; who answered, and the note, are none."""

_USUAL = Policy()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The newest answer to a question. ``valid_until`` is empty where the day is not known."""

    answer: Answer
    surveyed_on: date | None
    method: SurveyMethod | None
    valid_until: date | None

    def counts(self, today: date) -> bool:
        """Whether the answer is not beyond its usual shelf life; if it is, it is unknown."""
        return self.valid_until is not None and today <= self.valid_until


def found(site: Site) -> Mapping[str, Found]:
    """The newest answer to each question that somebody answered, by the name of the question.

    Which ones count is what the engine says of the same site (``valid_answers``), as long as the
    organisation has not set other shelf lives.
    """
    newest: dict[str, Found] = {}
    for survey in site.surveys:  # oldest first
        made = survey.surveyed_on
        for name, answer in survey.answers.items():
            until = None if made is None else made + timedelta(days=_USUAL.shelf_life(name))
            newest[name] = Found(
                answer=answer, surveyed_on=made, method=survey.method, valid_until=until
            )
    return newest


def known(site: Site, today: date) -> Mapping[str, Found]:
    """What counts today."""
    return {name: one for name, one in found(site).items() if one.counts(today)}


def coverage(site: Site, today: date) -> tuple[int, int]:
    """How many of the questions have an answer that counts today, and how many there are."""
    answers = known(site, today)
    return sum(name in answers for name in QUESTIONS), len(QUESTIONS)
