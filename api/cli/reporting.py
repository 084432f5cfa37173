"""``balance`` and ``report``: who got what, in tables that point at nobody."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self
from zoneinfo import ZoneInfo

import typer

from api import texts
from api.cli.noise_key import NoiseKey, noising_of
from api.cli.options import AsJson, DataSet, PlanDate, Quiet, TravelStore
from api.cli.periods import By, Bys, Periods, crossed_of, periods_of
from api.cli.screen import Screen
from api.cli.travelling import on_store

if TYPE_CHECKING:
    from api.reports.findings import Findings
    from api.reports.parts import Report, Sheet
    from matcher.balance.disclosure import Registry, ReleaseError

FAULTY = 2
FORMS = (".html", ".xlsx")
SHOWN = ("stages", "rates", "steering")
"""The tables that stand on the screen."""
WHOLE = ("periods",)
"""The sections that stand there whole, with their words: they are there only where asked for."""

PlanGiven = Annotated[
    Path | None,
    typer.Option("--plan", metavar="PLAN", help="A plan: its proposals, its policy, its day."),
]
KeptPlan = Annotated[
    Path | None,
    typer.Option("--kept", metavar="PLAN", help="An earlier plan, beside what people decided."),
]
Threshold = Annotated[
    int, typer.Option(min=3, max=1000, help="Counts from 1 to one less are hidden.")
]
RegistryFile = Annotated[
    Path | None,
    typer.Option(
        "--registry", metavar="FILE", help="What has been released; read, and written back."
    ),
]


def balance(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    dataset: DataSet,
    *,
    plan_folder: PlanGiven = None,
    kept: KeptPlan = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder for every table as CSV.")
    ] = None,
    threshold: Threshold = 5,
    registry: RegistryFile = None,
    noise: NoiseKey = None,
    period: Periods = None,
    by: Bys = None,
    travel: TravelStore = None,
    plan_date: PlanDate = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Branch and gender at each stage, steering, outcomes: in tables that point at nobody."""
    from api.reports import comma
    from api.reports.content import report as content

    screen = Reporting(context.obj, quiet=quiet, as_json=as_json)
    asked = Asked(dataset, plan_folder, kept, plan_date, travel).apart(period, by, noise)
    found = _found(screen, asked, threshold, registry)
    if out is not None:
        _written(out, comma.files(found, screen.language))
    screen.told(content(found, screen.language), out, registered=registry is not None)


def report(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    dataset: DataSet,
    out: Annotated[Path, typer.Option(metavar="FILE", help="A file .html or .xlsx.")],
    *,
    plan_folder: PlanGiven = None,
    kept: KeptPlan = None,
    threshold: Threshold = 5,
    registry: RegistryFile = None,
    noise: NoiseKey = None,
    period: Periods = None,
    by: Bys = None,
    travel: TravelStore = None,
    plan_date: PlanDate = None,
    quiet: Quiet = False,
) -> None:
    """The balance as one page or one workbook, with fairness, follow-up and sources."""
    from api.reports.excel import workbook
    from api.reports.page import document

    screen = Reporting(context.obj, quiet=quiet)
    if out.suffix.lower() not in FORMS:
        raise typer.BadParameter(screen.say("form"), param_hint="--out")
    asked = Asked(dataset, plan_folder, kept, plan_date, travel).apart(period, by, noise)
    found = _found(screen, asked, threshold, registry, whole=True)
    if out.suffix.lower() == ".html":
        _replace(out, document(found, screen.language).encode())
    else:
        _replace(out, workbook(found, screen.language))
    screen.reported(found, out, registered=registry is not None)


class Asked:
    """Of what a balance is asked: the files that the command was given."""

    def __init__(
        self,
        dataset: Path,
        plan: Path | None,
        kept: Path | None,
        day: datetime | None,
        travel: Path | None,
    ) -> None:
        """Keep them.

        Raises:
            BadParameter: a plan and a day, which it has.
        """
        if plan is not None and day is not None:
            raise typer.BadParameter("A plan has its own policy and day.", param_hint="--plan")
        self.dataset, self.plan, self.kept, self.travel = dataset, plan, kept, travel
        self.day = (day or datetime.now(tz=ZoneInfo("Europe/Stockholm"))).date()
        self.period: Sequence[str] = ()
        self.by: Sequence[By] = ()
        self.noise: Path | None = None

    def apart(
        self, period: Sequence[str] | None, by: Sequence[By] | None, noise: Path | None
    ) -> Self:
        """With what is told apart besides the whole, and the key of noise."""
        self.period, self.by, self.noise = period or (), by or (), noise
        return self


