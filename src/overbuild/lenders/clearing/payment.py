"""What one payer pays, and what its failure destroys: the formulas of a round of clearing."""

from __future__ import annotations

from overbuild.equations import maximum, minimum, quotient, where
from overbuild.units import Flag01, Share, UsdStock


def payment(
    resources: UsdStock, inflow: UsdStock, owed: UsdStock, resources_share: Share, inflow_share: Share
) -> UsdStock:
    """What a payer pays of what it owes: all of it if it can, else what its estate brings.

        payment = owed                                                  where resources + inflow >= owed
                  resources_share * resources + inflow_share * inflow   elsewhere, at most what is owed

    USD. Both shares at 1 lose nothing in a failure. Valid: amounts of 0 or more. Source: Rogers and Veraart, Failure and
    rescue in an interbank network, Management Science 2013; with both shares at 1 Eisenberg and Noe, Systemic risk in
    financial systems, Management Science 2001.

    >>> payment(6.0, 5.0, 10.0, 0.5, 0.5), payment(6.0, 2.0, 10.0, 0.5, 0.75)
    (10.0, 4.5)
    """
    estate = resources_share * resources + inflow_share * inflow
    return where(resources + inflow >= owed, owed, minimum(owed, estate))


def recovery(paid: UsdStock, owed: UsdStock) -> Share:
    """What creditors get of what they are owed.

        recovery = paid / owed, 1 where nothing is owed

    A share. Valid: paid at most what is owed. Source: definition.

    >>> recovery(4.5, 10.0), recovery(0.0, 0.0)
    (0.45, 1.0)
    """
    return quotient(paid, owed, none=1.0)


def equity_left(resources: UsdStock, inflow: UsdStock, owed: UsdStock) -> UsdStock:
    """What is left to the owners once creditors are paid.

        equity_left = max(0, resources + inflow - owed)

    USD. Valid: always. Source: definition; limited liability.

    >>> equity_left(6.0, 5.0, 10.0), equity_left(6.0, 2.0, 10.0)
    (1.0, 0.0)
    """
    return maximum(0.0, resources + inflow - owed)


def destroyed(
    resources: UsdStock, inflow: UsdStock, fails: Flag01, resources_share: Share, inflow_share: Share
) -> UsdStock:
    """What a failure destroys: the part of the estate that reaches no creditor.

        destroyed = fails * ((1 - resources_share) * resources + (1 - inflow_share) * inflow)

    USD. Valid: shares from 0 to 1. Source: Rogers and Veraart, Failure and rescue in an interbank network, Management
    Science 2013.

    >>> destroyed(6.0, 2.0, 1.0, 0.5, 0.75), destroyed(6.0, 2.0, 0.0, 0.5, 0.75)
    (3.5, 0.0)
    """
    return fails * ((1.0 - resources_share) * resources + (1.0 - inflow_share) * inflow)
