"""The loans one by one: the cash available to each, its DSCR, and the present value of that cash."""

from __future__ import annotations

from overbuild.equations import line, present, total
from overbuild.instruments.ratios import cover_ratio
from overbuild.old_site.financing.discount_factors import opening_value
from overbuild.old_site.financing.loans import Due
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.state import Discount, State
from overbuild.old_site.terms.terms import Terms
from overbuild.units import Usd


def cash_before(cfads: Usd, services: tuple[Usd, ...], shape: Shape, place: int) -> Usd:
    """Cash available to a loan: CFADS less the debt service of loans with senior ranking.

        cash = cfads - debt service of senior ranks

    Source: standard.

    >>> from overbuild.old_site.examples import STACK
    >>> [tranche.rank for tranche in STACK.tranches], cash_before(100.0, (30.0, 20.0), STACK, 1)
    ([1, 2], 70.0)
    """
    rank = shape.tranches[place].rank
    better = [due for due, tranche in zip(services, shape.tranches, strict=True) if tranche.rank < rank]
    return cfads - total(better)


def tranche_lines(
    shape: Shape, flows: tuple[Usd, Due], discounts: tuple[Discount, ...], state: State, case: tuple[Inputs, Terms]
) -> None:
    """Lines of each loan: its own DSCR, that of its rank, and its discounted cash.

        {loan}.dscr      = cash / its debt service
        {loan}.rank_dscr = cash / debt service of all loans of its rank
        {loan}.owed_cash = cash to maturity * (1 + rate_per_year / periods_per_year)^-period_number

    Loans of one rank share their cash: their own DSCR then flatters, that of the rank does not. A period without debt
    service has no DSCR: 0, and `{loan}.covered` is 0. `flows` are CFADS and the debt service, `discounts` the factors
    at rates that float.
    Source: standard; ours, a definition: the DSCR of a rank takes the debt service of all its loans.

    >>> from overbuild.equations import collecting
    >>> from overbuild.old_site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> with collecting(["senior.dscr"]) as rows:
    ...     tranche_lines(SHAPE, (90.0, Due((10.0,), (20.0,), 10.0, 30.0)), (), OPENING, (INPUTS, TERMS))
    >>> rows["senior.dscr"]
    [3.0]
    """
    inputs, terms = case
    cfads, owed = flows
    services = tuple(interest + principal for interest, principal in zip(owed.interests, owed.principals, strict=True))
    for place, tranche in enumerate(shape.tranches):
        name, due, term, given = tranche.name, services[place], terms.loans[place], inputs.loans[place]
        cash = line(f"{name}.cash", cash_before(cfads, services, shape, place))
        line(f"{name}.dscr", cover_ratio(cash, due))
        beside = total(one for one, other in zip(services, shape.tranches, strict=True) if other.rank == tranche.rank)
        line(f"{name}.rank_dscr", cover_ratio(cash, beside))
        line(f"{name}.covered", state.alive * present(due, term.amount))
        worth = discounts[place].factor if discounts else opening_value(term.rate_per_year, inputs, terms)
        line(f"{name}.owed_cash", cash * worth * given.runs)
