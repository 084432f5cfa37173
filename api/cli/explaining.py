"""``explain``: a plan is asked why it has somebody where it has them, and what it would take."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.answers import InPlan, notes
from api.cli.options import AsJson, DataSet, FormerFolder, PlanFolder, TravelStore
from api.cli.screen import Screen
from api.cli.stood import Asked, stood, written
from api.cli.telling import Telling
from api.matching.advice import Answer
from api.matching.reasons import Reasons, who_could_come
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
    asked = stood(screen, written(plan_folder, former), dataset, travel)
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


def recommend(screen: Screen, asked: Asked, participant: str) -> None:
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
