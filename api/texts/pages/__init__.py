"""What the pages say, one module a subject, in both languages.

A group is called ``page_`` and the subject: ``t("login.title")`` in a template is the text
``page_login.title``. A group that several subjects add to (``page_done``) is their sum.
"""

from collections.abc import Iterable, Mapping

from api.texts.pages import (
    about,
    admin,
    choosing,
    frame,
    managing,
    matches,
    openings,
    participants,
    picture,
    plans,
    printout,
    profile,
    proposals,
    questions,
    survey_answers,
    surveys,
    today,
)

Groups = Mapping[str, Mapping[str, str]]


def _summed(parts: Iterable[Groups]) -> Groups:
    found: dict[str, dict[str, str]] = {}
    for part in parts:
        for name, texts in part.items():
            found.setdefault(name, {}).update(texts)
    return found


_SUBJECTS = (
    frame,
    today,
    admin,
    about,
    plans,
    picture,
    participants,
    profile,
    proposals,
    matches,
    choosing,
    printout,
    managing,
    openings,
    surveys,
    questions,
    survey_answers,
)
ENGLISH: Groups = _summed(one.ENGLISH for one in _SUBJECTS)
SWEDISH: Groups = _summed(one.SWEDISH for one in _SUBJECTS)
