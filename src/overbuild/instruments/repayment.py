"""Repayment by a fixed pattern: which share of a loan falls due in each period, and the debt service that makes."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.errors import InputError
from overbuild.money.annuity import annuity_payment
from overbuild.units import PerPeriod, Share, Usd, UsdStock, add_up_to_one

EQUAL_PRINCIPAL = ("straight_line", "level_parts")
"""The two words for one pattern: the same principal in every period."""

PATTERNS = ("annuity", "straight_line", "bullet", "level_parts", "custom")
"""The words for a fixed pattern. A sculpted loan has none: it is repaid by cover."""


def repayment_pattern(
    repayment: str, tenor: int, rate: PerPeriod, repayment_shares: tuple[Share, ...] = (), path: str = "loan"
) -> tuple[Share, ...]:
    """Principal of each period as a share of the loan, by the word for its pattern.

        straight_line, level_parts: 1 / tenor
        bullet:                     0, and 1 in the last period
        annuity:                    level payment at `rate` less interest on what is still owed
        custom:                     `repayment_shares`

    Shares that add up to 1; `rate` counts for an annuity only. `path` is the place of the loan in a case, for errors.
    Raises InputError: `unknown_name` for a word not in `PATTERNS`, `bad_tenor` for a tenor below 1, for custom shares
    `length_mismatch` and, where they do not add up to 1, `amort_sum`. Source: standard.

    >>> repayment_pattern("straight_line", 2, 0.1), repayment_pattern("bullet", 2, 0.1)
    ((0.5, 0.5), (0.0, 1.0))
    >>> [round(share, 9) for share in repayment_pattern("annuity", 2, 0.1)]
    [0.476190476, 0.523809524]
    """
    if repayment not in PATTERNS:
        hint = f"one of {', '.join(PATTERNS)}; a sculpted loan is repaid by cover"
        raise InputError("unknown_name", f"{path}.repayment", repayment, hint)
    if tenor < 1:
        raise InputError("bad_tenor", f"{path}.tenor", tenor, "a loan is repaid in 1 period or more")
    if repayment in EQUAL_PRINCIPAL:
        return (1.0 / tenor,) * tenor
    if repayment == "bullet":
        return (0.0,) * (tenor - 1) + (1.0,)
    if repayment == "annuity":
        level = annuity_payment(1.0, rate, float(tenor))
        return principals(1.0, (level,) * tenor, (rate,) * tenor)
    return _custom(tenor, repayment_shares, f"{path}.repayment_shares")


def unit_debt_service(
    repayment: str,
    tenor: int,
    rates: Sequence[PerPeriod],
    repayment_shares: tuple[Share, ...] = (),
    path: str = "loan",
) -> tuple[Usd, ...]:
    """Debt service of a loan of 1 that is repaid by its pattern, at its rate of each period.

        debt_service = share + rate * (1 - shares before)

    USD a period for each USD lent; one rate a period of the tenor. An annuity is level at the first rate. Raises what
    `repayment_pattern` raises, and InputError `length_mismatch` for other than one rate a period. Source: standard.

    >>> unit_debt_service("straight_line", 2, (0.1, 0.1))
    (0.6, 0.55)
    """
    shares = repayment_pattern(repayment, tenor, rates[0] if rates else 0.0, repayment_shares, path)
    if len(rates) != tenor:
        raise InputError("length_mismatch", f"{path}.rates", len(rates), f"one rate a period of the tenor: {tenor}")
    owed = [1.0 - sum(shares[:place]) for place in range(tenor)]
    return tuple(share + rate * left for share, rate, left in zip(shares, rates, owed, strict=True))


def principals(amount: UsdStock, debt_service: Sequence[Usd], rates: Sequence[PerPeriod]) -> tuple[Usd, ...]:
    """Principal of each period: debt service less interest on what is still owed.

        principal = debt_service - rate * balance
        balance   = balance before - principal

    USD a period. Below 0 where the interest is not earned: the loan then grows. Raises InputError:
    `length_mismatch` for other than one rate a period. Source: standard.

    >>> principals(100.0, (60.0, 55.0), (0.1, 0.1))
    (50.0, 50.0)
    """
    if len(rates) != len(debt_service):
        raise InputError("length_mismatch", "rates", len(rates), f"one rate a period: {len(debt_service)}")
    balance = amount
    paid: list[Usd] = []
    for service, rate in zip(debt_service, rates, strict=True):
        paid.append(service - rate * balance)
        balance -= paid[-1]
    return tuple(paid)


def _custom(tenor: int, shares: tuple[Share, ...], path: str) -> tuple[Share, ...]:
    if len(shares) != tenor:
        raise InputError("length_mismatch", path, len(shares), f"one share a period: {tenor}")
    if not add_up_to_one(shares):
        raise InputError("amort_sum", path, sum(shares), "the shares add up to 1")
    return shares
