"""The smallest site that shows one thing: a hall of 1 MW with GPUs of 1 kW that earns what a case says, in its unit."""

from __future__ import annotations

from itertools import pairwise

from overbuild.site.case.plan import (
    Component,
    DebtReserve,
    GpuFleet,
    Horizon,
    IncomeTax,
    Loan,
    OfftakeContract,
    Path,
    Phase,
    SitePlan,
)
from overbuild.site.run import SiteRun, run_site

GPU_HOURS = 1000 * 8760.0


def earning(cash, components, loan, *, spend=(1.0,), tax=None, reserve=0) -> SitePlan:
    """A site built over the periods of `spend` that then earns `cash` a year under one contract, without costs."""
    built = len(spend)
    none_while_building = (0.0,) * built
    return SitePlan(
        horizon=Horizon(built + len(cash)),
        phases=(Phase("site", it_mw=1.0, cod=built),),
        components=tuple(one._replace(spend=tuple(spend)) for one in components),
        fleets=(GpuFleet("gpus", components[0].name, kw_per_gpu=1.0),),
        contracts=(OfftakeContract("offtake", 1.0, len(cash), _price(none_while_building, cash)),),
        tax=tax or IncomeTax(),
        loans=(loan,),
        reserve=DebtReserve(reserve),
    )


def _price(before, cash):
    return Path("by_period", by_period=(*before, *(one / GPU_HOURS for one in cash)))


def straight_lines(charges):
    """Components whose straight-line tax depreciation adds up to charges that never rise from year to year.

    >>> [(one.cost, one.tax_class) for one in straight_lines([60.0, 60.0, 10.0])]
    [(100.0, 'SL2'), (30.0, 'SL3')]
    """
    found = []
    for years, (charge, after) in enumerate(pairwise((*charges, 0.0)), 1):
        assert charge >= after, "charges that rise are no sum of straight lines"
        if charge > after:
            found.append(Component(f"part_{years}", (charge - after) * years, float(years), f"SL{years}"))
    return tuple(found)


def ran(plan) -> SiteRun:
    """A run that goes on to the end of its plan."""
    run = run_site(plan)
    assert run.outcome is None, run.outcome
    return run


__all__ = ["GPU_HOURS", "Component", "IncomeTax", "Loan", "Path", "earning", "ran", "straight_lines"]
