"""``explain``: a plan is asked why it has somebody where it has them, and what it would take."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api import texts
from api.cli.answers import Answer, InPlan, notes
from api.cli.options import AsJson, DataSet, FormerFolder, PlanFolder, TravelStore
from api.cli.reasons import Reasons, who_could_come
from api.cli.screen import Screen
from api.cli.telling import Telling
from api.cli.travelling import on_store
from api.texts import Language

if TYPE_CHECKING:
    from matcher.domain import OpeningId, ParticipantId, Problem
    from matcher.explain import Recommendation
    from matcher.solve.standing import Standing

FAULTY = 2

Somebody = Annotated[
    str | None, typer.Argument(metavar="PARTICIPANT", help="The pseudonym.", show_default=False)
]
AnOpening = Annotated[
    str | None, typer.Option("--opening", metavar="ID", help="Why not here, or who could come.")
]


def explain(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    dataset: DataSet,
    plan_folder: PlanFolder,
    participant: Somebody = None,
    *,
    opening: AnOpening = None,
    former: FormerFolder = None,
    travel: TravelStore = None,
    as_json: AsJson = False,
) -> None:
    """Why a plan has somebody where it has them, why not elsewhere, and what it would take."""
    screen = Screen.of(context, quiet=False, as_json=as_json)
    if participant is None and opening is None:
        raise typer.BadParameter("Name a participant, an opening with --opening, or both.")
    asked = stood(screen, dataset, plan_folder, former, travel)
    problem, telling = asked.standing.problem, Telling(screen.language)
    name = None if participant is None else participant_of(problem, participant, screen)
    there = None if opening is None else _opening_of(problem, opening, screen)
    if name is not None and there is not None:
        answer = why_not_there(asked, name, there, screen.language)
        screen.explained(answer, telling.why_not(answer))
    elif name is not None:
        answer = about_one(asked, name, screen.language)
        screen.explained(answer, telling.about_one(answer))
    elif there is not None:
        answer = who(asked, there, screen.language)
        screen.explained(answer, telling.who(answer))


def recommend(screen: Screen, asked: "Asked", participant: str) -> None:
    """``recommend --plan``: each possible opening with what choosing it would do to the plan."""
    name = participant_of(asked.standing.problem, participant, screen)
    looking = asked.looking(name)
    found = _found(asked.standing, name, looking=looking)
    here = (a for a in asked.standing.plan.assignments if a.participant_id == name)
    in_plan = InPlan(
        looking=looking,
        here=next((a.opening_id for a in here), None),
        talk_about=_shortlist(asked.standing, found, looking=looking),
        notes=tuple(asked.notes(screen.language, name)),
    )
    screen.recommended(asked.standing.problem, found, in_plan)


def participant_of(problem: "Problem", name: str, screen: Screen) -> "ParticipantId":
    """The participant of a name; nobody of that name is told, and ends the command."""
    from matcher.domain import ParticipantId

    if name not in problem.participant:
        screen.no_participant(name)
        raise typer.Exit(FAULTY)
    return ParticipantId(name)


def _opening_of(problem: "Problem", name: str, screen: Screen) -> "OpeningId":
    from matcher.domain import OpeningId

    if name not in problem.opening:
        screen.no_opening(name)
        raise typer.Exit(FAULTY)
    return OpeningId(name)


@dataclass(frozen=True, eq=False, kw_only=True)
class Asked:
    """A plan as it stands. ``remade``: how many it would propose something else to today."""

    standing: "Standing"
    same_data: bool
    remade: int

    def looking(self, name: "ParticipantId") -> bool:
        """Whether somebody looks for a place."""
        from matcher.pairs import looking

        at = self.standing.problem.participant_at[name]
        return bool(looking(self.standing.table)[at])

    def notes(
        self, language: Language, name: "ParticipantId | None" = None
    ) -> Iterator[tuple[str, str]]:
        """What is worth knowing of the plan before it answers: codes and sentences."""
        if self.remade:
            yield "remade", texts.say(language, "explain.remade", people=self.remade)
        if not self.standing.proven:
            yield "not_proven", texts.say(language, "explain.not_proven")
        if name is not None and not self.looking(name):
            yield "not_looking", texts.say(language, "explain.not_looking", participant=name)


def stood(
    screen: Screen, dataset: Path, folder: Path, former: Path | None, travel: Path | None
) -> Asked:
    """The plan of a folder, stood up on a data set; other data are told of, and no hindrance."""
    from matcher.dataset import check_same, load, read_former, read_plan
    from matcher.outcome import Status
    from matcher.solve.standing import stand

    found = read_plan(folder)
    earlier = read_former(former) if former else None
    check_same(found, earlier)
    with screen.working("reading"):
        loaded = on_store(screen, load(dataset, found.plan_date), travel)
    same = found.digest == loaded.digest
    if not same:
        screen.other_data()
    with screen.working("planning"):
        standing = stand(
            loaded.problem,
            found.policy,
            found.plan.proposals,
            former=earlier.proposals if earlier else frozenset(),
            proven=same and found.status is Status.OPTIMAL,
        )
    otherwise = standing.proposals ^ found.plan.proposals
    remade = len({name for name, _ in otherwise})
    return Asked(standing=standing, same_data=same, remade=remade)


def _found(standing: "Standing", name: "ParticipantId", *, looking: bool) -> "Recommendation":
    """The three groups; with what each choice would do, for somebody who looks."""
    from matcher.explain import recommend as groups

    return groups(standing.table, standing.policy, name, standing if looking else None)


def _shortlist(
    standing: "Standing", found: "Recommendation", *, looking: bool
) -> tuple["OpeningId", ...]:
    from matcher.explain.shortlist import shortlist

    return shortlist(standing.problem, found) if looking else ()


def _base(asked: Asked, language: Language, name: "ParticipantId | None" = None) -> Answer:
    return {
        "sameDataSet": asked.same_data,
        "proven": asked.standing.proven,
        "notes": notes(asked.notes(language, name)),
    }


def about_one(asked: Asked, name: "ParticipantId", language: Language) -> Answer:
    """Where a plan has a participant and why, what stood beside, and what it would take."""
    from matcher.explain.nearest import nearest
    from matcher.explain.reasons import why

    standing, looking = asked.standing, asked.looking(name)
    found = _found(standing, name, looking=looking)
    reasons = Reasons(standing, found, language)
    told = why(standing, name)
    without = told.cause is not None
    return {
        "participantId": name,
        "looking": looking,
        **_base(asked, language, name),
        **reasons.in_the_plan(told),
        "nearest": reasons.nearest(nearest(standing, name)) if without else None,
        "shortlist": reasons.shortlist(_shortlist(standing, found, looking=looking)),
    }


def why_not_there(
    asked: Asked, name: "ParticipantId", opening_id: "OpeningId", language: Language
) -> Answer:
    """Why a plan does not have a participant at an opening."""
    from matcher.explain import recommend as groups
    from matcher.explain.reasons import why_not

    standing = asked.standing
    found = groups(standing.table, standing.policy, name)
    reasons = Reasons(standing, found, language)
    return {
        "participantId": name,
        "looking": asked.looking(name),
        **_base(asked, language, name),
        "whyNot": reasons.why_not(why_not(standing, name, opening_id)),
    }


def who(asked: Asked, opening_id: "OpeningId", language: Language) -> Answer:
    """For those who plan: who could come to an opening."""
    from matcher.explain import reverse

    found = reverse.who_could_come(asked.standing, opening_id)
    return _base(asked, language) | who_could_come(asked.standing, opening_id, found, language)
