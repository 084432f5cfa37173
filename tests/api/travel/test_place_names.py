"""Places by name: the gazetteer, what is ambiguous, what is refused, and distances."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.travel import CallFailedError, Trouble
from api.travel.geocoder import Geocoder, Hit
from api.travel.places import Kind, Place, Places, Refusal, distance_km, refusal_of
from data import reference
from matcher.domain import Mode
from matcher.travel.contract import Point, TravelQuestion
from matcher.travel.estimate import great_circle_km
from matcher.travel.gtfs import GtfsProvider, read
from tests.matcher.travel.gtfs.small import mini, write

PLACES = Places()


class Elsewhere(Geocoder):
    """A server on paper that knows one place, or fails."""

    source = "nominatim"

    def __init__(self, failure: CallFailedError | None = None) -> None:
        """No geopy, no caller."""
        self.failure = failure
        self.asked: list[str] = []

    def find(self, name: str) -> tuple[Hit, ...]:
        """Kiruna, whatever the name."""
        self.asked.append(name)
        if self.failure:
            raise self.failure
        return (Hit(name="Kiruna", point=Point(latitude=67.856, longitude=20.225)),)


def codes(text: str) -> list[str]:
    """The municipalities of the candidates."""
    return [place.municipality_code for place in PLACES.find(text).candidates]


@pytest.mark.parametrize("code", [row["municipality_code"] for row in reference.main_towns()])
def test_a_municipality_is_its_main_town(code: str) -> None:
    """By its own name one candidate, with and without "kommun"."""
    name = reference.municipalities()[code]
    (town,) = (row for row in reference.main_towns() if row["municipality_code"] == code)
    place = PLACES.find(name).place
    assert place is not None
    assert (place.kind, place.municipality_code) == (Kind.MUNICIPALITY, code)
    assert place.point == Point(
        latitude=float(town["latitude"]), longitude=float(town["longitude"])
    )
    assert PLACES.find(f"{name} kommun").place == place


@pytest.mark.parametrize("text", ["salem", " Salem ", "SALEM", "Salems kommun", "Salem, Salem"])
def test_case_and_blanks_do_not_matter(text: str) -> None:
    """And neither do hyphens, nor how an umlaut is composed."""
    place = PLACES.find(text).place
    assert place is not None
    assert place.name == "Salem"
    assert codes("upplands bro") == codes("Upplands-Bro") == ["0139"]
    assert codes("No\u0308rrta\u0308lje".replace("No\u0308", "No")) == ["0188"]


def test_umlauts_do_matter() -> None:
    """Alta is not Älta, and a guess would be one."""
    assert codes("Älta") == ["0182"]
    assert codes("Alta") == []


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("Brevik", ["0138", "0186"]),
        ("Bergshamra", ["0184", "0188"]),
        ("Strömma", ["0120", "0188"]),
        ("Hölö", ["0120", "0181"]),
    ],
)
def test_an_ambiguous_name_has_candidates(name: str, where: list[str]) -> None:
    """No place is chosen; the municipality's name tells which."""
    search = PLACES.find(name)
    assert (codes(name), search.place) == (where, None)
    told = [PLACES.find(f"{name}, {place.municipality}").place for place in search.candidates]
    assert told == list(search.candidates)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Storgatan 5", Refusal.STREET_ADDRESS),
        ("Kungsvägen 12 B", Refusal.STREET_ADDRESS),
        ("Kungsvägen 12B, Tumba", Refusal.STREET_ADDRESS),
        ("Sveavägen 1", Refusal.STREET_ADDRESS),
        ("Brevik 5", Refusal.STREET_ADDRESS),
        ("S:t Eriksgatan 117", Refusal.STREET_ADDRESS),
        ("Rådmansg. 3", Refusal.STREET_ADDRESS),
        ("Tumba, Storgatan 5", Refusal.STREET_ADDRESS),
        ("Storgatan", Refusal.STREET_ADDRESS),
        ("Lilla Gränd", Refusal.STREET_ADDRESS),
        ("Talludden 4 lgh 1101", Refusal.STREET_ADDRESS),
        ("147 30", Refusal.POSTCODE),
        ("14730 Tumba", Refusal.POSTCODE),
        ("Storgatan 5, 147 30 Tumba", Refusal.POSTCODE),
        ("19800101-1234", Refusal.NUMBER),
        ("59.33, 18.06", Refusal.NUMBER),
        ("5", Refusal.NUMBER),
        ("", Refusal.EMPTY),
        ("   ", Refusal.EMPTY),
        ("a" * 81, Refusal.TOO_LONG),
    ],
)
def test_an_address_is_refused_with_the_reason(text: str, reason: Refusal) -> None:
    """And nobody is asked about it."""
    server = Elsewhere()
    search = Places(server).find(text)
    assert (search.refusal, search.candidates, search.trouble) == (reason, (), None)
    assert server.asked == []


def test_no_shipped_name_is_refused() -> None:
    """The reasons do not fit a real place of the county, nor a municipality of the country."""
    names = [row["name"] for row in reference.localities()]
    assert [n for n in (*names, *reference.municipalities().values()) if refusal_of(n)] == []


def test_the_server_is_asked_for_what_is_not_shipped() -> None:
    """And only for that."""
    server = Elsewhere()
    places = Places(server)
    assert places.find("Tumba").place is not None
    assert server.asked == []
    assert places.find(" Kiruna  C ").place == Place(
        name="Kiruna",
        kind=Kind.OTHER,
        municipality_code="",
        municipality="",
        point=Point(latitude=67.856, longitude=20.225),
        source="nominatim",
    )
    assert server.asked == ["Kiruna C"]


