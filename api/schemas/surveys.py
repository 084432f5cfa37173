"""Surveys (tillgänglighetskartläggningar) on the wire: sections of typed answers, or unknown.

The types are made of the engine's own table of questions (``matcher.survey``), so that what the
API takes is what the engine reads. ``null`` is unknown, never yes or no; a question that is left
out is unknown too.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, create_model, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from api.domain import surveys as knowledge
from api.schemas.plain import Note
from api.schemas.wire import Wire
from api.store.sites import SiteFound, SurveyFound
from matcher.domain import Survey, SurveyMethod
from matcher.survey import SITE_FIELDS, WORK_FIELDS, Answer, SurveyField

SEPARATOR = ";"
NONE = "none"


def _several(codes: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(codes)) < len(codes) or (NONE in codes and len(codes) > 1):
        raise PydanticCustomError(
            "contradiction", "not together", {"expected": f"each once, and {NONE} alone"}
        )
    return codes


def _type(field: SurveyField) -> Any:  # noqa: ANN401 -- a type made of a table
    """The type of an answer to a question."""
    about: Any = Field(description=_about(field))
    if field.many:
        one: Any = Literal.__getitem__(field.choices)
        several = Annotated[tuple[one, ...], Field(min_length=1), AfterValidator(_several)]
        return Annotated[several | None, about]
    if field.choices:
        code: Any = Literal.__getitem__(field.choices)
        return Annotated[code | None, about]
    if not field.unit:
        return Annotated[Note | None, about]
    bounds = Field(ge=field.low, le=field.high, strict=True, allow_inf_nan=False)
    if field.decimals:
        return Annotated[Annotated[float, bounds] | None, about]
    whole = Field(ge=field.low, le=field.high, strict=True)
    return Annotated[Annotated[int, whole] | None, about]


def _about(field: SurveyField) -> str:
    unit = f" ({field.unit})" if field.unit else ""
    return f"{field.name}{unit}; null is unknown"


def _split(field: SurveyField) -> tuple[str, str]:
    section, _, name = field.name.partition(".")
    return section, name


def _by_section(fields: tuple[SurveyField, ...]) -> dict[str, tuple[SurveyField, ...]]:
    found: dict[str, tuple[SurveyField, ...]] = {}
    for field in fields:
        section, _ = _split(field)
        found[section] = (*found.get(section, ()), field)
    return found


def _model(name: str, doc: str, fields: tuple[SurveyField, ...]) -> type[Wire]:
    parts: dict[str, Any] = {_split(field)[1]: (_type(field), None) for field in fields}
    return create_model(name, __base__=Wire, __doc__=doc, **parts)


_SECTIONS = _by_section(SITE_FIELDS)
_MODELS = {
    section: _model(
        f"Survey{section.title()}", f"What a survey says of {section}; null is unknown.", fields
    )
    for section, fields in _SECTIONS.items()
}

if TYPE_CHECKING:
    SurveySections = Wire
    TaskAnswers = Wire
else:
    SurveySections = create_model(
        "SurveySections",
        __base__=Wire,
        __doc__="Every question of a survey, by section; null is unknown.",
        **{section: (model, model()) for section, model in _MODELS.items()},
    )
    TaskAnswers = _model(
        "TaskAnswers", "What the work of an opening is like; null is unknown.", WORK_FIELDS
    )

_EXAMPLE: JsonDict = {
    "surveyedOn": "2026-05-04",
    "method": "on_site",
    "entrance": {"stepCount": 0, "isLevel": "yes", "doorClearWidthCm": 92},
    "air": {"scentPolicy": "recommended", "scentSources": ["flowers"]},
    "sensory": {"noiseCategory": "conversation", "hearingLoop": None},
}
_OUT: JsonDict = {
    "id": "3d0b1c7a-0f5e-4a53-8f43-0d9a5c5b7a21",
    "createdAt": "2026-05-04T12:00:00Z",
    **_EXAMPLE,
}
_CURRENT: JsonDict = {
    "siteId": "0e0f7f3c-6f0a-4a53-9c3b-6a1f7f0a9b11",
    "questions": 58,
    "answered": 1,
    "entrance": {"stepCount": 0},
    "sources": [
        {
            "pointer": "/entrance/stepCount",
            "surveyedOn": "2026-05-04",
            "method": "on_site",
            "validUntil": "2028-05-03",
            "counts": True,
        }
    ],
}


class SurveyIn(SurveySections):
    """A survey of a site, as it was made; it is kept beside the earlier ones."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    surveyed_on: date
    method: SurveyMethod

    @model_validator(mode="after")
    def _something(self) -> "SurveyIn":
        if not answers_of(self):
            raise PydanticCustomError("empty", "no answers", {"expected": "at least one answer"})
        return self


