"""From a tree to typed records: every fault with its place, every number with where it comes from.

The record types themselves say what may stand in a file: a NamedTuple's fields are the names, their types the
values, fields without a default are required. A number may be bare or a block:

    pue: {value: 1.2, fact: site_costs.pue_..., reason: ..., author: ..., low: 1.1, high: 1.4}

In the place of, or beside, its value stands how it is derived: `derive: "amount / years"` and, under `from`, what the
names of that line are.

A field of a quantity (`Mw`, `Share`, `Periods`) gets the number, and the reading keeps its origin by path; a field of
type `Sourced` (`SourcedShare`) gets the number with its origin, which the file then has to give.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, TypeVar

from overbuild.errors import CaseError, OverbuildError, did_you_mean, raise_all
from overbuild.world.fields import Field, fields_of
from overbuild.world.sourced import Sourced
from overbuild.world.tree import CellFault, Entry, FilePlaces

R = TypeVar("R")

BLOCK = ("value", "fact", "derive", "from", "source", "reason", "author", "low", "high", "unit")
"""What may stand beside a value."""


Figured: TypeAlias = Callable[[Entry, str, str], "Entry | list[CaseError]"]
"""What gives a block that is derived its value, or every fault of it: from the block, its path and its unit."""


def _not_derived(entry: Entry, path: str, unit: str) -> list[CaseError]:
    place = (entry.block or {}).get("derive", entry)
    return [place.fault("refused", f"{path}.derive", "numbers of this kind of file are not derived; write the value")]


class RecordReading:
    """What was met while a record was read: faults, the place of each path, each value with its origin.

    `figured` gives the value of a block that says only how it is derived.
    """

    def __init__(self, figured: Figured = _not_derived) -> None:
        self.figured = figured
        self.faults: list[CaseError] = []
        self.places = FilePlaces()
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
    raise_all(sorted(faults, key=lambda fault: fault.spot))
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
    fields, defaults = fields_of(record), getattr(record, "_field_defaults", {})
    before = len(reading.faults)
    for name, entry in entries.items():
        if name not in fields:
            reading.faults.append(entry.fault("unknown_name", _join(path, name), _unknown(name, fields, entries)))
    values: dict[str, Any] = {}
    for name, field in fields.items():
        where = _join(path, name)
        if name in entries:
            values[name] = _read(entries[name], field, reading, where)
        elif name not in defaults:
            reading.faults.append(tree.fault("missing", where, f"{name} is required"))
    return record(**values) if len(reading.faults) == before else None


def refuse_another_kind(tree: Entry, kind: str, record: type[Any], beside: Iterable[str] = ()) -> None:
    """Refuse a file that lacks most of what a kind of case needs and names much that it has not, in one sentence.

    Its reader would name every entry as a fault. Raises CaseError `refused`.
    """
    fields, defaults = fields_of(record), getattr(record, "_field_defaults", {})
    names = list(tree.block or {})
    needed = [name for name in fields if name not in defaults and name != "name"]
    missing = [name for name in needed if name not in names]
    strange = [name for name in names if name not in {*fields, *beside, "name"}]
    if len(strange) < _MANY_STRANGE or 2 * len(missing) <= len(needed):
        return
    hint = (
        f"this is no case of the kind {kind}, which needs {', '.join(needed)}: it says {', '.join(strange[:5])}. "
        f"`overbuild check FILE` tells of which kind a case is, `overbuild schema {kind}` what such a case may say"
    )
    raise tree.fault("refused", "file", hint)


_MANY_STRANGE = 3
"""So many names that a kind has not are no slips of one who meant it."""


def _unknown(name: str, fields: Mapping[str, Field], entries: Mapping[str, Entry]) -> str:
    """What is said of a name that a block does not have: what it may be, and where in the block it does stand."""
    free = [field for field in fields if field not in entries]
    inside = [one for one, field in fields.items() if name in getattr(field.kind, "_fields", ())]
    stands = f" It stands in {', '.join(inside)}." if inside else ""
    names = f"Also possible: {', '.join(free)}" if free else f"The names are: {', '.join(fields)}"
    return f"not a name of this block.{did_you_mean(name, fields)}{stands} {names}"


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _read(entry: Entry, field: Field, reading: RecordReading, path: str) -> Any:
    reading.places[path] = entry
    if field.nullable and entry.value is None:
        return None
    if field.many:
        return (
            _read_records(entry, field, reading, path) if field.is_record else _read_series(entry, field, reading, path)
        )
    if field.kind is Sourced:
        return _read_sourced(entry, field, reading, path)
    if field.is_record:
        return read_record(entry, field.kind, reading, path)
    return _read_leaf(entry, field, reading, path)


def _read_records(entry: Entry, field: Field, reading: RecordReading, path: str) -> tuple[Any, ...]:
    if entry.items is None:
        reading.faults.append(entry.fault("bad_value", path, "a list of blocks is needed", entry.value))
        return ()
    found: list[Any] = []
    for place, one in enumerate(entry.items):
        name = (one.block or {}).get("name")
        found.append(read_record(one, field.kind, reading, _join(path, str(name.value if name else place + 1))))
    names = [getattr(one, "name", place) for place, one in enumerate(found)]
    for name in {name for name in names if names.count(name) > 1 and name is not None}:
        reading.faults.append(entry.fault("duplicate", path, f"the name {name} occurs twice"))
    return tuple(found)


def _read_series(entry: Entry, field: Field, reading: RecordReading, path: str) -> tuple[Any, ...]:
    block = _block(entry, field.unit, reading, path) or entry
    entries = block.items if block.items is not None else [block]
    whole = tuple(_scalar(one, field.kind, reading, path) for one in entries)
    _remember(entry, whole, reading, path)
    return whole


def _read_leaf(entry: Entry, field: Field, reading: RecordReading, path: str) -> Any:
    block = _block(entry, field.unit, reading, path)
    value = None if block is None else _scalar(block, field.kind, reading, path)
    _remember(entry, value, reading, path)
    return value


def _read_sourced(entry: Entry, field: Field, reading: RecordReading, path: str) -> Sourced:
    """A number with its origin. Where the field has a unit the number has it, and a file may write no other."""
    unit = field.unit
    _read_leaf(entry, field._replace(kind=float), reading, path)
    found = reading.inputs[path]
    if found.origin == "case":
        hint = "a number says where it comes from: a fact or source, or a reason and an author"
        reading.faults.append(entry.fault("missing", f"{path}.reason", hint))
    if unit and found.unit not in ("", unit):
        place = (entry.block or {}).get("unit", entry)
        reading.faults.append(place.fault("bad_unit", f"{path}.unit", f"this number is in {unit}", found.unit))
    reading.inputs[path] = found._replace(unit=unit or found.unit)
    return reading.inputs[path]


def _block(entry: Entry, unit: str, reading: RecordReading, path: str) -> Entry | None:
    """The value of an entry: itself, what stands under `value`, or what is derived for want of it."""
    block = entry.block
    if block is None:
        return entry
    for name, one in block.items():
        if name not in BLOCK:
            comma = " Put quotes round a text that holds a comma." if one.value is None and " " in name else ""
            hint = f"not a name beside a value.{did_you_mean(name, BLOCK)}{comma} Allowed: {', '.join(BLOCK)}"
            reading.faults.append(one.fault("unknown_name", f"{path}.{name}", hint))
    if "derive" in block and ("value" not in block or reading.figured is _not_derived):
        found = reading.figured(entry, path, unit)
        if isinstance(found, Entry):
            return found
        reading.faults += found
        return None
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
    if isinstance(value, CellFault):
        reading.faults.append(entry.fault(value.code, path, value.hint))
        return None
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

    fact, source, reason, derive = text("fact"), text("source"), text("reason"), text("derive")
    origin = "fact" if fact or source or derive else "assumption" if reason else "case"
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
        derive=derive,
        low=low,
        high=high,
        place=entry,
    )
