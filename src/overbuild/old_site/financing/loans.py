"""Loans: interest, debt service, balances."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum, present, quotient, total
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.state import LoanState, State
from overbuild.old_site.terms.terms import LoanInputs, Terms
from overbuild.units import PerYear, Share, Usd, UsdStock


class Due(NamedTuple):
    """Debt service of the period: interest and principal of each loan, and their sums."""

    interests: tuple[Usd, ...]
    principals: tuple[Usd, ...]
    interest: Usd
    debt_service: Usd


def interest(loan: LoanState, rate_per_year: PerYear, periods_per_year: Share) -> Usd:
    """Interest of the period on the opening balance.

        interest = balance * rate_per_year / periods_per_year

    Source: standard.

    >>> interest(LoanState("senior", 1000.0), 0.085, 1.0)
    85.0
    """
    return line(f"{loan.name}.interest", loan.balance * rate_per_year / periods_per_year)


def interest_of(state: State, rates: tuple[PerYear, ...], terms: Terms) -> tuple[Usd, ...]:
    """Interest of each loan at its rate of the period.

    Source: its parts: `interest`, loan by loan.

    Source: standard, loan by loan (`interest`).

    >>> from overbuild.old_site.examples import OPENING, TERMS
    >>> [round(interest / 1e6, 6) for interest in interest_of(OPENING, (0.085,), TERMS)]
    [85.0]
    """
    pairs = zip(state.loans, rates, strict=True)
    return tuple(interest(loan, rate, terms.site.periods_per_year) for loan, rate in pairs)


def principal_due(loan: LoanState, given: LoanInputs) -> Usd:
    """Scheduled principal of a loan, no more than its balance.

        principal = min(balance, scheduled_principal)

    Source: ours, a bound: a schedule never asks for more than is owed.

    >>> from overbuild.old_site.examples import INPUTS
    >>> principal_due(LoanState("senior", 120e6), INPUTS.loans[0]) / 1e6
    120.0
    """
    return minimum(loan.balance, given.scheduled_principal)


def due(interests: tuple[Usd, ...], state: State, inputs: Inputs) -> Due:
    """Debt service of the period: interest, and scheduled principal up to the balance (`principal_due`).

        debt_service = sum of interest + principal

    A prepayment so shortens the loan: it is applied in inverse order of maturity.
    Source: ours, the standard definition of debt service; the inverse order is a convention, its alternative pro rata.

    >>> from overbuild.old_site.examples import INPUTS, OPENING
    >>> due((85e6,), OPENING, INPUTS).debt_service / 1e6
    285.0
    """
    principals = tuple(
        line(f"{loan.name}.principal", principal_due(loan, given))
        for loan, given in zip(state.loans, inputs.loans, strict=True)
    )
    accrued = line("interest", total(interests))
    return Due(interests, principals, accrued, line("debt_service", accrued + line("principal", total(principals))))


class Repaid(NamedTuple):
    """The loans at the end of a period, and the rounding residual that was dropped from their balances."""

    loans: tuple[LoanState, ...]
    debt: UsdStock
    dust: UsdStock


def unpaid_parts(owed: Due, unpaid: Usd, shape: Shape, terms: Terms) -> tuple[Usd, ...]:
    """Unpaid debt service of each loan: the most junior rank bears it first, loans of one rank pari passu.

        unpaid part = min(unpaid, max(0, service of the rank)) * service of the loan / service of the rank

    What is due under 1e-9 of the loans of a rank is no debt service.
    Source: ours, a convention: within a rank a miss is shared by what is due; the alternative is by balance.

    >>> from overbuild.old_site.examples import STACK, TERMS
    >>> loans = (TERMS.loans[0]._replace(amount=300.0), TERMS.loans[0]._replace(amount=100.0))
    >>> unpaid_parts(Due((10.0, 5.0), (20.0, 15.0), 15.0, 50.0), 26.0, STACK, TERMS._replace(loans=loans))
    (6.0, 20.0)
    """
    services = [interest + principal for interest, principal in zip(owed.interests, owed.principals, strict=True)]
    missed: dict[str, Usd] = {}
    for rank in sorted({tranche.rank for tranche in shape.tranches}, reverse=True):
        trios = zip(shape.tranches, services, terms.loans, strict=True)
        members = [(tranche.name, due, term.amount) for tranche, due, term in trios if tranche.rank == rank]
        asked = total(due for _, due, _ in members)
        shared = asked * present(asked, total(amount for _, _, amount in members))
        borne = minimum(unpaid, maximum(0.0, asked))
        unpaid = unpaid - borne
        for name, due, _ in members:
            missed[name] = borne * quotient(due, shared, none=0.0)
    return tuple(missed[tranche.name] for tranche in shape.tranches)


def repaid(owed: Due, unpaid: Usd, sweep: Usd, state: State, case: tuple[Shape, Terms]) -> Repaid:
    """Balances after principal and sweep; unpaid debt service stays owed.

        balance = balance before - principal + unpaid part - swept part

    What is unpaid falls on the last rank first, a sweep on all loans as their balances do. A remainder under 1e-9 of
    the loan is dropped.
    Source: ours, an identity, balances rolled forward; a sweep by balance is a convention, its alternative by rank.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> repaid(due((85e6,), OPENING, INPUTS), 0.0, 50e6, OPENING, (SHAPE, TERMS)).debt / 1e6
    750.0
    """
    shape, terms = case
    left = [loan.balance - principal for loan, principal in zip(state.loans, owed.principals, strict=True)]
    all_left = total(left)
    swept_from = all_left * present(all_left, total(loan.amount for loan in terms.loans))
    missed = unpaid_parts(owed, unpaid, shape, terms)
    loans: list[LoanState] = []
    dropped: list[Usd] = []
    for place, loan in enumerate(terms.loans):
        after = left[place] + missed[place] - sweep * quotient(left[place], swept_from, none=0.0)
        balance = line(f"{loan.name}.balance", after * present(after, loan.amount))
        loans.append(LoanState(loan.name, balance))
        dropped.append(after - balance)
    return Repaid(tuple(loans), line("debt_balance", total(loan.balance for loan in loans)), total(dropped))


def debt_remains(state: State, terms: Terms) -> Share:
    """1 while a loan is outstanding at the opening of the period, else 0.

        debt_remains = 1 where the sum of balances is above 1e-9 of the sum of loans, else 0

    Source: ours, a convention: a billionth of the loans is no debt.

    >>> from overbuild.old_site.examples import OPENING, TERMS
    >>> debt_remains(OPENING, TERMS)
    1.0
    """
    return present(total(loan.balance for loan in state.loans), total(loan.amount for loan in terms.loans))
