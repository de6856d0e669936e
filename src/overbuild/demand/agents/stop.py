"""When to stop a programme: at which success, wrong answers that pass, loss or delay it is worth nothing, each found by running."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from overbuild.demand.agents.agents_run import AgentsRun, npv_of
from overbuild.demand.agents.case import AgentsPlan

LATEST = 80.0
"""The latest quarter for the midpoint of adoption that is looked at."""


class StopRule(NamedTuple):
    """What is watched, what the case has, and from where on the programme is worth nothing; None: nowhere.

    `below` says that it is worth nothing below the limit; else above it.
    """

    name: str
    used: float
    limit: float | None
    below: bool


def stop_rules(run: AgentsRun) -> tuple[StopRule, ...]:
    """The rules on adoption (half of the tasks), success, wrong answers that pass, and the loss by one."""
    plan, least = run.plan, run.least_success

    def wrong(share: float) -> AgentsPlan:
        return plan._replace(review=plan.review._replace(wrong_accepted=share))

    def loss(amount: float) -> AgentsPlan:
        return plan._replace(person=plan.person._replace(error_loss=amount))

    def later(midpoint: float) -> AgentsPlan:
        return plan._replace(programme=plan.programme._replace(adoption_midpoint=midpoint))

    used, planned = plan.person.error_loss, plan.programme.adoption_midpoint
    return (
        StopRule("adoption_midpoint", planned, _falls_to_nothing(later, planned, LATEST), False),
        StopRule("success", plan.agent.success, least or None, True),
        StopRule("wrong_accepted", plan.review.wrong_accepted, _falls_to_nothing(wrong, 0.0, 1.0), False),
        StopRule("error_loss", used, _falls_to_nothing(loss, used, 1e3 * max(used, 1.0)), False),
    )


def _falls_to_nothing(plan_at: Callable[[float], AgentsPlan], low: float, high: float) -> float | None:
    """The value between two at which a programme that is worth something comes to be worth nothing."""
    from scipy.optimize import brentq

    def at(value: float) -> float:
        return npv_of(plan_at(value))

    if at(low) <= 0.0 or at(high) >= 0.0:
        return None
    return float(brentq(at, low, high, xtol=1e-12, rtol=4 * math.ulp(1.0)))
