"""The year after: what losses take out of capex, and so out of sales of chips and servers; and who stops because of that."""

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


class Stopped(NamedTuple):
    """A party by its place that stops in the second period, its losses of both and its capital, USD."""

    place: int
    loss: float
    buffer: float


class SecondPeriod(NamedTuple):
    """Who stops because capex is cut in the year after, and what that adds to the losses of lenders, and of all but vendors."""

    stopped: tuple[Stopped, ...]
    lenders: float
    beside_vendors: float


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


def vendors_of(given: Studied) -> list[int]:
    """Places of those who sell chips and servers."""
    return [place for place, one in enumerate(given.study.parties) if CLASS_OF.get(one.type) == "vendors"]


def second_period(given: Studied, numbers: Numbers, outcome: RoundsOutcome, lost: float) -> SecondPeriod:
    """The rounds once sales of the year after are lost too: who stopped stays so, and vendors lose beside all else.

    `lost` are the sales that all vendors lose, USD; they share them by their revenue, and save or sell to others what
    suppliers keep of lost revenue.
    Source: ours, a simplification: of the quarters of the model, the one in which capex is cut, taken as a year.
    """
    places = vendors_of(given)
    sales = np.array([(given.entities[place].revenue_usd_bn or 0.0) * BN for place in places])
    whole = float(sales.sum())
    if not places or whole <= 0.0 or lost <= 0.0:
        return SecondPeriod((), 0.0, 0.0)
    own = lost_revenue(lost * sales / whole, float(numbers.kept[0, 0]), 1.0, 0.0)
    revenue, fallen, saved = (one.copy() for one in (numbers.revenue, numbers.fallen, numbers.saved))
    revenue[:, places], fallen[:, places], saved[:, places] = own, 1.0, 0.0
    changed = numbers._replace(revenue=revenue, fallen=fallen, saved=saved)
    after = run_rounds(given.study, changed)
    first, second = borne(given.study, numbers, outcome), borne(given.study, changed, after)
    stopped = tuple(
        Stopped(int(place), float(after.loss[0, place]), float(numbers.buffer[0, place]))
        for place in np.flatnonzero((after.stops[0] > 0) & (outcome.stops[0] == 0))
    )
    lenders, total = (float(second.of(name)[0] - first.of(name)[0]) for name in ("lenders", "total"))
    beside = total - float(second.of("vendors")[0] - first.of("vendors")[0])
    return SecondPeriod(stopped, lenders, beside)
