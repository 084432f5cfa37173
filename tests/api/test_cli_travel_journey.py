"""`travel journey`: one journey leg by leg, of a planner that is off until it is set."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.api.command_line import FAULTY, Steget, json_of
from tests.matcher.travel.gtfs.small import mini, write

Leg = dict[str, object]
DAY = ("--day", "2026-11-24")
KEY = "s3cret-key"
DASH = "\N{EN DASH}"


def stop(name: str, time: str) -> Leg:
    """An end of a leg, as ResRobot tells it."""
    return {"name": name, "type": "ST", "date": "2026-11-24", "time": time}


TRIP = {
    "Trip": [
        {
            "LegList": {
                "Leg": [
                    {
                        "type": "WALK",
                        "Origin": stop("Hemvägen 5", "07:40:00"),
                        "Destination": stop("Tumba station", "07:45:00"),
                    },
                    {
                        "type": "JNY",
                        "name": "Länstrafik - Tåg 41",
                        "direction": "Märsta station",
                        "Origin": stop("Tumba station", "07:45:00"),
                        "Destination": stop("Stockholm City", "08:10:00"),
                    },
                    {
                        "type": "JNY",
                        "name": "Länstrafik - Tunnelbana 17",
                        "direction": "\x1b[31mSkarpnäck",
                        "Origin": stop("T-Centralen", "08:14:00"),
                        "Destination": stop("Slussen", "08:17:00"),
                    },
                ]
            }
        }
    ]
}
BY_SL = {
    "systemMessages": [],
    "journeys": [
        {
            "tripDuration": 1320,
            "interchanges": 0,
            "legs": [
                {
                    "origin": {"name": "Tumba", "departureTimePlanned": "2026-11-24T06:45:00Z"},
                    "destination": {"name": "City", "arrivalTimePlanned": "2026-11-24T07:07:00Z"},
                    "transportation": {
                        "name": "Pendeltåg 41",
                        "product": {"name": "Pendeltåg"},
                        "destination": {"name": "Märsta"},
                    },
                },
                {"duration": 60, "transportation": {"product": {"name": "footpath"}}},
            ],
        }
    ],
}


@contextmanager
def planner(body: object, status: int = 200) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A planner on loopback that always answers so: its address, and what it was asked."""
    asked: list[dict[str, str]] = []
    text = json.dumps(body).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(dict(parse_qsl(urlsplit(self.path).query)))
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Not to the screen."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of whoever runs the tests is set."""
    for name in ("RESROBOT", "RESROBOT_KEY", "RESROBOT_KEY_FILE", "SL", "SL_CONTACT"):
        monkeypatch.delenv(f"STEGET_TRAVEL_{name}", raising=False)


