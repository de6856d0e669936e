"""Results of a site from whole rows."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, minimum, quotient, row_dot, row_first, row_min, row_sum
from overbuild.equations.model import RowOf
from overbuild.site.terms.shape import Shape
from overbuild.units import Count, Flag01, Ratio, Share, Usd, UsdStock


class BreachRow(NamedTuple):
    """The row of a test: 1 in the periods of its breach."""

    name: str
    breached: Flag01


class RefinancedRow(NamedTuple):
    """The rows of a balloon: what fell due, and what another loan paid of it."""

    name: str
    balloon: Usd
    refinanced: Usd


class Rows(NamedTuple):
    """Lines of the periods that results are made of; each leaf is a whole row, close first."""

    dscr: Ratio
    debt_is_due: Flag01
    uses_of_funds: Usd
    net_cash_to_equity: Usd
    equity_paid_in: Usd
    equity_received: Usd
    equity_discount_factor: Ratio
    equity_draw: Usd
    standby_draw: Usd
    lc_draw: Usd
    cure: Usd
    support: Usd
    ends: Flag01
    loss_given_default: Share
    tests: tuple[BreachRow, ...]
    balloons: tuple[RefinancedRow, ...]


class BreachResult(NamedTuple):
    """A test: periods of breach, and the first of them."""

    name: str
    periods: Count
    first_period: Count


class RefinancingResult(NamedTuple):
    """A balloon: the share of it that another loan paid."""

    name: str
    refinanced_share: Share


class Results(NamedTuple):
    """Results of a run. What does not exist is 0: see `dscr_periods` and `ended`."""

    min_dscr: Ratio
    avg_dscr: Ratio
    dscr_periods: Count
    uses: UsdStock
    equity: UsdStock
    equity_npv: UsdStock
    moic: Ratio
    standby_used: UsdStock
    lc_used: UsdStock
    cures_paid: UsdStock
    support_paid: UsdStock
    ended: Count
    end_period: Count
    loss_given_default: Share
    tests: tuple[BreachResult, ...]
    balloons: tuple[RefinancingResult, ...]


def rows_of(shape: Shape) -> Rows:
    """The rows that results are made of.

    >>> from overbuild.site.examples import SHAPE
    >>> rows_of(SHAPE).tests[0].breached
    RowOf(stage='site', line='test_1.breached')
    """
    plain = [RowOf("site", name) for name in Rows._fields[:-2]]
    return Rows(
        *plain,
        tests=tuple(BreachRow(one.name, RowOf("site", f"{one.name}.breached")) for one in shape.tests),
        balloons=tuple(
            RefinancedRow(one.name, RowOf("site", f"{one.name}.balloon"), RowOf("site", f"{one.name}.refinanced"))
            for one in shape.refinanced
        ),
    )


def results(rows: Rows) -> Results:
    """Results from whole rows.

        min_dscr   = minimum dscr over the periods with debt service, that of an outcome included
        equity_npv = sum of net_cash_to_equity * equity discount factor
        moic       = sum of equity_received / sum of equity_paid_in
        end_period = period of the outcome, 0 for close; `ended` says whether there is one
        refinanced_share = new loan / balloon, 1 where none fell due

    Source: standard; ours, a convention: what the owners promised and paid is equity, whatever it is called.

    >>> from overbuild.site.examples import RUN
    >>> round(RUN.results.moic, 6), RUN.results.ended
    (2.35, 0.0)
    """
    counted, ended = row_sum(rows.debt_is_due), line("ended", row_sum(rows.ends))
    return Results(
        min_dscr=line("min_dscr", row_min(rows.dscr, rows.debt_is_due)),
        avg_dscr=line("avg_dscr", quotient(row_dot(rows.dscr, rows.debt_is_due), counted, none=0.0)),
        dscr_periods=line("dscr_periods", counted),
        uses=line("uses", row_sum(rows.uses_of_funds)),
        equity=line("equity", row_sum(rows.equity_draw)),
        equity_npv=line("equity_npv", row_dot(rows.net_cash_to_equity, rows.equity_discount_factor)),
        moic=line("moic", quotient(row_sum(rows.equity_received), row_sum(rows.equity_paid_in), none=0.0)),
        standby_used=line("standby_used", row_sum(rows.standby_draw)),
        lc_used=line("lc_used", row_sum(rows.lc_draw)),
        cures_paid=line("cures_paid", row_sum(rows.cure)),
        support_paid=line("support_paid", row_sum(rows.support)),
        ended=ended,
        end_period=line("end_period_number", row_first(rows.ends) - ended),
        loss_given_default=line("site_loss_given_default", row_sum(rows.loss_given_default)),
        tests=tuple(_breach(one) for one in rows.tests),
        balloons=tuple(
            RefinancingResult(
                one.name,
                line(
                    f"{one.name}.refinanced_share",
                    quotient(row_sum(one.refinanced), row_sum(one.balloon), none=1.0),
                ),
            )
            for one in rows.balloons
        ),
    )


def _breach(row: BreachRow) -> BreachResult:
    periods = line(f"{row.name}.periods", row_sum(row.breached))
    first = row_first(row.breached) - minimum(1.0, periods)
    return BreachResult(row.name, periods, line(f"{row.name}.first_period", first))
