"""A programme of tasks quarter by quarter: adoption, falling token prices, cash, what has been paid back."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.demand.agents.task import TaskTerms, TaskUnit, task_unit
from overbuild.equations import blend, breached, line, logistic, maximum, minimum, power, present
from overbuild.units import (
    MoneyPerTask,
    MoneyPerYear,
    MoneyStock,
    PerQuarter,
    PerYear,
    Quarters,
    Ratio,
    TasksPerQuarter,
    TasksPerYear,
)


class Rollout(NamedTuple):
    """What is spent before the first task, what running costs beside tasks, and how tasks are taken over.

    Half of the tasks are taken over at the midpoint; the greater the speed, the steeper the curve.
    """

    tasks_per_year: TasksPerYear
    fixed_cost: MoneyStock
    upkeep_per_year: MoneyPerYear
    adoption_midpoint: Quarters
    adoption_speed: PerQuarter
    token_price_decline_per_year: PerYear
    discount_rate: PerYear


class ProgrammeTerms(NamedTuple):
    """A workflow per task, and how it is rolled out."""

    task: TaskTerms
    rollout: Rollout


class Progress(NamedTuple):
    """A programme up to a quarter: `paid_back` is the first quarter with nothing outstanding, 0 while there is none."""

    task: TaskUnit
    cumulative: MoneyStock
    present_value: MoneyStock
    deepest: MoneyStock
    paid_back: Quarters


class QuarterOf(NamedTuple):
    """A quarter counted from 1."""

    number: Quarters


def programme_opening(terms: ProgrammeTerms) -> Progress:
    """A programme before its first task: its fixed cost is spent.

    Source: ours, a convention: all of it at the start, undiscounted.

    >>> from overbuild.demand.agents.examples import TERMS
    >>> programme_opening(TERMS).cumulative
    -400000.0
    """
    unit = task_unit(terms.task)
    spent = line("spent_at_start", 0 - terms.rollout.fixed_cost)
    return Progress(unit, spent, spent, spent, line("paid_back_at_start", 0 * terms.rollout.fixed_cost))


def tasks_of_quarter(rollout: Rollout, quarter: Quarters) -> TasksPerQuarter:
    """Tasks that agents take over in a quarter.

        tasks = tasks a year / 4 / (1 + exp(-speed * (quarter - midpoint)))

    Source: logistic diffusion, Griliches 1957.

    >>> tasks_of_quarter(Rollout(800.0, 0.0, 0.0, 3.0, 1.0, 0.0, 0.1), 3.0)
    100.0
    """
    adopted = line("adopted_share", logistic(rollout.adoption_speed * (quarter - rollout.adoption_midpoint)))
    return line("tasks_of_quarter", rollout.tasks_per_year / 4 * adopted)


def saving_of_quarter(unit: TaskUnit, rollout: Rollout, quarter: Quarters) -> MoneyPerTask:
    """What a task saves in a quarter: as in the first, and what tokens have become cheaper since.

        saving = saving per task + tokens cost * (1 - (1 - decline) ** ((quarter - 1) / 4))

    Source: ours, a simplification: all else stays as it is; geometric decline of token prices.

    >>> saving_of_quarter(TaskUnit(2.0, 9.0, 10.0, 1.0), Rollout(1.0, 0.0, 0.0, 1.0, 1.0, 0.5, 0.1), 5.0)
    2.0
    """
    cheaper = 1 - power(1 - rollout.token_price_decline_per_year, (quarter - 1) / 4)
    return line("saving_of_quarter", unit.saving + unit.tokens_cost * cheaper)


def quarter_of_programme(state: Progress, inputs: QuarterOf, terms: ProgrammeTerms) -> Progress:
    """A quarter: tasks taken over, what they save less upkeep, and what that comes to so far.

        cash          = saving of quarter * tasks of quarter - upkeep / 4
        present value = present value before + cash / (1 + discount rate) ** (quarter / 4)

    Source: present value; cash at the end of the quarter, our convention.

    >>> from overbuild.demand.agents.examples import TERMS
    >>> found = quarter_of_programme(programme_opening(TERMS), QuarterOf(1.0), TERMS)
    >>> round(found.cumulative, 2)
    -339815.55
    """
    rollout = terms.rollout
    tasks = tasks_of_quarter(rollout, inputs.number)
    earned = saving_of_quarter(state.task, rollout, inputs.number) * tasks
    cash = line("programme_cash", earned - rollout.upkeep_per_year / 4)
    factor = line("quarter_discount_factor", power(1 + rollout.discount_rate, 0 - inputs.number / 4))
    cumulative = line("cumulative_cash", state.cumulative + cash)
    outstanding = breached(cumulative, maximum(rollout.fixed_cost, 1))
    first = (1 - outstanding) * (1 - present(state.paid_back, 1)) * inputs.number
    return Progress(
        state.task,
        cumulative,
        line("cumulative_present_value", state.present_value + factor * cash),
        minimum(state.deepest, cumulative),
        line("paid_back_quarter", state.paid_back + first),
    )


class ProgrammeResults(NamedTuple):
    """What a programme comes to."""

    net_present_value: MoneyStock
    return_on_fixed_cost: Ratio
    payback: Quarters


def programme_results(opening: Progress, terms: ProgrammeTerms) -> ProgrammeResults:
    """What a programme comes to at its horizon.

        roi = saving per task * tasks a year / fixed cost - 1

    Edges: a programme without fixed cost has no roi.
    Source: ours, a definition; roi is of one year in which all tasks are taken over.

    >>> from overbuild.demand.agents.examples import TERMS
    >>> round(programme_results(programme_opening(TERMS), TERMS).return_on_fixed_cost, 4)
    1.2378
    """
    rollout = terms.rollout
    yearly = line("saving_of_full_year", opening.task.saving * rollout.tasks_per_year)
    line("money_at_risk", 0 - opening.deepest)
    line("cash_at_horizon", opening.cumulative * 1)
    spent = line("programme_has_fixed_cost", present(rollout.fixed_cost, 1))
    return ProgrammeResults(
        line("programme_npv", opening.present_value * 1),
        line("programme_roi", spent * (yearly / blend(spent, rollout.fixed_cost, 1) - 1)),
        line("payback_quarter_number", opening.paid_back * 1),
    )
