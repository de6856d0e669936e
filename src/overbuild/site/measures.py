"""Lines that results are summed from: survival weights, discount factors, flows of the owners."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, line, maximum, power, present, quotient, total
from overbuild.site.state import Discount, State
from overbuild.site.terms import Inputs, Terms
from overbuild.units import Flag01, PerYear, Ratio, Usd


def owners_factor(years_from_close: Usd, terms: Terms) -> Ratio:
    """Value at close of 1 received later, at what the owners ask for.

        owners_factor = (1 + hurdle_per_year)^-years_from_close

    >>> from overbuild.site.examples import TERMS
    >>> round(owners_factor(1.0, TERMS), 6)
    0.892857
    """
    return power(1.0 + terms.owners.hurdle_per_year, -years_from_close)


def opening_value(rate_per_year: PerYear, inputs: Inputs, terms: Terms) -> Ratio:
    """Value at the start of operation of 1 at the end of the period, at a loan's nominal rate.

        opening_value = (1 + rate_per_year / periods_per_year)^-period_number

    Source: standard.

    >>> from overbuild.site.examples import INPUTS, TERMS
    >>> round(opening_value(0.085, INPUTS, TERMS), 6)
    0.921659
    """
    return power(1.0 + rate_per_year / terms.site.periods_per_year, -inputs.period_number)


def lenders_factor(inputs: Inputs, terms: Terms) -> Ratio:
    """Value at the start of operation of 1 received later, at the loans' rate (the mean by amount).

        lenders_factor = opening_value at the mean rate

    >>> from overbuild.site.examples import INPUTS, TERMS
    >>> round(lenders_factor(INPUTS, TERMS), 6)
    0.921659
    """
    amount = total(loan.amount for loan in terms.loans)
    rate = quotient(total(loan.amount * loan.rate_per_year for loan in terms.loans), amount, none=0.0)
    return opening_value(rate, inputs, terms)


class Flags(NamedTuple):
    """Flags of a period: default, debt service in it, debt service in the last twelve months."""

    default: Flag01
    due: Flag01
    due_12m: Flag01


def measured(
    flags: Flags,
    cash: tuple[Usd, Usd, Usd],
    discounts: tuple[Discount, ...],
    state: State,
    case: tuple[Inputs, Terms],
) -> None:
    """Lines for the results: which periods count, what the owners get, and what a flow is worth.

        alive            = 1 until the end of the period of default
        equity_cash_flow = alive * ((1 - default) * to_owners + default * default_surplus)

    `cash` is CFADS, what goes to the owners, and what a default leaves to them; the last of `discounts` is the
    lenders' factor where rates float. Source: ours.

    >>> from overbuild.equations import collecting
    >>> from overbuild.site.examples import INPUTS, OPENING, TERMS
    >>> with collecting(["equity_cash_flow"]) as rows:
    ...     measured(Flags(0.0, 1.0, 1.0), (90.0, 40.0, 0.0), (), OPENING, (INPUTS, TERMS))
    >>> rows["equity_cash_flow"]
    [40.0]
    """
    inputs, terms = case
    cfads, to_owners, surplus = cash
    alive = line("alive", state.alive)
    line("default_now", alive * flags.default)
    line("covered", alive * flags.due)
    line("covered_12m", alive * flags.due_12m)
    flow = line("equity_cash_flow", alive * blend(flags.default, surplus, to_owners))
    line("equity_cash_in", maximum(0.0, flow))
    line("equity_cash_out", maximum(0.0, -flow))
    line("owners_factor", owners_factor(inputs.years_from_close, terms))
    factor = discounts[-1].factor if discounts else lenders_factor(inputs, terms)
    line("owed_cash", cfads * line("lenders_factor", factor))
    line("period_number", inputs.period_number)
    line("last_period", inputs.last)
    runs = total(loan.runs for loan in inputs.loans)
    line("before_maturity", present(runs, 1.0))
    repaid = total(loan.scheduled_principal for loan in inputs.loans)
    years = inputs.period_number / terms.site.periods_per_year
    line("principal_years", repaid * years)
