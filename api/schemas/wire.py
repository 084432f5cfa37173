"""What every wire type shares."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Wire(BaseModel):
    """A value on the wire: camelCase, nothing unknown, frozen."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        serialize_by_alias=True,
        extra="forbid",
        frozen=True,
    )


Item = TypeVar("Item")


class Page(Wire, Generic[Item]):
    """Some items of a list, and how many there are in all."""

    items: tuple[Item, ...]
    total: int = Field(ge=0, examples=[1])
    limit: int = Field(ge=1, examples=[20])
    offset: int = Field(ge=0, examples=[0])
