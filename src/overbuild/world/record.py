"""From a tree to typed records: every fault with its place, every number with where it comes from.

The record types themselves say what may stand in a file: a NamedTuple's fields are the names, their types the
values, fields without a default are required. A number may be bare or a block:

    pue: {value: 1.2, fact: site_costs.pue_..., reason: ..., author: ..., low: 1.1, high: 1.4}

A field of type `float` gets the number, and the reading keeps its origin by path; a field of type `Sourced` gets the
number with its origin, which the file then has to give.
"""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Iterable
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from overbuild.errors import CaseError, OverbuildError, did_you_mean, raise_all
from overbuild.world.sourced import Sourced
from overbuild.world.tree import Entry, Places

R = TypeVar("R")

BLOCK = ("value", "fact", "source", "reason", "author", "low", "high", "unit")
"""What may stand beside a value."""


class RecordReading:
    """What was met while a record was read: faults, the place of each path, each value with its origin."""

    def __init__(self) -> None:
        self.faults: list[CaseError] = []
        self.places = Places()
        self.inputs: dict[str, Sourced] = {}


def read_sound(tree: Entry, record: type[R], faults_of: Callable[[R], Iterable[CaseError]]) -> R:
    """A record that has no fault: of form, nor of sense, which `faults_of` tells by path.

    Raises all faults at once as CaseError or InputErrors, each located, in the order of the file.
    """
    reading = RecordReading()
    found = read_record(tree, record, reading)
    faults: list[OverbuildError] = list(reading.faults)
    if found is not None:
        faults += [reading.places.located(fault) for fault in faults_of(found)]
    raise_all(sorted(faults, key=lambda fault: (fault.line or 0, fault.column or 0)))
    if found is None:
        raise tree.fault("bad_value", "file", f"the {record.__name__} could not be read")
    return found


def read_record(tree: Entry, record: type[R], reading: RecordReading, path: str = "") -> R | None:
    """A record from a tree; None when it has faults, which are then all in `reading`."""
    reading.places[path] = tree
    entries = tree.block
    if entries is None:
        reading.faults.append(
            tree.fault("bad_value", path or "file", f"a block of {record.__name__} is needed", tree.value)
        )
        return None
    hints, defaults = get_type_hints(record, include_extras=True), getattr(record, "_field_defaults", {})
    before = len(reading.faults)
    for name, entry in entries.items():
        if name not in hints:
            known = [field for field in hints if field not in entries]
            hint = (
                f"not a name of this block.{did_you_mean(name, hints)} Also possible: {', '.join(known) or 'nothing'}"
            )
            reading.faults.append(entry.fault("unknown_name", _join(path, name), hint))
    values: dict[str, Any] = {}
    for name, hint in hints.items():
        where = _join(path, name)
        if name in entries:
            values[name] = _read(entries[name], hint, reading, where)
        elif name not in defaults:
            reading.faults.append(tree.fault("missing", where, f"{name} is required"))
    return record(**values) if len(reading.faults) == before else None


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


class _Hint(NamedTuple):
    """A field's type without its decoration: the kind of value, the unit it has, and whether it may be null."""

    kind: Any
    unit: str = ""
    nullable: bool = False


def _bare(hint: Any) -> _Hint:
    if get_origin(hint) in (Union, types.UnionType):
        option = next(option for option in get_args(hint) if option is not types.NoneType)
        return _bare(option)._replace(nullable=True)
    if get_origin(hint) is Annotated:
        kind, unit, *_ = get_args(hint)
        return _Hint(kind, str(unit))
    return _Hint(hint)


def _read(entry: Entry, hint: Any, reading: RecordReading, path: str) -> Any:
    reading.places[path] = entry
    kind, unit, nullable = _bare(hint)
    if nullable and entry.value is None:
        return None
    if kind is Sourced:
        return _read_sourced(entry, unit, reading, path)
    if get_origin(kind) is tuple:
        return _read_tuple(entry, get_args(kind)[0], reading, path)
    if hasattr(kind, "_fields"):
        return read_record(entry, kind, reading, path)
    return _read_leaf(entry, kind, reading, path)


def _read_tuple(entry: Entry, item: Any, reading: RecordReading, path: str) -> tuple[Any, ...]:
    if hasattr(item, "_fields"):
        if entry.items is None:
            reading.faults.append(entry.fault("bad_value", path, "a list of blocks is needed", entry.value))
            return ()
        found: list[Any] = []
        for place, one in enumerate(entry.items):
            name = (one.block or {}).get("name")
            found.append(read_record(one, item, reading, _join(path, str(name.value if name else place + 1))))
        names = [getattr(one, "name", place) for place, one in enumerate(found)]
        for name in {name for name in names if names.count(name) > 1 and name is not None}:
            reading.faults.append(entry.fault("duplicate", path, f"the name {name} occurs twice"))
        return tuple(found)
    block = _block(entry, reading, path) or entry
    whole = [_scalar(one, item, reading, path) for one in (block.items if block.items is not None else [block])]
    _remember(entry, tuple(whole), reading, path)
    return tuple(whole)


