"""The least money that keeps everyone else standing: a linear program over injections of capital."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.terms.studied import Studied
from overbuild.lenders.linear_program import Rule, least_cost
from overbuild.lenders.rounds.batch import layout, run_rounds
from overbuild.lenders.rounds.bearers import borne
from overbuild.lenders.rounds.study import Numbers


class Injection(NamedTuple):
    """Capital put into a party before the shock so that it stands, USD."""

    party: str
    label: str
    amount: float


class Backstop(NamedTuple):
    """The cheapest injections that stop the cascade, their sum, and what lenders lose without and with them, USD."""

    injections: tuple[Injection, ...]
    total: float
    lenders_without: float
    lenders_with: float


def backstop(given: Studied, numbers: Numbers) -> Backstop:
    """The least sum of injections such that nobody fails but who is taken to fail.

    With all others standing losses are linear: what the failed stop paying and owe, and what stakes in the standing lose of
    their worth. So the least money is a linear program: loss - injection <= buffer for each party that may fail.
    Source: ours, a definition: the minimum bailout that ends the cascade, Eisenberg and Noe 2001 for the program behind it.
    """
    links, study = layout(given.study), given.study
    alone = numbers._replace(buffer=np.where(given.forced[None, :] > 0, numbers.buffer, _ENOUGH))
    loss = run_rounds(study, alone).loss[0]
    may_fail = np.flatnonzero((links.fails > 0) & (given.forced == 0))
    rules = [Rule((at,), (-1.0,), float(numbers.buffer[0, place] - loss[place])) for at, place in enumerate(may_fail)]
    solution = least_cost(np.ones(len(may_fail)), rules, [None] * len(may_fail))
    given_to = np.zeros(len(study.parties))
    if solution is not None:
        given_to[may_fail] = np.where(solution.unknowns > _NOTHING, solution.unknowns, 0.0)
    with_it = numbers._replace(buffer=numbers.buffer + given_to[None, :])
    injections = tuple(
        Injection(study.parties[place].id, study.parties[place].label, float(given_to[place]))
        for place in (int(at) for at in np.argsort(-given_to))
        if given_to[place] > 0
    )
    lenders = [float(borne(study, one, run_rounds(study, one)).of("lenders")[0]) for one in (numbers, with_it)]
    return Backstop(injections, float(given_to.sum()), lenders[0], lenders[1])


_ENOUGH = 1e16
_NOTHING = 1.0
"""USD."""
