"""Logins, tokens and users on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, SecretStr

from api.schemas import Wire

Language = Literal["sv", "en"]
Role = Literal["supervisor", "provider_manager", "coordinator", "analyst", "admin"]
Login = Annotated[
    str,
    Field(
        min_length=1,
        max_length=254,
        pattern=r"^[^\s\x00-\x1f\x7f]+$",
        description="What somebody logs in with, such as their address at work",
        examples=["anna.berg@example.se"],
    ),
]
Name = Annotated[
    str,
    Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$", examples=["Samordningen"]),
]
Password = Annotated[
    SecretStr,
    Field(min_length=12, max_length=200, examples=["correct horse battery staple"]),
]
ORGANISATION = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
USER = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
TOKEN = "9b2f1c5e-6f0d-4a53-8f0a-1f6d1b2c3d4e"  # noqa: S105 -- the id of one
SUBJECT = "https://login.example.se|248289761001"


class Credentials(Wire):
    """What somebody logs in with."""

    login: str = Field(max_length=254, examples=["anna.berg@example.se"])
    password: SecretStr = Field(max_length=200, examples=["correct horse battery staple"])


class OwnPassword(Wire):
    """A new password, and the one until now."""

    current: SecretStr = Field(max_length=200, examples=["correct horse battery staple"])
    password: Password


class NewPassword(Wire):
    """A password that an administrator sets."""

    password: Password


class Me(Wire):
    """Whoever asks, and what they may do."""

    id: UUID = Field(examples=[USER])
    login: str = Field(examples=["anna.berg@example.se"])
    name: str = Field(examples=["Anna Berg"])
    role: Role = Field(examples=["supervisor"])
    organisation_id: UUID | None = Field(examples=[ORGANISATION])
    provider_id: UUID | None = Field(examples=[None])
    language: Language = Field(examples=["sv"])
    operations: tuple[str, ...] = Field(
        description="The operations that they may call", examples=[["listParticipants"]]
    )


class NewToken(Wire):
    """A token that a program shall have."""

    name: Name
    scope: tuple[Annotated[str, Field(max_length=60)], ...] = Field(
        default=(),
        max_length=200,
        description="Operation ids that it allows; empty for all that the role may do",
        examples=[["listOpenings", "readOpening"]],
    )
    ends_at: AwareDatetime = Field(
        description="At most a year ahead", examples=["2027-06-30T00:00:00Z"]
    )


class Token(Wire):
    """A token, without what it is."""

    id: UUID = Field(examples=[TOKEN])
    name: Name
    scope: tuple[str, ...] = Field(examples=[["listOpenings", "readOpening"]])
    created_at: datetime = Field(examples=["2026-12-01T08:00:00Z"])
    ends_at: datetime = Field(examples=["2027-06-30T00:00:00Z"])
    revoked_at: datetime | None = Field(examples=[None])
    used_at: datetime | None = Field(examples=["2026-12-02T07:30:00Z"])


class MadeToken(Token):
    """A token, and once what it is: None where the same request was sent before."""

    token: str | None = Field(
        description="Shown this once; only its SHA-256 is kept",
        examples=["steget_pL3xJ0c5mHkq2vYbT1nQ9rWzUe8sAfGd7hKiMoCxVtE"],
    )


class _User(Wire):
    login: Login
    name: Annotated[Name, Field(examples=["Anna Berg"])]
    language: Language = Field(default="sv", examples=["sv"])
    active: bool = Field(default=True, examples=[True])
    oidc_subject: str | None = Field(
        default=None,
        min_length=3,
        max_length=500,
        pattern=r"^[^\s\x00-\x1f\x7f|]+\|[^\x00-\x1f\x7f]+$",
        description="Issuer and subject at the identity provider, joined by |; "
        "linked at the first login by a verified address where it is not set",
        examples=[SUBJECT],
    )


class InOrganisation(_User):
    """A user of an organisation."""

    role: Literal["supervisor", "coordinator"] = Field(examples=["supervisor"])
    organisation_id: UUID = Field(examples=[ORGANISATION])


class AtProvider(_User):
    """A user of a provider."""

    role: Literal["provider_manager"] = Field(examples=["provider_manager"])
    provider_id: UUID = Field(examples=["16fd2706-8baf-433b-82eb-8c7fada847da"])


class OfNone(_User):
    """A user of neither an organisation nor a provider."""

    role: Literal["analyst", "admin"] = Field(examples=["analyst"])


UserBody = Annotated[InOrganisation | AtProvider | OfNone, Field(discriminator="role")]
"""A user as an administrator writes it."""


class UserView(Wire):
    """A user as an administrator sees it."""

    id: UUID = Field(examples=[USER])
    login: str = Field(examples=["anna.berg@example.se"])
    name: str = Field(examples=["Anna Berg"])
    role: Role = Field(examples=["supervisor"])
    organisation_id: UUID | None = Field(examples=[ORGANISATION])
    provider_id: UUID | None = Field(examples=[None])
    language: Language = Field(examples=["sv"])
    active: bool = Field(examples=[True])
    oidc_subject: str | None = Field(examples=[SUBJECT])
    has_password: bool = Field(examples=[True])
    version: int = Field(description="As in the ETag", examples=[3])
    created_at: datetime = Field(examples=["2026-12-01T08:00:00Z"])
    updated_at: datetime = Field(examples=["2026-12-01T08:00:00Z"])