def _found(
    screen: "Reporting",
    asked: Asked,
    threshold: int,
    registry: Path | None,
    *,
    whole: bool = False,
) -> "Findings":
    """The findings, and the registry with them; it is written before anything is published."""
    from api.reports.gather import Wanted, findings
    from matcher.balance.disclosure import ReleaseError, Rules
    from matcher.dataset import load, read_plan
    from matcher.policy import Policy

    earlier = _registry(screen, registry)
    plan = read_plan(asked.plan) if asked.plan else None
    periods = periods_of(asked.period, earlier, screen.say)
    noising = noising_of(asked.noise, threshold, earlier, screen)  # last: it may write a file
    wanted = Wanted(
        name=asked.dataset.resolve().stem,
        rules=Rules(threshold=threshold, protection=min(Rules().protection, threshold - 2)),
        earlier=earlier,
        kept=read_plan(asked.kept) if asked.kept else None,
        periods=periods,
        crossed=crossed_of(asked.by),
        noising=noising,
        whole=whole,
    )
    with screen.working("reading"):
        loaded = load(asked.dataset, plan.plan_date if plan else asked.day)
        loaded = on_store(screen, loaded, asked.travel)
    if plan is not None and plan.digest != loaded.digest:
        screen.other_data()
    with screen.working("counting"):
        policy = plan.policy if plan else Policy()
        try:
            found = findings(loaded.problem, policy, plan.plan if plan else None, wanted)
        except ReleaseError as error:
            screen.no_release(error)
            raise typer.Exit(FAULTY) from None
    if registry is not None:
        _replace(registry, found.balance.registry.to_json().encode())
    return found


def _registry(screen: "Reporting", file: Path | None) -> "Registry":
    """What has been released before; nothing where the file is not there yet."""
    from matcher.balance.disclosure import Registry, ReleaseError

    if file is None or not file.exists():
        return Registry()
    try:
        return Registry.of_json(file.read_text(encoding="utf-8"))
    except (ValueError, KeyError, TypeError, ReleaseError):
        raise typer.BadParameter(screen.say("no_registry"), param_hint="--registry") from None


def _written(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


def _replace(file: Path, content: bytes) -> None:
    """Write a file whole: whoever reads meanwhile finds the old or the new one."""
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_bytes(content)
    os.replace(fresh, file)  # noqa: PTH105 -- both are named


class Reporting(Screen):
    """A screen that tells of a balance."""

    def say(self, key: str, **params: object) -> str:
        """A sentence of the command."""
        return texts.say(self.language, f"reporting.{key}", **params)

    def told(self, made: "Report", out: Path | None, *, registered: bool) -> None:
        """The main tables, the sentences beside them, and where the rest is."""
        if self.as_json:
            self._json(_plain(made))
            return
        if self.quiet:
            return
        self._print(f"{made.title}: {made.of}")
        for line in made.words:
            self._print(line)
        for section in made.sections:
            whole = section.code in WHOLE
            shown = [sheet for sheet in section.sheets if whole or sheet.code in SHOWN]
            for sheet in shown:
                self._print(f"\n{sheet.caption}")
                self._sheet(sheet)
            if shown or whole or section.code == "hidden":
                self._print("")
                said = section.words if whole or not shown else ()
                for line in (*section.after, *said):
                    self._print(line)
        self._ends(out, "written", registered=registered)

    def no_release(self, error: "ReleaseError") -> None:
        """The tables contradict each other, or what was published before."""
        if error.code in ("MIXED", "OTHER_NOISE"):
            self.tell(texts.say(self.language, f"releasing.{error.code}"))
        else:
            self.tell(self.say("no_release", code=error.code, where=error.where))

    def tell(self, words: str) -> None:
        """Something beside the answer."""
        self._tell(words)

    def reported(self, found: "Findings", out: Path, *, registered: bool) -> None:
        """That a report was written, and what it leaves out."""
        for table in found.refused():
            self._tell(texts.say(self.language, "report.refused", table=table))
        if not self.quiet:
            self._ends(out, "report_written", registered=registered)

    def _ends(self, out: Path | None, key: str, *, registered: bool) -> None:
        self._print("")
        if not registered:
            self._print(self.say("not_registered"))
        self._print(self.say(key, path=out) if out else self.say("not_written"))

    def _sheet(self, sheet: "Sheet") -> None:
        from rich.console import Console
        from rich.table import Table

        table = Table(box=None, pad_edge=False, header_style="bold")
        for at, column in enumerate(sheet.columns):
            table.add_column(column.head, justify="right" if at else "left")
        for row in sheet.rows:
            table.add_row(*(cell.text for cell in row))
        console = Console(highlight=False, markup=False, width=140)
        with console.capture() as captured:
            console.print(table)
        typer.echo(captured.get(), nl=False)

    def _say(self, key: str, **params: object) -> str:
        own = key in texts.GROUPS[self.language]["reporting"]
        return self.say(key, **params) if own else super()._say(key, **params)


def _plain(made: "Report") -> dict[str, object]:
    """A report as plain values: words, and each table in rows."""
    return {
        "title": made.title,
        "of": made.of,
        "words": list(made.words),
        "sections": [
            {
                "code": section.code,
                "heading": section.heading,
                "words": [*section.words, *section.after],
                "tables": [
                    {
                        "code": sheet.code,
                        "caption": sheet.caption,
                        "columns": [column.head for column in sheet.columns],
                        "rows": [
                            [
                                {"text": one.text, "number": one.number, "hidden": one.hidden}
                                for one in row
                            ]
                            for row in sheet.rows
                        ],
                    }
                    for sheet in section.sheets
                ],
            }
            for section in made.sections
        ],
    }


ALL = (balance, report)
