"""Which servers may be asked, and how. All are off until they are configured (restidskällor).

Coordinates go to these servers: they are to be one's own. The public servers of a few projects
are refused by name. ResRobot and SL are public, show single journeys and are off by default too.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

RESROBOT_URL = "https://api.resrobot.se/v2.1"
RESROBOT_CALLS_PER_MINUTE = 45
"""The limit of a Bronze key."""
SL_URL = "https://journeyplanner.integration.sl.se/v3"
SL_CALLS_PER_MINUTE = 30
"""SL asks for moderate use and names no figure: this one is ours."""
SWEDEN = ((55.0, 10.5), (69.2, 24.3))
"""The south-western and the north-eastern corner: latitude, longitude."""
NEVER = (
    "api.geocode.earth",
    "api.transitous.org",
    "nominatim.openstreetmap.org",
    "photon.komoot.io",
    "router.project-osrm.org",
    "routing.openstreetmap.de",
    "valhalla1.openstreetmap.de",
)
"""Public servers that must not see where participants live."""


class Deadlines(StrEnum):
    """For how many of a question's deadlines a timetable server is asked.

    ``ONE``: the middle one, one call for each batch. ``ALL``: each, at most seven of them, and
    the median counts; seven times the calls. Streets have no timetable: they are asked once.
    """

    ONE = "one"
    ALL = "all"


class GeocoderKind(StrEnum):
    """The programs that a place's name can be looked up with."""

    NOMINATIM = "nominatim"
    PHOTON = "photon"
    PELIAS = "pelias"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where a server is and how patiently it is asked.

    Attributes:
        base_url: ``https://host/path`` without user, question mark or fragment.
        timeout_seconds: of one attempt, from the first byte sent to the last one read.
        attempts: the first call and its retries.
        key: sent as a bearer token; to ResRobot and Pelias in the query, as they want it.
            Never shown.
        calls_per_minute: at most so many, retries counted; ``None`` for one's own server.
        version: of the server's program or data, told in the answers' source.
        trust_environment: whether proxies and certificates named in the environment are used.

    Raises:
        ValueError: an address that cannot be used or must not, a number outside its range.
    """

    base_url: str
    timeout_seconds: float = 10.0
    attempts: int = 3
    key: str | None = field(default=None, repr=False)
    calls_per_minute: int | None = None
    version: str = ""
    trust_environment: bool = False

    def __post_init__(self) -> None:
        _check_address(self.base_url)
        if not 0 < self.timeout_seconds <= 120:  # noqa: PLR2004 -- told in the message
            raise ValueError("timeout_seconds is above 0 and at most 120")
        if not 1 <= self.attempts <= 6:  # noqa: PLR2004 -- told in the message
            raise ValueError("attempts is 1 to 6")
        if self.calls_per_minute is not None and self.calls_per_minute < 2:  # noqa: PLR2004
            raise ValueError("calls_per_minute is at least 2")
        if self.key is not None and not (self.key.isascii() and self.key.isprintable()):
            raise ValueError("a key has printable ASCII characters only")

    @property
    def host(self) -> str:
        """The name of the machine: all of the address that may be logged."""
        return urlsplit(self.base_url).hostname or ""


def _check_address(base_url: str) -> None:
    """Refuse what is no plain address, without repeating it: it may hold a key."""
    try:
        parts = urlsplit(base_url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if host is None or parts.scheme not in {"http", "https"}:
        raise ValueError("base_url is http://host or https://host, with a port and path if needed")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("base_url has no user, question mark or fragment; a key goes in key")
    if host.rstrip(".").lower() in NEVER:
        raise ValueError("a public server must not see where participants live: use your own")


@dataclass(frozen=True, slots=True, kw_only=True)
class MotisSettings:
    """MOTIS 2.9 or later: transit, many to one.

    ``batch_size``: at most the server's ``onetomany_max_many``.
    """

    server: Server
    batch_size: int = 128
    max_travel_minutes: int = 120

    def __post_init__(self) -> None:
        _at_least_one(self.batch_size)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValhallaSettings:
    """Valhalla 3.9: streets, and the only one that knows of steps on foot.

    ``batch_size``: at most the server's ``max_matrix_location_pairs``, 2,500 by default.
    ``snap_metres``: a place farther from the next street is outside the map.
    """

    server: Server
    batch_size: int = 500
    snap_metres: int = 2000

    def __post_init__(self) -> None:
        _at_least_one(self.batch_size)


@dataclass(frozen=True, slots=True, kw_only=True)
class OsrmSettings:
    """OSRM: streets, a server of its own for each way of travelling.

    ``batch_size``: the server takes 100 coordinates, and the site is one of them.
    ``snap_metres``: a place farther from the next street is outside the map.
    """

    walk: Server | None = None
    bike: Server | None = None
    car: Server | None = None
    batch_size: int = 99
    snap_metres: int = 2000

    def __post_init__(self) -> None:
        _at_least_one(self.batch_size)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtpSettings:
    """OpenTripPlanner 2: transit, pair by pair, with the best answers about steps.

    ``last``: ask for the last trips before the deadline instead of the first that the server
    counts, where that one gives trips that are too early.
    """

    server: Server
    last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SlSettings:
    """SL's journey planner. ``contact``: the mail address of a function, no person's."""

    contact: str
    server: Server = field(
        default_factory=lambda: Server(base_url=SL_URL, calls_per_minute=SL_CALLS_PER_MINUTE)
    )

    def __post_init__(self) -> None:
        if not (self.contact.isascii() and self.contact.isprintable() and "@" in self.contact):
            raise ValueError("contact is a mail address")


@dataclass(frozen=True, slots=True, kw_only=True)
class GeocoderSettings:
    """One's own Nominatim, Photon or Pelias. ``box``: places outside it are left out."""

    kind: GeocoderKind
    server: Server
    country: str = "se"
    box: tuple[tuple[float, float], tuple[float, float]] = SWEDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelSettings:
    """Every server there may be; what is ``None`` is never called."""

    motis: MotisSettings | None = None
    valhalla: ValhallaSettings | None = None
    osrm: OsrmSettings | None = None
    otp: OtpSettings | None = None
    resrobot: Server | None = None
    sl: SlSettings | None = None
    geocoder: GeocoderSettings | None = None
    deadlines: Deadlines = Deadlines.ONE


def resrobot_server(key: str) -> Server:
    """Trafiklab's ResRobot with a Bronze key: 45 calls a minute, 30,000 a month."""
    return Server(base_url=RESROBOT_URL, key=key, calls_per_minute=RESROBOT_CALLS_PER_MINUTE)


def _at_least_one(batch_size: int) -> None:
    if batch_size < 1:
        raise ValueError("batch_size is at least 1")
