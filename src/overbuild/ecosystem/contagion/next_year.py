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
    """What vendors sell less in the year after, USD. Companies whose capex is not published cut none."""
    capex: Amounts = np.array([(one.capex_usd_bn or 0.0) * BN for one in given.entities])
    cut = capex_cut(capex, outcome.loss[0], outcome.stops[0], cut_share)
    return vendor_share * float(np.sum(cut))
