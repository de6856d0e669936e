"""The case file of a portfolio: workflows, a budget, how they fail together, and the work that agents may take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.demand.programmes.needed_share import NeededTerms
from overbuild.errors import CaseError
from overbuild.world import presets
from overbuild.world.case_record import CaseKind, bounded
from overbuild.world.quantities import Ratio, Share, UsdPerYear, UsdStock


class WorkflowPlan(NamedTuple):
    """A workflow by the file of its case or `preset:NAME`; of one group at most one is chosen."""

    name: str
    case: str
    group: str


class WorkPlan(NamedTuple):
    """The work that agents may take, and what is paid for it; as `NeededTerms` of the model."""

    requirement: Ratio
    earned_there: Share
    by_agents: Share
    wage_bill: UsdPerYear
    addressable: Share
    worth_of_work: Share
    paid_share: Share


class ClaimPlan(NamedTuple):
    """What somebody says of the share of work that AI can take."""

    name: str
    share: Share


class ProgrammesPlan(NamedTuple):
    """A portfolio; `common_success` correlates the success of its workflows, `usd_per_eur` turns worth in EUR into USD."""

    name: str
    budget: UsdStock
    common_success: Share
    usd_per_eur: Ratio
    workflows: tuple[WorkflowPlan, ...]
    work: WorkPlan
    claims: tuple[ClaimPlan, ...] = ()


def needed_terms(plan: ProgrammesPlan, must_be_earned: float) -> NeededTerms:
    """The work of a case as the model takes it, and what must be earned at the door of end users in a year."""
    return NeededTerms(must_be_earned, *plan.work)


def programmes_faults(plan: ProgrammesPlan) -> Iterator[CaseError]:
    """Every fault of a case but those of its workflows, which are read by themselves."""
    if not plan.workflows:
        yield CaseError("missing", "workflows", None, "a portfolio has at least one workflow")
    names = [one.name for one in plan.workflows]
    for name in sorted({one for one in names if names.count(one) > 1}):
        yield CaseError("duplicate", f"workflows.{name}", name, "two workflows of one name; rename one")
    yield from bounded("budget", plan.budget, 0.0, 1e13, "a budget in USD")
    yield from bounded("common_success", plan.common_success, 0.0, 1.0, "a correlation", "share_out_of_range")
    yield from bounded("usd_per_eur", plan.usd_per_eur, 0.2, 5.0, "USD for a EUR")
    work = plan.work
    for claim in plan.claims:
        path = f"claims.{claim.name}.share"
        yield from bounded(path, claim.share, 0.0, 1.0, "a share of work", "share_out_of_range")
    for name, low, high, what in _BOUNDS:
        yield from bounded(f"work.{name}", getattr(work, name), low, high, what, "share_out_of_range")


_BOUNDS = (
    ("requirement", 0.01, 100.0, "a multiple of what must be earned"),
    ("earned_there", 0.0, 1.0, "the share that is earned where the wages are paid"),
    ("by_agents", 0.0, 1.0, "the share that agents must earn"),
    ("wage_bill", 1e6, 1e15, "wages in USD a year"),
    ("addressable", 1e-6, 1.0, "the share of work that agents can address"),
    ("worth_of_work", 1e-6, 1.0, "what an agent is worth a USD of work"),
    ("paid_share", 1e-6, 1.0, "the share of that worth which is paid for AI"),
)

PROGRAMMES = CaseKind("programmes", presets.PROGRAMMES, ProgrammesPlan, programmes_faults)
"""Cases of a portfolio: `preset:NAME` stands for the one that ships."""
