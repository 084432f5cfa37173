"""The tiny data set in a store: one organisation, one supervisor with whom all are shared."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from starlette.testclient import TestClient

from api import app
from api.auth import tokens
from api.domain import Principal, Role
from api.settings import Settings
from api.store import Store, jobs, plans, profiles
from api.store.places import keep_opening, keep_provider, keep_site
from api.store.tables import PlacementRow
from matcher import Limits, Policy, columns, plan
from matcher.dataset import policy_document, read
from matcher.domain import ParticipantId, PlacementStatus, Problem
from matcher.explain import Recommendation, recommend
from matcher.solve.standing import Standing, stand
from tests.service.world import new_organisation, new_user

DAY = date(2026, 12, 1)
NOON = datetime(2026, 12, 1, 11, tzinfo=UTC)
TINY = Path(__file__).parents[2] / "data" / "tiny"
STATE = {
    PlacementStatus.ONGOING: "started",
    PlacementStatus.OFFERED: "offered",
    PlacementStatus.PINNED: "accepted",
}


@dataclass(frozen=True, kw_only=True)
class Town:
    """What stands in the store, beside the engine's own view of the same."""

    store: Store
    problem: Problem
    organisation: UUID
    supervisor: UUID
    tokens: dict[str, str]
    people: dict[str, UUID]
    openings: dict[str, UUID]

    def client(
        self, settings: Settings, user: str = "supervisor", language: str = "en"
    ) -> TestClient:
        """A client that asks as somebody."""
        headers = {
            "Authorization": f"Bearer {self.tokens[user]}",
            "Accept-Language": language,
        }
        return TestClient(app.create(self.store, settings), headers=headers)

    def recommended(self, name: str, day: date = DAY) -> Recommendation:
        """What the engine itself says."""
        table = columns.load(replace(self.problem, plan_date=day), Policy())
        return recommend(table, Policy(), ParticipantId(name))

    def engine(self) -> Standing:
        """The engine's own plan, stood up."""
        made = plan(self.problem, Policy(), Limits(workers=1)).plan
        assert made is not None
        return stand(self.problem, Policy(), made.proposals, former=made.proposals)

    def planned(self) -> UUID:
        """The id of a plan that the engine makes now."""
        outcome = plan(self.problem, Policy(), Limits(workers=1))
        assert outcome.plan is not None
        who = Principal(
            user_id=self.supervisor, role=Role.COORDINATOR, organisation_id=self.organisation
        )
        with self.store.writing() as unit:
            job = jobs.queue(unit, who, jobs.Kind.PLAN, {})
            new = plans.NewPlan(
                organisation_id=self.organisation,
                job_id=job.id,
                plan_date=DAY,
                policy=policy_document(Policy()),
                summary={"goals": []},
                plan=outcome.plan,
            )
            return plans.keep(unit, new).id


def town(store: Store) -> Town:
    """Fill a store with the tiny data set, journeys by the estimate."""
    store = replace(store, clock=lambda: NOON)
    problem = replace(read(TINY, plan_date=DAY), travel_times=None)
    with store.writing() as unit:
        organisation = new_organisation(unit, "town")
        users = {
            name: new_user(unit, name, Role(name), organisation, None)
            for name in ("supervisor", "coordinator")
        }
        for provider in problem.providers:
            keep_provider(unit, provider)
        unit.flush()
        for site in problem.sites:
            keep_site(unit, site)
        openings = {one.opening_id: keep_opening(unit, one) for one in problem.openings}
        people = {
            str(one.participant_id): profiles.create(
                unit, organisation, one, [users["supervisor"]]
            ).id
            for one in problem.participants
        }
        for placement in problem.placements:
            opening = openings[placement.opening_id]
            row = PlacementRow(
                id=uuid4(),
                organisation_id=organisation,
                participant_id=people.get(placement.participant_id),
                opening_id=opening.id,
                provider_id=opening.provider_id,
                state=STATE[placement.status],
                starts_on=placement.starts_on,
                ends_on=placement.ends_on,
                sessions=int(placement.sessions),
                hours_per_week=8,
                version=1,
                created_at=NOON,
                updated_at=NOON,
            )
            unit.add(row)
        keys = {
            name: tokens.make(unit, user, "t", datetime(2100, 1, 1, tzinfo=UTC))[1]
            for name, user in users.items()
        }
    return Town(
        store=store,
        problem=problem,
        organisation=organisation,
        supervisor=users["supervisor"],
        tokens=keys,
        people=people,
        openings={str(name): row.id for name, row in openings.items()},
    )
