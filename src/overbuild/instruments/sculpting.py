"""Sculpted loans: debt service that leaves an asked cover, and the loan that it repays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.equations import maximum, quotient
from overbuild.errors import InputError
from overbuild.money.annuity import present_value
from overbuild.units import Ratio, Share, Usd, UsdStock


def sculpted_schedule(cfads: Sequence[float], target_dscr: Sequence[float]) -> tuple[float, ...]:
    """Debt service of each period that leaves the asked cover. Raises InputError (`dscr_le_zero`).

    >>> sculpted_schedule((140.0, 130.0), (1.4, 1.3))
    (100.0, 100.0)
    """
    for place, level in enumerate(target_dscr, 1):
        if level <= 0.0:
            raise InputError("dscr_le_zero", f"target_dscr.{place}", level, "cover asked for is above 0")
    return tuple(sculpted_debt_service(cash, level) for cash, level in zip(cfads, target_dscr, strict=True))


def contracted_share_of_revenue(contract_revenue: Usd, revenue: Usd) -> Share:
    """The contract's share of a period's revenue; 1 where nothing is earned.

    Source: ours, a convention: without revenue the contract's cover is asked, not the market's.

    >>> contracted_share_of_revenue(30.0, 40.0)
    0.75
    """
    return quotient(contract_revenue, revenue, none=1.0)


def blended_dscr(contracted: Share, target_dscr: Ratio, target_dscr_merchant: Ratio) -> Ratio:
    """Cover asked for the cash of a period that contract and market bring together.

        debt_service = cfads * contracted / target_dscr + cfads * (1 - contracted) / target_dscr_merchant
        blended_dscr = cfads / debt_service

    `contracted` is the contract's share of revenue, 0..1; both parts of the cash so have one sign.
    Source: ours, a definition, after the practice of asking more cover of merchant cash.

    >>> round(blended_dscr(0.75, 1.5, 3.0), 9)
    1.714285714
    """
    return 1.0 / (contracted / target_dscr + (1.0 - contracted) / target_dscr_merchant)


def debt_repaid_by(debt_service: Sequence[float], rates: Sequence[float]) -> float:
    """The loan that a debt service repays: its present value at the loan's period rates.

    Raises InputError (`rate_le_minus1`).

    >>> round(debt_repaid_by((55.0, 60.5), (0.1, 0.1)), 9)
    100.0
    """
    for rate in rates:
        if rate <= -1.0:
            raise InputError("rate_le_minus1", "rate", rate, "a period rate is above -1")
    return present_value(debt_service, rates)


def after_tax_debt(
    ebitda: Sequence[float], tax_depreciation: Sequence[float], rate: float, tax_rate: float, target_dscr: float
) -> tuple[float, ...]:
    """Balances, from the opening on, of a loan sculpted to cash after tax, in closed form.

    Valid where tax is always paid on ebitda - tax_depreciation - interest. Backward from a last balance of 0:

        before = (after + a / target_dscr) / (1 + rate - tax_rate * rate / target_dscr)
        a      = ebitda * (1 - tax_rate) + tax_rate * tax_depreciation

    Source: ours, an identity, solved backward; the passes of sizing settle on the same loan.

    >>> [round(balance, 6) for balance in after_tax_debt((140.0,), (40.0,), 0.1, 0.25, 1.0)]
    [106.976744, 0.0]
    """
    balances = [0.0]
    for earned, charge in zip(reversed(ebitda), reversed(tax_depreciation), strict=True):
        untaxed = earned * (1.0 - tax_rate) + tax_rate * charge
        grown = 1.0 + rate - tax_rate * rate / target_dscr
        balances.append((balances[-1] + untaxed / target_dscr) / grown)
    return tuple(reversed(balances))


class CappedDebt(NamedTuple):
    """A loan under a cap: its amount, its debt service by period, and what both were cut to (1: no cut)."""

    amount: UsdStock
    debt_service: tuple[float, ...]
    scale: Share


def capped_debt(asked: Sequence[float], rates: Sequence[float], most: float | None) -> CappedDebt:
    """The loan that a debt service carries, at most `most` of it (None: no cap).

    >>> capped_debt((60.0, 60.0), (0.0, 0.0), 60.0)
    CappedDebt(amount=60.0, debt_service=(30.0, 30.0), scale=0.5)
    """
    carried = debt_repaid_by(asked, rates)
    limit = carried if most is None else most
    scale = min(1.0, limit / carried) if carried > 0.0 else 1.0
    return CappedDebt(scale * carried, tuple(scale * one for one in asked), scale)


def sculpted_beside(cfads: Usd, target_dscr: Share, beside: Usd) -> Usd:
    """Debt service of a sculpted loan that stands beside others: cover is asked for the debt service of all.

        debt_service = max(0, max(0, cfads) / target_dscr - beside)

    `beside` is the debt service of the other loans.
    Source: ours, a convention: the other loans are served first, and this one takes what the cover of all leaves.

    >>> sculpted_beside(140.0, 1.4, 30.0), sculpted_beside(140.0, 1.4, 130.0)
    (70.0, 0.0)
    """
    return maximum(0.0, sculpted_debt_service(cfads, target_dscr) - beside)


def sculpted_debt_service(cfads: Usd, target_dscr: Share) -> Usd:
    """Debt service that leaves the asked cover; negative cash counts as none.

        debt_service = max(0, cfads) / target_dscr

    Source: standard.

    >>> sculpted_debt_service(140.0, 1.4), sculpted_debt_service(-5.0, 1.4)
    (100.0, 0.0)
    """
    return maximum(0.0, cfads) / target_dscr
