"""Discount factors: to financial close for equity, to the start of operation for debt."""

from __future__ import annotations

from overbuild.equations import power, quotient, total
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.terms import Terms
from overbuild.units import PerYear, Ratio, Usd


def owners_factor(years_from_close: Usd, terms: Terms) -> Ratio:
    """Equity discount factor: value at financial close of 1 received later, at the target equity return.

        owners_factor = (1 + hurdle_per_year)^-years_from_close

    Source: standard.

    >>> from overbuild.old_site.examples import TERMS
    >>> round(owners_factor(1.0, TERMS), 6)
    0.892857
    """
    return power(1.0 + terms.owners.hurdle_per_year, -years_from_close)


def opening_value(rate_per_year: PerYear, inputs: Inputs, terms: Terms) -> Ratio:
    """Debt discount factor: value at the start of operation of 1 at the end of the period, at a loan's nominal rate.

        opening_value = (1 + rate_per_year / periods_per_year)^-period_number

    Source: standard.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> round(opening_value(0.085, INPUTS, TERMS), 6)
    0.921659
    """
    return power(1.0 + rate_per_year / terms.site.periods_per_year, -inputs.period_number)


def lenders_factor(inputs: Inputs, terms: Terms) -> Ratio:
    """Debt discount factor at the mean rate of the loans, weighted by amount.

        lenders_factor = opening_value at the mean rate

    Source: ours, a simplification: the mean at the amounts lent stands for the rates of all loans.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> round(lenders_factor(INPUTS, TERMS), 6)
    0.921659
    """
    amount = total(loan.amount for loan in terms.loans)
    rate = quotient(total(loan.amount * loan.rate_per_year for loan in terms.loans), amount, none=0.0)
    return opening_value(rate, inputs, terms)
