"""What sources say of the quantities of a site: every figure that bears on one, as a range.

`presets/peer-ranges.csv` names, for each quantity, the rows of the fact tables that speak of it. Where a row's own
figures are the range nothing more is written; where the row says it in words (a deal's terms, a range in a name) the
reading stands beside it, in the unit as printed, and a test holds it against the row.
"""

from __future__ import annotations

import csv
import functools
import io
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from overbuild import units
from overbuild.errors import raise_all
from overbuild.facts.store import read_everything
from overbuild.facts.typed_tables import keyed_rows


class PeerRange(NamedTuple):
    """What one row says of a quantity: from `low` to `high` in the unit used inside."""

    fact: str
    source: str
    low: float
    high: float
    unit: str


class PeerReading(NamedTuple):
    """A row of `peer-ranges.csv`: without figures of its own, those of the fact hold."""

    quantity: str
    fact: str
    low: str
    high: str
    unit: str
    note: str


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
    facts, _, faults = read_everything(Path(workspace) if workspace is not None else None)
    raise_all(faults)
    figures = _typed_figures()
    figures |= {one.key: (one.source, one.value, one.value, one.unit) for one in facts if one.value is not None}
    found: dict[str, list[PeerRange]] = {}
    for reading in peer_readings():
        source, low, high, unit = figures[reading.fact]
        if reading.unit:
            low, high, unit = float(reading.low), float(reading.high), reading.unit
        if low is not None and high is not None:
            found.setdefault(reading.quantity, []).append(_range(reading.fact, source, low, high, unit))
    for one in facts:
        if one.metric in found and one.value is not None:
            found[one.metric].append(_range(one.key, one.source, one.value, one.value, one.unit))
    return {quantity: tuple(ranges) for quantity, ranges in found.items()}


def _range(fact: str, source: str, low: float, high: float, unit: str) -> PeerRange:
    return PeerRange(fact, source, units.inside(low, unit), units.inside(high, unit), units.UNITS[unit].inside)


def _typed_figures() -> dict[str, tuple[str, float | None, float | None, str]]:
    found: dict[str, tuple[str, float | None, float | None, str]] = {}
    for key, row in keyed_rows().items():
        cells = row.cells
        ends = [float(text) if (text := cells.get(name, "")) else None for name in ("value_low", "value_high")]
        found[key] = (cells["source"], ends[0], ends[1], cells.get("unit", ""))
    return found
