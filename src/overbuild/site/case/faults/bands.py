"""Plausible bands of the inputs of a case: a number outside its band is asked about, unless the file gives a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from overbuild.errors import CaseError
from overbuild.world.sourced import Sourced

MILLION = 1e6


class CaseBand(NamedTuple):
    """What a number of a kind plausibly is: what it is called, from where to where, and by how much slips are off.

    `slips` are the factors that bring a slip back: 0.01 for percent written for a decimal, a million for USD in millions.
    """

    called: str
    low: float
    high: float
    slips: tuple[float, ...] = ()
    zero: bool = True

    def holds(self, number: float) -> bool:
        """Whether a number lies in the band; 0 says that the thing is not there, where that can be."""
        return self.low <= number <= self.high or (self.zero and number == 0.0)

    def meant(self, number: float) -> float | None:
        """What was probably meant by a number outside the band; None where no slip explains it.

        >>> CaseBand("a rate a year", 0.0, 0.3, (0.01, 0.0001)).meant(0.75), CaseBand("days", 0.0, 180.0).meant(4500.0)
        (0.0075, None)
        """
        tried = (number * factor for factor in self.slips)
        return next((one for one in tried if self.low <= one <= self.high), None)


_PERCENT = (0.01, 0.0001)

_BY_NAME: tuple[tuple[str, CaseBand], ...] = (
    ("hurdle_per_year", CaseBand("a hurdle a year", 0.0, 0.5, _PERCENT)),
    ("margin_per_year", CaseBand("a margin a year", 0.0, 0.2, _PERCENT)),
    ("spread_per_year", CaseBand("a margin a year", 0.0, 0.2, _PERCENT)),
    ("decay_per_year", CaseBand("a loss of value a year", 0.0, 0.9, _PERCENT)),
    ("attrition_per_year", CaseBand("a share that fails in a year", 0.0, 0.3, _PERCENT)),
    ("commitment_fee_per_year", CaseBand("a fee a year", 0.0, 0.05, _PERCENT)),
    ("lc_fee_per_year", CaseBand("a fee a year", 0.0, 0.1, _PERCENT)),
    ("maintenance_share_per_year", CaseBand("a share of cost a year", 0.0, 0.2, _PERCENT)),
    ("insurance_share_per_year", CaseBand("a share of cost a year", 0.0, 0.1, _PERCENT)),
    ("property_tax_share_per_year", CaseBand("a share of book value a year", 0.0, 0.1, _PERCENT)),
    ("growth", CaseBand("a growth a year", -0.7, 0.7, _PERCENT)),
    ("escalator_per_year", CaseBand("an escalator a year", -0.2, 0.3, _PERCENT)),
    ("inflation_per_year", CaseBand("an inflation a year", -0.1, 0.3, _PERCENT)),
    ("decline_per_year", CaseBand("a decline a year", -0.5, 0.7, _PERCENT)),
    ("tax.rate", CaseBand("a tax rate", 0.0, 0.6, _PERCENT)),
    ("pue", CaseBand("a PUE", 1.0, 2.5, (0.01,), zero=False)),
    ("performance", CaseBand("a performance in GPUs of the first kind", 0.2, 30.0, (), zero=False)),
    ("performance_gain", CaseBand("a performance in GPUs of the first kind", 0.2, 30.0, (), zero=False)),
    ("lag_years", CaseBand("a time to sell in years", 0.0, 5.0)),
    ("book_life_years", CaseBand("a life in years", 0.5, 60.0, (1.0 / 12.0,), zero=False)),
)

_BY_UNIT: Mapping[str, CaseBand] = {
    "decimal per year": CaseBand("a rate a year", 0.0, 0.35, _PERCENT),
    "ratio": CaseBand("a ratio", 0.3, 6.0, (0.01,)),
    "days": CaseBand("a term in days", 0.0, 180.0),
    "MW": CaseBand("a load in MW", 0.1, 20_000.0, (0.001, 1000.0), zero=False),
    "kW per GPU": CaseBand("the load of a GPU in kW", 0.2, 20.0, (0.001,), zero=False),
    "USD per GPU-hour": CaseBand("a price in USD a GPU-hour", 0.0, 100.0, (0.01,)),
    "USD per MWh": CaseBand("a price in USD a MWh", 2.0, 600.0, (1000.0,)),
    "USD per kW-month": CaseBand("a price in USD a kW-month", 0.5, 2_000.0),
    "USD": CaseBand("an amount in USD", 10_000.0, 5e12, (MILLION, 1000.0)),
    "USD per year": CaseBand("an amount in USD a year", 1_000.0, 5e11, (MILLION, 1000.0)),
}


def band_of(path: str, unit: str) -> CaseBand | None:
    """The band of an input by its path and unit; None for one that has none.

    >>> band_of("owners.hurdle_per_year", "decimal per year").called, band_of("site.operating_periods", "periods")
    ('a hurdle a year', None)
    """
    return next(
        (band for name, band in _BY_NAME if path == name or path.endswith((f".{name}", f".{name}.value"))), None
    ) or (_BY_UNIT.get(unit))


_MONEY = ("USD", "USD per year")
WHOLE_DEALS = 1e7
"""A case whose largest amount is below this is a small example: its amounts are not asked about."""


def implausible(inputs: Mapping[str, Sourced], unit_of: Callable[[str], str]) -> Iterator[CaseError]:
    """Numbers outside their bands for which a file gives neither a source nor a reason: one fault an input.

    >>> from overbuild.world.tree import Entry
    >>> bare = Sourced("owners.hurdle_per_year", 0.75, "", "case", "", "", "", "", None, None, Entry(0.75, "my.yaml", 3, 9))
    >>> [fault.hint for fault in implausible({bare.path: bare}, lambda path: "decimal per year")]
    ['a hurdle a year of 0 to 0.5 is plausible: did you mean 0.0075? Else keep it with reason: and author:']
    """
    units = {path: unit_of(path) for path in inputs}
    amounts = [number for path, one in inputs.items() if units[path] in _MONEY for number in one.numbers]
    for path, one in inputs.items():
        if one.origin != "case" or (units[path] in _MONEY and max(amounts) < WHOLE_DEALS):
            continue
        band = band_of(path, units[path])
        outside = next((number for number in one.numbers if band is not None and not band.holds(number)), None)
        if band is None or outside is None:
            continue
        meant = band.meant(outside)
        asked = "" if meant is None else f": did you mean {meant:g}? Else"
        hint = f"{band.called} of {band.low:g} to {band.high:g} is plausible{asked or ';'} keep it with reason: and author:"
        yield one.place.fault("implausible", path, hint, outside)
