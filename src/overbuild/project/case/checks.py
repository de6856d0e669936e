"""Faults of a plan: what cannot be run, each with its path and what to do. All of them are told at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from overbuild.errors import InputError, raise_all
from overbuild.project.case.dates import availability_end, contract_dates, phase_of
from overbuild.project.case.debt_checks import debt_faults
from overbuild.project.case.name_checks import names_missing
from overbuild.project.case.paths import Path
from overbuild.project.case.plan import GpuFleet, ProjectPlan
from overbuild.units import add_up_to_one
from overbuild.world.fields import fields_of


def check_project(plan: ProjectPlan) -> ProjectPlan:
    """The plan as it is. Raises InputErrors for everything that is wrong with it.

    >>> from overbuild.project.examples import PLAN
    >>> check_project(PLAN) is PLAN
    True
    """
    raise_all([*names_missing(plan)])
    raise_all(
        [
            *path_faults(plan),
            *phase_faults(plan),
            *spend_faults(plan),
            *fleet_faults(plan),
            *contract_faults(plan),
            *debt_faults(plan),
        ]
    )
    return plan


def path_faults(record: Any, where: str = "") -> Iterator[InputError]:
    """Paths that cannot be walked: an empty list, growth of -1 or less.

    >>> from overbuild.project.case.plan import SpotMarket
    >>> [fault.code for fault in path_faults(SpotMarket(Path("growing", 1.0, -1.0)), "market")]
    ['bad_path']
    """
    if isinstance(record, Path):
        if record.kind not in ("flat", "growing", "by_year", "by_period"):
            yield InputError("bad_path", where, record.kind, "a path is flat, growing, by_year or by_period")
        elif record.kind in ("by_year", "by_period") and not getattr(record, record.kind):
            yield InputError("bad_path", f"{where}.{record.kind}", (), "a list needs one entry at least")
        elif record.kind == "growing" and not record.growth_per_year > -1.0:
            yield InputError("bad_path", f"{where}.growth", record.growth_per_year, "growth must be above -1")
        return
    for name, field in fields_of(record.__class__).items():
        value, path = getattr(record, name), f"{where}.{name}" if where else name
        if not field.is_record or value is None:
            continue
        for place, one in enumerate(value if field.many else (value,), 1):
            yield from path_faults(one, f"{path}.{getattr(one, 'name', place)}" if field.many else path)


def phase_faults(plan: ProjectPlan) -> Iterator[InputError]:
    """Dates of phases that do not fit the plan.

    >>> from overbuild.project.examples import PLAN
    >>> [fault.code for fault in phase_faults(PLAN._replace(phases=(PLAN.phases[0]._replace(cod=6),)))]
    ['bad_date']
    """
    last = plan.horizon.periods
    if plan.horizon.periods_per_year not in (1, 2, 4, 12):
        yield InputError(
            "bad_periods_per_year", "horizon.periods_per_year", plan.horizon.periods_per_year, "1, 2, 4, 12"
        )
    for phase in plan.phases:
        if not (1 <= phase.cod < last and phase.delay >= 0):
            hint = f"a phase must be complete between period 1 and {last - 1}; a delay is 0 or more"
            yield InputError("bad_date", f"phases.{phase.name}.cod", phase.cod, hint)


def spend_faults(plan: ProjectPlan) -> Iterator[InputError]:
    """Spending that does not add up, or comes after the availability end; values that cannot decay.

    >>> from overbuild.project.examples import PLAN
    >>> late = PLAN._replace(components=(PLAN.components[0]._replace(spend=(0.5, 0.5)), PLAN.components[1]))
    >>> [fault.code for fault in spend_faults(late)]
    ['spend_after_availability']
    """
    end = availability_end(plan)
    bought = {fleet.component for fleet in plan.fleets if fleet.at is not None}
    for one in plan.components:
        path = f"components.{one.name}.spend"
        if one.name in bought and one.spend:
            yield InputError(
                "spend_profile", path, one.spend, "the GPUs of a later fleet are paid when they are bought"
            )
        if one.name not in bought and not add_up_to_one(one.spend):
            yield InputError("spend_profile", path, sum(one.spend), "shares of the cost must add up to 1")
        if any(one.spend[end:]):
            hint = f"nothing can be spent after the availability end, period {end}"
            yield InputError("spend_after_availability", path, len(one.spend), hint)
        if one.decay_per_year is not None and not 0.0 <= one.decay_per_year < 1.0:
            yield InputError(
                "share_out_of_range", f"components.{one.name}.decay_per_year", one.decay_per_year, "0 to 1"
            )
    paid = plan.prepayment
    if paid is not None and any(paid.received[end:]):
        hint = f"a prepayment pays for construction, up to period {end}"
        yield InputError("spend_after_availability", "prepayment.received", len(paid.received), hint)


def fleet_faults(plan: ProjectPlan) -> Iterator[InputError]:
    """Fleets of one phase at one date, or outside the periods in which they can be bought.

    >>> from overbuild.project.examples import PLAN
    >>> [fault.code for fault in fleet_faults(PLAN._replace(fleets=(*PLAN.fleets, PLAN.fleets[0])))]
    ['fleet_order']
    """
    met: set[str] = set()
    for fleet in plan.fleets:
        key = f"{_phase(plan, fleet)}@{fleet.at or 0}"
        if key in met:
            yield InputError("fleet_order", f"fleets.{fleet.name}.at", fleet.at, "one fleet of a phase a date")
        met.add(key)
        if fleet.at is not None and not 0 < fleet.at < plan.horizon.periods:
            hint = f"a fleet is bought between period 1 and {plan.horizon.periods - 1}"
            yield InputError("bad_date", f"fleets.{fleet.name}.at", fleet.at, hint)


def _phase(plan: ProjectPlan, fleet: GpuFleet) -> str:
    return fleet.phase or plan.phases[0].name


def contract_faults(plan: ProjectPlan) -> Iterator[InputError]:
    """Contracts that take more than a phase has, at the delays of the plan, or stop before they start.

    >>> from overbuild.project.examples import PLAN
    >>> twice = (PLAN.contracts[0], PLAN.contracts[0]._replace(name="other", share=0.2))
    >>> [fault.code for fault in contract_faults(PLAN._replace(contracts=twice))]
    ['over_contracted']
    """
    dates = {one.name: contract_dates(plan, one) for one in plan.contracts}
    for one in plan.contracts:
        if one.long_stop is not None and one.long_stop < dates[one.name].agreed:
            hint = f"the long stop must not lie before the agreed start, period {dates[one.name].agreed}"
            yield InputError("long_stop_before_start", f"contracts.{one.name}.long_stop", one.long_stop, hint)
    for phase in plan.phases:
        here = [one for one in plan.contracts if phase_of(plan, one.phase).name == phase.name]
        for period in range(1, plan.horizon.periods + 1):
            live = [one for one in here if dates[one.name].begins <= period <= dates[one.name].ends]
            taken = sum(one.share for one in live)
            if taken > 1.0 + 1e-9:
                hint = f"contracts of {phase.name} take more than all of it in period {period}; let one follow another"
                yield InputError("over_contracted", f"contracts.{live[-1].name}.share", taken, hint)
                break
