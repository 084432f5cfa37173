"""``serve``, ``worker``, ``migrate``: the service on a machine, as the settings say.

Settings are read from the environment (``STEGET_...``); none is an option of a command, where
other users of the machine would see it.
"""

import os
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import SecretStr

from api import texts
from api.cli.screen import Screen

if TYPE_CHECKING:
    from api.settings import Settings
    from api.store import Store
    from api.store.migration import Schema

DEMO_PASSWORD = "stegforflyttning"  # noqa: S105 -- printed for everybody who tries the demo
Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]


class Service(Screen):
    """What the commands of the service say."""

    def told(self, key: str, /, **params: object) -> None:
        """A sentence on stdout."""
        self._print(texts.say(self.language, f"service.{key}", **params))

    def wrong(self, key: str, /, **params: object) -> typer.Exit:
        """A sentence on stderr, and the end of the command."""
        self._tell(texts.say(self.language, f"service.{key}", **params))
        return typer.Exit(2)

    def not_set(self, code: str, params: Mapping[str, object]) -> typer.Exit:
        """What is wrong with the settings, and the end of the command."""
        self._tell(texts.say(self.language, f"starting.{code}", **params))
        return typer.Exit(2)


def serve(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="A database of its own with the county, and accounts.")
    ] = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Annotated[int, typer.Option(min=1, max=64, help="Web processes.")] = 1,
    worker: Annotated[bool, typer.Option(help="A worker for jobs beside the web.")] = True,
) -> None:
    """Start the service: the web, and a worker beside it."""
    import uvicorn

    from api import app, jobs

    screen = Service(context.obj)
    address = f"http://{host}:{port}"
    with _place(demo=demo) as folder:
        settings = settings_of(screen, demo=folder if demo else None, address=address)
        store = _demonstration(screen, settings) if demo else ready(screen, settings)
        screen.told("listens", address=f"{address}{app.PREFIX}/docs")
        how: dict[str, Any] = {
            "host": host,
            "port": port,
            "access_log": False,  # it prints addresses; ours logs their patterns
            "log_config": None,
            "server_header": False,
            "timeout_graceful_shutdown": 10,
        }
        beside = jobs.beside(settings.database_url, store.keyring, settings)
        with beside if worker else nullcontext():
            if processes == 1:
                uvicorn.run(app.create(store, settings), **how)
            else:
                store.engine.dispose()
                os.environ |= _environment(settings)
                uvicorn.run("api.app:from_environment", factory=True, workers=processes, **how)


def worker(context: typer.Context) -> None:
    """Do jobs: plans, imports, insight; as many workers as wanted, on one or more machines."""
    from api import jobs, logs

    screen = Service(context.obj)
    settings = settings_of(screen)
    store = ready(screen, settings)
    logs.configure_once()
    stop = Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        signal.signal(which, lambda *_: stop.set())
    screen.told("works")
    jobs.run(store, settings, stop)


def migrate(context: typer.Context) -> None:
    """Bring the database's schema up to this version; an empty database gets the tables."""
    from api.store.migration import Schema, upgrade

    screen = Service(context.obj)
    store, before = opened(screen, settings_of(screen))
    if before is Schema.NEWER:
        raise screen.wrong("schema_newer")
    upgrade(store.engine)
    screen.told("schema_current" if before is Schema.CURRENT else "migrated")


ALL = (serve, worker, migrate)


def settings_of(screen: Service, *, demo: Path | None = None, address: str = "") -> "Settings":
    """The settings of the environment, checked; of a demonstration, those of its own folder.

    Raises:
        typer.Exit: what is missing or wrong has been told.
    """
    from pydantic import ValidationError

    from api.settings import Settings, SettingsError, checked

    try:
        if demo is None:
            return checked(Settings())
        url = f"sqlite:///{demo / 'steget.db'}"
        return checked(Settings(demo=True, database_url=url, public_url=address))
    except SettingsError as error:
        raise screen.not_set(error.code, error.params) from None
    except ValidationError as error:
        faults = (str(fault["loc"][0]) for fault in error.errors() if fault["loc"])
        names = ", ".join(f"STEGET_{name.upper()}" for name in faults)
        raise screen.wrong("not_a_setting", names=names) from None


def opened(screen: Service, settings: "Settings") -> tuple["Store", "Schema"]:
    """The store of the settings, and how its schema stands.

    Raises:
        typer.Exit: keys that are none, or a database that does not answer: told.
    """
    from api.store import SealError
    from api.store.migration import schema
    from api.store.opening import DatabaseError, open_store

    try:
        store = open_store(settings)
        return store, schema(store.engine)
    except SealError:
        raise screen.wrong("keys") from None
    except DatabaseError:
        raise screen.wrong("no_database") from None


def ready(screen: Service, settings: "Settings") -> "Store":
    """The store, with the very schema that this version knows.

    Raises:
        typer.Exit: another one; what to do is told.
    """
    from api.store.migration import Schema

    store, found = opened(screen, settings)
    if found is not Schema.CURRENT:
        raise screen.wrong(f"schema_{found}")
    return store


def _demonstration(screen: Service, settings: "Settings") -> "Store":
    """A store with the county in it; who can log in is printed."""
    from api.exchange import demo
    from api.store.migration import upgrade

    store, _ = opened(screen, settings)
    upgrade(store.engine)
    with screen.working("reading"):
        accounts = demo.seed(store, DEMO_PASSWORD)
    screen.told("demo", password=DEMO_PASSWORD)
    for account in accounts:
        screen.told("account", login=account.login, role=str(account.role))
    return store


def _environment(settings: "Settings") -> dict[str, str]:
    """The settings as web processes of their own read them."""
    return {
        f"STEGET_{name.upper()}": str(plain)
        for name, value in settings
        if (plain := value.get_secret_value() if isinstance(value, SecretStr) else value)
        is not None
    }


@contextmanager
def _place(*, demo: bool) -> Iterator[Path]:
    """A folder that is gone when the demonstration ends; else the one we are in."""
    if not demo:
        yield Path()
        return
    with tempfile.TemporaryDirectory(prefix="steget-demo-") as folder:
        yield Path(folder)
