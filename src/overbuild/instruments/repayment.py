"""Repayment schedules: how a loan is paid back, by cover or by a fixed pattern."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.equations import number
from overbuild.errors import InputError
from overbuild.money.annuity import annuity_payment

_SUM_TOLERANCE = 1e-9


class RepaymentTerms(NamedTuple):
    """How a loan is paid back: the word for its pattern, its periods, and its shares where the pattern is custom."""

    name: str
    repayment: str
    tenor: int
    shares: tuple[float, ...] = ()


def principal_schedule(amount: float, debt_service: Sequence[float], rates: Sequence[float]) -> tuple[float, ...]:
    """Principal of each period: debt service less interest on what is still owed.

    >>> principal_schedule(100.0, (60.0, 55.0), (0.1, 0.1))
    (50.0, 50.0)
    """
    balance = amount
    paid: list[float] = []
    for service, rate in zip(debt_service, rates, strict=True):
        paid.append(service - rate * balance)
        balance -= paid[-1]
    return tuple(paid)


def repayment_pattern(terms: RepaymentTerms, rate: float) -> tuple[float, ...]:
    """Principal by period, as shares of the loan, for the fixed patterns. `rate` is per period.

    Raises InputError (`amort_sum`) where custom shares do not add up to 1, (`unknown_name`) for another pattern.

    >>> repayment_pattern(RepaymentTerms("l", "straight_line", 2), 0.1), repayment_pattern(RepaymentTerms("l", "bullet", 2), 0.1)
    ((0.5, 0.5), (0.0, 1.0))
    """
    if terms.repayment in ("straight_line", "level_parts"):
        return (1.0 / terms.tenor,) * terms.tenor
    if terms.repayment == "bullet":
        return (0.0,) * (terms.tenor - 1) + (1.0,)
    if terms.repayment == "annuity":
        level = annuity_payment(1.0, rate, float(terms.tenor))
        return principal_schedule(1.0, (number(level),) * terms.tenor, (rate,) * terms.tenor)
    if terms.repayment == "custom":
        return _custom(terms)
    hint = "one of sculpted, annuity, straight_line, bullet, level_parts, custom"
    raise InputError("unknown_name", f"loans.{terms.name}.repayment", terms.repayment, hint)


def unit_service(terms: RepaymentTerms, rates: Sequence[float]) -> tuple[float, ...]:
    """Debt service of a loan of 1 that is repaid by its pattern, at its rate of each period.

    >>> unit_service(RepaymentTerms("l", "straight_line", 2), (0.1, 0.1))
    (0.6, 0.55)
    """
    shares = repayment_pattern(terms, rates[0])
    owed = [1.0 - sum(shares[:place]) for place in range(terms.tenor)]
    return tuple(share + rate * left for share, rate, left in zip(shares, rates, owed, strict=True))


def _custom(terms: RepaymentTerms) -> tuple[float, ...]:
    path = f"loans.{terms.name}.repayment_shares"
    if len(terms.shares) != terms.tenor:
        raise InputError("length_mismatch", path, len(terms.shares), f"one share a period: {terms.tenor}")
    if abs(sum(terms.shares) - 1.0) > _SUM_TOLERANCE:
        raise InputError("amort_sum", path, sum(terms.shares), "the shares add up to 1")
    return terms.shares
