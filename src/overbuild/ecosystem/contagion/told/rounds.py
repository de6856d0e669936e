"""Round by round: who stops, why, and what is lost by then."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.terms.studied import Studied
from overbuild.lenders.rounds.batch import RoundsOutcome, layout, run_rounds
from overbuild.lenders.rounds.bearers import LENDERS, borne
from overbuild.lenders.rounds.study import Numbers


class Stop(NamedTuple):
    """A party that stops: in which round, its loss against its capital, and the contract that cost it most.

    `largest` is the place of that contract among the edges, None where its own revenue or nothing else did it.
    """

    place: int
    round: int
    loss: float
    buffer: float
    largest: int | None


class RoundLoss(NamedTuple):
    """All that is lost once a number of rounds has passed, USD, by group of classes."""

    number: int
    stopped: tuple[int, ...]
    lenders: float
    equity: float
    vendors: float
    landlords: float


def stops(given: Studied, numbers: Numbers, outcome: RoundsOutcome) -> tuple[Stop, ...]:
    """Everyone who stops, in the order of rounds, the greatest loss first within one."""
    links = layout(given.study)
    found: list[Stop] = []
    for place in (int(at) for at in np.flatnonzero(outcome.round[0])):
        costs = outcome.edge_loss[0] * links.losers[:, place]
        largest = int(np.argmax(costs)) if costs.any() else None
        found.append(
            Stop(
                place,
                int(outcome.round[0, place]),
                float(outcome.loss[0, place]),
                float(numbers.buffer[0, place]),
                largest,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.round, -one.loss)))


def losses_by_round(case: ContagionCase, *, harsh: bool = False) -> tuple[RoundLoss, ...]:
    """What is lost round after round, at the point or with every number at its harsh end."""
    given = case.given
    numbers, outcome = (
        (case.corners.harsh.numbers, case.corners.harsh.outcome) if harsh else (case.numbers, case.outcome)
    )
    rows: list[RoundLoss] = []
    for number in range(1, outcome.rounds + 1):
        found = borne(given.study, numbers, run_rounds(given.study, numbers, number))
        stopped = tuple(int(at) for at in np.flatnonzero(outcome.round[0] == number))
        lenders = sum(float(found.of(name)[0]) for name in LENDERS)
        others = (float(found.of(name)[0]) for name in ("equity", "vendors", "landlords"))
        rows.append(RoundLoss(number, stopped, lenders, *others))
    return tuple(rows)
