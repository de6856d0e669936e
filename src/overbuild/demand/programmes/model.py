"""What share of work agents must take, as a model."""

from __future__ import annotations

from overbuild.demand.programmes.needed_share import NeededTerms, needed_share
from overbuild.equations.model import Model, Stage
from overbuild.equations.reported import Condition, Reported

_PAID = (Condition("paid_for_work", "nothing is paid for agents"),)

REPORTED = (
    Reported("share_of_tasks_needed", "share_of_tasks_needed", _PAID),
    Reported("share_of_addressable_needed", "share_of_addressable_needed", _PAID),
    Reported("addressable_wage_bill", "addressable_wage_bill"),
    Reported("asked_of_agents", "asked_of_agents"),
    Reported("paid_for_work", "paid_for_work"),
    Reported("most_paid_for_agents", "most_paid_for_agents"),
)


def needed_model(terms: NeededTerms) -> Model:
    """The share of work needed.

    >>> from overbuild.demand.programmes.examples import WORK
    >>> [stage.name for stage in needed_model(WORK).stages]
    ['needed']
    """
    return Model((Stage("needed", needed_share, None, terms),), REPORTED)
