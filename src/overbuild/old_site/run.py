"""Running a site: construction, operation, results; the identities checked; the rates that are solved."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from overbuild.equations import number
from overbuild.equations.model import Model
from overbuild.equations.reported import Solved, Values, values_of
from overbuild.money.irr import Irr, irr
from overbuild.money.payback import PaidBack, payback
from overbuild.old_site.accounts.lease_class import class_of_lease
from overbuild.old_site.case.checks import CheckedPlan, check_plan
from overbuild.old_site.case.plan import SitePlan
from overbuild.old_site.identities import check_identities
from overbuild.old_site.model import model_of, model_without_debt
from overbuild.old_site.results import Results
from overbuild.old_site.sizing.sizing import Sizing, size_checked
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.terms import Terms
from overbuild.timeline.run import run_model


class SiteRun(NamedTuple):
    """A run: each named line by period, the results, the owners' flows from close on, and the solved rates.

    `building` has one entry for close and for each construction period, `operating` one for each operating period,
    `holdco` too (empty without debt of a holding company). Lines of periods after a default are ghosts:
    `operating["alive"]` is 0 there. `lines` has the results by the name of their line.
    """

    plan: SitePlan
    sizing: Sizing
    model: Model
    building: dict[str, list[float]]
    operating: dict[str, list[float]]
    holdco: dict[str, list[float]]
    results: Results
    lines: dict[str, float]
    equity_cash_flows: tuple[float, ...]
    equity_irr: Irr
    project_irr_pre_tax: Irr
    project_irr_post_tax: Irr
    equity_payback: PaidBack
    project_payback: PaidBack

    @property
    def shape(self) -> Shape:
        """What is static of the site."""
        return self.model.stage("operation").shape

    @property
    def terms(self) -> Terms:
        """The constants that it ran on."""
        return self.model.stage("operation").terms

    @property
    def defaulted_in(self) -> int | None:
        """Operating period of the default, None where there is none."""
        return int(self.lines["default_period_number"]) or None

    @property
    def min_dscr_period(self) -> int | None:
        """First operating period in which DSCR is least, to 1e-9; None where there is no debt service."""
        return int(self.lines["min_dscr_period_number"]) or None

    def values(self, label: Callable[[int], str] = str) -> Values:
        """Every reported result by its id, and why those that do not exist are None; `label` names a period."""
        rates = {
            "equity_irr_per_year": self.equity_irr,
            "project_irr_per_year": self.project_irr_post_tax,
            "project_irr_pre_tax_per_year": self.project_irr_pre_tax,
        }
        solved = {name: Solved(one.per_year, one.remark) for name, one in rates.items()}
        solved["equity_payback_years"] = Solved(*self.equity_payback)
        solved["project_payback_years"] = Solved(*self.project_payback)
        if self.plan.lease is not None:
            solved["lease_class"] = class_of_lease(self.plan, self.lines["lease_liability"])
        return values_of(self.model.reported, self.lines, solved, label)


def run_site(plan: SitePlan, sizing: Sizing | None = None) -> SiteRun:
    """Run a plan on a sizing (its own, where none is given) and check the identities.

    Raises InputError for a plan that cannot be run, WithheldError where books, cash or funds do not close.

    >>> from overbuild.old_site.examples import PLAN
    >>> run = run_site(PLAN)
    >>> round(run.results.min_dscr, 2), run.min_dscr_period, run.equity_irr.status
    (1.36, 3, 'ok')
    """
    checked = check_plan(plan)
    return run_checked(checked, size_checked(checked) if sizing is None else sizing)


def run_checked(plan: CheckedPlan, sizing: Sizing) -> SiteRun:
    """Run a plan that has been checked, and check the identities. Raises WithheldError as `run_site`.

    >>> from overbuild.old_site.case.checks import check_plan
    >>> from overbuild.old_site.examples import PLAN
    >>> from overbuild.old_site.sizing.sizing import size
    >>> run_checked(check_plan(PLAN), size(PLAN)).min_dscr_period
    3
    """
    model = model_of(plan, sizing)
    ran = run_model(model)
    building, operating = ran.rows["construction"], ran.rows["operation"]
    bare = run_model(model_without_debt(plan, skips=skips_refresh(operating))).rows["operation"]
    check_identities(plan, building, operating)
    owners, before_tax = flows_of(OWNERS, building, operating), flows_of(PROJECT, building, operating)
    after_tax = flows_of(PROJECT_TAXED, building, bare)
    found = [rows for name, rows in ran.rows.items() if name.endswith("results")]
    p = plan.site.periods_per_year
    return SiteRun(
        plan=plan,
        sizing=sizing,
        model=model,
        building=building,
        operating=operating,
        holdco=ran.rows.get("holdco", {}),
        results=ran.left["results"],
        lines={name: number(row[0]) for rows in found for name, row in rows.items()},
        equity_cash_flows=owners,
        equity_irr=irr(owners, p),
        project_irr_pre_tax=irr(before_tax, p),
        project_irr_post_tax=irr(after_tax, p),
        equity_payback=payback(owners, len(building["capex"]), p),
        project_payback=payback(after_tax, len(building["capex"]), p),
    )


def skips_refresh(operating: dict[str, list[float]]) -> bool:
    """Whether a refresh that waited for its funding never came in a run.

    >>> skips_refresh({"refresh_funded": [0.0, 0.0]}), skips_refresh({"cfads": [1.0]})
    (True, False)
    """
    return "refresh_funded" in operating and max(operating["refresh_funded"]) <= 0.0


class Flows(NamedTuple):
    """Flows that a rate of return is solved from: lines of construction and of operation, each added or taken off."""

    building: tuple[tuple[str, float], ...]
    operating: tuple[tuple[str, float], ...]


_BEFORE_TAX = (("operating_cash", 1.0), ("refresh_capex", -1.0), ("old_it_proceeds", 1.0))

OWNERS = Flows((("equity_draw", -1.0),), (("net_cash_to_equity", 1.0),))
PROJECT = Flows((("capex", -1.0),), _BEFORE_TAX)
PROJECT_TAXED = Flows((("capex", -1.0),), (*_BEFORE_TAX, ("tax", -1.0)))
"""Cash of the project: before reserves and debt, with or without its tax."""


def flows_of(flows: Flows, building: dict[str, list[float]], operating: dict[str, list[float]]) -> tuple[float, ...]:
    """Flows from close to the end of operation.

    >>> names = ("operating_cash", "refresh_capex", "old_it_proceeds", "tax")
    >>> rows = dict(zip(names, ([90.0], [50.0], [5.0], [10.0]), strict=True))
    >>> flows_of(PROJECT_TAXED, {"capex": [40.0]}, rows)
    (-40.0, 35.0)
    """
    sides = ((flows.building, building), (flows.operating, operating))
    return tuple(
        sum(sign * amount for (_, sign), amount in zip(signed, entries, strict=True))
        for signed, rows in sides
        for entries in zip(*(rows[name] for name, _ in signed), strict=True)
    )
