"""Values of a case that lie outside every source known for what they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from overbuild.errors import FactError, raise_all
from overbuild.site.case.peers.quantities import QUANTITIES, Quantity, QuantityGiven, fits, shown, turned
from overbuild.site.case.read import SiteCase
from overbuild.units import UNITS
from overbuild.world.peer_ranges import PeerRange, peer_ranges
from overbuild.world.sourced import NOT_IN_A_FILE
from overbuild.world.tree import Entry

ROUNDING = 0.005
"""How far beyond a source a value may lie and still be that source's figure, rounded: a part of it."""

_NAMED = 3


class Outside(NamedTuple):
    """A value outside every source: where it stands, what it is, how far the sources reach, and what keeps it."""

    path: str
    place: Entry
    quantity: Quantity
    value: float
    low: float
    high: float
    sources: tuple[PeerRange, ...]
    kept: str
    written: bool

    @property
    def text(self) -> str:
        """The warning as a sentence that begins with `file:line:column`."""
        unit, side = self.quantity.unit, "above" if self.value > self.high else "below"
        ends = shown(self.high, unit)
        if self.low < self.high:
            ends = f"{shown(self.low, unit, bare=True)} to {ends}"
        documents = list(dict.fromkeys(one.source for one in self.sources))
        names = ", ".join(documents[:_NAMED])
        more = f" and {len(documents) - _NAMED} more" if len(documents) > _NAMED else ""
        left_out = "" if self.written else " where it is left out"
        keep = "Keep it with 'reason:' and 'author:'." if self.written else "Write the value of the site."
        remedy = f"Kept: {self.kept}" if self.kept else keep
        against = f"every source ({ends}, n={len(self.sources)}: {names}{more})"
        if len(self.sources) == 1:
            against = f"the one source known ({ends}: {names})"
        return (
            f"{self.place.file}:{self.place.cell} {self.path}: {self.quantity.label} is "
            f"{shown(self.value, unit)}{left_out}, {side} {against}. {remedy}"
        )


def outside_sources(case: SiteCase, workspace: Path | str | None = None) -> tuple[Outside, ...]:
    """Every value of a case outside all sources known for its quantity, in the order of the file.

    Raises FactError `bad_unit` for a fact of the workspace that is in no unit of its quantity.
    """
    known = peer_ranges(workspace)
    raise_all(
        [
            _not_of_it(one, quantity)
            for quantity in QUANTITIES
            for one in known[quantity.id]
            if not fits(one.unit, quantity.unit)
        ]
    )
    found = [one for quantity in QUANTITIES for one in _outside(case, quantity, known[quantity.id])]
    return tuple(sorted(found, key=lambda one: (one.place.sheet, one.place.line, one.place.column)))


def _not_of_it(one: PeerRange, quantity: Quantity) -> FactError:
    allowed = sorted(unit for unit in UNITS if fits(UNITS[unit].inside, quantity.unit))
    hint = f"{one.unit} does not measure {quantity.label.rstrip(',')}; give the figure in {' or '.join(allowed)}"
    return FactError("bad_unit", f"fact {one.fact}", None, hint)


def _outside(case: SiteCase, quantity: Quantity, known: tuple[PeerRange, ...]) -> Iterator[Outside]:
    told: set[str] = set()
    for given in quantity.of(case.plan):
        found = _found(case, quantity, known, given)
        if found is not None and found.path not in told:
            told.add(found.path)
            yield found


def _found(case: SiteCase, quantity: Quantity, known: tuple[PeerRange, ...], given: QuantityGiven) -> Outside | None:
    """A quantity as a case has it, where it lies outside all its sources; its path in the words of the file."""
    ends = [sorted(turned(end, one.unit, quantity.unit, given.density) for end in (one.low, one.high)) for one in known]
    low, high = min(end[0] for end in ends), max(end[1] for end in ends)
    above = given.value > high
    slack = ROUNDING * abs(high if above else low)
    if low - slack <= given.value <= high + slack:
        return None
    path = case.written.of(given.path)
    written = case.inputs.get(path)
    return Outside(
        path,
        written.place if written else case.places.nearest(path) or NOT_IN_A_FILE,
        quantity,
        given.value,
        low,
        high,
        tuple(known[i] for i in sorted(range(len(known)), key=lambda i: -ends[i][1] if above else ends[i][0])),
        written.reason if written else "",
        path in case.places,
    )
