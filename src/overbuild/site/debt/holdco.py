"""Loan to the holding company: serviced from what the site pays its owners, behind all debt of the site."""

from __future__ import annotations

from typing import Any, NamedTuple

from overbuild.equations import line, maximum, minimum, present, row_min, row_sum
from overbuild.equations.model import RowOf, Stage
from overbuild.instruments.ratios import cover_ratio
from overbuild.instruments.repayment import repayment_pattern
from overbuild.site.case.dates import first_in_service
from overbuild.site.case.plan import SitePlan
from overbuild.units import Count, Flag01, PerYear, Ratio, Usd, UsdStock


class HoldcoShape(NamedTuple):
    """Nothing of this loan is static."""


class HoldcoTerms(NamedTuple):
    """The loan to the holding company."""

    amount: UsdStock
    rate_per_year: PerYear
    periods_per_year: Count


class HoldcoInputs(NamedTuple):
    """Net cash to equity of the site (below 0: paid in), whether the loan runs, its balance as agreed after the period."""

    net_cash_to_equity: Usd
    runs: Flag01
    scheduled_balance: UsdStock


class HoldcoState(NamedTuple):
    """Balance of the loan."""

    balance: UsdStock


class HoldcoRows(NamedTuple):
    """Lines that results are made of; each leaf is a whole row."""

    dscr: Ratio
    covered: Flag01


class HoldcoResults(NamedTuple):
    """The loan, its minimum DSCR, and the number of periods with debt service."""

    debt: UsdStock
    min_dscr: Ratio
    covered_periods: Count


def holdco_period(shape: HoldcoShape, state: HoldcoState, inputs: HoldcoInputs, terms: HoldcoTerms) -> HoldcoState:
    """A period of the loan: what the site pays its owners pays interest and principal as far as it goes.

        received     = runs * max(0, net_cash_to_equity)
        interest     = runs * balance * rate_per_year / periods_per_year
        principal    = max(0, balance - scheduled_balance)
        debt_service = interest + principal
        paid         = min(debt_service, received)
        balance      = balance before + interest - paid
        dscr         = received / debt_service
        to_owners    = net_cash_to_equity - paid

    It runs from the first period in service on. What is not paid stays owed at the same rate and is due in the next
    period; it does not touch the site. A remainder under 1e-9 of the loan is dropped. USD a period.
    Source: ours, a simplification of a loan on distributions: it has no default, no rate of default and no reserve.

    >>> inputs = HoldcoInputs(30.0, 1.0, 75.0)
    >>> holdco_period(HoldcoShape(), HoldcoState(100.0), inputs, HoldcoTerms(100.0, 0.1, 1.0))
    HoldcoState(balance=80.0)
    """
    received = line("holdco.received", inputs.runs * maximum(0.0, inputs.net_cash_to_equity))
    interest = line("holdco.interest", inputs.runs * state.balance * terms.rate_per_year / terms.periods_per_year)
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


def holdco_columns(plan: SitePlan) -> HoldcoInputs:
    """The series of the loan, close first: it runs from the first period in service on.

    >>> from overbuild.site.case.plan import HoldcoDebt
    >>> from overbuild.site.examples import PLAN
    >>> holdco_columns(PLAN._replace(holdco=HoldcoDebt(100.0, 0.1, 2, "bullet"))).scheduled_balance
    [100.0, 100.0, 100.0, 0.0, 0.0, 0.0, 0.0]
    """
    holdco, starts = plan.holdco, min(first_in_service(phase) for phase in plan.phases)
    assert holdco is not None
    rate = holdco.rate_per_year / plan.horizon.periods_per_year
    shares = repayment_pattern(holdco.repayment, holdco.tenor, rate, path="holdco")
    left = [holdco.amount * (1.0 - sum(shares[:paid])) for paid in range(1, holdco.tenor)]
    places = plan.horizon.periods + 1
    scheduled = [holdco.amount] * starts + left + [0.0] * places
    runs = [0.0] * starts + [1.0] * places
    columns: Any = (RowOf("site", "net_cash_to_equity"), runs[:places], scheduled[:places])
    return HoldcoInputs(*columns)


def holdco_stages(plan: SitePlan) -> tuple[Stage, ...]:
    """The loan period by period, and its results; none without one.

    >>> from overbuild.site.examples import PLAN
    >>> holdco_stages(PLAN)
    ()
    """
    holdco = plan.holdco
    if holdco is None:
        return ()
    terms = HoldcoTerms(holdco.amount, holdco.rate_per_year, float(plan.horizon.periods_per_year))
    opening, columns = HoldcoState(holdco.amount), holdco_columns(plan)
    rows = HoldcoRows(RowOf("holdco", "holdco.dscr"), RowOf("holdco", "holdco.covered"))
    return (
        Stage("holdco", holdco_period, HoldcoShape(), terms, opening, columns),
        Stage("holdco_results", holdco_results, None, terms, rows),
    )
