"""Every sentence for people, in English and Swedish. The engine speaks in codes.

A key is a group and a code: ``goals.placed``. A template fills in by name; ``{days}`` is written
as the language writes numbers, ``{row:d}`` in plain digits, ``{days:day|days}`` with its noun.
A group may say the same code more fully when it knows more: ``out_of_range low high`` stands
beside ``out_of_range``, and the fullest whose parameters are all given is used.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING

from api.texts import commands, english, faults, swedish

if TYPE_CHECKING:  # the engine loads numpy; the texts must not
    from matcher.dataset.notices import Notice
    from matcher.domain import Barrier
    from matcher.errors import Fault
    from matcher.explain import Journey, Question
    from matcher.verify import Violation

Groups = Mapping[str, Mapping[str, str]]

_NOT_TABLES = frozenset(
    {
        *("folder_missing", "file_missing", "not_a_file", "table_ignored"),
        *("former_missing", "former_unasked", "former_differs"),
    }
)
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class Language(StrEnum):
    """The languages there are texts in."""

    ENGLISH = "en"
    SWEDISH = "sv"


GROUPS: Mapping[Language, Groups] = {
    Language.ENGLISH: {**english.GROUPS, **faults.ENGLISH, "cli": commands.ENGLISH},
    Language.SWEDISH: {**swedish.GROUPS, **faults.SWEDISH, "cli": commands.SWEDISH},
}


def say(language: Language, key: str, /, **params: object) -> str:
    """The text of ``group.code``, filled in.

    Raises:
        KeyError: no such text, or a parameter that it needs is not given.
    """
    group, _, code = key.partition(".")
    return _Writer(language).vformat(GROUPS[language][group][code], (), params)


def number(language: Language, value: float, decimals: int | None = None) -> str:
    """A number as the language writes it: 1,234.5 or 1 234,5 (the blank does not break)."""
    text = f"{value:,}" if decimals is None else f"{value:,.{decimals}f}"
    if language is Language.ENGLISH:
        return text
    return text.replace(",", _NO_BREAK_SPACE).replace(".", ",")


def plural(language: Language, count: int, one: str, many: str) -> str:
    """A number and its noun: ``1 day``, ``0 days``, ``1,000 days``."""
    return f"{number(language, count)} {one if count == 1 else many}"


def half_days(sessions: int, language: Language) -> str:
    """A set of half-days in the order of the week: ``Mon am, Tue pm``."""
    names = GROUPS[language]["half_days"].values()
    chosen = [name for bit, name in enumerate(names) if sessions >> bit & 1]
    return ", ".join(chosen) or say(language, "frames.no_half_days")


def fault_sentence(fault: "Fault", language: Language) -> str:
    """Where a fault stands, what stands there if that may be shown, and what was expected."""
    params = dict(fault.params)
    reason = params.pop("withheld", None)
    known = {
        "place": _place(fault, language),
        "text": _say(language, "faults", fault.code, params),
    }
    if fault.value is not None:
        return say(language, "frames.found", value=fault.value, **known)
    sentence = say(language, "frames.fault", **known)
    return sentence if reason is None else f"{sentence} {say(language, f'withheld.{reason}')}"


def notice_sentence(notice: "Notice", language: Language) -> str:
    """What is no fault but worth knowing, and where it stands."""
    text = _say(language, "notices", notice.code, notice.params)
    sentence = say(language, "frames.fault", place=_place(notice, language), text=text)
    reason = notice.params.get("withheld")
    return sentence if reason is None else f"{sentence} {say(language, f'withheld.{reason}')}"


def barrier_sentence(
    barrier: "Barrier",
    language: Language,
    *,
    limit: int | None = None,
    journey: "Journey | None" = None,
) -> str:
    """Why somebody cannot have a place.

    Args:
        barrier: the code and what it is about.
        language: of the sentence.
        limit: what it is held against, where there is such a number: the minutes the participant
            can travel, the opening's hours or age, the half-days a week.
        journey: with its band, where the minutes are estimated.
    """
    params = _about(barrier, language) | _given(limit=limit)
    if journey is not None:
        params |= _given(low=journey.low, high=journey.high)
    return _say(language, "barriers", barrier.code, params)


def question_sentence(
    question: "Question", language: Language, *, limit: int | None = None
) -> str:
    """Whom to ask, and the very question; ``limit`` is the minutes the participant can travel."""
    barrier = question.barrier
    params = _about(barrier, language)
    code = str(barrier) if "need" in params else str(barrier.code)
    text = _say(language, "questions", code, params | _given(limit=limit))
    return say(language, f"asking.{question.whom}", question=text)


def violation_sentence(violation: "Violation | str", language: Language) -> str:
    """Which rule a plan breaks, and where; from a violation or from its text."""
    rule, _, where = str(violation).partition(" ")
    group = "violations" if rule in GROUPS[language]["violations"] else "barriers"
    return ": ".join(part for part in (where, say(language, f"{group}.{rule}")) if part)


def journey_words(journey: "Journey", language: Language) -> str:
    """A journey in a few words; an estimate with its band."""
    if journey.from_home:
        return say(language, "frames.from_home")
    params = _given(minutes=journey.minutes, low=journey.low, high=journey.high)
    return _say(language, "reach", journey.reach.name, params)


def _given(**params: object) -> dict[str, object]:
    """The parameters that are known."""
    return {name: value for name, value in params.items() if value is not None}


class _Writer(Formatter):
    """Fills templates in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def format_field(self, value: object, format_spec: str) -> str:
        one, several, many = format_spec.partition("|")
        if isinstance(value, int) and several:
            return plural(self.language, value, one, many)
        if isinstance(value, int | float) and not format_spec:
            return number(self.language, value)
        return format(value, format_spec) if isinstance(value, int | float) else str(value)


def _say(language: Language, group: str, code: str, params: Mapping[str, object]) -> str:
    """The fullest text of a code whose parameters are all given."""
    key = _fullest(language, group, str(code), frozenset(params))
    return _Writer(language).vformat(GROUPS[language][group][key], (), params)


@cache
def _fullest(language: Language, group: str, code: str, given: frozenset[str]) -> str:
    split = [(key, key.split()) for key in GROUPS[language][group]]
    fitting = [key for key, (of, *names) in split if of == code and given.issuperset(names)]
    return max(fitting or [code], key=lambda key: len(key.split()))


def _place(found: "Fault | Notice", language: Language) -> str:
    """Where something stands: in a table by row and column, in a file by line and setting."""
    file = found.code in _NOT_TABLES or "." in found.table
    kind = "unnamed" if not found.table else "file" if file else "table"
    parts = [say(language, f"places.{kind}", table=found.table)]
    if found.row is not None:
        parts.append(say(language, f"places.{'line' if file else 'row'}", row=found.row))
    if found.column is not None:
        name = "setting" if file else "column"
        parts.append(say(language, f"places.{name}", column=found.column))
    return ", ".join(parts)


def _about(barrier: "Barrier", language: Language) -> dict[str, object]:
    """What a barrier is about: a need by its name, or minutes."""
    detail = barrier.detail
    if detail.isdecimal():
        return {"minutes": int(detail)}
    names = GROUPS[language]["needs"]
    return {"need": names[detail]} if detail in names else {}
