"""The numbers that explain a share price: the asker's, filed figures and assumptions, and the growth that is found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from overbuild.company.filed.figures import CompanyFigures
from overbuild.company.measures.period import period_lines
from overbuild.company.page import priced_from
from overbuild.company.preset import ASSUMED, CompaniesPreset, OwnFigures, given
from overbuild.company.priced_in import PricedTerms, growth_priced_in
from overbuild.company.terms import PeriodAt, PeriodFigures, amount, period_figures, period_terms
from overbuild.errors import FactError, raise_all
from overbuild.facts.fact import Fact
from overbuild.world.sourced import Sourced, assumption

OLDEST = 4
"""How many quarters old a margin may be."""


class PricePlan(NamedTuple):
    """What a price is explained by: each number the asker's, a fact or an assumption, by name; and the growth found."""

    numbers: dict[str, Sourced | Fact]
    growth: float | None

    @property
    def values(self) -> dict[str, float]:
        """The numbers themselves."""
        return {name: one.value if isinstance(one, Sourced) else amount(one) for name, one in self.numbers.items()}


def price_plan(
    figures: CompanyFigures,
    known: PeriodFigures,
    lines: Mapping[str, float],
    preset: CompaniesPreset,
    own: OwnFigures,
) -> PricePlan:
    """What the price is explained by, of a period and its lines.

    Raises FactError `missing` where the shares, revenue or its margin are not known, all at once.
    """
    stock = filed_shares(figures, known.at.quarter)
    margin = newest_of("trailing_operating_margin", figures, known.at, preset)
    revenue = newest_of("trailing_revenue", figures, known.at, preset)
    known_shares = own.shares is not None or stock is not None
    known_margin = own.margin is not None or margin is not None
    raise_all(_absent(figures.ticker, known_shares, revenue is not None, known_margin))
    numbers: dict[str, Sourced | Fact] = {"price": given(own.price or 0.0, "USD")}
    if own.shares is not None:
        numbers["shares"] = given(own.shares, "count")
    elif stock is not None:
        numbers["shares"] = stock
    if revenue is not None and "trailing_revenue" not in lines:
        numbers["revenue"] = revenue
    if own.net_debt is not None or "filed_net_debt" not in lines:
        numbers["net_debt"] = _net_debt(own)
    if own.margin is not None:
        numbers["operating_margin"] = given(own.margin, "decimal")
    elif margin is not None and "trailing_operating_margin" not in lines:
        numbers["operating_margin"] = margin
    return PricePlan(numbers, growth_of(PricePlan(numbers, None), lines, preset, {}))


def filed_shares(figures: CompanyFigures, quarter: int) -> Fact | None:
    """The shares outstanding that were filed nearest to a quarter, up to two quarters later or four before."""
    found = figures.latest_stock("shares_outstanding", quarter + 2, 6)
    return None if found is None else found.added[0]


def _absent(ticker: str, shares: bool, revenue: bool, margin: bool) -> list[FactError]:
    """What a price cannot be explained without, of that which is not known."""
    needed = (
        (shares, "shares", "shares outstanding are not in the facts: give --shares (a number, such as 7.43e9)"),
        (revenue, "revenue", "revenue over four quarters is not in the facts; a price cannot be explained without it"),
        (margin, "margin", "the operating margin of four quarters is not in the facts: give --margin (such as 0.3)"),
    )
    return [FactError("missing", f"{ticker} {name}", None, hint) for known, name, hint in needed if not known]


def _net_debt(own: OwnFigures) -> Sourced:
    if own.net_debt is not None:
        return given(own.net_debt, "USD")
    why = "Not in the facts: the shares are taken for the whole value. Give --net-debt."
    return assumption(0.0, "USD", author="overbuild", reason=why)


def growth_of(
    plan: PricePlan, lines: Mapping[str, float], preset: CompaniesPreset, changed: Mapping[str, float]
) -> float | None:
    """The growth that the price asks, with other assumptions in the place of some; None where no growth explains it."""
    terms = price_terms({**plan.values, "growth_per_year": 0.0}, preset, changed)
    return growth_priced_in(preset.horizon_years, priced_from(lines, terms), terms)


def newest_of(line: str, figures: CompanyFigures, at: PeriodAt, preset: CompaniesPreset) -> Sourced | None:
    """A line over the newest four quarters, up to a year old, for which the facts have it."""
    said, unit = ("operating income", "decimal") if line.endswith("margin") else ("revenue", "USD")
    for back in range(OLDEST + 1):
        earlier = PeriodAt(at.quarter - back)
        terms = period_terms(period_figures(figures, earlier, preset.lag_quarters), preset, {})
        found = period_lines(terms).get(line)
        if found is not None:
            why = f"Of the four quarters to {earlier.label}, the newest whose {said} is in the facts."
            return assumption(float(found), unit, author="overbuild", reason=why)
    return None


def price_terms(numbers: Mapping[str, float], preset: CompaniesPreset, changed: Mapping[str, float]) -> PricedTerms:
    """The numbers of a price by name, and the preset's, as terms."""
    assumed = {name: changed.get(name, getattr(preset, name).value) for name in ASSUMED}
    return PricedTerms(
        price=numbers["price"],
        shares=numbers["shares"],
        net_debt=numbers.get("net_debt"),
        operating_margin=numbers.get("operating_margin"),
        tax_rate=assumed["tax_rate"],
        wacc=assumed["wacc_per_year"],
        terminal_growth_per_year=assumed["terminal_growth_per_year"],
        capital_per_revenue=assumed["capital_per_revenue"],
        growth_per_year=numbers["growth_per_year"],
        revenue=numbers.get("revenue"),
    )
