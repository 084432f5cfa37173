"""The sources of travel times that a service's settings name: checked first, opened later."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from api.settings import Settings, SettingsError, resrobot_key
from api.travel.build import Asked
from api.travel.chains import (
    USUAL_ORDER,
    Sources,
    SourcesError,
    deadlines,
    ordered,
    servers_at,
)
from api.travel.curves import read_curves
from api.travel.settings import (
    RESROBOT_CALLS_PER_MINUTE,
    RESROBOT_URL,
    SL_CALLS_PER_MINUTE,
    SL_URL,
    Server,
    SlSettings,
    TravelSettings,
)
from matcher.travel.estimate import DEFAULT
from matcher.travel.gtfs import read

AHEAD = timedelta(days=30)
"""A service that builds every month never runs out of times."""
SETTINGS = {
    "gtfs": "STEGET_TRAVEL_GTFS",
    "motis": "STEGET_TRAVEL_MOTIS",
    "otp": "STEGET_TRAVEL_OTP",
    "valhalla": "STEGET_TRAVEL_VALHALLA",
    "osrm": "STEGET_TRAVEL_OSRM_WALK",
}
"""Where each source is set; the estimate is always there."""


def check(settings: Settings) -> None:
    """Refuse settings of travel times that no build could work with; nothing is asked yet.

    Raises:
        SettingsError: an address is none, or a public server's; the order of sources does not
            fit them; a time to be there by is none; or the folder of the store is not there.
    """
    if settings.travel_store is not None and not settings.travel_store.absolute().parent.is_dir():
        raise SettingsError("travel_no_folder")
    try:
        deadlines(settings.travel_arrive_by)
    except SourcesError:
        raise SettingsError("travel_arrive_by") from None
    addresses = _addresses(settings)
    if settings.travel_sources is None and not any(addresses.values()):
        return
    try:
        for server in servers_at(addresses).values():
            server.close()
        _order(settings)
    except SourcesError as error:
        if error.code == "address":
            raise SettingsError("travel_address", setting=SETTINGS[error.source]) from None
        raise SettingsError("travel_sources", sources=", ".join(USUAL_ORDER)) from None


def sources(settings: Settings) -> Sources:
    """The sources as they are set, to be used as a context; the estimate is always there.

    Raises:
        SourcesError: as ``check`` says.
        FeedError, CalibrationError, OSError: a timetable or curves that cannot be read.
    """
    return Sources(
        curves=DEFAULT if settings.travel_curve is None else read_curves(settings.travel_curve),
        feed=None if settings.travel_gtfs is None else read(settings.travel_gtfs),
        servers=servers_at(_addresses(settings)),
    )


def asked(settings: Settings, found: Sources) -> Asked:
    """A chain of these sources, in the order that is set or the usual one.

    Raises:
        SourcesError: as ``check`` says.
    """
    chain = found.asked(_order(settings), datetime.now(UTC))
    return replace(chain, ahead=AHEAD, deadlines=deadlines(settings.travel_arrive_by))


def planners(settings: Settings) -> TravelSettings:
    """The travel planners that show a single journey, as they are set; none is by default.

    Raises:
        SettingsError: an address, a key or a contact that cannot be used; nothing of it is told.
    """
    key, contact = resrobot_key(settings), settings.travel_sl_contact
    setting = "STEGET_TRAVEL_RESROBOT"
    try:
        robot = key and Server(
            base_url=settings.travel_resrobot or RESROBOT_URL,
            key=key,
            calls_per_minute=RESROBOT_CALLS_PER_MINUTE,
        )
        setting = "STEGET_TRAVEL_SL"
        url = settings.travel_sl or SL_URL
        local = contact and SlSettings(
            contact=contact, server=Server(base_url=url, calls_per_minute=SL_CALLS_PER_MINUTE)
        )
    except ValueError:
        raise SettingsError("travel_planner", setting=setting) from None
    return TravelSettings(resrobot=robot or None, sl=local or None)


def _order(settings: Settings) -> tuple[str, ...]:
    given = {"gtfs": settings.travel_gtfs, **_addresses(settings)}
    there = [name for name, where in given.items() if where is not None]
    return ordered(settings.travel_sources, there)


def _addresses(settings: Settings) -> dict[str, str | None]:
    return {
        "motis": settings.travel_motis,
        "otp": settings.travel_otp,
        "valhalla": settings.travel_valhalla,
        "osrm": settings.travel_osrm_walk,
    }
