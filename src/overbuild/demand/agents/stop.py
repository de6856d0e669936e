"""When to stop a programme: at which success, wrong answers that pass, loss or delay it is worth nothing, each found by running."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from overbuild.demand.agents.agents_run import AgentsRun, npv_of
from overbuild.demand.agents.case import AgentsPlan
from overbuild.demand.agents.programme import Rollout, tasks_of_quarter

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


class AdoptionGate(NamedTuple):
    """At the end of which quarter the share of tasks taken over is looked at, what it should be, and the least of it."""

    quarter: int
    planned: float
    least: float


def stop_rules(run: AgentsRun) -> tuple[StopRule, ...]:
    """The rules on success, wrong answers that pass, the loss by one, and a person's cost of the task."""
    plan, least = run.plan, run.least_success

    def wrong(share: float) -> AgentsPlan:
        return plan._replace(review=plan.review._replace(wrong_accepted=share))

    def loss(amount: float) -> AgentsPlan:
        return plan._replace(person=plan.person._replace(error_loss=amount))

    used = plan.person.error_loss
    return (
        StopRule("success", plan.agent.success, least or None, True),
        StopRule("wrong_accepted", plan.review.wrong_accepted, _falls_to_nothing(wrong, 0.0, 1.0), False),
        StopRule("error_loss", used, _falls_to_nothing(loss, used, 1e3 * max(used, 1.0)), False),
    )


def adoption_gate(run: AgentsRun) -> AdoptionGate | None:
    """The share of tasks that must be taken over at the planned midpoint; None where no delay ends the worth.

    The curve keeps its steepness and comes later, up to where the programme is worth nothing.
    """
    plan = run.plan

    def later(midpoint: float) -> AgentsPlan:
        return plan._replace(programme=plan.programme._replace(adoption_midpoint=midpoint))

    latest = _falls_to_nothing(later, plan.programme.adoption_midpoint, LATEST)
    if latest is None:
        return None
    quarter = max(round(plan.programme.adoption_midpoint), 1)
    return AdoptionGate(quarter, _adopted(plan, plan.programme.adoption_midpoint, quarter), _adopted(plan, latest, quarter))


def _adopted(plan: AgentsPlan, midpoint: float, quarter: int) -> float:
    rollout = Rollout(4.0, 0.0, 0.0, midpoint, plan.programme.adoption_speed, 0.0, 0.0)
    return float(tasks_of_quarter(rollout, float(quarter)))


def _falls_to_nothing(plan_at: Callable[[float], AgentsPlan], low: float, high: float) -> float | None:
    """The value between two at which a programme that is worth something comes to be worth nothing."""
    from scipy.optimize import brentq

    def at(value: float) -> float:
        return npv_of(plan_at(value))

    if at(low) <= 0.0 or at(high) >= 0.0:
        return None
    return float(brentq(at, low, high, xtol=1e-12, rtol=4 * math.ulp(1.0)))
