"""Faults of what is built: phases, components, fleets."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError, InputError, did_you_mean
from overbuild.site.case.dates import availability_end
from overbuild.site.case.faults.known_dates import named_phase
from overbuild.site.case.plan import Component, GpuFleet, Phase, SitePlan
from overbuild.site.case.tax_tables import depreciation_table
from overbuild.units import add_up_to_one


def building_faults(plan: SitePlan) -> Iterator[CaseError]:
    """Faults of phases, components and fleets, one by one.

    >>> from overbuild.site.case.plan import Horizon
    >>> plan = SitePlan(Horizon(10), (Phase("hall", 100, 4),), (), (GpuFleet("new", "it", 2.6, at=3),))
    >>> [fault.code for fault in building_faults(plan)]
    ['unknown_name', 'fleet_order']
    """
    for phase in plan.phases:
        yield from _phase_faults(plan, phase)
    agreed, last = plan.funding.availability_end, max(phase.cod for phase in plan.phases)
    if agreed is not None and not last <= agreed < plan.horizon.periods:
        hint = f"money can be drawn until the last planned completion, {last}, or later: to {plan.horizon.periods - 1}"
        yield CaseError("bad_period", "funding.availability_end", agreed, hint)
    later = {fleet.component for fleet in plan.fleets if fleet.at is not None}
    for component in plan.components:
        yield from _component_faults(plan, component, bought_later=component.name in later)
    for place, fleet in enumerate(plan.fleets):
        yield from _fleet_faults(plan, fleet)
        yield from _order_faults(plan, fleet, plan.fleets[:place])


def unknown_phase(plan: SitePlan, name: str, path: str) -> Iterator[CaseError]:
    """The fault of a phase that is not there, or that is not named where there are several."""
    if named_phase(plan, name) is None:
        names = [phase.name for phase in plan.phases]
        hint = f"one of {', '.join(names)}.{did_you_mean(name, names)}" if name else f"say which: {', '.join(names)}"
        yield CaseError("unknown_phase", f"{path}.phase", name or None, hint)


def _phase_faults(plan: SitePlan, phase: Phase) -> Iterator[CaseError]:
    path, last = f"phases.{phase.name}", plan.horizon.periods - 1
    if not 1 <= phase.cod <= last:
        hint = f"a phase is completed after close and before the end: 1 to {last}"
        yield CaseError("bad_period", f"{path}.cod", phase.cod, hint)
    elif phase.cod + phase.delay > last:
        hint = f"with its delay the phase is completed before the end: at most {last - phase.cod} periods late"
        yield CaseError("bad_period", f"{path}.delay", phase.delay, hint)
    if phase.energised is not None and not 0 <= phase.energised <= plan.horizon.periods:
        hint = f"from close to the end: 0 to {plan.horizon.periods}"
        yield CaseError("bad_period", f"{path}.energised", phase.energised, hint)


def _component_faults(plan: SitePlan, component: Component, *, bought_later: bool) -> Iterator[CaseError]:
    path = f"components.{component.name}"
    yield from unknown_phase(plan, component.phase, path)
    if bought_later and component.spend:
        hint = "the GPUs of a later fleet are paid when they are bought; leave out spend"
        yield CaseError("contradiction", f"{path}.spend", None, hint)
    elif not bought_later:
        yield from _spend_faults(component.spend, f"{path}.spend", availability_end(plan))
    if component.book_life_years <= 0.0:
        hint = "a book life is longer than 0 years"
        yield CaseError("negative", f"{path}.book_life_years", component.book_life_years, hint)
    try:
        depreciation_table(component.tax_class)
    except InputError as error:
        yield CaseError(error.code, f"{path}.tax_class", error.value, error.hint)


def _spend_faults(spend: tuple[float, ...], path: str, last: int) -> Iterator[CaseError]:
    if not spend:
        yield CaseError("missing", path, None, "say when the cost is spent: spend: [0.5, 0.5], the first is period 1")
        return
    if any(spend[last:]) or len(spend) > last:
        hint = f"construction is paid by the availability end: at most {last} shares, the first is period 1"
        yield CaseError("spend_after_availability", path, len(spend), hint)
    if not add_up_to_one(spend):
        yield CaseError("spend_profile", path, sum(spend), "the shares of the cost add up to 1")


def _fleet_faults(plan: SitePlan, fleet: GpuFleet) -> Iterator[CaseError]:
    path, end = f"fleets.{fleet.name}", plan.horizon.periods
    yield from unknown_phase(plan, fleet.phase, path)
    component = next((one for one in plan.components if one.name == fleet.component), None)
    stands, bought_for = named_phase(plan, component.phase if component else ""), named_phase(plan, fleet.phase)
    if component is None:
        names = [one.name for one in plan.components]
        hint = f"one of {', '.join(names)}.{did_you_mean(fleet.component, names)}"
        yield CaseError("unknown_name", f"{path}.component", fleet.component, hint)
    elif None not in (stands, bought_for) and stands != bought_for:
        hint = f"{component.name} stands in another phase, {component.phase}"
        yield CaseError("contradiction", f"{path}.component", fleet.component, hint)
    phase = bought_for
    if fleet.at is not None and phase is not None and not phase.cod + phase.delay < fleet.at < end:
        hint = (
            f"new GPUs come after completion and need a period to work in: {phase.cod + phase.delay + 1} to {end - 1}"
        )
        yield CaseError("fleet_order", f"{path}.at", fleet.at, hint)
    first = fleet.at if fleet.at is not None else phase.cod if phase is not None else 0
    if fleet.until is not None and not first < fleet.until <= end:
        hint = f"GPUs leave after they came, and by the end: {first + 1} to {end}"
        yield CaseError("bad_period", f"{path}.until", fleet.until, hint)


def _order_faults(plan: SitePlan, fleet: GpuFleet, before: tuple[GpuFleet, ...]) -> Iterator[CaseError]:
    """Two fleets of one phase that come on one date: which of them stands?"""
    for other in before:
        if other.at == fleet.at and named_phase(plan, other.phase) == named_phase(plan, fleet.phase):
            when = "stand from completion" if fleet.at is None else f"are bought in period {fleet.at}"
            hint = f"{other.name} and {fleet.name} both {when}; a phase has one fleet at a time"
            yield CaseError("fleet_order", f"fleets.{fleet.name}.at", fleet.at, hint)
