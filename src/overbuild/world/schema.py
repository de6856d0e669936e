"""JSON Schema of a record, for editors: names, types, units, words of a choice, what is required, what each block is."""

from __future__ import annotations

from typing import Any

from overbuild.world.fields import Field, fields_of
from overbuild.world.record import BLOCK
from overbuild.world.sourced import Sourced

_DERIVED: dict[str, Any] = {
    "derive": {
        "type": "string",
        "description": "arithmetic over the names under from, such as amount / years; units are converted",
    },
    "from": {
        "type": "object",
        "description": "each name: the key of a fact, a number with its unit such as 5 years, or a bare number",
        "additionalProperties": {"type": ["string", "number"]},
    },
}
"""How a number is derived, where no document prints it."""

_TYPES = {float: "number", int: "integer", bool: "boolean", str: "string", Sourced: "number"}


def schema(record: type, title: str) -> dict[str, Any]:
    """The JSON Schema of a record; a number's description is its unit.

    >>> from overbuild.site.case.plan import PowerSupply
    >>> schema(Power, "power")["properties"]["price_per_mwh"]["description"]
    'USD per MWh'
    """
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **_record(record)}


def _record(record: Any) -> dict[str, Any]:
    fields, defaults = fields_of(record), record._field_defaults
    return {
        "type": "object",
        "description": (record.__doc__ or "").strip(),
        "properties": {name: _field(field) for name, field in fields.items()},
        "required": [name for name in fields if name not in defaults],
        "additionalProperties": False,
    }


def _field(field: Field) -> dict[str, Any]:
    if field.nullable:
        return {"anyOf": [_field(field._replace(nullable=False)), {"type": "null"}]}
    if field.kind is not Sourced and field.is_record:
        one = _record(field.kind)
        return {"type": "array", "items": one} if field.many else one
    one: dict[str, Any] = {"type": _TYPES[field.kind], **({"enum": list(field.words)} if field.words else {})}
    described = {"description": field.unit} if field.unit else {}
    return {**described, **_bare_or_block([{"type": "array", "items": one}, one] if field.many else [one])}


def _bare_or_block(options: list[dict[str, Any]]) -> dict[str, Any]:
    """A value as it may stand: bare, or in a block with its origin, where a line of arithmetic may stand for it."""
    beside: dict[str, Any] = {name: {} for name in BLOCK}
    block = {
        "type": "object",
        "properties": {**beside, **_DERIVED, "value": {"anyOf": options}},
        "anyOf": [{"required": ["value"]}, {"required": ["derive"]}],
        "dependentRequired": {"from": ["derive"]},
        "additionalProperties": False,
    }
    return {"anyOf": [*options, block]}
