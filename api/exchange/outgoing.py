"""What goes out: the tables of a data set, with the participants that somebody may read."""

import io
import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import UUID

from api.domain import Principal, Role
from api.store import Session, places, profiles, providers, supply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.dataset import Tables
    from matcher.domain import ParticipantId, Problem

WRITTEN = (2026, 1, 1, 0, 0, 0)
"""The time of every file in a zip: the same tables give the same bytes."""


def readable(
    unit: Session, who: Principal, day: date
) -> "tuple[Problem, Mapping[UUID, ParticipantId]]":
    """Every place, and of people and placements what somebody may read; whom the answer names.

    Managers: the places of their own provider alone, as everywhere. Supervisors: the participants
    shared with them, needs and all, and their placements. Everybody else: no participant.
    Coordinators: the placements of the organisation, by pseudonym. A participants table without
    needs would take them away where it is brought in again, so there is none.
    """
    from matcher import occupations  # noqa: PLC0415 -- reads tables
    from matcher.domain import Problem  # noqa: PLC0415 -- loads numpy

    people, names = [], {}
    if who.role is Role.SUPERVISOR:
        for row in profiles.shared_with(unit, who):
            profile = profiles.profile_of(unit, row)
            people.append(profile)
            names[row.id] = profile.participant_id
    elif who.role is Role.COORDINATOR and who.organisation_id is not None:
        names = supply.names(unit, who.organisation_id)
    known = frozenset(names.values())
    own = providers.own_code(unit, who) if who.role is Role.PROVIDER_MANAGER else None
    sites = [site for _, site in places.sites(unit) if own in {None, site.provider_id}]
    here = {site.site_id for site in sites}
    found = Problem(
        plan_date=day,
        participants=tuple(people),
        providers=tuple(one for one in supply.providers(unit) if own in {None, one.provider_id}),
        sites=tuple(sites),
        openings=tuple(one for _, one in supply.openings(unit) if one.site_id in here),
        occupations=occupations.shipped(),
        placements=tuple(
            one for one in supply.placements(unit, names) if one.participant_id in known
        ),
    )
    return found, names if people else {}


def tables(problem: "Problem") -> "Tables":
    """The tables of what goes out."""
    from matcher.dataset import tables_of  # noqa: PLC0415 -- loads pyarrow

    return tables_of(problem)


def as_zip(found: "Tables") -> bytes:
    """Tables as a zip of CSV files."""
    from matcher.dataset import write_tables  # noqa: PLC0415 -- loads pyarrow

    content = io.BytesIO()
    with TemporaryDirectory(prefix="steget-") as name, zipfile.ZipFile(content, "w") as archive:
        folder = Path(name)
        write_tables(found, folder, "csv")
        for file in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(file.name, WRITTEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
    return content.getvalue()


def as_workbook(found: "Tables") -> bytes:
    """Tables as an Excel workbook."""
    from matcher.dataset import write_tables  # noqa: PLC0415 -- loads pyarrow

    with TemporaryDirectory(prefix="steget-") as name:
        book = Path(name) / "steget.xlsx"
        write_tables(found, book, "xlsx")
        return book.read_bytes()
