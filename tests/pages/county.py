"""The county's demonstration on a server of its own on loopback, as ``steget serve --demo``.

Its day is the scenario's, whatever day it is here: what a page says of answers that wait or of
offers that end is the same in every run.
"""

import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from uuid import UUID

import httpx
import uvicorn
from starlette.types import ASGIApp

from api import app
from api.auth import passwords
from api.cli.serving import DEMO_PASSWORD
from api.client import Client
from api.domain import Role
from api.exchange import demo
from api.jobs import unknowns
from api.jobs.worker import once
from api.schemas.plans import PlanAsked
from api.settings import Settings, checked
from api.store import Store, demand, providers, seeding
from api.store.migration import upgrade
from api.store.opening import open_store
from api.store.organisations import create as keep_organisation
from api.store.seeding import NewUser
from data import reference
from matcher.domain import Provider, ProviderId, ProviderKind

MORNING = datetime.combine(demo.DEMO_DATE, time(8), UTC)
"""When the demonstration begins; from there its clock goes as ours."""
NEW_PROVIDER = Provider(
    provider_id=ProviderId("NY"), name="Nya anordnaren", kind=ProviderKind.PUBLIC
)
BARRIERS = ("NEED_UNMET", "TRAVEL_TOO_LONG", "SESSIONS_DO_NOT_FIT")
"""Why nothing was found, of those who looked in the summer."""
PATIENCE = 60.0
"""Seconds until a server that does not answer or end fails a test."""


@dataclass(frozen=True, kw_only=True, eq=False)
class County:
    """A demonstration that is being served, and things in it that pages are about.

    What is made for a page, such as a plan, is made by the API when it is first asked for.
    """

    base: str
    store: Store
    settings: Settings
    logins: Mapping[Role, str]
    until_the_end: ExitStack = field(repr=False)
    _calls: dict[Role, httpx.Client] = field(default_factory=dict, repr=False)

    def api(self, role: Role) -> Client:
        """The API, as the account of a role."""
        return Client(self.http(role))

    def http(self, role: Role) -> httpx.Client:
        """What the account of a role asks with, where nothing of a browser is needed."""
        if role not in self._calls:
            made = httpx.Client(base_url=self.base, timeout=PATIENCE)
            http = self.until_the_end.enter_context(made)
            http.post("/steget/v1/sessions", json=self.credentials(role)).raise_for_status()
            self._calls[role] = http
        return self._calls[role]

    def credentials(self, role: Role) -> dict[str, str]:
        """What the account of a role logs in with."""
        return {"login": self.logins[role], "password": DEMO_PASSWORD}

    def work(self) -> None:
        """Do the jobs that wait, as a worker does."""
        while once(self.store, self.settings, "pages", Event()):
            pass

    @cached_property
    def participant(self) -> UUID:
        """The supervisor's first participant."""
        return self.api(Role.SUPERVISOR).list_participants().items[0].id

    @cached_property
    def possible(self) -> tuple[UUID, ...]:
        """The openings that are possible for that participant, the best first."""
        api = self.api(Role.SUPERVISOR)
        found = api.list_recommendations(self.participant, group="possible", limit=4)
        return tuple(one.opening_id for one in found.possible.items)

    @cached_property
    def proposal(self) -> UUID:
        """The supervisor's first proposal."""
        return self.api(Role.SUPERVISOR).list_proposals().items[0].id

    @cached_property
    def opening(self) -> UUID:
        """The manager's first opening."""
        return self.api(Role.PROVIDER_MANAGER).list_openings().items[0].id

    @cached_property
    def site(self) -> UUID:
        """The manager's first site."""
        return self.api(Role.PROVIDER_MANAGER).list_sites().items[0].id

    @cached_property
    def offer(self) -> UUID:
        """What waits for the manager's answer."""
        return self.api(Role.PROVIDER_MANAGER).list_offers().items[0].id

    @cached_property
    def link(self) -> str:
        """The path of a signed link for the manager's first opening."""
        made = self.api(Role.PROVIDER_MANAGER).create_capacity_link(self.opening)
        return made.value.link.removeprefix(self.base)

    @cached_property
    def user(self) -> UUID:
        """The administrator's first user."""
        return self.api(Role.ADMIN).list_users().items[0].id

    @cached_property
    def job(self) -> UUID:
        """A job of the coordinator's that is done: a plan was made."""
        api = self.api(Role.COORDINATOR)
        job = api.start_plan(PlanAsked()).value.id
        self.work()
        done = api.read_job(job)
        assert done.state == "done", done
        return job

    @cached_property
    def plan(self) -> UUID:
        """The plan that it made."""
        made = self.api(Role.COORDINATOR).read_job(self.job).plan_id
        assert made is not None
        return made

    @cached_property
    def other_plan(self) -> UUID:
        """An earlier plan, of other weights."""
        assert self.plan
        api = self.api(Role.COORDINATOR)
        weights = {"wish": 0, "travel": 100, "want": 0, "hours": 0, "start": 0}
        policy = dict(api.read_policy().value.policy) | {"weights": weights}
        job = api.start_plan(PlanAsked(policy=policy)).value.id
        self.work()
        made = api.read_job(job).plan_id
        assert made is not None
        return made

    @cached_property
    def counted(self) -> UUID:
        """A job of the analyst's that is done: what happened until today was counted."""
        api = self.api(Role.ANALYST)
        job = api.start_balance().value.id
        self.work()
        done = api.read_job(job)
        assert done.state == "done", done
        return job

    @property
    def stage(self) -> str:
        """A stage that is in the release."""
        assert self.counted
        return "recommended"

    @cached_property
    def demand(self) -> str:
        """The path of a quarter that is over, in which some looked for what was not there."""
        codes = sorted(reference.municipalities())[:6]
        kinds = [row["field"] for row in reference.fields()][:5]
        summer = replace(self.store, clock=lambda: MORNING - timedelta(days=100))
        with summer.writing() as unit:
            for number in range(60):
                demand.record(
                    unit,
                    field=kinds[number % 7 % len(kinds)],
                    municipality=codes[number % 5 % len(codes)],
                    barriers=(BARRIERS[number % len(BARRIERS)],),
                    protected=False,
                )
        return "/efterfragan?ar=2026&kvartal=3"

    @cached_property
    def queued(self) -> UUID:
        """A job that waits, since nobody works any more."""
        assert self.other_plan
        assert self.counted
        return self.api(Role.COORDINATOR).start_plan(PlanAsked()).value.id

    @cached_property
    def cancelled(self) -> UUID:
        """A job that was stopped before anybody began it."""
        api = self.api(Role.COORDINATOR)
        job = api.start_plan(PlanAsked()).value.id
        api.cancel_job(job)
        return job


