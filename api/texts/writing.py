"""How a text is written: the templates of both languages, filled in."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from string import Formatter

from api.texts import (
    answers,
    changes,
    commands,
    disclosures,
    english,
    faults,
    insights,
    jobs,
    noising,
    pages,
    referring,
    refusals,
    report_words,
    reports,
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
        **disclosures.ENGLISH,
        **noising.ENGLISH,
        **travelling.ENGLISH,
        **insights.ENGLISH,
        **jobs.ENGLISH,
        **pages.ENGLISH,
        **referring.ENGLISH,
        **refusals.ENGLISH,
        **reports.ENGLISH,
        **report_words.ENGLISH,
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
        **disclosures.SWEDISH,
        **noising.SWEDISH,
        **travelling.SWEDISH,
        **insights.SWEDISH,
        **jobs.SWEDISH,
        **pages.SWEDISH,
        **referring.SWEDISH,
        **refusals.SWEDISH,
        **reports.SWEDISH,
        **report_words.SWEDISH,
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
    return _filled(language, GROUPS[language][group][code], params)


def number(language: Language, value: float, decimals: int | None = None) -> str:
    """A number as the language writes it: 1,234.5 or 1 234,5 (the blank does not break)."""
    text = f"{value:,}" if decimals is None else f"{value:,.{decimals}f}"
    if language is Language.ENGLISH:
        return text
    return text.replace(",", _NO_BREAK_SPACE).replace(".", ",")


def plural(language: Language, count: int, one: str, many: str) -> str:
    """A number and its noun: ``1 day``, ``0 days``, ``1,000 days``."""
    return f"{number(language, count)} {one if count == 1 else many}"


def _filled(language: Language, template: str, params: Mapping[str, object]) -> str:
    return "".join(
        text if name is None else text + _field(language, params[name], spec)
        for text, name, spec in _parts(template)
    )


@cache
def _parts(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """A template as texts, each with the parameter behind it and how that is written.

    Taken apart once: an answer has hundreds of sentences.
    """
    return tuple((text, name, spec or "") for text, name, spec, _ in Formatter().parse(template))


def _field(language: Language, value: object, spec: str) -> str:
    if not isinstance(value, int | float):
        return str(value)
    one, several, many = spec.partition("|")
    if isinstance(value, int) and several:
        return plural(language, value, one, many)
    return format(value, spec) if spec else number(language, value)


def say_fully(language: Language, group: str, code: str, params: Mapping[str, object]) -> str:
    """The fullest text of a code whose parameters are all given."""
    key = _fullest(language, group, str(code), frozenset(params))
    return _filled(language, GROUPS[language][group][key], params)


@cache
def _fullest(language: Language, group: str, code: str, given: frozenset[str]) -> str:
    split = [(key, key.split()) for key in GROUPS[language][group]]
    fitting = [key for key, (of, *names) in split if of == code and given.issuperset(names)]
    return max(fitting or [code], key=lambda key: len(key.split()))
