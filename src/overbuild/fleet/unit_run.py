"""A unit as it ages: every age with what it earns, is worth and is booked at; the rent at which it is worth its cost."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import number
from overbuild.equations.model import Model
from overbuild.equations.reported import Values, values_of
from overbuild.errors import InputError
from overbuild.fleet.ageing import AgeingTerms
from overbuild.fleet.model import unit_model
from overbuild.timeline.compiled_run import run_compiled

_MOST_RENT = 1e6


class UnitRun(NamedTuple):
    """A unit as it aged; `lines` have one entry an age, from purchase to the greatest age."""

    terms: AgeingTerms
    model: Model
    lines: dict[str, list[float]]
    totals: dict[str, float]

    @property
    def value(self) -> float:
        """What it is worth at purchase, USD."""
        return self.totals["value_at_purchase"]

    @property
    def economic_life(self) -> int:
        """Whole years that it pays to run it."""
        return round(self.totals["economic_life_years"])

    def values(self) -> Values:
        """Every reported result by its id."""
        return values_of(self.model.reported, self.totals)


def run_unit(terms: AgeingTerms, greatest_age: int) -> UnitRun:
    """Value a unit over its ages.

    >>> from overbuild.fleet.examples import TERMS
    >>> run = run_unit(TERMS, 9)
    >>> round(run.value, 2), run.economic_life, round(run.lines["life_6.overstatement"][2], 2)
    (26472.5, 7, 9852.7)
    """
    model = unit_model(terms, greatest_age)
    rows = run_compiled(model).rows
    lines = {name: row[::-1] for name, row in rows["ages"].items()}
    return UnitRun(terms, model, lines, {name: number(row[0]) for name, row in rows["results"].items()})


def breakeven_rent(terms: AgeingTerms, greatest_age: int) -> float:
    """The rent of the first year, USD a GPU-hour, at which a unit is worth what it cost; its decline as given.

    Raises InputError `no_root` where it is worth more than its cost at no rent, or less at any.

    >>> from overbuild.fleet.examples import TERMS
    >>> rent = breakeven_rent(TERMS, 9)
    >>> round(rent, 6), abs(run_unit(with_rent(TERMS, rent), 9).value / 30000.0 - 1.0) < 1e-9
    (2.434976, True)
    """
    from scipy.optimize import brentq

    def surplus(rent: float) -> float:
        return run_unit(with_rent(terms, rent), greatest_age).value / terms.cost - 1.0

    if surplus(0.0) >= 0.0:
        raise InputError("no_root", "rent", 0.0, "the unit is worth its cost by its resale alone: no rent is needed")
    most = max(float(terms.market.rent), 1.0)
    while surplus(most) < 0.0:
        most *= 2.0
        if most > _MOST_RENT:
            raise InputError("no_root", "rent", most, "no rent up to a million USD an hour pays for the unit")
    return float(brentq(surplus, 0.0, most, xtol=1e-14, rtol=1e-14))


def with_rent(terms: AgeingTerms, rent: float) -> AgeingTerms:
    """The unit at another rent of the first year."""
    return terms._replace(market=terms.market._replace(rent=rent))