def newcomers(store: Store, password: str) -> Mapping[Role, str]:
    """Somebody of each role where nothing has been done yet; their logins."""
    kept = passwords.hashed(password)
    with store.writing() as unit:
        provider = providers.create(unit, NEW_PROVIDER).id
        organisation = keep_organisation(unit, "0114", "Nya kommun", "0114")
        houses: Mapping[Role, Mapping[str, UUID]] = {
            Role.PROVIDER_MANAGER: {"provider_id": provider},
            Role.SUPERVISOR: {"organisation_id": organisation},
            Role.COORDINATOR: {"organisation_id": organisation},
        }
        for role in Role:
            new = NewUser(login=f"ny-{role}", name="Ny här", role=role, password_hash=kept)
            seeding.keep_user(unit, replace(new, **houses.get(role, {})))
    return {role: f"ny-{role}" for role in Role}


@contextmanager
def county(folder: Path, *, new: bool = False) -> Iterator[County]:
    """The demonstration in an empty folder, until it is not needed any more.

    ``new``: people of each role, and nothing else at all.
    """
    with ExitStack() as stack:
        listener, base = stack.enter_context(listening())
        settings = checked(
            Settings(
                demo=True,
                database_url=f"sqlite:///{folder / 'steget.db'}",
                public_url=base,
                requests_per_minute=10**9,
                _env_file=None,
            )
        )
        began = monotonic()
        opened = open_store(settings)
        stack.callback(opened.engine.dispose)
        store = replace(opened, clock=lambda: MORNING + timedelta(seconds=monotonic() - began))
        upgrade(store.engine)
        logins = newcomers(store, DEMO_PASSWORD) if new else _seeded(store)
        unknowns.count(store, settings)  # as a worker does when it first looks
        stack.enter_context(answering(app.create(store, settings), listener))
        yield County(base=base, store=store, settings=settings, logins=logins, until_the_end=stack)


def _seeded(store: Store) -> Mapping[Role, str]:
    return {one.role: one.login for one in demo.seed(store, DEMO_PASSWORD)}


@contextmanager
def listening() -> Iterator[tuple[socket.socket, str]]:
    """A socket that listens on a free port of loopback, and its address.

    Whoever asks before the application is there waits; nobody looks for a port twice.
    """
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        yield listener, f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def answering(answers: ASGIApp, listener: socket.socket) -> Iterator[None]:
    """An application that answers whoever asks, in a thread."""
    config = uvicorn.Config(
        answers,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive()
