"""Travel times and places from servers over HTTP; none is called unless it is configured.

Servers answer for many origins and one site (``TravelProvider``): MOTIS and OpenTripPlanner by
transit, Valhalla and OSRM by street. ResRobot and SL show one journey. A server that is down,
slow, busy or odd makes its journeys *unknown*, and says why; it never makes them short, long or
unreachable. Streets are OpenStreetMap's (ODbL), places are GeoNames' (CC BY 4.0): name them where
the answers are shown.
"""

from api.travel.journeys import Journey, JourneySource
from api.travel.motis import Motis
from api.travel.osrm import Osrm
from api.travel.otp import OpenTripPlanner
from api.travel.resrobot import ResRobot
from api.travel.settings import (
    Deadlines,
    GeocoderKind,
    GeocoderSettings,
    MotisSettings,
    OsrmSettings,
    OtpSettings,
    Server,
    SlSettings,
    TravelSettings,
    ValhallaSettings,
    resrobot_server,
)
from api.travel.sl import Sl
from api.travel.troubles import CallFailedError, Trouble
from api.travel.valhalla import Valhalla

__all__ = [
    "CallFailedError",
    "Deadlines",
    "GeocoderKind",
    "GeocoderSettings",
    "Journey",
    "JourneySource",
    "Motis",
    "MotisSettings",
    "OpenTripPlanner",
    "Osrm",
    "OsrmSettings",
    "OtpSettings",
    "ResRobot",
    "Server",
    "Sl",
    "SlSettings",
    "TravelSettings",
    "Trouble",
    "Valhalla",
    "ValhallaSettings",
    "journey_sources",
    "providers",
    "resrobot_server",
]

ServerProvider = Motis | Valhalla | Osrm | OpenTripPlanner


def providers(settings: TravelSettings) -> dict[str, ServerProvider]:
    """The configured sources of travel times by name; empty by default. Close them after use."""
    made: list[ServerProvider] = []
    if settings.motis is not None:
        made.append(Motis(settings.motis, deadlines=settings.deadlines))
    if settings.valhalla is not None:
        made.append(Valhalla(settings.valhalla))
    if settings.osrm is not None:
        made.append(Osrm(settings.osrm))
    if settings.otp is not None:
        made.append(OpenTripPlanner(settings.otp, deadlines=settings.deadlines))
    return {provider.name: provider for provider in made}


def journey_sources(settings: TravelSettings) -> dict[str, ResRobot | Sl]:
    """The configured services that show one journey, by name; empty by default."""
    made: list[ResRobot | Sl] = []
    if settings.resrobot is not None:
        made.append(ResRobot(settings.resrobot))
    if settings.sl is not None:
        made.append(Sl(settings.sl))
    return {source.name: source for source in made}
