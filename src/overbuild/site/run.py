"""Running a site: construction, operation, results; the identities checked; the rates that are solved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from overbuild.errors import WithheldError
from overbuild.money.irr import Irr, irr
from overbuild.site.case import shape_of, terms_of
from overbuild.site.construction import opening
from overbuild.site.funding import build
from overbuild.site.holdco import HoldcoRun, run_holdco
from overbuild.site.inputs import operating_inputs
from overbuild.site.metrics import BuildingRows, LeaseRows, OperatingRows, Results, Rows, results
from overbuild.site.period import period
from overbuild.site.plan import Reserves, SitePlan
from overbuild.site.plan_checks import check_plan
from overbuild.site.sizing import Sizing, size
from overbuild.site.state import State
from overbuild.site.terms import Shape, Terms
from overbuild.site.tranche_results import tranche_rows
from overbuild.timeline.run import Run, run_periods

_TOLERANCE = 1e-9


class SiteRun(NamedTuple):
    """A run: each named line by period, the results, the owners' flows from close on, and the solved rates.

    `building` has one entry for close and for each construction period, `operating` one for each operating period.
    Lines of periods after a default are ghosts: `operating["alive"]` is 0 there.
    """

    plan: SitePlan
    sizing: Sizing
    shape: Shape
    terms: Terms
    building: dict[str, list[float]]
    operating: dict[str, list[float]]
    results: Results
    equity_cash_flows: tuple[float, ...]
    equity_irr: Irr
    project_irr_pre_tax: Irr
    project_irr_post_tax: Irr
    holdco: HoldcoRun | None = None

    @property
    def defaulted_in(self) -> int | None:
        """Operating period of the default, None where there is none."""
        found = int(float(self.results.default_period))  # pyright: ignore[reportArgumentType]
        return found or None

    @property
    def min_dscr_period(self) -> int | None:
        """First operating period in which cover is least, to 1e-9; None where there is no debt service."""
        return int(float(self.results.min_dscr_period_number)) or None  # pyright: ignore[reportArgumentType]


def run_site(plan: SitePlan, sizing: Sizing | None = None) -> SiteRun:
    """Run a plan on a sizing (its own, where none is given) and check the identities.

    Raises InputError for a plan that cannot be run, WithheldError where books, cash or funds do not close.

    >>> from overbuild.site.examples import PLAN
    >>> run = run_site(PLAN)
    >>> round(run.results.min_dscr, 2), run.min_dscr_period, run.equity_irr.status
    (1.36, 3, 'ok')
    """
    check_plan(plan)
    sizing = size(plan) if sizing is None else sizing
    shape, terms = shape_of(plan), sizing.terms(plan)
    built = build(plan, terms)
    state = opening(shape, built.final, terms)
    operated = operate_site(plan, sizing, state)
    check_identities(plan, built.rows, operated.rows)
    found = results(shape, rows_of(built.rows, operated.rows, shape.reported), terms)
    owners = flows_of(OWNERS, built.rows, operated.rows)
    p = plan.site.periods_per_year
    return SiteRun(
        plan=plan,
        sizing=sizing,
        shape=shape,
        terms=terms,
        building=built.rows,
        operating=operated.rows,
        results=found,
        equity_cash_flows=owners,
        equity_irr=irr(owners, p),
        project_irr_pre_tax=irr(flows_of(PROJECT, built.rows, operated.rows), p),
        project_irr_post_tax=irr(
            flows_of(PROJECT_TAXED, built.rows, unlevered(plan, skips=skips_refresh(operated.rows)).rows), p
        ),
        holdco=plan.holdco and run_holdco(plan.holdco, operated.rows["equity_cash_flow"], p),
    )


def operate_site(plan: SitePlan, sizing: Sizing, state: State, names: Sequence[str] | None = None) -> Run[State]:
    """Run the operating periods of a plan on a sizing.

    >>> from overbuild.site.examples import PLAN, OPENING
    >>> len(operate_site(PLAN, size(PLAN), OPENING).rows["cfads"])
    6
    """
    shape, terms = shape_of(plan), sizing.terms(plan)
    return run_periods(partial(period, shape), state, sizing.inputs(plan), terms, names)


def skips_refresh(operating: dict[str, list[float]]) -> bool:
    """Whether a refresh that waited for its funding never came in a run.

    >>> skips_refresh({"refresh_funded": [0.0, 0.0]}), skips_refresh({"cfads": [1.0]})
    (True, False)
    """
    return "refresh_funded" in operating and max(operating["refresh_funded"]) <= 0.0


def unlevered(plan: SitePlan, *, skips: bool = False) -> Run[State]:
    """The same site without debt, and without the cost of building on debt.

    Without debt a refresh might find funding that it did not find in the run; `skips` says that it does not come.

    >>> from overbuild.site.examples import PLAN
    >>> unlevered(PLAN).rows["interest"]
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    bare = plan._replace(
        loans=(),
        mezzanine=None,
        prepayment=None,
        reserves=Reserves(0),
        site=plan.site._replace(delay_cost_per_period=0.0),
        refresh=plan.refresh and plan.refresh._replace(mode="if_funded" if skips else "committed"),
    )
    shape, terms = shape_of(bare), terms_of(bare, {}, 0.0)
    state, columns = opening(shape, build(bare, terms).final, terms), operating_inputs(bare, {}, ())
    if skips:
        columns = columns._replace(refresh_now=[0.0] * plan.site.operating_periods)  # pyright: ignore[reportArgumentType]
    return run_periods(partial(period, shape), state, columns, terms)


