"""Minutes door to door by a timetable, and what it does not know."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from matcher.domain import Mode
from matcher.travel import Reach
from matcher.travel.contract import Point, TravelAnswer, TravelProvider, TravelQuestion
from matcher.travel.gtfs import GtfsProvider, provider, read
from tests.matcher.travel.gtfs.small import PLACES, Table, calls, mini, write

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)


def place(name: str, north: float = 0.0) -> Point:
    """A stop of the mini feed, or so many degrees north of it."""
    latitude, longitude = PLACES[name]
    return Point(latitude=latitude + north, longitude=longitude)


def provider_of(folder: Path, **more: Table) -> GtfsProvider:
    """By the mini feed with other or more tables."""
    tables = mini() | {f"{name}.txt": rows for name, rows in more.items()}
    return GtfsProvider(read(write(folder, tables)), lambda: NOW)


def ask(
    source: TravelProvider, origins: Sequence[Point], site: Point, *deadlines: time, **more: object
) -> list[TravelAnswer]:
    """The answers; on Tuesday by public transport unless said otherwise."""
    plain = {"mode": Mode.TRANSIT, "day": TUESDAY, "deadlines": deadlines}
    return list(
        source.to_site(TravelQuestion(origins=tuple(origins), site=site, **(plain | more)))
    )


def minutes(answers: Sequence[TravelAnswer]) -> list[int | Reach]:
    """The minutes, or what is known instead."""
    return [a.reach if a.minutes is None else a.minutes for a in answers]


def test_one_journey(tmp_path: Path) -> None:
    """From A1 at 07:00, on foot to B1, at B4 at 08:06: 66 minutes, six of them on foot."""
    source = provider_of(tmp_path)
    digest = read(tmp_path / "feed.zip").digest
    assert ask(source, [place("A1")], place("B4"), time(8, 6)) == [
        TravelAnswer(
            reach=Reach.MINUTES,
            minutes=66,
            source=f"gtfs/{digest[:8]}/2026-11-24",
            computed_at=NOW,
            transfers=1,
            walk_minutes=6,
        )
    ]
    assert source.name == "gtfs"


def test_waiting_at_the_site_counts(tmp_path: Path) -> None:
    """A4 is reached at 07:30; who must be there at 07:45 is on the way for 45 minutes."""
    source = provider_of(tmp_path)
    assert minutes(ask(source, [place("A1")], place("A4"), time(7, 45))) == [45]


def test_on_foot(tmp_path: Path) -> None:
    """To A1 from N1 in 347 seconds, from A1 in none; from N1 to A4 one walks to the stop first."""
    source = provider_of(tmp_path)
    near, here = ask(source, [place("N1"), place("A1")], place("A1"), time(7, 30))
    assert (near.minutes, near.transfers, near.walk_minutes) == (6, 0, 6)
    assert (here.minutes, here.transfers, here.walk_minutes) == (0, 0, 0)
    (far,) = ask(source, [place("N1")], place("A4"), time(7, 30))
    assert (far.minutes, far.transfers, far.walk_minutes) == (36, 0, 6)


def test_a_long_walk(tmp_path: Path) -> None:
    """A stop is 30 minutes on foot away at most; a way without any takes four hours at most.

    0.015 degrees are 28.9 minutes on foot, 0.016 are 30.8. A4 is 4.8 hours from A1, and 3.2
    from A2.
    """
    source = provider_of(tmp_path)
    early = [place("A1", -0.015), place("A1", -0.016), place("A1"), place("A2")]
    site = place("A4")
    assert minutes(ask(source, early, site, time(7, 30)))[:1] == [30 + 29]
    assert minutes(ask(source, early, site, time(7, 15)))[2:] == [Reach.UNREACHABLE, 193]


def test_the_median_of_the_deadlines(tmp_path: Path) -> None:
    """For 07:30, 07:40 and 08:00 it takes 30, 40 and 30 minutes; by 07:20 there is no way."""
    source = provider_of(tmp_path)
    origin, site = [place("A1")], place("A4")
    assert minutes(ask(source, origin, site, time(8), time(7, 30), time(7, 40))) == [30]
    assert minutes(ask(source, origin, site, time(7, 35), time(7, 40), time(7, 50))) == [40]
    assert minutes(ask(source, origin, site, time(7, 20), time(7, 40), time(7, 30))) == [40]
    none = ask(source, origin, site, time(7, 20), time(7, 30))
    assert minutes(none) == [Reach.UNREACHABLE]
    assert none[0].transfers is None


def test_after_midnight(tmp_path: Path) -> None:
    """To be at A4 at 00:30 on Wednesday one takes Tuesday's 23:50; but then Wednesday must run."""
    days = ["service_id,date,exception_type", "tuesday,20261124,1", "tuesday,20261125,1"]
    source = provider_of(tmp_path, calendar_dates=days)
    wednesday = date(2026, 11, 25)
    found = ask(source, [place("A1")], place("A4"), time(0, 30), day=wednesday)
    assert minutes(found) == [40]


def test_what_it_does_not_know(tmp_path: Path) -> None:
    """Other modes, a day without trips, no deadline, places far from every stop."""
    source = provider_of(tmp_path)
    origins, site, at = [place("A1"), place("N1", -1)], place("A4"), time(8)
    unknown = [Reach.UNKNOWN] * 2
    for mode in (Mode.WALK, Mode.BIKE, Mode.CAR):
        assert minutes(ask(source, origins, site, at, mode=mode)) == unknown
    assert minutes(ask(source, origins, site, at, day=date(2026, 11, 23))) == unknown
    assert minutes(ask(source, origins, site)) == unknown
    assert minutes(ask(source, origins, place("A4", 3), at)) == unknown
    assert minutes(ask(source, origins, site, at)) == [30, Reach.UNKNOWN]
    assert ask(source, [], site, at) == []


