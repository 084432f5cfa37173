"""The survey as a form: its sections, each question with its answer, and what was filled in.

A field is called as the API's pointer has it: ``/entrance/stepCount`` is ``entrance-stepCount``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pydantic import ValidationError

from api.client import ProblemError
from api.pages import forms
from api.pages.forms import Form, FormError, FormFault
from api.pages.reference import Choice
from api.schemas.drafts import SiteUnknowns, SurveyDraft, SurveyDraftIn
from api.schemas.surveys import CurrentSurvey, SurveySections, pointer, task_pointer
from api.texts import GROUPS, Language
from matcher.survey import SITE_FIELDS, WORK_FIELDS, SurveyField

PICTURES: Mapping[str, str] = {
    "arrival.route_max_slope_pct": "slope",
    "entrance.ramp_slope_pct": "slope",
    "entrance.threshold_mm": "threshold",
    "entrance.door_clear_width_cm": "door",
    "toilet.door_clear_width_cm": "door",
    "inside.turning_space_cm": "turning",
}
"""What is hard to judge, and the picture that shows how to measure it."""
UNITS: Mapping[str, str] = {"%": "pct", "dB(A)": "dBA"}
"""Units whose texts go by another code."""
_ABOUT = "survey"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: its code, its word in addresses, and the survey's sections in it."""

    code: str
    word: str
    parts: tuple[str, ...]

    @property
    def fields(self) -> tuple[SurveyField, ...]:
        """The questions."""
        return tuple(one for one in SITE_FIELDS if one.name.partition(".")[0] in self.parts)


SECTIONS: tuple[Section, ...] = (
    Section("arrival", "vagen-hit", ("arrival",)),
    Section("entrance", "entren", ("entrance",)),
    Section("inside", "inne", ("levels", "lift", "inside")),
    Section("toilet", "toalett", ("toilet", "hygiene")),
    Section("air", "luft", ("air",)),
    Section("sensory", "ljud-och-ljus", ("sensory",)),
    Section("info", "skyltar", ("info",)),
    Section("support", "stod", ("staff", "safety", "work")),
)
"""In the order in which one walks in; who surveyed, and a note, come with handing in."""
ABOUT_IT: tuple[SurveyField, ...] = tuple(
    one for one in SITE_FIELDS if one.name.startswith(f"{_ABOUT}.")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it is shown.

    ``name``: of the form's field; ``mode``: the keys a phone shows for a number (some have no
    minus among the digits); ``values``: what the form holds; ``now``: the answer that
    counts today, as text, empty where it is unknown, and ``since`` its day; ``waits``: how many
    wait for an answer: None nobody (or not counted), 0 a few, else the number.
    """

    code: str
    name: str
    kind: str
    choices: tuple[Choice, ...]
    unit: str
    help: str
    picture: str
    mode: str
    values: tuple[str, ...] = ()
    now: str = ""
    since: str = ""
    waits: int | None = None

    @property
    def value(self) -> str:
        """The value of a field with one."""
        return self.values[-1] if self.values else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a site: what counts today, what the draft says, who waits for what.

    By pointer; ``draft`` is None where no draft is looked at.
    """

    current: CurrentSurvey
    draft: SurveyDraft | None
    unknowns: SiteUnknowns

    def progress(self, fields: Iterable[SurveyField]) -> tuple[int, int]:
        """How many questions have an answer, today or in the draft, and how many there are."""
        counted = tuple(one for one in fields if one not in ABOUT_IT)
        counts = {one.pointer for one in self.current.sources if one.counts}
        answered = sum(
            pointer(one.name) in counts or answer_of(self.draft, pointer(one.name)) is not None
            for one in counted
        )
        return answered, len(counted)

    def waits(self, place: str) -> int | None:
        """How many wait for the answer at a pointer: see ``Question``."""
        for one in self.unknowns.waiting:
            if one.pointer == place and one.opening_id is None:
                return one.participants or 0
        return None


def answer_of(sections: SurveySections | None, place: str) -> object:
    """The answer at a pointer; None where there is none."""
    if sections is None:
        return None
    section, name = place.lstrip("/").split("/")
    part = getattr(sections, section)
    for field, about in type(part).model_fields.items():
        if about.alias == name:
            found: object = getattr(part, field)
            return found
    raise KeyError(place)


