"""What is marked down before anybody fails: DebtRank over debts and stakes, beside the losses and never added to them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.terms.balances import is_known
from overbuild.lenders.debtrank import debtrank


class Marked(NamedTuple):
    """The share of the capital of all companies that is marked down beyond the shock itself, and by whom most. USD.

    `lost` has the companies that mark something down, the greatest first, with what they do.
    """

    rank: float
    capital: float
    lost: tuple[tuple[str, float], ...]


def marked(case: ContagionCase) -> Marked | None:
    """DebtRank of 2015 from who is taken to fail; None where nobody is, or capital of who is is not known.

    Exposures are debts and stakes at the point between companies with capital; each is marked down in proportion.
    """
    study, numbers = case.given.study, case.numbers
    capital = numbers.buffer[0]
    inside = [at for at, one in enumerate(study.parties) if not one.holds and capital[at] > 0 and is_known(capital)[at]]
    place = {old: new for new, old in enumerate(inside)}
    failing = [place[at] for at in np.flatnonzero(case.given.forced).tolist() if at in place]
    if not failing:
        return None
    exposures = np.zeros((len(inside), len(inside)))
    for at, edge in enumerate(study.edges):
        holder, other = (edge.payer, edge.payee) if edge.kind == "stake" else (edge.payee, edge.payer)
        if edge.kind != "flow" and holder in place and other in place:
            exposures[place[holder], place[other]] += float(numbers.amount[0, at])
    equity = capital[inside]
    shock = np.zeros(len(inside))
    shock[failing] = 1.0
    found = debtrank(exposures, equity, shock, equity)
    lost = (found.losses - shock) * equity
    ranked = sorted(
        ((study.parties[old].label, float(lost[new])) for old, new in place.items() if lost[new] > 0),
        key=lambda one: -one[1],
    )
    return Marked(found.rank, float(equity.sum()), tuple(ranked))
