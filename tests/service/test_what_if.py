"""What if, over the wire: the answer again and the difference, and never who else is touched."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from api.settings import Settings
from api.store import Store
from matcher import Policy, columns
from matcher.changes import Change, Subject, applied
from matcher.domain import Insurer, OpeningStatus, sessions_of
from matcher.explain import recommend
from matcher.whatif import what_if
from tests.service.town import Town, town

BASE = "/steget/v1/participants"


@pytest.fixture
def tiny(store: Store) -> Town:
    """The tiny data set in a store, on either database."""
    return town(store)


@pytest.fixture
def client(tiny: Town, settings: Settings) -> TestClient:
    """The supervisor with whom everybody is shared."""
    return tiny.client(settings)


def ask(client: TestClient, tiny: Town, name: str, *changes: dict[str, Any]) -> Any:  # noqa: ANN401
    """What somebody is answered."""
    answer = client.post(f"{BASE}/{tiny.people[name]}/what-if", json={"changes": list(changes)})
    assert answer.status_code == 200, answer.text
    return answer.json()


def sent(tiny: Town, change: Change) -> dict[str, Any]:
    """A change of the engine, as it is sent."""
    names = {"max_travel_minutes": "maxTravelMinutes", "insured_by": "insuredBy"}
    ids = {"opening": tiny.openings, "participant": {}}
    value = change.value
    if change.name == "available":
        value = ["mon_am", "tue_am", "wed_am"]
    row = ids[change.subject].get(change.id)
    one = {"subject": change.subject, "name": names.get(change.name, change.name), "value": value}
    return one if row is None else one | {"id": str(row)}


def changes_for(name: str) -> list[list[Change]]:
    """Changes of somebody, and of openings."""
    minutes = Change(subject=Subject.PARTICIPANT, id=name, name="max_travel_minutes", value=90)
    insured = Change(
        subject=Subject.PARTICIPANT, id=name, name="insured_by", value=Insurer.MUNICIPALITY
    )
    mornings = Change(
        subject=Subject.PARTICIPANT,
        id=name,
        name="available",
        value=sessions_of(["mon_am", "tue_am", "wed_am"]),
    )
    seats = Change(subject=Subject.OPENING, id="O02", name="seats", value=4)
    paused = Change(subject=Subject.OPENING, id="O03", name="status", value=OpeningStatus.PAUSED)
    return [[minutes], [minutes, insured], [mornings], [seats, paused]]


def test_the_answer_is_the_engines(tiny: Town, client: TestClient) -> None:
    """The three groups after the changes, and what the plan made again differs by."""
    tiny.planned()
    standing = tiny.engine()
    codes = {str(row): code for code, row in tiny.openings.items()}
    for name in ("P01", "P05", "P07"):
        for changes in changes_for(name):
            answer = ask(client, tiny, name, *(sent(tiny, one) for one in changes))
            problem, policy = applied(tiny.problem, Policy(), changes)
            who = problem.participant[name].participant_id  # type: ignore[index]
            after = recommend(columns.load(problem, policy), policy, who)
            assert [codes[row["openingId"]] for row in answer["possible"]["items"]] == [
                one.opening_id for one in after.possible
            ]
            assert [codes[row["openingId"]] for row in answer["toCheck"]["items"]] == [
                one.opening_id for one in after.to_check
            ]
            engine = what_if(standing, changes)
            assert [(g["name"], g["before"], g["after"]) for g in answer["plan"]["goals"]] == [
                (g.name, g.before, g.after) for g in engine.difference.goals
            ]
            for kind in ("gained", "lost", "moved"):
                others = [m for m in getattr(engine.difference, kind) if m.participant_id != who]
                assert answer["plan"][kind] == len(others)


def test_what_a_place_asks_for_tells_of_no_others(tiny: Town, client: TestClient) -> None:
    """Who would lose a place by stairs, or by an age, is who needs what: the plan is not asked."""
    tiny.planned()
    opening = str(tiny.openings["O02"])
    older = {"subject": "opening", "id": opening, "name": "minAge", "value": 60}
    assert ask(client, tiny, "P01", older)["plan"] is None
    fewer = {"subject": "opening", "id": opening, "name": "seats", "value": 1}
    assert ask(client, tiny, "P01", fewer)["plan"] is not None
    assert ask(client, tiny, "P01", older, fewer)["plan"] is None


def test_nothing_is_kept(tiny: Town, client: TestClient) -> None:
    """The advice before and after the question is the same to the byte."""
    where = f"{BASE}/{tiny.people['P01']}/recommendations"
    before = client.get(where).content
    ask(client, tiny, "P01", {"subject": "participant", "name": "maxTravelMinutes", "value": 1})
    assert client.get(where).content == before


def test_what_differs_is_told(tiny: Town, client: TestClient) -> None:
    """With a minute to travel, what was possible with a journey falls away, and is listed."""
    name = next(n for n in tiny.people if tiny.recommended(n).possible)
    before = tiny.recommended(name)
    answer = ask(
        client, tiny, name, {"subject": "participant", "name": "maxTravelMinutes", "value": 1}
    )
    lost = {
        row["openingId"]
        for row in answer["difference"]
        if row["before"] == "possible" and row["after"] != "possible"
    }
    far = {
        str(tiny.openings[one.opening_id])
        for one in before.possible
        if one.journey.minutes and one.journey.low and one.journey.low > 1
    }
    assert lost
    assert far <= lost


def test_wishes_can_be_tried(tiny: Town, client: TestClient) -> None:
    """Whoever declines the café's group finds it barred by that, and by nothing new."""
    wishes = [{"kind": "avoid", "level": "group", "code": "9413"}]
    change = {"subject": "participant", "name": "wishes", "value": wishes}
    answer = ask(client, tiny, "P01", change)
    row = next(
        row
        for row in answer["fallsAway"]["items"]
        if row["openingId"] == str(tiny.openings["O01"])
    )
    assert "TASK_DECLINED" in [barrier["code"] for barrier in row["barriers"]]


