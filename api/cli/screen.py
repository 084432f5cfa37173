"""What the command line shows: sentences from ``api.texts``, or the same in JSON."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from api import texts
from api.cli import answers
from api.cli.lines import Lines
from api.cli.progress import Doing
from api.matching.advice import Answer
from api.texts import Language

if TYPE_CHECKING:
    from matcher.dataset import Dataset, Notice, PlanReport
    from matcher.domain import Problem
    from matcher.errors import BadInputError, PlanRejectedError
    from matcher.explain import Recommendation
    from matcher.insight import BarrierCount
    from matcher.outcome import Outcome
    from matcher.solve.door import Progress
    from matcher.verify import Violation

FAULTS_SHOWN = 50
ROWS_SHOWN = 10
WIDTH = 120
"""Columns of a table that is not shown on a terminal."""
FALLS_AWAY_SHOWN = 15


class Screen:
    """Where a command speaks: answers to stdout, progress and what goes wrong to stderr."""

    def __init__(self, language: Language, *, quiet: bool = False, as_json: bool = False) -> None:
        """Speak a language; ``quiet`` says only what goes wrong, ``as_json`` answers in JSON."""
        self.language = language
        self.quiet = quiet
        self.as_json = as_json

    @classmethod
    def of(cls, context: typer.Context, *, quiet: bool, as_json: bool) -> "Screen":
        """The screen of a command, in the language asked for."""
        return cls(context.obj, quiet=quiet, as_json=as_json)

    @contextmanager
    def working(self, stage: str) -> Iterator[Callable[["Progress"], None]]:
        """Show what is being done and how long it takes, where a person is watching."""
        if self.quiet or not _is_terminal(sys.stderr):
            yield lambda _: None
            return
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        doing = Doing(self.language)
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False))
        console = Console(stderr=True)
        with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as line:
            task = line.add_task(self._say(f"stage_{stage}"), total=None)
            yield lambda told: line.update(task, description=doing.words(told))

    def faults(self, error: "BadInputError") -> None:
        """Every fault of the input, one a line; many are cut, with a count."""
        for fault in error.faults[:FAULTS_SHOWN]:
            self._tell(texts.fault_sentence(fault, self.language))
        number = len(error.faults) + error.left_out
        more = number - FAULTS_SHOWN
        if more > 0:
            self._tell(self._say("more_faults", more=more))
        self._tell(self._say("faults", faults=number))

    def our_bug(self, error: "PlanRejectedError") -> None:
        """A plan of ours that the verifier refuses."""
        for violation in error.violations[:FAULTS_SHOWN]:
            self._tell(texts.violation_sentence(violation, self.language))
        self._tell(self._say("our_bug"))

    def not_written(self, error: OSError) -> None:
        """A file or folder that cannot be read or written."""
        reason = error.strerror or type(error).__name__
        self._tell(self._say("no_file", file=error.filename or "-", reason=reason))

    def cancelled(self) -> None:
        """Somebody stopped the planning; that they did is no fault."""
        self._tell(self._say("cancelled"))

    def no_plan(self, outcome: "Outcome") -> None:
        """Why there is no plan."""
        self._tell(texts.say(self.language, f"statuses.{outcome.status}"))
        self._tell(self._say("no_plan"))

    def no_participant(self, participant: str) -> None:
        """Somebody whom the data set does not have; a personal identity number is not repeated."""
        shown = _shown(participant)
        if shown is None:
            self._tell(self._say("personal_number"))
        else:
            self._tell(self._say("no_participant", participant=shown))

    def no_opening(self, opening: str) -> None:
        """An opening that the data set does not have; no personal identity number is repeated."""
        shown = _shown(opening)
        if shown is None:
            self._tell(texts.say(self.language, "explain.no_number"))
        else:
            self._tell(texts.say(self.language, "explain.no_opening", opening=shown))

    def other_data(self) -> None:
        """The plan that is asked was made from other files."""
        self._tell(self._say("other_data"))

    def notices(self, notices: Iterable["Notice"]) -> None:
        """What is no fault but worth knowing, on stderr."""
        if not self.quiet:
            for notice in notices:
                self._tell(texts.notice_sentence(notice, self.language))

    def checked(self, loaded: "Dataset") -> None:
        """A data set in order, with what it holds."""
        self.notices(loaded.notices)
        if self.as_json:
            self._json(answers.dataset(loaded))
        elif not self.quiet:
            problem = loaded.problem
            self._print(self._say("data_in_order"))
            self._print(
                self._say(
                    "data_holds",
                    participants=len(problem.participants),
                    providers=len(problem.providers),
                    sites=len(problem.sites),
                    openings=len(problem.openings),
                )
            )

    def generated(self, rows: Mapping[str, int], out: Path) -> None:
        """What was written where."""
        if not self.quiet:
            self._print(self._say("generated", rows=sum(rows.values()), folder=out))

    def verified(self, broken: tuple["Violation", ...], *, same_data: bool) -> None:
        """Whether a plan keeps the rules, and which it breaks."""
        if not same_data:
            self.other_data()
        if self.as_json:
            self._json(answers.verdict(broken, same_data=same_data))
        for violation in () if self.as_json else broken[:FAULTS_SHOWN]:
            self._tell(texts.violation_sentence(violation, self.language))
        if broken:
            self._tell(self._say("plan_breaks", times=len(broken)))
        elif not self.quiet and not self.as_json:
            self._print(self._say("plan_in_order"))

    def planned(
        self,
        problem: "Problem",
        report: "PlanReport",
        barriers: tuple["BarrierCount", ...],
        out: Path,
    ) -> None:
        """A plan: who was placed, the goals with their bounds, the commonest barriers, where."""
        outcome = report.outcome
        if self.as_json:
            self._json(answers.planned(problem, outcome, barriers, out))
            return
        self._placed(problem, report)
        self._goals(outcome)
        if barriers:
            self._barriers(barriers)
        self._print(self._say("plan_written", folder=out))
        self._print(self._say("person_decides"))

    def _placed(self, problem: "Problem", report: "PlanReport") -> None:
        outcome = report.outcome
        counts = answers.counts(outcome)
        self._print(self._say("placed", placed=counts["placed"], looking=counts["looking"]))
        if counts["pinned"]:
            self._print(self._say("pinned", pinned=counts["pinned"]))
        offered = len(problem.participants) - counts["looking"] - counts["pinned"]
        if offered:
            self._print(self._say("offered", offered=offered))
        self._rows(problem, outcome)
        plan = outcome.plan
        asking = sum(bool(row.ask) for row in plan.assignments) if plan else 0
        if asking:
            self._print(self._say("ask_first", people=asking))
        if report.journeys:
            self._print(self._say("ask_journeys", people=len(report.journeys)))
        causes = Counter(row.cause for row in plan.unplaced) if plan else Counter()
        for cause, people in sorted(causes.items()):
            words = texts.say(self.language, f"causes.{cause}")
            self._print("  " + self._say("unplaced", people=people, cause=words))

    def _rows(self, problem: "Problem", outcome: "Outcome") -> None:
        """The first rows of a plan, and how its journeys are to be read."""
        from matcher.travel.estimate import TRANSIT_BAND

        rows = answers.assignments(problem, outcome)
        heads = ("participant", "place", "where", "start", "half_days", "journey", "points")
        cells = [
            (
                row["participantId"],
                row["title"],
                row["municipality"],
                row["startsOn"] or "-",
                texts.half_days(row["sessions"], self.language),
                self._minutes(row),
                "-" if row["points"] is None else str(row["points"]),
            )
            for row in rows[:ROWS_SHOWN]
        ]
        if cells:
            self._table(heads, cells)
        if len(rows) > ROWS_SHOWN:
            self._print(self._say("more_rows", more=len(rows) - ROWS_SHOWN))
        if any(row["estimated"] and row["low"] is None for row in rows):
            less, more = TRANSIT_BAND
            self._print(self._say("estimated", less=less, more=more))

    def _minutes(self, row: Answer) -> str:
        if row["fromHome"]:
            return texts.say(self.language, "frames.from_home")
        if row["minutes"] is None:
            return "-"
        if row["low"] is not None:
            band = {name: row[name] for name in ("minutes", "low", "high")}
            return texts.say(self.language, "travel.minutes_band", **band)
        return self._say(
            "minutes_about" if row["estimated"] else "minutes", minutes=row["minutes"]
        )

    def _goals(self, outcome: "Outcome") -> None:
        self._print("")
        for goal in outcome.goals:
            name = texts.say(self.language, f"goals.{goal.name}")
            said = "goal_proven" if goal.proven else "goal_open"
            self._print("  " + self._say(said, goal=name, value=goal.value, bound=goal.bound))
        self._print(texts.say(self.language, f"statuses.{outcome.status}"))
        if outcome.cut:
            self._print(self._say("cut"))

    def _barriers(self, barriers: tuple["BarrierCount", ...]) -> None:
        self._print("\n" + self._say("commonest"))
        heads = ("barrier", "pairs", "alone", "people")
        number = self._number
        cells = [
            (
                texts.say(self.language, f"barriers.{count.code}"),
                number(count.pairs),
                number(count.alone),
                number(count.participants),
            )
            for count in barriers
        ]
        self._table(heads, cells)

    def explained(self, answer: Answer, lines: Iterable[str]) -> None:
        """An answer about a plan: in JSON, or in lines."""
        if self.as_json:
            self._json(answer)
            return
        for line in lines:
            self._print(line)
        self._print("\n" + self._say("person_decides"))

    def recommended(
        self, problem: "Problem", found: "Recommendation", in_plan: answers.InPlan | None = None
    ) -> None:
        """The three groups for one participant, and what each choice would do to a plan."""
        if self.as_json:
            self._json(answers.recommendation(problem, found, self.language, in_plan))
            return
        for _, note in in_plan.notes if in_plan else ():
            self._print(note)
        lines = Lines(problem, found, self.language, in_plan)
        for group, cut in (
            ("possible", None),
            ("to_check", None),
            ("falls_away", FALLS_AWAY_SHOWN),
        ):
            rows = lines.of(group)
            self._print(f"\n{self._say(group)} ({len(rows)})")
            for row in rows[:cut]:
                self._print(row)
            if cut is not None and len(rows) > cut:
                self._print("  " + self._say("more_json", more=len(rows) - cut))
        self._print("\n" + self._say("person_decides"))

    def _say(self, key: str, **params: object) -> str:
        return texts.say(self.language, f"cli.{key}", **params)

    def _number(self, value: int) -> str:
        return texts.number(self.language, value)

    def _print(self, text: str) -> None:
        typer.echo(text)

    def _tell(self, text: str) -> None:
        typer.echo(text, err=True)

    def _json(self, answer: object) -> None:
        import json

        unicode = "utf" in (getattr(sys.stdout, "encoding", None) or "").lower()
        typer.echo(json.dumps(answer, ensure_ascii=not unicode, indent=2))

    def _table(self, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
        from rich.console import Console
        from rich.table import Table

        table = Table(box=None, pad_edge=False, header_style="bold")
        numeric = {"pairs", "alone", "people", "points"}
        for head in heads:
            table.add_column(
                self._say(f"head_{head}"), justify="right" if head in numeric else "left"
            )
        for row in rows:
            table.add_row(*row)
        width = None if _is_terminal(sys.stdout) else WIDTH
        console = Console(highlight=False, markup=False, width=width)
        with console.capture() as captured:
            console.print(table)
        typer.echo(captured.get(), nl=False)


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is watching, whatever the environment says of colours."""
    return stream is not None and stream.isatty()


def _shown(text: str) -> str | None:
    """What somebody wrote, as it may be shown; None for a personal identity number."""
    from matcher.dataset.echo import echo

    shown, _ = echo(None, text)
    return shown
