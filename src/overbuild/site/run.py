"""Running a site: on its own sizing or on that of its base plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from overbuild.equations import number
from overbuild.equations.model import Model
from overbuild.equations.reported import Solved, Values, values_of
from overbuild.money.irr import Irr
from overbuild.site.accounts.lease_class import class_of_lease
from overbuild.site.case.checks import check_plan
from overbuild.site.case.plan import SitePlan
from overbuild.site.identities import check_identities
from overbuild.site.model import model_of, model_without_debt
from overbuild.site.results.reported import RUNS_ON
from overbuild.site.results.site_results import Results
from overbuild.site.returns import SiteReturns, returns_of
from overbuild.site.sizing.sizing import Sizing, size
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.terms import Terms
from overbuild.timeline.compiled_run import run_compiled
from overbuild.timeline.run import ModelRun
from overbuild.world.drivers.paths.world import World

_CLOSE = 1e-9
_WITHOUT_DEBT = ("project_cash_flow", "tax")

OUTCOMES = ("stops_unfunded", "outcome_maturity", "outcome_payment", "outcome_covenant", "outcome_closed")
"""Lines that end a site, in the order in which they count."""


class SiteRun(NamedTuple):
    """A site as it ran: each line with one entry a place (close first), its outcome, what it returns.

    `rows` are lines by stage, one entry a place. Lines of places after the outcome are ghosts: see `last`.
    """

    plan: SitePlan
    sizing: Sizing
    model: Model
    rows: dict[str, dict[str, list[float]]]
    outcome: str | None
    outcome_period: int | None
    results: Results
    returns: SiteReturns

    @property
    def lines(self) -> dict[str, list[float]]:
        """Lines of the periods."""
        return self.rows["site"]

    @property
    def totals(self) -> dict[str, float]:
        """Results by the name of their line, those of the holding company too."""
        found = [rows for name, rows in self.rows.items() if name.endswith("results")]
        return {name: number(row[0]) for rows in found for name, row in rows.items()}

    @property
    def shape(self) -> Shape:
        """What is static of the site."""
        return self.model.stage("site").shape

    @property
    def terms(self) -> Terms:
        """The constants that it ran on."""
        return self.model.stage("site").terms

    @property
    def equity_irr(self) -> Irr:
        """Rate of return of the owners."""
        return self.returns.equity_irr

    @property
    def equity_cash_flows(self) -> tuple[float, ...]:
        """Net flow to the owners by place, 0 after the end."""
        return tuple(self.lines["net_cash_to_equity"])

    def values(self, label: Callable[[int], str] = str) -> Values:
        """Every reported result by its id, and why those that do not exist are None; `label` names a period."""
        solved, totals = self.returns.solved(), self.totals
        solved["outcome"] = Solved(self.outcome, RUNS_ON if self.outcome is None else "")
        if self.plan.lease is not None:
            solved["lease_class"] = class_of_lease(self.plan, totals["lease_liability"])
        return values_of(self.model.reported, totals, solved, label)

    @property
    def last(self) -> int:
        """The last place that counts: that of the outcome, or the end of the plan."""
        return self.plan.horizon.periods if self.outcome_period is None else self.outcome_period

    @property
    def min_dscr(self) -> float | None:
        """Least cover of a period with debt service, that of an outcome included; None without any."""
        cover = self.results.cover
        return number(cover.min_dscr) if number(cover.covered_periods) > 0.0 else None


def run_site(plan: SitePlan, sizing: Sizing | None = None, world: World | None = None) -> SiteRun:
    """Run a plan on a sizing (its own, where none is given), in a world where one is given, and check the identities.

    Raises InputError(s) for a plan that cannot be run, WithheldError where books, cash or funds do not close.

    >>> from overbuild.site.examples import PLAN
    >>> run = run_site(PLAN)
    >>> run.outcome, round(run.min_dscr, 6), [round(flow / 1e6, 6) for flow in run.equity_cash_flows[:3]]
    (None, 1.609524, [0.0, -400.0, 128.0])
    """
    check_plan(plan)
    sized = size(plan) if sizing is None else sizing
    model = model_of(plan, sized, world)
    ran = run_checked(model)
    lines = ran.rows["site"]
    bare = run_compiled(model_without_debt(plan, bought_in(plan, lines), world), _WITHOUT_DEBT).rows["site"]
    how = how_it_ends(lines)
    return SiteRun(
        plan=plan,
        sizing=sized,
        model=model,
        rows=ran.rows,
        outcome=how.outcome,
        outcome_period=how.place,
        results=ran.left["results"],
        returns=returns_of(plan, lines, bare),
    )


def run_checked(model: Model) -> ModelRun:
    """Run a site's model and check the identities; what needs no rate of return takes this.

    Raises WithheldError where books, cash or funds do not close.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> run_checked(model_of(PLAN, SIZING)).rows["results"]["debt_share"]
    [0.6]
    """
    ran = run_compiled(model)
    check_identities(ran.rows["site"])
    return ran


def bought_in(plan: SitePlan, lines: dict[str, list[float]]) -> tuple[str, ...]:
    """The later fleets that were bought in a run; where the site ended before, those that its cash would have paid.

    >>> from overbuild.site.examples import PLAN, RUN
    >>> bought_in(PLAN, RUN.lines)
    ()
    """
    later = [fleet.name for fleet in plan.fleets if fleet.at is not None]
    return tuple(name for name in later if max(lines[f"{name}.funded"]) > 0.0)


class Ending(NamedTuple):
    """How a site ends before its time, and in which place; None where it does not."""

    outcome: str | None
    place: int | None


def how_it_ends(lines: dict[str, list[float]]) -> Ending:
    """The first outcome of a run.

    >>> from overbuild.site.examples import RUN
    >>> how_it_ends(RUN.lines)
    Ending(outcome=None, place=None)
    """
    for place, ends in enumerate(lines["ends"]):
        if ends > 0.0:
            name = next(name for name in OUTCOMES if lines[name][place] > 0.0)
            return Ending(name.partition("_")[2], place)
    return Ending(None, None)


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
