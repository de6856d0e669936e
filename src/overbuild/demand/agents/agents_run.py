"""A workflow's case read and run: its task, its quarters, what decides it, at which values it breaks even."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from overbuild.demand.agents.breakeven import TaskBreakEven, breakeven_success, breakevens, saving_of
from overbuild.demand.agents.case import AgentsPlan, terms_of_agents
from overbuild.demand.agents.faults import WORKFLOWS
from overbuild.demand.agents.model import programme_model
from overbuild.equations import number
from overbuild.equations.model import Model
from overbuild.equations.reported import Solved, Values, values_of
from overbuild.timeline.compiled_run import run_compiled
from overbuild.world.case_record import CaseRecord, read_case
from overbuild.world.overlay import Overlay, overlay_of
from overbuild.world.provenance.input_ends import InputEnds, input_ends
from overbuild.world.sourced import Sourced

DEFAULT_WORKFLOW = "support-desk"
"""The workflow that a new case is copied from when none is named."""

_SELLER = "Seller's"
"""How the reason of an input begins that rests on what a seller claims, in whole or at one end."""

TOKEN_PRICES = ("agent.price_in", "agent.price_out", "agent.price_decline_per_year")
"""Inputs that are prices of tokens."""


class AgentsRun:
    """A workflow as run: its case, its lines once and by quarter."""

    def __init__(self, case: CaseRecord[AgentsPlan], edits: tuple[Overlay, ...] = ()) -> None:
        self.case, self.edits = case, edits
        self.plan = case.record
        self.model = model_of_agents(self.plan)
        rows = run_compiled(self.model).rows
        self.quarters: dict[str, list[float]] = rows["quarters"]
        once = {**rows["task"], **rows["results"]}
        self.lines = {name: number(row[0]) for name, row in once.items()}

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the model's places: quarters from the first task on."""
        return tuple(str(number) for number in range(1, self.plan.programme.quarters + 1))

    @property
    def saving(self) -> float:
        """What a task saves."""
        return self.lines["saving_per_task"]

    @property
    def net_present_value(self) -> float:
        """What the programme is worth over its horizon."""
        return self.lines["programme_npv"]

    @property
    def pays(self) -> bool:
        """Whether a task with the agent costs less than one without."""
        return self.saving > 0.0

    @property
    def is_withheld(self) -> bool:
        """Whether the case gives no verdict, as its evidence disagrees in sign."""
        return self.plan.verdict == "withheld"

    @cached_property
    def breakevens(self) -> tuple[TaskBreakEven, ...]:
        """At which success, token price, loss and cost of a review a task costs the same either way."""
        return breakevens(self.plan)

    @cached_property
    def least_success(self) -> float | None:
        """The success from which the programme is worth its cost; None where none is enough."""
        return breakeven_success(self.plan, npv_of)

    @cached_property
    def deciding(self) -> tuple[InputEnds, ...]:
        """Inputs with a range by what they do to the saving of a task, the largest first."""
        return input_ends(self.case, saving_of)

    @cached_property
    def deciding_programme(self) -> tuple[InputEnds, ...]:
        """Inputs with a range by what they do to what the programme is worth, the largest first."""
        return input_ends(self.case, npv_of)

    @property
    def sellers(self) -> tuple[Sourced, ...]:
        """Inputs that rest on what a seller claims, as their reasons begin by saying."""
        return tuple(one for one in self.case.inputs.values() if one.reason.startswith(_SELLER))

    def values(self) -> Values:
        """Every reported result by its id."""
        solved = {f"breakeven_{one.name}": Solved(one.value, one.why) for one in self.breakevens}
        return values_of(self.model.reported, self.lines, solved)


def model_of_agents(plan: AgentsPlan) -> Model:
    """The model of a workflow's record."""
    return programme_model(terms_of_agents(plan), plan.programme.quarters)


def npv_of(plan: AgentsPlan) -> float:
    """What the programme of a record is worth."""
    return number(run_compiled(model_of_agents(plan)).rows["results"]["programme_npv"][0])


def run_agents(file: Path, sets: Sequence[str] = (), *, workspace: Path | str | None = None) -> AgentsRun:
    """Read and run a workflow's case, with some entries replaced (`path=value`).

    Raises CaseError for every fault of the file, located.

    >>> run = run_agents(Path("preset:support-desk"))
    >>> round(run.saving, 2), round(run.breakevens[0].value or 0.0, 2)
    (1.04, 0.78)
    """
    edits = [overlay_of(text) for text in sets]
    return AgentsRun(read_case(file, WORKFLOWS, edits, workspace), tuple(edits))
