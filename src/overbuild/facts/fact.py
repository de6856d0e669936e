"""A fact: one figure of one entity for one period, as printed, with where it was read and when it became known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from overbuild import units
from overbuild.facts.period import period_label
from overbuild.foreign.how_written import Columns

KINDS = ("reported", "guidance", "estimate", "run_rate", "forecast", "article", "assumption")
"""The only kinds a figure can have."""

STATEMENTS = frozenset({"guidance", "forecast", "run_rate"})
"""Kinds that later statements replace: among them the newest wins and the class only breaks ties."""

CLASS_RANK = {
    "filing": 5,
    "company_release": 4,
    "regulator": 3,
    "press": 2,
    "aggregator": 1,
    "analyst": 1,
    "assumption": 0,
}
"""How far a kind of document is trusted. Nothing below `FIRM` replaces a figure of that rank or above."""

FIRM = CLASS_RANK["company_release"]

STATUSES = ("seen", "partly_seen", "computed", "recalled", "assumption", "withdrawn")
PRECISIONS = ("day", "month", "year", "inferred", "entered")
"""How exactly the day a fact became known is itself known; `entered` is the day an assumption was written down."""


class Fact(NamedTuple):
    """One row of an observation table. `value` and `unit` are as printed; `value_in_base_unit` converts once.

    A withdrawn figure has neither value nor text and ends its (entity, metric, period). Dates are ISO text;
    a figure without a period has two empty strings. `rank` breaks a tie of class and date (0 in our own tables).
    """

    entity: str
    metric: str
    period_start: str
    period_end: str
    value: float | None
    value_text: str
    unit: str
    unit_printed: str
    kind: str
    status: str
    source: str
    source_class: str
    locator: str
    known_at: str
    known_at_precision: str
    note: str
    rank: int = 0
    file: str = ""
    line: int = 0

    @property
    def period(self) -> str:
        """The period's label: `2026`, `2026Q1`, `2026-05-31`, or `2025-07-01..2026-06-30`."""
        return period_label(self.period_start, self.period_end)

    @property
    def key(self) -> str:
        """The id that files cite: `ENTITY.METRIC@PERIOD#source`. Where vintages share it, it means the newest."""
        period = f"@{self.period}" if self.period else ""
        return f"{self.entity}.{self.metric}{period}#{self.source}"

    @property
    def vintage(self) -> str:
        """The id of this figure as it was known from one day on: `ENTITY.METRIC@PERIOD#source~2026-04-30`."""
        return f"{self.key}~{self.known_at}"

    @property
    def identity(self) -> tuple[str, str, str, str, str, str, str]:
        """What may occur only once: entity, metric, period, kind, source and the day the figure became known.

        A later day is a later vintage: a correction or a restatement, and both rows stay. Unit and definition belong
        to the metric: figures of one entity, metric and period measure the same thing, in any unit of it, and the
        metric's name is their definition, with the qualifiers that `unit_printed` keeps from the page. A figure of
        another definition has a metric of another name; it is no second row of this one.
        """
        return (self.entity, self.metric, self.period_start, self.period_end, self.kind, self.source, self.known_at)

    @property
    def value_in_base_unit(self) -> float | None:
        """The value in the unit used inside (USD, MW, decimals); None for text."""
        return None if self.value is None else units.inside(self.value, self.unit)

    @property
    def base_unit(self) -> str:
        """The unit used inside."""
        return units.UNITS[self.unit].inside


COLUMNS = Fact._fields[:16]
"""The columns of an observation table, in order."""

DESCRIBED = ("source_title", "source_url", "published", "why_no_date", "why_no_address")
"""Columns of a user's table that describe a document in place of `source`."""

FACT_COLUMNS = Columns(
    (*COLUMNS, *DESCRIBED),
    numbers=("value",),
    days=("period_start", "period_end", "known_at", "published"),
    percents=units.IN_HUNDREDTHS,
)
"""What a user's table of facts may hold."""


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """The facts by subject, period, kind, source and day, in one order however they were entered."""
    return sorted(facts, key=lambda fact: (*fact.identity, fact.unit, fact.value_text, fact.value or 0.0))
