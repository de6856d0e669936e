"""Lines that results are summed from: survival weights, discount factors, cash between the site and its owners."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, line, maximum, present, total
from overbuild.old_site.financing.discount_factors import lenders_factor, owners_factor
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.state import Discount, State
from overbuild.old_site.terms.terms import Terms
from overbuild.units import Flag01, Usd


class Flags(NamedTuple):
    """Flags of a period: default, debt service in it, debt service in the last twelve months."""

    default: Flag01
    due: Flag01
    due_12m: Flag01


class OwnersCash(NamedTuple):
    """Cash between the site and its owners in a period, USD: what it distributes, and what they pay in.

    `support` are cures and losses carried without debt, `refresh` the part of a refresh that they pay (a loss up to its
    cost is paid for it); `surplus` is what a default would leave them.
    """

    distribution: Usd
    support: Usd
    refresh: Usd
    surplus: Usd


def net_cash_to_equity(default: Flag01, cash: OwnersCash, state: State) -> Usd:
    """What the owners receive less what they pay in, until a default, and what that leaves them.

        equity_support     = alive * (1 - default) * support
        equity_paid_in     = equity_support + alive * (1 - default) * refresh
        equity_received    = alive * ((1 - default) * distribution + default * surplus)
        net_cash_to_equity = equity_received - equity_paid_in

    In the period of a default nothing is charged to the owners and nothing is distributed. USD a period.
    Source: ours, an identity: both sides of the owners' account.

    >>> from overbuild.old_site.examples import OPENING
    >>> net_cash_to_equity(0.0, OwnersCash(40.0, 15.0, 0.0, 0.0), OPENING)
    25.0
    """
    lives = state.alive * (1.0 - default)
    support = line("equity_support", lives * cash.support)
    paid_in = line("equity_paid_in", support + lives * cash.refresh)
    received = line("equity_received", state.alive * blend(default, cash.surplus, cash.distribution))
    return line("net_cash_to_equity", received - paid_in)


def measured(
    flags: Flags,
    cash: tuple[Usd, OwnersCash],
    discounts: tuple[Discount, ...],
    state: State,
    case: tuple[Inputs, Terms],
) -> None:
    """Lines for the results: which periods count, the cash of the owners, and discount factors.

        alive          = 1 until the end of the period of default
        equity_cash_in = max(0, net_cash_to_equity);  equity_cash_out = max(0, -net_cash_to_equity)

    `cash` is CFADS and that of the owners; the last of `discounts` is the lenders' factor where rates float.
    Source: ours, a convention: the period of default still counts, with what enforcement leaves in place of its cash.

    >>> from overbuild.equations import collecting
    >>> from overbuild.old_site.examples import INPUTS, OPENING, TERMS
    >>> with collecting(["net_cash_to_equity"]) as rows:
    ...     measured(Flags(0.0, 1.0, 1.0), (90.0, OwnersCash(40.0, 0.0, 0.0, 0.0)), (), OPENING, (INPUTS, TERMS))
    >>> rows["net_cash_to_equity"]
    [40.0]
    """
    inputs, terms = case
    cfads, owners = cash
    alive = line("alive", state.alive)
    line("default_now", alive * flags.default)
    line("covered", alive * flags.due)
    line("covered_12m", alive * flags.due_12m)
    flow = net_cash_to_equity(flags.default, owners, state)
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
