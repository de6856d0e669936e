"""The ways that losses take: from who stops to who loses, the widest first, and how far each stands from the first failure."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.lenders.rounds.batch import RoundsOutcome


class LossWay(NamedTuple):
    """A loss from one party to another over all their contracts, USD, by places."""

    source: int
    loser: int
    amount: float


class Placed(NamedTuple):
    """A party on the way: how many steps from the first failure it stands."""

    place: int
    step: int


def ways(case: ContagionCase, outcome: RoundsOutcome, most: int) -> tuple[LossWay, ...]:
    """The widest ways of a run, at most so many."""
    found: dict[tuple[int, int], float] = {}
    for at, edge in enumerate(case.given.study.edges):
        loss = float(outcome.edge_loss[0, at])
        if loss > 0:
            ends = (edge.payee, edge.payer) if edge.kind == "stake" else (edge.payer, edge.payee)
            found[ends] = found.get(ends, 0.0) + loss
    widest = sorted((LossWay(*ends, amount) for ends, amount in found.items()), key=lambda one: -one.amount)
    return tuple(widest[:most])


def placed(found: tuple[LossWay, ...], first: tuple[int, ...]) -> tuple[Placed, ...]:
    """Every party on these ways with its steps from the first failures; who is not reached from them stands at 0.

    Who passes nothing on stands after all of its sources.
    """
    steps = dict.fromkeys(first, 0)
    waiting = list(first)
    while waiting:
        here = waiting.pop(0)
        for way in found:
            if way.source == here and way.loser not in steps:
                steps[way.loser] = steps[here] + 1
                waiting.append(way.loser)
    for way in found:
        steps.setdefault(way.source, 0)
        steps.setdefault(way.loser, steps[way.source] + 1)
    sources = {way.source for way in found}
    for way in found:
        if way.loser not in sources:
            steps[way.loser] = max(steps[way.loser], steps[way.source] + 1)
    on_way = {end for way in found for end in (way.source, way.loser)}
    return tuple(Placed(place, step) for place, step in steps.items() if place in on_way)
