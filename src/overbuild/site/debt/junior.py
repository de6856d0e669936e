"""Interest of the mezzanine at its contract rates."""

from __future__ import annotations

from overbuild.equations import total
from overbuild.site.terms.state import State
from overbuild.site.terms.terms import JuniorTerms, Terms
from overbuild.units import Count, Usd, UsdStock


def junior_accrual(balance: UsdStock, terms: JuniorTerms, periods_per_year: Count) -> Usd:
    """Interest of a period at the contract rates, cash and PIK; what tax deducts, and what is added while building.

        interest = balance * (cash_rate_per_year + pik_rate_per_year) / periods_per_year

    Source: ours, a convention: simple interest, an equal part of the year's rate in each period.

    >>> junior_accrual(200.0, JuniorTerms(200.0, 0.5, 0.08, 0.04, 0.015), 1.0)
    24.0
    """
    return balance * (terms.cash_rate_per_year + terms.pik_rate_per_year) / periods_per_year


def accrued_of(state: State, terms: Terms) -> Usd:
    """Interest of the mezzanine at its contract rates, 0 without one.

    Source: its part: `junior_accrual`.

    >>> from overbuild.site.examples import OPENING, TERMS
    >>> accrued_of(OPENING, TERMS)
    0.0
    """
    if state.mezzanine is None or terms.mezzanine is None:
        return total(())
    return junior_accrual(state.mezzanine.balance, terms.mezzanine, terms.horizon.periods_per_year)
