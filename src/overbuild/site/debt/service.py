"""Debt service of a period: rates, interest, scheduled principal, balloons; of the loans and of those that refinance them."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, line, maximum, minimum, quotient, total, where
from overbuild.instruments.floating_rate import floating_coupon, swap_rate
from overbuild.money.annuity import annuity_factor
from overbuild.site.terms.inputs import DebtInputs, Inputs, NewLoanInputs
from overbuild.site.terms.paths import path_value
from overbuild.site.terms.shape import LoanShape, Shape
from overbuild.site.terms.state import NewLoanState, State
from overbuild.site.terms.terms import DebtTerms, Terms
from overbuild.units import Flag01, PerPeriod, PerYear, Usd, UsdStock


class Debt(NamedTuple):
    """A loan in a period: what it opens with, its rate of a period, what falls due."""

    name: str
    balance: UsdStock
    rate: PerPeriod
    interest: Usd
    principal: Usd
    balloon: Usd


class DebtService(NamedTuple):
    """All senior debt of a period: the loans, then those that refinance others."""

    debts: tuple[Debt, ...]
    interest: Usd
    principal: Usd
    balloons: Usd
    opening: UsdStock
    scale: UsdStock

    @property
    def due(self) -> Usd:
        """Interest and scheduled principal, without balloons."""
        return self.interest + self.principal


def loan_rate(modes: LoanShape, given: DebtInputs, term: DebtTerms, building: Flag01) -> PerYear:
    """Rate of a loan in a period: its path, or base and margin with the swap; while building, that of construction.

        rate = path | max(base, floor) + margin + swap_share * (swap_fixed - max(base, floor))

    Source: its parts: `floating_coupon`, `swap_rate`.

    >>> from overbuild.site.examples import INPUTS, SHAPE, TERMS
    >>> loan_rate(SHAPE.loans[0], INPUTS.loans[0], TERMS.loans[0], 0.0)
    0.1
    """
    rate = path_value(modes.rate, given.rate, term.rate)
    if modes.floating:
        swap = swap_rate(rate, term.swap_share, term.swap_fixed_per_year, term.floor_per_year)
        rate = floating_coupon(rate, term.floor_per_year, term.margin_per_year) + swap
    if modes.construction_rate:
        rate = blend(building, term.construction_rate_per_year, rate)
    return line(f"{modes.name}.rate", rate)


def level_principal(balance: UsdStock, rate: PerPeriod, periods_left: Usd) -> Usd:
    """Principal of a loan that is repaid in level payments over the periods that are left.

        principal = balance * (1 / annuity_factor - rate), 0 with no period left

    Source: standard.

    >>> round(level_principal(377.76108, 0.1, 4.0), 6)
    81.396484
    """
    level = quotient(1.0, annuity_factor(rate, periods_left), none=0.0)
    return maximum(0.0, balance * (level - rate))


def new_rate(modes: LoanShape, given: NewLoanInputs, term: DebtTerms) -> PerYear:
    """Rate of the loan that refinances another: that of the maturity, for its whole life.

    Source: ours, a convention: the new loan is fixed at signing.

    >>> from overbuild.site.examples import BALLOON
    >>> new_rate(BALLOON.shape.loans[0], BALLOON.inputs.loans[0].new, BALLOON.terms.loans[0])
    0.1
    """
    assert term.refinancing is not None
    return path_value(modes.new_rate, given.rate, term.refinancing.rate)


def debt_service(shape: Shape, state: State, inputs: Inputs, terms: Terms) -> DebtService:
    """Interest, scheduled principal and balloons of all senior debt.

        interest  = balance * rate / periods_per_year
        principal = min(balance, scheduled)
        balloon   = matures * (balance - principal)
        debt_service = interest + principal + balloon, of all

    The scale is that of every trigger on money: the original commitments, or equity where there is no loan.
    Source: standard.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> found = debt_service(SHAPE, OPENING, INPUTS, TERMS)
    >>> found.interest / 1e6, found.principal / 1e6, found.balloons
    (60.0, 150.0, 0.0)
    """
    p = terms.horizon.periods_per_year
    debts: list[Debt] = []
    for modes, loan, given, term in zip(shape.loans, state.loans, inputs.loans, terms.loans, strict=True):
        rate = loan_rate(modes, given, term, inputs.building) / p
        scheduled = given.scheduled * loan.drawn if modes.after_equity else given.scheduled
        principal = minimum(loan.balance, scheduled)
        balloon = given.matures * (loan.balance - principal)
        debts.append(Debt(modes.name, loan.balance, rate, loan.balance * rate, principal, balloon))
    debts.extend(_new_debts(shape, state, inputs, terms))
    for one in debts:
        line(f"{one.name}.interest", one.interest)
        line(f"{one.name}.principal", one.principal)
        line(f"{one.name}.balloon", one.balloon)
    interest = line("interest", total(one.interest for one in debts))
    principal = line("principal", total(one.principal for one in debts))
    balloons = line("balloon", total(one.balloon for one in debts))
    line("debt_service", interest + principal + balloons)
    return DebtService(
        debts=tuple(debts),
        interest=interest,
        principal=principal,
        balloons=balloons,
        opening=total(one.balance for one in debts),
        scale=money_scale(terms),
    )


def money_scale(terms: Terms) -> UsdStock:
    """The scale of every trigger on money: the sum of original commitments; equity where nothing is lent.

        scale = sum of amounts where it is above 0, else equity

    Source: ours, a convention: a scale never follows what is due, so that a dust of debt service trips nothing.

    >>> from overbuild.site.examples import TERMS
    >>> money_scale(TERMS) / 1e6
    600.0
    """
    if not terms.loans:
        return terms.funding.equity
    lent = total(loan.amount for loan in terms.loans)
    return where(lent > 0.0, lent, terms.funding.equity)


def _new_debts(shape: Shape, state: State, inputs: Inputs, terms: Terms) -> list[Debt]:
    olds = [row for row in zip(shape.loans, inputs.loans, terms.loans, strict=True) if row[1].new is not None]
    return [
        _new_debt(modes, loan, given.new, term, terms.horizon.periods_per_year)
        for loan, (modes, given, term) in zip(state.new_loans, olds, strict=True)
        if given.new is not None
    ]


def _new_debt(modes: LoanShape, loan: NewLoanState, given: NewLoanInputs, term: DebtTerms, p: Usd) -> Debt:
    rate = new_rate(modes, given, term) / p
    principal = minimum(loan.balance, level_principal(loan.balance, rate, given.periods_left))
    return Debt(modes.new, loan.balance, rate, loan.balance * rate, principal, loan.balance * 0.0)
