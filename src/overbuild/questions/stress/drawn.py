"""What the numbers of what is drawn rest on: how many are assumed, which, and what moves together."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.answer import Assumption, Column, Row, Table
from overbuild.site.case.uncertain.driver_numbers import DriverNumber, driver_numbers
from overbuild.stress.site_worlds.results import SiteDistribution

ESTIMATED = "Estimated"
"""How the reason of a number begins that was fitted to data; other reasons are judgements."""


def numbers_of(found: SiteDistribution) -> tuple[DriverNumber, ...]:
    """The numbers behind what is drawn, those of the correlations between drivers that are drawn alone."""
    drawn = {*found.uncertain.names, *found.uncertain.world.names}
    return tuple(one for one in driver_numbers(found.basis.shocked, found.uncertain) if _counts(one, drawn))


def _counts(one: DriverNumber, drawn: set[str]) -> bool:
    return one.driver in ("regimes", *drawn)


def counts_of_origin(found: SiteDistribution) -> dict[str, int]:
    """How many numbers of the drivers are sourced, estimated, assumed, bare."""
    origins = [_origin(one) for one in numbers_of(found)]
    return {word: origins.count(word) for word in dict.fromkeys(origins)}


def _origin(one: DriverNumber) -> str:
    if one.given.origin == "fact":
        return "sourced"
    if one.given.origin == "case":
        return "bare"
    return "estimated" if one.given.reason.startswith(ESTIMATED) else "assumed"


def assumptions_of_drivers(found: SiteDistribution) -> Iterator[Assumption]:
    """The numbers of the drivers that no source gives, each under its path; entries of a series count from 1."""
    for one in numbers_of(found):
        given, numbers = one.given, one.given.numbers
        if given.origin == "assumption":
            for place, number in enumerate(numbers, 1):
                name = f"{one.driver}.{one.number}" if len(numbers) == 1 else f"{one.driver}.{one.number}.{place}"
                yield Assumption(name, float(number), given.unit, given.low, given.high, given.author, given.reason)


def correlations_table(found: SiteDistribution) -> tuple[Table, ...]:
    """How drivers move together: the pairs that do, of what is drawn once and of what is drawn each period."""
    rows: list[Row] = []
    once, matrix = found.uncertain.names, found.uncertain.correlations
    for row, one in enumerate(once):
        for column, other in enumerate(once[:row]):
            if matrix[row, column]:
                rows.append({"one": other, "other": one, "when": "once", "value": float(matrix[row, column])})
    names, mix = found.uncertain.world.names, found.uncertain.world.mix
    for row, one in enumerate(names):
        for column, other in enumerate(names[:row]):
            value = sum(a * b for a, b in zip(mix[row], mix[column], strict=True))
            if abs(value) > 1e-12:
                rows.append({"one": other, "other": one, "when": "each period", "value": value})
    columns = (
        Column("one", "driver"),
        Column("other", "moves with"),
        Column("when", "drawn"),
        Column("value", "correlation", "ratio"),
    )
    return (Table("correlations", "What moves together", columns, tuple(rows)),) if rows else ()