def questions(
    fields: Iterable[SurveyField], known: Known, form: Form, language: Language
) -> tuple[Question, ...]:
    """Questions as they are shown: with what was filled in, else what the draft says."""
    sources = {one.pointer: one for one in known.current.sources if one.counts}
    found = []
    for field in fields:
        place = pointer(field.name)
        source = sources.get(place)
        answer = answer_of(known.current, place) if source is not None else None
        day = None if source is None else source.surveyed_on
        kept = written(answer_of(known.draft, place))
        found.append(
            replace(
                asked(field, place, language),
                values=form.fields.get(name_of(place), ()) if form.fields else kept,
                now="" if answer is None else said(field, answer, language),
                since="" if day is None else day.isoformat(),
                waits=None if source is not None else known.waits(place),
            )
        )
    return tuple(found)


def asked(field: SurveyField, place: str, language: Language) -> Question:
    """A question that nobody has answered, as it is shown."""
    texts = GROUPS[language]
    kind = "many" if field.many else "one" if field.choices else "number" if field.unit else "text"
    unit = UNITS.get(field.unit, field.unit)
    return Question(
        code=field.name,
        name=name_of(place),
        kind=kind,
        choices=tuple((code, said(field, code, language)) for code in field.choices),
        unit=texts["page_unit"][unit] if unit else "",
        help=texts["page_question_help"].get(field.name, ""),
        picture=PICTURES.get(field.name, ""),
        mode="text" if field.low < 0 else "decimal" if field.decimals else "numeric",
    )


def task_questions(
    answers: Mapping[str, object], waits: Mapping[str, int], form: Form, language: Language
) -> tuple[Question, ...]:
    """The questions about the task of an opening; ``answers`` and ``waits`` by pointer."""
    found = []
    for field in WORK_FIELDS:
        place = task_pointer(field.name)
        answer = answers.get(place)
        values = form.fields.get(name_of(place), ()) if form.fields else written(answer)
        waiting = waits.get(place) if answer is None else None
        found.append(replace(asked(field, place, language), values=values, waits=waiting))
    return tuple(found)


def name_of(place: str) -> str:
    """What the field of a pointer is called in a form."""
    return place.lstrip("/").replace("/", "-")


def said(field: SurveyField, answer: object, language: Language) -> str:
    """An answer as people read it."""
    texts = GROUPS[language]["page_answer"]
    if isinstance(answer, tuple):
        return ", ".join(said(field, one, language) for one in answer)
    if field.choices:
        return texts.get(f"{field.name}:{answer}") or texts[str(answer)]
    text = _plain(answer)
    if language is Language.SWEDISH and field.decimals:
        text = text.replace(".", ",")
    if not field.unit:
        return text
    return f"{text} {GROUPS[language]['page_unit'][UNITS.get(field.unit, field.unit)]}"


def written(answer: object) -> tuple[str, ...]:
    """An answer as a form holds it."""
    if answer is None:
        return ()
    if isinstance(answer, tuple):
        return tuple(str(one) for one in answer)
    return (_plain(answer),)


def _plain(answer: object) -> str:
    return str(int(answer)) if isinstance(answer, float) and answer.is_integer() else str(answer)


def filled(field: SurveyField, name: str, form: Form) -> object:
    """What was filled in at a field, as the API takes it; None is unknown."""
    if field.many:
        return form.all(name) or None
    return form.number(name) if field.unit else form.given(name)


def with_filled(
    draft: SurveyDraft, fields: Iterable[SurveyField], form: Form, **about: object
) -> SurveyDraftIn:
    """The draft with what was filled in of some questions; ``about``: other fields of it.

    Raises:
        FormError: with every fault beside its question.
    """
    values = draft.model_dump(by_alias=True, include=set(SurveyDraftIn.model_fields))
    for field in fields:
        place = pointer(field.name)
        section, name = place.lstrip("/").split("/")
        values[section][name] = filled(field, name_of(place), form)
    return checked(SurveyDraftIn, values | about)


def checked(kind: type[forms.Model], values: Mapping[str, object]) -> forms.Model:
    """A body with sections from what was filled in.

    Raises:
        FormError: with every fault beside its question.
    """
    try:
        return kind.model_validate(dict(values))
    except ValidationError as wrong:
        raise FormError(
            FormFault(field=_field(one["loc"]), code=_code(str(one["type"])))
            for one in wrong.errors()
        ) from None


def faults_of(problem: ProblemError) -> tuple[FormFault, ...]:
    """What the API says is wrong, beside its question.

    Raises:
        ProblemError: the same, where no form can mend it.
    """
    if not problem.faults:
        return forms.faults_of(problem)
    return tuple(
        FormFault(field=name_of(one.pointer), code=one.code, detail=one.detail)
        for one in problem.faults
    )


def _field(place: tuple[int | str, ...]) -> str:
    return "-".join(str(one) for one in place[:2] if isinstance(one, str))


def _code(code: str) -> str:
    return "not_a_number" if code in {"int_type", "float_type", "int_from_float"} else code
