"""The commands: each reads what it needs, asks the engine, and shows the answer."""

import errno
import os
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

import data
from api.cli import changing, explaining, insights
from api.cli.options import (
    AsJson,
    DataSet,
    FormerFolder,
    PlanDate,
    PlanFolder,
    PolicyFile,
    Quiet,
    TravelStore,
)
from api.cli.screen import Screen
from api.cli.stood import stood, written
from api.cli.stop import stoppable
from api.cli.travelling import on_store

if TYPE_CHECKING:
    from data.generate import Tables
    from matcher.dataset import FormerPlan
    from matcher.policy import Policy

SHIPPED = Path(data.__file__).parent
DEMO_DATE = date(2026, 12, 1)
"""The MIA county scenario is made for this day."""
COMMONEST = 5

Seconds = Annotated[
    float | None, typer.Option(min=0, help="Emergency stop; the plan says it was cut.")
]
Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, help="For exact models.")]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Parts planned at the same time; as many as cores.")
]
PlanGiven = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        metavar="PLAN",
        help="A plan: what would each choice do to it? Its policy, its day.",
    ),
]


class Scenario(StrEnum):
    """What can be generated."""

    MIA = "mia"
    TOWN = "town"
    COUNTY = "county"


class Form(StrEnum):
    """How tables are written."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


class HalfDays(StrEnum):
    """How scarce half-days are in a generated county."""

    TYPICAL = "typical"
    TIGHT = "tight"


def demo(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="Where the plan goes.")] = Path("build/mia"),
    *,
    quiet: Quiet = False,
) -> None:
    """Plan the shipped MIA county scenario and show the plan."""
    plan(context, SHIPPED / "mia", out, plan_date=_midnight(DEMO_DATE), quiet=quiet)


def check(
    context: typer.Context,
    dataset: DataSet,
    *,
    plan_date: PlanDate = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Read a data set and name every fault in it."""
    from matcher.dataset import load

    screen = Screen.of(context, quiet=quiet, as_json=as_json)
    with screen.working("reading"):
        loaded = load(dataset, _day(plan_date))
    screen.checked(loaded)


