"""How a text is written: the templates of both languages, filled in."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from string import Formatter

from api.texts import (
    answers,
    changes,
    commands,
    english,
    faults,
    insights,
    jobs,
    pages,
    refusals,
    rights,
    serving,
    starting,
    swedish,
    travelling,
)

Groups = Mapping[str, Mapping[str, str]]

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class Language(StrEnum):
    """The languages there are texts in."""

    ENGLISH = "en"
    SWEDISH = "sv"


GROUPS: Mapping[Language, Groups] = {
    Language.ENGLISH: {
        **english.GROUPS,
        **faults.ENGLISH,
        **answers.ENGLISH,
        **changes.ENGLISH,
        **travelling.ENGLISH,
        **insights.ENGLISH,
        **jobs.ENGLISH,
        **pages.ENGLISH,
        **refusals.ENGLISH,
        **rights.ENGLISH,
        **serving.ENGLISH,
        **starting.ENGLISH,
        "cli": commands.ENGLISH,
    },
    Language.SWEDISH: {
        **swedish.GROUPS,
        **faults.SWEDISH,
        **answers.SWEDISH,
        **changes.SWEDISH,
        **travelling.SWEDISH,
        **insights.SWEDISH,
        **jobs.SWEDISH,
        **pages.SWEDISH,
        **refusals.SWEDISH,
        **rights.SWEDISH,
        **serving.SWEDISH,
        **starting.SWEDISH,
        "cli": commands.SWEDISH,
    },
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


def say_fully(language: Language, group: str, code: str, params: Mapping[str, object]) -> str:
    """The fullest text of a code whose parameters are all given."""
    key = _fullest(language, group, str(code), frozenset(params))
    return _Writer(language).vformat(GROUPS[language][group][key], (), params)


@cache
def _fullest(language: Language, group: str, code: str, given: frozenset[str]) -> str:
    split = [(key, key.split()) for key in GROUPS[language][group]]
    fitting = [key for key, (of, *names) in split if of == code and given.issuperset(names)]
    return max(fitting or [code], key=lambda key: len(key.split()))
