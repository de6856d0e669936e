"""Too big to fail over many worlds: what the failure of each adds to what others lose, on the same draws."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.remedies.too_big import payers
from overbuild.ecosystem.contagion.terms.balances import is_known
from overbuild.ecosystem.contagion.terms.studied import POINT
from overbuild.lenders.rounds.batch import layout
from overbuild.stress.economy_worlds.drawing import DrawnEconomy
from overbuild.stress.worlds.intervals import SampleEstimate
from overbuild.stress.worlds.sampling import Sampling

COMMON_WORLDS = 1_024
"""Worlds on which every failure is tried."""

_Z = 1.959963984540054
_BEARERS = ("lenders", "equity", "vendors", "landlords")


class DrawnTooBig(NamedTuple):
    """What the failure of one adds to what others lose, USD, with its interval: mean over the same worlds with and without.

    `share` is over the capital of all companies, None where none is known; `bearer` who bears most of it; `first` and
    `last` the ranks that the intervals leave it.
    """

    party: str
    label: str
    added: SampleEstimate
    share: float | None
    lenders: float
    bearer: str
    first: int
    last: int


def too_big_drawn(case: ContagionCase, sampling: Sampling, worlds: int) -> tuple[DrawnTooBig, ...]:
    """Everyone whose failure can cost others, the dearest first."""
    count = min(worlds, COMMON_WORLDS)
    base = DrawnEconomy(case, sampling)
    z = base.normals(0, count)
    calm = base.losses(z)
    capital = case.given.buffer[POINT]
    whole = float(np.sum(capital[(layout(case.given.study).fails > 0) & is_known(capital)]))
    found: list[DrawnTooBig] = []
    for place in payers(case.given):
        party = case.given.study.parties[place]
        if case.given.forced[place]:
            continue
        drawn = DrawnEconomy(case, sampling, (party.id,))
        hit = drawn.losses(z)
        own = drawn.own(hit, place) - base.own(calm, place)
        added = hit.by_class["total"] - calm.by_class["total"] - own
        parts = {name: float((hit.by_class[name] - calm.by_class[name]).mean()) for name in _BEARERS}
        parts["equity"] -= float(own.mean())
        mean, half = float(added.mean()), _Z * float(added.std()) / math.sqrt(count)
        estimate = SampleEstimate(mean, mean - half, mean + half)
        bearer = max(parts, key=lambda name: parts[name])
        found.append(
            DrawnTooBig(
                party.id, party.label, estimate, mean / whole if whole > 0 else None, parts["lenders"], bearer, 0, 0
            )
        )
    ranked = [
        one._replace(
            first=1 + sum(other.added.low > one.added.high for other in found),
            last=sum(other.added.high >= one.added.low for other in found),
        )
        for one in found
        if one.added.high > 0
    ]
    return tuple(sorted(ranked, key=lambda one: -one.added.value))