class Flows(NamedTuple):
    """Flows that a rate of return is solved from: lines of construction and of operation, each added or taken off."""

    building: tuple[tuple[str, float], ...]
    operating: tuple[tuple[str, float], ...]


_BEFORE_TAX = (("operating_cash", 1.0), ("refresh_capex", -1.0), ("old_it_proceeds", 1.0))

OWNERS = Flows((("equity_draw", -1.0),), (("equity_cash_flow", 1.0),))
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


def rows_of(building: dict[str, Any], operating: dict[str, Any], reported: tuple[str, ...] = ()) -> Rows:
    """The rows that results are made of, with those of each loan that is reported by itself.

    Construction's own lines keep their prefix out of the record.

    >>> rows_of({name: [1.0] for name in BUILDING_LINES}, {name: [2.0] for name in OperatingRows._fields}).building.draw
    [1.0]
    """
    return Rows(
        BuildingRows(*(building[name] for name in BUILDING_LINES)),
        OperatingRows(*(operating[name] for name in OperatingRows._fields)),
        tuple(tranche_rows(name, building, operating) for name in reported),
        LeaseRows(operating["discounted_rent"]) if "discounted_rent" in operating else None,
    )


BUILDING_LINES = ("uses_of_funds", "draw", "equity_draw", "construction.owners_factor")
"""Lines of construction that results are made of, in the order of `BuildingRows`."""


def check_identities(plan: SitePlan, building: dict[str, list[float]], operating: dict[str, list[float]]) -> None:
    """Raise WithheldError for the first identity that breaks by more than 1e-9 of total assets or, if more, of uses.

    Sources equal uses while the site is built; each period alive closes its balance sheet and conserves cash.
    (Uses are the floor: a site that has written everything off has no assets to measure by.)

    >>> from overbuild.site.examples import PLAN
    >>> built = dict(uses_of_funds=[2.0], funding_gap=[0.0])
    >>> check_identities(PLAN, built, dict(total_assets=[2.0], alive=[1.0], balance_gap=[0.0], cash_gap=[0.0]))
    """
    uses = sum(building["uses_of_funds"])
    for place, gap in enumerate(building["funding_gap"]):
        _within("sources_equal_uses", f"construction period {place}", gap, uses)
    for place, assets in enumerate(operating["total_assets"]):
        if operating["alive"][place] > 0.0:
            scale = max(assets, uses)
            for name, identity in (("balance_gap", "balance_sheet_closes"), ("cash_gap", "cash_conserves")):
                _within(identity, f"operating period {place + 1}", operating[name][place], scale)


def _within(identity: str, when: str, gap: float, scale: float) -> None:
    if not abs(gap) <= _TOLERANCE * scale:
        hint = f"{identity} does not hold in {when}: the answer is withheld"
        raise WithheldError("identity", f"{identity}, {when}", gap, hint)
