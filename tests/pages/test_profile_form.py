"""The form of a profile: what is filled in is kept, judged beside its field, and saved once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.pages import reference
from api.pages.filled_profile import body_of, of_profile
from api.pages.profile import NEED_GROUPS
from api.schemas.participants import ProfileEdit
from api.settings import Settings
from api.texts import Language
from matcher.domain import SESSIONS, Enrolment, Gender, Insurer, Mode, Need, WorksRemotely
from tests.pages.reading import Sent, form, words
from tests.service.visitors import browser
from tests.service.world import World

NEW = "/deltagare/ny"
FILLED: Sent = {
    "code": ["N-9"],
    "birthYear": ["1990"],
    "municipalityCode": ["0180"],
    "maxTravelMinutes": ["45"],
    "available": ["mon_am", "tue_am"],
    "sessionsPerWeek": ["2"],
    "hoursPerWeek": ["8"],
    "needs": ["QUIET", "EASY_TEXT"],
    "languages": ["sv"],
    "otherLanguages": ["ku, es"],
    "wishKind": ["seek", "avoid", "seek"],
    "wishWhat": ["9413", "bygg och ANLÄGGNING", "9622 Vaktmästare m.fl."],
    "wishRank": ["", "", ""],
}
WISHES = st.lists(
    st.tuples(
        st.sampled_from(sorted(reference.wishes(Language.SWEDISH))), st.none() | st.integers(1, 20)
    ),
    max_size=5,
)


@pytest.fixture
def north(world: World, settings: Settings) -> TestClient:
    """A browser of a supervisor of North, with whom P1 is shared."""
    return browser(world, settings, "north_supervisor")


@pytest.fixture
def edit(world: World) -> str:
    """Where P1's profile is changed."""
    return f"/deltagare/{world.participants['P1']}/andra"


def profile(world: World, settings: Settings, address: str) -> Any:  # noqa: ANN401 -- JSON
    """A profile as it is kept, by the address of a page about it."""
    api = world.client(settings, "north_supervisor")
    number = address.split("/")[2].partition("?")[0]
    return api.get(f"/steget/v1/participants/{number}").json()["profile"]


@st.composite
def profiles(draw: st.DrawFn) -> ProfileEdit:
    """Profiles of every kind that the form can show."""

    def some(values: object) -> list[str]:
        known = list(map(str, values))  # type: ignore[call-overload]
        return draw(st.lists(st.sampled_from(known), unique=True))

    one = {name: draw(st.sampled_from(sorted(map(str, kind)))) for name, kind in KINDS.items()}
    wishes = [
        {
            "kind": "avoid" if rank is None else "seek",
            "level": level,
            "code": code,
            "rank": rank,
        }
        for (level, code), rank in draw(WISHES)
    ]
    day = st.none() | st.dates().map(str)
    return ProfileEdit.model_validate(
        one
        | {
            "code": "N-9",
            "birthYear": draw(st.integers(1950, 2010)),
            "municipalityCode": draw(st.sampled_from(["0180", "1480"])),
            "homeArea": draw(st.none() | st.just({"latitude": 59.31, "longitude": 18.03})),
            "association": draw(st.none() | st.just("Södertälje")),
            "enrolledWith": some(Enrolment),
            "earliestStart": draw(day),
            "waitingSince": draw(day),
            "hoursPerWeek": draw(st.integers(1, 40)),
            "hoursGoal": draw(st.none() | st.integers(1, 40)),
            "sessionsPerWeek": draw(st.integers(1, 10)),
            "available": draw(st.lists(st.sampled_from(SESSIONS), unique=True, min_size=1)),
            "maxTravelMinutes": draw(st.integers(1, 120)),
            "needs": some(Need),
            "wants": some(Need),
            "languages": some(["sv", "en", "swl", "ku", "es"]),
            "normGoal": draw(st.booleans()),
            "protectedIdentity": draw(st.booleans()),
            "closed": draw(st.booleans()),
            "wishes": wishes,
        }
    )


KINDS = {"gender": Gender, "insuredBy": Insurer, "travelMode": Mode, "remote": WorksRemotely}


@given(profiles(), st.sampled_from(Language))
def test_what_the_form_shows_is_what_it_sends(one: ProfileEdit, language: Language) -> None:
    """A profile through the form and back is the same, but for the order of sets and wishes."""
    shown = of_profile(one, language, closed=one.closed)
    empty: dict[str, dict[str, str]] = {"excludedSites": {}, "excludedProviders": {}}
    back = body_of(ProfileEdit, shown, empty)
    sets = ("enrolled_with", "available", "needs", "wants", "languages", "wishes")
    for name in sets:
        before, after = getattr(one, name), getattr(back, name)
        assert sorted(map(repr, before)) == sorted(map(repr, after)), name
    assert one.model_dump(exclude=set(sets)) == back.model_dump(exclude=set(sets))


def test_every_need_is_in_one_group() -> None:
    """None is left out, and none is there twice."""
    found = [need for group in NEED_GROUPS.values() for need in group]
    assert sorted(found) == sorted(map(str, Need))