def plan(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    dataset: DataSet,
    out: Annotated[Path, typer.Option(help="The folder of the plan.")],
    *,
    policy: PolicyFile = None,
    plan_date: PlanDate = None,
    seconds: Seconds = None,
    seed: Seed = 0,
    workers: Workers = None,
    former: FormerFolder = None,
    travel: TravelStore = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Plan a data set: who is proposed where, proven how good, and why not the others."""
    from matcher import columns, insight
    from matcher.dataset import PlanReport, check_asked, former_notices, load, write_plan
    from matcher.explain.journeys import to_ask
    from matcher.policy import Limits
    from matcher.solve.door import Watch
    from matcher.solve.door import plan as best_plan

    screen = Screen.of(context, quiet=quiet, as_json=as_json)
    _fit_for(out)
    weighing, day = _policy(policy), _day(plan_date)
    earlier = _earlier(former, out)
    check_asked(weighing, earlier, policy.name if policy else "")
    with screen.working("reading"):
        loaded = on_store(screen, load(dataset, day), travel)
    with stoppable() as cancelled, screen.working("planning") as report:
        outcome = best_plan(
            loaded.problem,
            weighing,
            Limits(seconds=seconds, seed=seed, workers=workers),
            former=earlier.proposals if earlier else None,
            watch=Watch(report=report, cancelled=cancelled),
        )
    if outcome.plan is None:
        screen.no_plan(outcome)
        raise typer.Exit(1)
    table = columns.load(loaded.problem, weighing)
    written = PlanReport(
        outcome=outcome,
        plan_date=day,
        policy=weighing,
        digest=loaded.digest,
        participants=len(loaded.problem.participants),
        former=earlier.digest if earlier else None,
        journeys=to_ask(table, outcome.plan),
    )
    write_plan(out, written)
    screen.notices(loaded.notices)
    screen.notices(former_notices(earlier, loaded.problem) if earlier else ())
    if as_json or not quiet:
        counts = insight.barrier_counts(table, weighing)
        common = tuple(count for count in counts if count.pairs)[:COMMONEST]
        screen.planned(loaded.problem, written, common, out)


def verify(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    dataset: DataSet,
    plan_folder: PlanFolder,
    *,
    former: FormerFolder = None,
    travel: TravelStore = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Check a plan against every rule, without the engine that made it."""
    from matcher import verify as verifier
    from matcher.dataset import check_same, load, read_former, read_plan

    screen = Screen.of(context, quiet=quiet, as_json=as_json)
    found = read_plan(plan_folder)
    earlier = read_former(former) if former else None
    check_same(found, earlier)
    with screen.working("reading"):
        loaded = on_store(screen, load(dataset, found.plan_date), travel)
    with screen.working("verifying"):
        broken = verifier.violations(
            loaded.problem,
            found.policy,
            found.plan,
            found.goals,
            earlier.proposals if earlier else None,
        )
        broken += verifier.causes(loaded.problem, found.policy, found.plan)
    screen.verified(broken, same_data=found.digest == loaded.digest)
    if broken:
        raise typer.Exit(1)


def recommend(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    dataset: DataSet,
    participant: Annotated[str, typer.Argument(metavar="PARTICIPANT", help="The pseudonym.")],
    *,
    policy: PolicyFile = None,
    plan_date: PlanDate = None,
    plan_folder: PlanGiven = None,
    former: FormerFolder = None,
    travel: TravelStore = None,
    as_json: AsJson = False,
) -> None:
    """For one participant: what is possible, what to check, what falls away and why."""
    from matcher import columns, explain
    from matcher.dataset import load

    screen = Screen.of(context, quiet=False, as_json=as_json)
    if plan_folder is not None:
        if policy or plan_date:
            raise typer.BadParameter("A plan has its own policy and day.", param_hint="--plan")
        asked = stood(screen, written(plan_folder, former), dataset, travel)
        explaining.recommend(screen, asked, participant)
        return
    if former is not None:
        raise typer.BadParameter("It goes with --plan.", param_hint="--former")
    weighing, day = _policy(policy), _day(plan_date)
    with screen.working("reading"):
        problem = on_store(screen, load(dataset, day), travel).problem
    name = explaining.participant_of(problem, participant, screen)
    table = columns.load(problem, weighing)
    screen.recommended(problem, explain.recommend(table, weighing, name))


def generate(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    scenario: Annotated[Scenario, typer.Argument(help="mia, town, or a county of any size.")],
    out: Annotated[Path, typer.Option(help="A folder, or the workbook for xlsx.")],
    *,
    form: Annotated[Form, typer.Option(help="How the tables are written.")] = Form.CSV,
    seed: Annotated[int | None, typer.Option(min=0, help="Of the dice.")] = None,
    participants: Annotated[int, typer.Option(min=1, help="Only county.")] = 3000,
    openings: Annotated[int, typer.Option(min=1, help="Only county.")] = 900,
    travel_rows: Annotated[int, typer.Option(min=0, help="Only county.")] = 0,
    half_days: Annotated[HalfDays, typer.Option(help="Only county.")] = HalfDays.TYPICAL,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
    quiet: Quiet = False,
) -> None:
    """Write a made-up data set: the same seed gives the same tables."""
    from data import generate as scenarios
    from matcher.dataset import write_tables

    if form is Form.XLSX and out.suffix.lower() != ".xlsx":
        raise typer.BadParameter("The name of a workbook ends in .xlsx.", param_hint="--out")
    if not force and (_tables_in(out) or out.is_file()):
        raise typer.BadParameter(
            "There is a data set already; --force replaces it.", param_hint="--out"
        )
    screen = Screen.of(context, quiet=quiet, as_json=False)
    size = scenarios.Size(
        participants=participants,
        openings=openings,
        travel_rows=travel_rows,
        half_days=half_days.value,
    )
    makers: dict[Scenario, Callable[..., Tables]] = {
        Scenario.MIA: scenarios.mia,
        Scenario.TOWN: scenarios.town,
        Scenario.COUNTY: partial(scenarios.county, size),
    }
    make = makers[scenario]
    with screen.working("generating"):
        tables = make() if seed is None else make(seed=seed)
        left = [name for name in _tables_in(out) if name not in tables]
        if left:
            raise typer.BadParameter(
                f"The folder has tables of another data set: {', '.join(left)}.",
                param_hint="--out",
            )
        write_tables(tables, out, form.value)
    screen.generated({name: len(table) for name, table in tables.items()}, out)


ALL = (
    demo,
    check,
    plan,
    verify,
    recommend,
    explaining.explain,
    changing.what_if,
    changing.compare,
    insights.insight,
    generate,
)


def _fit_for(folder: Path) -> None:
    """Refuse a folder that cannot be written to before hours of work are lost on it.

    Raises:
        OSError: it, or the nearest one above it that there is, is no folder or not ours.
    """
    whole = folder.absolute()
    nearest = next(path for path in (whole, *whole.parents) if os.path.lexists(path))
    code = errno.EACCES if nearest.is_dir() else errno.ENOTDIR
    if code == errno.ENOTDIR or not os.access(nearest, os.W_OK | os.X_OK):
        raise OSError(code, os.strerror(code), str(nearest))


def _tables_in(folder: Path) -> list[str]:
    """The tables that stand in a folder."""
    from matcher.dataset.schema import TABLES

    ends = ("csv", "parquet")
    return [name for name in TABLES if any((folder / f"{name}.{end}").exists() for end in ends)]


def _policy(path: Path | None) -> "Policy":
    from matcher.dataset import read_policy
    from matcher.policy import Policy

    return Policy() if path is None else read_policy(path)


def _earlier(folder: Path | None, out: Path) -> "FormerPlan | None":
    """The former plan, where one is given; it must outlive the new one."""
    from matcher.dataset import read_former

    if folder is None:
        return None
    if folder.resolve() == out.resolve():
        raise typer.BadParameter(
            "The former plan lies there: without it the new one could not be verified.",
            param_hint="--out",
        )
    return read_former(folder)


def _day(given: datetime | None) -> date:
    """The plan date: as given, else today in Stockholm."""
    return (given or datetime.now(tz=ZoneInfo("Europe/Stockholm"))).date()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Europe/Stockholm"))
