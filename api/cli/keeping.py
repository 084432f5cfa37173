"""Keeping a service: backup, restore, audit, retention, keys."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from api.cli.serving import COMMAND, Service, at_work, settings_of

BackupFile = Annotated[Path, typer.Argument(help="The backup, one sealed file.")]


def backup(context: typer.Context, file: BackupFile) -> None:
    """Write every row of this moment into one sealed file; the service may run on meanwhile."""
    from api.store import audit
    from api.store.backup import BackupError, write

    screen = Service(context.obj)
    with at_work(screen) as store:
        try:
            rows = write(store, file)
        except BackupError as error:
            raise screen.wrong(f"backup_{error}") from None
        with store.writing() as unit:
            audit.note(unit, COMMAND, "backup.write", rows=rows)
    screen.told("backed_up", rows=rows)


def restore(context: typer.Context, file: BackupFile) -> None:
    """Fill an empty, migrated database from a backup: all of it or nothing; check the audit."""
    from api.store import audit
    from api.store.backup import BackupError
    from api.store.backup import restore as fill

    screen = Service(context.obj)
    with at_work(screen) as store:
        try:
            rows = fill(store, file)
        except BackupError as error:
            raise screen.wrong(f"backup_{error}") from None
        with store.writing() as unit:
            audit.note(unit, COMMAND, "backup.restore", rows=rows)
        with store.snapshot() as unit:
            entries, _, broken = audit.verify(unit)
    screen.told("restored", rows=rows)
    _show_chain(screen, entries, len(broken))


def verify(context: typer.Context) -> None:
    """Walk the audit: every entry against the one before; keep the last hash elsewhere."""
    from api.store import audit

    screen = Service(context.obj)
    with at_work(screen) as store, store.snapshot() as unit:
        entries, last, broken = audit.verify(unit)
    for fault in broken:
        screen.told("broken", number=fault.number, what=fault.what)
    _show_chain(screen, entries, len(broken))
    screen.told("head", hash=last)


def retention(
    context: typer.Context,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count.")] = False,
) -> None:
    """Erase what has been kept as long as it may be (gallring); see docs/personal-data.md."""
    from api.auth import logins
    from api.store import audit
    from api.store import retention as keeping

    screen = Service(context.obj)
    settings = settings_of(screen)
    days = timedelta(days=settings.retention_days)
    with at_work(screen, settings) as store, store.writing() as unit:
        if dry_run:
            found = keeping.due(unit, days)
        else:
            found = keeping.erase_due(unit, days)
            logins.clean(unit, settings)
            audit.note(unit, COMMAND, "retention.run", "", **found)
    for kind, rows in found.items():
        screen.told(f"due_{kind}" if dry_run else f"erased_{kind}", rows=rows)


def new(context: typer.Context) -> None:
    """Print a new key, to be put into STEGET_KEYS beside the old ones under a higher number."""
    from api.store import new_key

    Service(context.obj).told("new_key", key=new_key())


def rotate(context: typer.Context) -> None:
    """Seal everything again under the newest key; after it, the older ones can be taken away."""
    from api.store import SealError, audit
    from api.store.rotation import rotate as again

    screen = Service(context.obj)
    with at_work(screen) as store:
        try:
            values = again(store)
        except SealError:
            raise screen.wrong("keys_missing_one") from None
        with store.writing() as unit:
            audit.note(unit, COMMAND, "keys.rotate", values=values, newest=store.keyring.newest)
    screen.told("rotated", values=values, newest=store.keyring.newest)


def _show_chain(screen: Service, entries: int, broken: int) -> None:
    if broken:
        raise screen.wrong("chain_broken", entries=entries, broken=broken)
    screen.told("chain_holds", entries=entries)


ALL = (backup, restore, retention)
OF_AUDIT = (verify,)
OF_KEYS = (new, rotate)
