"""How long a lab's cash lasts against what it has promised to pay for compute, and who could take it over."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.contagion.market.concentration import Absorbed, absorbed
from overbuild.ecosystem.contagion.market.segments import lab_revenue
from overbuild.ecosystem.contagion.terms.balances import BN
from overbuild.ecosystem.contagion.terms.studied import Studied
from overbuild.ecosystem.derived_ranges import Range
from overbuild.equations import quotient
from overbuild.lenders.network.read import Network
from overbuild.units import UsdPerYear, UsdStock, Years


class Runway(NamedTuple):
    """A lab: what end users pay it, what it has promised a year with its range, cash, and the years that lasts.

    `years` is None where cash is not published, or where revenue covers what is promised; `status` says which.
    """

    lab: str
    label: str
    revenue: float | None
    committed: Range
    cash: float | None
    years: float | None
    shortest: float | None
    status: str


class Takeover(NamedTuple):
    """A lab taken over by another firm: the market of labs after it."""

    target: str
    acquirer: str
    before: float
    after: Absorbed


def runway_years(cash: UsdStock, committed: UsdPerYear, revenue: UsdPerYear) -> Years:
    """Years that cash lasts when what is promised exceeds what comes in.

        runway_years = cash / (committed - revenue)

    Years. Valid: committed above revenue. Nothing else that a lab pays is in it, so it is an upper end. Source: ours, a bound.

    >>> runway_years(60.0, 50.0, 20.0)
    2.0
    """
    return quotient(cash, committed - revenue, none=0.0)


def runways(given: Studied, network: Network) -> tuple[Runway, ...]:
    """Every lab with a contract for compute, at the running rate of its contracts."""
    earned, found = lab_revenue(network), list[Runway]()
    for one in network.entities:
        mine = [place for place, tie in enumerate(given.ties) if tie.row.payer == one.id and tie.kind == "flow"]
        if one.type != "lab" or not mine:
            continue
        low, point, high = (float(given.amount[end, mine].sum()) / given.window.years for end in range(3))
        revenue = earned.get(one.id)
        cash = None if one.cash_usd_bn is None else one.cash_usd_bn * BN
        years = shortest = None
        status = ""
        if cash is None:
            status = "cash is not published"
        elif point <= (revenue or 0.0):
            status = "what comes in covers what is promised"
        else:
            years = float(runway_years(cash, point, revenue or 0.0))
            shortest = float(runway_years(cash, high, revenue or 0.0))
        found.append(Runway(one.id, one.label, revenue, Range(low, point, high), cash, years, shortest, status))
    return tuple(found)


def takeovers(network: Network, retention: float) -> tuple[Takeover, ...]:
    """Each lab taken over by the largest other lab, with a share of its customers kept."""
    sizes = lab_revenue(network)
    found: list[Takeover] = []
    for target in sizes:
        others = {name: size for name, size in sizes.items() if name != target}
        if others:
            acquirer = max(others, key=lambda name: others[name])
            after = absorbed(sizes, acquirer, target, retention)
            found.append(Takeover(target, acquirer, after.hhi - after.rise, after))
    return tuple(found)
