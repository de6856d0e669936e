"""Results of each loan: whole rows summed up."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, quotient, row_dot, row_min, row_sum
from overbuild.equations.model import RowOf
from overbuild.site.terms.shape import Shape
from overbuild.units import Count, Flag01, Ratio, Share, Usd, UsdStock, Years


class LoanRows(NamedTuple):
    """Rows of a loan that its results are made of; each leaf is a whole row.

    A loan that refinances another has no value of its cash, a mezzanine no schedule: None.
    """

    name: str
    lent: Usd
    dscr: Ratio
    rank_dscr: Ratio
    covered: Flag01
    loss_given_default: Share
    balance: UsdStock | None = None
    owed_cash: Usd | None = None
    scheduled: Usd | None = None
    principal_years: Usd | None = None
    maturity_years: Years | None = None


class RepaymentYears(NamedTuple):
    """A loan's principal and balloon as agreed, and their sum weighted by the years since the availability end."""

    repaid: UsdStock
    weighted: UsdStock


class LoanResults(NamedTuple):
    """Results of a loan. A ratio that does not exist is 0: see `covered_periods` and `debt_when_drawn`."""

    name: str
    debt: UsdStock
    min_dscr: Ratio
    min_rank_dscr: Ratio
    covered_periods: Count
    lgd: Share
    debt_when_drawn: UsdStock | None = None
    llcr: Ratio | None = None


def loan_rows_of(shape: Shape) -> tuple[LoanRows, ...]:
    """The rows of all loans: senior ones, those that refinance them, the mezzanine.

    >>> from overbuild.site.examples import SHAPE
    >>> [(one.name, one.dscr) for one in loan_rows_of(SHAPE)]
    [('senior', RowOf(stage='site', line='senior.dscr'))]
    """
    words = ("dscr", "rank_dscr", "covered", "loss_given_default", "balance", "owed_cash")
    agreed = (*words, "scheduled", "principal_years", "maturity_years")
    senior = [_rows(loan.name, f"{loan.name}.draw", agreed) for loan in shape.loans]
    new = [_rows(loan.new, f"{loan.name}.refinanced", words[:-2]) for loan in shape.refinanced]
    junior = [_rows("mezzanine", "mezzanine.draw", words)] if shape.mezzanine else []
    return (*senior, *new, *junior)


def _rows(name: str, lent: str, words: tuple[str, ...]) -> LoanRows:
    return LoanRows(name=name, lent=RowOf("site", lent), **{word: RowOf("site", f"{name}.{word}") for word in words})


def loan_results(rows: LoanRows, default: Flag01, availability_ends: Flag01) -> LoanResults:
    """Results of a loan from whole rows.

        {loan}.debt            = sum of its draws, or of what it refinances
        {loan}.min_dscr        = least dscr over the periods with debt service on it; min_rank_dscr with its whole rank
        {loan}.debt_when_drawn = balance at the availability end
        {loan}.llcr            = value there, at its own rate, of the cash available to it up to its maturity
                                 / debt_when_drawn
        {loan}.lgd             = loss given default in the period of default; 0 where there is none

    Source: standard; ours, a definition: the cover of a rank takes the debt service of all its loans.

    >>> from overbuild.site.examples import RUN
    >>> [(one.name, round(one.debt / 1e6, 6), round(one.llcr, 6)) for one in RUN.results.loans]
    [('senior', 600.0, 1.785691)]
    """
    name = rows.name
    found = LoanResults(
        name=name,
        debt=line(f"{name}.debt", row_sum(rows.lent)),
        min_dscr=line(f"{name}.min_dscr", row_min(rows.dscr, rows.covered)),
        min_rank_dscr=line(f"{name}.min_rank_dscr", row_min(rows.rank_dscr, rows.covered)),
        covered_periods=line(f"{name}.covered_periods", row_sum(rows.covered)),
        lgd=line(f"{name}.lgd", row_dot(default, rows.loss_given_default)),
    )
    if rows.balance is None or rows.owed_cash is None:
        return found
    owed = line(f"{name}.debt_when_drawn", row_dot(rows.balance, availability_ends))
    worth = quotient(row_sum(rows.owed_cash), owed, none=0.0)
    return found._replace(debt_when_drawn=owed, llcr=line(f"{name}.llcr", worth))


def repayment_years(rows: LoanRows, debt: UsdStock) -> RepaymentYears | None:
    """How long a loan is owed as agreed: scheduled principal, and what then is left at maturity.

        balloon  = max(0, debt - sum of scheduled)
        repaid   = sum of scheduled + balloon
        weighted = sum of scheduled * years + balloon * years of the maturity

    Prepayments and sweeps do not count. None for a loan without a schedule of its own.
    Source: standard.

    >>> rows = LoanRows("a", [9.0], [0.0], [0.0], [0.0], [0.0], [0.0], [0.0], [4.0, 4.0], [4.0, 8.0], [0.0, 2.0])
    >>> repayment_years(rows, 10.0)
    RepaymentYears(repaid=10.0, weighted=16.0)
    """
    if rows.scheduled is None or rows.principal_years is None or rows.maturity_years is None:
        return None
    scheduled = row_sum(rows.scheduled)
    balloon = maximum(0.0, debt - scheduled)
    weighted = row_sum(rows.principal_years) + balloon * row_sum(rows.maturity_years)
    return RepaymentYears(scheduled + balloon, weighted)
