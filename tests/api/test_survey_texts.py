"""Every question of a survey can be asked, and every answer to it read, in both languages."""

import pytest

from api.pages.survey_form import ABOUT_IT, PICTURES, SECTIONS, UNITS, said
from api.texts import GROUPS, Language
from matcher.domain import SurveyMethod
from matcher.survey import SITE_FIELDS, WORK_FIELDS

EVERY = (*SITE_FIELDS, *WORK_FIELDS)
languages = pytest.mark.parametrize("language", Language)


@languages
def test_every_question_and_answer_has_a_text(language: Language) -> None:
    """And there is no text of a question, or a help, that nobody asks."""
    texts = GROUPS[language]
    names = {field.name for field in EVERY}
    assert set(texts["page_question"]) == names
    assert set(texts["page_question_help"]) <= names
    for field in EVERY:
        choices = [said(field, code, language) for code in field.choices]
        assert len(set(choices)) == len(choices), field.name
        if field.unit:
            assert UNITS.get(field.unit, field.unit) in texts["page_unit"]
    assert {str(one) for one in SurveyMethod} <= set(texts["page_method"])


@languages
def test_every_text_of_an_answer_is_of_some_answer(language: Language) -> None:
    """By its code alone, or by the question's name and the code."""
    codes = {code for field in EVERY for code in field.choices}
    full = {f"{field.name}:{code}" for field in EVERY for code in field.choices}
    assert set(GROUPS[language]["page_answer"]) <= codes | full


@languages
def test_every_question_is_in_one_section_that_has_a_name(language: Language) -> None:
    """But who surveyed, and the note, which go with handing in."""
    asked = [field for one in SECTIONS for field in one.fields]
    assert sorted(field.name for field in (*asked, *ABOUT_IT)) == sorted(
        field.name for field in SITE_FIELDS
    )
    wanted = {code for one in SECTIONS for code in (one.code, f"{one.code}_lead")}
    assert set(GROUPS[language]["page_section"]) == wanted
    assert set(PICTURES.values()) <= set(GROUPS[language]["page_picture"])
