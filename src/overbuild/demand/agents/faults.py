"""What is wrong with the case of a workflow, by path: bounds, shares that exceed the whole, prices per token."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.demand.agents.case import AgentsPlan
from overbuild.errors import CaseError
from overbuild.world import presets
from overbuild.world.case_record import CaseKind, bounded

LEAST_PRICE = 0.001
"""The least price of a million tokens that is none: what lies below it was meant for one token."""

_MTOK = 1e6


def agents_faults(plan: AgentsPlan) -> Iterator[CaseError]:
    """Every fault of a case."""
    for path, low, high, what, code in _BOUNDS:
        block, _, name = path.partition(".")
        yield from bounded(path, getattr(getattr(plan, block), name), low, high, what, code)
    yield from _shares(plan)
    yield from _prices(plan)


def _shares(plan: AgentsPlan) -> Iterator[CaseError]:
    agent = plan.agent
    if not (0.0 <= agent.success <= 1.0 and 0.0 <= agent.hard_share < 1.0):
        return
    whole = agent.success + agent.hard_share
    if agent.success_of == "all" and whole > 1.0 + 1e-9:
        hint = (
            f"of all tasks {agent.success:.4g} succeed and {agent.hard_share:.4g} are hard: together {whole:.4g}, more than "
            "all. Lower one; or, if success is a share of the tasks that are not hard, say success_of: doable"
        )
        yield CaseError("shares_exceed_1", "agent.success", agent.success, hint)


def _prices(plan: AgentsPlan) -> Iterator[CaseError]:
    for name in ("price_in", "price_out"):
        price = getattr(plan.agent, name)
        if 0.0 < price < LEAST_PRICE:
            hint = (
                f"a price is that of a million tokens, in {plan.currency}; did you mean {price * _MTOK:.4g}? Give 0 where "
                "tokens are in the fee"
            )
            yield CaseError("price_per_token", f"agent.{name}", price, hint)


_SHARE = "share_out_of_range"

_BOUNDS = (
    ("agent.attempts", 1, 50, "the most attempts at a task", "bad_value"),
    ("agent.success", 0.0, 1.0, "the chance that an attempt is right", _SHARE),
    ("agent.hard_share", 0.0, 0.999, "the share of tasks that no attempt gets right", _SHARE),
    ("agent.tokens_in", 0.0, 1e9, "tokens that an attempt reads", "bad_value"),
    ("agent.tokens_out", 0.0, 1e9, "tokens that an attempt writes", "bad_value"),
    ("agent.price_in", 0.0, 1000.0, "the price of a million tokens read", "bad_value"),
    ("agent.price_out", 0.0, 1000.0, "the price of a million tokens written", "bad_value"),
    ("agent.price_decline_per_year", -0.5, 0.95, "a yearly fall of token prices", _SHARE),
    ("agent.tool_cost", 0.0, 1e5, "tools of an attempt", "bad_value"),
    ("agent.fee_per_accepted", 0.0, 1e5, "a seller's fee for a task that counts as resolved", "bad_value"),
    ("review.reviewed_share", 0.0, 1.0, "the share of answers that is reviewed", _SHARE),
    ("review.cost", 0.0, 1e6, "a review", "bad_value"),
    ("review.right_accepted", 0.0, 1.0, "the chance that a right answer is accepted", _SHARE),
    ("review.wrong_accepted", 0.0, 1.0, "the chance that a wrong answer is accepted", _SHARE),
    ("person.cost", 0.0, 1e6, "a task done by a person", "bad_value"),
    ("person.error_rate", 0.0, 1.0, "the share that a person does wrong", _SHARE),
    ("person.error_loss", 0.0, 1e9, "what a wrong answer costs", "bad_value"),
    ("programme.tasks_per_year", 0.0, 1e12, "tasks a year", "bad_value"),
    ("programme.platform_cost", 0.0, 1e5, "the platform, a task", "bad_value"),
    ("programme.fixed_cost", 0.0, 1e12, "what is spent before the first task", "bad_value"),
    ("programme.upkeep_per_year", 0.0, 1e12, "upkeep a year", "bad_value"),
    ("programme.adoption_midpoint", 0.0, 80.0, "the quarter in which half of the tasks are taken over", "bad_period"),
    ("programme.adoption_speed", 0.01, 20.0, "the steepness of adoption a quarter", "bad_value"),
    ("programme.quarters", 1, 80, "the horizon in quarters", "bad_period"),
    ("programme.discount_rate_per_year", -0.5, 1.0, "a return asked a year", _SHARE),
)

WORKFLOWS = CaseKind("agents", presets.AGENTS, AgentsPlan, agents_faults)
"""Cases of a workflow: `preset:NAME` stands for those that ship."""
