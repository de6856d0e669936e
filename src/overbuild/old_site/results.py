"""Results of a run: whole rows summed up."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, quotient, row_dot, row_first, row_min, row_sum, total
from overbuild.instruments.lease_liability import debt_with_leases
from overbuild.old_site.loan_results import TrancheResults, TrancheRows, tranche_results
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.terms import Terms
from overbuild.units import Count, Ratio, Share, Usd, UsdStock, Years


class OperatingRows(NamedTuple):
    """Lines of operation that results are made of; each leaf is a whole row."""

    default_now: Usd
    dscr: Usd
    dscr_12m: Usd
    before_maturity: Usd
    owners_factor: Usd
    net_cash_to_equity: Usd
    equity_paid_in: Usd
    equity_received: Usd
    equity_support: Usd
    equity_cash_in: Usd
    equity_cash_out: Usd
    principal_years: Usd
    loss_given_default: Usd
    covered: Usd
    covered_12m: Usd
    owed_cash: Usd
    min_dscr_period_so_far: Count
    last_period: Count


class BuildingRows(NamedTuple):
    """Lines of construction that results are made of; each leaf is a whole row."""

    uses_of_funds: Usd
    draw: Usd
    equity_draw: Usd
    delay_equity: Usd
    owners_factor: Usd


class LeaseRows(NamedTuple):
    """Lines of a leased shell that results are made of; each leaf is a whole row."""

    discounted_rent: Usd


class Rows(NamedTuple):
    """The rows of both functions on the one time axis, and those of each loan of a stack."""

    building: BuildingRows
    operating: OperatingRows
    tranches: tuple[TrancheRows, ...] = ()
    lease: LeaseRows | None = None


class Results(NamedTuple):
    """Results of a run. A ratio that does not exist is 0: see `covered_periods`, `debt` and `default_period`."""

    min_dscr: Ratio
    min_dscr_period_number: Count
    avg_dscr: Ratio
    min_dscr_12m: Ratio
    covered_periods: Count
    llcr: Ratio
    plcr: Ratio
    wal_years: Years
    debt: UsdStock
    uses: UsdStock
    equity: UsdStock
    debt_share: Share
    equity_npv: UsdStock
    moic: Ratio
    equity_paid_in_total: UsdStock
    equity_received_total: UsdStock
    net_cash_to_equity_total: UsdStock
    equity_support_total: UsdStock
    default_period: Count
    loss_given_default: Share
    tranches: tuple[TrancheResults, ...] = ()
    lease_liability: UsdStock | None = None
    debt_with_leases: UsdStock | None = None


def results(shape: Shape, rows: Rows, terms: Terms) -> Results:
    """Results from whole rows.

        min_dscr   = minimum dscr over the periods alive with debt service, the period of default included;
                     min_dscr_period_number the first operating period that has it, to 1e-9
        llcr       = present value of cfads to maturity at the loans' rate / debt;  plcr to the end of operation
        wal_years  = sum of scheduled principal * years since opening / debt
        equity_npv = sum of equity flows * equity discount factor
        moic       = equity flows received / equity flows paid, each net within its period
        equity_paid_in_total = equity + sum of equity_paid_in;  equity_received_total = sum of equity_received
        equity_support_total = sum of delay_equity and equity_support

    Source: standard; ours, a convention: the period of default counts, those after it do not.

    >>> from overbuild.old_site.examples import PLAN
    >>> from overbuild.old_site.run import run_site
    >>> found = run_site(PLAN).results
    >>> found.debt / 1e6, round(found.debt_share, 6)
    (1000.0, 0.325043)
    """
    building, operating = rows.building, rows.operating
    debt = line("debt", row_sum(building.draw))
    leased = rows.lease and line("lease_liability", row_sum(rows.lease.discounted_rent))
    borrowed = total(loan.amount for loan in terms.loans)
    counted = row_sum(operating.covered)
    uses = line("uses", row_sum(building.uses_of_funds))
    equity = line("equity", row_sum(building.equity_draw))
    worth = row_dot(operating.net_cash_to_equity, operating.owners_factor)
    paid_in = row_dot(building.equity_draw, building.owners_factor)
    owners_paid = line("equity_paid_in_total", equity + row_sum(operating.equity_paid_in))
    received = line("equity_received_total", row_sum(operating.equity_received))
    invested = row_sum(building.equity_draw) + row_sum(operating.equity_cash_out)
    return Results(
        min_dscr=line("min_dscr", row_min(operating.dscr, operating.covered)),
        min_dscr_period_number=line(
            "min_dscr_period_number", row_dot(operating.min_dscr_period_so_far, operating.last_period)
        ),
        avg_dscr=line("avg_dscr", quotient(row_dot(operating.dscr, operating.covered), counted, none=0.0)),
        min_dscr_12m=line("min_dscr_12m", row_min(operating.dscr_12m, operating.covered_12m)),
        covered_periods=line("covered_periods", counted),
        llcr=line("llcr", quotient(row_dot(operating.owed_cash, operating.before_maturity), borrowed, none=0.0)),
        plcr=line("plcr", quotient(row_sum(operating.owed_cash), borrowed, none=0.0)),
        wal_years=line("wal_years", quotient(row_sum(operating.principal_years), borrowed, none=0.0)),
        debt=debt,
        uses=uses,
        equity=equity,
        debt_share=line("debt_share", quotient(debt, uses, none=0.0)),
        equity_npv=line("equity_npv", worth - paid_in),
        moic=line("moic", quotient(row_sum(operating.equity_cash_in), invested, none=0.0)),
        equity_paid_in_total=owners_paid,
        equity_received_total=received,
        net_cash_to_equity_total=line("net_cash_to_equity_total", received - owners_paid),
        equity_support_total=line(
            "equity_support_total", row_sum(building.delay_equity) + row_sum(operating.equity_support)
        ),
        default_period=line("default_period_number", row_first(operating.default_now)),
        loss_given_default=line(
            "site_loss_given_default", row_dot(operating.default_now, operating.loss_given_default)
        ),
        tranches=tuple(tranche_results(one, operating.default_now) for one in rows.tranches),
        lease_liability=leased,
        debt_with_leases=None if rows.lease is None else line("debt_with_leases", debt_with_leases(debt, leased)),
    )
