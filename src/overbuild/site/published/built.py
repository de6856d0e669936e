"""What is built: size, GPUs, costs, and what running it costs."""

from __future__ import annotations

from collections.abc import Callable

from overbuild.site.case.dates import first_in_service, phase_of
from overbuild.site.case.published.published_parts import components_beside, fleets_beside, phases_beside
from overbuild.site.case.published.published_plan import PublishedFigure
from overbuild.site.operations.load import gpu_count
from overbuild.site.run import SiteRun


def it_mw(run: SiteRun, figure: PublishedFigure) -> float:
    """IT load, MW.

    >>> from overbuild.site.examples import RUN
    >>> it_mw(RUN, PublishedFigure("load", "it_mw", 100.0))
    100.0
    """
    return sum(one.it_mw for one in phases_beside(run.plan, figure))


def site_mw(run: SiteRun, figure: PublishedFigure) -> float:
    """IT load times PUE, MW."""
    return it_mw(run, figure) * run.plan.horizon.pue


def gpus(run: SiteRun, figure: PublishedFigure) -> float:
    """GPUs with which the phases open: IT load over the load of one, a count.

    >>> from overbuild.site.examples import RUN
    >>> gpus(RUN, PublishedFigure("chips", "gpus", 1e5))
    100000.0
    """
    plan = run.plan
    return sum(gpu_count(phase_of(plan, one.phase).it_mw, one.kw_per_gpu) for one in fleets_beside(plan, figure))


def cost(run: SiteRun, figure: PublishedFigure) -> float:
    """Cost of the components of a figure as planned, USD: of GPUs, of all but GPUs, or of all.

    >>> from overbuild.site.examples import RUN
    >>> [cost(RUN, PublishedFigure("cost", measure, 1.0)) / 1e6 for measure in ("gpu_cost", "hall_cost", "capex")]
    [600.0, 400.0, 1000.0]
    """
    return sum(one.cost for one in components_beside(run.plan, figure))


def cost_per_mw(run: SiteRun, figure: PublishedFigure) -> float:
    """Cost of the components of a figure for each MW of IT load, USD per MW."""
    return cost(run, figure) / it_mw(run, figure)


def cost_per_site_mw(run: SiteRun, figure: PublishedFigure) -> float:
    """Cost of the components of a figure for each MW of IT load times PUE, USD per MW."""
    return cost(run, figure) / site_mw(run, figure)


def costs_per_mw_year(line: str) -> Callable[[SiteRun, PublishedFigure], float]:
    """Costs of a line in the first year in which all phases are in service, for each MW of IT load.

    >>> from overbuild.site.examples import RUN
    >>> costs_per_mw_year("opex")(RUN, PublishedFigure("costs", "opex_per_mw_year", 1e6)) / 1e6
    1.0
    """
    return lambda run, figure: _first_year(run, line) / it_mw(run, figure)


def ebitda_margin(run: SiteRun, figure: PublishedFigure) -> float:
    """EBITDA over revenue in the first year in which all phases are in service; 0 without revenue.

    Revenue of 438m USD less costs of 100m:

    >>> from overbuild.site.examples import RUN
    >>> round(ebitda_margin(RUN, PublishedFigure("margin", "ebitda_margin", 0.8)), 6)
    0.771689
    """
    revenue = _first_year(run, "revenue")
    return _first_year(run, "ebitda") / revenue if revenue > 0.0 else 0.0


def _first_year(run: SiteRun, line: str) -> float:
    first = max(first_in_service(one) for one in run.plan.phases)
    return sum(run.lines[line][first : first + run.plan.horizon.periods_per_year])
