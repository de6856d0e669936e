"""The worst, and the gentlest, single world that a search finds: how much of a bound some world attains."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.bounds.corners import GENTLE, HARSH, POINTS, corners
from overbuild.ecosystem.contagion.terms.balances import BN
from overbuild.ecosystem.contagion.terms.preset import EcosystemPreset
from overbuild.ecosystem.contagion.terms.studied import HIGH, LOW, EndOf, Studied, Worlds, numbers_of, worlds_at
from overbuild.lenders.clearing.payment_system import Amounts, Marks
from overbuild.lenders.rounds.batch import run_rounds
from overbuild.lenders.rounds.bearers import Borne, borne

_MOST_STEPS = 60
_GAIN = 1.0
"""USD: a step that gains less is none."""


class Found(NamedTuple):
    """The least and the most that a search found for one measure of loss, USD, and the world of the most."""

    low: float
    high: float
    world: Worlds


def attained(given: Studied, preset: EcosystemPreset, measure: Callable[[Borne], Amounts]) -> Found:
    """The least and the greatest loss over worlds with every open number at one of its ends.

    From both corners and the point, one number after the other is turned to its other end while that helps. All worlds keep
    the ceilings of payers. The greatest found is attained by a world; no more is claimed of it.
    """
    open_numbers = reached(given)
    best: dict[int, tuple[float, Worlds]] = {}
    for sign, start in ((1, HARSH), (1, POINTS), (-1, GENTLE), (-1, POINTS)):
        loss, world = _climb(given, preset, measure, start, sign, open_numbers)
        if sign not in best or sign * loss > sign * best[sign][0]:
            best[sign] = (loss, world)
    return Found(best[-1][0], best[1][0], best[1][1])


class OpenNumbers(NamedTuple):
    """Places of the open numbers that losses reach at the harsh corner: others move nothing."""

    parties: Marks
    edges: Marks


def reached(given: Studied) -> OpenNumbers:
    """The parties that lose something when every number stands badly, and the contracts that cost something."""
    harsh = corners(given).harsh.outcome
    return OpenNumbers((harsh.loss[0] > 0) | (given.forced > 0), (harsh.edge_loss[0] > 0) | (given.cut[HIGH] > 0))


def losses_of(given: Studied, worlds: Worlds, measure: Callable[[Borne], Amounts]) -> Amounts:
    """The measure in each world."""
    numbers = numbers_of(given, worlds)
    return measure(borne(given.study, numbers, run_rounds(given.study, numbers)))


def _climb(
    given: Studied,
    preset: EcosystemPreset,
    measure: Callable[[Borne], Amounts],
    start: EndOf,
    sign: int,
    reach: OpenNumbers,
) -> tuple[float, Worlds]:
    now = within_ceilings(given, preset, worlds_at(given, start))
    loss = float(losses_of(given, now, measure)[0])
    for _ in range(_MOST_STEPS):
        turned = within_ceilings(given, preset, _turned(given, now, reach))
        found = losses_of(given, turned, measure)
        place = int(np.argmax(sign * found))
        if sign * float(found[place]) <= sign * loss + _GAIN:
            break
        loss, now = float(found[place]), _one(turned, place)
    return loss, now


def _turned(given: Studied, now: Worlds, reach: OpenNumbers) -> Worlds:
    """The worlds in which one open number stands at an end where it did not stand."""
    ends = Worlds(
        given.buffer,
        given.worth,
        given.amount,
        given.cut,
        np.array([[given.kept[end]] for end in range(3)]),
        np.array([[given.share[end]] for end in range(3)]),
    )
    rows: list[Worlds] = []
    for name in ("buffer", "amount", "cut", "kept", "share"):
        range_of: Amounts = getattr(ends, name)
        moves = range_of[LOW] != range_of[HIGH]
        if name in ("buffer", "amount", "cut"):
            moves = moves & (reach.parties if name == "buffer" else reach.edges)
        for place in np.flatnonzero(moves):
            for end in (LOW, HIGH):
                if getattr(now, name)[0, place] != range_of[end, place]:
                    rows.append(_with(now, ends, name, int(place), end))
    return Worlds(*(np.concatenate([getattr(one, name) for one in rows]) for name in Worlds._fields))


def _with(now: Worlds, ends: Worlds, name: str, place: int, end: int) -> Worlds:
    changed = {name: getattr(now, name).copy()}
    changed[name][0, place] = getattr(ends, name)[end, place]
    if name == "buffer":
        changed["worth"] = now.worth.copy()
        changed["worth"][0, place] = ends.worth[end, place]
    return now._replace(**changed)


def _one(worlds: Worlds, place: int) -> Worlds:
    return Worlds(*(getattr(worlds, name)[[place]] for name in Worlds._fields))


def within_ceilings(given: Studied, preset: EcosystemPreset, worlds: Worlds) -> Worlds:
    """Worlds in which no payer pays more under all its contracts than its ceiling: what is not firm is scaled down."""
    amount = worlds.amount.copy()
    for ceiling in preset.ceilings:
        mine = np.array(
            [one.row.payer == ceiling.payer and one.row.type == "compute_offtake" for one in given.ties], dtype=bool
        )
        totals = np.array([(one.row.total_usd_bn or 0.0) * BN for one in given.ties])
        most = given.amount[HIGH]
        used = np.where(mine & (most > 0), amount / np.where(most > 0, most, 1.0) * totals, 0.0)
        loose = mine & (given.amount[LOW] < most)
        firm = np.where(loose, 0.0, used).sum(axis=1)
        rest = np.where(loose, used, 0.0).sum(axis=1)
        room = np.maximum(0.0, ceiling.total.value - firm)
        share = np.where(rest > room, room / np.where(rest > 0, rest, 1.0), 1.0)
        amount = np.where(loose, amount * share[:, None], amount)
    return worlds._replace(amount=amount)