@pytest.fixture
def keyed(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment with a key and a contact; the addresses are a test's own."""
    monkeypatch.setenv("STEGET_TRAVEL_RESROBOT_KEY", KEY)
    monkeypatch.setenv("STEGET_TRAVEL_SL_CONTACT", "resor@example.org")
    return monkeypatch


def test_resrobot_leg_by_leg(steget: Steget, keyed: pytest.MonkeyPatch) -> None:
    """Times, lines and changes; the ends as they were asked for, never as a street."""
    with planner(TRIP) as (url, asked):
        keyed.setenv("STEGET_TRAVEL_RESROBOT", url)
        told = steget("travel", "journey", "Tumba", "59.3204,18.0724", "--with", "resrobot", *DAY)
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.splitlines() == [
        "From Tumba to 59.32, 18.072, to be there by 08:30 on 2026-11-24",
        f"  07:40 {DASH} 07:45: on foot from Tumba to Tumba station",
        (
            f"  07:45 {DASH} 08:10: Länstrafik - Tåg 41 towards Märsta station"
            " from Tumba station to Stockholm City"
        ),
        (
            f"  08:14 {DASH} 08:17: Länstrafik - Tunnelbana 17 towards [31mSkarpnäck"
            " from T-Centralen to 59.32, 18.072"
        ),
        "37 minutes in all, 1 change.",
        "Journey: ResRobot, Trafiklab, CC0. By the timetable, without delays.",
    ]
    (query,) = asked
    assert (query["originCoordLat"], query["originCoordLong"]) == ("59.199", "17.833")
    assert (query["destCoordLat"], query["destCoordLong"]) == ("59.32", "18.072")
    assert (query["date"], query["time"], query["accessId"]) == ("2026-11-24", "08:30", KEY)


def test_sl_in_swedish(steget: Steget, keyed: pytest.MonkeyPatch) -> None:
    """Planned times are UTC there and Stockholm's here; what is not told is left out."""
    with planner(BY_SL) as (url, _):
        keyed.setenv("STEGET_TRAVEL_SL", url)
        line = ("travel", "journey", "Tumba", "Salem", "--with", "sl", *DAY)
        told = steget("--lang", "sv", *line, "--arrive-by", "09:00")
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.splitlines() == [
        "Från Tumba till Salem, framme senast 09:00 den 2026-11-24",
        f"  07:45 {DASH} 08:07: Pendeltåg 41 mot Märsta från Tumba till City",
        "  till fots till Salem",
        "22 minuter sammanlagt, 0 byten.",
        "Resan: SL, Trafiklab. Enligt tidtabell, utan förseningar.",
    ]


def test_in_json(steget: Steget, keyed: pytest.MonkeyPatch) -> None:
    """The same as values, with the offset of Stockholm."""
    with planner(BY_SL) as (url, _):
        keyed.setenv("STEGET_TRAVEL_SL", url)
        answer = json_of(
            steget("travel", "journey", "Tumba", "Salem", "--with", "sl", *DAY, "--json")
        )
    assert answer.pop("computedAt")
    first, second = answer.pop("legs")
    assert answer == {
        "from": "Tumba",
        "to": "Salem",
        "arriveBy": "2026-11-24T08:30:00+01:00",
        "reach": "minutes",
        "minutes": 22,
        "transfers": 0,
        "source": "sl",
        "trouble": None,
        "departure": "2026-11-24T07:45:00+01:00",
        "arrival": None,
    }
    assert first == {
        "kind": "ride",
        "line": "Pendeltåg 41",
        "towards": "Märsta",
        "from": "Tumba",
        "to": "City",
        "departure": "2026-11-24T07:45:00+01:00",
        "arrival": "2026-11-24T08:07:00+01:00",
    }
    assert (second["kind"], second["line"], second["from"], second["to"]) == (
        *("walk", None, None),
        "Salem",
    )


def test_a_ride_without_a_name(steget: Steget, keyed: pytest.MonkeyPatch) -> None:
    """The documented shape has neither names nor times, and no interchanges here."""
    ride = {"transportation": {"product": 7, "name": 5}, "destination": {"name": ""}}
    with planner({"journeys": [{"tripDuration": 60, "legs": [ride, ride]}]}) as (url, _):
        keyed.setenv("STEGET_TRAVEL_SL", url)
        told = steget("travel", "journey", "Tumba", "Salem", "--with", "sl", *DAY)
    assert told.stdout.splitlines()[1:4] == [
        "  a ride from Tumba",
        "  a ride to Salem",
        "1 minute in all.",
    ]


def test_stops_of_a_timetable_have_names_and_ids(
    steget: Steget, keyed: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As `travel find` knows them."""
    with planner(BY_SL) as (url, asked):
        keyed.setenv("STEGET_TRAVEL_SL", url)
        feed = ("--gtfs", write(tmp_path, mini()))
        told = steget("travel", "journey", "A1", "Tumba", "--with", "sl", *DAY, *feed)
    assert told.exit_code == 0
    assert asked[0]["name_origin"].startswith("18.0:59.0:")


def test_no_way_is_an_answer(steget: Steget, keyed: pytest.MonkeyPatch) -> None:
    """ResRobot says so with HTTP 200."""
    with planner({"errorCode": "SVC_NO_RESULT"}) as (url, _):
        keyed.setenv("STEGET_TRAVEL_RESROBOT", url)
        told = steget("travel", "journey", "Tumba", "Salem", "--with", "resrobot", *DAY)
    assert told.exit_code == 0
    assert told.stdout.splitlines()[1] == "There is no way to get there in time."


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_a_planner_that_fails_is_told(
    steget: Steget, keyed: pytest.MonkeyPatch, as_json: tuple[str, ...]
) -> None:
    """Unknown, never no way; neither key nor address nor place is told."""
    with planner({"errorCode": "API_AUTH"}, 403) as (url, _):
        keyed.setenv("STEGET_TRAVEL_RESROBOT", url)
        told = steget(
            *("travel", "journey", "Tumba", "Salem", "--with", "resrobot", *DAY), *as_json
        )
    assert told.exit_code == FAULTY
    assert told.stderr == (
        "The journey is unknown: ResRobot was asked, but it failed, since it would not answer the"
        " question.\n"
    )
    assert not {KEY, url} & set(told.output.split())
    assert (json.loads(told.stdout)["trouble"] == "refused") if as_json else told.stdout == ""


@pytest.mark.parametrize(
    ("planner_", "words"),
    [("resrobot", "STEGET_TRAVEL_RESROBOT_KEY"), ("sl", "STEGET_TRAVEL_SL_CONTACT")],
)
def test_off_until_it_is_set(steget: Steget, planner_: str, words: str) -> None:
    """Nothing is asked, and it is told what to set."""
    told = steget("travel", "journey", "Tumba", "Salem", "--with", planner_)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert words in told.stderr


def test_the_key_may_stand_in_a_file(
    steget: Steget, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And a file that is not there is told."""
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n", encoding="utf-8")
    line = ("travel", "journey", "Tumba", "Salem", "--with", "resrobot", *DAY)
    with planner(TRIP) as (url, asked):
        monkeypatch.setenv("STEGET_TRAVEL_RESROBOT", url)
        monkeypatch.setenv("STEGET_TRAVEL_RESROBOT_KEY_FILE", str(file))
        assert steget(*line).exit_code == 0
    assert asked[0]["accessId"] == KEY
    file.unlink()
    told = steget(*line)
    assert told.exit_code == FAULTY
    assert "STEGET_TRAVEL_RESROBOT_KEY_FILE" in told.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("STEGET_TRAVEL_RESROBOT", "ftp://x", "an address is https://host"),
        ("STEGET_TRAVEL_SL_CONTACT", "nobody", "a mail address"),
        ("STEGET_SESSION_HOURS", "many", "is not valid"),
    ],
)
def test_settings_that_cannot_be_used(
    steget: Steget, keyed: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    """Told without what stands in them."""
    keyed.setenv(name, value)
    told = steget("travel", "journey", "Tumba", "Salem", "--with", "sl", *DAY)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    shown = " ".join(told.stderr.replace("│", " ").split())
    assert words in shown
    assert value not in shown


@pytest.mark.parametrize(
    ("ends", "more", "words"),
    [
        (("Storgatan 5", "Tumba"), (), "not the street"),
        (("Tumba", "Storgatan 5"), (), "not the street"),
        (("Tumba", "19860101-1234"), (), "without the number"),
        (("Tumba", "Brevik"), (), "choose one"),
        (("91,18", "Tumba"), (), "latitude and a longitude"),
        (("Tumba", "Salem"), ("--arrive-by", "08:00,08:10"), "One time of the day"),
        (("Tumba", "Salem"), ("--arrive-by", "soon"), "Times of the day"),
    ],
)
def test_what_is_refused_is_not_asked(
    steget: Steget,
    keyed: pytest.MonkeyPatch,
    ends: tuple[str, str],
    more: tuple[str, ...],
    words: str,
) -> None:
    """A street address above all; what was typed is not repeated."""
    with planner(BY_SL) as (url, asked):
        keyed.setenv("STEGET_TRAVEL_SL", url)
        told = steget("travel", "journey", *ends, "--with", "sl", *DAY, *more)
    assert (told.exit_code, asked) == (FAULTY, [])
    assert words in " ".join(told.stderr.replace("│", " ").split())
    assert "Storgatan" not in told.output


def test_without_a_day_it_is_a_tuesday(steget: Steget, keyed: pytest.MonkeyPatch) -> None:
    """The next one, as for a store."""
    with planner(BY_SL) as (url, asked):
        keyed.setenv("STEGET_TRAVEL_SL", url)
        steget("travel", "journey", "Tumba", "Salem", "--with", "sl")
    (query,) = asked
    assert date.fromisoformat(query["itd_date"]).weekday() == 1


def test_a_timetable_that_has_run_out_is_told(
    steget: Steget, keyed: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No Tuesday from today on: a newer one, or a day."""
    old = {
        name: [row.replace("2026", "2006") for row in rows] if "calendar" in name else rows
        for name, rows in mini().items()
    }
    with planner(BY_SL) as (url, asked):
        keyed.setenv("STEGET_TRAVEL_SL", url)
        feed = ("--gtfs", write(tmp_path, old))
        told = steget("travel", "journey", "Tumba", "Salem", "--with", "sl", *feed)
    assert (told.exit_code, asked) == (FAULTY, [])
    assert "no Tuesday" in told.stderr
