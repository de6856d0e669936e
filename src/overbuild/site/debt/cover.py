"""Cover of the loans one by one, and the present value of the cash that each of them can look to."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, breached, line, maximum, present, quotient, total
from overbuild.instruments.ratios import cover_ratio
from overbuild.site.debt.service import DebtService
from overbuild.site.terms.inputs import DebtInputs, Inputs
from overbuild.site.terms.shape import LoanShape, Shape
from overbuild.site.terms.state import DebtState, LeastCover, State
from overbuild.site.terms.terms import Terms
from overbuild.units import Count, Flag01, PerPeriod, Ratio, Usd, Years


class Discounts(NamedTuple):
    """Discount factors at the end of a period: of each loan at its own rate, of all loans at their mean rate."""

    loans: tuple[Ratio, ...]
    lenders: Ratio


def discount_of(before: Ratio, rate: PerPeriod, building: Flag01) -> Ratio:
    """Value at the availability end of 1 at the end of the period, at the rates of a loan since then.

        discount = discount before / (1 + (1 - building) * rate)

    Source: standard; ours, a convention: lenders value cash as of the availability end, when all is drawn.

    >>> discount_of(0.5, 0.25, 0.0), discount_of(1.0, 0.25, 1.0)
    (0.4, 1.0)
    """
    return before / (1.0 + (1.0 - building) * rate)


def discounts_of(service: DebtService, state: State, inputs: Inputs, terms: Terms) -> Discounts:
    """Discount factors of the loans, and one at their mean rate, weighted by commitment.

    Source: its part: `discount_of`; ours, a simplification: the mean at the amounts lent stands for all rates.

    >>> from overbuild.site.debt.service import debt_service
    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> round(discounts_of(debt_service(SHAPE, OPENING, INPUTS, TERMS), OPENING, INPUTS, TERMS).lenders, 6)
    0.909091
    """
    rates = [one.rate for one in service.debts[: len(terms.loans)]]
    weighed = total(term.amount * rate for term, rate in zip(terms.loans, rates, strict=True))
    mean = quotient(weighed, total(term.amount for term in terms.loans), none=0.0)
    own = zip(state.loans, rates, strict=True)
    return Discounts(
        tuple(discount_of(loan.discount, rate, inputs.building) for loan, rate in own),
        discount_of(state.discount, mean, inputs.building),
    )


def cash_before(cfads: Usd, service: DebtService, shape: Shape, rank: int) -> Usd:
    """Cash available to a rank: CFADS less the debt service of better ranks, without balloons.

        cash = cfads - debt service of better ranks

    Source: standard.

    >>> from overbuild.site.debt.service import debt_service
    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> cash_before(300e6, debt_service(SHAPE, OPENING, INPUTS, TERMS), SHAPE, 2) / 1e6
    90.0
    """
    pairs = zip(service.debts, shape.ranks, strict=True)
    return cfads - total(one.interest + one.principal for one, of in pairs if of.rank < rank)


def cover_of_loans(
    shape: Shape, service: DebtService, cfads: Usd, state: State, inputs: Inputs, terms: Terms
) -> Discounts:
    """Rows of each loan, those that refinance others too: its cover, that of its rank, the value of its cash.

        {loan}.cash      = cfads - debt service of better ranks
        {loan}.due       = interest + principal
        {loan}.dscr      = cash / due
        {loan}.rank_dscr = cash / due of all loans of its rank
        {loan}.owed_cash = cash * discount at its own rate, after the availability end up to its maturity
        owed_cash        = cfads * discount at the mean rate, after the availability end; owed_cash_to_maturity up to
                           the last maturity, that of loans which refinance others included

    Debt service is interest and scheduled principal, without balloons. Loans of one rank share their cash: their own
    cover then flatters, that of the rank does not. Cover counts after the availability end alone (`{loan}.covered`).
    Source: standard; ours, a definition: the cover of a rank takes the debt service of all its loans.

    >>> from overbuild.equations import collecting
    >>> from overbuild.site.debt.service import debt_service
    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> with collecting(["senior.dscr"]) as rows:
    ...     _ = cover_of_loans(SHAPE, debt_service(SHAPE, OPENING, INPUTS, TERMS), 420e6, OPENING, INPUTS, TERMS)
    >>> rows["senior.dscr"]
    [2.0]
    """
    runs, ranks = state.alive * (1.0 - inputs.building), shape.ranks
    dues = [line(f"{one.name}.due", one.interest + one.principal) for one in service.debts]
    found = discounts_of(service, state, inputs, terms)
    for place, (debt, due) in enumerate(zip(service.debts, dues, strict=True)):
        rank = ranks[place].rank
        cash = line(f"{debt.name}.cash", cash_before(cfads, service, shape, rank))
        line(f"{debt.name}.dscr", cover_ratio(cash, due))
        of_rank = total(one for one, of in zip(dues, ranks, strict=True) if of.rank == rank)
        line(f"{debt.name}.rank_dscr", cover_ratio(cash, of_rank))
        line(f"{debt.name}.covered", runs * present(due, service.scale))
        if place < len(found.loans):
            line(f"{debt.name}.owed_cash", runs * inputs.loans[place].lives * cash * found.loans[place])
            _agreed(shape.loans[place], state.loans[place], inputs.loans[place], inputs.years_of_repayment)
    owed = line("owed_cash", runs * cfads * found.lenders)
    line("owed_cash_to_maturity", inputs.loan_life * owed)
    line("availability_ends", inputs.filling)
    line("last_period", inputs.last)
    return found


def _agreed(modes: LoanShape, loan: DebtState, given: DebtInputs, years: Years) -> None:
    """Rows of what is agreed of a loan: principal, and the years after which it and the rest at maturity are due."""
    scheduled = given.scheduled * loan.drawn if modes.after_equity else given.scheduled
    line(f"{modes.name}.principal_years", line(f"{modes.name}.scheduled", scheduled) * years)
    line(f"{modes.name}.maturity_years", given.matures * years)


def least_so_far(ratio: Ratio, counts: Flag01, period: Count, before: LeastCover) -> LeastCover:
    """The least cover up to this period and the first period that has it, to 1e-9.

        lower = counts * (1 where nothing was due before or the ratio is lower by more than 1e-9)
        min_dscr_so_far        = the ratio where lower, else as before
        min_dscr_period_so_far = this period where lower, else as before

    `counts` is 1 where the site is alive and debt service is due.
    Source: ours, a convention: among equals the first period has it; the alternative is the last.

    >>> least_so_far(1.2, 1.0, 3.0, LeastCover(1.3, 1.0)), least_so_far(1.3, 1.0, 3.0, LeastCover(1.3, 1.0))
    (LeastCover(dscr=1.2, period=3.0), LeastCover(dscr=1.3, period=1.0))
    """
    none_before = 1.0 - present(before.period, 1.0)
    lower = counts * maximum(none_before, breached(ratio - before.dscr, 1.0))
    return LeastCover(
        line("min_dscr_so_far", blend(lower, ratio, before.dscr)),
        line("min_dscr_period_so_far", blend(lower, period, before.period)),
    )
