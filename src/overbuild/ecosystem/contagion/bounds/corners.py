"""Bounds on what each class loses that hold whatever the open numbers are: every number at its own worst, and best, end.

Every loss grows with what contracts are about and what buyers give up, and falls with capital, with what is kept of lost
revenue and with what estates leave. So no world between the ends loses less than one in which all of them stand well, nor
more than one in which all stand badly, even where no single world has them all so: the bounds hold, and may be wide.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.terms.studied import HIGH, LOW, EndOf, Studied, numbers_of, worlds_at
from overbuild.lenders.clearing.payment_system import Amounts
from overbuild.lenders.rounds.batch import RoundsOutcome, layout, run_rounds, saved_by
from overbuild.lenders.rounds.bearers import CLASSES, absorbed, class_of
from overbuild.lenders.rounds.study import Numbers

POINTS = EndOf()
GENTLE = EndOf(buffer=HIGH, amount=LOW, cut=LOW, kept=HIGH, share=HIGH)
HARSH = EndOf(buffer=LOW, amount=HIGH, cut=HIGH, kept=LOW, share=LOW)


class Corner(NamedTuple):
    """A run with every kind of number at one end."""

    numbers: Numbers
    outcome: RoundsOutcome


class Corners(NamedTuple):
    """The run with all numbers at their gentle ends, and with all at their harsh ones."""

    gentle: Corner
    harsh: Corner


def corners(given: Studied) -> Corners:
    """Both corners: what a buyer saves by buying less stands at the opposite end of what that costs its suppliers."""
    found: list[Corner] = []
    for ends, against in ((GENTLE, HARSH), (HARSH, GENTLE)):
        saved = saved_by(given.study, given.amount[[against.amount]], given.cut[[against.cut]])
        numbers = numbers_of(given, worlds_at(given, ends), saved)
        found.append(Corner(numbers, run_rounds(given.study, numbers)))
    return Corners(*found)


class ClassEnds(NamedTuple):
    """The least and the most that each class can lose, USD, one entry a class of `CLASSES`."""

    low: dict[str, float]
    high: dict[str, float]


def class_ends(given: Studied, found: Corners) -> ClassEnds:
    """Bounds on the final loss of each class, but for what holders of paper lose on debts: that is `held_losses`."""
    low: dict[str, float] = dict.fromkeys(CLASSES, 0.0)
    high: dict[str, float] = dict.fromkeys(CLASSES, 0.0)
    least, most = _owners(given, found)
    for place, party in enumerate(given.study.parties):
        name = class_of(party.id, party.type)
        if party.holds:
            for ends, corner in ((low, found.gentle), (high, found.harsh)):
                ends["equity" if name == "unnamed" else name] += float(beside_debts(given, corner.outcome)[place])
        else:
            low[name] += float(least[place])
            high[name] += float(most[place])
    return ClassEnds(low, high)


def beside_debts(given: Studied, outcome: RoundsOutcome) -> Amounts:
    """What each party loses on stakes and contracts that are no debt."""
    links = layout(given.study)
    return np.asarray(((1.0 - links.debt) * outcome.edge_loss) @ links.losers)[0]


def _owners(given: Studied, found: Corners) -> tuple[Amounts, Amounts]:
    """The least and the most that owners of each company bear who are no parties themselves."""
    ends: list[Amounts] = []
    for corner, other, row in ((found.gentle, found.harsh, LOW), (found.harsh, found.gentle, HIGH)):
        own = absorbed(corner.outcome.loss[0], given.buffer[row], given.forced)
        ends.append(np.maximum(0.0, own - insiders(given, other.outcome)))
    return ends[0], ends[1]


def insiders(given: Studied, outcome: RoundsOutcome) -> Amounts:
    """What owners who are parties lose of each company."""
    links = layout(given.study)
    lost = (links.stake * outcome.edge_loss)[0]
    return np.bincount(links.payee, lost, len(given.study.parties)).astype(np.float64)
