"""The case file of a workflow: the agent, its review, the person who does it today, and the programme."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from overbuild.demand.agents.programme import ProgrammeTerms, Rollout
from overbuild.demand.agents.task import Agent, Person, Review, TaskTerms
from overbuild.world.quantities import (
    Count,
    MoneyPerMtok,
    MoneyPerTask,
    MoneyPerYear,
    MoneyStock,
    PerQuarter,
    PerYear,
    Quarters,
    Share,
    TasksPerYear,
    Tokens,
    WholeQuarters,
)

SuccessOf: TypeAlias = Literal["doable", "all"]
"""Of which tasks the success is a share: those that are not hard, or all."""


class AgentPlan(NamedTuple):
    """An agent, per attempt; `success_of` says whether success is a share of the tasks that are not hard, or of all."""

    attempts: Count
    success: Share
    hard_share: Share
    tokens_in: Tokens
    tokens_out: Tokens
    price_in: MoneyPerMtok
    price_out: MoneyPerMtok
    price_decline_per_year: PerYear
    tool_cost: MoneyPerTask
    fee_per_accepted: MoneyPerTask
    success_of: SuccessOf = "doable"


class ReviewPlan(NamedTuple):
    """Which share of answers is reviewed, what that costs, and which right and wrong ones pass."""

    reviewed_share: Share
    cost: MoneyPerTask
    right_accepted: Share
    wrong_accepted: Share


class PersonPlan(NamedTuple):
    """The task without an agent: what it costs, how often it is done wrong, what a wrong answer costs."""

    cost: MoneyPerTask
    error_rate: Share
    error_loss: MoneyPerTask


class ProgrammePlan(NamedTuple):
    """The programme: tasks, costs beside tasks, how fast tasks are taken over, the horizon and the return asked."""

    tasks_per_year: TasksPerYear
    platform_cost: MoneyPerTask
    fixed_cost: MoneyStock
    upkeep_per_year: MoneyPerYear
    adoption_midpoint: Quarters
    adoption_speed: PerQuarter
    quarters: WholeQuarters
    discount_rate_per_year: PerYear


class AgentsPlan(NamedTuple):
    """A workflow that an agent may take. `verdict: withheld` tells a range alone, where the evidence disagrees in sign."""

    name: str
    agent: AgentPlan
    review: ReviewPlan
    person: PersonPlan
    programme: ProgrammePlan
    currency: Literal["USD", "EUR"] = "USD"
    verdict: Literal["told", "withheld"] = "told"


def terms_of_agents(plan: AgentsPlan) -> ProgrammeTerms:
    """The numbers of a case as the model takes them."""
    agent, review, programme = plan.agent, plan.review, plan.programme
    return ProgrammeTerms(
        TaskTerms(
            Agent(
                attempts=float(agent.attempts),
                success=agent.success,
                of_all=float(agent.success_of == "all"),
                hard_share=agent.hard_share,
                tokens_in=agent.tokens_in,
                tokens_out=agent.tokens_out,
                price_in=agent.price_in,
                price_out=agent.price_out,
                tool_cost=agent.tool_cost,
                fee_per_accepted=agent.fee_per_accepted,
            ),
            Review(*review),
            Person(*plan.person),
            programme.platform_cost,
        ),
        Rollout(
            tasks_per_year=programme.tasks_per_year,
            fixed_cost=programme.fixed_cost,
            upkeep_per_year=programme.upkeep_per_year,
            adoption_midpoint=programme.adoption_midpoint,
            adoption_speed=programme.adoption_speed,
            token_price_decline_per_year=agent.price_decline_per_year,
            discount_rate=programme.discount_rate_per_year,
        ),
    )
