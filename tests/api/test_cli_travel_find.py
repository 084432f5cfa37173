"""`travel find`: the point of an area, a town or a stop; `--arrive-by` of `travel build`."""

import csv
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from api.travel.store import open_store
from api.travel.times import times_of
from matcher.dataset import load
from tests.api.command_line import FAULTY, ON_THE_DAY, Steget, copy, json_of
from tests.matcher.travel.gtfs.small import mini, write

GEONAMES = "Places: GeoNames (geonames.org), CC BY 4.0, adapted."
KIRUNA = {
    "geometry": {"type": "Point", "coordinates": [20.2253, 67.8558]},
    "properties": {
        "name": "Kiruna",
        "osm_key": "place",
        "osm_value": "town",
        "countrycode": "SE",
        "type": "city",
    },
}


@contextmanager
def photon(status: int, body: object) -> Iterator[tuple[str, list[str]]]:
    """A Photon on loopback that always answers so: its address, and the paths it was asked for."""
    paths: list[str] = []
    text = json.dumps(body).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(urlsplit(self.path).path)
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
            yield f"http://127.0.0.1:{server.server_port}", paths
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """The timetable of three lines, whose first stop has a name."""
    tables = mini()
    stops = [f"{row},{'Ekbacken' if row.startswith('A1,') else ''}" for row in tables["stops.txt"]]
    stops[0] = f"{tables['stops.txt'][0]},stop_name"
    return write(tmp_path, {**tables, "stops.txt": stops})


def test_a_town_is_found(steget: Steget) -> None:
    """With its point as the data set wants it, and whose data it is."""
    told = steget("travel", "find", "Tumba")
    assert (told.exit_code, told.stderr) == (0, "")
    line = "Tumba (locality, Botkyrka): latitude 59.199, longitude 17.833"
    assert told.stdout.splitlines() == [line, GEONAMES]


def test_of_several_a_person_chooses(steget: Steget) -> None:
    """All are shown; with its municipality there is one."""
    told = steget("--lang", "sv", "travel", "find", "Brevik")
    assert told.exit_code == 0
    assert told.stderr == "2 orter har det namnet: välj en.\n"
    first, second, thanks = told.stdout.splitlines()
    assert first.startswith("Brevik (ort, Tyresö): latitud ")
    assert second.startswith("Brevik (ort, Lidingö): latitud ")
    assert thanks == "Ortsdata: GeoNames (geonames.org), CC BY 4.0, bearbetad."
    assert steget("travel", "find", "Brevik, Lidingö").stdout.splitlines()[0].endswith("18.2")


def test_in_json(steget: Steget) -> None:
    """Codes and numbers, and the sentence where there is one."""
    place = {
        "name": "Södertälje",
        "kind": "municipality",
        "municipality": "Södertälje",
        "municipalityCode": "0181",
        "latitude": 59.196,
        "longitude": 17.625,
        "source": "geonames",
    }
    answer = json_of(steget("travel", "find", "Södertälje kommun", "--json"))
    assert answer == {"places": [place], "told": None}
    refused = steget("travel", "find", "Storgatan 5", "--json")
    assert refused.exit_code == FAULTY
    assert json.loads(refused.stdout)["places"] == []
    assert "not the street" in json.loads(refused.stdout)["told"]


def test_a_stop_is_found_and_names_no_municipality(steget: Steget, feed: Path) -> None:
    """By its name or id, in a timetable."""
    line = "Ekbacken (stop): latitude 59.0, longitude 18.0"
    for name in ("ekbacken", "A1"):
        told = steget("travel", "find", name, "--gtfs", feed)
        assert (told.exit_code, told.stdout.splitlines()) == (0, [line])
    assert steget("travel", "find", "Ekbacken").exit_code == FAULTY


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Storgatan 5", "not the street"),
        ("147 30", "not the postcode"),
        ("19860101-1234", "without the number"),
        ("Kiruna", "Nobody knows"),
    ],
)
def test_no_place_is_told_why(steget: Steget, name: str, words: str) -> None:
    """And what was typed is not repeated: it may be where somebody lives."""
    told = steget("travel", "find", name)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert words in told.stderr
    assert name not in told.output


