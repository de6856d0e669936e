"""Worlds of a large load: the drivers of its case drawn once, and the deal run in all of them, on the same draws each time."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from overbuild.equations.kernel import Kernel, Scaled, Scenarios, kernel_of
from overbuild.equations.model import Model
from overbuild.errors import CaseError, InputError
from overbuild.policy.tariff.case import TariffPlan
from overbuild.policy.tariff.deal_run import model_of_plan
from overbuild.stress.case_worlds.worlds import CaseOfKind, CaseWorlds
from overbuild.stress.tariff_levers.condition import MEASURES
from overbuild.stress.worlds.bindings.leaves import leaves_of
from overbuild.stress.worlds.draws import Row
from overbuild.stress.worlds.settings import StressSettings
from overbuild.timeline.compiled_run import run_compiled
from overbuild.world.case_record import CaseRecord

MOST_SCENARIOS = 200_000
"""Worlds are kept in memory, and run again at each value of a lever."""

BLOCK = 8192


class DrawnDeal(NamedTuple):
    """A deal with what is uncertain of it, drawn: the worlds, what each driver draws, (driver, world), and its machine code.

    The machine code takes what drivers move in a line; None where one moves a number of the model in another way.
    """

    worlds: CaseWorlds
    values: Row
    seed: int
    kernel: Kernel | None

    @property
    def plan(self) -> TariffPlan:
        """The deal as its case says."""
        plan: TariffPlan = self.worlds.case.record
        return plan

    @property
    def scenarios(self) -> int:
        """How many worlds."""
        return int(self.values.shape[1])

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the drivers."""
        return self.worlds.names


def drawn_deal(case: CaseRecord[TariffPlan], scenarios: int, seed: int) -> DrawnDeal:
    """A deal with the drivers of its case drawn for so many worlds.

    Raises CaseError `missing` for a case that draws nothing, and for drivers that it cannot take; InputError for a number of
    worlds or a seed that cannot be.

    >>> from pathlib import Path
    >>> from overbuild.policy.tariff.faults import TARIFFS
    >>> from overbuild.world.case_record import read_case
    >>> found = drawn_deal(read_case(Path("preset:aep-ohio"), TARIFFS), 1000, 1)
    >>> found.names[:2], 0.05 < float(np.mean(found.values[0] == 0.0)) < 0.11
    (('arrival', 'lateness'), True)
    """
    if scenarios > MOST_SCENARIOS:
        hint = f"must be a whole number from 1 to {MOST_SCENARIOS:,} here"
        raise InputError("out_of_range", "scenarios", scenarios, hint)
    if case.drivers is None or not case.drivers.drawn:
        hint = "a condition on many worlds needs something that is drawn: name it under drivers, as the presets do"
        raise case.locate(CaseError("missing", "drivers", None, hint))
    worlds = CaseWorlds(CaseOfKind(case, model_of_plan), StressSettings(scenarios=scenarios, seed=seed))
    return DrawnDeal(worlds, worlds.drawn(0, scenarios), seed, _kernel(worlds))


def _kernel(worlds: CaseWorlds) -> Kernel | None:
    bound = worlds.bound
    if bound.computed:
        return None
    wanted = [f"results.{line}" for line in MEASURES.values()]
    return kernel_of(bound.model, wanted, {leaf: Scaled(one.lane) for leaf, one in bound.scales.items()})


def outcomes(drawn: DrawnDeal, plan: TariffPlan, line: str) -> Row:
    """A line of the results in every world: the drivers move the rule of `plan` as they move that of the case."""
    model = model_of_plan(plan)
    if drawn.kernel is not None and _moves_alike(drawn, model):
        scales = {leaf: (one.base, one.slope) for leaf, one in drawn.worlds.bound.scales.items()}
        found = drawn.kernel.on(model, scales).run(Scenarios(drawn.scenarios, drawn.values))
        return np.asarray(found[f"results.{line}"], dtype=np.float64)
    return outcomes_in_arrays(drawn, plan, line)


def _moves_alike(drawn: DrawnDeal, model: Model) -> bool:
    """Whether what the drivers move is in this rule what it is in the case, so that their lines hold."""
    base, here = leaves_of(drawn.worlds.bound.model), leaves_of(model)
    return all(base[leaf] == here[leaf] for leaf in drawn.worlds.bound.scales)


def outcomes_in_arrays(drawn: DrawnDeal, plan: TariffPlan, line: str) -> Row:
    """The same by moving the record and running its model on arrays, in blocks of worlds."""
    ends = range(0, drawn.scenarios, BLOCK)
    return np.concatenate([_block(drawn, plan, line, drawn.values[:, first : first + BLOCK]) for first in ends])


def _block(drawn: DrawnDeal, plan: TariffPlan, line: str, values: Row) -> Row:
    moved: Any = drawn.worlds.bound.drawn._replace(record=plan).moved(list(values))
    rows = run_compiled(model_of_plan(moved), [line]).rows
    amounts = np.asarray(rows["results"][line][0], dtype=np.float64)
    return np.broadcast_to(amounts, (values.shape[1],))
