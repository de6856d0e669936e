"""The interest rate of each loan in a period, fixed or floating, and discount factors at floating rates."""

from __future__ import annotations

from overbuild.equations import line, quotient, total
from overbuild.instruments.delayed_draw import weighted_margin
from overbuild.instruments.floating_rate import floating_coupon, swap_rate
from overbuild.old_site.terms.debt_terms import FloatingRate
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.state import Discount, State
from overbuild.old_site.terms.terms import Terms
from overbuild.units import PerYear


def floating_rate(base_rate_per_year: PerYear, terms: FloatingRate) -> PerYear:
    """All-in rate of a floating-rate loan after its swap, as a decimal a year.

        rate = max(base, floor) + margin + swap_share * (swap_fixed - max(base, floor))

    The margin is that of the loan, or the mean of the margins of its contracts, weighted by share. The swap is matched:
    its floating leg has the floor of the loan. Inside a site the interest of a period is rate / periods_per_year; for
    ACT/360 see `floating_rate.py`.
    Sources: ARRC and LSTA term SOFR conventions; ours, a simplification of ACT/360: periods of equal length.

    >>> terms = FloatingRate(0.0, 0.06, (), 0.5, 0.03)
    >>> round(floating_rate(0.04, terms), 9), round(floating_rate(-0.01, terms), 9)
    (0.095, 0.075)
    """
    margin = weighted_margin(terms.margins) if terms.margin_per_year is None else terms.margin_per_year
    swap = swap_rate(base_rate_per_year, terms.swap_share, terms.swap_fixed_per_year, terms.floor_per_year)
    return floating_coupon(base_rate_per_year, terms.floor_per_year, margin) + swap


def rates_of(inputs: Inputs, terms: Terms) -> tuple[PerYear, ...]:
    """Interest rate of each loan in the period, as a decimal a year.

        rate = floating_rate at the base rate of the period, or the fixed rate_per_year

    Source: its parts: `floating_rate`, loan by loan.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> rates_of(INPUTS, TERMS)
    (0.085,)
    """
    return tuple(
        term.rate_per_year
        if term.floating is None
        else line(f"{term.name}.rate_per_year", floating_rate(given.base_rate_per_year, term.floating))
        for given, term in zip(inputs.loans, terms.loans, strict=True)
    )


def discounts_of(shape: Shape, rates: tuple[PerYear, ...], state: State, terms: Terms) -> tuple[Discount, ...]:
    """Debt discount factors at floating rates, one for each loan and one for all; empty where all rates are fixed.

        factor = factor before / (1 + rate / periods_per_year)

    The last one is at the mean rate of all loans, weighted by amount.
    Source: standard.

    >>> from overbuild.old_site.examples import OPENING, SHAPE, TERMS
    >>> discounts_of(SHAPE, (0.085,), OPENING, TERMS)
    ()
    """
    if not floats(shape):
        return ()
    mean = quotient(
        total(term.amount * rate for term, rate in zip(terms.loans, rates, strict=True)),
        total(term.amount for term in terms.loans),
        none=0.0,
    )
    found: list[Discount] = []
    for before, rate in zip(state.discounts, (*rates, mean), strict=True):
        factor = before.factor / (1.0 + rate / terms.site.periods_per_year)
        found.append(Discount(before.name, line(f"{before.name}.discount_factor", factor)))
    return tuple(found)


def opening_discounts(shape: Shape) -> tuple[Discount, ...]:
    """Debt discount factors at the start of operation: 1 each; empty where all rates are fixed.

        factor = 1

    Source: ours, a convention: lenders value cash as of the start of operation.

    >>> from overbuild.old_site.examples import SHAPE
    >>> opening_discounts(SHAPE)
    ()
    """
    return tuple(Discount(name, 1.0) for name in (*shape.loans, "lenders")) if floats(shape) else ()


def floats(shape: Shape) -> bool:
    """Whether any loan of the site has a floating rate.

    >>> from overbuild.old_site.examples import SHAPE
    >>> floats(SHAPE)
    False
    """
    return any(tranche.rate == "floating" for tranche in shape.tranches)
