"""How codes and figures of the engine are said in a report."""

from dataclasses import dataclass

from api import texts
from api.reports.findings import Findings
from api.reports.parts import Cell, Column, Kind
from api.texts import Language
from data import reference
from matcher.balance.disclosure import ProtectedTable, Reason
from matcher.balance.figures import Share
from matcher.balance.words import NOT_GIVEN, SEXES, Few
from matcher.domain import BarrierCode

SEXES_AND_ALL = (*SEXES, None)
NONE = "-"


@dataclass(frozen=True, eq=False)
class Speaker:
    """Says what was found, in a language."""

    found: Findings
    language: Language

    def say(self, key: str, **params: object) -> str:
        """A sentence of reports."""
        return texts.say(self.language, f"report.{key}", **params)

    def noise(self, key: str, **params: object) -> str:
        """A sentence of figures that are changed at random."""
        return texts.say(self.language, f"noising.{key}", **params)

    def word(self, key: str, **params: object) -> str:
        """A word of reports."""
        return texts.say(self.language, f"report_words.{key}", **params)

    def caption(self, code: str, **params: object) -> str:
        """What a table is called."""
        return texts.say(self.language, f"report_sheets.{code}", **params)

    def number(self, value: float, decimals: int | None = None) -> str:
        """A number as the language writes it."""
        return texts.number(self.language, value, decimals)

    def named(self, dimension: str, code: str | None) -> str:
        """What a code of a dimension is called; None is everybody."""
        if code is None:
            return self.word("all")
        if code == NOT_GIVEN:
            return self.word("not_given")
        if dimension in {"age", "hours", "caseload"}:
            return self._band(code)
        if dimension == "branch":
            return self._branch(code)
        if dimension == "stands_between":
            return self._between(code)
        group, key = "report_words", f"{dimension}_{code}"
        if dimension == "reason":  # said in the same words where somebody gives it
            group, key = "page_reason", code
        return texts.GROUPS[self.language][group].get(key, code)

    def _band(self, code: str) -> str:
        """A band of numbers, such as ``-24``, ``25-34`` or ``55-``."""
        low, _, high = code.partition("-")
        if not low:
            return self.word("band_up", high=high)
        return f"{low}\N{EN DASH}{high}" if high else self.word("band_from", low=low)

    def _branch(self, code: str) -> str:
        """A field, or a group with its code."""
        fields = reference.field_labels(self.language)
        if code in fields:
            return fields[code] or code
        group = self.found.occupations.get(code)
        swedish = self.language is Language.SWEDISH
        label = (group.label_sv if swedish else group.label_en) if group else ""
        return f"{code} {label}".strip()

    def _between(self, code: str) -> str:
        """What stands between somebody and a place."""
        group = "barriers" if code in set(BarrierCode) else "causes"
        return texts.say(self.language, f"{group}.{code if group == 'barriers' else code.lower()}")

    def stage(self, code: str) -> str:
        """What a stage is called."""
        return self.word(f"stage_{code}")

    def plain(self, text: str) -> Cell:
        """A cell of words."""
        return Cell(text=text)

    def count(self, value: int | Reason | None) -> Cell:
        """A count, or why it is hidden; None is hidden, too."""
        if value is None or isinstance(value, Reason):
            return Cell(text=self.say(f"why_{value or Reason.FEW}"), hidden=True)
        return Cell(text=self.number(value), number=value)

    def cell(self, table: ProtectedTable, *codes: str | None) -> Cell:
        """A count of a table."""
        return self.count(table.cell(*codes))

    def known(self, value: float | None, decimals: int | None = None) -> Cell:
        """A figure that there may be none of."""
        if value is None:
            return Cell(text=NONE)
        return Cell(text=self.number(value, decimals), number=value)

    def share(self, one: Share) -> Cell:
        """A percentage with its interval, or why there is none."""
        if one.percent is None:
            few = one.few or Few.HIDDEN
            words = self.say(f"few_{few}", floor=self.found.rules.floor)
            return Cell(text=words, hidden=few is Few.HIDDEN)
        key = "unsure" if one.few is Few.UNSURE else "interval"
        words = self.say(key, percent=one.percent, low=one.low, high=one.high)
        return Cell(text=words, number=one.percent, low=one.low, high=one.high)

    def few_note(self, rows: tuple[tuple[Cell, ...], ...]) -> str:
        """What is to be said below a table where somewhere there are too few people."""
        few = self.say("few_TOO_FEW", floor=self.found.rules.floor)
        said = any(cell.text == few for row in rows for cell in row)
        return self.say("few_note", floor=self.found.rules.floor) if said else ""

    def sexes(self) -> tuple[Column, ...]:
        """A column for each gender and one for all."""
        return tuple(Column(head=self.named("gender", sex)) for sex in SEXES_AND_ALL)

    def names(self, head: str) -> Column:
        """The first column, which names the rows."""
        return Column(head=self.word(head), kind=Kind.TEXT)
