"""Forms: what was filled in, as a body of the API; and every fault beside its field.

A field is named as the body's: ``hoursPerWeek``; the API's pointer of a fault is
``/hoursPerWeek``. So the error summary leads to the fields without a table between the two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from api.client import ProblemError

Model = TypeVar("Model", bound=BaseModel)
LARGEST = 1 << 53
"""Numbers are smaller; what is not is kept as it was written, for the check to refuse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFault:
    """What is wrong in a form: in which field (empty: in all of it), and what was expected.

    ``text`` is said where the service has a sentence of its own, as for a full opening.
    """

    field: str
    code: str
    detail: str = ""
    text: str = ""


class FormError(Exception):
    """A form cannot be taken as it was filled in; nothing was changed.

    Args:
        faults: every one.
    """

    def __init__(self, faults: Iterable[FormFault]) -> None:
        """Keep what is wrong."""
        self.faults = tuple(faults)
        super().__init__(self.faults)


@dataclass(frozen=True, slots=True)
class Form:
    """What was filled in: the values of each field, in order, blanks at the ends removed."""

    fields: Mapping[str, tuple[str, ...]]

    def text(self, name: str) -> str:
        """The value of a field; empty where nothing was filled in."""
        found = self.fields.get(name, ())
        return found[-1] if found else ""

    def given(self, name: str) -> str | None:
        """The value of a field, None where nothing was filled in."""
        return self.text(name) or None

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may be chosen several times."""
        return tuple(one for one in self.fields.get(name, ()) if one)

    def number(self, name: str) -> int | float | str | None:
        """A number, also with a decimal comma; what is none stays as it is, for the check."""
        found = (
            self.text(name).replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
        )
        if not found:
            return None
        try:
            number = int(found) if found.lstrip("+-").isdecimal() else float(found)
        except ValueError:
            return self.text(name)
        return number if abs(number) < LARGEST else self.text(name)

    def key(self) -> str | None:
        """What makes sure that a form is taken once; None where it is no number of ours."""
        try:
            return str(UUID(self.text("key")))
        except ValueError:
            return None

    def yes(self, name: str) -> bool | None:
        """``yes``, ``no``, or nothing known."""
        return {"yes": True, "no": False}.get(self.text(name))


async def _form(request: Request) -> Form:
    """The fields of a form; no page takes files, and those that are sent are closed unread."""
    fields: dict[str, list[str]] = {}
    async with request.form() as sent:
        for name, value in sent.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value.strip())
    return Form({name: tuple(values) for name, values in fields.items()})


Filled = Annotated[Form, Depends(_form)]
"""The form that was sent."""
EMPTY = Form({})


def body(kind: type[Model], values: Mapping[str, object]) -> Model:
    """A body of the API from what was filled in.

    Raises:
        FormError: with every fault beside its field.
    """
    try:
        return kind.model_validate(dict(values))
    except ValidationError as found:
        raise FormError(_fault(one) for one in found.errors()) from None


def _fault(error: Mapping[str, object]) -> FormFault:
    place = error["loc"]
    assert isinstance(place, tuple)  # noqa: S101 -- as pydantic has it
    context = error.get("ctx")
    known = ("expected", "ge", "gt", "le", "lt", "min_length", "max_length")
    detail = (
        ", ".join(f"{name}: {context[name]}" for name in known if name in context)
        if isinstance(context, Mapping)
        else ""
    )
    return FormFault(field=str(place[0]) if place else "", code=str(error["type"]), detail=detail)


def faults_of(problem: ProblemError) -> tuple[FormFault, ...]:
    """What the API says is wrong with what was sent: by field, or as a whole.

    Raises:
        ProblemError: the same, where no form can mend it (not found, not allowed, ...).
    """
    if problem.problem.status not in (400, 409, 410, 412, 422, 428):
        raise problem
    found = tuple(
        FormFault(field=one.pointer.lstrip("/").split("/")[0], code=one.code, detail=one.detail)
        for one in problem.faults
        if one.pointer.startswith("/")
    )
    return found or (FormFault(field="", code=problem.code, text=problem.problem.detail),)
