"""A cash sweep with interest on the average balance, in closed form."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import clip, minimum
from overbuild.units import PerPeriod, Share, Usd, UsdStock


class Swept(NamedTuple):
    """A period of a loan with interest on the average balance: interest, sweep, closing balance, cash left."""

    interest: Usd
    sweep: Usd
    closing: UsdStock
    free: Usd


def average_balance_sweep(
    opening: UsdStock, rate: PerPeriod, tax_rate: Share, sweep_share: Share, cash: Usd, scheduled: Usd
) -> Swept:
    """Interest on the average of opening and closing balance with a cash sweep, in closed form.

    `cash` is before interest and its tax shield, `scheduled` the scheduled principal. USD a period.

        k     = rate / 2,  a = 1 - tax_rate,  principal = min(opening, scheduled)
        sweep = sweep_share * (cash - principal - a k (2 opening - principal)) / (1 - sweep_share a k),
                at least 0, at most opening - principal
        interest = k (2 opening - principal - sweep)

    Valid: sweep_share * a * k below 1.
    Source: ours, an identity: interest and sweep are linear in each other between the limits, so the circle is solved.

    >>> swept = average_balance_sweep(500.0, 0.09, 0.25, 0.75, cash=140.0, scheduled=60.0)
    >>> [round(number, 6) for number in swept]
    [40.628407, 37.146521, 402.853479, 12.382174]
    """
    principal = minimum(opening, scheduled)
    half, kept = rate / 2.0, 1.0 - tax_rate
    unswept = cash - principal - kept * half * (2.0 * opening - principal)
    sweep = clip(sweep_share * unswept / (1.0 - sweep_share * kept * half), 0.0, opening - principal)
    paid = half * (2.0 * opening - principal - sweep)
    return Swept(paid, sweep, opening - principal - sweep, cash - principal - sweep - kept * paid)
