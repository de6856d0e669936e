"""What a share price asks: the growth of revenue at which the cash flows to come are worth what is paid for them.

A discounted cash flow turned round. Revenue grows at one rate over the years of the horizon; profit is a margin on it;
growth needs capital. The rate is found outside this page (`growth_priced_in`) and enters it as a number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from overbuild.equations import line, total
from overbuild.units import Count, PerYear, Ratio, Share, Usd, UsdStock


class PricedTerms(NamedTuple):
    """The price and the shares, and what the years to come are taken to be.

    `net_debt`, `operating_margin` and `revenue` are None where the filed ones of the period stand.
    """

    price: Usd
    shares: Count
    net_debt: UsdStock | None
    operating_margin: Share | None
    tax_rate: Share
    wacc: PerYear
    terminal_growth_per_year: PerYear
    capital_per_revenue: Ratio
    growth_per_year: PerYear
    revenue: Usd | None = None


class PricedFrom(NamedTuple):
    """Where the years to come start: revenue and operating margin of the last four quarters, and net debt."""

    revenue: Usd
    operating_margin: Share
    net_debt: UsdStock


class PricedIn(NamedTuple):
    """What the price asks: the value paid, the value of the cash flows, and the revenue of the last year."""

    enterprise_value: UsdStock
    value: UsdStock
    revenue_asked: Usd
    revenue_added: Usd


def cash_flow_of_growth(revenue_before: Usd, revenue: Usd, margin_after_tax: Share, capital_per_revenue: Ratio) -> Usd:
    """Free cash flow of a year in which revenue grows.

        cash = revenue * margin_after_tax - (revenue - revenue_before) * capital_per_revenue

    Source: standard: profit after tax less net investment, which is in proportion to the growth of revenue.

    >>> cash_flow_of_growth(100.0, 110.0, 0.3, 1.0)
    23.0
    """
    return revenue * margin_after_tax - (revenue - revenue_before) * capital_per_revenue


def priced_in(horizon_years: int, start: PricedFrom, terms: PricedTerms) -> PricedIn:
    """Value paid and value of the cash flows at one growth of revenue.

        enterprise_value = price * shares + net_debt
        value            = sum of cash_t / (1 + wacc) ** t + cash after the horizon / (wacc - terminal growth), discounted

    After the horizon revenue grows at the terminal rate. Valid: wacc above the terminal growth.
    Source: standard: a discounted cash flow with the value of a growing perpetuity.

    >>> flat = PricedTerms(10.0, 3.0, 0.0, None, 0.0, 0.10, 0.0, 1.0, 0.0)
    >>> found = priced_in(2, PricedFrom(10.0, 0.3, 0.0), flat)
    >>> round(found.value, 9), found.enterprise_value
    (30.0, 30.0)
    """
    margin = start.operating_margin * (1 - terms.tax_rate)
    paid = line("priced_in.enterprise_value", terms.price * terms.shares + start.net_debt)
    before, discount, values = start.revenue, 1 / (1 + terms.wacc), list[Usd]()
    for _ in range(horizon_years):
        after = before * (1 + terms.growth_per_year)
        values.append(cash_flow_of_growth(before, after, margin, terms.capital_per_revenue) * discount)
        before, discount = after, discount / (1 + terms.wacc)
    asked = line("priced_in.revenue_asked", before)
    next_year = asked * (1 + terms.terminal_growth_per_year)
    cash = cash_flow_of_growth(asked, next_year, margin, terms.capital_per_revenue)
    perpetuity = cash / (terms.wacc - terms.terminal_growth_per_year) * discount * (1 + terms.wacc)
    value = line("priced_in.value", line("priced_in.value_of_horizon", total(values)) + perpetuity)
    return PricedIn(paid, value, asked, line("priced_in.revenue_added", asked - start.revenue))


LEAST, MOST, STEPS = -0.5, 1.0, 300
"""Between which rates of growth a price is explained, and in how many steps they are tried."""


def growth_priced_in(horizon_years: int, start: PricedFrom, terms: PricedTerms) -> float | None:
    """The least growth a year at which the cash flows are worth the price; None where no rate between -50% and 100% is.

    >>> terms = PricedTerms(10.0, 3.6, 0.0, None, 0.0, 0.10, 0.0, 1.0, 0.0)
    >>> found = growth_priced_in(2, PricedFrom(10.0, 0.3, 0.0), terms)
    >>> round(float(priced_in(2, PricedFrom(10.0, 0.3, 0.0), terms._replace(growth_per_year=found)).value), 6)
    36.0
    """

    def excess(growth: float) -> float:
        found = priced_in(horizon_years, start, terms._replace(growth_per_year=growth))
        return float(found.value) - float(found.enterprise_value)

    step = (MOST - LEAST) / STEPS
    before = excess(LEAST)
    for place in range(1, STEPS + 1):
        at = LEAST + place * step
        now = excess(at)
        if before <= 0.0 <= now or now <= 0.0 <= before:
            return _root(excess, at - step, at)
        before = now
    return None


def _root(excess: Callable[[float], float], low: float, high: float) -> float:
    sign = 1.0 if excess(low) <= 0.0 else -1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if sign * excess(middle) <= 0.0 else (low, middle)
    return (low + high) / 2
