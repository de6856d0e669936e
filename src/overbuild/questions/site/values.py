"""What the values of a site's answer are called, and their units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.audit.labels import label_of_result
from overbuild.equations.reading.line_table import label_of, row_of
from overbuild.equations.reported import Reported
from overbuild.site.run import SiteRun
from overbuild.stress.drivers import DRIVERS
from overbuild.stress.site_breaks import SiteBreaks

MULTIPLE = "multiple of the case"
"""The unit of a break-even that multiplies the case."""

_UNITS = {
    "multiple": MULTIPLE,
    "share": "share",
    "per_year": "decimal per year",
    "more": "periods",
    "failure": "period",
}


class ValueWords(NamedTuple):
    """A value by its id: what it is called, and its unit (empty for a word)."""

    id: str
    label: str
    unit: str


def words_of_values(run: SiteRun, breaks: SiteBreaks) -> Iterator[ValueWords]:
    """What every value of the answer is called.

    >>> from overbuild.site.examples import RUN
    >>> from overbuild.stress.site_breaks import breaks_of
    >>> found = {one.id: one for one in words_of_values(RUN, breaks_of(RUN))}
    >>> found["breakeven.price.llcr"].label, found["breakeven.base_rate"].unit
    ('Price at which LLCR = 1', 'decimal per year')
    """
    for one in run.model.reported:
        yield _reported(one)
    for moved in (*DRIVERS, *breaks.counts):
        for target in breaks.targets:
            name = f"breakeven.{moved.id}{target.suffix}"
            what = moved.label.partition(",")[0]
            yield ValueWords(name, f"{what[:1].upper()}{what[1:]} at which {target.label}", _UNITS[moved.kind])
    yield ValueWords("first_break", "What breaks first", "")
    yield ValueWords("debt_capacity", "Debt capacity", "USD")
    yield ValueWords("debt_capacity.ltv", "Debt capacity at a loan to value", "USD")


def _reported(one: Reported) -> ValueWords:
    if not one.line:
        return ValueWords(one.id, label_of_result(one.id), one.unit)
    row = row_of(one.line)
    unit = "period" if one.is_period else "" if row is None else row.unit
    return ValueWords(one.id, label_of(one.line), unit)
