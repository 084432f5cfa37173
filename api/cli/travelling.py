"""``steget travel``: travel times computed into a store, curves fitted to real ones, places found.

A plan asks no server: it reads the store (``on_store``).
"""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from api.cli.options import AsJson, DataSet, PlanDate, Quiet
from api.cli.planners import Planner, end, opened
from api.cli.screen import Screen
from api.cli.travel_screen import Travelling
from api.matching.advice import Answer

if TYPE_CHECKING:
    from api.travel import ServerProvider
    from api.travel.build import Building
    from api.travel.chains import Sources
    from api.travel.geocoder import Geocoder
    from matcher.dataset import Dataset
    from matcher.domain import Problem
    from matcher.travel.estimate import Curves
    from matcher.travel.gtfs import Feed

FAULTY = 2
INTERRUPTED = 130
OPTIONS = {
    "gtfs": "--gtfs",
    "motis": "--motis",
    "otp": "--otp",
    "valhalla": "--valhalla",
    "osrm": "--osrm-walk",
}
"""Where each source is; the estimate is always there."""

Address = Annotated[str | None, typer.Option(metavar="URL", help="A server of your own.")]

Timetable = Annotated[Path | None, typer.Option(metavar="ZIP", help="A timetable.")]


def build(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    dataset: DataSet,
    store: Annotated[Path, typer.Option(help="The file of the travel times; made if missing.")],
    *,
    sources: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Whom to ask, in order: gtfs,estimate.")
    ] = None,
    gtfs: Timetable = None,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the journeys.")
    ] = None,
    arrive_by: Annotated[
        str | None, typer.Option(metavar="TIMES", help="The median over these: 08:00,08:10.")
    ] = None,
    curve: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Curves that calibrate has made.")
    ] = None,
    valhalla: Address = None,
    osrm_walk: Address = None,
    motis: Address = None,
    otp: Address = None,
    plan_date: PlanDate = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Compute the travel times of a data set into a store; a build that was stopped goes on."""
    from api.travel.build import build as fill
    from api.travel.chains import Sources
    from api.travel.store import StoreError, open_store
    from matcher.dataset import load

    screen = Travelling(context.obj, quiet=quiet, as_json=as_json)
    addresses = {"motis": motis, "otp": otp, "valhalla": valhalla, "osrm": osrm_walk}
    given = [name for name, url in {"gtfs": gtfs, **addresses}.items() if url is not None]
    order, times = _order(screen, sources, given), _times(screen, arrive_by)
    curves, servers = _curves(screen, curve), _servers(screen, addresses)
    with Sources(curves=curves, feed=_feed(screen, gtfs), servers=servers) as found:
        with screen.working("reading"):
            problem = load(dataset, _today(plan_date)).problem
        chosen = _day(screen, day, problem, found)
        asked = replace(found.asked(order, datetime.now(UTC)), deadlines=times)
        try:
            with open_store(store, make=True) as opened, screen.asking() as told:
                done = fill(problem, asked, opened, chosen, told=told)
        except StoreError:
            raise screen.misused("no_store", "--store") from None
        except KeyboardInterrupt:
            screen.stopped()
            raise typer.Exit(INTERRUPTED) from None
        screen.built(_summary(problem, done, found, chosen, store))


def calibrate(
    context: typer.Context,
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="Real journeys, as CSV.")],
    *,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where the curve goes.")] = None,
    as_json: AsJson = False,
) -> None:
    """Fit the curves of the estimate to real journeys, and say how far off they are."""
    from api.travel.curves import curve_file, name_of, written
    from api.travel.pairs import read_pairs
    from matcher.travel.calibrate import CalibrationError
    from matcher.travel.calibrate import calibrate as fit

    screen = Travelling(context.obj, as_json=as_json)
    pairs = read_pairs(table)
    if not pairs:
        raise screen.misused("no_pairs", "TABLE")
    try:
        with screen.working("fitting"):
            found = {
                mode: fit(each.km, each.minutes, each.destination) for mode, each in pairs.items()
            }
    except CalibrationError as error:
        screen.no_curve(error)
        raise typer.Exit(FAULTY) from None
    file = curve_file(found, pairs)
    data = written(file)
    if out is not None:
        out.write_bytes(data)
    values = file.model_dump(mode="json", by_alias=True, exclude_none=True)
    about = {"name": name_of(data), "file": str(out) if out else None}
    screen.fitted({**about, **values}, found)


def find(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="An area, a town or a stop.")],
    *,
    gtfs: Timetable = None,
    nominatim: Address = None,
    photon: Address = None,
    pelias: Address = None,
    as_json: AsJson = False,
) -> None:
    """Find the point of an area, a town or a stop by its name; never of a street address."""
    from api.travel.places import Places

    screen = Travelling(context.obj, as_json=as_json)
    servers = {"nominatim": nominatim, "photon": photon, "pelias": pelias}
    with ExitStack() as stack:
        geocoder = _geocoder(screen, servers)
        if geocoder is not None:
            stack.callback(geocoder.close)
        found = Places(geocoder, _feed(screen, gtfs)).find(name)
    screen.looked_up(found)
    if not found.candidates:
        raise typer.Exit(FAULTY)


def journey(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    origin: Annotated[str, typer.Argument(metavar="FROM", help="A name, or 59.199,17.833.")],
    site: Annotated[str, typer.Argument(metavar="TO", help="The same; never a street address.")],
    *,
    planner: Annotated[
        Planner, typer.Option("--with", help="Whom to ask: a public service, off until it is set.")
    ],
    arrive_by: Annotated[
        str, typer.Option(metavar="TIME", help="The time to be there by.")
    ] = "08:30",
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the journey.")
    ] = None,
    gtfs: Timetable = None,
    as_json: AsJson = False,
) -> None:
    """Show one journey between two places, leg by leg, as a public travel planner tells it."""
    from api.travel.chains import next_tuesday
    from api.travel.places import Places
    from matcher.travel.contract import STOCKHOLM

    screen = Travelling(context.obj, as_json=as_json)
    times = _times(screen, arrive_by)
    if len(times) != 1:
        raise screen.misused("one_time", "--arrive-by")
    with opened(screen, planner) as asked:
        feed = _feed(screen, gtfs)
        places = Places(feed=feed)
        (start, here), (goal, there) = (end(screen, places, text) for text in (origin, site))
        when = day.date() if day else next_tuesday(_today(None), feed)
        if when is None:
            raise screen.misused("no_tuesday", "--gtfs", day=_today(None))
        by = datetime.combine(when, times[0], STOCKHOLM)
        found = asked.journey(here, there, by)
    screen.trip((start, goal), by, found)
    if found.trouble is not None:
        raise typer.Exit(FAULTY)


ALL = (build, calibrate, find, journey)


def on_store(screen: Screen, loaded: "Dataset", store: Path | None) -> "Dataset":
    """A data set with the travel times of a store, where one is given; the digest tells them.

    Raises:
        typer.BadParameter: the data set has a table of its own, or the file is no store.
        OSError: the file cannot be read.
    """
    from api.travel.store import StoreError, open_store
    from api.travel.times import times_of

    if store is None:
        return loaded
    problem, ours = loaded.problem, Travelling.like(screen)
    if problem.travel_times is not None:
        raise ours.misused("store_and_table", "--travel")
    try:
        with open_store(store) as opened:
            times = times_of(opened, problem, problem.plan_date)
    except StoreError:
        raise ours.misused("no_store", "--travel") from None
    ours.read_from(store, times)
    digest = f"{loaded.digest}\n{times.digest}\n".encode()
    return replace(
        loaded,
        problem=replace(problem, travel_times=times),
        digest=hashlib.sha256(digest).hexdigest(),
    )


def _order(screen: Travelling, sources: str | None, given: Sequence[str]) -> tuple[str, ...]:
    """The names of the sources to ask; each is there, and each that is given is asked."""
    from api.travel.chains import USUAL_ORDER, SourcesError, ordered

    try:
        return ordered(sources, given)
    except SourcesError as error:
        where = OPTIONS.get(error.source)
        option = where if error.code == "source_not_asked" and where else "--sources"
        params = {"source": error.source, "where": where, "sources": ", ".join(USUAL_ORDER)}
        raise screen.misused(error.code, option, **params) from None


def _servers(
    screen: Travelling, addresses: Mapping[str, str | None]
) -> "dict[str, ServerProvider]":
    """The servers at these addresses."""
    from api.travel.chains import SourcesError, servers_at

    try:
        return servers_at(addresses)
    except SourcesError as error:
        raise screen.misused(error.code, OPTIONS[error.source]) from None


def _geocoder(screen: Travelling, addresses: Mapping[str, str | None]) -> "Geocoder | None":
    """The one geocoder of one's own at these addresses, if there is one."""
    given = {kind: url for kind, url in addresses.items() if url is not None}
    if not given:
        return None
    if len(given) > 1:
        raise screen.misused("one_geocoder", ", ".join(f"--{kind}" for kind in given))
    from api.travel import GeocoderKind, GeocoderSettings, Server
    from api.travel.geocoder import Geocoder

    ((kind, url),) = given.items()
    try:
        server = Server(base_url=url)
    except ValueError:
        raise screen.misused("address", f"--{kind}") from None
    return Geocoder(GeocoderSettings(kind=GeocoderKind(kind), server=server))


