"""What one failure costs those who are paid, lent to or own: the formulas of a round of losses."""

from __future__ import annotations

from overbuild.equations import breached, clip, maximum, minimum, present, quotient, where
from overbuild.units import Flag01, Share, Usd, UsdStock


def own_loss(revenue: Usd, fallen: Share, saved: Usd) -> Usd:
    """What a buyer loses of its own revenue, after what it saves by buying less.

        own_loss = max(0, revenue * fallen - saved)

    USD. Valid: amounts of 0 or more. Source: ours, a simplification: what is saved is set against nothing else.

    >>> own_loss(24.0, 0.5, 5.0), own_loss(24.0, 0.5, 15.0)
    (7.0, 0.0)
    """
    return maximum(0.0, revenue * fallen - saved)


def lost_revenue(amount: Usd, kept: Share, stops: Flag01, cut: Share) -> Usd:
    """What a supplier loses of a contract when its customer stops, or buys less without stopping.

        lost_revenue = amount * (1 - kept) * (stops + (1 - stops) * cut)

    USD. `kept` is what the supplier saves or sells to others instead. Valid: shares from 0 to 1. Source: ours, a definition.

    >>> lost_revenue(10.0, 0.4, 1.0, 0.0), lost_revenue(10.0, 0.5, 0.0, 0.2)
    (6.0, 1.0)
    """
    return amount * (1.0 - kept) * (stops + (1.0 - stops) * cut)


def stops_paying(loss: UsdStock, buffer: UsdStock, forced: Flag01) -> Flag01:
    """1 for who has lost more than its buffer, or is taken to fail; else 0.

        stops_paying = max(forced, 1 where loss > buffer)

    Source: definition of a failure by balance sheet; Furfine, Interbank exposures: quantifying the risk of contagion,
    Journal of Money, Credit and Banking 2003.

    >>> stops_paying(5.0, 4.0, 0.0), stops_paying(4.0, 4.0, 0.0), stops_paying(0.0, 4.0, 1.0)
    (1.0, 0.0, 1.0)
    """
    return maximum(forced, breached(buffer - loss, where(buffer > 0, buffer, 1.0)))


def written_off(loss: UsdStock, worth: UsdStock, stops: Flag01) -> Share:
    """The share of a stake that its holder writes off: what is lost of the company's worth, all of it in a failure.

        written_off = max(stops, min(1, loss / worth)), 1 where something is lost and there is no worth

    Source: Bardoscia et al., DebtRank: a microscopic foundation for shock propagation, PLoS ONE 2015, for the part below 1.

    >>> written_off(1.0, 4.0, 0.0), written_off(1.0, 4.0, 1.0), written_off(0.0, 0.0, 0.0)
    (0.25, 1.0, 0.0)
    """
    below = minimum(1.0, quotient(loss, worth, none=0.0))
    return maximum(stops, where(worth > 0, below, present(loss, 1.0)))


def estate(loss: UsdStock, buffer: UsdStock, debt: UsdStock, share: Share) -> UsdStock:
    """What creditors find where a payer has stopped: a share of what its losses leave, no more than it owes.

        worth  = debt + buffer - max(loss, buffer), from 0 to debt
        estate = share * worth

    USD. Valid: amounts of 0 or more. Source: Rogers and Veraart, Failure and rescue in an interbank network, Management
    Science 2013, its two shares taken as one.

    >>> estate(6.0, 4.0, 10.0, 0.5), estate(0.0, 4.0, 10.0, 0.5)
    (4.0, 5.0)
    """
    return share * clip(debt + buffer - maximum(loss, buffer), 0.0, debt)


def paid_first(pot: UsdStock, senior: UsdStock, stops: Flag01) -> Share:
    """The share that senior creditors are paid: all while the payer stands, else out of its estate.

        paid_first = max(1 - stops, min(1, pot / senior)), 1 where they are owed nothing

    Source: standard, absolute priority.

    >>> paid_first(4.0, 5.0, 1.0), paid_first(4.0, 0.0, 1.0), paid_first(4.0, 5.0, 0.0)
    (0.8, 1.0, 1.0)
    """
    return maximum(1.0 - stops, minimum(1.0, quotient(pot, senior, none=1.0)))


def paid_after(pot: UsdStock, senior: UsdStock, junior: UsdStock, stops: Flag01) -> Share:
    """The share that junior creditors are paid, of what the senior ones leave of an estate.

        paid_after = max(1 - stops, min(1, max(0, pot - senior) / junior)), 1 where they are owed nothing

    Source: standard, absolute priority.

    >>> paid_after(7.0, 5.0, 4.0, 1.0), paid_after(4.0, 5.0, 4.0, 1.0)
    (0.5, 0.0)
    """
    return maximum(1.0 - stops, minimum(1.0, quotient(maximum(0.0, pot - senior), junior, none=1.0)))


def unpaid(amount: UsdStock, paid: Share) -> UsdStock:
    """What a lender loses of a debt.

        unpaid = amount * (1 - paid)

    USD. Source: definition.

    >>> unpaid(10.0, 0.75)
    2.5
    """
    return amount * (1.0 - paid)


def paid_of(amount: UsdStock, share: Share) -> UsdStock:
    """What is paid under a contract: of a debt the share that its rank is paid, of a flow all while its payer stands.

        paid_of = amount * share

    USD. Source: definition.

    >>> paid_of(10.0, 0.75)
    7.5
    """
    return amount * share


def owed_under_guarantee(limit: UsdStock, losses: UsdStock) -> UsdStock:
    """What a guarantor owes for the losses it covers.

        owed_under_guarantee = min(limit, losses)

    USD. Source: definition.

    >>> owed_under_guarantee(6.0, 9.0)
    6.0
    """
    return minimum(limit, losses)
