"""``serve``, ``worker``, ``migrate``: the service on a machine, as the settings say.

Settings are read from the environment (``STEGET_...``); none is an option of a command, where
other users of the machine would see it.
"""

import os
import signal
import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api import texts
from api.cli.screen import Screen

if TYPE_CHECKING:
    from api.settings import Settings
    from api.store import Store
    from api.store.migration import Schema

COMMAND = "command"
"""Who did it, for the audit: whoever may run commands on the machine."""
DEMO_PASSWORD = "stegforflyttning"  # noqa: S105 -- printed for everybody who tries the demo
NO_SETTINGS = frozenset({"STEGET_LANG", "STEGET_PASSWORD", "STEGET_TEST_DATABASE_URL"})
"""Read elsewhere."""
Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]


class Service(Screen):
    """What the commands of the service say."""

    def told(self, key: str, /, **params: object) -> None:
        """A sentence on stdout."""
        self._print(texts.say(self.language, f"service.{key}", **params))

    def aside(self, key: str, /, **params: object) -> None:
        """A sentence on stderr; the command goes on."""
        self._tell(texts.say(self.language, f"service.{key}", **params))

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
    from api import app, jobs, metrics

    screen = Service(context.obj)
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    with ExitStack() as until_the_end:
        folder = until_the_end.enter_context(_place(demo=demo))
        settings = settings_of(screen, demo=folder if demo else None, address=address)
        _check_address(screen, host, port)
        before = signal.signal(signal.SIGTERM, _end)
        until_the_end.callback(signal.signal, signal.SIGTERM, before)
        start = _demonstration if demo else at_work
        store = until_the_end.enter_context(start(screen, settings))
        if worker:
            beside = jobs.beside(settings.database_url, store.keyring, settings)
            until_the_end.enter_context(beside)
        screen.told("listens", address=address, docs=f"{address}{app.PREFIX}/docs")
        if processes == 1:
            _listen(app.create(store, settings), host, port)
        else:
            store.engine.dispose()
            counted = until_the_end.enter_context(_folder())
            os.environ |= _environment(settings) | {metrics.FOLDER: str(counted)}
            _listen("api.app:from_environment", host, port, workers=processes, factory=True)


def worker(context: typer.Context) -> None:
    """Do jobs: plans, imports, insight; as many workers as wanted, on one or more machines."""
    from api import jobs, logs

    screen = Service(context.obj)
    settings = settings_of(screen)
    stop = Event()
    with at_work(screen, settings) as store:
        logs.configure_once()
        for which in (signal.SIGTERM, signal.SIGINT):
            signal.signal(which, lambda *_: stop.set())
        screen.told("works")
        jobs.run(store, settings, stop)


def migrate(context: typer.Context) -> None:
    """Bring the database's schema up to this version; an empty database gets the tables."""
    from api.store.migration import Schema, upgrade

    screen = Service(context.obj)
    with opened(screen, settings_of(screen)) as (store, before):
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

    known = {f"STEGET_{name.upper()}" for name in Settings.model_fields} | NO_SETTINGS
    for name in sorted(os.environ):
        if name.upper().startswith("STEGET_") and name.upper() not in known:
            screen.aside("no_such_setting", name=name)
    try:
        if demo is None:
            return _with_travel(checked(Settings()))
        url = f"sqlite:///{demo / 'steget.db'}"
        return _with_travel(checked(Settings(demo=True, database_url=url, public_url=address)))
    except SettingsError as error:
        raise screen.not_set(error.code, error.params) from None
    except ValidationError as error:
        faults = (str(fault["loc"][0]) for fault in error.errors() if fault["loc"])
        names = ", ".join(f"STEGET_{name.upper()}" for name in faults)
        raise screen.wrong("not_a_setting", names=names) from None


def _with_travel(settings: "Settings") -> "Settings":
    """The same settings, where those of travel times will do.

    Raises:
        SettingsError: they will not.
    """
    if any(name.startswith("travel_") and value is not None for name, value in settings):
        from api.travel.configured import check

        check(settings)
    return settings


@contextmanager
def opened(screen: Service, settings: "Settings") -> "Iterator[tuple[Store, Schema]]":
    """The store of the settings, and how its schema stands, while a command works on it.

    Raises:
        typer.Exit: keys that are none, a database that does not answer, or that fails while the
            command works: told, without a word of what stands in the URL or in the rows.
    """
    from api.store import SealError
    from api.store.migration import schema
    from api.store.opening import DatabaseError, open_store

    try:
        store = open_store(settings)
    except SealError:
        raise screen.wrong("keys") from None
    except DatabaseError:
        raise screen.wrong("no_database") from None
    try:
        try:
            found = schema(store.engine)
        except DatabaseError:
            raise screen.wrong("no_database") from None
        try:
            yield store, found
        except DatabaseError as error:
            raise screen.wrong("database_failed", kind=type(error).__name__) from None
    finally:
        store.engine.dispose()


@contextmanager
def at_work(screen: Service, settings: "Settings | None" = None) -> "Iterator[Store]":
    """The store, with the very schema that this version knows, while a command works on it.

    Raises:
        typer.Exit: as ``opened``, or another schema; what to do is told.
    """
    from api.store.migration import Schema

    with opened(screen, settings or settings_of(screen)) as (store, found):
        if found is not Schema.CURRENT:
            raise screen.wrong(f"schema_{found}")
        yield store


@contextmanager
def _demonstration(screen: Service, settings: "Settings") -> "Iterator[Store]":
    """A store with the county in it; who can log in is printed."""
    from api.exchange import demo
    from api.store.migration import upgrade

    with opened(screen, settings) as (store, _):
        upgrade(store.engine)
        with screen.working("reading"):
            accounts = demo.seed(store, DEMO_PASSWORD)
        screen.told("demo", password=DEMO_PASSWORD)
        for account in accounts:
            screen.told("account", login=account.login, role=str(account.role))
        yield store


def _listen(app: Any, host: str, port: int, **how: Any) -> None:  # noqa: ANN401 -- uvicorn's
    """Answer requests until somebody ends it."""
    import uvicorn

    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,  # it prints addresses; ours logs their patterns
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=10,
        **how,
    )


def _check_address(screen: Service, host: str, port: int) -> None:
    """Whether one can listen there: said before anything is begun, in a sentence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError:
        raise screen.wrong("cannot_listen", host=host, port=port) from None


def _end(*_: object) -> None:
    """End as Ctrl-C does: the worker puts its job back, and folders of ours go."""
    raise SystemExit


def _environment(settings: "Settings") -> dict[str, str]:
    """The settings as web processes of their own read them."""
    from pydantic import SecretStr

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
    with _folder() as folder:
        yield folder


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for as long as the service runs."""
    with tempfile.TemporaryDirectory(prefix="steget-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
