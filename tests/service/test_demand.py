"""Unmet demand: sums under disclosure control, and no person anywhere."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from api.domain import Principal, Refusal, Role
from api.settings import Settings
from api.store import demand, offers, profiles, proposals
from api.store.places import fill_opening
from api.store.tables import OpeningRow, ParticipantRow, UnmetDemandRow
from tests.builders import opening, participant, seek
from tests.service.lives import V1, at_noon, code, desk, look
from tests.service.working import turn
from tests.service.world import World

COUNTS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.integers(min_value=1, max_value=30), max_size=8
)


@given(COUNTS)
def test_no_number_under_five_can_be_told_or_found(counts: dict[str, int]) -> None:
    """Cells, rest and total are at least five (or the rest is nothing), and add up."""
    told = demand.controlled(counts)
    if told.total is None:
        assert sum(counts.values()) < demand.FEWEST
        assert (told.cells, told.rest) == ((), None)
        return
    assert told.rest is not None
    assert told.total == sum(counts.values()) == told.rest + sum(n for _, n in told.cells)
    assert all(number >= demand.FEWEST for _, number in told.cells)
    assert told.rest == 0 or told.rest >= demand.FEWEST
    assert all(counts[name] == number for name, number in told.cells)


@given(COUNTS)
def test_no_more_is_hidden_than_must(counts: dict[str, int]) -> None:
    """At most one cell of five or more is hidden: the one that guards a rest that is too small."""
    told = demand.controlled(counts)
    large = Counter({name: number for name, number in counts.items() if number >= 5})
    hidden = large - Counter(dict(told.cells))
    small = sum(number for number in counts.values() if number < 5)
    assert len(hidden) == (1 if large and 0 < small < 5 else 0)


def test_one_alone_takes_another_with_it() -> None:
    """Ten and six and two: eighteen less sixteen would tell of the two; six goes with them."""
    told = demand.controlled({"far": 10, "hours": 6, "needs": 2})
    assert (told.cells, told.rest, told.total) == ((("far", 10),), 8, 18)


def test_quarters() -> None:
    """They meet, and do not overlap."""
    assert demand.quarter(2026, 4) == (date(2026, 10, 1), date(2027, 1, 1))
    assert demand.quarter(2026, 1) == (date(2026, 1, 1), date(2026, 4, 1))


def test_told_by_the_api_when_the_quarter_is_over(world: World, settings: Settings) -> None:
    """Six from here and one from there, told in January; fewer than five of a code are not."""
    here, clock = at_noon(world)
    with here.store.writing() as unit:
        for municipality, barriers in [*[("0180", ["too_far", "hours"])] * 6, ("0127", ["hours"])]:
            demand.record(
                unit, field="hotel", municipality=municipality, barriers=barriers, protected=False
            )
        demand.record(unit, field="x", municipality="1", barriers=["hours"], protected=True)
    analyst = here.client(settings, "analyst")
    where = f"{V1}/unmet-demands/2026/4"
    for days in (1, 29, 1):
        assert analyst.get(where).json()["fields"] == {"cells": [], "rest": None, "total": None}
        clock.forward(days=days)
    told = analyst.get(where).json()
    assert told["fields"] == {"cells": [{"code": "hotel", "count": 7}], "rest": 0, "total": 7}
    assert told["barriers"]["cells"] == [
        {"code": "hours", "count": 7},
        {"code": "too_far", "count": 6},
    ]
    assert told["municipalities"] == {"cells": [], "rest": 7, "total": 7}
    assert (told["first"], told["last"]) == ("2026-10-01", "2026-12-31")
    assert here.client(settings, "north_coordinator").get(where).json() == told
    for user in ("north_supervisor", "cafe_manager", "admin"):
        assert code(here.client(settings, user).get(where)) == "not-allowed"


def test_protected_identity_leaves_nothing(world: World, settings: Settings) -> None:
    """Neither declined nor expired: no record of any kind."""
    here, clock = at_noon(world)
    with here.store.writing() as unit:
        unit.get_one(ParticipantRow, here.participants["P1"]).protected_identity = True
    supervisor = desk(here, settings, "north_supervisor")
    made = supervisor.offered()
    assert supervisor.step(made, "declines", by="participant", reason="too_far").is_success
    supervisor.offered()
    clock.forward(days=14)
    with here.store.writing() as unit:
        assert offers.expire_due(unit) == 1
    assert look(here, lambda unit: unit.scalars(select(UnmetDemandRow)).all()) == []


def test_a_plan_proposes_many_at_once(world: World) -> None:
    """Some are proposed, some refused, each with its reason; who waits, waits until the day."""
    here, _ = at_noon(world)
    coordinator = Principal(
        user_id=here.users["north_coordinator"],
        role=Role.COORDINATOR,
        organisation_id=here.organisations["north"],
    )
    later = date(2026, 12, 1) + timedelta(days=60)

    def draft(person: str, opening: str, waits: date | None = None) -> proposals.Draft:
        return proposals.Draft(
            participant_id=here.participants[person],
            opening_id=here.openings[opening],
            sessions=0b101,
            hours_per_week=8,
            waits_until=waits,
        )

    drafts = [draft("P1", "O1"), draft("P2", "O1", later), draft("P3", "O3"), draft("P1", "O1")]
    with here.store.writing() as unit:
        found = proposals.propose_all(unit, coordinator, drafts)
    codes = [str(one.code) if isinstance(one, Refusal) else one.state for one in found]
    assert codes == ["proposed", "proposed", "not-found", "already-there"]
    second = found[1]
    assert not isinstance(second, Refusal)
    assert second.waits_until == later


def test_adopting_a_plan_leaves_what_was_lacking(world: World, settings: Settings) -> None:
    """Of each who got no place one record: no seat left, or what bars every opening of the field.

    O1 is the only opening. N1 and N2 could come and there is one seat; N3 comes too many hours;
    N4 does, too, and of protected identities nothing is kept. Another plan counts nobody twice.
    """
    here, _ = at_noon(world)
    seeks = (seek("9413", 1),)
    new = [
        participant("N1", wishes=seeks),
        participant("N2", wishes=seeks),
        participant("N3", wishes=seeks, hours_per_week=30, municipality_code="0126"),
        participant("N4", wishes=seeks, hours_per_week=30, protected_identity=True),
    ]
    with here.store.writing() as unit:
        unit.execute(update(ParticipantRow).values(closed_at=ParticipantRow.created_at))
        unit.execute(
            update(OpeningRow).where(OpeningRow.code.in_(["O2", "O3"])).values(status="paused")
        )
        row = unit.get_one(OpeningRow, here.openings["O1"])
        fill_opening(row, opening("O1", site_id="S1", hours_max=10))
        north = here.organisations["north"]
        profiles.keep_all(unit, north, [(one, ()) for one in new])
    coordinator = here.client(settings, "north_coordinator")
    for counted in (2, 2):
        job = coordinator.post(f"{V1}/plans", json={"planDate": "2026-12-01"})
        assert turn(here.store)
        plan = coordinator.get(job.headers["Location"]).json()["planId"]
        where = f"{V1}/plans/{plan}"
        causes = {"openings_full": 1, "no_eligible_opening": 2}
        assert coordinator.get(where).json()["unplaced"] == causes
        adopted = coordinator.post(f"{where}/adoption", headers={"If-Match": '"1"'})
        assert adopted.status_code == 200, adopted.text
        left = look(here, lambda unit: unit.scalars(select(UnmetDemandRow)).all())
        assert len(left) == counted
    assert sorted((one.municipality_code, one.barriers) for one in left) == [
        ("0126", ["HOURS_TOO_MANY", "OPENING_PAUSED"]),
        ("0180", ["place_full"]),
    ]
    assert {one.field for one in left} == {demand.field_of("9413")}
