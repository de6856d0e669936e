"""Money that goes round: what vendors finance of their own sales, and the most that circulates.

It measures how much sales depend on finance from those who sell. Dependence is no impropriety.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from overbuild.lenders.linear_program import Rule, least_cost

_NOTHING = 1e-9
"""A flow below this share of the greatest is none."""


class Flow(NamedTuple):
    """Money from one to another: `finance` where it is lent or invested, else the price of what is bought."""

    payer: str
    payee: str
    amount: float
    finance: bool = False
    contract: str = ""


class VendorShare(NamedTuple):
    """What a vendor sells, what it finances of that itself, and the share of it."""

    vendor: str
    revenue: float
    self_financed: float
    share: float


class Round(NamedTuple):
    """A round that money goes: those it passes, and how much goes all the way round."""

    through: tuple[str, ...]
    amount: float


class CircularFlows(NamedTuple):
    """The most that can circulate among all flows, as a volume and a share of them, its rounds and its vendors.

    A round of three passing 10 has a volume of 30. `flows` holds what circulates of each flow.
    """

    volume: float
    total: float
    share: float
    vendors: tuple[VendorShare, ...]
    rounds: tuple[Round, ...]
    flows: tuple[float, ...]


def circular_flows(flows: Sequence[Flow]) -> CircularFlows:
    """What goes round among flows of money.

    The volume is the greatest sum of parts of the flows such that as much leaves everyone as reaches it: a linear program,
    which is the best packing of rounds.
    Source: ours, a definition: the greatest circulation of a network under the capacities of its flows.

    >>> loop = (Flow("chip", "lab", 10.0, True), Flow("lab", "chip", 6.0), Flow("user", "lab", 12.0))
    >>> found = circular_flows(loop)
    >>> found.volume, found.rounds, found.vendors[0]
    (12.0, (Round(through=('chip', 'lab'), amount=6.0),), VendorShare(vendor='chip', revenue=6.0, self_financed=6.0, share=1.0))
    """
    total = sum(flow.amount for flow in flows)
    going = greatest_circulation(flows)
    volume = sum(going)
    return CircularFlows(
        volume, total, volume / total if total else 0.0, vendor_shares(flows), rounds(flows, going), tuple(going)
    )


def vendor_shares(flows: Sequence[Flow]) -> tuple[VendorShare, ...]:
    """What each vendor finances of its own sales: customer by customer the lesser of what it buys and what it is given."""
    bought: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    given: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for flow in flows:
        if flow.finance:
            given[flow.payer][flow.payee] += flow.amount
        else:
            bought[flow.payee][flow.payer] += flow.amount
    found: list[VendorShare] = []
    for vendor, customers in bought.items():
        revenue = sum(customers.values())
        own = sum(min(amount, given[vendor][name]) for name, amount in customers.items() if name in given[vendor])
        found.append(VendorShare(vendor, revenue, own, own / revenue if revenue else 0.0))
    return tuple(sorted(found, key=lambda one: (-one.self_financed, one.vendor)))


def greatest_circulation(flows: Sequence[Flow]) -> list[float]:
    """How much of each flow circulates when as much as possible does."""
    if not flows:
        return []
    ends: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for place, flow in enumerate(flows):
        for name, sign in ((flow.payer, 1.0), (flow.payee, -1.0)):
            ends[name][0].append(place)
            ends[name][1].append(sign)
    balanced = [Rule(places, signs, 0.0, just=True) for places, signs in ends.values()]
    solution = least_cost([-1.0] * len(flows), balanced, [flow.amount for flow in flows])
    return [] if solution is None else [max(0.0, float(one)) for one in solution.unknowns]


def rounds(flows: Sequence[Flow], going: Sequence[float]) -> tuple[Round, ...]:
    """A circulation as rounds, the greatest first: each takes all that is left on its narrowest flow."""
    left: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for flow, amount in zip(flows, going, strict=True):
        left[flow.payer][flow.payee] += amount
    nothing = _NOTHING * max(going, default=0.0)
    found: list[Round] = []
    while True:
        path = _a_round(left, nothing)
        if not path:
            return tuple(sorted(found, key=lambda one: (-one.amount * len(one.through), one.through)))
        steps = list(zip(path, (*path[1:], path[0]), strict=True))
        amount = min(left[a][b] for a, b in steps)
        for a, b in steps:
            left[a][b] -= amount
        start = path.index(min(path))
        found.append(Round((*path[start:], *path[:start]), amount))


def _a_round(left: dict[str, dict[str, float]], nothing: float) -> list[str]:
    """Some way that comes back to where it began, along what is left; empty where there is none."""
    for start in sorted(left):
        path, seen = [start], {start: 0}
        while True:
            onward = [name for name, amount in sorted(left[path[-1]].items(), key=lambda x: -x[1]) if amount > nothing]
            if not onward:
                break
            if onward[0] in seen:
                return path[seen[onward[0]] :]
            seen[onward[0]] = len(path)
            path.append(onward[0])
    return []