def test_without_a_server_an_unknown_name_is_nothing() -> None:
    """No place, no refusal, no trouble."""
    search = PLACES.find("Kiruna")
    assert (search.candidates, search.refusal, search.trouble) == ((), None, None)


def test_a_server_that_fails_is_a_trouble() -> None:
    """Not the same as a name that nobody knows."""
    search = Places(Elsewhere(CallFailedError(Trouble.TIMEOUT))).find("Kiruna")
    assert (search.candidates, search.trouble) == ((), Trouble.TIMEOUT)


def test_a_search_does_not_repeat_the_text() -> None:
    """Somebody may have typed an address."""
    assert "Storgatan" not in repr(PLACES.find("Storgatan 5"))


def test_distance_to_show() -> None:
    """Stockholm to Södertälje is some 29 km; nowhere is 0."""
    stockholm, sodertalje = (PLACES.find(name).place for name in ("Stockholm", "Södertälje"))
    assert stockholm is not None
    assert sodertalje is not None
    assert distance_km(stockholm.point, sodertalje.point) == pytest.approx(29.2, abs=0.3)
    assert distance_km(stockholm.point, stockholm.point) == 0


LATITUDES = st.floats(55.0, 69.2)
LONGITUDES = st.floats(10.5, 24.3)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_the_great_circle_is_within_half_a_percent(
    lat: float, lon: float, to_lat: float, to_lon: float
) -> None:
    """Over Sweden the sphere of the estimate and the ellipsoid differ by 0.5 % at most."""
    start, end = Point(latitude=lat, longitude=lon), Point(latitude=to_lat, longitude=to_lon)
    circle = great_circle_km(
        *(np.array([x]) for x in (start.latitude, start.longitude, end.latitude, end.longitude))
    )[0]
    assert circle == pytest.approx(distance_km(start, end), rel=0.005)


STOPS = [
    "stop_id,stop_name,stop_lat,stop_lon,parent_station",
    *("740001,Slussen,59.3201,18.0721,9001", "740002,Slussen,59.3203,18.0724,9001"),
    *("9001,Slussen,59.32,18.072,", "1,Storgatan,59.3,18,", "2,storgatan,59.3005,18,"),
    *("3,Storgatan,59.5,18,", "4,Tumba,59.21,17.84,", "5,,59.4,18,", "6,Ingenstans,,,"),
]


@pytest.fixture
def at_stops(tmp_path: Path) -> tuple[Places, Elsewhere]:
    """The gazetteer, the stops of a timetable, and a server."""
    tables = {**mini(), "stops.txt": STOPS, "stop_times.txt": mini()["stop_times.txt"][:1]}
    server = Elsewhere()
    return Places(server, read(write(tmp_path, tables))), server


@pytest.mark.parametrize("text", ["Slussen", " slussen ", "9001"])
def test_a_stop_is_a_place(at_stops: tuple[Places, Elsewhere], text: str) -> None:
    """By name or id; a name with a station is the station's, and no server is asked."""
    places, server = at_stops
    place = places.find(text).place
    assert place is not None
    assert (place.name, place.kind, place.municipality) == ("Slussen", Kind.STOP, "")
    assert place.point == Point(latitude=59.32, longitude=18.072)
    assert place.source.startswith("gtfs/")
    assert server.asked == []


def test_a_platform_has_its_id(at_stops: tuple[Places, Elsewhere]) -> None:
    """And a stop without a name is known by its id alone; one without a point is none."""
    places, _ = at_stops
    platform, nameless = places.find("740002").place, places.find("5").place
    assert platform is not None
    assert nameless is not None
    assert platform.point == Point(latitude=59.32, longitude=18.072)
    assert (platform.name, nameless.name) == ("Slussen", "5")
    assert places.find("6").refusal is Refusal.NUMBER
    assert places.find("").refusal is Refusal.EMPTY


def test_a_stop_that_is_called_like_a_street(at_stops: tuple[Places, Elsewhere]) -> None:
    """No address: two far from each other are candidates, the two sides of a street are one.

    With a house number it is an address, whatever the stops are called.
    """
    places, server = at_stops
    search = places.find("Storgatan")
    assert [place.point.latitude for place in search.candidates] == [59.3, 59.5]
    assert places.find("Storgatan 5").refusal is Refusal.STREET_ADDRESS
    assert PLACES.find("Storgatan").refusal is Refusal.STREET_ADDRESS
    assert server.asked == []


def test_a_locality_goes_before_a_stop_of_its_name(at_stops: tuple[Places, Elsewhere]) -> None:
    """The area is coarser; the stop is there by its id."""
    places, _ = at_stops
    area, stop = places.find("Tumba").place, places.find("4").place
    assert area is not None
    assert stop is not None
    assert (area.kind, stop.kind, stop.name) == (Kind.LOCALITY, Kind.STOP, "Tumba")


def test_a_journey_from_a_stop(tmp_path: Path) -> None:
    """A stop found by name is an origin: ten minutes from the first to the second of line A."""
    tables = mini()
    feed = read(write(tmp_path, tables))
    places = Places(feed=feed)
    origin, site = places.find("A1").place, places.find("A2").place
    assert origin is not None
    assert site is not None
    asked = TravelQuestion(
        origins=(origin.point,),
        site=site.point,
        mode=Mode.TRANSIT,
        day=date(2026, 11, 24),
        deadlines=(time(7, 10),),
    )
    (answer,) = GtfsProvider(feed, lambda: datetime.now(UTC)).to_site(asked)
    assert answer.minutes == 10
