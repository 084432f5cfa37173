"""The demo: the MIA county scenario in an empty store, with somebody of every role to log in as.

The organisations are the municipalities, since a coordination association (samordningsförbund) is
no controller. In the scenario a supervisor may work in several municipalities of an association;
a user belongs to one organisation, so such a supervisor has a login in each.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from api.auth import passwords
from api.domain import Role
from api.store import Session, Store, audit, seeding
from api.store.imported import Sitting, seat_placements
from api.store.organisations import create as keep_organisation
from api.store.profiles import keep_all
from api.store.seeding import NewUser

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.domain import Participant, Placement, Problem

DEMO_DATE = date(2026, 12, 1)
"""The scenario is made for this day."""
OFFER_DAYS = 14
SEED = "seed"


class NotEmptyError(Exception):
    """The store has users already: nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody to log in as, and what they are."""

    login: str
    role: Role


def seed(store: Store, password: str, folder: Path | None = None) -> tuple[Account, ...]:
    """Load the scenario; everybody has the same password.

    Args:
        store: with every table, and nobody in it.
        password: of every account.
        folder: of another data set.

    Returns:
        An account of each role in the municipality with most participants, and an administrator.

    Raises:
        NotEmptyError: somebody is there already.
    """
    import data  # noqa: PLC0415 -- beside what needs it
    from matcher.dataset import read  # noqa: PLC0415 -- loads numpy and pyarrow

    problem = read(folder or Path(data.__file__).parent / "mia", DEMO_DATE)
    kept = passwords.hashed(password)
    with store.writing() as unit:
        if seeding.anybody(unit):
            raise NotEmptyError
        seeding.keep_places(unit, problem)
        people = _by_municipality(problem)
        organisations = _organisations(unit, problem)
        accounts: list[Account] = []
        largest = max(sorted(people), key=lambda code: len(people[code]), default="")
        for code, some in people.items():
            supervisors = _people(unit, organisations[code], some, kept)
            if code == largest:
                accounts += _team(supervisors)
        _seat(unit, organisations, problem)
        users = _others(unit, organisations, problem, kept)
        accounts += [one for one in users if one.role is not Role.COORDINATOR]
        accounts += [one for one in users if one.login == f"samordnare-{largest}"]
        audit.note(unit, SEED, "demo.seed", participants=len(problem.participants))
    order = list(Role)
    return tuple(sorted(accounts, key=lambda one: order.index(one.role)))


def login_of(supervisor: str, municipality: str) -> str:
    """The login of a supervisor of the scenario in one of the municipalities."""
    return f"{supervisor}-{municipality}".lower()


def _by_municipality(problem: "Problem") -> "Mapping[str, list[Participant]]":
    """The participants by municipality, each with the login of the own supervisor there."""
    found: dict[str, list[Participant]] = defaultdict(list)
    for one in problem.participants:
        supervisor = one.supervisor_id
        login = supervisor and login_of(supervisor, one.municipality_code)
        found[one.municipality_code].append(replace(one, supervisor_id=login))
    return dict(sorted(found.items()))


def _organisations(unit: Session, problem: "Problem") -> "Mapping[str, UUID]":
    from data.reference import municipalities  # noqa: PLC0415 -- reads a table

    codes = {one.municipality_code for one in problem.participants}
    codes |= {one.municipality_code for one in problem.sites}
    names = municipalities()
    return {
        code: keep_organisation(unit, code, f"{names.get(code, code)} kommun", code)
        for code in sorted(codes)
    }


def _people(
    unit: Session, organisation: UUID, people: "Iterable[Participant]", kept: str
) -> "Counter[str]":
    """Keep the participants of a municipality, and their supervisors; how many each has."""
    loads = Counter(one.supervisor_id for one in people if one.supervisor_id)
    users = {
        login: seeding.keep_user(
            unit,
            NewUser(
                login=login,
                name=f"Handledare {login.upper()}",
                role=Role.SUPERVISOR,
                password_hash=kept,
                organisation_id=organisation,
            ),
        )
        for login in sorted(loads)
    }
    keep_all(
        unit,
        organisation,
        [(one, [users[one.supervisor_id]] if one.supervisor_id else []) for one in people],
    )
    return loads


def _team(loads: "Counter[str]") -> list[Account]:
    """The supervisor with most participants."""
    if not loads:
        return []
    busiest = max(sorted(loads), key=lambda login: loads[login])
    return [Account(login=busiest, role=Role.SUPERVISOR)]


def _seat(unit: Session, organisations: "Mapping[str, UUID]", problem: "Problem") -> None:
    """Give everybody who has a place the seat; a stranger's is the site's municipality's."""
    found: dict[str, list[Placement]] = defaultdict(list)
    for one in problem.placements:
        person = problem.participant.get(one.participant_id)
        site = problem.site[problem.opening[one.opening_id].site_id]
        code = person.municipality_code if person else site.municipality_code
        found[code].append(one)
    for code, some in found.items():
        into = Sitting(organisation_id=organisations[code], offer_days=OFFER_DAYS)
        seat_placements(unit, into, replace(problem, placements=tuple(some)))


def _others(
    unit: Session, organisations: "Mapping[str, UUID]", problem: "Problem", kept: str
) -> list[Account]:
    """A coordinator in each municipality, the largest provider's manager, and the two at large."""
    seats: Counter[str] = Counter()
    for opening in problem.openings:
        seats[problem.site[opening.site_id].provider_id] += opening.seats
    busiest = max(sorted(seats), key=lambda code: seats[code], default=None)
    new = [
        NewUser(
            login=f"samordnare-{code}",
            name=f"Samordnare {code}",
            role=Role.COORDINATOR,
            password_hash=kept,
            organisation_id=organisation,
        )
        for code, organisation in organisations.items()
    ]
    if busiest is not None:
        new.append(
            NewUser(
                login=f"anordnare-{busiest.lower()}",
                name="Platsansvarig",
                role=Role.PROVIDER_MANAGER,
                password_hash=kept,
                provider_id=seeding.provider_id(unit, busiest),
            )
        )
    for role, login, name in (
        (Role.ANALYST, "analytiker", "Analytiker"),
        (Role.ADMIN, "administrator", "Administratör"),
    ):
        new.append(NewUser(login=login, name=name, role=role, password_hash=kept))
    for one in new:
        seeding.keep_user(unit, one)
    return [Account(login=one.login, role=one.role) for one in new]
