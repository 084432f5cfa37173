"""The balance of everybody: what has happened, counted and protected before anybody sees it.

It is of all organisations at once, and released one after another: each release knows what has
been told before, so that nobody is found by the difference of two.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from api.jobs.desk import Desk, JobFaultError, Made, Told
from api.matching import history
from api.matching.problems import problem_of_all
from api.store import Session, jobs, releases
from api.store.engine import day_of
from api.store.jobs import Kind
from api.texts import Language

if TYPE_CHECKING:
    from datetime import date

    from api.reports.findings import Findings
    from matcher.balance.disclosure import ProtectedTable
    from matcher.balance.door import Asked, Balance
    from matcher.balance.persons import Period

TOO_LITTLE_NEW = "too-little-new"
"""The fault of a release that could tell much less than the one before: few have come since, and
whoever compared the two would find them. The one before still holds."""
MUCH_LESS = 2
"""So many times fewer numbers than before are much less."""
OVERTAKEN = "overtaken"
"""The fault of a release that did not know of one that was made meanwhile."""
SUPPLY = ("openings", "fresh", "never", "days", "sites", "surveyed", "known", "asked")


def balance(desk: Desk) -> Made:
    """The balance as it stands today."""
    from api.reports.findings import Findings  # noqa: PLC0415 -- loads numpy
    from matcher.balance import disclosure, door, followup, shadow  # noqa: PLC0415 -- as above
    from matcher.balance.words import Stage  # noqa: PLC0415 -- as above
    from matcher.policy import Policy  # noqa: PLC0415 -- as above

    desk.stage("reading")
    with desk.store.snapshot() as unit:
        day = day_of(unit)
        problem = problem_of_all(unit, day)
        lived = history.lived(unit, day)
        number, known = releases.newest(unit)
        before = jobs.newest_done(unit, Kind.BALANCE, None)
        shown = (before.result or {}).get("shown", 0) if before else 0
    desk.stage("counting")
    events, kept = history.events(lived, problem), history.suggestions(lived)
    desk.stage("protecting")
    earlier = disclosure.Registry.of_json(json.dumps(known)) if known else disclosure.Registry()
    asked = door.Asked(
        name=f"{number + 1}", placed=Stage.STARTED, periods=years(day), earlier=earlier
    )
    if kept is not None:  # shadow mode: what plans suggested, beside what people decided since
        asked = replace(asked, more=(lambda counting: shadow.agreement(counting, kept),))
    found = door.balance(events, door.reference_of(), asked)
    fresh, covered = followup.freshness(problem), followup.coverage(problem, Policy())
    result = told(found, asked, day, asdict(fresh) | asdict(covered))
    if MUCH_LESS * sum(int(one.shown.sum()) for one in found.release.tables) < shown:
        raise JobFaultError(TOO_LITTLE_NEW)
    desk.stage("writing")
    new = releases.New(
        job=desk.job.id,
        after=number,
        published=json.loads(found.registry.to_json()),
        reports=_reports(
            Findings(
                balance=found,
                name="Steget",
                day=day.isoformat(),
                placed=asked.placed,
                rules=asked.rules,
                occupations=problem.occupations,
                periods=asked.periods,
                freshness=fresh,
                coverage=covered,
            )
        ),
    )

    def keep(unit: Session) -> Told:
        try:
            releases.keep(unit, new)
        except releases.OvertakenError:
            raise JobFaultError(OVERTAKEN) from None
        return result

    return Made(keep=keep)


def years(day: "date") -> "tuple[Period, ...]":
    """The last calendar year, and this one up to a day.

    Fixed: whoever could choose would read a few days from the difference of two periods.
    """
    from matcher.balance.persons import Period  # noqa: PLC0415 -- loads numpy

    last, this = day.replace(year=day.year - 1, month=1, day=1), day.replace(month=1, day=1)
    return (
        Period(name=f"{last.year}", first=last, after=this),
        Period(name=f"{this.year}", first=this, after=day + timedelta(days=1)),
    )


def _reports(found: "Findings") -> bytes:
    """Everything that can be had of a release, in both languages: a name tells which."""
    from api.reports import comma, excel, page  # noqa: PLC0415 -- loads jinja and the engine

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for language in Language:
            made.writestr(f"{language}/report.html", page.document(found, language))
            made.writestr(f"{language}/workbook.xlsx", excel.workbook(found, language))
            for name, text in comma.files(found, language).items():
                made.writestr(f"{language}/tables/{name}", text)
    return packed.getvalue()


def told(found: "Balance", asked: "Asked", day: "date", supply: Mapping[str, Any]) -> Told:
    """What may be told, as the wire has it: see ``api.schemas.balance``."""
    tables = [_table(one) for one in found.release.tables]
    return {
        "day": day.isoformat(),
        "threshold": asked.rules.threshold,
        "floor": asked.rules.floor,
        "cells": sum(len(one["values"]) for one in tables),
        "shown": sum(value is not None for one in tables for value in one["values"]),
        "tables": tables,
        "ratios": [_about(asdict(one)) for one in found.ratios],
        "gaps": [_flat(asdict(one), "difference") for one in found.gaps],
        "steering": [asdict(one) for one in found.steering],
        "waits": [_about(asdict(one)) for one in found.waits],
        "diversity": [asdict(one) for one in found.diversity],
        "caseload": asdict(found.caseload),
        "supply": {name: supply[name] for name in SUPPLY},
        "national": {
            code: {"women_percent": one.women_pct, "year": one.year, "source": one.source}
            for code, one in found.national.items()
        },
    }


def _table(table: "ProtectedTable") -> dict[str, Any]:
    """A table with its hidden cells by why, and nothing in their places."""
    from matcher.balance.disclosure import Reason  # noqa: PLC0415 -- loads numpy

    values, reasons = table.values.ravel().tolist(), table.reasons.ravel().tolist()
    hidden: dict[str, list[int]] = {}
    for at, reason in enumerate(reasons):
        if reason:
            hidden.setdefault(str(tuple(Reason)[reason - 1]), []).append(at)
    return {
        "name": table.name,
        "population": table.population,
        "dimensions": [
            {"name": d.name, "codes": d.codes, "parents": d.parents, "total": d.total}
            for d in table.dimensions
        ],
        "values": [None if why else value for value, why in zip(values, reasons, strict=True)],
        "hidden": hidden,
    }


def _about(one: dict[str, Any]) -> dict[str, Any]:
    """Of whom something is told, by dimension: one, or several."""
    whom = one["of_whom"]
    pairs = (whom,) if whom and not isinstance(whom[0], tuple) else whom
    return one | {"of_whom": dict(pairs)}


def _flat(one: dict[str, Any], name: str) -> dict[str, Any]:
    inner = one.pop(name)
    return {**one, **inner}
