"""Organisations (huvudmän) on the wire."""

from uuid import UUID

from pydantic import Field

from api.schemas.plain import Code, Municipality, Name
from api.schemas.wire import Wire

ORGANISATION = "7d6a1f0e-52b9-4a3c-9a0f-3f3f0c6d2b10"


class OrganisationIn(Wire):
    """A new organisation: the controller of its participants' data."""

    code: Code = Field(examples=["botkyrka"])
    name: Name = Field(examples=["Botkyrka kommun"])
    municipality_code: Municipality | None = Field(default=None, examples=["0127"])


class OrganisationOut(OrganisationIn):
    """An organisation."""

    id: UUID = Field(examples=[ORGANISATION])
