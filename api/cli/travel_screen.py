"""What the command line shows of travel times: no place, no address, no person."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api import texts
from api.cli.screen import Screen
from api.matching.advice import Answer

if TYPE_CHECKING:
    from api.travel import Journey
    from api.travel.build import Building
    from api.travel.journeys import Leg
    from api.travel.places import Place, Search
    from matcher.domain import Mode, TravelTimes
    from matcher.travel.calibrate import Calibration, CalibrationError

CODES = {"too_few_pairs": "few_pairs"}
"""What a fault of a curve is called among the texts, where it is not called the same."""


THANKS = {
    "municipality": "thanks_geonames",
    "locality": "thanks_geonames",
    "other": "thanks_openstreetmap",
}
"""Who is to be named where a place of a kind is shown; a timetable's stops are of the feed."""


class Travelling(Screen):
    """A screen that tells of travel times."""

    @classmethod
    def like(cls, screen: Screen) -> "Travelling":
        """One that speaks as another does."""
        return cls(screen.language, quiet=screen.quiet, as_json=screen.as_json)

    def misused(self, key: str, option: str, **params: object) -> typer.BadParameter:
        """A mistake in an option."""
        return typer.BadParameter(self._say(key, **params), param_hint=option)

    @contextmanager
    def asking(self) -> "Iterator[Callable[[Building], None]]":
        """Show how far a build is, where a person is watching."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda _: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}", markup=False), BarColumn())
        console = Console(stderr=True)
        with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
            task = bar.add_task("", total=None)

            def show(so_far: "Building") -> None:
                words = self._say("asking", done=so_far.done, of=so_far.of)
                bar.update(task, description=words, completed=so_far.done, total=so_far.of)

            yield show

    def stopped(self) -> None:
        """Somebody stopped a build."""
        self._tell(self._say("stopped"))

    def no_curve(self, error: "CalibrationError") -> None:
        """Why there is no curve to be had."""
        self._tell(self._say(CODES.get(error.code, error.code), **error.params))

    def read_from(self, store: Path, times: "TravelTimes") -> None:
        """What a store knows of a data set's journeys, on stderr."""
        if self.quiet or self.as_json:
            return
        people = times.people
        known = int(people[times.minutes >= 0].sum())
        estimates = 0 if times.low is None else int(people[times.low >= 0].sum())
        unknown = int(people.sum()) - known
        counts = {"known": known, "estimates": estimates, "unknown": unknown}
        self._tell(self._say("store_says", store=store, **counts))

    def built(self, answer: Answer) -> None:
        """What a build has come to; that a server fails is told however quiet it is to be."""
        for source, troubles in answer["troubles"].items():
            for trouble, journeys in troubles.items():
                why = texts.say(self.language, f"troubles.{trouble}")
                told = self._say("failing", source=source, journeys=journeys, why=why)
                self._tell(told)
        if self.as_json:
            self._json(answer)
        elif not self.quiet:
            for line in self._built(answer):
                self._print(line)

    def fitted(self, answer: Answer, found: "Mapping[Mode, Calibration]") -> None:
        """Curves with their errors."""
        if self.as_json:
            self._json(answer)
            return
        for mode, one in found.items():
            for line in self._fit(str(mode), one):
                self._print(line)
        written = answer["file"] is not None
        self._print(self._say("curve_written" if written else "not_written", **answer))

    def looked_up(self, found: "Search") -> None:
        """The places of a name, whose data they are, and why there is none or a choice."""
        told = texts.search_sentence(
            self.language,
            refusal=found.refusal,
            trouble=found.trouble,
            places=len(found.candidates),
        )
        if self.as_json:
            self._json({"places": [_place(one) for one in found.candidates], "told": told})
            return
        if told is not None:
            self._tell(told)
        for one in found.candidates:
            self._print(self._place_line(one))
        thanks = dict.fromkeys(THANKS.get(one.kind) for one in found.candidates)
        for key in filter(None, thanks):
            self._print(self._say(key))

    def not_set(self, code: str, params: Mapping[str, object], option: str) -> typer.BadParameter:
        """What a setting of the environment must be."""
        group = "travel" if code in texts.GROUPS[self.language]["travel"] else "starting"
        words = texts.say(self.language, f"{group}.{code}", **params)
        return typer.BadParameter(words, param_hint=option)

    def trip(self, ends: tuple[str, str], by: datetime, found: "Journey") -> None:
        """One journey leg by leg; why it is unknown is told on stderr.

        Args:
            ends: what the places are called by whoever asks: shown instead of what the service
                calls them, which could be a street.
            by: when to be there.
            found: the journey.
        """
        if self.as_json:
            self._json(_trip(ends, by, found))
        if found.trouble is not None:
            why = texts.say(self.language, f"troubles.{found.trouble}")
            self._tell(self._say("trip_unknown", planner=self._say(found.source), why=why))
        elif not self.as_json:
            for line in self._trip(ends, by, found):
                self._print(line)

    def _trip(self, ends: tuple[str, str], by: datetime, found: "Journey") -> Iterator[str]:
        start, end = ends
        yield self._say(
            "trip", start=start, end=end, day=by.date().isoformat(), time=f"{by:%H:%M}"
        )
        for leg in _legs(ends, found):
            yield "  " + self._leg(leg)
        if found.minutes is None:
            yield self._say("trip_no_way")
        else:
            known = "trip_minutes" if found.transfers is None else "trip_changes"
            yield self._say(known, minutes=found.minutes, changes=found.transfers)
        yield self._say(f"thanks_{found.source}")

    def _leg(self, leg: "Leg") -> str:
        """When, how and from where to where, as far as it is told."""
        told = [_clock(leg.departure), _clock(leg.arrival)]
        when = " \N{EN DASH} ".join(one for one in told if one)
        how = (leg.line or self._say("ride")) if leg.ride else self._say("on_foot")
        if leg.towards:
            how = self._say("towards", line=how, towards=leg.towards)
        where = [leg.start and self._say("leg_from", place=leg.start)]
        where.append(leg.end and self._say("leg_to", place=leg.end))
        way = " ".join(filter(None, (how, *where)))
        return ": ".join(filter(None, (when, way)))

    def _place_line(self, one: "Place") -> str:
        kind = texts.say(self.language, f"place_kinds.{one.kind}")
        where = ", ".join(filter(None, (kind, one.municipality)))
        point = {"latitude": str(one.point.latitude), "longitude": str(one.point.longitude)}
        return self._say("place_line", name=one.name, where=where, **point)

    def _built(self, answer: Answer) -> Iterator[str]:
        yield self._say("built", **answer)
        yield "  " + self._say("built_minutes", **answer)
        yield "  " + self._say("built_unreachable", journeys=answer["unreachable"])
        yield "  " + self._say("built_unknown", journeys=answer["unknown"])
        yield "  " + self._say("built_fresh", journeys=answer["fresh"])
        if answer["withoutPoint"]:
            yield self._say("without_point", people=answer["withoutPoint"])
        if answer["sources"]:
            yield self._say("by_source")
        for source, journeys in answer["sources"].items():
            yield "  " + self._by_source(source, journeys)

    def _by_source(self, source: str, journeys: int) -> str:
        """How many journeys a source told; of what it could not tell, why."""
        name, _, trouble = source.partition(": ")
        if trouble not in texts.GROUPS[self.language]["troubles"]:
            return self._say("source_line", source=source, journeys=journeys)
        why = texts.say(self.language, f"troubles.{trouble}")
        return self._say("source_failed", source=name, journeys=journeys, why=why)

    def _fit(self, mode: str, one: "Calibration") -> Iterator[str]:
        start, per_km, per_root = (self._decimal(c, 3) for c in one.coefficients)
        curve = {"start": start, "per_km": per_km, "per_root": per_root}
        yield self._say("fitted", mode=self._say(f"mode_{mode}"), **curve)
        farthest = self._decimal(one.farthest_km)
        counts = {"pairs": one.pairs, "destinations": one.destinations, "farthest": farthest}
        yield "  " + self._say("fitted_on", **counts)
        errors = {"mean": one.mean_error, "nine": one.error_of_nine_in_ten, "bias": one.bias}
        shown = {name: self._decimal(error) for name, error in errors.items()}
        yield "  " + self._say("fitted_errors", **shown)
        shares = {
            f"at_{limit}": self._decimal(100 * share) for limit, share in one.wrong_side.items()
        }
        yield "  " + self._say("wrong_side", **shares)
        less, more = one.band
        yield "  " + self._say("fitted_band", less=less, more=more)

    def _decimal(self, value: float, decimals: int = 1) -> str:
        return texts.number(self.language, round(value, decimals) + 0.0, decimals)  # no -0.0

    def _say(self, key: str, **params: object) -> str:
        own = key in texts.GROUPS[self.language]["travel"]
        return (
            texts.say(self.language, f"travel.{key}", **params)
            if own
            else super()._say(key, **params)
        )


