"""Lines that results are summed from: survival weights, discount factors, equity cash flows."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, line, maximum, present, total
from overbuild.site.financing.discount_factors import lenders_factor, owners_factor
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.state import Discount, State
from overbuild.site.terms.terms import Terms
from overbuild.units import Flag01, Usd


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
    """Lines for the results: which periods count, the cash flow of equity, and discount factors.

        alive            = 1 until the end of the period of default
        equity_cash_flow = alive * ((1 - default) * to_owners + default * default_surplus)

    `cash` is CFADS, what goes to the owners, and what a default leaves to them; the last of `discounts` is the
    lenders' factor where rates float.
    Source: ours, a convention: the period of default still counts, with what enforcement leaves in place of its cash.

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