def test_a_participant_is_added(world: World, settings: Settings, north: TestClient) -> None:
    """The empty form, filled in and sent; wishes are ranked in order where no order is given."""
    empty = form(north.get(NEW).text, NEW)
    made = north.post(NEW, data=empty.sent(**FILLED))
    assert made.status_code == 303, words(made.text)
    where = made.headers["location"]
    assert where.endswith("?done=participant_made")
    kept = profile(world, settings, where)
    assert {name: kept[name] for name in ("code", "needs", "languages", "homeArea")} == {
        "code": "N-9",
        "needs": ["EASY_TEXT", "QUIET"],
        "languages": ["es", "ku", "sv"],
        "homeArea": None,
    }
    assert [(one["kind"], one["code"], one["rank"]) for one in kept["wishes"]] == [
        ("seek", "9413", 1),
        ("avoid", "j7Cq_ZJe_GkT", None),
        ("seek", "9622", 2),
    ]
    assert "Deltagaren är upplagd." in words(north.get(where).text)


def test_faults_stand_beside_their_fields(north: TestClient) -> None:
    """All of them at once, with links to the fields; what was filled in is still there."""
    wrong: Sent = {
        "birthYear": ["snart"],
        "available": [],
        "wishWhat": ["trollkarl", "", ""],
        "excludeSite": ["ingenstans"],
    }
    page = north.post(NEW, data=form(north.get(NEW).text, NEW).sent(**FILLED | wrong))
    assert page.status_code == 422
    for field in ("birthYear", "available", "wishes", "excludeSite"):
        assert f'href="#{field}"' in page.text
        assert f'id="{field}"' in page.text
    kept = form(page.text, NEW).fields
    assert kept["birthYear"] == ["snart"]
    assert kept["wishWhat"][0] == "trollkarl"
    assert set(kept["needs"]) == {"EASY_TEXT", "QUIET"}


def test_a_pseudonym_is_given_once(north: TestClient) -> None:
    """Another with the same is told of at its field."""
    page = north.post(NEW, data=form(north.get(NEW).text, NEW).sent(**FILLED | {"code": ["P1"]}))
    assert page.status_code == 422
    assert "Pseudonym: det finns någon med den pseudonymen" in words(page.text)


def test_a_row_more_saves_nothing(world: World, north: TestClient) -> None:
    """The form comes back with what was filled in, a row more, and a place to leave out."""
    before = form(north.get(NEW).text, NEW)
    sent = before.sent(**FILLED | {"birthYear": ["snart"], "excludeSite": ["(S1)"]}, more="wish")
    page = north.post(NEW, data=sent)
    assert page.status_code == 200
    after = form(page.text, NEW).fields
    assert len(after["wishWhat"]) == len(before.fields["wishWhat"]) + 1
    assert after["birthYear"] == ["snart"]
    assert after["excludedSites"] == [str(world.sites["S1"])]
    assert "N-9" not in north.get("/deltagare").text


def test_a_form_that_is_sent_as_it_stands_changes_nothing(
    world: World, settings: Settings, north: TestClient, edit: str
) -> None:
    """What the page shows of a profile is all of it."""
    before = profile(world, settings, edit)
    saved = north.post(edit, data=form(north.get(edit).text, edit).sent())
    assert saved.status_code == 303, words(saved.text)
    assert profile(world, settings, edit) == before


def test_home_is_a_place_nearby(
    world: World, settings: Settings, north: TestClient, edit: str
) -> None:
    """Chosen by name, kept as a point; a number that is none is refused."""
    page = form(north.get(edit).text, edit)
    number = reference.localities()[0][1][0][0]
    assert north.post(edit, data=page.sent(homeArea=number)).status_code == 303
    area = profile(world, settings, edit)["homeArea"]
    assert (area["latitude"], area["longitude"]) == reference.point_of(number)
    page = form(north.get(edit).text, edit)
    assert north.post(edit, data=page.sent(homeArea="0")).status_code == 422
    assert north.post(edit, data=page.sent(homeArea="")).status_code == 303
    assert profile(world, settings, edit)["homeArea"] is None


def test_two_at_once_never_overwrite_in_silence(
    world: World, settings: Settings, north: TestClient, edit: str
) -> None:
    """The second is told, with the fields that differ and all that was written; then decides."""
    mine = form(north.get(edit).text, edit)
    theirs = browser(world, settings, "north_other")
    assert theirs.post(edit, data=mine.sent(hoursPerWeek="20")).status_code == 303
    page = north.post(edit, data=mine.sent(hoursPerWeek="12", closed="yes"))
    assert page.status_code == 412
    told = words(page.text)
    assert "Någon ändrade profilen medan du skrev" in told
    assert "Timmar i veckan, Deltagaren söker inte plats längre." in told
    assert profile(world, settings, edit)["hoursPerWeek"] == 20
    again = form(page.text, edit)
    assert again.fields["hoursPerWeek"] == ["12"]
    assert north.post(edit, data=again.sent()).status_code == 303
    assert profile(world, settings, edit)["hoursPerWeek"] == 12


def test_wishes_are_found_by_number_or_by_name() -> None:
    """A group by its four digits or its text in either language, a field by its text."""
    assert reference.wish_of("9413") == ("group", "9413")
    assert reference.wish_of(reference.wishes(Language.ENGLISH)["group", "9413"])[1] == "9413"  # type: ignore[index]
    assert reference.wish_of("Bygg och anläggning") == ("field", "j7Cq_ZJe_GkT")
    assert reference.wish_of("0000") is None
    assert reference.wish_of("") is None
