"""The year after: what losses take out of capex, and so out of the sales of those who make chips and servers."""

from __future__ import annotations

import numpy as np

from overbuild.ecosystem.contagion.terms.balances import BN
from overbuild.ecosystem.contagion.terms.studied import Studied
from overbuild.equations import minimum
from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.rounds.batch import RoundsOutcome
from overbuild.units import Flag01, Share, Usd


def capex_cut(capex: Usd, loss: Usd, stops: Flag01, share: Share) -> Usd:
    """What a company does not buy in the year after a loss.

        capex_cut = min(capex, share * loss) while it stands, all of its capex once it has stopped

    USD a year. Source: ours, a simplification of a funding shock: part of a loss is met by spending less.

    >>> capex_cut(20.0, 10.0, 0.0, 0.5), capex_cut(20.0, 10.0, 1.0, 0.5)
    (5.0, 20.0)
    """
    return stops * capex + (1.0 - stops) * minimum(capex, share * loss)


def lost_sales(given: Studied, outcome: RoundsOutcome, cut_share: float, vendor_share: float) -> float:
    """What vendors sell less in the year after a run of one world, USD. Companies whose capex is not published cut none."""
    return float(sales_lost(given, outcome, np.array([cut_share]), np.array([vendor_share]))[0])


def sales_lost(given: Studied, outcome: RoundsOutcome, cut_share: Amounts, vendor_share: Amounts) -> Amounts:
    """What vendors sell less in the year after in each world, USD."""
    cut = np.zeros(len(outcome.loss))
    for place, one in enumerate(given.entities):
        if one.capex_usd_bn:
            capex = one.capex_usd_bn * BN
            cut = cut + capex_cut(capex, outcome.loss[:, place], outcome.stops[:, place], cut_share)
    return vendor_share * cut
