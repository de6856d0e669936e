"""Running a site: on its own sizing or on that of its base plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from overbuild.equations import number
from overbuild.equations.model import Model
from overbuild.equations.reported import Solved, Values, values_of
from overbuild.money.irr import Irr, irr
from overbuild.site.case.checks import check_plan
from overbuild.site.case.plan import SitePlan
from overbuild.site.model import model_of
from overbuild.site.results import Results
from overbuild.site.sizing.sizing import Sizing, size
from overbuild.timeline.run import run_model

_CLOSE = 1e-9

OUTCOMES = ("stops_unfunded", "outcome_maturity", "outcome_payment", "outcome_covenant", "outcome_closed")
"""Lines that end a site, in the order in which they count."""


class SiteRun(NamedTuple):
    """A site as it ran: each line with one entry a place (close first), its outcome, what owners earn."""

    plan: SitePlan
    sizing: Sizing
    model: Model
    rows: dict[str, dict[str, list[float]]]
    outcome: str | None
    outcome_period: int | None
    results: Results
    equity_irr: Irr
    project_irr: Irr

    @property
    def lines(self) -> dict[str, list[float]]:
        """Lines of the periods."""
        return self.rows["site"]

    @property
    def equity_cash_flows(self) -> tuple[float, ...]:
        """Net flow to the owners by place, 0 after the end."""
        return tuple(self.lines["net_cash_to_equity"])

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


def run_site(plan: SitePlan, sizing: Sizing | None = None) -> SiteRun:
    """Run a plan on a sizing (its own, where none is given). Raises InputError(s) for a plan that cannot be run.

    >>> from overbuild.site.examples import PLAN
    >>> run = run_site(PLAN)
    >>> run.outcome, round(run.min_dscr, 6), [round(flow / 1e6, 6) for flow in run.equity_cash_flows[:3]]
    (None, 1.609524, [0.0, -400.0, 128.0])
    """
    check_plan(plan)
    sized = size(plan) if sizing is None else sizing
    model = model_of(plan, sized)
    ran = run_model(model)
    rows = ran.rows
    lines = rows["site"]
    outcome, when = None, None
    alive = (1.0, *lines["alive"][:-1])
    for place in range(len(alive)):
        ended = [name for name in OUTCOMES if alive[place] * lines[name][place] > 0.0]
        if ended:
            outcome, when = ended[0].partition("_")[2], place
            break
    p = plan.horizon.periods_per_year
    return SiteRun(
        plan=plan,
        sizing=sized,
        model=model,
        rows=rows,
        outcome=outcome,
        outcome_period=when,
        results=ran.left["results"],
        equity_irr=irr(lines["net_cash_to_equity"], p),
        project_irr=irr(lines["project_cash_flow"], p),
    )


class CostOfDelay(NamedTuple):
    """What delays cost: flows of the owners and least cover with and without them, on the same commitments."""

    late: SiteRun
    on_time: SiteRun

    @property
    def lost(self) -> float:
        """What the owners lose in all, USD."""
        return sum(self.on_time.equity_cash_flows) - sum(self.late.equity_cash_flows)


def cost_of_delay(plan: SitePlan, sizing: Sizing) -> CostOfDelay:
    """A plan with its delays and without them, on one sizing.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> late = PLAN._replace(phases=(PLAN.phases[0]._replace(delay=1),))
    >>> cost_of_delay(late, SIZING).late.outcome
    'payment'
    """
    on_time = plan._replace(phases=tuple(phase._replace(delay=0) for phase in plan.phases))
    return CostOfDelay(run_site(plan, sizing), run_site(on_time, sizing))


def refinancing_short_in_base(plan: SitePlan, sizing: Sizing) -> tuple[str, ...]:
    """Loans of the base plan whose balloon no lender would refinance in full, though the base case takes it so.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> refinancing_short_in_base(PLAN, SIZING)
    ()
    """
    run = run_site(plan._replace(tests=()), sizing)
    return tuple(one.name for one in run.results.balloons if 0.0 <= one.refinanced_share < 1.0 - _CLOSE)
