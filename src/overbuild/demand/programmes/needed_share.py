"""What share of work agents must take for the spend on AI to be earned, against the work that they can address."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, quotient
from overbuild.units import Ratio, Share, UsdPerYear


class NeededTerms(NamedTuple):
    """What must be earned, from whom, out of which work, and what is paid for an agent a USD of work.

    `worth_of_work` is what an agent is worth before anything is paid for AI, a USD of what the task costs today;
    `paid_share` the part of that worth which its users pay on; `requirement` scales what must be earned.
    """

    must_be_earned: UsdPerYear
    requirement: Ratio
    earned_there: Share
    by_agents: Share
    wage_bill: UsdPerYear
    addressable: Share
    worth_of_work: Share
    paid_share: Share


class NeededShare(NamedTuple):
    """The share of work needed, of all and of what agents can address, and the most that these could pay."""

    of_all: Share
    of_addressable: Share
    most_paid: UsdPerYear


def needed_share(terms: NeededTerms) -> NeededShare:
    """What share of work agents must take.

        asked of agents      = must be earned * requirement * earned there * by agents
        paid a USD of work   = worth of work * paid share
        share of tasks       = asked of agents / (wage bill * paid a USD of work)
        addressable wages    = wage bill * addressable share
        most that can be paid = addressable wages * paid a USD of work

    Edges: a share above 1 is more work than there is; where nothing is paid it does not exist.
    Source: ours, a definition; work is measured by its wages.

    >>> from overbuild.demand.programmes.examples import WORK
    >>> found = needed_share(WORK)
    >>> round(found.of_all, 12), round(found.of_addressable, 12), found.most_paid
    (0.1, 0.4, 500.0)
    """
    asked = line("asked_of_agents", terms.must_be_earned * terms.requirement * terms.earned_there * terms.by_agents)
    paid = line("paid_for_work", terms.worth_of_work * terms.paid_share)
    addressable = line("addressable_wage_bill", terms.wage_bill * terms.addressable)
    return NeededShare(
        line("share_of_tasks_needed", quotient(asked, terms.wage_bill * paid, none=0)),
        line("share_of_addressable_needed", quotient(asked, addressable * paid, none=0)),
        line("most_paid_for_agents", addressable * paid),
    )
