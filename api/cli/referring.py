"""``steget reference``: the shipped tables of occupations, brought up to date when asked to."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

import data
from api import texts
from api.cli.options import AsJson, Quiet
from api.cli.screen import Screen

if TYPE_CHECKING:
    from api.reference.changes import Change, Changes
    from api.reference.sources import Register, Taxonomy
    from api.travel.calls import Caller
    from api.travel.troubles import Trouble

Told = TypeVar("Told")
FAULTY = 2
SHIPPED = Path(data.__file__).parent / "reference"
Address = Annotated[
    str | None, typer.Option(metavar="URL", help="Another address than the public one.")
]


def update(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    *,
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Compared and written to; as shipped.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write the tables.")] = False,
    changed: Annotated[
        float,
        typer.Option(min=0, help="Tell shares that changed by more, in percentage points."),
    ] = 1.0,
    taxonomy: Address = None,
    register: Address = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Read JobTech's taxonomy and SCB's register, and show what they change; --write keeps it."""
    from api.reference import tables
    from api.reference.changes import changes

    screen = Referring(context.obj, quiet=quiet, as_json=as_json)
    folder = to or SHIPPED
    with screen.working("asking"):
        told = _asked(screen, taxonomy, register)
    try:
        known = tables.read(folder) or tables.shipped()
        made = tables.made(*told, known)
    except tables.BadReferenceError as error:
        screen.faulty(screen.say(one.code, where=one.where) for one in error.faults)
        raise typer.Exit(FAULTY) from None
    found = changes(known, made, changed)
    screen.changed(found, tables.write(folder, made) if write else {}, folder)


def _asked(
    screen: "Referring", taxonomy: str | None, register: str | None
) -> "tuple[Taxonomy, Register]":
    """Both sources; what is wrong with either is told together."""
    from contextlib import ExitStack

    from api.reference import sources
    from api.travel.troubles import Trouble

    with ExitStack() as stack:
        one = _caller(screen, "taxonomy", taxonomy or sources.TAXONOMY_URL)
        stack.callback(one.close)
        other = _caller(screen, "register", register or sources.REGISTER_URL)
        stack.callback(other.close)
        groups, counts = _tried(sources.taxonomy, one), _tried(sources.register, other)
    if isinstance(groups, Trouble) or isinstance(counts, Trouble):
        both = {"taxonomy": groups, "register": counts}
        screen.no_answer({name: told for name, told in both.items() if isinstance(told, Trouble)})
        raise typer.Exit(FAULTY)
    return groups, counts


def _caller(screen: "Referring", name: str, url: str) -> "Caller":
    from api.reference.sources import server
    from api.travel.calls import Caller

    try:
        return Caller(server(url))
    except ValueError:
        raise typer.BadParameter(screen.say("address"), param_hint=f"--{name}") from None


def _tried(ask: "Callable[[Caller], Told]", caller: "Caller") -> "Told | Trouble":
    """What a source tells, or why it does not."""
    from api.travel.troubles import CallFailedError

    try:
        return ask(caller)
    except CallFailedError as error:
        return error.trouble


class Referring(Screen):
    """A screen that tells of reference tables."""

    def say(self, key: str, **params: object) -> str:
        """A sentence of reference tables."""
        return texts.say(self.language, f"reference.{key}", **params)

    def no_answer(self, troubles: "Mapping[str, Trouble]") -> None:
        """Which sources did not answer, and why."""
        why = {
            self.say(f"source_{name}"): texts.say(self.language, f"troubles.{trouble}")
            for name, trouble in troubles.items()
        }
        self.faulty(self.say("no_answer", source=name, why=one) for name, one in why.items())

    def faulty(self, lines: Iterator[str]) -> None:
        """What is wrong, all together."""
        for line in lines:
            self._tell(line)
        self._tell(self.say("nothing_written"))

    def changed(self, found: "Changes", sums: Mapping[str, str], folder: Path) -> None:
        """What changes, and what was written."""
        if self.as_json:
            self._json(_plain(found, sums))
            return
        if self.quiet:
            return
        self._print(self.say("years", old=found.years[0] or "-", new=found.years[1] or "-"))
        for change in found.rows:
            self._print(self._line(change))
        if not found.rows and not found.smaller:
            self._print(self.say("nothing"))
        if found.smaller:
            self._print(self.say("smaller", shares=found.smaller))
        if not sums:
            self._print(self.say("dry"))
            return
        self._print(self.say("written", folder=folder))
        for file, digest in sums.items():
            self._print(self.say("sum", file=file, sum=digest))
        self._print(self.say("not_shipped"))

    def _line(self, change: "Change") -> str:
        return self.say(
            change.kind,
            table=self.say(change.table),
            code=change.code,
            label=change.label,
            old=change.old or "-",
            new=change.new or "-",
        )

    def _say(self, key: str, **params: object) -> str:
        own = key in texts.GROUPS[self.language]["reference"]
        return self.say(key, **params) if own else super()._say(key, **params)


def _plain(found: "Changes", sums: Mapping[str, str]) -> dict[str, object]:
    return {
        "years": {"old": found.years[0], "new": found.years[1]},
        "changes": [
            {
                "kind": one.kind,
                "table": one.table,
                "code": one.code,
                "label": one.label,
                "old": one.old or None,
                "new": one.new or None,
            }
            for one in found.rows
        ],
        "smaller": found.smaller,
        "written": sums,
    }


ALL = (update,)