def _read_leaf(entry: Entry, kind: Any, reading: RecordReading, path: str) -> Any:
    block = _block(entry, reading, path)
    value = None if block is None else _scalar(block, kind, reading, path)
    _remember(entry, value, reading, path)
    return value


def _read_sourced(entry: Entry, unit: str, reading: RecordReading, path: str) -> Sourced:
    """A number with its origin. Where the field has a unit the number has it, and a file may write no other."""
    _read_leaf(entry, float, reading, path)
    found = reading.inputs[path]
    if found.origin == "case":
        hint = "a number says where it comes from: a fact or source, or a reason and an author"
        reading.faults.append(entry.fault("missing", f"{path}.reason", hint))
    if unit and found.unit not in ("", unit):
        place = (entry.block or {}).get("unit", entry)
        reading.faults.append(place.fault("bad_unit", f"{path}.unit", f"this number is in {unit}", found.unit))
    reading.inputs[path] = found._replace(unit=unit or found.unit)
    return reading.inputs[path]


def _block(entry: Entry, reading: RecordReading, path: str) -> Entry | None:
    """The value of an entry: itself, or what stands under `value`."""
    block = entry.block
    if block is None:
        return entry
    for name, one in block.items():
        if name not in BLOCK:
            comma = " Put quotes round a text that holds a comma." if one.value is None and " " in name else ""
            hint = f"not a name beside a value.{did_you_mean(name, BLOCK)}{comma} Allowed: {', '.join(BLOCK)}"
            reading.faults.append(one.fault("unknown_name", f"{path}.{name}", hint))
    if "value" not in block:
        reading.faults.append(entry.fault("missing", f"{path}.value", "a block without a value"))
        return None
    return block["value"]


_CHECKS: dict[Any, tuple[Callable[[Any], bool], str]] = {
    float: (lambda x: isinstance(x, int | float) and not isinstance(x, bool) and math.isfinite(x), "a finite number"),
    int: (lambda x: isinstance(x, int) and not isinstance(x, bool), "a whole number"),
    bool: (lambda x: isinstance(x, bool), "true or false"),
    str: (lambda x: isinstance(x, str), "text"),
}


def _scalar(entry: Entry, kind: Any, reading: RecordReading, path: str) -> Any:
    holds, words = _CHECKS[kind]
    value: Any = entry.value
    if not holds(value):
        code = (
            "missing" if value is None else "not_finite" if kind is float and isinstance(value, float) else "bad_value"
        )
        reading.faults.append(entry.fault(code, path, f"{words} is needed", value))
        return None
    return float(value) if kind is float else value


def _remember(entry: Entry, value: Any, reading: RecordReading, path: str) -> None:
    beside = entry.block or {}

    def text(name: str) -> str:
        return str(beside[name].value) if name in beside and beside[name].value is not None else ""

    def number(name: str) -> float | None:
        if name not in beside:
            return None
        return _scalar(beside[name], float, reading, f"{path}.{name}")

    fact, source, reason = text("fact"), text("source"), text("reason")
    origin = "fact" if fact or source else "assumption" if reason else "case"
    if reason and not text("author") and origin == "assumption":
        reading.faults.append(entry.fault("missing", f"{path}.author", "an assumption names its author"))
    low, high = number("low"), number("high")
    if low is not None and high is not None and low > high:
        reading.faults.append(entry.fault("bad_interval", path, "low is above high", f"{low}..{high}"))
    reading.inputs[path] = Sourced(
        path=path,
        value=value,
        unit=text("unit"),
        origin=origin,
        fact=fact,
        source=source,
        reason=reason,
        author=text("author"),
        low=low,
        high=high,
        place=entry,
    )


def schema(record: type, title: str) -> dict[str, Any]:
    """JSON Schema of a record, for editors: names, types, what is required, what each block is."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **_schema(record)}


_TYPES = {float: "number", int: "integer", bool: "boolean", str: "string", Sourced: "number"}


def _schema(hint: Any) -> dict[str, Any]:
    kind, _, nullable = _bare(hint)
    if nullable:
        return {"anyOf": [_schema(kind), {"type": "null"}]}
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        many: dict[str, Any] = {
            "type": "array",
            "items": _schema(item) if hasattr(item, "_fields") else {"type": _TYPES[item]},
        }
        return many if hasattr(item, "_fields") else _with_block([many, {"type": _TYPES[item]}])
    if kind is not Sourced and hasattr(kind, "_fields"):
        hints, defaults = get_type_hints(kind, include_extras=True), kind._field_defaults
        return {
            "type": "object",
            "description": (kind.__doc__ or "").strip(),
            "properties": {name: _schema(one) for name, one in hints.items()},
            "required": [name for name in hints if name not in defaults],
            "additionalProperties": False,
        }
    return _with_block([{"type": _TYPES[kind]}])


def _with_block(options: list[dict[str, Any]]) -> dict[str, Any]:
    beside: dict[str, Any] = {name: {} for name in BLOCK}
    block = {
        "type": "object",
        "properties": {**beside, "value": {"anyOf": options}},
        "required": ["value"],
        "additionalProperties": False,
    }
    return {"anyOf": [*options, block]}