def test_a_server_of_ones_own_knows_more(steget: Steget) -> None:
    """It is asked for what is not shipped; never for an address."""
    with photon(200, {"features": [KIRUNA]}) as (url, paths):
        told = steget("travel", "find", "Kiruna", "--photon", url)
        refused = steget("travel", "find", "Storgatan 5", "--photon", url)
        shipped = steget("travel", "find", "Tumba", "--photon", url)
    assert told.stdout.splitlines() == [
        "Kiruna (place): latitude 67.856, longitude 20.225",
        "Places: © OpenStreetMap contributors, ODbL.",
    ]
    assert (told.exit_code, refused.exit_code, shipped.exit_code) == (0, FAULTY, 0)
    assert paths == ["/api"]


def test_a_server_that_refuses_is_told(steget: Steget) -> None:
    """Not the same as a name that nobody knows; its address is not repeated."""
    with photon(400, {}) as (url, _):
        told = steget("travel", "find", "Kiruna", "--photon", url)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert "would not answer the question" in told.stderr
    assert url not in told.stderr


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("--photon", "https://photon.komoot.io"), "server of your own"),
        (("--nominatim", "https://user:pw@own.example"), "server of your own"),
        (("--photon", "http://a.example", "--pelias", "http://b.example"), "One place server"),
    ],
)
def test_usage(steget: Steget, line: tuple[str, ...], words: str) -> None:
    """A public server must not see what is looked up."""
    told = steget("travel", "find", "Kiruna", *line)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert words in " ".join(told.stderr.replace("│", " ").split())
    assert "pw@" not in told.stderr


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    """The tiny data set without its own table of travel times."""
    folder = copy(tmp_path / "towns")
    (folder / "travel_times.csv").unlink()
    return folder


def test_the_times_to_be_there_by_can_be_set(steget: Steget, towns: Path, tmp_path: Path) -> None:
    """Other times are another question; their order and the same twice are none."""
    line = ("travel", "build", towns, "--store", tmp_path / "s", *ON_THE_DAY, "--json")
    morning = json_of(steget(*line))
    assert morning["fresh"] > 0
    usual = "09:00,08:00,08:10,08:20,08:30,08:40,08:50,08:50"
    assert json_of(steget(*line, "--arrive-by", usual))["fresh"] == 0
    assert json_of(steget(*line, "--arrive-by", "06:00"))["fresh"] == morning["fresh"]
    assert json_of(steget(*line, "--arrive-by", " 06:00"))["fresh"] == 0


@pytest.mark.parametrize(
    ("times", "minutes"),
    [("08:00", 30), ("07:45", 45), ("08:00,07:45", 45), ("08:00,07:45,07:30", 30)],
)
def test_the_median_of_the_times_counts(
    steget: Steget, towns: Path, tmp_path: Path, times: str, minutes: int
) -> None:
    """From A1 one leaves at 07:00 and 07:30, for half an hour to A4; waiting there counts."""
    moved(towns / "participants.csv", "59.0", "18.0")
    moved(towns / "sites.csv", "59.15", "18.0")
    store, feed = tmp_path / "s", write(tmp_path, mini())
    line = ("travel", "build", towns, "--store", store, "--gtfs", feed, "--arrive-by", times)
    assert steget(*line, "--plan-date", "2026-11-24").exit_code == 0
    problem = load(towns, date(2026, 11, 24)).problem
    with open_store(store) as opened:
        found = times_of(opened, problem, problem.plan_date)
    assert found.low is not None
    assert set(found.minutes[(found.minutes >= 0) & (found.low < 0)].tolist()) == {minutes}


def moved(table: Path, latitude: str, longitude: str) -> None:
    """Everybody of a table who has a place, to another one."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    there = {"latitude": latitude, "longitude": longitude}
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(row | (there if row["latitude"] else {}) for row in rows)


@pytest.mark.parametrize("times", ["", "8", "8:00", "25:00", "08:60", "08:00,", "08:00+01:00"])
def test_what_is_no_time_is_refused(
    steget: Steget, towns: Path, tmp_path: Path, times: str
) -> None:
    """Before anything is asked."""
    store = tmp_path / "s"
    told = steget("travel", "build", towns, "--store", store, "--arrive-by", times)
    assert (told.exit_code, told.stdout) == (FAULTY, "")
    assert "Times of the day" in told.stderr
    assert not store.exists()
