"""Some of the openings of an answer; how many there are of each; what it would take."""

from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.matching.advising import of_table
from api.matching.removing import ways
from api.settings import Settings
from api.store import Store
from matcher import Policy, capacity, columns
from matcher.changes import applied
from matcher.domain import OpeningId, ParticipantId
from matcher.explain import known_barriers, recommend
from tests.service.town import Town, town

BASE = "/steget/v1/participants"
GROUPS = ("possible", "toCheck", "fallsAway")


@pytest.fixture
def tiny(store: Store) -> Town:
    """The tiny data set in a store, on either database."""
    return town(store)


@pytest.fixture
def client(tiny: Town, settings: Settings) -> TestClient:
    """The supervisor with whom all are shared."""
    return tiny.client(settings)


def ask(client: TestClient, tiny: Town, name: str, **asked: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    """The answer for somebody."""
    path = f"{BASE}/{tiny.people[name]}/recommendations"
    answer = client.get(path, params={"limit": 100} | asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def codes(tiny: Town, answer: dict[str, Any]) -> dict[str, list[str]]:
    """Openings by code, in their groups and order."""
    known = {str(row): code for code, row in tiny.openings.items()}
    return {group: [known[row["openingId"]] for row in answer[group]["items"]] for group in GROUPS}


def test_those_of_a_municipality_a_field_or_a_kind(tiny: Town, client: TestClient) -> None:
    """Exactly those, in the same groups and order, for everybody; and they are counted."""
    problem = tiny.problem
    site = {one.opening_id: problem.site[one.site_id] for one in problem.openings}
    field = {
        one.opening_id: problem.occupations[one.occupation_group].field for one in problem.openings
    }
    kind = {name: problem.provider[one.provider_id].kind for name, one in site.items()}
    hotel = field[OpeningId("O09")]
    huddinge = {name for name, one in site.items() if one.municipality_code == "0126"}
    wanted: list[tuple[dict[str, str], set[OpeningId]]] = [
        ({"municipalityCode": "0126"}, huddinge),
        ({"field": hotel}, {name for name, one in field.items() if one == hotel}),
        ({"providerKind": "asf"}, {name for name, one in kind.items() if one == "asf"}),
        ({"providerKind": "asf", "municipalityCode": "0126"}, set()),
    ]
    for name in tiny.people:
        whole = codes(tiny, ask(client, tiny, name))
        for asked, those in wanted:
            answer = ask(client, tiny, name, **asked)
            assert codes(tiny, answer) == {
                group: [code for code in rows if code in those] for group, rows in whole.items()
            }
            assert [answer[group]["total"] for group in GROUPS] == [
                len(answer[group]["items"]) for group in GROUPS
            ]


def test_those_with_room(tiny: Town, client: TestClient) -> None:
    """Possible ones that are not full, and others with a seat left: as the engine counts."""
    seats = dict(
        zip(
            [one.opening_id for one in tiny.problem.openings],
            capacity.left(tiny.problem).seats.tolist(),
            strict=True,
        )
    )
    for name in tiny.people:
        engine = tiny.recommended(name)
        found = codes(tiny, ask(client, tiny, name, freeOnly=True))
        assert found["possible"] == [one.opening_id for one in engine.possible if not one.full]
        assert found["fallsAway"] == [
            one.opening_id for one in engine.falls_away if seats[one.opening_id]
        ]


def test_one_that_is_full_has_no_room(tiny: Town, client: TestClient) -> None:
    """O02 has one seat left, and somebody is offered it: it is left out of those with room."""
    whole = codes(tiny, ask(client, tiny, "P11", freeOnly=True))
    assert "O02" in whole["possible"]
    body = {
        "participantId": str(tiny.people["P06"]),
        "openingId": str(tiny.openings["O02"]),
        "sessions": ["mon_pm", "tue_pm", "wed_pm", "thu_pm"],
        "hoursPerWeek": 10,
    }
    made = client.post("/steget/v1/proposals", json=body)
    assert made.status_code == 201, made.text
    offered = client.post(f"/steget/v1/proposals/{made.json()['id']}/offers", json={})
    assert offered.status_code == 200, offered.text
    left = codes(tiny, ask(client, tiny, "P11", freeOnly=True))
    assert left["possible"] == [one for one in whole["possible"] if one != "O02"]
    assert "O02" in codes(tiny, ask(client, tiny, "P11"))["possible"]


def test_counts_are_those_of_each(tiny: Town, client: TestClient) -> None:
    """Looking for one municipality still counts what there would be in the others."""
    whole, there = (
        ask(client, tiny, "P11", **asked) for asked in ({}, {"municipalityCode": "0126"})
    )
    assert there["municipalities"] == whole["municipalities"]
    assert len(there["fields"]) < len(whole["fields"])
    rows = {row["code"]: row for row in whole["municipalities"]}
    assert {code: row["name"] for code, row in rows.items()} == {
        "0126": "Huddinge",
        "0127": "Botkyrka",
        "0128": "Salem",
    }
    for group in GROUPS:
        counted = Counter(row["municipalityCode"] for row in whole[group]["items"])
        assert {code: row[group] for code, row in rows.items()} == {
            code: counted[code] for code in rows
        }
        assert sum(row[group] for row in whole["fields"]) == whole[group]["total"]


def test_openings_by_their_ids(tiny: Town, client: TestClient) -> None:
    """Each in its group, with its place among everything possible; what is not there is not."""
    whole = ask(client, tiny, "P11")
    second = whole["possible"]["items"][1]
    asked = [second["openingId"], whole["fallsAway"]["items"][0]["openingId"], str(uuid4())]
    answer = ask(client, tiny, "P11", openingId=asked)
    assert answer["possible"]["items"] == [second]
    assert second["rank"] == 2
    assert [answer[group]["total"] for group in GROUPS] == [1, 0, 1]
    nowhere = ask(client, tiny, "P11", openingId=str(uuid4()))
    assert [nowhere[group]["total"] for group in GROUPS] == [0, 0, 0]


@pytest.mark.parametrize(
    "asked",
    [
        {"field": "nothing"},
        {"municipalityCode": "9999"},
        {"providerKind": "school"},
        {"openingId": [str(uuid4())] * 21},
    ],
)
def test_what_cannot_be_looked_for(
    tiny: Town, client: TestClient, asked: dict[str, object]
) -> None:
    """An unknown field, municipality or kind is a fault, not an empty answer."""
    path = f"{BASE}/{tiny.people['P01']}/recommendations"
    answer = client.get(path, params=asked)  # type: ignore[arg-type]  # lists of texts too
    assert (answer.status_code, answer.json()["code"]) == (422, "not-valid")


def test_ways_take_every_barrier_away(tiny: Town) -> None:
    """With the changes of a way nothing that is known stands between; smallest first."""
    told = 0
    for name in tiny.people:
        who = ParticipantId(name)
        alone = recommend(columns.load(tiny.problem, Policy()), Policy(), who)
        for away in alone.falls_away:
            found = _ways(tiny, name, away.opening_id)
            sizes = [sum(step.size for step in steps) for steps in found]
            assert sizes == sorted(sizes)
            for steps in found:
                changes = [change for step in steps for change in step.changes]
                problem, policy = applied(tiny.problem, Policy(), changes)
                after = columns.load(problem, policy)
                assert known_barriers(after, policy, who, away.opening_id) == ()
                told += 1
    assert told > 20


def _ways(tiny: Town, name: str, opening: OpeningId) -> Any:  # noqa: ANN401 -- steps
    person = tiny.problem.participant[ParticipantId(name)]
    held = tuple(one for one in tiny.problem.placements if one.participant_id == name)
    alone = replace(tiny.problem, participants=(person,), placements=held)
    advice = of_table(columns.load(alone, Policy()), Policy(), stale_days=30)
    away = advice.of(opening)
    return ways(advice, away)  # type: ignore[arg-type]  # it falls away


def test_an_explanation_tells_the_ways(tiny: Town, client: TestClient) -> None:
    """Who would change what, in words; a no of the participant's has no way around it."""

    def told(name: str, opening: str) -> list[dict[str, Any]]:
        path = f"{BASE}/{tiny.people[name]}/openings/{tiny.openings[opening]}/explanation"
        answer: dict[str, Any] = client.get(path).json()
        assert answer["participant"] == name
        found: list[dict[str, Any]] = answer["ways"]
        return found

    longer = told("P04", "O04")
    assert longer
    assert all(way["text"].endswith("stand between.") and way["whom"] for way in longer)
    assert told("P10", "O04") == []
    assert told("P04", "O03") == []
