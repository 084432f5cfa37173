"""What is said of sources that failed, and of names that were not looked up: in both languages."""

import pytest

from api import texts
from api.cli.travel_screen import Travelling
from api.texts import Language
from api.travel.places import LONGEST_NAME, Kind, Place, Places, Refusal, Search
from api.travel.troubles import Trouble
from matcher.travel.contract import Point

languages = pytest.mark.parametrize("language", Language)
REFUSED = {
    Refusal.EMPTY: " ",
    Refusal.TOO_LONG: "o" * (LONGEST_NAME + 1),
    Refusal.STREET_ADDRESS: "Storgatan 5",
    Refusal.POSTCODE: "123 45",
    Refusal.NUMBER: "19121212-1212",
}


def told(found: Search, language: Language) -> str | None:
    """What became of a search, in words."""
    return texts.search_sentence(
        language, refusal=found.refusal, trouble=found.trouble, places=len(found.candidates)
    )


@languages
@pytest.mark.parametrize(("group", "codes"), [("troubles", Trouble), ("place_refusals", Refusal)])
def test_every_code_has_words_and_there_are_none_beside(
    language: Language, group: str, codes: type[Trouble] | type[Refusal]
) -> None:
    """No two codes say the same, and none says its code."""
    words = texts.GROUPS[language][group]
    assert set(words) == {str(code) for code in codes}
    assert len(set(words.values())) == len(words)
    assert not [code for code, text in words.items() if "_" in text or text == code]


@languages
@pytest.mark.parametrize("refusal", Refusal)
def test_a_refused_name_is_answered_in_a_sentence(language: Language, refusal: Refusal) -> None:
    """What to write instead; the name is not repeated."""
    found = Places().find(REFUSED[refusal])
    assert found.refusal is refusal
    sentence = told(found, language)
    assert sentence is not None
    assert sentence.endswith(".")
    assert REFUSED[refusal].strip() not in sentence or refusal is Refusal.EMPTY


@languages
@pytest.mark.parametrize("trouble", Trouble)
def test_a_failing_server_is_answered_in_a_sentence(language: Language, trouble: Trouble) -> None:
    """With the reason."""
    sentence = told(Search(trouble=trouble), language)
    assert sentence is not None
    assert texts.say(language, f"troubles.{trouble}") in sentence


@pytest.mark.parametrize(
    ("places", "english", "swedish"),
    [
        (
            0,
            "Nobody knows a place of this name. Try the nearest town, or a stop.",
            (
                "Ingen känner till en ort med det namnet. Prova närmaste större ort, eller en"
                " hållplats."
            ),
        ),
        (1, None, None),
        (2, "2 places have this name: choose one.", "2 orter har det namnet: välj en."),
    ],
)
def test_how_many_places_have_a_name(
    places: int, english: str | None, swedish: str | None
) -> None:
    """Of one nothing is said; among several a person chooses."""
    place = Place(
        name="Brevik",
        kind=Kind.LOCALITY,
        municipality_code="0186",
        municipality="Lidingö",
        point=Point(latitude=59.3, longitude=18.2),
        source="geonames",
    )
    found = Search(candidates=(place,) * places)
    assert told(found, Language.ENGLISH) == english
    assert told(found, Language.SWEDISH) == swedish


@languages
@pytest.mark.parametrize("trouble", Trouble)
def test_the_summary_of_a_build_speaks_no_codes(
    language: Language, trouble: Trouble, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither of what failed nor of what a source does not answer for; other names stay."""
    sources = {f"motis: {trouble}": 3, "estimate/helsinki-2015": 1}
    counts = dict.fromkeys(("minutes", "estimates", "unreachable", "unknown", "fresh"), 3)
    answer = {"day": "2026-12-01", "store": "s.db", "withoutPoint": 0, **counts}
    failed = {"troubles": {"motis": {trouble: 3}}, "sources": sources}
    Travelling(language).built(answer | failed)
    shown = capsys.readouterr()
    why = texts.say(language, f"troubles.{trouble}")
    assert why in shown.err
    (line,) = (row for row in shown.out.splitlines() if "motis" in row)
    assert why in line
    assert f": {trouble}" not in shown.out + shown.err
    assert "estimate/helsinki-2015: 1 " in shown.out
