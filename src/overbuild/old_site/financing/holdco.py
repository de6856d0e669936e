"""Holdco loan: serviced from the distributions of the site, structurally subordinated to all its debt."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum, present, row_min, row_sum
from overbuild.instruments.ratios import cover_ratio
from overbuild.instruments.repayment import repayment_pattern
from overbuild.old_site.case.debt_plan import Holdco
from overbuild.timeline.series import padded
from overbuild.units import Count, PerYear, Ratio, Usd, UsdStock


class HoldcoShape(NamedTuple):
    """Nothing of this loan is static."""


class HoldcoTerms(NamedTuple):
    """The loan to the holding company."""

    amount: UsdStock
    rate_per_year: PerYear
    periods_per_year: Count


class HoldcoInputs(NamedTuple):
    """Net cash to equity of the site in a period (below 0: paid in), and the scheduled balance of the loan after it."""

    net_cash_to_equity: Usd
    scheduled_balance: UsdStock


class HoldcoState(NamedTuple):
    """Balance of the loan."""

    balance: UsdStock


class HoldcoRows(NamedTuple):
    """Lines that results are made of; each leaf is a whole row."""

    dscr: Usd
    covered: Usd


class HoldcoResults(NamedTuple):
    """The loan, its minimum DSCR, and the number of periods with debt service."""

    debt: UsdStock
    min_dscr: Ratio
    covered_periods: Count


def holdco_period(shape: HoldcoShape, state: HoldcoState, inputs: HoldcoInputs, terms: HoldcoTerms) -> HoldcoState:
    """A period of the holdco loan: distributions pay interest and principal as far as they go.

        received     = max(0, net_cash_to_equity)
        interest     = balance * rate_per_year / periods_per_year
        principal    = max(0, balance - scheduled_balance)
        debt_service = interest + principal
        paid         = min(debt_service, received)
        balance      = balance before + interest - paid
        dscr         = received / debt_service
        to_owners    = net_cash_to_equity - paid

    What is not paid stays owed at the same rate and is due in the next period; it does not touch the site.
    A remainder under 1e-9 of the loan is dropped. USD a period.
    Source: ours, a simplification of a loan on distributions: it has no default, no rate of default and no reserve.

    >>> holdco_period(HoldcoShape(), HoldcoState(100.0), HoldcoInputs(30.0, 75.0), HoldcoTerms(100.0, 0.1, 1.0))
    HoldcoState(balance=80.0)
    """
    received = line("holdco.received", maximum(0.0, inputs.net_cash_to_equity))
    interest = line("holdco.interest", state.balance * terms.rate_per_year / terms.periods_per_year)
    principal = line("holdco.principal", maximum(0.0, state.balance - inputs.scheduled_balance))
    due = line("holdco.debt_service", interest + principal)
    paid = line("holdco.paid", minimum(due, received))
    line("holdco.unpaid", due - paid)
    line("holdco.dscr", cover_ratio(received, due))
    line("holdco.covered", present(due, terms.amount))
    line("holdco.to_owners", inputs.net_cash_to_equity - paid)
    after = state.balance + interest - paid
    return HoldcoState(line("holdco.balance", after * present(after, terms.amount)))


def holdco_results(rows: HoldcoRows, terms: HoldcoTerms) -> HoldcoResults:
    """Results from whole rows.

        min_dscr        = minimum dscr over the periods with debt service
        covered_periods = number of those periods

    Source: standard.

    >>> holdco_results(HoldcoRows([2.0, 1.5, 0.0], [1.0, 1.0, 0.0]), HoldcoTerms(100.0, 0.1, 1.0)).min_dscr
    1.5
    """
    return HoldcoResults(
        debt=line("holdco.debt", terms.amount),
        min_dscr=line("holdco.min_dscr", row_min(rows.dscr, rows.covered)),
        covered_periods=line("holdco.covered_periods", row_sum(rows.covered)),
    )


def scheduled_balances(holdco: Holdco, periods_per_year: int, periods: int) -> tuple[float, ...]:
    """Scheduled balance at the end of each operating period, USD.

    >>> scheduled_balances(Holdco(100.0, 0.1, 2, "bullet"), 1, 3)
    (100.0, 0.0, 0.0)
    """
    rate = holdco.rate_per_year / periods_per_year
    shares = repayment_pattern(holdco.repayment, holdco.tenor, rate, path="holdco")
    return padded([holdco.amount * (1.0 - sum(shares[:place])) for place in range(1, holdco.tenor)], periods)
