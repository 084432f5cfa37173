"""Settings of a policy written as text, ``horizon_days=120``, read as a policy file is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from matcher.changes import Change, Subject
from matcher.dataset.echo import echo
from matcher.dataset.policy_file import DEFAULT, policy_document, policy_of
from matcher.errors import Fault, FaultCode, PolicyError
from matcher.policy import Policy

POLICY = "policy"
_GROUPS = ("weights", "survey_max_age_days", "parity")
_WHOLE = re.compile(r"-?[0-9]{1,15}")

Found = list[tuple[int, Fault]]
"""Faults, each with the number of the change it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One change of a policy: the key, with those above it, and what it is set to."""

    number: int
    key: str
    text: str


def settings(written: Sequence[Setting], policy: Policy, faults: Found) -> list[Change]:
    """The changes of the policy, those of one setting as one; their faults are added."""
    if not written:
        return []
    document = policy_document(policy)
    seen: set[str] = set()
    for one in written:
        if one.key in seen:
            faults.append((one.number, Fault(code=FaultCode.DUPLICATE, table=_place(one.key))))
        else:
            _set(document, one)
        seen.add(one.key)
    try:
        after = policy_of(document, POLICY)
    except PolicyError as error:
        faults += [_told(fault, written) for fault in error.faults]
        return []
    touched = {_field(one.key) for one in written}
    names = [field.name for field in fields(Policy) if field.name in touched]
    names.sort(key=lambda name: name != "parity")  # the goal is lawful only with its settings
    return [Change(subject=Subject.POLICY, name=n, value=getattr(after, n)) for n in names]


def _told(fault: Fault, written: Sequence[Setting]) -> tuple[int, Fault]:
    """A fault of the document with the number of the first change that is about it."""
    key = fault.column or ""
    about = [one.number for one in written if _top(one.key) == _top(key)]
    told = replace(fault, table=_place(key), column=None)
    return (about or [written[-1].number])[0], told


def _place(key: str) -> str:
    """Where a setting stands, as far as that may be shown."""
    shown, _ = echo(None, key)
    return f"{POLICY}.{shown}" if shown else POLICY


def _top(key: str) -> str:
    return key.partition(".")[0]


def _field(key: str) -> str:
    """The field of a ``Policy`` that a key sets."""
    top, _, rest = key.partition(".")
    exception = top == "survey_max_age_days" and rest not in ("", DEFAULT)
    return "shelf_life_days" if exception else top


def _set(document: dict[str, Any], one: Setting) -> None:
    """Put a text into the document of a policy, as what a policy file would hold."""
    top, _, rest = one.key.partition(".")
    if top in _GROUPS and rest:
        group = document.setdefault(top, {})
        if isinstance(group, dict):  # else it was set as a whole, to no group: a fault
            group[rest] = _plain(one.text)
    elif one.key == "weights" and ":" in one.text:
        pairs = (part.partition(":") for part in one.text.split(","))
        document[top] |= {name.strip(): _plain(weight.strip()) for name, _, weight in pairs}
    elif one.key == "survey_max_age_days":
        document[top][DEFAULT] = _plain(one.text)
    elif one.key == "goals":
        document[top] = [part.strip() for part in one.text.split(",") if part.strip()]
    elif one.key == "supervisor_starts" and not one.text:
        document.pop(top, None)
    else:
        document[one.key] = _plain(one.text)


def _plain(text: str) -> str | int | bool:
    """A text as TOML would have it: a whole number, true or false, or text."""
    if text in ("true", "false"):
        return text == "true"
    return int(text) if _WHOLE.fullmatch(text) else text
