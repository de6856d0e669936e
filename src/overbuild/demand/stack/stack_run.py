"""A stack's case read and run: margins before and after a shock, who wins, and what each shock alone would do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from overbuild.demand.stack.case import StackPlan, stack_shape, stack_terms
from overbuild.demand.stack.faults import STACKS
from overbuild.demand.stack.model import stack_model
from overbuild.demand.stack.shocks import shocks_of
from overbuild.equations import number
from overbuild.equations.model import Model
from overbuild.equations.reported import Values, values_of
from overbuild.timeline.compiled_run import run_compiled
from overbuild.world.case_record import CaseRecord, read_case
from overbuild.world.overlay import Overlay, overlay_of
from overbuild.world.provenance.input_ends import InputEnds, input_ends

DEFAULT_STACK = "ai-stack-2026"
"""The stack that is answered on where none is named."""

EACH = 0.2
"""The size of the shocks that are tried one at a time."""

NEITHER = "neither"
"""Who wins where a shock leaves both alike."""

TIE = 1e-9
"""Changes of margin that lie nearer than this are alike."""


class SingleShock(NamedTuple):
    """A shock to one layer alone: what it does to the margins of owner and buyer, and who wins by it."""

    layer: str
    kind: str
    owner_change: float
    buyer_change: float
    winner: str


class StackRun:
    """A stack as run: its case, its lines, who wins."""

    def __init__(self, case: CaseRecord[StackPlan], edits: tuple[Overlay, ...] = ()) -> None:
        self.case, self.edits = case, edits
        self.plan = case.record
        self.model = model_of_stack(self.plan)
        self.lines = lines_of_stack(self.plan)

    labels: tuple[str, ...] = ()

    def values(self) -> Values:
        """Every reported result by its id."""
        return values_of(self.model.reported, self.lines)

    @property
    def winner(self) -> str:
        """The firm whose margin the shock leaves better off: the owner of layers, their buyer, or neither."""
        return winner_of(self.plan, self.lines)

    @property
    def is_shocked(self) -> bool:
        """Whether the case holds a shock."""
        return any(layer.cost_shock or layer.price_shock for layer in self.plan.layers)

    @cached_property
    def single_shocks(self) -> tuple[SingleShock, ...]:
        """Each layer's cost, then its price, up by a fifth by itself: who wins by which."""
        calm = self.plan._replace(
            layers=tuple(layer._replace(cost_shock=0.0, price_shock=0.0) for layer in self.plan.layers)
        )
        return tuple(_single(calm, layer.name, kind) for kind in ("cost", "price") for layer in self.plan.layers)

    @cached_property
    def deciding(self) -> tuple[InputEnds, ...]:
        """Inputs with a range by what they do to the net present value of owning, the largest first."""
        return input_ends(self.case, lambda plan: lines_of_stack(plan)["integration_npv"])


def _single(calm: StackPlan, layer: str, kind: str) -> SingleShock:
    moved = tuple(one._replace(**{f"{kind}_shock": EACH}) if one.name == layer else one for one in calm.layers)
    plan = calm._replace(layers=moved)
    lines = lines_of_stack(plan)
    owner, buyer = (lines[f"{name}.owner_margin_change"] for name in (plan.integration.owner, plan.integration.buyer))
    return SingleShock(layer, kind, owner, buyer, winner_of(plan, lines))


def winner_of(plan: StackPlan, lines: dict[str, float]) -> str:
    """The firm whose margin changes for the better against the other's, by the lines of a run."""
    advantage = lines["owner_advantage"]
    if abs(advantage) <= TIE:
        return NEITHER
    return plan.integration.owner if advantage > 0.0 else plan.integration.buyer


def model_of_stack(plan: StackPlan) -> Model:
    """The model of a stack's record."""
    return stack_model(stack_shape(plan), stack_terms(plan))


def lines_of_stack(plan: StackPlan) -> dict[str, float]:
    """Every line of a stack by its name."""
    rows = run_compiled(model_of_stack(plan)).rows["results"]
    return {name: number(row[0]) for name, row in rows.items()}


def run_stack(
    file: Path, sets: Sequence[str] = (), shocks: Sequence[str] = (), workspace: Path | str | None = None
) -> StackRun:
    """Read and run a stack's case, with some entries replaced, then its shocks (`cloud_price=+30%`).

    The shocks asked for take the place of those of the file. Raises CaseError for every fault, located.
    """
    edits = [overlay_of(text) for text in sets]
    case = read_case(file, STACKS, edits, workspace)
    if shocks:
        calm = [
            overlay_of(f"layers.{layer.name}.{kind}_shock=0.0")
            for layer in case.record.layers
            for kind in ("cost", "price")
            if getattr(layer, f"{kind}_shock")
        ]
        names = [layer.name for layer in case.record.layers]
        edits += [*calm, *shocks_of(shocks, names)]
        case = read_case(file, STACKS, edits, workspace)
    return StackRun(case, tuple(edits))
