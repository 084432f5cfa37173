"""One's own Nominatim, Photon or Pelias, by way of geopy, over our own calls."""

import logging
from typing import Any

import httpx
import pytest

from api.travel import CallFailedError, GeocoderKind, GeocoderSettings, Server, Trouble
from api.travel.geocoder import Geocoder, Hit
from matcher.travel.contract import Point
from tests.api.travel import travel_servers as paper

KIRUNA = Hit(name="Kiruna", point=Point(latitude=67.856, longitude=20.225))
NOMINATIM = {"lat": "67.8558", "lon": "20.2253", "display_name": "Kiruna, Norrbottens län"}


def nominatim(**changes: object) -> object:
    """One result of Nominatim."""
    return [{**NOMINATIM, "class": "place", "type": "town", "addresstype": "town", **changes}]


def feature(**properties: object) -> object:
    """One result of Photon or Pelias."""
    point = {"type": "Point", "coordinates": [20.2253, 67.8558]}
    return {"features": [{"geometry": point, "properties": {"name": "Kiruna", **properties}}]}


def photon(**changes: object) -> object:
    """One result of Photon."""
    about = {"osm_key": "place", "osm_value": "town", "countrycode": "SE", "type": "city"}
    return feature(**{**about, **changes})


GOOD = {
    GeocoderKind.NOMINATIM: nominatim(),
    GeocoderKind.PHOTON: photon(),
    GeocoderKind.PELIAS: feature(layer="locality"),
}
KINDS = list(GOOD)


def geocoder(kind: GeocoderKind, respond: paper.Respond) -> Geocoder:
    """A server on paper, below a path and with a key."""
    server = Server(base_url="https://places.example/geo", key=paper.KEY)
    headers: dict[str, Any] = {"headers": {}} if kind is GeocoderKind.PELIAS else {}
    caller = paper.caller(respond, server, **headers)
    return Geocoder(GeocoderSettings(kind=kind, server=server), caller=caller)


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_is_found(kind: GeocoderKind) -> None:
    """Its name without what it lies in, its point rounded."""
    script = paper.Script([paper.ok(GOOD[kind])])
    made = geocoder(kind, script)
    assert made.find("Kiruna") == (KIRUNA,)
    assert made.source == kind.value
    (request,) = script.requests
    assert (request.url.host, request.url.path.split("/")[1]) == ("places.example", "geo")
    made.close()


def test_nominatim_is_kept_to_the_country_and_the_box() -> None:
    """And to settlements; the key is a bearer token."""
    script = paper.Script([paper.ok(nominatim())])
    geocoder(GeocoderKind.NOMINATIM, script).find("Kiruna")
    params = script.requests[0].url.params
    assert (params["countrycodes"], params["bounded"]) == ("se", "1")
    assert params["viewbox"] == "10.5,55.0,24.3,69.2"
    assert (params["featureType"], params["limit"]) == ("settlement", "10")
    assert script.requests[0].headers["Authorization"] == f"Bearer {paper.KEY}"


def test_photon_and_pelias_are_kept_to_the_box() -> None:
    """Pelias has its key in the query, as it wants it, and in no header."""
    script = paper.Script([paper.ok(photon())])
    geocoder(GeocoderKind.PHOTON, script).find("Kiruna")
    assert script.requests[0].url.params["bbox"] == "10.5,55.0,24.3,69.2"
    script = paper.Script([paper.ok(GOOD[GeocoderKind.PELIAS])])
    geocoder(GeocoderKind.PELIAS, script).find("Kiruna")
    params = script.requests[0].url.params
    assert (params["boundary.rect.min_lat"], params["boundary.country"]) == ("55.0", "se")
    assert params["api_key"] == paper.KEY
    assert "Authorization" not in script.requests[0].headers


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (GeocoderKind.NOMINATIM, nominatim(type="house")),
        (GeocoderKind.NOMINATIM, nominatim(type="postcode")),
        (GeocoderKind.NOMINATIM, nominatim(**{"class": "highway", "type": "residential"})),
        (GeocoderKind.NOMINATIM, nominatim(lat="48.8", lon="2.3")),
        (GeocoderKind.PHOTON, photon(housenumber="5")),
        (GeocoderKind.PHOTON, photon(osm_key="highway", type="street")),
        (GeocoderKind.PHOTON, photon(countrycode="FI")),
        (GeocoderKind.PELIAS, feature(layer="address")),
        (GeocoderKind.PELIAS, feature(layer="street")),
        (GeocoderKind.NOMINATIM, []),
        (GeocoderKind.PHOTON, {"features": []}),
        (GeocoderKind.PELIAS, {"features": []}),
    ],
)
def test_what_is_no_place_is_left_out(kind: GeocoderKind, body: object) -> None:
    """Houses, streets, postcodes, other countries, places outside the box: none is a place."""
    assert geocoder(kind, paper.Script([paper.ok(body)])).find("Kiruna") == ()


def test_the_same_place_twice_is_one() -> None:
    """And of many the first ten."""
    twice = [*nominatim(), *nominatim()]  # type: ignore[misc]
    script = paper.Script([paper.ok(twice)])
    assert geocoder(GeocoderKind.NOMINATIM, script).find("Kiruna") == (KIRUNA,)
    many = [*(nominatim(lat=str(60 + at))[0] for at in range(9)), *nominatim()] * 2  # type: ignore[index, misc]
    script = paper.Script([paper.ok(many)])
    assert len(geocoder(GeocoderKind.NOMINATIM, script).find("Kiruna")) == 10


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (httpx.ReadTimeout("late"), Trouble.TIMEOUT),
        (httpx.ConnectError("nobody"), Trouble.NO_CONNECTION),
        (httpx.Response(429), Trouble.RATE_LIMITED),
        (httpx.Response(500), Trouble.SERVER_ERROR),
        (httpx.Response(400, json={"error": "no"}), Trouble.REFUSED),
        (httpx.Response(403), Trouble.REFUSED),
        (httpx.Response(200, text="{"), Trouble.BROKEN_ANSWER),
        (httpx.Response(200, text="null"), Trouble.BROKEN_ANSWER),
        (httpx.Response(200, text="5"), Trouble.BROKEN_ANSWER),
        (httpx.Response(200, text='[{"lat": "x"}]'), Trouble.BROKEN_ANSWER),
        (httpx.Response(200, text='{"features": [{}]}'), Trouble.BROKEN_ANSWER),
        (httpx.Response(200, text='{"features": 5}'), Trouble.BROKEN_ANSWER),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_failing_server_is_a_trouble(
    kind: GeocoderKind, answer: paper.Answer, trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    """With its reason; neither name nor key is logged, though geopy would."""
    logging.getLogger("geopy").setLevel(logging.DEBUG)
    caplog.set_level(logging.DEBUG)
    with pytest.raises(CallFailedError) as caught:
        geocoder(kind, paper.Script([answer])).find("Kiruna")
    assert caught.value.trouble is trouble
    assert caught.value.__context__ is None
    assert "Kiruna" not in caplog.text
    assert paper.KEY not in caplog.text
