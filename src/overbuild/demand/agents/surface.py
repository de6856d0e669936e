"""What a task saves over success and loss by a wrong answer: where an agent pays and where it does not."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.demand.agents.breakeven import saving_of
from overbuild.demand.agents.case import AgentsPlan

STEPS = 28
"""Cells along either side."""


class SurfaceCell(NamedTuple):
    """A cell by its lower ends, and what a task saves at its middle."""

    success: float
    loss: float
    saving: float


class Surface(NamedTuple):
    """Cells over success, up to the most that can be, and loss, up to some times that of the case."""

    cells: tuple[SurfaceCell, ...]
    success_step: float
    loss_step: float
    most_success: float
    most_loss: float


def breakeven_surface(plan: AgentsPlan, times: float = 3.0) -> Surface:
    """The surface of a case; its losses go up to so many times the loss of the case, 100 where that has none.

    >>> from pathlib import Path
    >>> from overbuild.demand.agents.agents_run import run_agents
    >>> found = breakeven_surface(run_agents(Path("preset:support-desk")).plan)
    >>> len(found.cells), found.most_loss, round(found.cells[0].saving, 2), round(found.cells[-1].saving, 2)
    (784, 75.0, 2.1, -2.37)
    """
    agent, person = plan.agent, plan.person
    most_success = 1.0 - agent.hard_share if agent.success_of == "all" else 1.0
    most_loss = times * person.error_loss or 100.0
    step, loss_step = most_success / STEPS, most_loss / STEPS
    cells = tuple(
        SurfaceCell(i * step, j * loss_step, saving_of(_at(plan, (i + 0.5) * step, (j + 0.5) * loss_step)))
        for i in range(STEPS)
        for j in range(STEPS)
    )
    return Surface(cells, step, loss_step, most_success, most_loss)


def _at(plan: AgentsPlan, success: float, loss: float) -> AgentsPlan:
    return plan._replace(agent=plan.agent._replace(success=success), person=plan.person._replace(error_loss=loss))
