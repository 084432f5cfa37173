"""Answers for one participant: those of the engine, to those who may know, each reading noted."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from api.settings import Settings
from api.store import Store, audit, moment_of, profiles
from api.store.editing import PLACES, turned
from api.store.tables import AuditEntry, OpeningRow, ParticipantRow, UnmetDemandRow
from matcher.domain import Gender
from matcher.explain.reasons import why_not
from matcher.explain.reverse import who_could_come
from tests.service.lives import at_noon, desk
from tests.service.town import DAY, Town, town
from tests.service.world import World

BASE = "/steget/v1/participants"
GROUPS = ("possible", "toCheck", "fallsAway")


@pytest.fixture
def tiny(store: Store) -> Town:
    """The tiny data set in a store, on either database."""
    return town(store)


def path(tiny: Town, name: str, rest: str = "recommendations") -> str:
    """Where something of a participant is asked."""
    return f"{BASE}/{tiny.people[name]}/{rest}"


def places(tiny: Town, rows: list[dict[str, Any]]) -> list[str]:
    """Openings by code, in their order."""
    codes = {str(row): code for code, row in tiny.openings.items()}
    return [codes[row["openingId"]] for row in rows]


def test_the_three_groups_are_the_engines(tiny: Town, settings: Settings) -> None:
    """For everybody: the same openings in the same order, with the same points and barriers."""
    client = tiny.client(settings)
    for person in tiny.problem.participants:
        name = str(person.participant_id)
        engine = tiny.recommended(name)
        answer = client.get(path(tiny, name), params={"limit": 100}).json()
        assert answer["planDate"] == DAY.isoformat()
        found = {group: places(tiny, answer[group]["items"]) for group in GROUPS}
        assert found == {
            "possible": [one.opening_id for one in engine.possible],
            "toCheck": [one.opening_id for one in engine.to_check],
            "fallsAway": [one.opening_id for one in engine.falls_away],
        }
        assert [row["points"] for row in answer["possible"]["items"]] == [
            one.points for one in engine.possible
        ]
        assert [
            [(barrier["code"], barrier["removableBy"]) for barrier in row["barriers"]]
            for row in answer["fallsAway"]["items"]
        ] == [[(b.code, whom) for b, whom in one.barriers] for one in engine.falls_away]


def test_pages_of_one_group(tiny: Town, settings: Settings) -> None:
    """Two at a time give the same as all at once; the others say only how many they are."""
    client = tiny.client(settings)
    whole = client.get(path(tiny, "P01")).json()["fallsAway"]
    rows = []
    for offset in range(0, whole["total"], 2):
        asked = {"group": "fallsAway", "limit": 2, "offset": offset}
        answer = client.get(path(tiny, "P01"), params=asked)
        rows += answer.json()["fallsAway"]["items"]
        assert answer.json()["possible"]["items"] == []
        assert ('rel="next"' in answer.headers["Link"]) == (offset + 2 < whole["total"])
    assert rows == whole["items"]


def test_on_another_day(tiny: Town, settings: Settings) -> None:
    """In March some would start too late here, and placements have ended: as the engine says."""
    client, later = tiny.client(settings), date(2027, 3, 1)
    for name in tiny.people:
        engine = tiny.recommended(name, later)
        answer = client.get(path(tiny, name), params={"asOf": "2027-03-01", "limit": 100}).json()
        assert answer["planDate"] == "2027-03-01"
        assert places(tiny, answer["fallsAway"]["items"]) == [
            one.opening_id for one in engine.falls_away
        ]
        assert [(row["seatsLeft"], row["startsOn"]) for row in answer["possible"]["items"]] == [
            (one.seats_left, one.starts_on.isoformat()) for one in engine.possible
        ]
    wrong = client.get(path(tiny, "P01"), params={"asOf": "9999-12-31"})
    assert wrong.status_code == 422


def test_every_reading_is_noted_and_timed(tiny: Town, settings: Settings) -> None:
    """Three answers, three entries about the participant; each says how long its stages took."""
    client = tiny.client(settings)
    opening = tiny.openings["O01"]
    change = {"changes": [{"subject": "participant", "name": "maxTravelMinutes", "value": 90}]}
    answers = [
        client.get(path(tiny, "P01")),
        client.get(path(tiny, "P01", f"openings/{opening}/explanation")),
        client.post(path(tiny, "P01", "what-if"), json=change),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.text
        stages = [part.split(";")[0] for part in answer.headers["Server-Timing"].split(", ")]
        assert stages == ["auth", "read", "decrypt", "match", "explain", "audit", "serialise"]
    with tiny.store.reading() as unit:
        assert audit.verify(unit)[2] == ()
        entries = unit.query(AuditEntry).order_by(AuditEntry.number).all()
        assert [entry.action for entry in entries] == [
            "participant.recommend",
            "participant.explain",
            "participant.what-if",
        ]
        assert {entry.subject for entry in entries} == {f"participant:{tiny.people['P01']}"}


@pytest.mark.slow
def test_a_persons_gender_changes_not_a_byte(tiny: Town, settings: Settings) -> None:
    """Everybody with another gender and no norm goal: every answer is the same to the byte."""

    def answers() -> list[bytes]:
        client = tiny.client(settings)
        change = {"changes": [{"subject": "participant", "name": "hoursPerWeek", "value": 4}]}
        opening = tiny.openings["O02"]
        return [
            answer.content
            for name in ("P01", "P05", "P07")
            for answer in (
                client.get(path(tiny, name)),
                client.get(path(tiny, name, f"openings/{opening}/explanation")),
                client.post(path(tiny, name, "what-if"), json=change),
                client.get(f"/steget/v1/openings/{opening}/candidates"),
            )
        ]

    def everybody(gender: Gender) -> None:
        with tiny.store.writing() as unit:
            for row in unit.query(ParticipantRow):
                profile = profiles.profile_of(unit, row)
                other = replace(profile, gender=gender, norm_goal=False)
                profiles.replace(unit, row, other, row.version)

    tiny.planned()
    everybody(Gender.WOMAN)
    women = answers()
    everybody(Gender.MAN)
    assert answers() == women


def test_both_languages(tiny: Town, settings: Settings) -> None:
    """The codes are the same, the sentences are not."""
    swedish, english = (
        tiny.client(settings, language=language).get(path(tiny, "P01"))
        for language in ("sv", "en")
    )
    assert (swedish.headers["Content-Language"], english.headers["Content-Language"]) == (
        "sv",
        "en",
    )
    one, other = (answer.json()["fallsAway"]["items"][0] for answer in (swedish, english))
    assert [b["code"] for b in one["barriers"]] == [b["code"] for b in other["barriers"]]
    assert one["barriers"][0]["text"] != other["barriers"][0]["text"]


def test_an_opening_confirmed_long_ago_is_stale(tiny: Town, settings: Settings) -> None:
    """What is confirmed in the service counts, and for as long as the settings say."""
    name = next(
        str(p.participant_id) for p in tiny.problem.participants if _free(tiny, p.participant_id)
    )
    first = tiny.recommended(name).possible[0]
    short = settings.model_copy(update={"confirm_days": 1})

    def stale() -> bool:
        rows = tiny.client(short).get(path(tiny, name)).json()["possible"]["items"]
        found: bool = rows[places(tiny, rows).index(first.opening_id)]["stale"]
        return found

    assert stale()
    with tiny.store.writing() as unit:
        unit.get_one(OpeningRow, tiny.openings[first.opening_id]).confirmed_at = moment_of(unit)
        turned(unit, PLACES)
    assert not stale()


def _free(tiny: Town, name: str) -> bool:
    return bool(tiny.recommended(name).possible)


def test_an_explanation_is_the_engines(tiny: Town, settings: Settings) -> None:
    """With a plan it says why the plan has the participant elsewhere, as the engine does."""
    client = tiny.client(settings)
    code = "O02"
    ask = f"openings/{tiny.openings[code]}/explanation"
    assert client.get(path(tiny, "P01", ask)).json()["plan"] is None
    plan_id = tiny.planned()
    standing = tiny.engine()
    for person in tiny.problem.participants:
        name = person.participant_id
        answer = client.get(path(tiny, name, ask)).json()
        engine = why_not(standing, name, tiny.problem.openings[1].opening_id)
        assert answer["plan"]["planId"] == str(plan_id)
        assert (answer["plan"]["reason"], answer["plan"]["less"]) == (engine.reason, engine.less)
        assert answer[answer["group"]] is not None
        others = set(tiny.people) - {name}
        assert not [other for other in others if other in str(answer)]


def test_candidates_by_role(tiny: Town, settings: Settings) -> None:
    """A supervisor may know who they are, a coordinator a pseudonym; the engine's order."""
    tiny.planned()
    standing = tiny.engine()
    for opening in tiny.problem.openings:
        where = f"/steget/v1/openings/{tiny.openings[opening.opening_id]}/candidates"
        engine = who_could_come(standing, opening.opening_id)
        mine, theirs = (
            tiny.client(settings, user).get(where).json()["items"]
            for user in ("supervisor", "coordinator")
        )
        names = [one.participant_id for one in engine]
        assert [row["code"] for row in mine] == [row["code"] for row in theirs] == names
        assert [row["participantId"] for row in mine] == [str(tiny.people[n]) for n in names]
        assert {row["participantId"] for row in theirs} <= {None}
        assert [row["placedAt"] for row in mine] == [
            None if one.placed_at is None else str(tiny.openings[one.placed_at]) for one in engine
        ]


