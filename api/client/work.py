"""The client's methods for plans, jobs, imports, exports and insight.

A method is named as its operation; what it may raise stands in ``Calls``.
"""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from api.client.calls import Answer, Calls, Sent, new_key
from api.schemas import Page
from api.schemas.balance import Balance
from api.schemas.demand import UnmetDemand
from api.schemas.insight import Insight, InsightAsked
from api.schemas.jobs import Import, Job, TravelBuildAsked
from api.schemas.plans import Adoption, Assignment, Comparison, Plan, PlanAsked, Unplaced
from api.schemas.policies import NewPolicy, Policy, PolicyChange


class Work(Calls):
    """The client's methods for plans, jobs, imports, exports and insight."""

    def read_unmet_demand(self, year: int, quarter: int) -> UnmetDemand:
        """The unmet demand of a quarter that is over."""
        return self._value(UnmetDemand, "GET", f"/unmet-demands/{year}/{quarter}")

    def start_plan(self, body: PlanAsked, *, key: str | None = None) -> Answer[Job]:
        """Start a plan of your organisation; ``Location`` is the job that makes it."""
        return self._answer(Job, "POST", "/plans", Sent(body=body, key=new_key(key)))

    def list_plans(self, *, limit: int = 20, offset: int = 0) -> Page[Plan]:
        """The plans of your organisation, newest first."""
        return self._value(
            Page[Plan], "GET", "/plans", Sent(params={"limit": limit, "offset": offset})
        )

    def read_plan(self, plan_id: UUID) -> Answer[Plan]:
        """A plan: what it reaches, and how many got no place, by cause."""
        return self._answer(Plan, "GET", f"/plans/{plan_id}")

    def list_plan_assignments(
        self, plan_id: UUID, *, limit: int = 20, offset: int = 0
    ) -> Page[Assignment]:
        """Who is proposed where, by pseudonym; who was erased since is left out."""
        return self._value(
            Page[Assignment],
            "GET",
            f"/plans/{plan_id}/assignments",
            Sent(params={"limit": limit, "offset": offset}),
        )

    def list_plan_unplaced(
        self, plan_id: UUID, *, limit: int = 20, offset: int = 0
    ) -> Page[Unplaced]:
        """Who looks for a place and got none, by pseudonym, and why."""
        return self._value(
            Page[Unplaced],
            "GET",
            f"/plans/{plan_id}/unplaced",
            Sent(params={"limit": limit, "offset": offset}),
        )

    def compare_plans(self, plan_id: UUID, *, other: UUID) -> Answer[Comparison]:
        """What is different in this plan from another one of yours."""
        return self._answer(
            Comparison, "GET", f"/plans/{plan_id}/comparison", Sent(params={"with": other})
        )

    def adopt_plan(self, plan_id: UUID, *, version: str) -> Answer[Adoption]:
        """Make proposals of a plan's rows; each still needs its people's yes."""
        return self._answer(Adoption, "POST", f"/plans/{plan_id}/adoption", Sent(version=version))

    def read_policy(self) -> Answer[Policy]:
        """What your organisation plans with."""
        return self._answer(Policy, "GET", "/policies/current")

    def replace_policy(self, body: NewPolicy, *, version: str) -> Answer[Policy]:
        """Change what your organisation plans with; plans that are made stay as they are."""
        return self._answer(Policy, "PUT", "/policies/current", Sent(body=body, version=version))

    def list_policy_changes(self, *, limit: int = 20, offset: int = 0) -> Page[PolicyChange]:
        """Every change of your organisation's policy, the newest first."""
        return self._value(
            Page[PolicyChange],
            "GET",
            "/policies/changes",
            Sent(params={"limit": limit, "offset": offset}),
        )

    def start_travel_build(self, body: TravelBuildAsked, *, key: str | None = None) -> Answer[Job]:
        """Compute the journeys of your organisation that are not known yet."""
        return self._answer(Job, "POST", "/travel-builds", Sent(body=body, key=new_key(key)))

    def start_insight(self, body: InsightAsked, *, key: str | None = None) -> Answer[Job]:
        """Start it: of your organisation, or, for analysts, of all."""
        return self._answer(Job, "POST", "/insight", Sent(body=body, key=new_key(key)))

    def read_insight(self) -> Insight:
        """The newest that is done; nothing is found where none is."""
        return self._value(Insight, "GET", "/insight")

    def start_balance(self, *, key: str | None = None) -> Answer[Job]:
        """Count what has happened to everybody, and release what may be told of it."""
        return self._answer(Job, "POST", "/balance", Sent(key=new_key(key)))

    def read_balance(self) -> Balance:
        """The newest release; nothing is found where there is none."""
        return self._value(Balance, "GET", "/balance")

    def export_balance_report(self) -> bytes:
        """The newest release as a page to read and print."""
        return self._ask("GET", "/balance/report").content

    def export_balance_workbook(self) -> bytes:
        """The newest release as a workbook."""
        return self._ask("GET", "/balance/workbook").content

    def export_balance_tables(self) -> bytes:
        """The newest release as CSV tables in a zip."""
        return self._ask("GET", "/balance/tables").content

    def start_import(  # noqa: PLR0913 -- what can be said of an upload
        self,
        file: bytes,
        *,
        name: str,
        plan_date: date | None = None,
        unchanged_since: datetime | None = None,
        replace: bool = False,
        key: str | None = None,
    ) -> Answer[Import]:
        """Bring in a data set; ``Location`` tells what came of it, or every fault together."""
        form = {"planDate": plan_date, "unchangedSince": unchanged_since, "replace": replace}
        files = {"file": (name, file)}
        return self._answer(
            Import, "POST", "/imports", Sent(files=files, form=form, key=new_key(key))
        )

    def read_import(self, job_id: UUID) -> Import:
        """What came of an import: rows by table, or every fault."""
        return self._value(Import, "GET", f"/imports/{job_id}")

    def export_tables(self) -> bytes:
        """Every place as CSV tables; for supervisors also the participants shared with them."""
        return self._ask("GET", "/exports/tables").content

    def export_workbook(self) -> bytes:
        """The same as a workbook: a sheet for each table, with lists to choose codes from."""
        return self._ask("GET", "/exports/workbook").content

    def list_jobs(self, *, limit: int = 20, offset: int = 0) -> Page[Job]:
        """Your jobs, newest first; to a coordinator also the plans and insight of colleagues."""
        return self._value(
            Page[Job], "GET", "/jobs", Sent(params={"limit": limit, "offset": offset})
        )

    def read_job(self, job_id: UUID) -> Job:
        """Where a job is, and how far."""
        return self._value(Job, "GET", f"/jobs/{job_id}")

    def follow_job(self, job_id: UUID) -> Iterator[Job]:
        """A job's progress as server-sent events."""
        return self._events(Job, f"/jobs/{job_id}/progress")

    def cancel_job(self, job_id: UUID) -> Answer[Job]:
        """Ask that a job be stopped: at once where it waits, in a second or so where it runs."""
        return self._answer(Job, "POST", f"/jobs/{job_id}/cancellation")
