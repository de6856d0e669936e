"""Results of a site from whole rows."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, minimum, quotient, row_dot, row_first, row_min, row_sum, total
from overbuild.equations.model import RowOf
from overbuild.instruments.lease_liability import debt_with_leases
from overbuild.site.results.loan_results import LoanResults, LoanRows, loan_results, loan_rows_of, repayment_years
from overbuild.site.terms.shape import Shape
from overbuild.units import Count, Flag01, Ratio, Share, Usd, UsdStock, Years


class BreachRow(NamedTuple):
    """The row of a test: 1 in the periods of its breach."""

    name: str
    breached: Flag01


class BalloonRows(NamedTuple):
    """The rows of a balloon: what fell due, what another loan would pay of it, what it would not."""

    name: str
    balloon_due: Usd
    balloon_offered: Usd
    balloon_short: Usd


class Rows(NamedTuple):
    """Lines of the periods that results are made of; each leaf is a whole row, close first."""

    dscr: Ratio
    debt_is_due: Flag01
    dscr_12m: Ratio
    dscr_12m_exists: Flag01
    min_dscr_period_so_far: Count
    last_period: Flag01
    owed_cash: Usd
    owed_cash_to_maturity: Usd
    debt_balance: UsdStock
    availability_ends: Flag01
    uses_of_funds: Usd
    equity_draw: Usd
    equity_paid_in: Usd
    equity_received: Usd
    equity_support: Usd
    net_cash_to_equity: Usd
    equity_cash_in: Usd
    equity_cash_out: Usd
    equity_discount_factor: Ratio
    standby_draw: Usd
    lc_draw: Usd
    cure: Usd
    support: Usd
    ends: Flag01
    default: Flag01
    missing_at_end: Usd
    loss_given_default: Share
    loans: tuple[LoanRows, ...]
    tests: tuple[BreachRow, ...]
    balloons: tuple[BalloonRows, ...]
    discounted_rent: Usd | None = None


class CoverResults(NamedTuple):
    """Cover of all loans together. A ratio that does not exist is 0: see `covered_periods`, `debt_when_drawn`."""

    min_dscr: Ratio
    min_dscr_period_number: Count
    avg_dscr: Ratio
    min_dscr_12m: Ratio
    covered_periods: Count
    debt_when_drawn: UsdStock
    llcr: Ratio
    plcr: Ratio
    wal_years: Years


class EquityResults(NamedTuple):
    """What the owners pay and get."""

    equity: UsdStock
    equity_npv: UsdStock
    moic: Ratio
    equity_paid_in_total: UsdStock
    equity_received_total: UsdStock
    net_cash_to_equity_total: UsdStock
    equity_support_total: UsdStock
    standby_used: UsdStock
    cures_paid: UsdStock
    support_paid: UsdStock


class OutcomeResults(NamedTuple):
    """How a site ends: whether before its time and by a default, when, what was missing, what lenders lose."""

    ended: Count
    defaulted: Count
    outcome_period_number: Count
    outcome_amount: Usd
    loss_given_default: Share


class BreachResult(NamedTuple):
    """A test: periods of breach, and the first of them."""

    name: str
    periods: Count
    first_period: Count


class RefinancingResult(NamedTuple):
    """A balloon: what fell due, the share of it that another loan pays, what it does not."""

    name: str
    balloon_total: UsdStock
    refinanced_share: Share
    balloon_short: UsdStock


class Results(NamedTuple):
    """Results of a run."""

    debt: UsdStock
    uses: UsdStock
    debt_share: Share
    cover: CoverResults
    equity: EquityResults
    outcome: OutcomeResults
    lc_used: UsdStock
    loans: tuple[LoanResults, ...]
    tests: tuple[BreachResult, ...]
    balloons: tuple[RefinancingResult, ...]
    lease_liability: UsdStock | None = None
    debt_with_leases: UsdStock | None = None


def rows_of(shape: Shape) -> Rows:
    """The rows that results are made of.

    >>> from overbuild.site.examples import SHAPE
    >>> rows_of(SHAPE).tests[0].breached
    RowOf(stage='site', line='test_1.breached')
    """
    plain = [RowOf("site", name) for name in Rows._fields[: Rows._fields.index("loans")]]
    return Rows(
        *plain,
        loans=loan_rows_of(shape),
        tests=tuple(BreachRow(one.name, RowOf("site", f"{one.name}.breached")) for one in shape.tests),
        balloons=tuple(
            BalloonRows(one.name, *(RowOf("site", f"{one.name}.{word}") for word in BalloonRows._fields[1:]))
            for one in shape.refinanced
        ),
        discounted_rent=RowOf("site", "discounted_rent") if shape.lease else None,
    )


def results(rows: Rows) -> Results:
    """Results from whole rows.

        debt       = sum of the draws of senior loans;  debt_share = debt / uses
        lease_liability = sum of discounted rent

    Source: standard.

    >>> from overbuild.site.examples import RUN
    >>> RUN.results.debt / 1e6, RUN.results.debt_share
    (600.0, 0.6)
    """
    loans = tuple(loan_results(one, rows.default, rows.availability_ends) for one in rows.loans)
    senior = [one for one, of in zip(loans, rows.loans, strict=True) if of.scheduled is not None]
    debt, uses = line("debt", total(one.debt for one in senior)), line("uses", row_sum(rows.uses_of_funds))
    leased = None if rows.discounted_rent is None else line("lease_liability", row_sum(rows.discounted_rent))
    return Results(
        debt=debt,
        uses=uses,
        debt_share=line("debt_share", quotient(debt, uses, none=0.0)),
        cover=cover_results(rows, loans),
        equity=equity_results(rows),
        outcome=outcome_results(rows),
        lc_used=line("lc_used", row_sum(rows.lc_draw)),
        loans=loans,
        tests=tuple(_breach(one) for one in rows.tests),
        balloons=tuple(_balloon(one) for one in rows.balloons),
        lease_liability=leased,
        debt_with_leases=None if leased is None else line("debt_with_leases", debt_with_leases(debt, leased)),
    )


def cover_results(rows: Rows, loans: tuple[LoanResults, ...]) -> CoverResults:
    """Cover of all loans together.

        min_dscr  = least dscr over the periods with debt service, that of an outcome included; the first that has it
        llcr      = value at the availability end, at the mean rate, of cfads up to the last maturity / debt there;
                    plcr up to the end of the site
        wal_years = years from the availability end, weighted by principal and balloons as agreed

    The last maturity is that of loans which refinance others too. Source: standard; ours, a convention: the value of
    cash is of the day on which all is drawn.

    >>> from overbuild.site.examples import RUN
    >>> round(RUN.results.cover.llcr, 6), round(RUN.results.cover.plcr, 6), RUN.results.cover.wal_years
    (1.785691, 2.135477, 2.5)
    """
    counted, owed = row_sum(rows.debt_is_due), row_dot(rows.debt_balance, rows.availability_ends)
    agreed = [repayment_years(one, found.debt) for one, found in zip(rows.loans, loans, strict=True)]
    repaid = total(one.repaid for one in agreed if one is not None)
    weighted = total(one.weighted for one in agreed if one is not None)
    return CoverResults(
        min_dscr=line("min_dscr", row_min(rows.dscr, rows.debt_is_due)),
        min_dscr_period_number=line("min_dscr_period_number", row_dot(rows.min_dscr_period_so_far, rows.last_period)),
        avg_dscr=line("avg_dscr", quotient(row_dot(rows.dscr, rows.debt_is_due), counted, none=0.0)),
        min_dscr_12m=line("min_dscr_12m", row_min(rows.dscr_12m, rows.dscr_12m_exists)),
        covered_periods=line("covered_periods", counted),
        debt_when_drawn=line("debt_when_drawn", owed),
        llcr=line("llcr", quotient(row_sum(rows.owed_cash_to_maturity), owed, none=0.0)),
        plcr=line("plcr", quotient(row_sum(rows.owed_cash), owed, none=0.0)),
        wal_years=line("wal_years", quotient(weighted, repaid, none=0.0)),
    )


def equity_results(rows: Rows) -> EquityResults:
    """What the owners pay and get.

        equity     = sum of equity draws: what the budget asks of them
        equity_npv = sum of net_cash_to_equity * equity discount factor
        moic       = flows received / flows paid, each net within its period

    Source: standard; ours, a convention: what the owners promised and paid is equity, whatever it is called.

    >>> from overbuild.site.examples import RUN
    >>> round(RUN.results.equity.moic, 6), RUN.results.equity.equity / 1e6
    (2.35, 400.0)
    """
    return EquityResults(
        equity=line("equity", row_sum(rows.equity_draw)),
        equity_npv=line("equity_npv", row_dot(rows.net_cash_to_equity, rows.equity_discount_factor)),
        moic=line("moic", quotient(row_sum(rows.equity_cash_in), row_sum(rows.equity_cash_out), none=0.0)),
        equity_paid_in_total=line("equity_paid_in_total", row_sum(rows.equity_paid_in)),
        equity_received_total=line("equity_received_total", row_sum(rows.equity_received)),
        net_cash_to_equity_total=line("net_cash_to_equity_total", row_sum(rows.net_cash_to_equity)),
        equity_support_total=line("equity_support_total", row_sum(rows.equity_support)),
        standby_used=line("standby_used", row_sum(rows.standby_draw)),
        cures_paid=line("cures_paid", row_sum(rows.cure)),
        support_paid=line("support_paid", row_sum(rows.support)),
    )


def outcome_results(rows: Rows) -> OutcomeResults:
    """How a site ends before its time.

        ended     = 1 where it does, in a default or a closing;  defaulted = 1 in a default
        outcome_period_number = period of the outcome, 0 for close or where there is none

    Source: ours, a definition.

    >>> from overbuild.site.examples import RUN
    >>> RUN.results.outcome.ended
    0.0
    """
    ended = line("ended", row_sum(rows.ends))
    return OutcomeResults(
        ended=ended,
        defaulted=line("defaulted", row_sum(rows.default)),
        outcome_period_number=line("outcome_period_number", row_first(rows.ends) - ended),
        outcome_amount=line("outcome_amount_total", row_sum(rows.missing_at_end)),
        loss_given_default=line("site_loss_given_default", row_sum(rows.loss_given_default)),
    )


def _breach(row: BreachRow) -> BreachResult:
    periods = line(f"{row.name}.periods", row_sum(row.breached))
    first = row_first(row.breached) - minimum(1.0, periods)
    return BreachResult(row.name, periods, line(f"{row.name}.first_period", first))


def _balloon(rows: BalloonRows) -> RefinancingResult:
    due = line(f"{rows.name}.balloon_total", row_sum(rows.balloon_due))
    share = quotient(row_sum(rows.balloon_offered), due, none=1.0)
    return RefinancingResult(
        rows.name,
        due,
        line(f"{rows.name}.refinanced_share", share),
        line(f"{rows.name}.balloon_short_total", row_sum(rows.balloon_short)),
    )
