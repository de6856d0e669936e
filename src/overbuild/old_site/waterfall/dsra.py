"""Debt service reserve account (DSRA): drawn for debt service, filled before distributions, released above target."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum
from overbuild.units import Usd, UsdStock


class Reserve(NamedTuple):
    """DSRA balance at the end of the period, and the free cash left after its top-up or release."""

    balance: UsdStock
    free_cash: Usd


def dsra_draw(dsra: UsdStock, shortfall: Usd, debt_service: Usd) -> Usd:
    """Draw on the DSRA: it pays debt service, never operating costs.

        dsra_draw = min(dsra, shortfall, max(0, debt_service))

    Debt service below 0 (lenders pay in) asks for nothing.
    Source: ours, a convention: the alternative is a reserve that pays whatever is missing.

    >>> dsra_draw(50.0, 20.0, 50.0), dsra_draw(50.0, 90.0, 30.0), dsra_draw(50.0, 10.0, -4.0)
    (20.0, 30.0, 0.0)
    """
    return line("dsra_draw", minimum(minimum(dsra, shortfall), maximum(0.0, debt_service)))


def dsra_refill(dsra: UsdStock, draw: Usd, free_cash: Usd, target: UsdStock) -> Reserve:
    """DSRA brought to its target as far as cash goes; what it holds above target is released into free cash.

        dsra_balance = min(target, dsra - draw + free_cash)

    Top-up and release are one minimum, so that a reserve at its target has one slope.
    Source: ours, an identity: what the reserve gains is what free cash loses.

    >>> dsra_refill(30.0, 0.0, 40.0, 40.0)
    Reserve(balance=40.0, free_cash=30.0)
    """
    kept = dsra - draw
    balance = line("dsra_balance", minimum(target, kept + free_cash))
    line("dsra_topup", maximum(0.0, balance - kept))
    line("dsra_release", maximum(0.0, kept - balance))
    return Reserve(balance, free_cash + kept - balance)
