"""What the participant takes along: one page, the right words, and nothing that must not be."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from starlette.testclient import TestClient

from api.pages.printout import LETTERS, NeedsTold, Printout, needs_told, pdf, settable
from api.schemas.participants import EXAMPLE, Profile
from api.schemas.recommendations import PLACE, POSSIBLE, Explanation
from api.settings import Settings
from api.texts import GROUPS, Language
from matcher.domain import SESSIONS, Need
from tests.pages.reading import words
from tests.service.lives import desk
from tests.service.visitors import browser
from tests.service.world import World

PLAIN = Printout(
    title="Kafébiträde",
    site="Kaféet vid torget",
    provider="Kafé Kastanjen",
    municipality="Stockholm",
    decided=False,
    journey="cirka 32 minuter, mellan 17 och 41",
    mode="med kollektivtrafik",
    ask_way="",
    first_day="2026-12-07",
    hours=8,
    half_days=("mon_am", "thu_am"),
    needs=NeedsTold(met=("låg ljudnivå",), asked=("Finns det hörslinga?",)),
    arrangements="Egen rast kl. 10",
    goes_along=True,
    may_hire=None,
    supervisor="Anna Berg",
)
QUESTIONS = GROUPS[Language.SWEDISH]["questions"]
FULL = replace(
    PLAIN,
    title="Biträde " * 25,
    site="Arbetsplatsen " * 14,
    provider="Anordnaren " * 18,
    ask_way="Resan som den är känd har trappsteg. " * 7,
    first_day="",
    half_days=SESSIONS,
    needs=NeedsTold(asked=tuple(QUESTIONS[f"NEED_UNKNOWN:{need}"] for need in Need)),
    arrangements="Ord " * 125,
    goes_along=None,
    supervisor="Handledare " * 18,
)
UNBREAKABLE = replace(
    FULL, title="W" * 200, site="x" * 200, provider="i" * 200, arrangements="y" * 500
)


def read(told: Printout, language: Language = Language.SWEDISH) -> PdfReader:
    """The PDF file of a printout."""
    return PdfReader(BytesIO(pdf(told, language)))


def said(file: PdfReader) -> str:
    """What stands on a file's only page."""
    (page,) = file.pages
    return " ".join(page.extract_text().split())


@pytest.mark.parametrize(
    "odd",
    [
        "Egen rast \N{GRINNING FACE}",
        "漢字",
        "سارة",
        "שרה",
        "a\x00b",
        "e\N{ZERO WIDTH JOINER}e",
        "\ufeff",
    ],
)
def test_letters_that_the_typeface_has_not_are_squares_and_no_failure(odd: str) -> None:
    """A file is made of whatever somebody is called or has written."""
    text = said(read(replace(PLAIN, title=odd, supervisor=odd, arrangements=odd)))
    assert "Kafé Kastanjen" in text
    assert "\N{GRINNING FACE}" not in text


def test_every_letter_that_is_set_can_be_set() -> None:
    """Swedish, Finnish, Polish, Turkish, Vietnamese, Greek and Ukrainian, and all beside them."""
    every = "".join(chr(one) for first, last in LETTERS for one in range(first, last + 1))
    known = settable(every)
    assert isinstance(known, str)
    assert set("åäöÅÄÖéłşệΩЖї”€") <= set(known)
    parts = [known[at : at + 80] for at in range(0, len(known), 80)]
    assert "Kafé Kastanjen" in said(read(replace(PLAIN, arrangements=" ".join(parts))))


def test_words_of_a_typesetter_are_words() -> None:
    """Nothing that somebody writes is read as markup."""
    odd = '#panic("x") #read("/etc/passwd") *fet* $x^2$'
    assert odd in said(read(replace(PLAIN, arrangements=odd)))


def test_everything_stands_on_it() -> None:
    """Place, journey, day, needs, arrangements, company, and who to call."""
    text = said(read(PLAIN))
    for part in (
        *(PLAIN.title, PLAIN.site, PLAIN.provider, PLAIN.municipality, PLAIN.supervisor),
        *("cirka 32 minuter", "med kollektivtrafik", "2026-12-07", "8 timmar i veckan"),
        *("låg ljudnivå", "Finns det hörslinga?", "Egen rast kl. 10", "Mina egna ord"),
        *("Någon följer med dig första gången.", "Det vet ingen än. Du kan fråga."),
    ):
        assert part in text


def test_the_file_can_be_read_aloud() -> None:
    """Tagged, with its language and title, and marked as PDF/UA-1."""
    for language, tag in ((Language.SWEDISH, "sv-SE"), (Language.ENGLISH, "en-GB")):
        file = read(PLAIN, language)
        root = file.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
        assert root["/Lang"] == tag  # type: ignore[index]
        assert "/StructTreeRoot" in root  # type: ignore[operator]
        assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()  # type: ignore[index]
        assert file.metadata is not None
        assert file.metadata.title
        assert "Kafébiträde" in file.metadata.title


