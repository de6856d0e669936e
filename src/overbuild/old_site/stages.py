"""The stages of a site: what each function of its equations is given, and where it stands on the axis.

Place 0 is close, construction follows, then operation. `model.py` puts them together, sizing runs some of them.
"""

from __future__ import annotations

from overbuild.equations.model import Left, RowOf, Stage
from overbuild.old_site.case.plan import SitePlan
from overbuild.old_site.financing.construction import before_close, construct, opening
from overbuild.old_site.financing.holdco import (
    HoldcoInputs,
    HoldcoRows,
    HoldcoShape,
    HoldcoState,
    HoldcoTerms,
    holdco_period,
    holdco_results,
    scheduled_balances,
)
from overbuild.old_site.loan_results import TrancheRows
from overbuild.old_site.period import period
from overbuild.old_site.results import BuildingRows, LeaseRows, OperatingRows, Rows, results
from overbuild.old_site.terms.inputs import BuildInputs, Inputs
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.state import BuildState
from overbuild.old_site.terms.terms import Terms


def start_of(plan: SitePlan) -> int:
    """The first place of operation.

    >>> from overbuild.old_site.examples import PLAN
    >>> start_of(PLAN)
    3
    """
    return plan.site.construction_periods + plan.site.delay_periods + 1


def construction_stage(shape: Shape, columns: BuildInputs, terms: Terms) -> Stage:
    """Close and the construction periods.

    >>> from overbuild.old_site.examples import BUILDING, SHAPE, TERMS
    >>> construction_stage(SHAPE, BUILDING, TERMS).first
    0
    """
    return Stage("construction", construct, shape, terms, before_close(shape), columns)


def opening_stage(shape: Shape, terms: Terms, start: int, built: BuildState | None = None) -> Stage:
    """The site on its first day, from what construction left, or from what it is said to have left.

    `start` is the first place of operation.

    >>> from overbuild.old_site.examples import SHAPE, TERMS
    >>> opening_stage(SHAPE, TERMS, 3).opening
    Left(stage='construction')
    """
    return Stage("opening", opening, shape, terms, Left("construction") if built is None else built, None, start - 1)


def operation_stage(shape: Shape, columns: Inputs, terms: Terms, start: int) -> Stage:
    """The operating periods, from the opening on.

    >>> from overbuild.old_site.examples import INPUTS, SHAPE, TERMS
    >>> operation_stage(SHAPE, INPUTS, TERMS, 3).opening
    Left(stage='opening')
    """
    return Stage("operation", period, shape, terms, Left("opening"), columns, start)


def results_stage(shape: Shape, terms: Terms) -> Stage:
    """Results from whole rows.

    >>> from overbuild.old_site.examples import SHAPE, TERMS
    >>> results_stage(SHAPE, TERMS).opening.building.draw
    RowOf(stage='construction', line='draw')
    """
    return Stage("results", results, shape, terms, rows_taken(shape))


def rows_taken(shape: Shape) -> Rows:
    """The rows that results are made of: of which stage each is, and which line.

    >>> from overbuild.old_site.examples import STACK
    >>> rows_taken(STACK).tranches[1].dscr
    RowOf(stage='operation', line='gpu.dscr')
    """
    building = {"owners_factor": "construction.owners_factor"}
    return Rows(
        BuildingRows(*(RowOf("construction", building.get(name, name)) for name in BuildingRows._fields)),
        OperatingRows(*(RowOf("operation", name) for name in OperatingRows._fields)),
        tuple(_tranche_rows(name) for name in shape.reported),
        None if shape.lease == "none" else LeaseRows(RowOf("operation", "discounted_rent")),
    )


def _tranche_rows(name: str) -> TrancheRows:
    """The rows of one loan; a mezzanine has interest added to it while the site is built."""
    rows = {word: RowOf("operation", f"{name}.{word}") for word in TrancheRows._fields[2:-1]}
    added = RowOf("construction", "mezzanine.capitalised_interest") if name == "mezzanine" else None
    return TrancheRows(name=name, draw=RowOf("construction", f"{name}.draw"), added=added, **rows)


def holdco_stages(plan: SitePlan) -> tuple[Stage, ...]:
    """The debt of the holding company, paid from what the site pays its owners, and its results; none without one.

    >>> from overbuild.old_site.examples import PLAN
    >>> holdco_stages(PLAN)
    ()
    """
    holdco = plan.holdco
    if holdco is None:
        return ()
    terms = HoldcoTerms(holdco.amount, holdco.rate_per_year, float(plan.site.periods_per_year))
    balances = list(scheduled_balances(holdco, plan.site.periods_per_year, plan.site.operating_periods))
    columns = HoldcoInputs(RowOf("operation", "net_cash_to_equity"), balances)
    rows = HoldcoRows(RowOf("holdco", "holdco.dscr"), RowOf("holdco", "holdco.covered"))
    return (
        Stage("holdco", holdco_period, HoldcoShape(), terms, HoldcoState(holdco.amount), columns, start_of(plan)),
        Stage("holdco_results", holdco_results, None, terms, rows),
    )