def test_a_feed_without_trips(tmp_path: Path) -> None:
    """It knows nothing."""
    source = provider_of(tmp_path, stop_times=mini()["stop_times.txt"][:1])
    assert minutes(ask(source, [place("A1")], place("A1"), time(8))) == [Reach.UNKNOWN]


STOPS = mini()["stops.txt"]
FLAGS = {"A1": 1, "A2": 2, "A3": 0, "A4": 1}


def flagged(folder: Path, *, a7: str, a8: str) -> GtfsProvider:
    """Trips of 07:00 and 07:30 with these flags; A2 has steps, of A3 nothing is known."""
    stops = [f"{STOPS[0]},wheelchair_boarding"]
    stops += [f"{row},{FLAGS.get(row[:2], '')}" for row in STOPS[1:]]
    trips = ["trip_id,service_id,wheelchair_accessible", f"a7,tuesday,{a7}", f"a8,tuesday,{a8}"]
    rows = mini()["stop_times.txt"]
    times = [rows[0], *(row for row in rows if row[:2] in {"a7", "a8"})]
    return provider_of(folder, stops=stops, trips=trips, stop_times=times)


def test_step_free(tmp_path: Path) -> None:
    """Known to be first, though it leaves earlier; then not known; known not to be at last.

    To be at A4 at 08:00: from A1 an hour by the trip without steps, half an hour by the other.
    """
    origins = [place(name) for name in ("A1", "A2", "A3")]

    def found(a7: str, a8: str) -> list[tuple[int | Reach, str]]:
        source = flagged(tmp_path, a7=a7, a8=a8)
        answers = ask(source, origins, place("A4"), time(8), step_free=True)
        return list(zip(minutes(answers), [a.step_free for a in answers], strict=True))

    walk, near = (193, "unknown"), (97, "unknown")
    assert found("1", "0") == [(60, "yes"), walk, (10, "unknown")]
    assert found("1", "1") == [(30, "yes"), walk, (10, "unknown")]
    assert found("1", "2") == [(60, "yes"), walk, (40, "unknown")]
    assert found("0", "") == [(30, "unknown"), walk, (10, "unknown")]
    assert found("2", "2") == [(30, "no"), walk, near]
    plain = ask(flagged(tmp_path, a7="2", a8="2"), origins, place("A4"), time(8))
    assert minutes(plain) == [30, 20, 10]
    assert {a.step_free for a in plain} == {"unknown"}


def test_a_walk_is_not_known_to_be_without_steps(tmp_path: Path) -> None:
    """From 334 m away on foot in 6 minutes: the feed does not tell what the street is like."""
    source = flagged(tmp_path, a7="1", a8="1")
    (answer,) = ask(source, [place("A4", 0.003)], place("A4"), time(8), step_free=True)
    assert (answer.minutes, answer.step_free) == (6, "unknown")


def test_a_day_is_laid_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sites, the same morning: one timetable."""
    days = []
    lay_out = provider.lay_out
    monkeypatch.setattr(provider, "lay_out", lambda *a: days.append(a[1]) or lay_out(*a))
    source = provider_of(tmp_path)
    for name in ("A4", "B4"):
        ask(source, [place("A1")], place(name), time(8))
    assert days == [TUESDAY]


def test_many_rows(tmp_path: Path) -> None:
    """A table of more than one block, its trips not in order: the times are those of the trips."""
    rows = mini()["stop_times.txt"]
    times = [rows[0], *reversed(rows[1:])]
    source = provider_of(tmp_path, stop_times=times, trips=mini()["trips.txt"])
    assert minutes(ask(source, [place("A1")], place("A4"), time(7, 30))) == [30]
    assert calls("x", "A1 07:00") == ["x,A1,0,07:00:00,07:00:00, , ,"]


HELSINKI: Table = ("agency_timezone", "Europe/Helsinki")
ISLANDS: Table = ("agency_timezone", "Pacific/Kiritimati")


def test_a_deadline_is_a_moment(tmp_path: Path) -> None:
    """07:06 in Stockholm is 08:06 in Helsinki. An hour later one still leaves at 07:00 there."""
    source = provider_of(tmp_path, agency=HELSINKI)
    asked = [time(7, 6), time(8, 6)]
    found = [ask(source, [place("A1")], place("B4"), at) for at in asked]
    assert [minutes(answers) for answers in found] == [[66], [126]]


def test_a_deadline_on_another_day(tmp_path: Path) -> None:
    """19:06 of Monday in Stockholm is 08:06 of Tuesday in Kiritimati, thirteen hours ahead."""
    source = provider_of(tmp_path, agency=ISLANDS)
    monday = date(2026, 11, 23)
    answers = ask(source, [place("A1")], place("B4"), time(19, 6), day=monday)
    assert minutes(answers) == [66]
    assert answers[0].source.endswith("/2026-11-23")


def test_the_night_without_an_hour(tmp_path: Path) -> None:
    """On 29 March 2026 the clock goes from 02 to 03; times count from twelve hours before noon.

    So 02:10 of the timetable is 01:10 of the clock that night, and 03:10 is 03:10.
    """
    times = [
        mini()["stop_times.txt"][0],
        *calls("a7", "A1 01:30", "A2 02:10"),
        *calls("a8", "A1 03:00", "A2 03:10"),
    ]
    days = ("service_id,date,exception_type", "tuesday,20260329,1")
    source = provider_of(tmp_path, calendar_dates=days, stop_times=times)
    night = {"day": date(2026, 3, 29)}
    found = [ask(source, [place("A1")], place("A2"), time(h, 10), **night) for h in (1, 3)]
    assert [minutes(answers) for answers in found] == [[40], [10]]
