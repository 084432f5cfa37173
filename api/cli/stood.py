"""A plan that was written, stood up on its data set, for the commands that ask it things."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api import texts
from api.cli.screen import Screen
from api.cli.travelling import on_store
from api.texts import Language

if TYPE_CHECKING:
    from matcher.dataset import FormerPlan, PlanFile
    from matcher.domain import ParticipantId
    from matcher.solve.standing import Standing


@dataclass(frozen=True, eq=False, kw_only=True)
class Written:
    """A plan as its folder has it, with the former plan that it keeps to, if any."""

    found: "PlanFile"
    former: "FormerPlan | None"


@dataclass(frozen=True, eq=False, kw_only=True)
class Asked:
    """A plan as it stands on a data set with that ``digest``.

    ``same_data``: the plan was made from these very data and travel times. ``remade``: to how many
    it would propose something else today.
    """

    standing: "Standing"
    digest: str
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


def written(folder: Path, former: Path | None) -> Written:
    """The plan of a folder.

    Raises:
        BadInputError: it cannot be read, or needs another former plan.
    """
    from matcher.dataset import check_same, read_former, read_plan

    found = read_plan(folder)
    earlier = read_former(former) if former else None
    check_same(found, earlier)
    return Written(found=found, former=earlier)


def stood(screen: Screen, plan: Written, dataset: Path, travel: Path | None) -> Asked:
    """A plan stood up on a data set; that it was made from others is told, and no hindrance.

    Known to be proven it is only on the very data it was made from. Where no former plan is given
    the plan itself is the one to stay near, should a change ask for ``stability``.
    """
    from matcher.dataset import load
    from matcher.solve.standing import stand

    found = plan.found
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
            former=plan.former.proposals if plan.former else found.plan.proposals,
            proven=same and all(goal.proven for goal in found.goals),
        )
    remade = len({name for name, _ in standing.proposals ^ found.plan.proposals})
    return Asked(standing=standing, digest=loaded.digest, same_data=same, remade=remade)
