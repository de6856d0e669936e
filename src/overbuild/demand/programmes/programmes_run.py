"""A portfolio read and run: its workflows, those chosen within the budget, what their work is worth, the share needed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from overbuild.demand.agents.agents_run import AgentsRun, run_agents
from overbuild.demand.programmes.case import PROGRAMMES, ProgrammesPlan, WorkflowPlan, needed_terms
from overbuild.demand.programmes.knapsack import Candidate, Choice, best_within
from overbuild.demand.programmes.model import needed_model
from overbuild.equations import number
from overbuild.equations.model import Model
from overbuild.equations.reported import Values, values_of
from overbuild.timeline.compiled_run import run_compiled
from overbuild.world.case_record import CaseRecord, read_case
from overbuild.world.overlay import Overlay, overlay_of
from overbuild.world.presets import preset_named
from overbuild.world.provenance.input_ends import InputEnds, input_ends

DEFAULT_PROGRAMMES = "agents-2026"
"""The portfolio that ships."""


class WorkflowRun(NamedTuple):
    """A workflow of a portfolio, as run, and USD for a unit of its currency."""

    plan: WorkflowPlan
    run: AgentsRun
    usd: float

    @property
    def worth(self) -> float:
        """What the programme is worth, USD."""
        return self.usd * self.run.net_present_value

    @property
    def fixed_cost(self) -> float:
        """What is spent before the first task, USD."""
        return self.usd * self.run.plan.programme.fixed_cost

    @property
    def work(self) -> float:
        """What its tasks cost in a year without agents, USD."""
        return self.usd * self.run.lines["baseline_cost"] * self.run.plan.programme.tasks_per_year

    @property
    def worth_of_work(self) -> float:
        """What an agent is worth a USD of work before anything is paid for AI: tokens, tools, fees, platform."""
        lines = self.run.lines
        paid = lines["tokens_cost_per_task"] + lines["tools_cost_per_task"] + lines["fees_per_task"]
        paid += self.run.plan.programme.platform_cost
        return (self.run.saving + paid) / lines["baseline_cost"]


class ProgrammesRun:
    """A portfolio as run; `must_be_earned` is what end users must pay in a year, USD."""

    def __init__(
        self, case: CaseRecord[ProgrammesPlan], workflows: tuple[WorkflowRun, ...], must_be_earned: float
    ) -> None:
        self.case, self.workflows, self.must_be_earned = case, workflows, must_be_earned
        self.plan = case.record
        self.lines = lines_of_needed(self.plan, must_be_earned)

    def model_of(self, plan: ProgrammesPlan) -> Model:
        """The model of the share needed, of a record."""
        return needed_model(needed_terms(plan, self.must_be_earned))

    def values(self) -> Values:
        """Every reported result by its id."""
        return values_of(self.model_of(self.plan).reported, self.lines)

    @cached_property
    def chosen(self) -> Choice:
        """The programmes worth most together within the budget; none whose case withholds its verdict."""
        told = [one for one in self.workflows if not one.run.is_withheld]
        candidates = [Candidate(one.plan.name, one.plan.group, one.worth, one.fixed_cost) for one in told]
        return best_within(candidates, self.plan.budget)

    @cached_property
    def deciding(self) -> tuple[InputEnds, ...]:
        """Inputs with a range by what they do to the share needed, the largest first."""
        return input_ends(self.case, lambda plan: lines_of_needed(plan, self.must_be_earned)["share_of_tasks_needed"])

    def share_at(self, must_be_earned: float) -> float:
        """The share needed if so much must be earned."""
        return lines_of_needed(self.plan, must_be_earned)["share_of_tasks_needed"]

    @property
    def worth_of_work(self) -> float:
        """What agents are worth a USD of work, over workflows that have a verdict, the first of each group."""
        first = {one.plan.group: one for one in reversed(self.workflows) if not one.run.is_withheld}
        work = sum(one.work for one in first.values())
        return sum(one.work * one.worth_of_work for one in first.values()) / work


def lines_of_needed(plan: ProgrammesPlan, must_be_earned: float) -> dict[str, float]:
    """Every line of the share needed by its name."""
    rows = run_compiled(needed_model(needed_terms(plan, must_be_earned))).rows["needed"]
    return {name: number(row[0]) for name, row in rows.items()}


def run_programmes(
    file: Path, must_be_earned: float, sets: Sequence[str] = (), *, workspace: Path | str | None = None
) -> ProgrammesRun:
    """Read and run a portfolio and its workflows, with some entries replaced (`path=value`).

    The case of a workflow is a preset, or a file whose path begins where the portfolio's file lies.
    Raises CaseError for every fault of the portfolio, then of its workflows, located.
    """
    edits: list[Overlay] = [overlay_of(text) for text in sets]
    case = read_case(file, PROGRAMMES, edits, workspace)
    plan = case.record
    runs: list[WorkflowRun] = []
    for one in plan.workflows:
        run = run_agents(_case_of(file, one), workspace=workspace)
        runs.append(WorkflowRun(one, run, plan.usd_per_eur if run.plan.currency == "EUR" else 1.0))
    return ProgrammesRun(case, tuple(runs), must_be_earned)


def _case_of(portfolio: Path, workflow: WorkflowPlan) -> Path:
    own = Path(workflow.case)
    return own if preset_named(own) is not None else portfolio.parent / own
