"""Looking a place's name up in one's own Nominatim, Photon or Pelias, by way of geopy.

geopy knows how each of them is asked and answers; the calls themselves are ours, so that time
limits, retries, silence in the logs and "no redirects" hold here too.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NoReturn
from urllib.parse import urlsplit

from geopy.adapters import BaseSyncAdapter  # type: ignore[import-untyped]
from geopy.exc import GeopyError  # type: ignore[import-untyped]
from geopy.geocoders import Nominatim, Pelias, Photon  # type: ignore[import-untyped]

from api.travel.asking import source_of
from api.travel.calls import Caller
from api.travel.settings import GeocoderKind, GeocoderSettings
from api.travel.troubles import CallFailedError, Trouble
from matcher.travel.contract import Point

MOST = 10
SETTLED = frozenset({"place", "boundary", "railway", "public_transport"})
ADDRESSES = frozenset({"house", "houses", "postcode", "street", "address"})
LAYERS = frozenset({"borough", "localadmin", "locality", "macrohood", "neighbourhood"})
"""What counts as a place: settlements, districts and stations; in Pelias by its layers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place that the server knows by that name."""

    name: str
    point: Point


class _Adapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no annotations
    """Carries geopy's questions over our own calls."""

    def __init__(self, caller: Caller) -> None:
        super().__init__(proxies=None, ssl_context=None)
        self._caller = caller

    def get_json(self, url: str, *, timeout: object, headers: object) -> object:
        """What the server answers; the time limit and the headers are the caller's own."""
        del timeout, headers
        reply = self._caller.get(url)
        if reply.status != HTTPStatus.OK:
            raise CallFailedError(Trouble.REFUSED)
        return reply.body

    def get_text(self, url: str, *, timeout: object, headers: object) -> NoReturn:
        """Never asked for by the three."""
        del url, timeout, headers
        raise CallFailedError(Trouble.BROKEN_ANSWER)


class Geocoder:
    """Finds places by name in one's own server. A call blocks: run it in a thread."""

    def __init__(self, settings: GeocoderSettings, *, caller: Caller | None = None) -> None:
        """Make ready; nothing is called yet. geopy logs every address: its log is quietened."""
        logging.getLogger("geopy").setLevel(logging.WARNING)
        in_query = settings.kind is GeocoderKind.PELIAS
        self._caller = caller or Caller(settings.server, headers={} if in_query else None)
        self._settings = settings
        self._geopy = _geopy(settings, self._caller)
        self.source = source_of(settings.kind.value, settings.server)

    def close(self) -> None:
        """Close the connections."""
        self._caller.close()

    def find(self, name: str) -> tuple[Hit, ...]:
        """Every place of that name within the box, at most ten; none is an answer.

        Raises:
            CallFailedError: the server did not answer, or not as documented.
        """
        failed: CallFailedError
        try:
            found = self._geopy.geocode(name, exactly_one=False, **self._limits())
            hits = [self._hit(location) for location in found or ()]
            return tuple(dict.fromkeys(hit for hit in hits if hit is not None))[:MOST]
        except CallFailedError as error:
            failed = error
        except (GeopyError, AttributeError, LookupError, TypeError, ValueError):
            failed = CallFailedError(Trouble.BROKEN_ANSWER)
        raise failed

    def _limits(self) -> dict[str, Any]:
        """How each of them is kept to the country and the box."""
        country, box = self._settings.country, list(self._settings.box)
        if self._settings.kind is GeocoderKind.NOMINATIM:
            codes = {"country_codes": country, "viewbox": box, "bounded": True}
            return {**codes, "limit": MOST, "featuretype": "settlement"}
        if self._settings.kind is GeocoderKind.PHOTON:
            return {"bbox": box, "limit": MOST}
        return {"boundary_rect": box, "countries": [country]}

    def _hit(self, location: Any) -> Hit | None:  # noqa: ANN401 -- geopy has no annotations
        """A place inside the box; ``None`` for a house, a street, a postcode, another country."""
        (south, west), (north, east) = self._settings.box
        latitude, longitude = float(location.latitude), float(location.longitude)
        inside = south <= latitude <= north and west <= longitude <= east
        if not (inside and _is_place(location.raw, self._settings.country)):
            return None
        name = str(location.address).split(",")[0].strip()
        return Hit(name=name, point=Point(latitude=latitude, longitude=longitude))


def _geopy(settings: GeocoderSettings, caller: Caller) -> Any:  # noqa: ANN401
    """The object of geopy for one of the three."""
    parts = urlsplit(settings.server.base_url)

    def adapter(**_: object) -> _Adapter:
        return _Adapter(caller)

    server = {
        "domain": parts.netloc + parts.path,
        "scheme": parts.scheme,
        "user_agent": "steget",
        "adapter_factory": adapter,
    }
    if settings.kind is GeocoderKind.NOMINATIM:
        return Nominatim(**server)
    if settings.kind is GeocoderKind.PHOTON:
        return Photon(**server)
    return Pelias(api_key=settings.server.key, **server)


def _is_place(raw: Mapping[str, Any], country: str) -> bool:
    """Whether it is a place where people live or a station, never an address."""
    about = raw.get("properties", raw)
    if about.get("housenumber"):
        return False
    if "layer" in about:
        return about["layer"] in LAYERS
    group = about.get("osm_key", about.get("class", about.get("category")))
    kinds = {about.get("osm_value"), about.get("type"), about.get("addresstype")}
    where = about.get("countrycode")
    elsewhere = where is not None and str(where).lower() != country
    return group in SETTLED and not kinds & ADDRESSES and not elsewhere
