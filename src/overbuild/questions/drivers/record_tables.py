"""What is drawn of a case whose file form is its record: its drivers, and every number behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overbuild.answer import Cell, Table
from overbuild.questions.columns import Fill, column, table
from overbuild.questions.drivers.tables import drawn_at, drawn_words, numbers_table
from overbuild.site.case.uncertain.driver_numbers import numbers_under
from overbuild.world.drivers.declared import DrawnDriver
from overbuild.world.drivers.record_drivers import RecordDrivers
from overbuild.world.sourced import Sourced


def record_drivers_tables(drivers: RecordDrivers, drawn_from: Mapping[str, Sourced]) -> Iterator[Table]:
    """The drivers of a record, and every number of them with where it comes from."""
    if not drivers.drawn:
        return
    columns = (
        column("driver", "driver", fill=lambda one: one.name),
        column("input", "moves", fill=lambda one: one.input),
        column("how", "how"),
        column("drawn", "drawn", fill=drawn_words),
        *(column(key, label, fill=_quantile(z)) for key, label, z in _SHARES),
    )
    note = "5, 50 and 95 percent of what the input is multiplied by, moved by or replaced with"
    yield table("drivers", "What is drawn", columns, drivers.drawn, note=note)
    numbers = [
        one
        for name in (one.name for one in drivers.drawn)
        for one in numbers_under(drawn_from, f"drivers.drawn.{name}.", name)
    ]
    numbers += numbers_under(drawn_from, "drivers.correlations.", "correlations")
    yield numbers_table(numbers)


def _quantile(z: float) -> Fill:
    def fill(one: DrawnDriver) -> Cell:
        return drawn_at(one, z)

    return fill


_SHARES = (("p5", "5%", -1.6448536269514722), ("p50", "50%", 0.0), ("p95", "95%", 1.6448536269514722))
