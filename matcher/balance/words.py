"""The words of the balance: stages, endings, and how an occupation stands to a gender."""

from enum import StrEnum

from matcher.domain import Gender

WHOLE = "all"
"""The name of the one period that everything is in."""
NOT_GIVEN = "not_given"
"""The code of what nobody has said: no association, hours that nobody wrote down."""


class Stage(StrEnum):
    """How far it went (steg), in order; ``DECLINED`` stands beside the way."""

    WISHED = "wished"
    RECOMMENDED = "recommended"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    STARTED = "started"
    ENDED = "ended"
    DECLINED = "declined"


STAGES = tuple(Stage)
WAY = STAGES[:6]
"""The six stages of a balance table."""
GOT = WAY[1:]
"""Those that somebody else has a part in."""
PARTICIPANTS = "participants"
"""Stands before the stages: everybody, whether anything has happened or not."""


class Ending(StrEnum):
    """How a placement ended (avslut)."""

    WORK = "work"
    STUDIES = "studies"
    EMPLOYMENT_SERVICE_PREPARATORY = "employment_service_preparatory"
    MUNICIPAL_PREPARATORY = "municipal_preparatory"
    CONTINUED = "continued"
    CARE = "care"
    INTERRUPTED = "interrupted"
    OTHER = "other"
    UNKNOWN = "unknown"


class EndingOver(StrEnum):
    """Endings that MIA's figures are printed for together."""

    WORK_OR_STUDIES = "work_or_studies"
    PREPARATORY = "preparatory"


ENDING_OVER = tuple(EndingOver)
ENDINGS_UNDER = {
    Ending.WORK: EndingOver.WORK_OR_STUDIES,
    Ending.STUDIES: EndingOver.WORK_OR_STUDIES,
    Ending.EMPLOYMENT_SERVICE_PREPARATORY: EndingOver.PREPARATORY,
    Ending.MUNICIPAL_PREPARATORY: EndingOver.PREPARATORY,
}


class Sex(StrEnum):
    """Kön as tables show it: ``OTHER`` is who is neither, or has not said."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


SEXES = tuple(Sex)
BINARY = (Sex.WOMAN, Sex.MAN)
"""Those to whom an occupation can be typical or norm-breaking."""


class Relation(StrEnum):
    """How an occupation group stands to one's own gender, by who dominates it (over 60 %).

    ``NOT_STATED``: nobody can say; no group is named, or its share of women is not known.
    """

    TYPICAL = "typical"
    BREAKING = "breaking"
    EVEN = "even"
    NOT_STATED = "not_stated"


RELATIONS = tuple(Relation)


class Goal(StrEnum):
    """Whether the participant has asked for norm-breaking work (eget normmål)."""

    YES = "yes"
    NO = "no"


GOALS = tuple(Goal)
FIRST_HOURS = (10, 15, 20, 30)
HOURS_BANDS = ("-9", "10-14", "15-19", "20-29", "30-")
"""Hours a week; from 15 on many may begin work training, 40 is full time."""


class Change(StrEnum):
    """What became of the hours a week from the first to the last known."""

    LESS = "less"
    SAME = "same"
    MORE = "more"
    NOT_STATED = "not_stated"


CHANGES = tuple(Change)


class Few(StrEnum):
    """Why there is no figure, or why it says little."""

    HIDDEN = "HIDDEN"
    """A part of it is hidden by disclosure control."""
    NOBODY = "NOBODY"
    """There is nobody of whom it could be said."""
    TOO_FEW = "TOO_FEW"
    """The denominator is under the floor for percentages."""
    UNSURE = "UNSURE"
    """Told, but the interval is so wide that it says little."""


def sex_of(gender: str) -> Sex:
    """The column of a gender in a table.

    Raises:
        ValueError: no such gender.
    """
    return {Gender.WOMAN: Sex.WOMAN, Gender.MAN: Sex.MAN}.get(Gender(gender), Sex.OTHER)