def test_what_is_unknown_is_left_to_be_written() -> None:
    """No day, no company, no journey that is known: each is said so."""
    open_ = replace(PLAIN, first_day="", goes_along=None, journey="okänd restid")
    text = said(read(open_))
    assert "Första dagen: bestäms innan start" in text
    assert "Vem följer med (bestäms innan start):" in text
    assert "Resan: okänd restid." in text
    home = said(read(replace(PLAIN, journey="", goes_along=False, may_hire=True, decided=True)))
    assert "Du arbetar hemifrån." in home
    assert "Ingen följer med." in home
    assert "Ja, det kan bli ett jobb här." in home


def test_what_people_wrote_is_never_markup() -> None:
    """Words that mean something to the typesetter stand there as they are."""
    text = said(read(replace(PLAIN, title="*fet* #panic() $x$", arrangements="= _a_ @b <c> \\")))
    assert "Din plats: *fet* #panic() $x$" in text
    assert "= _a_ @b <c> \\" in text


@pytest.mark.slow
@pytest.mark.parametrize("told", [FULL, UNBREAKABLE], ids=["full", "unbreakable"])
@pytest.mark.parametrize("language", Language)
def test_it_is_one_page_however_much_stands_on_it(told: Printout, language: Language) -> None:
    """An A4 page, with everything on it."""
    file = read(told, language)
    text = letters(said(file))
    assert [round(float(side)) for side in file.pages[0].mediabox[2:]] == [595, 842]
    for part in (*told.needs.asked, told.title, told.provider, told.arrangements):
        assert letters(part) in text


def letters(text: str) -> str:
    """Letters and digits alone: words may be broken anywhere."""
    return "".join(one for one in text if one.isalnum())


def explained(**groups: object) -> Explanation:
    """The example of an explanation, with one group alone."""
    shown = Explanation.model_json_schema()["examples"][0]
    (group,) = groups
    none = {"possible": None, "toCheck": None, "fallsAway": None, "group": group}
    return Explanation.model_validate(shown | none | groups)


def test_unknown_is_never_yes_or_no() -> None:
    """By group: what is met is there, what is not known is asked, what is missing is said."""
    needs = ["QUIET", "SCENT_FREE", "HEARING_LOOP"]
    profile = Profile.model_validate(EXAMPLE | {"needs": needs})
    ask = {"code": "NEED_UNKNOWN", "detail": "SCENT_FREE", "whom": "site", "text": "-"}
    missing = {"code": "NEED_UNMET", "detail": "QUIET", "removableBy": None, "text": "-"}
    unknown = {"code": "NEED_UNKNOWN", "detail": "SCENT_FREE", "removableBy": None, "text": "-"}
    scent, loop = (QUESTIONS[f"NEED_UNKNOWN:{one}"] for one in ("SCENT_FREE", "HEARING_LOOP"))
    names = GROUPS[Language.SWEDISH]["needs"]
    found = [
        needs_told(profile, one, Language.SWEDISH)
        for one in (
            explained(possible=POSSIBLE | {"needsMet": ["QUIET"]}),
            explained(toCheck=PLACE | {"questions": [ask]}),
            explained(fallsAway=PLACE | {"barriers": [missing, unknown]}),
        )
    ]
    assert found == [
        NeedsTold(met=(names["QUIET"],), asked=(scent, loop)),
        NeedsTold(met=(names["QUIET"], names["HEARING_LOOP"]), asked=(scent,)),
        NeedsTold(met=(names["HEARING_LOOP"],), asked=(scent,), unmet=(names["QUIET"],)),
    ]


@pytest.fixture
def north(world: World, settings: Settings) -> TestClient:
    """A browser of a supervisor of North, with whom P1 is shared."""
    return browser(world, settings, "north_supervisor")


def test_the_page_and_the_file_say_the_same(
    world: World, settings: Settings, north: TestClient
) -> None:
    """In both languages; neither the pseudonym, nor gender, nor points stand on it."""
    made = desk(world, settings, "north_supervisor").proposed(goesAlong=False)
    where = f"/forslag/{made}/utskrift"
    for language, parts in (
        ("sv", ("Det här är ett förslag. Du bestämmer själv.", "Ingen följer med.", "8 timmar")),
        ("en", ("This is a suggestion. You decide.", "Nobody goes along.", "8 hours")),
    ):
        north.cookies.set("steget_language", language)
        page, file = north.get(where), north.get(f"{where}.pdf")
        assert (page.status_code, file.status_code) == (200, 200)
        assert file.headers["content-type"] == "application/pdf"
        for text in (words(page.text), said(PdfReader(BytesIO(file.content)))):
            assert all(part in text for part in parts), text
            assert not {"P1", "kön", "gender", "poäng", "points"} & set(text.split())
