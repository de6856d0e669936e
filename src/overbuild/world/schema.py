"""JSON Schema of a record, for editors: names, types, units, words of a choice, what is required, what each block is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias, cast

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


Written: TypeAlias = Callable[[str, Field], "dict[str, Any] | None"]
"""How a field is written, by its name and what it is, where a file has a form of its own for it; None where not."""


def schema(record: type, title: str, written: Written = lambda name, field: None) -> dict[str, Any]:
    """The JSON Schema of a record; a number's description is its unit.

    >>> from overbuild.site.case.plan import OperatingCosts
    >>> schema(OperatingCosts, "costs")["properties"]["payable_days"]["description"]
    'days'
    """
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **_record(record, written)}


def _record(record: Any, written: Written) -> dict[str, Any]:
    fields, defaults = fields_of(record), record._field_defaults
    found = {name: written(name, field) or _field(field, written) for name, field in fields.items()}
    return {
        "type": "object",
        "description": (record.__doc__ or "").strip(),
        "properties": {name: one for name, one in found.items() if one != NOT_WRITTEN},
        "required": [name for name in fields if name not in defaults],
        "additionalProperties": False,
    }


NOT_WRITTEN: Mapping[str, Any] = {"not": {}}
"""A field that no file says."""


def _field(field: Field, written: Written) -> dict[str, Any]:
    if field.nullable:
        return {"anyOf": [_field(field._replace(nullable=False), written), {"type": "null"}]}
    if field.kind is not Sourced and field.is_record:
        one = _record(field.kind, written)
        return {"type": "array", "items": one} if field.many else one
    one: dict[str, Any] = {"type": _TYPES[field.kind], **({"enum": list(field.words)} if field.words else {})}
    described = {"description": field.unit} if field.unit else {}
    return {**described, **bare_or_block([{"type": "array", "items": one}, one] if field.many else [one])}


def bare_or_block(options: list[dict[str, Any]]) -> dict[str, Any]:
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


def with_definitions(whole: dict[str, Any]) -> dict[str, Any]:
    """A schema in which what stands in several places is said once, under `$defs`, and referred to.

    >>> long = {"type": "object", "properties": {name: {} for name in ("low", "high", "reason", "author", "source")}}
    >>> found = with_definitions({"properties": {"a": long, "b": long}})
    >>> found["properties"], list(found["$defs"])
    ({'a': {'$ref': '#/$defs/1'}, 'b': {'$ref': '#/$defs/1'}}, ['1'])
    """
    counts = Counter(json.dumps(one) for one in _parts(whole))
    repeated = [text for text, count in counts.items() if count > 1 and len(text) > _LONG]
    names = {text: str(number) for number, text in enumerate(repeated, start=1)}
    shared = {name: _referring(json.loads(text), names, top=True) for text, name in names.items()}
    return {**cast("dict[str, Any]", _referring(whole, names, top=True)), "$defs": shared}


_LONG = 80
"""A part of fewer characters is repeated."""


def _parts(found: Any) -> Iterator[dict[str, Any]]:
    """The schemas in a schema; the mapping under `properties` is none."""
    if isinstance(found, dict):
        block = cast("dict[str, Any]", found)
        if isinstance(block.get("type"), str | list) or isinstance(block.get("anyOf"), list):
            yield block
        found = list(block.values())
    for one in cast("list[Any]", found) if isinstance(found, list) else ():
        yield from _parts(one)


def _referring(found: Any, names: Mapping[str, str], *, top: bool = False) -> Any:
    if isinstance(found, list):
        return [_referring(one, names) for one in cast("list[Any]", found)]
    if not isinstance(found, dict):
        return found
    name = None if top else names.get(json.dumps(found))
    if name is not None:
        return {"$ref": f"#/$defs/{name}"}
    return {key: _referring(one, names) for key, one in cast("dict[str, Any]", found).items()}
