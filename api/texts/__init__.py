"""Every sentence for people, in English and Swedish. The engine speaks in codes.

A key is a group and a code: ``goals.placed``. A template fills in by name; ``{days}`` is written
as the language writes numbers, ``{row:d}`` in plain digits, ``{days:day|days}`` with its noun.
A group may say the same code more fully when it knows more: ``out_of_range low high`` stands
beside ``out_of_range``, and the fullest whose parameters are all given is used.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from api.texts.writing import GROUPS, Language, number, plural, say, say_fully

if TYPE_CHECKING:  # the engine loads numpy; the texts must not
    from matcher.changes import Change
    from matcher.dataset.notices import Notice
    from matcher.domain import Barrier
    from matcher.errors import Fault
    from matcher.explain import Journey, Question
    from matcher.explain.reasons import WhyNot
    from matcher.explain.remedies import Step
    from matcher.outcome import Effect
    from matcher.verify import Violation

__all__ = [
    "GROUPS",
    "Language",
    "Placed",
    "barrier_sentence",
    "day_words",
    "effect_sentence",
    "fault_sentence",
    "half_days",
    "import_sentence",
    "joined",
    "journey_words",
    "notice_sentence",
    "number",
    "plural",
    "question_sentence",
    "reason_sentence",
    "say",
    "search_sentence",
    "step_free_sentence",
    "step_words",
    "violation_sentence",
    "way_sentence",
]

_NOT_TABLES = frozenset(
    {
        *("folder_missing", "file_missing", "not_a_file", "not_a_zip", "table_ignored"),
        *("former_missing", "former_unasked", "former_differs"),
        *("change_unreadable", "change_refused", "table_unknown"),
    }
)
_HALF_DAYS = frozenset({"available", "sessions"})
_SEATS = frozenset({"seats", "session_seats"})


class Placed(Protocol):
    """Something that is said of a place in a table or a file."""

    @property
    def code(self) -> str:
        """What."""

    @property
    def table(self) -> str | None:
        """Where: the table or file."""

    @property
    def row(self) -> int | None:
        """Which row, as in a spreadsheet."""

    @property
    def column(self) -> str | None:
        """Which column."""

    @property
    def params(self) -> Mapping[str, str | int]:
        """What fills the sentence."""


def half_days(sessions: int, language: Language) -> str:
    """A set of half-days in the order of the week: ``Mon am, Tue pm``."""
    names = GROUPS[language]["half_days"].values()
    chosen = [name for bit, name in enumerate(names) if sessions >> bit & 1]
    return ", ".join(chosen) or say(language, "frames.no_half_days")


def fault_sentence(fault: "Fault", language: Language) -> str:
    """Where a fault stands, what stands there if that may be shown, and what was expected."""
    params = dict(fault.params)
    reason = params.pop("withheld", None)
    known = {
        "place": _place(fault, language),
        "text": say_fully(language, "faults", fault.code, params),
    }
    if fault.value is not None:
        return say(language, "frames.found", value=fault.value, **known)
    sentence = say(language, "frames.fault", **known)
    return sentence if reason is None else f"{sentence} {say(language, f'withheld.{reason}')}"


def import_sentence(fault: Placed, language: Language) -> str:
    """Where something stands that cannot be brought in, and why; not what stands there."""
    own = GROUPS[language]["imports"]
    code, params = str(fault.code), dict(fault.params)
    params.pop("withheld", None)
    text = own[code] if code in own else say_fully(language, "faults", code, params)
    if not fault.table:
        return text
    return say(language, "frames.fault", place=_place(fault, language), text=text)


def notice_sentence(notice: "Notice", language: Language) -> str:
    """What is no fault but worth knowing, and where it stands."""
    text = say_fully(language, "notices", notice.code, notice.params)
    sentence = say(language, "frames.fault", place=_place(notice, language), text=text)
    reason = notice.params.get("withheld")
    return sentence if reason is None else f"{sentence} {say(language, f'withheld.{reason}')}"


def barrier_sentence(
    barrier: "Barrier",
    language: Language,
    *,
    limit: int | None = None,
    journey: "Journey | None" = None,
) -> str:
    """Why somebody cannot have a place.

    Args:
        barrier: the code and what it is about.
        language: of the sentence.
        limit: what it is held against, where there is such a number: the minutes the participant
            can travel, the opening's hours or age, the half-days a week.
        journey: with its band, where the minutes are estimated.
    """
    params = _about(barrier, language) | _given(limit=limit)
    if journey is not None:
        params |= _given(low=journey.low, high=journey.high)
    return say_fully(language, "barriers", barrier.code, params)


def question_sentence(
    question: "Question",
    language: Language,
    *,
    limit: int | None = None,
    journey: "Journey | None" = None,
) -> str:
    """Whom to ask, and the very question.

    Args:
        question: what, and whom.
        language: of the sentence.
        limit: the minutes the participant can travel.
        journey: with its band, where the minutes are estimated.
    """
    barrier = question.barrier
    params = _about(barrier, language)
    code = str(barrier) if "need" in params else str(barrier.code)
    params |= _given(limit=limit)
    if journey is not None:
        params |= _given(low=journey.low, high=journey.high)
    text = say_fully(language, "questions", code, params)
    return say(language, f"asking.{question.whom}", question=text)


def step_free_sentence(journey: "Journey", language: Language) -> str | None:
    """What to ask of a journey not known to be without steps; None where nothing is asked."""
    if journey.ask is None:
        return None
    question = say(language, f"step_free.ask_{journey.step_free}")
    asked = say(language, f"asking.{journey.ask}", question=question)
    return say(language, f"step_free.{journey.step_free}", asked=asked)


def search_sentence(
    language: Language, *, refusal: str | None, trouble: str | None, places: int
) -> str | None:
    """What became of looking up a place's name; None where there is one place of that name.

    Args:
        language: of the sentence.
        refusal: why the name is not looked up at all, as a code, if it is not.
        trouble: why the server did not answer, as a code, if it did not.
        places: how many places have the name.
    """
    if refusal is not None:
        return say(language, f"place_refusals.{refusal}")
    if trouble is not None:
        return say(language, "searches.failed", why=say(language, f"troubles.{trouble}"))
    if places > 1:
        return say(language, "searches.several", places=places)
    return None if places else say(language, "searches.nobody_knows")


def violation_sentence(violation: "Violation | str", language: Language) -> str:
    """Which rule a plan breaks, and where; from a violation or from its text."""
    rule, _, where = str(violation).partition(" ")
    group = "violations" if rule in GROUPS[language]["violations"] else "barriers"
    return ": ".join(part for part in (where, say(language, f"{group}.{rule}")) if part)


def journey_words(journey: "Journey", language: Language) -> str:
    """A journey in a few words; an estimate with its band."""
    if journey.from_home:
        return say(language, "frames.from_home")
    params = _given(minutes=journey.minutes, low=journey.low, high=journey.high)
    return say_fully(language, "reach", journey.reach.name, params)


def day_words(day: date, language: Language) -> str:
    """A day with its month in words: ``12 January 2027``."""
    return f"{day.day} {say(language, f'months.{day.month}')} {day.year}"


def joined(parts: Sequence[str], language: Language) -> str:
    """``a, b and c``."""
    *first, last = parts
    if not first:
        return last
    many = first[0]
    for part in first[1:]:
        many = say(language, "ways.list", first=many, second=part)
    return say(language, "ways.and", first=many, second=last)


def step_words(step: "Step", language: Language, *, place: str | None = None) -> str:
    """A step as a condition: who would change what, from what to what.

    Args:
        step: the changes, and what stood there before them.
        language: of the words.
        place: what the opening, site or provider is called; "the place" where that is clear.
    """
    where = _given(place=place)
    if step.dimension == "survey":
        return _survey_words(step, language, where)
    (change,), (before,) = step.changes, step.before
    params = _stepped(change, before, language) | where
    return say_fully(language, "steps", f"{change.subject}.{change.name}", params)


def way_sentence(steps: Sequence[str], place: str | None, language: Language) -> str:
    """Steps, in words, and the place that they would give; None: they take away its barriers."""
    words = _clauses(steps, language)
    said = words[:1].upper() + words[1:]
    if place is None:
        return say(language, "ways.open_then", steps=said)
    return say(language, "ways.then", steps=said, place=place)


def effect_sentence(effect: "Effect", language: Language) -> str:
    """What a choice would do to the plan: the first goal that falls, and to how many others."""
    others = {name: getattr(effect, name) for name in ("lose", "gain", "move")}
    changed = next((change for change in effect.goals.values() if change), 0)
    fallen = next((name for name, change in effect.goals.items() if change < 0), None)
    if not changed and not any(others.values()):
        return say(language, "effects.same")
    parts = [say(language, "effects.better")] if changed > 0 else []
    if fallen is not None:
        parts.append(say(language, f"falls.{fallen}", less=-effect.goals[fallen]))
    if not effect.lose:
        parts.append(say(language, "effects.nobody_loses"))
    parts += [say(language, f"effects.{name}", others=n) for name, n in others.items() if n]
    return " ".join(parts)


def reason_sentence(found: "WhyNot", language: Language) -> str:
    """Why a plan does not have somebody at an opening; each barrier has its own sentence."""
    if found.effect is not None and any(found.effect.goals.values()):
        return effect_sentence(found.effect, language)
    params = {"barriers": len(found.barriers)} if found.barriers else {}
    sentence = say_fully(language, "reasons", found.reason, params)
    if found.effect is None:
        return sentence
    return f"{sentence} {effect_sentence(found.effect, language)}"


def _clauses(clauses: Sequence[str], language: Language) -> str:
    """Conditions that must all hold: ``if this, and if that``."""
    said = clauses[0]
    for clause in clauses[1:]:
        said = say(language, "ways.both", first=said, second=clause)
    return said


def _survey_words(step: "Step", language: Language, where: Mapping[str, object]) -> str:
    """What a site would change, and what it would confirm since nobody knows."""
    things: dict[str, list[str]] = {"change": [], "confirm": []}
    for change, before in zip(step.changes, step.before, strict=True):
        group = things["confirm" if before is None else "change"]
        group.append(_asked_words(change, language))
    clauses = [
        say_fully(
            language, "steps", f"survey.{kind}", {"things": joined(asked, language), **where}
        )
        for kind, asked in things.items()
        if asked
    ]
    return _clauses(clauses, language)


def _asked_words(change: "Change", language: Language) -> str:
    """An answer of the survey in words."""
    named = f"{change.name}={change.value}"
    code = named if named in GROUPS[language]["asked"] else change.name
    return say(language, f"asked.{code}", answer=change.value)


def _stepped(change: "Change", before: object, language: Language) -> dict[str, object]:
    """From what to what a change goes: numbers, days, or only what is added."""
    after = change.value
    if isinstance(after, date):
        days = {"after": after, "before": before}
        return {k: day_words(day, language) for k, day in days.items() if isinstance(day, date)}
    if isinstance(after, frozenset) and change.name == "enrolled_with":
        new = sorted(after - before if isinstance(before, frozenset) else after)
        return {"authority": joined([say(language, f"authorities.{a}") for a in new], language)}
    if not isinstance(after, int):
        return {}
    if change.name in _HALF_DAYS:
        added = after & ~before if isinstance(before, int) else after
        return {"more": added.bit_count(), "half_days": half_days(added, language)}
    if change.name in _SEATS:
        return {"more": after - before} if isinstance(before, int) else {}
    return {"after": after} | _given(before=before)


def _given(**params: object) -> dict[str, object]:
    """The parameters that are known."""
    return {name: value for name, value in params.items() if value is not None}


def _place(found: Placed, language: Language) -> str:
    """Where something stands: in a table by row and column, in a file by line and setting."""
    file = found.code in _NOT_TABLES or "." in (found.table or "")
    kind = "unnamed" if not found.table else "file" if file else "table"
    parts = [say(language, f"places.{kind}", table=found.table)]
    if found.row is not None:
        parts.append(say(language, f"places.{'line' if file else 'row'}", row=found.row))
    if found.column is not None:
        name = "setting" if file else "column"
        parts.append(say(language, f"places.{name}", column=found.column))
    return ", ".join(parts)


def _about(barrier: "Barrier", language: Language) -> dict[str, object]:
    """What a barrier is about: a need by its name, or minutes."""
    detail = barrier.detail
    if detail.isdecimal():
        return {"minutes": int(detail)}
    names = GROUPS[language]["needs"]
    return {"need": names[detail]} if detail in names else {}
