"""Ratios that lenders read: cash over what it pays, cover asked of two kinds of cash, the share of a claim that is lost."""

from __future__ import annotations

from overbuild.equations import maximum, quotient
from overbuild.units import Ratio, Share, Usd, UsdStock


def cover_ratio(cash: Usd, debt_service: Usd) -> Ratio:
    """How often the cash of a period pays its debt service; the DSCR where the cash is CFADS.

        cover_ratio = cash / debt_service

    A ratio of two amounts in USD a period. 0 where nothing is due or lenders pay in, which a flag beside it says;
    below 0 where the cash is. Source: standard; 0 where there is no cover is our convention.

    >>> cover_ratio(120.0, 100.0), cover_ratio(50.0, 0.0), cover_ratio(50.0, -4.0)
    (1.2, 0.0, 0.0)
    """
    return quotient(cash, maximum(0.0, debt_service), none=0.0)


def contracted_share_of_revenue(contract_revenue: Usd, revenue: Usd) -> Share:
    """The contract's share of a period's revenue.

        contracted_share_of_revenue = contract_revenue / revenue

    A share of two amounts in USD a period, 0..1. 1 where nothing is earned. Source: ours, the convention that the cash
    of a period is split between contract and market as its revenue is.

    >>> contracted_share_of_revenue(30.0, 40.0), contracted_share_of_revenue(0.0, 0.0)
    (0.75, 1.0)
    """
    return quotient(contract_revenue, revenue, none=1.0)


def blended_dscr(contracted: Share, target_dscr: Ratio, target_dscr_merchant: Ratio) -> Ratio:
    """Cover asked for the cash of a period that contract and market bring together.

        debt_service = cfads * contracted / target_dscr + cfads * (1 - contracted) / target_dscr_merchant
        blended_dscr = cfads / debt_service

    A ratio; `contracted` is the contract's share of revenue, 0..1, so both parts of the cash have one sign. Valid:
    both covers above 0. Source: ours, the closed form of asking each part of the cash for its own cover, as lenders do
    who ask more of merchant cash.

    >>> round(blended_dscr(0.75, 1.5, 3.0), 9)
    1.714285714
    """
    return 1.0 / (contracted / target_dscr + (1.0 - contracted) / target_dscr_merchant)


def loss_share(paid: UsdStock, claim: UsdStock) -> Share:
    """What is lost of a claim, as a share of it.

        loss_share = 1 - paid / claim

    A share of two amounts in USD. 0 where nothing is claimed. Source: standard; the 0 is our convention.

    >>> loss_share(60.0, 80.0), loss_share(0.0, 0.0)
    (0.25, 0.0)
    """
    return 1.0 - quotient(paid, claim, none=1.0)
