"""Impairment of assets held and used: the two steps of ASC 360, what they catch and what they let pass."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, breached, line, maximum
from overbuild.units import Flag01, Usd, UsdStock


class Impairment(NamedTuple):
    """What the test finds: whether the first step fails, the loss then booked, the gap it lets pass, the whole gap."""

    fails: Flag01
    loss: Usd
    hidden: Usd
    stranded: Usd


def impairment(name: str, carrying: UsdStock, undiscounted: UsdStock, fair_value: UsdStock) -> Impairment:
    """The test on one group of assets.

        fails    = undiscounted cash flows < carrying amount
        stranded = max(carrying amount - fair value, 0)
        loss     = stranded if it fails, else 0
        hidden   = stranded - loss

    Undiscounted flows that exceed the carrying amount pass, however low the fair value: that gap is hidden.
    Source: FASB ASC 360-10-35-17 (recoverability first, then fair value).

    >>> impairment("h100", 900.0, 870.0, 709.25)
    Impairment(fails=1.0, loss=190.75, hidden=0.0, stranded=190.75)
    >>> impairment("b200", 2200.0, 2460.0, 1864.25).hidden
    335.75
    """
    fails = line(f"{name}.impairment_test_fails", breached(undiscounted - carrying, maximum(carrying, 1)))
    stranded = line(f"{name}.stranded_value", maximum(carrying - fair_value, 0))
    loss = line(f"{name}.impairment_loss", blend(fails, stranded, 0))
    return Impairment(fails, loss, line(f"{name}.hidden_loss", stranded - loss), stranded)
