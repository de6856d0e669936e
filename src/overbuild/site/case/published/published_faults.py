"""Faults of published figures: what the plan cannot be held beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from overbuild.errors import CaseError, did_you_mean
from overbuild.site.case.plan import SitePlan
from overbuild.site.case.published.published_parts import (
    components_beside,
    contracts_beside,
    covenant_of,
    fleets_beside,
    loans_beside,
)
from overbuild.site.case.published.published_plan import AMOUNTS, MEASURES, PublishedBlock, PublishedFigure
from overbuild.world.fields import word_faults

Held: TypeAlias = Callable[[SitePlan, PublishedFigure], Any]

_COSTS: tuple[str, ...] = ("gpu_cost", "gpu_cost_per_mw", "hall_cost", "hall_cost_per_site_mw", "capex", "capex_per_mw")

_NEEDS: Mapping[str, Held] = MappingProxyType(
    {
        **{name: contracts_beside for name, one in MEASURES.items() if one.of == ("contracts", "phases")},
        **{name: loans_beside for name, one in MEASURES.items() if one.of == ("loans",)},
        **dict.fromkeys(_COSTS, components_beside),
        "gpus": fleets_beside,
        "prepayment": lambda plan, figure: plan.prepayment,
        "lease_payment_per_year": lambda plan, figure: plan.lease,
        "market_price": lambda plan, figure: plan.fleets,
        "dscr_covenant": lambda plan, figure: covenant_of(plan),
    }
)
"""What of the plan a measure is held beside; where that is nothing, the plan cannot have the measure."""


def published_faults(figures: Iterable[PublishedFigure], plan: SitePlan) -> Iterator[CaseError]:
    """The faults of published figures beside a plan without a fault, by path.

    >>> from overbuild.site.examples import PLAN
    >>> figures = (PublishedFigure("loan", "debt", 3.65e9, of="seniro"), PublishedFigure("ahead", "prepayment", 1e9))
    >>> [f"{fault.path} {fault.code}" for fault in published_faults(figures, PLAN)]
    ['published.loan.of unknown_name', 'published.ahead.measure bad_value']
    """
    for figure in figures:
        path = f"published.{figure.name}"
        faults = [*word_faults(PublishedBlock((figure,)))] or [*_of_faults(figure, plan, path)]
        yield from faults or _sense_faults(figure, plan, path)


def _of_faults(figure: PublishedFigure, plan: SitePlan, path: str) -> Iterator[CaseError]:
    blocks = MEASURES[figure.measure].of
    names = [one.name for block in blocks for one in getattr(plan, block)]
    if figure.of and not blocks:
        hint = f"{figure.measure} is one of the whole site; leave out `of`"
        yield CaseError("bad_value", f"{path}.of", figure.of, hint)
    elif figure.of and figure.of not in names:
        known = f"It has {', '.join(names)}" if names else "It has none"
        hint = f"the case has no such name among its {' and '.join(blocks)}.{did_you_mean(figure.of, names)} {known}"
        yield CaseError("unknown_name", f"{path}.of", figure.of, hint)
    elif figure.measure == "tenor_years" and not figure.of:
        known = ", ".join(names) or "none"
        yield CaseError("missing", f"{path}.of", None, f"say of which contract or loan; the case has {known}")


def _sense_faults(figure: PublishedFigure, plan: SitePlan, path: str) -> Iterator[CaseError]:
    measure, needs = MEASURES[figure.measure], _NEEDS.get(figure.measure)
    if needs is not None and not needs(plan, figure):
        hint = f"the case has nothing to hold it beside: {measure.said}"
        yield CaseError("bad_value", f"{path}.measure", figure.measure, hint)
    if figure.value <= 0.0:
        yield CaseError(
            "bad_value", f"{path}.value", figure.value, "more than 0 is needed: differences are shares of it"
        )
    if figure.share == 0.0:
        yield CaseError("bad_value", f"{path}.share", figure.share, "more than 0 is needed: the part that the case is")
    elif figure.share != 1.0 and measure.unit not in AMOUNTS:
        hint = f"only of an amount can a case be a part; {figure.measure} is in {measure.unit}: leave out `share`"
        yield CaseError("bad_value", f"{path}.share", figure.share, hint)
