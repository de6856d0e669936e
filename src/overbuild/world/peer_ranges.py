"""What sources say of the quantities of a site: every figure that bears on one, as a range.

`presets/peer-ranges.csv` names, for each quantity, the rows of the fact tables that speak of it. Where a row's own
figures are the range nothing more is written; where the row says it in words (a deal's terms, a range in a name) the
reading stands beside it, in the unit as printed, and a test holds it against the row. What no document prints but
follows from what several do is derived, as an input of a case is: a line of arithmetic, and its `operands`.
"""

from __future__ import annotations

import csv
import functools
import io
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from overbuild import units
from overbuild.errors import FactError
from overbuild.world.provenance.derivation import Derivation, derive
from overbuild.world.provenance.figures import KnownFigures


class PeerRange(NamedTuple):
    """What one row says of a quantity: from `low` to `high` in the unit used inside; `derived` is the line it comes from."""

    fact: str
    source: str
    low: float
    high: float
    unit: str
    derived: str = ""


class PeerReading(NamedTuple):
    """A row of `peer-ranges.csv`: without figures of its own, those of the fact hold."""

    quantity: str
    fact: str
    low: str
    high: str
    unit: str
    note: str
    derive: str
    operands: str


@functools.cache
def peer_readings() -> tuple[PeerReading, ...]:
    """Every row of the file."""
    text = files("overbuild.world").joinpath("presets", "peer-ranges.csv").read_text("utf-8")
    return tuple(PeerReading(**row) for row in csv.DictReader(io.StringIO(text, newline="")))


def peer_ranges(workspace: Path | str | None = None) -> dict[str, tuple[PeerRange, ...]]:
    """Every quantity with what each source says of it.

    A fact of the workspace whose metric is the name of a quantity (`site.pue`) is one of its sources too.
    Raises every fault of the tables at once, as the ledger does.

    >>> [f"{one.low:g} to {one.high:g}" for one in peer_ranges()["site.pue"]]
    ['1.06 to 1.28', '1.18 to 1.18', '1.54 to 1.58']
    """
    known = KnownFigures(workspace)
    found: dict[str, list[PeerRange]] = {}
    for reading in peer_readings():
        one = _derived(reading, known) if reading.derive else _printed(reading, known)
        if one is not None:
            found.setdefault(reading.quantity, []).append(one)
    for fact in known.observations:
        if fact.metric in found and fact.value is not None:
            found[fact.metric].append(_range(fact.key, fact.source, fact.value, fact.value, fact.unit))
    return {quantity: tuple(ranges) for quantity, ranges in found.items()}


def _printed(reading: PeerReading, known: KnownFigures) -> PeerRange | None:
    """What a row says by its own figures, or as the reading has it; None for a row of words without a reading."""
    cited = known.cited(reading.fact)
    if reading.unit:
        return _range(reading.fact, cited.source, float(reading.low), float(reading.high), reading.unit)
    if cited.number is None:
        return None
    low, high = (cited.number if end is None else end for end in (cited.low, cited.high))
    return PeerRange(reading.fact, cited.source, low, high, cited.unit)


def _derived(reading: PeerReading, known: KnownFigures) -> PeerRange:
    parts = (part.partition(" = ") for part in reading.operands.split("; "))
    found = derive(reading.derive, {name: text for name, _, text in parts}, reading.unit, known)
    if not isinstance(found, Derivation):
        raise FactError("bad_value", f"peer-ranges.csv: {reading.quantity}", reading.derive, found[0].hint)
    source = known.cited(reading.fact).source
    unit = units.UNITS.get(reading.unit)
    number = found.number * (unit.factor if unit else 1.0)
    return PeerRange(reading.fact, source, number, number, unit.inside if unit else reading.unit, reading.derive)


def _range(fact: str, source: str, low: float, high: float, unit: str) -> PeerRange:
    return PeerRange(fact, source, units.inside(low, unit), units.inside(high, unit), units.UNITS[unit].inside)
