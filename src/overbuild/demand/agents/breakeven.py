"""At which value of one input a task with an agent costs what it costs without, all else as it is; each found by running."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from overbuild.demand.agents.case import AgentsPlan, terms_of_agents
from overbuild.demand.agents.task import task_unit
from overbuild.equations import number

MOST = 1e9
"""Beyond this no amount of money a task is looked at."""

NEVER, ALWAYS = "it does not pay at any", "it pays at every one"


class TaskBreakEven(NamedTuple):
    """An input, its value in the case, and that at which nothing is saved or lost; None where there is none, and why.

    `pays_below` says on which side of it the agent pays.
    """

    name: str
    used: float
    value: float | None
    pays_below: bool
    why: str = ""


def saving_of(plan: AgentsPlan) -> float:
    """What a task saves.

    >>> from overbuild.demand.agents.examples import TERMS
    >>> round(number(task_unit(TERMS.task).saving), 6)
    7.459424
    """
    return number(task_unit(terms_of_agents(plan).task).saving)


def breakevens(plan: AgentsPlan) -> tuple[TaskBreakEven, ...]:
    """The break-evens of success, token price, loss by a wrong answer, and cost of a review."""
    return (_of_success(plan), _of_token_price(plan), _of_error_loss(plan), _of_review(plan))


def breakeven_success(plan: AgentsPlan, gain: Callable[[AgentsPlan], float]) -> float | None:
    """The least success at which a gain is 0: 0 where none is needed, None where the greatest is not enough."""
    agent = plan.agent
    most = 1.0 - agent.hard_share if agent.success_of == "all" else 1.0

    def at(success: float) -> float:
        return gain(plan._replace(agent=agent._replace(success=success)))

    if at(0.0) >= 0.0:
        return 0.0
    return None if at(most) < 0.0 else _root(at, 0.0, most)


def _of_success(plan: AgentsPlan) -> TaskBreakEven:
    found = breakeven_success(plan, saving_of)
    return TaskBreakEven("success", plan.agent.success, found, False, f"{NEVER} success" if found is None else "")


def _of_token_price(plan: AgentsPlan) -> TaskBreakEven:
    agent = plan.agent
    if number(task_unit(terms_of_agents(plan).task).tokens_cost) <= 0.0:
        return TaskBreakEven("token_price", 1.0, None, True, "no tokens are paid for")

    def at(times: float) -> float:
        prices = agent._replace(price_in=agent.price_in * times, price_out=agent.price_out * times)
        return saving_of(plan._replace(agent=prices))

    return _from_zero("token_price", 1.0, at, "token price")


def _of_error_loss(plan: AgentsPlan) -> TaskBreakEven:
    def at(loss: float) -> float:
        return saving_of(plan._replace(person=plan.person._replace(error_loss=loss)))

    return _from_zero("error_loss", plan.person.error_loss, at, "loss")


def _of_review(plan: AgentsPlan) -> TaskBreakEven:
    if plan.review.reviewed_share <= 0.0:
        return TaskBreakEven("review_cost", plan.review.cost, None, True, "nothing is reviewed")

    def at(cost: float) -> float:
        return saving_of(plan._replace(review=plan.review._replace(cost=cost)))

    return _from_zero("review_cost", plan.review.cost, at, "cost of a review")


def _from_zero(name: str, used: float, at: Callable[[float], float], what: str) -> TaskBreakEven:
    """The value above 0 at which the saving changes sign; the saving is a line in it, so that there is at most one."""
    least, most = at(0.0), max(used, 1.0)
    while (at(most) >= 0.0) == (least >= 0.0) and most < MOST:
        most *= 4.0
    if (at(most) >= 0.0) == (least >= 0.0):
        return TaskBreakEven(name, used, None, True, f"{ALWAYS if least >= 0.0 else NEVER} {what}")
    return TaskBreakEven(name, used, _root(at, 0.0, most), least >= 0.0)


def _root(at: Callable[[float], float], low: float, high: float) -> float:
    from scipy.optimize import brentq

    return float(brentq(at, low, high, xtol=1e-14, rtol=4 * math.ulp(1.0)))
