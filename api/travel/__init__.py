"""Travel times and places from servers over HTTP; none is called unless it is configured.

Servers answer for many origins and one site (``TravelProvider``): MOTIS and OpenTripPlanner by
transit, Valhalla and OSRM by street. ResRobot and SL show one journey. A server that is down,
slow, busy or odd makes its journeys *unknown*, and says why; it never makes them short, long or
unreachable. Streets are OpenStreetMap's (ODbL), places are GeoNames' (CC BY 4.0): name them where
the answers are shown.
"""

from api.travel import motis, osrm, otp, resrobot, sl, valhalla
from api.travel.asking import ServerProvider
from api.travel.journeys import Journey, JourneySource
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
from api.travel.troubles import CallFailedError, Trouble

__all__ = [
    "CallFailedError",
    "Deadlines",
    "GeocoderKind",
    "GeocoderSettings",
    "Journey",
    "JourneySource",
    "MotisSettings",
    "OsrmSettings",
    "OtpSettings",
    "Server",
    "ServerProvider",
    "SlSettings",
    "TravelSettings",
    "Trouble",
    "ValhallaSettings",
    "journey_sources",
    "providers",
    "resrobot_server",
]


def providers(settings: TravelSettings) -> dict[str, ServerProvider]:
    """The configured sources of travel times by name; empty by default. Close them after use."""
    deadlines = settings.deadlines
    made = [
        settings.motis and motis.provider(settings.motis, deadlines=deadlines),
        settings.valhalla and valhalla.provider(settings.valhalla),
        settings.osrm and osrm.provider(settings.osrm),
        settings.otp and otp.provider(settings.otp, deadlines=deadlines),
    ]
    return {each.name: each for each in made if each}


def journey_sources(settings: TravelSettings) -> dict[str, JourneySource]:
    """The configured services that show one journey, by name; empty by default."""
    made = [
        settings.resrobot and resrobot.source(settings.resrobot),
        settings.sl and sl.source(settings.sl),
    ]
    return {each.name: each for each in made if each}
