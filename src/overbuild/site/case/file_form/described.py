"""A case file of a site described to an editor: the general form and the short one, paths and dates as they are written."""

from __future__ import annotations

from typing import Any

from overbuild.site.case.file_form.path_form import LISTS, WRITTEN_AS
from overbuild.site.case.paths import Path
from overbuild.site.case.plan import SitePlan
from overbuild.site.case.published.published_plan import PublishedBlock
from overbuild.site.case.short_form.short_plan import ShortPlan
from overbuild.world.drivers.declared import DriversBlock
from overbuild.world.fields import Field, fields_of
from overbuild.world.schema import NOT_WRITTEN, bare_or_block, schema, with_definitions

_DATE: dict[str, Any] = {"type": "string", "pattern": r"^\d{4}([HQ-]\d{1,2})?$"}
_HEADER: dict[str, Any] = {"name": {"type": "string"}, "close": {"type": ["string", "integer"]}}


def case_schema() -> dict[str, Any]:
    """The JSON Schema of a case file: one of the two forms, each with its header.

    >>> [sorted(form["required"]) for form in case_schema()["oneOf"]]
    [['close', 'components', 'horizon', 'name', 'phases'], ['close', 'components', 'name', 'site']]
    """
    forms: list[dict[str, Any]] = []
    draft, beside = "", schema(PublishedBlock, "published figures")["properties"]
    beside = {**beside, **schema(DriversBlock, "what is uncertain")["properties"]}
    for record, title in ((SitePlan, "with phases"), (ShortPlan, "one hall, one contract")):
        form = schema(record, title, as_written)
        draft = form.pop("$schema")
        form["properties"] = {**_HEADER, **form["properties"], **beside}
        form["required"] = [*_HEADER, *form["required"]]
        forms.append(form)
    return with_definitions({"$schema": draft, "title": "overbuild site case", "oneOf": forms})


def as_written(name: str, field: Field) -> dict[str, Any] | None:
    """How a path, a date and what owners pay are written.

    >>> [one.get("required") for one in as_written("price", Field(Path, "USD per GPU-hour"))["anyOf"]]
    [None, ['value', 'growth'], ['by_year'], ['by_period']]
    """
    if field.kind is Path:
        found = _path(field.unit)
        return {"anyOf": [found, {"type": "null"}]} if field.nullable else found
    if name == "owners_pay_all":
        return dict(NOT_WRITTEN)
    if name == "owners_pay":
        return {"description": field.unit, **bare_or_block([{"type": "number"}, {"enum": ["all"]}])}
    if field.unit == "period" and field.kind is int and not field.many:
        found = {"description": "period, or its date", **bare_or_block([{"type": "integer"}, _DATE])}
        return {"anyOf": [found, {"type": "null"}]} if field.nullable else found
    return None


def _path(unit: str) -> dict[str, Any]:
    """A number, a growing one, a list by year or by period."""
    number, numbers = (
        bare_or_block([{"type": "number"}]),
        bare_or_block([{"type": "array", "items": {"type": "number"}}]),
    )
    moves = {WRITTEN_AS.get(name, name) for name in fields_of(Path)} - {"kind", "value", *LISTS}
    growing: dict[str, Any] = {
        "type": "object",
        "properties": {"value": number, **{name: {} for name in sorted(moves)}},
        "required": ["value", "growth"],
    }
    listed = [
        {"type": "object", "properties": {name: numbers}, "required": [name], "additionalProperties": False}
        for name in LISTS
    ]
    return {"description": unit, "anyOf": [number, growing, *listed]}
