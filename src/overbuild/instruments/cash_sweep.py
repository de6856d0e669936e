"""A cash sweep with interest on the average balance, in closed form.

Interest depends on the closing balance, the closing balance on the sweep, the sweep on the cash that interest leaves.
The three equations are linear while the sweep lies between none and all of the balance, so no iteration is needed.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import clip, minimum
from overbuild.units import PerPeriod, Share, Usd, UsdStock


class SweptPeriod(NamedTuple):
    """A period of a loan with interest on its average balance: interest, sweep, closing balance, cash left after all."""

    interest: Usd
    sweep: Usd
    closing: UsdStock
    free: Usd


def average_balance_sweep(
    opening: UsdStock,
    rate: PerPeriod,
    tax_rate: Share,
    sweep_share: Share,
    cash: Usd,
    scheduled_principal: Usd,
) -> SweptPeriod:
    """A period of a loan with interest on the average of opening and closing balance, and a sweep of what cash is left.

        k         = rate / 2,  a = 1 - tax_rate
        principal = min(opening, scheduled_principal)
        sweep     = sweep_share * (cash - principal - a k (2 opening - principal)) / (1 - sweep_share a k),
                    at least 0, at most opening - principal
        interest  = k (2 opening - principal - sweep)
        closing   = opening - principal - sweep
        free      = cash - principal - sweep - a interest

    `cash` is that before interest and its tax shield, `scheduled_principal` what falls due without a sweep; USD a
    period. `free` is below 0 where cash does not pay interest and principal. Valid: sweep_share * a * k below 1.
    Source: ours, the closed form of the circle that a spreadsheet iterates.

    >>> [round(amount, 6) for amount in average_balance_sweep(500.0, 0.09, 0.25, 0.75, 140.0, 60.0)]
    [40.628407, 37.146521, 402.853479, 12.382174]

    Cash for more than the loan sweeps all of it, and interest is on half of what is owed at the opening beside the
    principal that stays half the period:

    >>> [round(amount, 6) for amount in average_balance_sweep(100.0, 0.09, 0.25, 0.75, 300.0, 60.0)]
    [4.5, 40.0, 0.0, 196.625]
    """
    principal = minimum(opening, scheduled_principal)
    half, kept = rate / 2.0, 1.0 - tax_rate
    unswept = cash - principal - kept * half * (2.0 * opening - principal)
    sweep = clip(sweep_share * unswept / (1.0 - sweep_share * kept * half), 0.0, opening - principal)
    paid = half * (2.0 * opening - principal - sweep)
    return SweptPeriod(paid, sweep, opening - principal - sweep, cash - principal - sweep - kept * paid)