def test_nobody_is_placed_where_there_is_no_plan(tiny: Town, settings: Settings) -> None:
    """Who could come is told, and not where a plan that nobody made would have them."""
    client = tiny.client(settings)
    rows = [
        row
        for opening in tiny.openings.values()
        for row in client.get(f"/steget/v1/openings/{opening}/candidates").json()["items"]
    ]
    assert rows
    assert {row["placedAt"] for row in rows} == {None}


def test_what_is_nowhere_possible_is_noted_once(tiny: Town, settings: Settings) -> None:
    """Once for a profile, without a person, and not for a protected identity."""
    client = tiny.client(settings)
    lonely = [
        person
        for person in tiny.problem.participants
        if not tiny.recommended(str(person.participant_id)).possible
    ]
    assert lonely
    for _ in range(2):
        for person in tiny.problem.participants:
            client.get(path(tiny, str(person.participant_id)))
    with tiny.store.reading() as unit:
        rows = unit.query(UnmetDemandRow).all()
        assert sorted(row.municipality_code for row in rows) == sorted(
            person.municipality_code for person in lonely if not person.protected_identity
        )


def test_a_seat_that_is_offered_is_gone_for_others(world: World, settings: Settings) -> None:
    """O1 has one seat: while it is offered to P1 it is shown as full to P2, in both ways."""
    noon, _ = at_noon(world)
    other = noon.client(settings, "north_other")
    where = f"{BASE}/{noon.participants['P2']}/recommendations"

    def shown() -> tuple[int, bool]:
        rows = other.get(where).json()["possible"]["items"]
        row = next(one for one in rows if one["openingId"] == str(noon.openings["O1"]))
        return row["seatsLeft"], row["full"]

    assert shown() == (1, False)
    supervisor = desk(noon, settings, "north_supervisor")
    offered = supervisor.offered("P1", "O1")
    assert shown() == (0, True)
    supervisor.step(offered, "withdrawals", reason="other")
    assert shown() == (1, False)
