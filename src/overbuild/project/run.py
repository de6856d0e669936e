"""Running a project: on its own sizing or on that of its base plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from overbuild.equations import number
from overbuild.equations.model import Model
from overbuild.equations.reported import Solved, Values, values_of
from overbuild.money.irr import Irr, irr
from overbuild.project.case.checks import check_project
from overbuild.project.case.plan import ProjectPlan
from overbuild.project.model import model_of_project
from overbuild.project.results import ProjectResults
from overbuild.project.sizing.sizing import ProjectSizing, size_project
from overbuild.timeline.run import run_model

_CLOSE = 1e-9

OUTCOMES = ("stops_unfunded", "outcome_maturity", "outcome_payment", "outcome_covenant", "outcome_closed")
"""Lines that end a project, in the order in which they count."""


class ProjectRun(NamedTuple):
    """A project as it ran: each line with one entry a place (close first), its outcome, what owners earn."""

    plan: ProjectPlan
    sizing: ProjectSizing
    model: Model
    rows: dict[str, dict[str, list[float]]]
    outcome: str | None
    outcome_period: int | None
    results: ProjectResults
    equity_irr: Irr
    project_irr: Irr

    @property
    def lines(self) -> dict[str, list[float]]:
        """Lines of the periods."""
        return self.rows["project"]

    @property
    def to_owners(self) -> tuple[float, ...]:
        """Net flow to the owners by place, 0 after the end."""
        return tuple(self.lines["to_owners"])

    def values(self, label: Callable[[int], str] = str) -> Values:
        """Every reported result by its id, and why those that do not exist are None; `label` names a period."""
        rates = {"equity_irr_per_year": self.equity_irr, "project_irr_per_year": self.project_irr}
        solved = {name: Solved(one.per_year, "" if one.status == "ok" else one.status) for name, one in rates.items()}
        lines = {name: number(row[0]) for name, row in self.rows["results"].items()}
        return values_of(self.model.reported, lines, solved, label)

    @property
    def last(self) -> int:
        """The last place that counts: that of the outcome, or the end of the plan."""
        return self.plan.horizon.periods if self.outcome_period is None else self.outcome_period

    @property
    def min_dscr(self) -> float | None:
        """Least cover of a period with debt service, that of an outcome included; None without any."""
        pairs = zip(self.lines["dscr"], self.lines["debt_is_due"], strict=True)
        return min((cover for cover, due in pairs if due > 0.0), default=None)


def run_project(plan: ProjectPlan, sizing: ProjectSizing | None = None) -> ProjectRun:
    """Run a plan on a sizing (its own, where none is given). Raises InputError(s) for a plan that cannot be run.

    >>> from overbuild.project.examples import PLAN
    >>> run = run_project(PLAN)
    >>> run.outcome, round(run.min_dscr, 6), [round(flow / 1e6, 6) for flow in run.to_owners[:3]]
    (None, 1.609524, [0.0, -400.0, 128.0])
    """
    check_project(plan)
    sized = size_project(plan) if sizing is None else sizing
    model = model_of_project(plan, sized)
    ran = run_model(model)
    rows = ran.rows
    lines = rows["project"]
    outcome, when = None, None
    alive = (1.0, *lines["alive"][:-1])
    for place in range(len(alive)):
        ended = [name for name in OUTCOMES if alive[place] * lines[name][place] > 0.0]
        if ended:
            outcome, when = ended[0].partition("_")[2], place
            break
    p = plan.horizon.periods_per_year
    return ProjectRun(
        plan=plan,
        sizing=sized,
        model=model,
        rows=rows,
        outcome=outcome,
        outcome_period=when,
        results=ran.left["results"],
        equity_irr=irr(lines["to_owners"], p),
        project_irr=irr(lines["project_cash_flow"], p),
    )


class CostOfDelay(NamedTuple):
    """What delays cost: flows of the owners and least cover with and without them, on the same commitments."""

    late: ProjectRun
    on_time: ProjectRun

    @property
    def to_owners(self) -> float:
        """What the owners lose in all, USD."""
        return sum(self.on_time.to_owners) - sum(self.late.to_owners)


def cost_of_delay(plan: ProjectPlan, sizing: ProjectSizing) -> CostOfDelay:
    """A plan with its delays and without them, on one sizing.

    >>> from overbuild.project.examples import PLAN, SIZING
    >>> late = PLAN._replace(phases=(PLAN.phases[0]._replace(delay=1),))
    >>> cost_of_delay(late, SIZING).late.outcome
    'payment'
    """
    on_time = plan._replace(phases=tuple(phase._replace(delay=0) for phase in plan.phases))
    return CostOfDelay(run_project(plan, sizing), run_project(on_time, sizing))


def refinancing_short_in_base(plan: ProjectPlan, sizing: ProjectSizing) -> tuple[str, ...]:
    """Loans of the base plan whose balloon no lender would refinance in full, though the base case takes it so.

    >>> from overbuild.project.examples import PLAN, SIZING
    >>> refinancing_short_in_base(PLAN, SIZING)
    ()
    """
    run = run_project(plan._replace(tests=()), sizing)
    return tuple(one.name for one in run.results.balloons if 0.0 <= one.refinanced_share < 1.0 - _CLOSE)
