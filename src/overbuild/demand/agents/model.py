"""A programme as a model: one task, its quarters, and what it comes to."""

from __future__ import annotations

from overbuild.demand.agents.programme import (
    ProgrammeTerms,
    QuarterOf,
    programme_opening,
    programme_results,
    quarter_of_programme,
)
from overbuild.equations.model import Left, Model, Stage
from overbuild.equations.reported import Condition, Reported


def programme_model(terms: ProgrammeTerms, quarters: int) -> Model:
    """A programme over some quarters.

    >>> from overbuild.demand.agents.examples import TERMS
    >>> [stage.name for stage in programme_model(TERMS, 12).stages]
    ['task', 'quarters', 'results']
    """
    columns = QuarterOf([float(number) for number in range(1, quarters + 1)])
    stages = (
        Stage("task", programme_opening, None, terms),
        Stage("quarters", quarter_of_programme, None, terms, Left("task"), columns),
        Stage("results", programme_results, None, terms, Left("quarters")),
    )
    return Model(stages, REPORTED)


_RIGHT = (Condition("correct_rate", "no task is ever done right"),)
_SPENT = (Condition("programme_has_fixed_cost", "there is no fixed cost to earn back"),)
_PAID = (Condition("payback_quarter_number", "it is not paid back within the horizon"),)
_SOLVED = "the task run again at other values"

REPORTED = (
    Reported("programme_npv", "programme_npv"),
    Reported("saving_per_task", "saving_per_task"),
    Reported("baseline_cost", "baseline_cost"),
    Reported("cost_per_task", "cost_per_task"),
    Reported("cost_per_correct", "cost_per_correct", _RIGHT),
    Reported("correct_rate", "correct_rate"),
    Reported("roi", "programme_roi", _SPENT),
    Reported("payback_quarters", "payback_quarter_number", _PAID),
    Reported("saving_of_full_year", "saving_of_full_year"),
    Reported("money_at_risk", "money_at_risk"),
    Reported("breakeven_success", solved=_SOLVED, unit="share"),
    Reported("breakeven_token_price", solved=_SOLVED, unit="ratio"),
    Reported("breakeven_error_loss", solved=_SOLVED, unit="money per task"),
    Reported("breakeven_review_cost", solved=_SOLVED, unit="money per task"),
)
"""What a programme reports; the first decides over many worlds."""
