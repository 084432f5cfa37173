"""The problem of an organisation, or of all, as the database has it on a day."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from api.store import Session, places, profiles, supply

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matcher.domain import Participant, ParticipantId, Problem


def problem_of_organisation(unit: Session, organisation_id: UUID, plan_date: date) -> "Problem":
    """Everybody of an organisation who looks, every place, and every seat that is held.

    Seats that others' people hold are taken by nameless ones.
    """
    people = [profile for _, profile in profiles.everybody(unit, organisation_id)]
    return _problem(unit, people, supply.names(unit, organisation_id), plan_date)


def problem_of_all(unit: Session, plan_date: date) -> "Problem":
    """Everybody of every organisation, for aggregates alone: people are random numbers here.

    A supervisor is known by the number of the organisation and the own name: two organisations
    may use the same names.
    """
    from matcher.domain import ParticipantId

    people, names = [], {}
    for organisation in supply.organisations(unit):
        for row, profile in profiles.everybody(unit, organisation):
            names[row.id] = ParticipantId(row.id.hex)
            supervisor = profile.supervisor_id
            people.append(
                replace(
                    profile,
                    participant_id=names[row.id],
                    supervisor_id=supervisor and f"{organisation.hex[:8]}-{supervisor}",
                )
            )
    return _problem(unit, people, names, plan_date)


def _problem(
    unit: Session,
    people: "Iterable[Participant]",
    names: "Mapping[UUID, ParticipantId]",
    plan_date: date,
) -> "Problem":
    from matcher import occupations
    from matcher.domain import Problem

    return Problem(
        plan_date=plan_date,
        participants=tuple(people),
        providers=tuple(supply.providers(unit)),
        sites=tuple(site for _, site in places.sites(unit)),
        openings=tuple(opening for _, opening in supply.openings(unit)),
        occupations=occupations.shipped(),
        placements=tuple(supply.placements(unit, names)),
    )
