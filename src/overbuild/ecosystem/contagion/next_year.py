"""The quarters after: what losses take out of capex, and so out of sales of chips and servers; who stops because of that."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.terms.balances import BN
from overbuild.ecosystem.contagion.terms.studied import Studied
from overbuild.equations import minimum
from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.rounds.batch import RoundsOutcome, run_rounds
from overbuild.lenders.rounds.bearers import CLASS_OF, borne
from overbuild.lenders.rounds.losses import lost_revenue
from overbuild.lenders.rounds.study import Numbers
from overbuild.units import Flag01, Share, Usd

QUARTERS = 4
"""Quarters after that of the shock in which capex is cut."""


class Stopped(NamedTuple):
    """A party by its place that stops because of the cut, in which quarter after the shock, its losses and its capital, USD."""

    place: int
    quarter: int
    loss: float
    buffer: float


class SecondPeriod(NamedTuple):
    """Who stops because capex is cut, and what that adds to the losses of lenders, and of all but vendors; where all then stand."""

    stopped: tuple[Stopped, ...]
    lenders: float
    beside_vendors: float
    numbers: Numbers
    outcome: RoundsOutcome


def capex_cut(capex: Usd, loss: Usd, stops: Flag01, share: Share) -> Usd:
    """What a company does not buy after a loss, of the capex of so many quarters that it had planned.

        capex_cut = min(capex, share * loss) while it stands, all of its capex once it has stopped

    USD. Source: ours, a simplification of a funding shock: part of a loss is met by spending less.

    >>> capex_cut(20.0, 10.0, 0.0, 0.5), capex_cut(20.0, 10.0, 1.0, 0.5)
    (5.0, 20.0)
    """
    return stops * capex + (1.0 - stops) * minimum(capex, share * loss)


class CapexShares(NamedTuple):
    """The share of a loss that is cut from capex, and the share of capex that is bought of vendors."""

    cut: float
    vendors: float


def lost_sales(given: Studied, outcome: RoundsOutcome, shares: CapexShares, quarters: int = QUARTERS) -> float:
    """What vendors sell less in so many quarters after a run of one world, USD.

    The cut begins in the quarter after the shock. Companies whose capex is not published cut none.
    """
    return float(sales_lost(given, outcome, np.array([shares.cut]), np.array([shares.vendors]), quarters)[0])


def sales_lost(
    given: Studied, outcome: RoundsOutcome, cut_share: Amounts, vendor_share: Amounts, quarters: int = QUARTERS
) -> Amounts:
    """What vendors sell less in so many quarters after, in each world, USD."""
    cut = np.zeros(len(outcome.loss))
    for place, one in enumerate(given.entities):
        if one.capex_usd_bn:
            capex = one.capex_usd_bn * BN * quarters / QUARTERS
            cut = cut + capex_cut(capex, outcome.loss[:, place], outcome.stops[:, place], cut_share)
    return vendor_share * cut


def vendors_of(given: Studied) -> list[int]:
    """Places of those who sell chips and servers."""
    return [place for place, one in enumerate(given.study.parties) if CLASS_OF.get(one.type) == "vendors"]


def second_period(given: Studied, numbers: Numbers, outcome: RoundsOutcome, shares: CapexShares) -> SecondPeriod:
    """The rounds once sales of the quarters after are lost too: who stopped stays so, and vendors lose beside all else.

    Quarter after quarter, from the one after the shock, losses have taken more out of capex, until they are met or a year is
    over. Vendors share the sales that are lost by their revenue, and save or sell to others what suppliers keep of lost
    revenue. Losses grow with the sales that are lost, and these with losses: run from the harsh corner it is a bound.
    Source: ours, a simplification: of the quarters of the model those in which capex is cut; the rest stands.
    """
    stopped: list[Stopped] = []
    changed, after = numbers, outcome
    for quarter in range(1, QUARTERS + 1):
        lost = lost_sales(given, outcome, shares, quarter)
        changed = _without_sales(given, numbers, lost)
        before, after = after, run_rounds(given.study, changed)
        new = np.flatnonzero((after.stops[0] > 0) & (before.stops[0] == 0))
        stopped += [Stopped(int(one), quarter, float(after.loss[0, one]), float(numbers.buffer[0, one])) for one in new]
    first, second = borne(given.study, numbers, outcome), borne(given.study, changed, after)
    lenders, total = (float(second.of(name)[0] - first.of(name)[0]) for name in ("lenders", "total"))
    beside = total - float(second.of("vendors")[0] - first.of("vendors")[0])
    final = {one: float(after.loss[0, one]) for one in (each.place for each in stopped)}
    told = tuple(one._replace(loss=final[one.place]) for one in stopped)
    return SecondPeriod(told, lenders, beside, changed, after)


def _without_sales(given: Studied, numbers: Numbers, lost: float) -> Numbers:
    """The numbers of a world in which vendors sell so much less, USD."""
    places = vendors_of(given)
    sales = np.array([(given.entities[place].revenue_usd_bn or 0.0) * BN for place in places])
    whole = float(sales.sum())
    if not places or whole <= 0.0 or lost <= 0.0:
        return numbers
    own = lost_revenue(lost * sales / whole, float(numbers.kept[0, 0]), 1.0, 0.0)
    revenue, fallen, saved = (one.copy() for one in (numbers.revenue, numbers.fallen, numbers.saved))
    revenue[:, places], fallen[:, places], saved[:, places] = own, 1.0, 0.0
    return numbers._replace(revenue=revenue, fallen=fallen, saved=saved)
