"""Examples made of schemas: of what every field says of itself, so that none is missing.

An example that a type or a field gives comes first; else what the schema allows at least.
"""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

DEEPEST = 12
"""Where a type that holds itself is cut off, levels."""
FORMATS = {
    "uuid": "6f0d1c54-5a0e-4f53-9b1c-0a5c8ad8e0d1",
    "date": "2026-12-01",
    "date-time": "2026-12-01T08:30:00Z",
    "binary": "",
    "password": "correct horse battery staple",
}


def example_of(schema: Schema, types: Mapping[str, Schema], depth: int = 0) -> Any:  # noqa: ANN401, PLR0911 -- JSON; a case each
    """A value that a schema allows.

    Args:
        schema: JSON Schema as FastAPI writes it.
        types: what ``$ref`` refers to, by name.
        depth: how deep it stands, levels.
    """
    given = _given(schema)
    if given:
        return whole(given[0], schema, types)
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return example_of(types[name], types, depth + 1)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return _of_several(schema[several], types, depth)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return _object(schema, types, depth)
    if schema.get("type") == "array":
        return _array(schema, types, depth)
    return _plain(schema)


def whole(value: Any, schema: Schema, types: Mapping[str, Schema]) -> Any:  # noqa: ANN401 -- JSON
    """An example with the nulls that FastAPI takes out of it: what is required and may be null."""
    if "$ref" in schema:
        return whole(value, types[str(schema["$ref"]).rpartition("/")[2]], types)
    for several in ("anyOf", "oneOf"):
        if several in schema and isinstance(value, dict | list):
            kinds = [one for one in schema[several] if one.get("type") != "null"]
            return whole(value, kinds[0], types) if len(kinds) == 1 else value
    if isinstance(value, list) and "items" in schema:
        return [whole(one, schema["items"], types) for one in value]
    if isinstance(value, dict) and "properties" in schema:
        return _filled(value, schema, types)
    return value


def _filled(
    value: Mapping[str, Any], schema: Schema, types: Mapping[str, Schema]
) -> dict[str, Any]:
    properties = schema["properties"]
    found = {
        name: whole(one, properties[name], types) if name in properties else one
        for name, one in value.items()
    }
    missing = (name for name in schema.get("required", ()) if name not in value)
    return found | {name: None for name in missing if _nullable(properties[name])}


def _nullable(schema: Schema) -> bool:
    return any(one.get("type") == "null" for one in schema.get("anyOf", ()))


def _given(schema: Schema) -> list[Any]:
    """What a schema itself gives as example; a constant and a default do, too."""
    if schema.get("examples"):
        return list(schema["examples"])
    return [schema[key] for key in ("example", "const", "default") if key in schema]


def _of_several(branches: list[Schema], types: Mapping[str, Schema], depth: int) -> Any:  # noqa: ANN401 -- JSON
    """Of the first branch that is not null, unless it stands too deep."""
    chosen = [one for one in branches if one.get("type") != "null"]
    if depth > DEEPEST and len(chosen) < len(branches):
        return None
    return example_of(chosen[0], types, depth + 1)


def _object(schema: Schema, types: Mapping[str, Schema], depth: int) -> dict[str, Any]:
    properties: Mapping[str, Schema] = schema.get("properties", {})
    return {name: example_of(one, types, depth + 1) for name, one in properties.items()}


def _array(schema: Schema, types: Mapping[str, Schema], depth: int) -> list[Any]:
    if "prefixItems" in schema:
        return [example_of(one, types, depth + 1) for one in schema["prefixItems"]]
    if "items" not in schema or depth > DEEPEST or schema.get("maxItems") == 0:
        return []
    one = example_of(schema["items"], types, depth + 1)
    return [one] * max(1, schema.get("minItems", 1))


def _plain(schema: Schema) -> Any:  # noqa: ANN401 -- JSON
    kind = schema.get("type")
    if kind in {"integer", "number"}:
        return max(1, schema.get("minimum", 1))
    if kind == "string":
        return FORMATS.get(schema.get("format", ""), "text")
    return {"boolean": True, "null": None}.get(kind or "", {})