@pytest.mark.slow
def test_others_are_counted_and_never_named(tiny: Town, client: TestClient) -> None:
    """Whatever is changed, no pseudonym and no number of another stands in the answer."""
    tiny.planned()
    for name in tiny.people:
        for changes in changes_for(name):
            answer = ask(client, tiny, name, *(sent(tiny, one) for one in changes))
            text = str(answer)
            others = [
                word
                for other, row in tiny.people.items()
                if other != name
                for word in (f"'{other}'", str(row))
            ]
            assert not [word for word in others if word in text]


def test_faults_stand_where_they_are(tiny: Town, client: TestClient) -> None:
    """A column there is not, a value that cannot be, an opening of nobody, a need misspelt."""
    where = f"{BASE}/{tiny.people['P01']}/what-if"
    cases = [
        ([{"subject": "participant", "name": "shoeSize", "value": 1}], "/changes/0/name"),
        ([{"subject": "participant", "name": "hoursPerWeek", "value": 99}], "/changes/0/value"),
        ([{"subject": "participant", "name": "needs", "value": ["MARKER"]}], "/changes/0/value"),
        ([{"subject": "participant", "name": "wishes", "value": "MARKER"}], "/changes/0/value"),
        (
            [{"subject": "opening", "id": str(tiny.people["P01"]), "name": "seats", "value": 1}],
            "/changes/0/id",
        ),
        ([{"subject": "opening", "name": "seats", "value": 1}], "/changes/0/id"),
        ([{"subject": "policy", "name": "horizonDays", "value": 1}], "/changes/0/subject"),
        ([], "/changes"),
    ]
    for changes, pointer in cases:
        answer = client.post(where, json={"changes": changes})
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["pointer"] == pointer
        assert "MARKER" not in answer.text