def _legs(ends: tuple[str, str], found: "Journey") -> "tuple[Leg, ...]":
    """The legs of a journey, from and to the places as whoever asks calls them."""
    legs = list(found.legs)
    if legs:
        legs[0] = replace(legs[0], start=ends[0])
        legs[-1] = replace(legs[-1], end=ends[1])
    return tuple(legs)


def _trip(ends: tuple[str, str], by: datetime, found: "Journey") -> Answer:
    """A journey as plain values; times of Stockholm, with their offset."""
    return {
        "from": ends[0],
        "to": ends[1],
        "arriveBy": by.isoformat(),
        "reach": found.reach.name.lower(),
        "minutes": found.minutes,
        "transfers": found.transfers,
        "departure": _iso(found.departure),
        "arrival": _iso(found.arrival),
        "legs": [
            {
                "kind": "ride" if leg.ride else "walk",
                "line": leg.line,
                "towards": leg.towards,
                "from": leg.start,
                "to": leg.end,
                "departure": _iso(leg.departure),
                "arrival": _iso(leg.arrival),
            }
            for leg in _legs(ends, found)
        ],
        "source": found.source,
        "computedAt": found.computed_at.isoformat(),
        "trouble": found.trouble,
    }


def _iso(at: datetime | None) -> str | None:
    """A moment in Stockholm's time."""
    return None if at is None else _local(at).isoformat()


def _clock(at: datetime | None) -> str:
    """The time of the day in Stockholm; empty where it is not told."""
    return "" if at is None else f"{_local(at):%H:%M}"


def _local(at: datetime) -> datetime:
    from matcher.travel.contract import STOCKHOLM

    return at.astimezone(STOCKHOLM)


def _place(one: "Place") -> Answer:
    """A place as plain values."""
    return {
        "name": one.name,
        "kind": one.kind.value,
        "municipality": one.municipality or None,
        "municipalityCode": one.municipality_code or None,
        "latitude": one.point.latitude,
        "longitude": one.point.longitude,
        "source": one.source,
    }
