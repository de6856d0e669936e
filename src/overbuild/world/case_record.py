"""A case file of any kind whose file form is its record: read, held against the facts it cites, with its origins.

A site has a file form of its own and a reader of its own; every other kind of case is read here.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from overbuild.equations import flatten
from overbuild.errors import CaseError, OverbuildError, raise_all
from overbuild.world.drivers.record_drivers import RecordDrivers, RecordDriversBlock, record_driver_faults
from overbuild.world.fields import currency_of, in_currency, unit_of_leaf, word_faults
from overbuild.world.overlay import Overlay, assigned, entry_at
from overbuild.world.presets import PREFIX, presets
from overbuild.world.provenance.agreement import Agreement, settled
from overbuild.world.provenance.derived_block import figured
from overbuild.world.provenance.figures import KnownFigures
from overbuild.world.provenance.stated_units import unit_faults
from overbuild.world.record import BLOCK, RecordReading, read_record, refuse_another_kind
from overbuild.world.schema import schema
from overbuild.world.sourced import Sourced
from overbuild.world.tree import Entry, FilePlaces, read_case_file

R = TypeVar("R")


@dataclass(frozen=True)
class CaseKind(Generic[R]):
    """A kind of case: its name, the folder of its presets, its record, and what is wrong with a record, by path.

    A kind that is not `drawn` has no drivers of its own: a file of it that names some is refused.
    """

    name: str
    presets: str
    record: type[R]
    faults_of: Callable[[R], Iterable[CaseError]]
    drawn: bool = True


@dataclass(frozen=True)
class CaseRecord(Generic[R]):
    """A case without a fault: its record, and where each of its inputs stands and comes from, by path.

    Entries of a series are counted from 1 in the file's paths, from 0 in the record's. `agreements` says of every
    sourced input what it was held against. `drivers` are what the file says is uncertain, which the case itself does not
    know, `drawn_from` the numbers of these.
    """

    kind: CaseKind[R]
    record: R
    inputs: dict[str, Sourced]
    places: FilePlaces
    agreements: tuple[Agreement, ...] = ()
    drivers: RecordDrivers | None = None
    drawn_from: dict[str, Sourced] = field(default_factory=dict[str, Sourced])

    def unit_of(self, path: str) -> str:
        """The unit of an input by its path, money in the currency of the case; empty for words."""
        return in_currency(_unit_of(self.kind, path), currency_of(self.record))

    @property
    def paths(self) -> dict[str, tuple[str, ...]]:
        """By input the paths of the record that it stands for: itself, or the entries of a series written as one."""
        found: dict[str, list[str]] = {}
        for path in flatten(self.record):
            found.setdefault(self._input_of(path), []).append(path)
        return {name: tuple(paths) for name, paths in found.items()}

    def _input_of(self, path: str) -> str:
        block, _, last = path.rpartition(".")
        if not last.isdigit():
            return path
        one = self.inputs.get(block)
        return block if one is not None and len(one.numbers) == 1 else f"{block}.{int(last) + 1}"

    def locate(self, error: OverbuildError) -> OverbuildError:
        """The error with the place of the input that it speaks of, as near as it is known."""
        return self.places.located(error)


def read_case(
    path: Path, kind: CaseKind[R], overlays: Sequence[Overlay] = (), workspace: Path | str | None = None
) -> CaseRecord[R]:
    """The case of a file or preset with some entries replaced, held against the facts that it cites.

    Raises CaseError: one of form at once, else all faults of names, types, sense and sources together, each located.
    """
    tree = read_case_file(path, kind.presets)
    for one in overlays:
        tree = assigned(tree, one.path, one.entry)
    return case_of(tree, kind, workspace)


def case_of(tree: Entry, kind: CaseKind[R], workspace: Path | str | None = None) -> CaseRecord[R]:
    """The case of a tree. Raises as `read_case`."""
    known = KnownFigures(workspace)
    reading = RecordReading(figured(known))
    names = RecordDriversBlock._fields if kind.drawn else ()
    refuse_another_kind(tree, kind.name, kind.record, RecordDriversBlock._fields)
    beside = {name: entry for name, entry in (tree.block or {}).items() if name in names}
    drawn = read_record(tree._replace(value=dict(beside)), RecordDriversBlock, reading)
    own = {name: entry for name, entry in (tree.block or {}).items() if name not in beside}
    record = read_record(tree._replace(value=own) if tree.block else tree, kind.record, reading)
    held = settled(reading.inputs, lambda path: _unit_of(kind, path), known)
    named = (tree.block or {}).get("currency")
    defaults: dict[str, Any] = getattr(kind.record, "_field_defaults", {})
    currency = (
        str(defaults.get("currency", "")) if named is None else str((named.block or {}).get("value", named).value)
    )
    units = unit_faults(reading.inputs, lambda path: in_currency(_unit_of(kind, path), currency))
    faults: list[OverbuildError] = [*reading.faults, *held.faults, *units]
    if faults:
        known_record = record if record is not None else _mended(tree._replace(value=own), reading.faults, kind, known)
        told = tuple(f"{_input_of_fault(fault.path)}." for fault in faults)
        alone: list[CaseError] = [] if known_record is None else _of_one_input(known_record, kind)
        faults += [reading.places.located(one) for one in alone if not f"{one.path}.".startswith(told)]
    elif record is not None:
        sense: list[CaseError] = [*word_faults(record), *kind.faults_of(record)]
        if drawn is not None and drawn.drivers is not None and not sense:
            sense = record_driver_faults(drawn.drivers, record, kind.faults_of)
        faults += [reading.places.located(fault) for fault in sense]
    raise_all(sorted(faults, key=lambda fault: fault.spot))
    if record is None or drawn is None:
        raise tree.fault("bad_value", "file", f"the {kind.name} could not be read")
    inputs = {path: one for path, one in held.inputs.items() if not _is_beside(path)}
    agreements = tuple(one for one in held.agreements if not _is_beside(one.path))
    drawn_from = {path: one for path, one in held.inputs.items() if _is_beside(path)}
    return CaseRecord(kind, record, inputs, reading.places, agreements, drawn.drivers, drawn_from)


def _of_one_input(record: R, kind: CaseKind[R]) -> list[CaseError]:
    """What is wrong with an input whatever the others are: a word that is none of its choice, a number out of bounds."""
    return [*word_faults(record), *(one for one in kind.faults_of(record) if isinstance(one, BeyondBounds))]


def _mended(tree: Entry, faults: Sequence[CaseError], kind: CaseKind[R], known: KnownFigures) -> R | None:
    """A case with the inputs of a preset where its own could not be read: by it the others are looked at.

    None where no preset of its kind has such an input, or more is wrong than inputs.
    """
    shipped = [read_case_file(Path(f"{PREFIX}{name}"), kind.presets) for name in presets(kind.presets)]
    for path in dict.fromkeys(_input_of_fault(fault.path) for fault in faults):
        if _is_beside(path):
            continue
        found = next((entry for one in shipped if (entry := entry_at(one, path)) is not None), None)
        if found is None:
            return None
        try:
            tree = assigned(tree, path, found)
        except CaseError:
            return None
    return read_record(tree, kind.record, RecordReading(figured(known)))


def _input_of_fault(path: str) -> str:
    """The input that a fault speaks of: its own path without what stands beside its value."""
    first, *rest = path.split(".")
    return ".".join([first, *itertools.takewhile(lambda step: step not in BLOCK, rest)])


def _is_beside(path: str) -> bool:
    return path.partition(".")[0] in RecordDriversBlock._fields


def _unit_of(kind: CaseKind[Any], path: str) -> str:
    return unit_of_leaf(RecordDriversBlock if _is_beside(path) else kind.record, path)


def kind_schema(kind: CaseKind[Any]) -> dict[str, Any]:
    """The JSON Schema of a file of a kind: its record, and what it may say is uncertain."""
    found = schema(kind.record, kind.name)
    if not kind.drawn:
        return found
    return {**found, "properties": {**found["properties"], **schema(RecordDriversBlock, "drivers")["properties"]}}


def bounded(path: str, value: Any, low: float, high: float, what: str, code: str = "bad_value") -> Iterable[CaseError]:
    """The fault of a number that lies outside its bounds, both included: what it is, and which those are.

    >>> [fault.hint for fault in bounded("unit.pue", 118.0, 1.0, 2.5, "a PUE", "bad_value")]
    ['a PUE lies between 1 and 2.5; did you mean 1.18?']
    >>> [fault.hint for fault in bounded("charge", 7448.0, 0.0, 100.0, "a demand charge", "bad_value")]
    ['a demand charge lies between 0 and 100; did you mean 7.448 or 74.48?']
    >>> [fault.hint for fault in bounded("term_years", 144.0, 1.0, 60.0, "a term in years", "bad_value")]
    ['a term in years lies between 1 and 60; did you mean 12?']
    """
    if low <= value <= high:
        return
    if value == UNBOUNDED:
        yield OutOfBounds(low, high, path)
        return
    slips = " or ".join(f"{slip:,.9g}" for slip in _slips(path, value, low, high))
    meant = f"; did you mean {slips}?" if slips else ""
    yield BeyondBounds(code, path, value, f"{what} lies between {low:,.6g} and {high:,.6g}{meant}")


class BeyondBounds(CaseError):
    """A number that lies beyond bounds which are its own: the other inputs of the case do not matter."""


class OutOfBounds(CaseError):
    """What is told of the number that lies beyond all bounds: which those of an input are."""

    def __init__(self, low: float, high: float, path: str) -> None:
        super().__init__("bad_value", path, UNBOUNDED, f"between {low:,.6g} and {high:,.6g}")
        self.low, self.high = low, high


UNBOUNDED = 1e300
"""A number beyond the bounds of every input: by it a kind of case is asked for them."""

_DECIMAL = 10.0
"""Bounds up to here are of a share, a rate or a ratio, which people write in percent; amounts may be as large."""
_OF_DECIMALS = (0.01, -1.0, 1e-3, 1e-6, 1e3)
_OF_AMOUNTS = (-1.0, 1e3, 1e-3, 0.01, 1e-6)
"""What a slip of percent (of an amount: cents), sign, thousand or million is off by, the likeliest first."""
_OF_YEARS = (-1.0, 1.0 / 12.0)
"""Of years: sign, months."""
_LEAST_OF_BAND = 1e-3
"""The part of a band that begins at 0 below which an amount is not a likely one."""


def _slips(path: str, value: float, low: float, high: float) -> list[float]:
    """What was probably meant by a number outside its bounds: one of a decimal, of an amount two where two units fit."""
    decimal = high <= _DECIMAL
    least = low if low != 0.0 or decimal else _LEAST_OF_BAND * high
    of_kind = _OF_YEARS if path.endswith("years") else _OF_DECIMALS if decimal else _OF_AMOUNTS
    fitting = [one for one in (value * factor for factor in of_kind) if least <= one <= high and one != 0.0]
    return fitting[:1] if decimal else fitting[:2]
