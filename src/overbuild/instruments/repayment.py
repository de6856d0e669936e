"""Repayment schedules: how a loan is paid back, by cover or by a fixed pattern."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.equations import number
from overbuild.errors import InputError
from overbuild.money.annuity import annuity_payment
from overbuild.site.case.plan import Loan

_SUM_TOLERANCE = 1e-9


def principals(amount: float, debt_service: Sequence[float], rates: Sequence[float]) -> tuple[float, ...]:
    """Principal of each period: debt service less interest on what is still owed.

    >>> principals(100.0, (60.0, 55.0), (0.1, 0.1))
    (50.0, 50.0)
    """
    balance = amount
    paid: list[float] = []
    for service, rate in zip(debt_service, rates, strict=True):
        paid.append(service - rate * balance)
        balance -= paid[-1]
    return tuple(paid)


def pattern(loan: Loan, rate: float) -> tuple[float, ...]:
    """Principal by period, as shares of the loan, for the fixed patterns. `rate` is per period.

    Raises InputError (`amort_sum`) where custom shares do not add up to 1, (`unknown_name`) for another pattern.

    >>> pattern(Loan("l", 0.1, 2, "straight_line"), 0.1), pattern(Loan("l", 0.1, 2, "bullet"), 0.1)
    ((0.5, 0.5), (0.0, 1.0))
    """
    if loan.repayment in ("straight_line", "level_parts"):
        return (1.0 / loan.tenor,) * loan.tenor
    if loan.repayment == "bullet":
        return (0.0,) * (loan.tenor - 1) + (1.0,)
    if loan.repayment == "annuity":
        level = annuity_payment(1.0, rate, float(loan.tenor))
        return principals(1.0, (number(level),) * loan.tenor, (rate,) * loan.tenor)
    if loan.repayment == "custom":
        return _custom(loan)
    hint = "one of sculpted, annuity, straight_line, bullet, level_parts, custom"
    raise InputError("unknown_name", f"loans.{loan.name}.repayment", loan.repayment, hint)


def unit_service(loan: Loan, rates: Sequence[float]) -> tuple[float, ...]:
    """Debt service of a loan of 1 that is repaid by its pattern, at its rate of each period.

    >>> unit_service(Loan("l", 0.1, 2, "straight_line"), (0.1, 0.1))
    (0.6, 0.55)
    """
    shares = pattern(loan, rates[0])
    owed = [1.0 - sum(shares[:place]) for place in range(loan.tenor)]
    return tuple(share + rate * left for share, rate, left in zip(shares, rates, owed, strict=True))


def _custom(loan: Loan) -> tuple[float, ...]:
    path = f"loans.{loan.name}.repayment_shares"
    if len(loan.repayment_shares) != loan.tenor:
        raise InputError("length_mismatch", path, len(loan.repayment_shares), f"one share a period: {loan.tenor}")
    if abs(sum(loan.repayment_shares) - 1.0) > _SUM_TOLERANCE:
        raise InputError("amort_sum", path, sum(loan.repayment_shares), "the shares add up to 1")
    return loan.repayment_shares
