"""Faults of single numbers on which the equations have no value: losses of all or more, nothing to divide by."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError
from overbuild.site.case.plan import SitePlan

_LOSS = "a loss a year is a decimal from 0 to below 1 (0.3 loses 30% a year)"


def number_faults(plan: SitePlan) -> Iterator[CaseError]:
    """Numbers that no formula can take, whoever wrote the plan.

    >>> from overbuild.site.examples import PLAN
    >>> lost = PLAN._replace(fleets=(PLAN.fleets[0]._replace(kw_per_gpu=0.0),))
    >>> [f"{fault.path} {fault.code}" for fault in number_faults(lost)]
    ['fleets.first.kw_per_gpu bad_value']
    """
    losses = {
        "horizon.attrition_per_year": plan.horizon.attrition_per_year,
        "enforcement.decay_per_year": plan.enforcement.decay_per_year,
    }
    losses |= {
        f"components.{one.name}.decay_per_year": one.decay_per_year
        for one in plan.components
        if one.decay_per_year is not None
    }
    for path, loss in losses.items():
        if not 0.0 <= loss < 1.0:
            yield CaseError("bad_value", path, loss, _LOSS)
    divisors = {f"fleets.{one.name}.kw_per_gpu": one.kw_per_gpu for one in plan.fleets}
    divisors |= {f"tests.{place}.level": one.level for place, one in enumerate(plan.tests, 1)}
    for path, number in divisors.items():
        if not number > 0.0:
            yield CaseError("bad_value", path, number, "more than 0 is needed")
