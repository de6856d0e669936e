"""What was found of how rents move: the table that `calibration/rental_price.py` gave, as a preset."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple, TypeAlias

from overbuild.errors import CaseError
from overbuild.world.presets import PREFIX, SINGLE
from overbuild.world.quantities import Count
from overbuild.world.record import read_sound
from overbuild.world.sourced import Sourced, SourcedPerYear, SourcedShare
from overbuild.world.tree import read_case_file

SourcedLog: TypeAlias = Annotated[Sourced, "ratio"]


class IndexFinding(NamedTuple):
    """A series of an index: weekly steps, drift and volatility of its log a year, the later half in the fan of the earlier."""

    name: str
    steps: Count
    drift_per_year: SourcedPerYear
    volatility: SourcedLog
    held: SourcedShare


class RegimeFinding(NamedTuple):
    """The slope of a regime, log a year."""

    name: str
    slope_per_year: SourcedPerYear


class PostedFinding(NamedTuple):
    """How posted prices jump: changes, on how many days of a seller, how often a year, the size in logs, which share up."""

    changes: Count
    days: Count
    rate_per_year: SourcedLog
    size: SourcedLog
    share_up: SourcedShare


class RentFindings(NamedTuple):
    """All that was found."""

    series: tuple[IndexFinding, ...]
    later_weeks: Count
    later_held: SourcedShare
    regimes: tuple[RegimeFinding, ...]
    posted: PostedFinding


@functools.cache
def rent_findings() -> RentFindings:
    """The findings that ship."""
    return read_sound(read_case_file(Path(f"{PREFIX}rental-price"), SINGLE), RentFindings, _faults)


def _faults(found: RentFindings) -> Iterator[CaseError]:
    if not 0.0 <= found.later_held.value <= 1.0:
        yield CaseError("share_out_of_range", "later_held", found.later_held.value, "a share lies between 0 and 1")
