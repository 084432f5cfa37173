"""Answers about a plan in lines, made from their plain values."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from api import texts
from api.matching.advice import Answer
from api.texts import Language

if TYPE_CHECKING:
    from matcher.explain import Journey

BEFORE = "  "
INDENT = "      "
SHOWN = 20
"""Of so many who could come to an opening it is told in lines."""
WISHES = 3
"""Of so many openings that fit a dearer wish it is told in lines what stood between."""


class Telling:
    """Plain values in words."""

    def __init__(self, language: Language) -> None:
        """Speak a language."""
        self._language = language

    def about_one(self, answer: Answer) -> Iterator[str]:
        """Where the plan has a participant, what stood beside, what it would take."""
        yield from self._notes(answer)
        yield from self._where(answer)
        yield from self._nearest(answer["nearest"])
        following = answer["nextBest"]
        if following is not None:
            yield from self._head("next_best")
            yield from self._why_not(following)
        told = following["openingId"] if following else None
        yield from self._better([one for one in answer["better"] if one["openingId"] != told])
        if answer["shortlist"]:
            yield from self._head("shortlist")
        for one in answer["shortlist"]:
            points = self._cli("points", points=one["points"])
            yield from (f"{self._place(one)}; {points}", INDENT + one["text"], *_asks(one))

    def why_not(self, answer: Answer) -> Iterator[str]:
        """Why a participant is not at an opening."""
        yield from self._notes(answer)
        yield from self._head("why_not")
        yield from self._why_not(answer["whyNot"])

    def who(self, answer: Answer) -> Iterator[str]:
        """Who could come to an opening."""
        yield from self._notes(answer)
        yield from self._head("who")
        yield f"{BEFORE}{answer['openingId']}  {_called(answer)}"
        rows = answer["who"]
        yield BEFORE + self._say("order" if rows else "nobody")
        for row in rows[:SHOWN]:
            yield BEFORE + row["text"]
            yield from _asks(row)
        if len(rows) > SHOWN:
            yield BEFORE + self._cli("more_json", more=len(rows) - SHOWN)

    def _notes(self, answer: Answer) -> Iterator[str]:
        """What is worth knowing; that a pinned placement is no search is said with it."""
        pinned = answer.get("placed") is not None
        for note in answer["notes"]:
            if note["code"] != "not_looking" or not pinned:
                yield note["text"]

    def _where(self, answer: Answer) -> Iterator[str]:
        """Where the plan has the participant and why, or why nowhere."""
        name, placed = answer["participantId"], answer["placed"]
        if placed is None:
            if answer["cause"] is not None:
                yield f"{self._say('nowhere', participant=name)} {answer['cause']['text']}"
            return
        yield self._say("pinned" if placed["pinned"] else "placed", participant=name)
        yield self._place(placed)
        if placed["barred"]:
            yield INDENT + self._say("barred_today")
        facts = []
        if placed["startsOn"]:
            day = date.fromisoformat(placed["startsOn"])
            facts.append(self._say("starts", day=texts.day_words(day, self._language)))
        half_days = ", ".join(self._text(f"half_days.{name}") for name in placed["halfDays"])
        if half_days:
            facts.append(self._say("half_days", half_days=half_days))
        if facts:
            yield INDENT + "; ".join(facts)
        for code in ("needs_met", "wants_met"):
            met = [self._text(f"needs.{need}") for need in placed[_FIELDS[code]]]
            if met:
                yield INDENT + self._say(code, needs=", ".join(met))
        yield from _asks(placed)
        if placed["criteria"]:
            yield INDENT + self._say("points", points=placed["points"])
        yield from (f"{INDENT}{BEFORE}{one['text']}" for one in placed["criteria"])

    def _better(self, rows: list[Answer]) -> Iterator[str]:
        """Dearer wishes, and what stood between."""
        if rows:
            yield from self._head("better")
        for one in rows[:WISHES]:
            yield from self._why_not(one)
        if len(rows) > WISHES:
            yield BEFORE + self._cli("more_json", more=len(rows) - WISHES)

    def _nearest(self, found: Answer | None) -> Iterator[str]:
        """The smallest steps to a place."""
        if found is None:
            return
        yield from self._head("nearest")
        for way in found["ways"]:
            yield from (BEFORE + way["text"], *_asks(way))
        yield BEFORE + found["text"]

    def _why_not(self, found: Answer) -> Iterator[str]:
        yield self._place(found)
        if not found["barriers"]:
            yield INDENT + found["text"]
        for barrier in found["barriers"]:
            whom = barrier["removableBy"]
            remover = f" {self._text(f'removing.{whom}')}" if whom else ""
            yield f"{INDENT}{barrier['text']}{remover}"
        yield from _asks(found)

    def _place(self, row: Answer) -> str:
        journey = texts.journey_words(_journey(row["journey"]), self._language)
        return f"{BEFORE}{row['openingId']}  {_called(row)}; {journey}"

    def _head(self, code: str) -> tuple[str, str]:
        return "", self._say(code)

    def _say(self, code: str, **params: object) -> str:
        return self._text(f"explain.{code}", **params)

    def _cli(self, code: str, **params: object) -> str:
        return self._text(f"cli.{code}", **params)

    def _text(self, key: str, **params: object) -> str:
        return texts.say(self._language, key, **params)


_FIELDS = {"needs_met": "needsMet", "wants_met": "wantsMet"}


def _asks(row: Answer) -> list[str]:
    """What to ask about an opening and about the journey there, and whom."""
    return [INDENT + question["text"] for question in row["questions"]]


def _called(row: Answer) -> str:
    return f"{row['title']}: {row['site']}, {row['municipality']}"


def _journey(row: Answer) -> "Journey":
    """A journey from its plain values."""
    from matcher.explain import Journey
    from matcher.travel.reach import Reach

    if row["kind"] == "from_home":
        return Journey(reach=Reach.MINUTES, minutes=row["minutes"], from_home=True)
    known = {name: row[name] for name in ("minutes", "low", "high")}
    return Journey(reach=Reach[row["kind"].upper()], **known)
