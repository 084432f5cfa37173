"""``insight``: what would open more doors, over all participants at once, no single one shown."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api import texts
from api.cli.answers import notes
from api.cli.options import AsJson, DataSet, FormerFolder, PlanFolder, TravelStore
from api.cli.screen import ROWS_SHOWN, Screen
from api.cli.stood import stood, written
from api.matching.advice import Answer, where
from api.texts import Language

if TYPE_CHECKING:
    from matcher.domain import Barrier, Problem, SiteId
    from matcher.policy import GoalName, Policy
    from matcher.solve.standing import Standing

Notes = tuple[tuple[str, str], ...]


class Price(StrEnum):
    """The goals whose price in points can be asked for."""

    NORM_GOALS = "norm_goals"
    PLACED = "placed"
    WAITING = "waiting"


PriceOf = Annotated[
    Price | None,
    typer.Option(help="Only what one more of this goal costs in points."),
]


def insight(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    dataset: DataSet,
    plan_folder: PlanFolder,
    *,
    former: FormerFolder = None,
    travel: TravelStore = None,
    price: PriceOf = None,
    as_json: AsJson = False,
) -> None:
    """For those who plan: what more seats, fewer barriers and answers would be worth."""
    screen = Insights(context.obj, as_json=as_json)
    plan = written(plan_folder, former)
    if price is not None and not _has_price(plan.found.policy, price):
        raise screen.no_price(plan.found.policy)
    asked = stood(screen, plan, dataset, travel)
    standing = asked.standing
    known = tuple(_notes(standing, screen.language, price, remade=asked.remade > 0))
    about = {"sameDataSet": asked.same_data, "proven": standing.proven, "notes": notes(known)}
    with screen.working("insight"):
        if price is None:
            answer = everything(standing, screen.language)
        else:
            answer = {"curve": curve(standing, price)}
    screen.shown(about | answer, standing.names)


def _has_price(policy: "Policy", goal: str) -> bool:
    """Whether a goal stands before points."""
    from matcher.policy import GoalName

    names = policy.goals
    return GoalName.POINTS in names and goal in names[: names.index(GoalName.POINTS)]


def _notes(
    standing: "Standing", language: Language, price: Price | None, *, remade: bool
) -> Iterator[tuple[str, str]]:
    """What is worth knowing before the answer: codes and sentences."""
    if remade:
        yield "remade", texts.say(language, "insights.remade")
    if not standing.proven:
        yield "not_proven", texts.say(language, "explain.not_proven")
    counted = _counted(standing, price)
    left = [name for name in standing.policy.goals if name not in counted]
    if left:
        words = texts.joined([texts.say(language, f"goals.{name}") for name in left], language)
        yield "not_counted", texts.say(language, "insights.not_counted", goals=words)


def _counted(standing: "Standing", price: Price | None) -> "tuple[GoalName, ...]":
    """The goals that play a part: on a curve those before its goal, that goal, and points."""
    from matcher.policy import GoalName

    names = standing.names
    if price is None:
        return names
    return (*names[: names.index(GoalName(price)) + 1], GoalName.POINTS)


def everything(standing: "Standing", language: Language) -> Answer:
    """Every row of every insight, as plain values: the ones that matter most first."""
    from matcher import insight as engine
    from matcher.domain import Barrier

    problem, table, policy = standing.problem, standing.table, standing.policy
    municipality = _municipalities()
    field = _fields(language)
    return {
        "seats": [
            {
                "openingId": one.opening_id,
                **where(problem, one.opening_id),
                "goals": _goals(one.goals),
                "proven": one.proven,
            }
            for one in engine.seats(standing)
        ],
        "siteBarriers": [
            {
                **_site(problem, one.site_id),
                "barrier": _barrier(one.barrier, language),
                "participants": one.participants,
                "goals": _goals(one.goals),
                "proven": one.proven,
            }
            for one in engine.site_barriers(standing)
        ],
        "unknownAnswers": [
            {
                **_site(problem, one.site_id),
                "openingId": one.opening_id,
                "title": where(problem, one.opening_id)["title"] if one.opening_id else None,
                "field": one.field,
                "text": texts.say(language, f"survey.{one.field}"),
                "participants": one.participants,
            }
            for one in engine.unknown_answers(table, policy)
        ],
        "unmetDemand": [
            {
                "field": one.field,
                "fieldName": field.get(one.field, one.field),
                "municipalityCode": one.municipality_code,
                "municipality": municipality.get(one.municipality_code, one.municipality_code),
                "barrier": (
                    _barrier(Barrier(code=one.barrier_code), language)
                    if one.barrier_code
                    else None
                ),
                "participants": one.participants,
            }
            for one in engine.unmet_demand(table, policy)
        ],
        "supervisors": _supervisors(standing),
    }


def curve(standing: "Standing", price: Price) -> Answer:
    """What a goal costs in points: each corner of the curve, least of the goal first."""
    from matcher.insight import price_curve
    from matcher.policy import GoalName

    found = price_curve(standing, GoalName(price))
    return {
        "goal": price,
        "corners": [
            {"value": corner.value, "points": corner.points, "oneMoreCosts": costs}
            for corner, costs in zip(found.corners, (*found.prices, None), strict=True)
        ],
        "now": {"value": found.now.value, "points": found.now.points},
        "proven": found.proven,
        "whole": found.whole,
    }


def _supervisors(standing: "Standing") -> list[Answer]:
    from matcher.insight import supervisor_load

    return [
        {
            "supervisorId": one.supervisor_id,
            "participants": one.participants,
            "looking": one.looking,
            "placed": one.placed,
            "unplaced": one.unplaced,
        }
        for one in supervisor_load(standing)
    ]


def _municipalities() -> Mapping[str, str]:
    from data.reference import municipalities

    return municipalities()


def _fields(language: Language) -> Mapping[str, str]:
    """What each occupation field is called."""
    from data.reference import fields

    return {row["field"]: row[f"label_{language}"] for row in fields() if row[f"label_{language}"]}


def _goals(goals: "Mapping[GoalName, int]") -> Answer:
    return {str(name): change for name, change in goals.items()}


def _barrier(barrier: "Barrier", language: Language) -> Answer:
    text = texts.barrier_sentence(barrier, language)
    return {"code": barrier.code, "detail": barrier.detail, "text": text}


def _site(problem: "Problem", site_id: "SiteId") -> Answer:
    site = problem.site[site_id]
    code = site.municipality_code
    return {
        "siteId": site_id,
        "site": site.name or site_id,
        "municipality": _municipalities().get(code, code),
    }


class Insights(Screen):
    """A screen that shows insights as tables."""

    def shown(self, answer: Answer, names: "Sequence[GoalName]") -> None:
        """The largest rows of each insight, or the curve of a price."""
        if self.as_json:
            self._json(answer)
            return
        for note in answer["notes"]:
            self._print(note["text"])
        if "curve" in answer:
            self._curve(answer["curve"], proven=answer["proven"])
        else:
            self._all(answer, names)
        self._print("\n" + self._say("person_decides"))

    def no_price(self, policy: "Policy") -> typer.BadParameter:
        """The goal whose price is asked for does not stand before points."""
        goals = ", ".join(policy.goals)
        return typer.BadParameter(self._say("no_price", goals=goals), param_hint="--price")

    def _all(self, answer: Answer, names: "Sequence[GoalName]") -> None:
        seats, barriers = answer["seats"], answer["siteBarriers"]
        self._print(self._say("protected"))
        heads = [f"{self._say(f'head_{name}')}: {self._goal(name)}" for name in names]
        self._print(self._say("about", goals="; ".join(heads)))
        self._section(
            "seats",
            ("opening", "place", "where"),
            names,
            [(r["openingId"], r["title"], r["municipality"], *self._added(r)) for r in seats],
        )
        self._section(
            "site_barriers",
            ("site", "barrier"),
            ("people", *names),
            [
                (r["site"], r["barrier"]["text"], self._people(r), *self._added(r))
                for r in barriers
            ],
        )
        self._section(
            "unknown_answers",
            ("site", "place", "question"),
            ("people",),
            [
                (r["site"], r["title"] or "-", r["text"], self._people(r))
                for r in answer["unknownAnswers"]
            ],
        )
        self._section(
            "unmet_demand",
            ("field", "where", "barrier"),
            ("people",),
            [
                (r["fieldName"], r["municipality"], self._between(r), self._people(r))
                for r in answer["unmetDemand"]
            ],
        )
        self._section(
            "supervisors",
            ("supervisor",),
            ("people", "looking", "with_place", "without"),
            [
                (
                    r["supervisorId"] or self._say("no_supervisor"),
                    *map(self._number, (r["participants"], r["looking"])),
                    *map(self._number, (r["placed"], r["unplaced"])),
                )
                for r in answer["supervisors"]
            ],
        )
        rows = sum(not row["proven"] for row in (*seats, *barriers))
        if rows and answer["proven"]:
            self._print("\n" + self._say("rows_not_proven", rows=rows))

    def _section(
        self, key: str, words: Sequence[str], numbers: Sequence[str], rows: list[tuple[str, ...]]
    ) -> None:
        """A heading with how many rows there are, and the first of them."""
        self._print(f"\n{self._say(key)} ({self._number(len(rows))})")
        if rows:
            self._numbered(words, numbers, rows[:ROWS_SHOWN])
        if len(rows) > ROWS_SHOWN:
            self._print("  " + self._say("more_json", more=len(rows) - ROWS_SHOWN))

    def _numbered(
        self, words: Sequence[str], numbers: Sequence[str], rows: Sequence[tuple[str, ...]]
    ) -> None:
        """A table whose last columns are numbers, and stand to the right under their heads."""
        heads = (*words, *numbers)
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        wide = [
            max(width, len(self._say(f"head_{head}")))
            for head, width in zip(heads, widths, strict=True)
        ]
        first = len(words)
        cells = [
            (
                *row[:first],
                *(c.rjust(w) for c, w in zip(row[first:], wide[first:], strict=True)),
            )
            for row in rows
        ]
        self._table(heads, cells)

    def _curve(self, found: Answer, *, proven: bool) -> None:
        self._print(self._say("price", goal=self._goal(found["goal"])))
        rows = [
            (
                self._number(corner["value"]),
                self._number(corner["points"]),
                self._costs(corner["oneMoreCosts"]),
            )
            for corner in found["corners"]
        ]
        self._numbered((), ("value", "points", "costs"), rows)
        if len(rows) == 1:
            self._print(self._say("nothing_to_trade"))
        self._print(self._say("now", **found["now"]))
        if proven and not found["proven"]:
            self._print(self._say("curve_not_proven"))
        if not found["whole"]:
            self._print(self._say("curve_cut"))

    def _goal(self, name: str) -> str:
        return texts.say(self.language, f"goals.{name}")

    def _costs(self, costs: float | None) -> str:
        return "-" if costs is None else texts.number(self.language, costs, 1)

    def _added(self, row: Answer) -> Iterator[str]:
        """What a row adds to each goal, with its sign."""
        for change in row["goals"].values():
            yield f"{'+' if change > 0 else ''}{self._number(change)}"

    def _people(self, row: Answer) -> str:
        return self._number(row["participants"])

    def _between(self, row: Answer) -> str:
        barrier = row["barrier"]
        text: str = self._say("no_opening") if barrier is None else barrier["text"]
        return text

    def _say(self, key: str, **params: object) -> str:
        own = key in texts.GROUPS[self.language]["insights"]
        if own:
            return texts.say(self.language, f"insights.{key}", **params)
        return super()._say(key, **params)
