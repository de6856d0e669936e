"""The kinds of case whose book and trees are made by one rule: their names, their presets, how a file is read and run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from overbuild.audit.book.book import Picture
from overbuild.audit.explained import ExplainedCase, GivenTerm, LinkedResult
from overbuild.company.vintages.case import SPENDERS, model_of_spender
from overbuild.company.vintages.spender_run import read_spender
from overbuild.demand.agents.agents_run import model_of_agents, run_agents
from overbuild.demand.agents.faults import WORKFLOWS
from overbuild.demand.programmes.case import PROGRAMMES
from overbuild.demand.programmes.programmes_run import run_programmes
from overbuild.demand.stack.faults import STACKS
from overbuild.demand.stack.shocks import stack_edits
from overbuild.demand.stack.stack_run import model_of_stack, run_stack
from overbuild.ecosystem.need.case import need_case
from overbuild.ecosystem.need.preset import OwnAssumptions, presets_with
from overbuild.errors import InputError
from overbuild.facts.store import known_on
from overbuild.fleet.case import FLEETS
from overbuild.fleet.fleet_run import model_of_plan, run_fleet
from overbuild.policy.rules.faults import RULES
from overbuild.policy.rules.rules_run import model_of_rules, run_rules
from overbuild.policy.tariff.deal_run import model_of_plan as model_of_deal
from overbuild.policy.tariff.faults import TARIFFS
from overbuild.policy.tariff.tariff_run import run_tariff
from overbuild.power.case import ZONES
from overbuild.power.lists_beside import with_lists
from overbuild.power.model import zone_model
from overbuild.power.tariffs.link import LINKED
from overbuild.power.zone_run import BILL, run_zone
from overbuild.stress.case_worlds.deciding_result import DecidingResult
from overbuild.stress.portfolio.case import BOOKS
from overbuild.world.case_record import CaseKind
from overbuild.world.tree import Entry

Explain: TypeAlias = Callable[[Path, Sequence[str], "Path | str | None"], ExplainedCase]
"""What reads and runs a file with some entries replaced, on the facts of the package and of a workspace."""


class ExplainedKind(NamedTuple):
    """A kind of case: its record and presets, what the places of its model are, its pictures, and how it is explained.

    `verdict` is the result that decides over many worlds, and what is bad of it; None: the first one, below 0. `whole` puts
    into the tree of a case what stands in files beside it.
    """

    kind: CaseKind[Any]
    axis: str
    pictures: tuple[Picture, ...]
    explain: Explain
    verdict: DecidingResult | None = None
    whole: Callable[[Entry, Path], Entry] | None = None


def _fleet(file: Path, sets: Sequence[str], workspace: Path | str | None) -> ExplainedCase:
    run = run_fleet(file, sets, workspace=workspace)
    return ExplainedCase(run.case, model_of_plan, run.labels, run.plan.greatest_age)


def _agents(file: Path, sets: Sequence[str], workspace: Path | str | None) -> ExplainedCase:
    run = run_agents(file, sets, workspace=workspace)
    return ExplainedCase(run.case, model_of_agents, run.labels)


def _grid(file: Path, sets: Sequence[str], workspace: Path | str | None) -> ExplainedCase:
    run = run_zone(file, sets, workspace=workspace)
    linked: dict[str, LinkedResult] = {}
    if run.deal is not None:
        deal = ExplainedCase(run.deal.case, model_of_deal, run.deal.labels)
        linked = {path: LinkedResult(deal, result) for path, result in LINKED.items() if path in run.under.gave}
    return ExplainedCase(run.case, zone_model, run.labels, 0, linked)


def _rules(file: Path, sets: Sequence[str], workspace: Path | str | None) -> ExplainedCase:
    run = run_rules(file, sets, workspace=workspace)
    return ExplainedCase(run.case, model_of_rules, run.labels)


def _stack(file: Path, sets: Sequence[str], workspace: Path | str | None) -> ExplainedCase:
    run = run_stack(file, *stack_edits(sets), workspace)
    return ExplainedCase(run.case, model_of_stack)


def _programmes(file: Path, sets: Sequence[str], workspace: Path | str | None) -> ExplainedCase:
    presets = presets_with(OwnAssumptions())
    need = need_case(known_on(None, workspace), presets, presets.gap.year)
    run = run_programmes(file, need.required.end_user, sets, workspace=workspace)
    earned = GivenTerm(
        "USD per year", "what end users must pay in a year: overbuild why need:required_revenue.end_user"
    )
    return ExplainedCase(run.case, run.model_of, given={"must_be_earned": earned})


def _tariff(file: Path, sets: Sequence[str], workspace: Path | str | None) -> ExplainedCase:
    run = run_tariff(file, sets, workspace=workspace)
    return ExplainedCase(run.case, model_of_deal, run.labels)


def _vintages(file: Path, sets: Sequence[str], workspace: Path | str | None) -> ExplainedCase:
    run = read_spender(file, sets, workspace=workspace)
    return ExplainedCase(run.case, model_of_spender, run.labels, run.labels.index(str(run.looked_at)))


EXPLAINED: dict[str, ExplainedKind] = {
    "tariff": ExplainedKind(TARIFFS, "Year", (), _tariff, DecidingResult("others_worse_off", bad="above")),
    "grid": ExplainedKind(ZONES, "Block of hours", (), _grid, DecidingResult(BILL, 0.0, "above"), with_lists),
    "fleet": ExplainedKind(FLEETS, "Age, years", (), _fleet, DecidingResult("unit_npv")),
    "agents": ExplainedKind(WORKFLOWS, "Quarter", (), _agents, DecidingResult("programme_npv")),
    "programmes": ExplainedKind(
        PROGRAMMES, "", (), _programmes, DecidingResult("share_of_addressable_needed", 1.0, "above")
    ),
    "rules": ExplainedKind(RULES, "Year to", (), _rules, DecidingResult("moat_npv_without_sales_effect")),
    "stack": ExplainedKind(STACKS, "", (), _stack, DecidingResult("integration_npv")),
    "vintages": ExplainedKind(SPENDERS, "End of year", (), _vintages, DecidingResult("write_down", 1e6, "above")),
}
"""By the name of the question that answers a case of the kind."""

KINDS: dict[str, CaseKind[Any]] = {name: one.kind for name, one in EXPLAINED.items()} | {"portfolio": BOOKS}
"""Every kind of case whose file form is its record: those above, and a lender's book, whose model is that of its sites."""


def explained_kind(name: str) -> ExplainedKind:
    """A kind of case that has a model. Raises InputError `refused` for one without, with what to do.

    >>> explained_kind("fleet").axis
    'Age, years'
    """
    if name not in EXPLAINED:
        hint = f"a {name} has no model of its own: `overbuild {name} FILE` runs the sites it holds over many worlds"
        raise InputError("refused", "kind", name, hint)
    return EXPLAINED[name]
