"""A failing lab taken over: who needs it, who can pay for it, who would be allowed to, and how likely anybody does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.market.concentration import absorbed
from overbuild.ecosystem.contagion.market.segments import lab_revenue
from overbuild.ecosystem.contagion.terms.balances import BN
from overbuild.ecosystem.contagion.terms.studied import POINT
from overbuild.ecosystem.derived_ranges import Range
from overbuild.equations import maximum, minimum, quotient
from overbuild.units import Share, UsdPerYear, UsdStock


class Absorption(NamedTuple):
    """A taker of a failing lab, or anybody (`taker` is `anybody`): its need, means and leave, and the chance, shares of 1.

    `before` and `after` are the HHI of labs without and with the takeover, None where the taker is no lab.
    """

    target: str
    target_label: str
    taker: str
    taker_label: str
    needs: float | None
    able: float | None
    allowed: float | None
    chance: float
    low: float
    high: float
    before: float | None
    after: float | None


def means(cash: UsdStock, promised: UsdPerYear, revenue: UsdPerYear) -> Share:
    """How far a taker's cash reaches for one year of what a lab has promised beyond what it earns.

        means = min(1, cash / max(0, promised - revenue)), 1 where revenue covers all

    Source: ours, a convention: a year, at the end of which the taker has changed the contracts or given up.

    >>> means(50.0, 120.0, 20.0), means(500.0, 120.0, 20.0), means(5.0, 10.0, 20.0)
    (0.5, 1.0, 1.0)
    """
    return minimum(1.0, quotient(cash, maximum(0.0, promised - revenue), none=1.0))


def taken_over(needs: Share, able: Share, allowed: Share) -> Share:
    """The chance that one taker takes a failing lab over: it needs it, can pay for it and is allowed to.

        taken_over = needs * able * allowed

    Source: ours, a simplification: each is judged by itself.

    >>> taken_over(0.5, 1.0, 0.5)
    0.25
    """
    return needs * able * allowed


def absorption_rows(case: ContagionCase) -> tuple[Absorption, ...]:
    """Every lab with promises for compute, each firm that might take it over, and the chance that anybody does."""
    rows: list[Absorption] = []
    for place, party in enumerate(case.given.study.parties):
        if party.type == "lab":
            takers = sorted(_takers(case, place), key=lambda one: -one.chance)
            if takers:
                rows += [*takers, _anybody(takers)]
    return tuple(rows)


def absorption_of(case: ContagionCase) -> dict[str, Absorption]:
    """By lab the chance that anybody takes it over."""
    return {one.target: one for one in absorption_rows(case) if one.taker == "anybody"}


def _takers(case: ContagionCase, place: int) -> Iterator[Absorption]:
    """Suppliers with a part of the lab's promises, and other labs, which need its customers."""
    given, preset = case.given, case.preset
    lab, years = given.study.parties[place], given.window.years
    paid: dict[int, float] = {}
    for at, edge in enumerate(given.study.edges):
        if edge.kind == "flow" and edge.payer == place:
            paid[edge.payee] = paid.get(edge.payee, 0.0) + float(given.amount[POINT, at]) / years
    promised, sizes = sum(paid.values()), lab_revenue(case.network)
    if promised <= 0.0:
        return
    for taker, other in enumerate(given.study.parties):
        cash = given.entities[taker].cash_usd_bn
        is_lab = other.type == "lab" and other.id in sizes and lab.id in sizes
        if taker == place or other.holds or other.type == "spv" or cash is None or not (taker in paid or is_lab):
            continue
        needs, before, after, allowed = paid.get(taker, 0.0) / promised, None, None, preset.leave_clear
        if is_lab:
            merged = absorbed(sizes, other.id, lab.id, float(preset.retention.value))
            needs = max(needs, sizes[other.id] / sum(sizes.values()))
            before, after = merged.hhi - merged.rise, merged.hhi
            allowed = preset.leave_presumed if merged.presumed else preset.leave_clear
        able = float(means(cash * BN, promised, sizes.get(lab.id, 0.0)))
        ends = Range(
            *(float(taken_over(needs, able, float(end or 0.0))) for end in (allowed.low, allowed.value, allowed.high))
        )
        yield Absorption(
            lab.id,
            lab.label,
            other.id,
            other.label,
            needs,
            able,
            float(allowed.value),
            ends.central,
            ends.low,
            ends.high,
            before,
            after,
        )


def _anybody(takers: list[Absorption]) -> Absorption:
    """That anybody does: as if each decided by itself; at least the likeliest, at most the sum of all (Frechet)."""
    none = 1.0
    for one in takers:
        none *= 1.0 - one.chance
    low, high = max(one.low for one in takers), min(1.0, sum(one.high for one in takers))
    first = takers[0]
    return Absorption(
        first.target, first.target_label, "anybody", "anybody", None, None, None, 1.0 - none, low, high, None, None
    )