def _feed(screen: Travelling, path: Path | None) -> "Feed | None":
    """The timetable of a zip file.

    Raises:
        FeedError: something is wrong with it.
    """
    from matcher.travel.gtfs import read

    if path is None:
        return None
    with screen.working("timetable"):
        return read(path)


def _curves(screen: Travelling, path: Path | None) -> "Curves":
    from api.travel.curves import read_curves
    from matcher.travel.calibrate import CalibrationError
    from matcher.travel.estimate import DEFAULT

    try:
        return DEFAULT if path is None else read_curves(path)
    except CalibrationError as error:
        screen.no_curve(error)
        raise typer.Exit(FAULTY) from None


def _today(given: datetime | None) -> date:
    return (given or datetime.now(tz=ZoneInfo("Europe/Stockholm"))).date()


def _times(screen: Travelling, given: str | None) -> tuple[time, ...]:
    """The times of the day to be there by: as given, else those of a morning."""
    from api.travel.chains import SourcesError, deadlines

    try:
        return deadlines(given)
    except SourcesError as error:
        raise screen.misused(error.code, "--arrive-by") from None


def _day(
    screen: Travelling, given: datetime | None, problem: "Problem", sources: "Sources"
) -> date:
    """The day of the journeys: as given, else the next Tuesday that the timetable has."""
    from api.travel.chains import next_tuesday

    if given is not None:
        return given.date()
    found = next_tuesday(problem.plan_date, sources.feed)
    if found is None:
        raise screen.misused("no_tuesday", "--gtfs", day=problem.plan_date)
    return found


def _summary(
    problem: "Problem", done: "Building", sources: "Sources", day: date, store: Path
) -> Answer:
    """What a build has come to, as plain values."""
    without = sum(p.latitude is None for p in problem.participants if not p.protected_identity)
    return {
        "store": str(store),
        "day": day.isoformat(),
        "questions": done.of,
        "fresh": done.fresh,
        "minutes": done.minutes,
        "estimates": done.estimates,
        "unreachable": done.unreachable,
        "unknown": done.unknown,
        "withoutPoint": without,
        "sources": dict(sorted(done.sources.items())),
        "troubles": sources.troubles(),
    }