class SurveyOut(SurveySections):
    """A survey as it was made; null is what nobody answered then."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OUT]})

    id: UUID
    surveyed_on: date | None
    method: SurveyMethod | None
    created_at: datetime


class AnswerSource(Wire):
    """When and how the newest answer to a question was found.

    ``counts`` says whether it is within its usual shelf life; an answer that is not is unknown to
    the matching, whatever it says.
    """

    pointer: str = Field(examples=["/entrance/stepCount"])
    surveyed_on: date | None
    method: SurveyMethod | None
    valid_until: date | None
    counts: bool


class CurrentSurvey(SurveySections):
    """The newest answer to every question about a site; null is what nobody ever answered."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CURRENT]})

    site_id: UUID
    questions: int
    answered: int = Field(description="Questions with an answer that counts today")
    sources: tuple[AnswerSource, ...]


def answers_of(model: Wire) -> dict[str, Answer]:
    """The answers of a survey, as the domain keeps them; what is unknown is not there."""
    return dict(_answers(model, SITE_FIELDS, sections=True))


def task_answers_of(model: Wire) -> dict[str, Answer]:
    """The answers about a task, as the domain keeps them."""
    return dict(_answers(model, WORK_FIELDS, sections=False))


def _answers(
    model: Wire, fields: tuple[SurveyField, ...], *, sections: bool
) -> Iterator[tuple[str, Answer]]:
    for field in fields:
        section, name = _split(field)
        answer = getattr(getattr(model, section) if sections else model, name)
        if isinstance(answer, tuple):
            yield field.name, SEPARATOR.join(one for one in field.choices if one in answer)
        elif answer is not None:
            yield field.name, answer


def sections_of(answers: Mapping[str, Answer]) -> dict[str, Wire]:
    """The sections of a survey with these answers, as they were kept: nothing is judged again."""
    return {
        section: model.model_construct(**_values(answers, _SECTIONS[section]))
        for section, model in _MODELS.items()
    }


def task_of(answers: Mapping[str, Answer]) -> TaskAnswers:
    """What a task is like."""
    return TaskAnswers.model_construct(**_values(answers, WORK_FIELDS))


def survey_of(sent: SurveyIn) -> Survey:
    """The domain's value of a survey that was sent."""
    return Survey(surveyed_on=sent.surveyed_on, method=sent.method, answers=answers_of(sent))


def survey_out(found: SurveyFound) -> SurveyOut:
    """A survey as it was made."""
    return SurveyOut.model_validate(
        {
            **sections_of(found.survey.answers),
            "id": found.id,
            "surveyed_on": found.survey.surveyed_on,
            "method": found.survey.method,
            "created_at": found.created_at,
        }
    )


def current_survey(found: SiteFound, today: date) -> CurrentSurvey:
    """What is known of a site, and since when."""
    newest = knowledge.found(found.site)
    answered, questions = knowledge.coverage(found.site, today)
    return CurrentSurvey.model_validate(
        {
            **sections_of({name: one.answer for name, one in newest.items()}),
            "site_id": found.id,
            "questions": questions,
            "answered": answered,
            "sources": tuple(
                AnswerSource(
                    pointer=pointer(field.name),
                    surveyed_on=newest[field.name].surveyed_on,
                    method=newest[field.name].method,
                    valid_until=newest[field.name].valid_until,
                    counts=newest[field.name].counts(today),
                )
                for field in SITE_FIELDS
                if field.name in newest
            ),
        }
    )


def pointer(name: str) -> str:
    """Where a question stands on the wire: ``/entrance/stepCount``."""
    section, _, field = name.partition(".")
    alias = _MODELS[section].model_fields[field].alias
    return f"/{section}/{alias}"


def task_pointer(name: str) -> str:
    """Where a question about a task stands on the wire: ``/work/liftMaxKg``."""
    section, _, field = name.partition(".")
    return f"/{section}/{TaskAnswers.model_fields[field].alias}"


def _values(answers: Mapping[str, Answer], fields: tuple[SurveyField, ...]) -> dict[str, Any]:
    return {
        _split(field)[1]: _value(field, answers[field.name])
        for field in fields
        if field.name in answers
    }


def _value(field: SurveyField, answer: Answer) -> Answer | int | tuple[str, ...]:
    if field.many:
        return tuple(str(answer).split(SEPARATOR))
    if field.unit:
        return float(answer) if field.decimals else int(answer)
    return answer
