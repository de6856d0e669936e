"""Results of each loan of a stack: whole rows summed up."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, quotient, row_dot, row_min, row_sum
from overbuild.units import Count, Ratio, Share, Usd, UsdStock


class TrancheRows(NamedTuple):
    """Lines of one loan that its results are made of; each leaf is a whole row.

    `added` is the interest that was added to a mezzanine while the site was built.
    """

    name: str
    draw: Usd
    dscr: Usd
    rank_dscr: Usd
    covered: Usd
    owed_cash: Usd
    loss_given_default: Usd
    added: Usd | None = None


class TrancheResults(NamedTuple):
    """Results of one loan. A ratio that does not exist is 0: see `covered_periods` and `debt`."""

    name: str
    debt: UsdStock
    min_dscr: Ratio
    min_rank_dscr: Ratio
    covered_periods: Count
    llcr: Ratio
    loss_given_default: Share


def tranche_results(rows: TrancheRows, default_now: Usd) -> TrancheResults:
    """Results of a loan from whole rows.

        {loan}.debt     = sum of its draws
        {loan}.min_dscr = minimum dscr over the periods alive with debt service on it; min_rank_dscr with its whole rank
        {loan}.llcr     = present value at its own rate of the cash available to it, to maturity / balance at opening
        {loan}.lgd      = loss given default in the period of default; 0 where there is none

    Source: standard; ours, a definition: the DSCR of a rank takes the debt service of all its loans.

    >>> from overbuild.old_site.run import run_site
    >>> from overbuild.old_site.examples import STACK_PLAN
    >>> [(one.name, round(one.debt / 1e6, 6)) for one in run_site(STACK_PLAN).results.tranches]
    [('senior', 1000.0), ('gpu', 600.0)]
    """
    name = rows.name
    debt = line(f"{name}.debt", row_sum(rows.draw))
    owed = debt if rows.added is None else debt + row_sum(rows.added)
    return TrancheResults(
        name=name,
        debt=debt,
        min_dscr=line(f"{name}.min_dscr", row_min(rows.dscr, rows.covered)),
        min_rank_dscr=line(f"{name}.min_rank_dscr", row_min(rows.rank_dscr, rows.covered)),
        covered_periods=line(f"{name}.covered_periods", row_sum(rows.covered)),
        llcr=line(f"{name}.llcr", quotient(row_sum(rows.owed_cash), owed, none=0.0)),
        loss_given_default=line(f"{name}.lgd", row_dot(default_now, rows.loss_given_default)),
    )
