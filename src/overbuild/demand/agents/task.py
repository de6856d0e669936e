"""One task given to an agent: attempts, what a reviewer accepts, what falls back to a person, cost and saving."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, line, maximum, power, present, quotient
from overbuild.units import TOKENS_PER_MTOK, Count, Flag01, MoneyPerMtok, MoneyPerTask, Share, Tokens


class Agent(NamedTuple):
    """An agent on one workflow, per attempt; `of_all` is 1 where `success` is a share of all tasks, hard ones too.

    `fee_per_accepted` is what its seller asks for each task that counts as resolved.
    """

    attempts: Count
    success: Share
    of_all: Flag01
    hard_share: Share
    tokens_in: Tokens
    tokens_out: Tokens
    price_in: MoneyPerMtok
    price_out: MoneyPerMtok
    tool_cost: MoneyPerTask
    fee_per_accepted: MoneyPerTask


class Review(NamedTuple):
    """What is reviewed, what a review costs, and how often a right and a wrong answer are accepted."""

    reviewed_share: Share
    cost: MoneyPerTask
    right_accepted: Share
    wrong_accepted: Share


class Person(NamedTuple):
    """A person who does the same task: cost, share done wrong, and what a wrong answer costs, whoever gives it."""

    cost: MoneyPerTask
    error_rate: Share
    error_loss: MoneyPerTask


class TaskTerms(NamedTuple):
    """A workflow, per task."""

    agent: Agent
    review: Review
    person: Person
    platform_cost: MoneyPerTask


class TaskOutcome(NamedTuple):
    """How tasks of one sort end: attempts made, accepted right, accepted wrong, left to a person."""

    attempts: Count
    right: Share
    wrong: Share
    fallback: Share


class TaskUnit(NamedTuple):
    """A task with an agent against one without, on average over all tasks."""

    tokens_cost: MoneyPerTask
    cost: MoneyPerTask
    baseline: MoneyPerTask
    saving: MoneyPerTask


def attempts_made(accepted: Share, most: Count) -> Count:
    """Attempts that are made on average when each is accepted with some chance, up to the most.

        attempts = (1 - (1 - accepted) ** most) / accepted, and most where nothing is ever accepted

    Edges: a chance below 1e-9 counts as none.
    Source: mean of a geometric distribution cut off at the most.

    >>> attempts_made(0.5, 2.0), attempts_made(0.0, 3.0), attempts_made(1.0, 3.0)
    (1.5, 3.0, 1.0)
    """
    some = present(accepted, 1)
    return blend(some, (1 - never_accepted(accepted, most)) / blend(some, accepted, 1), most)


def never_accepted(accepted: Share, most: Count) -> Share:
    """The chance that no attempt is accepted, each with the same chance, up to the most.

        never accepted = (1 - accepted) ** most

    Edges: 0 where every attempt is accepted.
    Source: geometric distribution.

    >>> never_accepted(0.5, 2.0), never_accepted(1.0, 3.0)
    (0.25, 0.0)
    """
    rejected = 1 - accepted
    return present(rejected, 1) * power(maximum(rejected, 1e-9), most)


def outcome(success: Share, review: Review, most: Count) -> TaskOutcome:
    """How tasks end whose every attempt is right with the same chance.

        accepted = success * right accepted + (1 - success) * wrong accepted
        right    = success * right accepted * attempts
        wrong    = (1 - success) * wrong accepted * attempts
        fallback = (1 - accepted) ** most

    Source: ours, an identity: right, wrong and fallback add up to 1.

    >>> outcome(0.5, Review(1.0, 1.0, 1.0, 0.0), 1.0)
    TaskOutcome(attempts=1.0, right=0.5, wrong=0.0, fallback=0.5)
    """
    right = success * review.right_accepted
    wrong = (1 - success) * review.wrong_accepted
    attempts = attempts_made(right + wrong, most)
    return TaskOutcome(attempts, right * attempts, wrong * attempts, never_accepted(right + wrong, most))


def all_tasks(agent: Agent, review: Review) -> TaskOutcome:
    """How tasks end on average, with those among them at which the agent never succeeds.

        average = (1 - hard share) * tasks that are not hard + hard share * hard tasks
        success = as given, or success of all tasks / (1 - hard share)

    Source: ours, a definition: hard tasks are those that no attempt gets right.

    >>> agent = Agent(1.0, 0.4, 1.0, 0.2, 0.0, 0.0, 3.0, 15.0, 0.0, 0.0)
    >>> all_tasks(agent, Review(1.0, 1.0, 1.0, 0.0)).right
    0.4
    """
    doable = 1 - agent.hard_share
    success = line("success_of_doable", agent.success / blend(agent.of_all, doable, 1))
    easy, hard = outcome(success, review, agent.attempts), outcome(0 * success, review, agent.attempts)
    mixed = [doable * one + agent.hard_share * other for one, other in zip(easy, hard, strict=True)]
    return TaskOutcome(
        line("attempts_per_task", mixed[0]),
        line("accepted_right", mixed[1]),
        line("accepted_wrong", mixed[2]),
        line("left_to_person", mixed[3]),
    )


def baseline_cost(person: Person) -> MoneyPerTask:
    """A task done by a person, with what the wrong ones cost.

        baseline = cost + error rate * error loss

    Source: ours, a definition.

    >>> baseline_cost(Person(14.0, 0.03, 55.0))
    15.65
    """
    return line("baseline_cost", person.cost + person.error_rate * person.error_loss)


def task_unit(terms: TaskTerms) -> TaskUnit:
    """A task with an agent against one without.

        tokens cost      = attempts * (tokens in * price in + tokens out * price out) / 1,000,000
        cost             = tokens cost + attempts * (tools + reviewed share * review cost) + fee * accepted
                           + accepted wrong * error loss + fallback * baseline + platform
        saving           = baseline - cost
        correct rate     = accepted right + fallback * (1 - error rate)
        cost per correct = cost / correct rate

    Source: ours, a definition: cost per resolved task with retries, review, wrong answers accepted and fallback.

    >>> agent = Agent(1.0, 0.5, 0.0, 0.0, 1e6, 0.0, 2.0, 15.0, 1.0, 0.0)
    >>> found = task_unit(TaskTerms(agent, Review(1.0, 1.0, 1.0, 0.0), Person(10.0, 0.0, 0.0), 0.0))
    >>> found.tokens_cost, found.cost, found.saving
    (2.0, 9.0, 1.0)
    """
    agent, review, person = terms.agent, terms.review, terms.person
    found = all_tasks(agent, review)
    tokens = (agent.tokens_in * agent.price_in + agent.tokens_out * agent.price_out) / TOKENS_PER_MTOK
    line("attempt_cost", tokens + agent.tool_cost)
    tokens_cost = line("tokens_cost_per_task", found.attempts * tokens)
    tools = line("tools_cost_per_task", found.attempts * agent.tool_cost)
    reviews = line("review_cost_per_task", found.attempts * review.reviewed_share * review.cost)
    fees = line("fees_per_task", agent.fee_per_accepted * (found.right + found.wrong))
    losses = line("wrong_answers_cost_per_task", found.wrong * person.error_loss)
    baseline = baseline_cost(person)
    fallback = line("fallback_cost_per_task", found.fallback * baseline)
    cost = line("cost_per_task", tokens_cost + tools + reviews + fees + losses + fallback + terms.platform_cost)
    correct = line("correct_rate", found.right + found.fallback * (1 - person.error_rate))
    line("cost_per_correct", quotient(cost, correct, none=0))
    return TaskUnit(tokens_cost, cost, baseline, line("saving_per_task", baseline - cost))
