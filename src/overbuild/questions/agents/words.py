"""Inputs, break-evens and money of a workflow in words."""

from __future__ import annotations

from overbuild.demand.agents.breakeven import TaskBreakEven
from overbuild.demand.agents.case import AgentsPlan
from overbuild.questions.prose import pct, quantity

_INPUTS = {
    "agent.success": "success of an attempt",
    "agent.hard_share": "share of hard tasks",
    "agent.tokens_in": "tokens read",
    "agent.tokens_out": "tokens written",
    "agent.price_in": "price of tokens read",
    "agent.price_out": "price of tokens written",
    "agent.price_decline_per_year": "yearly fall of token prices",
    "agent.tool_cost": "price of tools an attempt",
    "agent.fee_per_accepted": "seller's fee a resolved task",
    "review.reviewed_share": "share of answers reviewed",
    "review.cost": "cost of a review",
    "review.right_accepted": "right answers that are accepted",
    "review.wrong_accepted": "wrong answers that are accepted",
    "person.cost": "cost of a person's task",
    "person.error_rate": "tasks that people get wrong",
    "person.error_loss": "loss by a wrong answer",
    "programme.tasks_per_year": "tasks a year",
    "programme.platform_cost": "platform a task",
    "programme.fixed_cost": "fixed cost",
    "programme.upkeep_per_year": "upkeep a year",
    "programme.adoption_midpoint": "quarter in which half of the tasks are taken over",
    "programme.adoption_speed": "speed of adoption",
    "programme.discount_rate_per_year": "return asked",
}

_BREAKEVENS = {
    "success": "success of an attempt",
    "token_price": "token prices",
    "error_loss": "loss by a wrong answer",
    "review_cost": "cost of a review",
}


def input_words(path: str) -> str:
    """An input in words.

    >>> input_words("person.error_loss"), input_words("agent.attempts")
    ('loss by a wrong answer', 'agent attempts')
    """
    return _INPUTS.get(path, path.replace(".", " ").replace("_", " "))


def a_task(amount: float, currency: str = "") -> str:
    """Money of one task, to the cent, or to the unit from 500 on.

    >>> a_task(5.9587, "USD"), a_task(-65.364), a_task(631.0, "USD")
    ('5.96 USD', '-65.36', '631 USD')
    """
    told = f"{amount:,.2f}" if abs(amount) < 500.0 else f"{amount:,.0f}"
    return f"{told} {currency}".rstrip()


def money(amount: float, currency: str) -> str:
    """Money of a programme.

    >>> money(-2279029.2, "USD"), money(150000.0, "EUR")
    ('-2.28m USD', '150,000 EUR')
    """
    return quantity(amount, currency)


def quarters_words(number: float) -> str:
    """A number of quarters.

    >>> quarters_words(1.0), quarters_words(7.0)
    ('1 quarter', '7 quarters')
    """
    return f"{number:g} quarter{'' if number == 1.0 else 's'}"


def breakeven_words(one: TaskBreakEven, plan: AgentsPlan) -> str:
    """A break-even in a sentence.

    >>> from pathlib import Path
    >>> from overbuild.demand.agents.agents_run import run_agents
    >>> run = run_agents(Path("preset:support-desk"))
    >>> breakeven_words(run.breakevens[0], run.plan)
    'Success of an attempt, 87%: it pays from 78% on.'
    >>> breakeven_words(run.breakevens[1], run.plan)
    'Token prices as used: it pays up to 22.7 times these.'
    """
    label = _BREAKEVENS[one.name]
    label = f"{label[:1].upper()}{label[1:]}"
    used = "" if one.name == "token_price" else f", {_value(one.used, one.name, plan)}"
    head = f"{label}{used or ' as used'}"
    if one.value is None:
        return f"{head}: no break-even; {one.why}."
    if one.name == "success" and one.value == 0.0:
        return f"{head}: it pays at none at all."
    side = "up to" if one.pays_below else "from"
    return f"{head}: it pays {side} {_value(one.value, one.name, plan)}{'' if one.pays_below else ' on'}."


def _value(value: float, name: str, plan: AgentsPlan) -> str:
    if name == "success":
        return pct(value)
    if name == "token_price":
        return f"{value:,.3g} times these"
    return a_task(value, plan.currency)
