"""The least of a lever at which a condition holds over drawn worlds: found on the same draws at each value, then run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from overbuild.errors import InputErrors, OverbuildError, raise_all
from overbuild.policy.tariff.case import TariffPlan
from overbuild.policy.tariff.faults import tariff_faults
from overbuild.stress.tariff_levers.condition import OutcomeCondition
from overbuild.stress.tariff_levers.drawn import DrawnDeal, drawn_deal, outcomes
from overbuild.stress.tariff_levers.levers import LEVERS, Lever
from overbuild.stress.worlds.draws import Row
from overbuild.world.case_record import CaseRecord

CLOSE = 1e-10
"""How near to the root, as a share of the lever's whole range."""

_LOOKED_AT = 9
"""Values of a lever at which the condition is looked at before its root is looked for."""


class OutcomeSpread(NamedTuple):
    """A number over the worlds: median, 95th percentile, the level that was asked, how often the condition holds."""

    p50: float
    p95: float
    at_level: float
    held: float


class LeverValue(NamedTuple):
    """A value of a lever, and what the condition's number is there."""

    value: float
    spread: OutcomeSpread


class OtherLever(NamedTuple):
    """Another lever, and what the condition's number is where that one is turned as far as it goes."""

    lever: Lever
    most: LeverValue


class LeverSolution(NamedTuple):
    """What was found: the least value at which the condition holds, or, where none does, the one that comes nearest.

    `found` is the condition's number there and `others_found` what others bear; `as_is` is the case untouched, `other_seed`
    the same value on other draws, `looked_at` the path of the lever, `other_levers` what each other lever does alone, turned
    as far as it goes.
    """

    lever: Lever
    condition: OutcomeCondition
    drawn: DrawnDeal
    feasible: bool
    value: float
    found: OutcomeSpread
    others_found: OutcomeSpread
    as_is: OutcomeSpread
    other_seed: OutcomeSpread
    looked_at: tuple[LeverValue, ...]
    other_levers: tuple[OtherLever, ...]

    @property
    def plan(self) -> TariffPlan:
        """The case at the value found."""
        return self.lever.moved(self.drawn.plan, self.value)


def solve_lever(
    case: CaseRecord[TariffPlan], lever: Lever, condition: OutcomeCondition, *, scenarios: int = 8192, seed: int = 1
) -> LeverSolution:
    """The least of a lever at which a condition holds.

    The number at a level moves without a jump as the lever moves, on the same draws: so a root that is bracketed is found to
    1e-10 of the lever's range. Where the condition holds without it, the lever is 0.
    Raises InputError for a number of worlds that cannot be, CaseError where a value of the lever makes a case that has a
    fault (an exit fee beyond the collateral without anyone being good for it).
    """
    plan, drawn = case.record, drawn_deal(case, scenarios, seed)
    most = lever.most(plan)
    check_moved(lever.moved(plan, most))
    looked = tuple(_tried(drawn, lever, condition, most * share) for share in np.linspace(0.0, 1.0, _LOOKED_AT))
    root = least_root(drawn, plan, lever, condition)
    feasible = root is not None
    value = root if root is not None else nearest(condition, looked).value
    found = spread(condition, outcomes(drawn, lever.moved(plan, value), condition.line))
    other = drawn_deal(case, scenarios, seed + 1)
    return LeverSolution(
        lever=lever,
        condition=condition,
        drawn=drawn,
        feasible=feasible,
        value=value,
        found=found,
        others_found=spread(condition, outcomes(drawn, lever.moved(plan, value), "others_worse_off")),
        as_is=spread(condition, outcomes(drawn, plan, condition.line)),
        other_seed=spread(condition, outcomes(other, lever.moved(plan, value), condition.line)),
        looked_at=looked,
        other_levers=tuple(_others(drawn, lever, condition)),
    )


def spread(condition: OutcomeCondition, amounts: Row) -> OutcomeSpread:
    """A number over the worlds, as a condition looks at it."""
    p50, p95 = (float(one) for one in np.quantile(amounts, (0.5, 0.95)))
    return OutcomeSpread(p50, p95, condition.at_level(amounts), condition.share_held(amounts))


def check_moved(plan: TariffPlan) -> None:
    """Raise what is wrong with a case that a lever made, at once."""
    faults: list[OverbuildError] = list(tariff_faults(plan))
    raise_all(faults)


def nearest(condition: OutcomeCondition, looked: tuple[LeverValue, ...]) -> LeverValue:
    """Of the values looked at the one that misses the condition least; the least of those that miss it alike."""
    sign = 1.0 if condition.sign == "<=" else -1.0
    best = min(sign * one.spread.at_level for one in looked)
    slack = 1e-9 * max(1.0, abs(best))
    return next(one for one in looked if sign * one.spread.at_level <= best + slack)


def least_root(
    drawn: DrawnDeal, plan: TariffPlan, lever: Lever, condition: OutcomeCondition, close: float = CLOSE
) -> float | None:
    """The least value of a lever from which the condition holds up to the next looked at; None where it holds at none."""
    from scipy.optimize import brentq

    def excess(value: float) -> float:
        return condition.excess(outcomes(drawn, lever.moved(plan, value), condition.line))

    most = lever.most(plan)
    before, missed = 0.0, excess(0.0)
    if missed <= 0.0:
        return 0.0
    for share in np.linspace(0.0, 1.0, _LOOKED_AT)[1:]:
        value = float(most * share)
        if excess(value) <= 0.0:
            found: Any = brentq(excess, before, value, xtol=close * most, rtol=1e-14)
            return _on_the_right_side(excess, float(found), value, close * most)
        before = value
    return None


def _on_the_right_side(excess: Callable[[float], float], root: float, beyond: float, step: float) -> float:
    """The root, or the float beyond it at which the condition holds."""
    while excess(root) > 0.0 and root < beyond:
        root, step = min(root + step, beyond), 2.0 * step
    return root


def _tried(drawn: DrawnDeal, lever: Lever, condition: OutcomeCondition, value: float) -> LeverValue:
    moved = lever.moved(drawn.plan, float(value))
    return LeverValue(float(value), spread(condition, outcomes(drawn, moved, condition.line)))


def _others(drawn: DrawnDeal, lever: Lever, condition: OutcomeCondition) -> Iterator[OtherLever]:
    for one in LEVERS.values():
        if one.id != lever.id:
            try:
                check_moved(one.moved(drawn.plan, one.most(drawn.plan)))
            except (OverbuildError, InputErrors):
                continue
            yield OtherLever(one, _tried(drawn, one, condition, one.most(drawn.plan)))
