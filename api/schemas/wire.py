"""What every wire type shares."""

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function


def _number(value: object) -> object:
    if isinstance(value, bool | str):
        raise PydanticCustomError("number_type", "no number", {"expected": "a number"})
    return value


_NUMBER = {"type": "no-info", "function": _number}
_NO_SCHEMA = frozenset({"serialization", "metadata", "default", "expected", "function", "cls"})


def _exact(schema: Any) -> Any:  # noqa: ANN401 -- a core schema, or a part of one
    """A schema in which numbers and truth values are only taken as such."""
    if isinstance(schema, list | tuple):
        return type(schema)(_exact(part) for part in schema)
    if not isinstance(schema, dict) or schema.get("function") == _NUMBER:
        return schema
    if schema.get("type") == "bool":
        return schema | {"strict": True}
    if schema.get("type") in ("int", "float"):
        return no_info_before_validator_function(_number, schema)
    return {key: _part(key, value) for key, value in schema.items()}


def _part(key: str, value: Any) -> Any:  # noqa: ANN401 -- a part of a core schema
    if key == "fields" and isinstance(value, dict):  # by names that may be any
        return {name: _exact(field) for name, field in value.items()}
    return value if key in _NO_SCHEMA else _exact(value)


class Wire(BaseModel):
    """A value on the wire: camelCase, nothing unknown, frozen."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        serialize_by_alias=True,
        extra="forbid",
        frozen=True,
    )

    @classmethod
    def __get_pydantic_core_schema__(
        cls,
        source: Any,  # noqa: ANN401 -- as pydantic has it
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        """As pydantic makes it, but a word is no number, and a truth value is nothing else."""
        exact: CoreSchema = _exact(handler(source))
        return exact


Item = TypeVar("Item")


class Page(Wire, Generic[Item]):
    """Some items of a list, and how many there are in all."""

    items: tuple[Item, ...]
    total: int = Field(ge=0, examples=[1])
    limit: int = Field(ge=1, examples=[20])
    offset: int = Field(ge=0, examples=[0])
