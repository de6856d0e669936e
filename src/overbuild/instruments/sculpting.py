"""Sculpted loans: debt service that leaves an asked cover, and the loan that it repays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.equations import maximum
from overbuild.errors import InputError
from overbuild.money.annuity import present_value
from overbuild.units import PerPeriod, Ratio, Share, Usd, UsdStock


class CappedDebt(NamedTuple):
    """A loan under a cap: its amount, its debt service by period, and the share of the debt service asked for."""

    amount: UsdStock
    debt_service: tuple[Usd, ...]
    scale: Share


def sculpted_debt_service(cfads: Usd, target_dscr: Ratio) -> Usd:
    """Debt service of a period that leaves the asked cover.

        debt_service = max(0, cfads) / target_dscr

    USD a period. Cash below 0 counts as none. Valid: a cover above 0. Source: standard.

    >>> sculpted_debt_service(140.0, 1.4), sculpted_debt_service(-5.0, 1.4)
    (100.0, 0.0)
    """
    return maximum(0.0, cfads) / target_dscr


def sculpted_beside(cfads: Usd, target_dscr: Ratio, beside: Usd) -> Usd:
    """Debt service of a sculpted loan that stands beside others: cover is asked for the debt service of all.

        debt_service = max(0, max(0, cfads) / target_dscr - beside)

    `beside` is the debt service of the other loans. USD a period. 0 where the others take all that the cover lets.
    Valid: a cover above 0. Source: ours, the convention that the sculpted loan takes what the others leave.

    >>> sculpted_beside(140.0, 1.4, 30.0), sculpted_beside(140.0, 1.4, 130.0)
    (70.0, 0.0)
    """
    return maximum(0.0, sculpted_debt_service(cfads, target_dscr) - beside)


def sculpted_schedule(cfads: Sequence[Usd], target_dscr: Sequence[Ratio]) -> tuple[Usd, ...]:
    """Debt service of every period that leaves the asked cover of that period.

        debt_service = max(0, cfads) / target_dscr

    USD a period. Raises InputError: `dscr_le_zero` for a cover that is not above 0, `length_mismatch` for other than
    one cover a period. Source: standard.

    >>> sculpted_schedule((140.0, 130.0), (1.4, 1.3))
    (100.0, 100.0)
    """
    if len(target_dscr) != len(cfads):
        raise InputError("length_mismatch", "target_dscr", len(target_dscr), f"one cover a period: {len(cfads)}")
    for place, level in enumerate(target_dscr, 1):
        if not level > 0.0:
            raise InputError("dscr_le_zero", f"target_dscr.{place}", level, "cover asked for is above 0")
    return tuple(sculpted_debt_service(cash, level) for cash, level in zip(cfads, target_dscr, strict=True))


def supported_debt(debt_service: Sequence[Usd], rates: Sequence[PerPeriod]) -> UsdStock:
    """The loan that a debt service repays: its present value at the loan's rate of each period.

        supported_debt = sum of debt_service / product of (1 + rate) up to the period

    USD. Raises InputError: `rate_le_minus1` for a rate that is not above -1, `length_mismatch` for other than one rate
    a period. Source: standard.

    >>> round(supported_debt((55.0, 60.5), (0.1, 0.1)), 9)
    100.0
    """
    if len(rates) != len(debt_service):
        raise InputError("length_mismatch", "rates", len(rates), f"one rate a period: {len(debt_service)}")
    for rate in rates:
        if not rate > -1.0:
            raise InputError("rate_le_minus1", "rate", rate, "a period rate is above -1")
    return present_value(debt_service, rates)


def capped_debt(debt_service: Sequence[Usd], rates: Sequence[PerPeriod], most: UsdStock | None) -> CappedDebt:
    """The loan that a debt service repays, at most `most`: a cap cuts every period by the same share.

        scale  = min(1, most / supported_debt)
        amount = scale * supported_debt

    USD. None: no cap. The scale is 1 where nothing is supported. Source: ours, the convention that a cap keeps the
    shape of the debt service.

    >>> tuple(capped_debt((60.0, 60.0), (0.0, 0.0), 60.0))
    (60.0, (30.0, 30.0), 0.5)
    """
    supported = supported_debt(debt_service, rates)
    limit = supported if most is None else most
    scale = min(1.0, limit / supported) if supported > 0.0 else 1.0
    return CappedDebt(scale * supported, tuple(scale * one for one in debt_service), scale)


def after_tax_debt(
    ebitda: Sequence[Usd], tax_depreciation: Sequence[Usd], rate: PerPeriod, tax_rate: Share, target_dscr: Ratio
) -> tuple[UsdStock, ...]:
    """Balances, from the opening on, of a loan sculpted to cash after tax, in closed form.

        before = (after + a / target_dscr) / (1 + rate - tax_rate * rate / target_dscr), backward from a last one of 0
        a      = ebitda * (1 - tax_rate) + tax_rate * tax_depreciation

    USD, one more balance than there are periods. Valid: tax is always paid on ebitda - tax_depreciation - interest.
    Raises InputError: `length_mismatch` for other than one charge a period, `dscr_le_zero` for a cover not above 0.
    Source: ours, the closed form of the circle of loan, interest, tax and cash; the passes of sizing settle on the
    same loan.

    >>> [round(balance, 6) for balance in after_tax_debt((140.0,), (40.0,), 0.1, 0.25, 1.0)]
    [106.976744, 0.0]
    """
    if len(tax_depreciation) != len(ebitda):
        hint = f"one charge a period: {len(ebitda)}"
        raise InputError("length_mismatch", "tax_depreciation", len(tax_depreciation), hint)
    if not target_dscr > 0.0:
        raise InputError("dscr_le_zero", "target_dscr", target_dscr, "cover asked for is above 0")
    balances = [0.0]
    for earned, charge in zip(reversed(ebitda), reversed(tax_depreciation), strict=True):
        untaxed = earned * (1.0 - tax_rate) + tax_rate * charge
        grown = 1.0 + rate - tax_rate * rate / target_dscr
        balances.append((balances[-1] + untaxed / target_dscr) / grown)
    return tuple(reversed(balances))
