"""Capacity, load and power of the phases: GPU-hours, energy, demand charge."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, power, total
from overbuild.site.operations.contracts import LiveContract
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.paths import path_value
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import State
from overbuild.site.terms.terms import HorizonTerms, Terms
from overbuild.units import (
    HOURS_PER_YEAR,
    KW_PER_MW,
    Count,
    Flag01,
    GpuHours,
    KwPerGpu,
    Mw,
    Ratio,
    Share,
    Usd,
    UsdPerKwMonth,
    UsdPerMwh,
    Years,
)


class PhaseLoad(NamedTuple):
    """A phase in a period: hours of its GPUs, kW-months of its hall, what no contract takes, what its power costs."""

    name: str
    hours: GpuHours
    kw_months: Count
    free: Share
    energy: Usd
    demand: Usd


def gpu_count(it_mw: Mw, kw_per_gpu: KwPerGpu) -> Count:
    """GPUs that an IT load feeds.

        gpus = it_mw * 1000 / kw_per_gpu

    Valid: a load of one above 0. Source: standard.

    >>> gpu_count(100.0, 2.5)
    40000.0
    """
    return it_mw * KW_PER_MW / kw_per_gpu


def fleet_hours(
    it_mw: Mw, kw_per_gpu: KwPerGpu, performance: Ratio, age_years: Years, horizon: HorizonTerms
) -> GpuHours:
    """Hours that a fleet offers in a period, in hours of the first kind of GPU.

        hours = gpus * (1 - attrition)^age * availability * performance * 8760 / periods_per_year

    `gpus` is `gpu_count`. Source: ours, a simplification: steady attrition, the same availability in every hour.

    >>> from overbuild.site.examples import TERMS
    >>> fleet_hours(100.0, 1.0, 1.0, 0.0, TERMS.horizon) / 1e6
    876.0
    """
    gpus = gpu_count(it_mw, kw_per_gpu) * power(1.0 - horizon.attrition_per_year, age_years)
    return gpus * horizon.availability_share * performance * HOURS_PER_YEAR / horizon.periods_per_year


def load_share(
    has_gpus: Flag01, leased: Share, used_by_gpus: Share, used_by_tenants: Share, idle_load_share: Share
) -> Share:
    """Load of a hall as a share of its IT load.

        load = has_gpus * (idle * (1 - leased) + (1 - idle) * used_by_gpus) + used_by_tenants

    `used_by_gpus` is the share of the hall whose GPUs work, `used_by_tenants` what tenants of the leased share draw.
    Source: ours, a simplification: load rises linearly with use from the idle load.

    >>> load_share(1.0, 0.0, 0.5, 0.0, 0.4)
    0.7
    """
    working = idle_load_share * (1.0 - leased) + (1.0 - idle_load_share) * used_by_gpus
    return has_gpus * working + used_by_tenants


def energy_cost(it_mw: Mw, load: Share, price: UsdPerMwh, horizon: HorizonTerms) -> Usd:
    """Energy of a period at the price of the power contract.

        energy = it_mw * load * pue * 8760 / periods_per_year * price

    Source: ours, a simplification: one price for every hour of a period.

    >>> from overbuild.site.examples import TERMS
    >>> energy_cost(100.0, 0.5, 60.0, TERMS.horizon)
    26280000.0
    """
    return it_mw * load * horizon.pue * HOURS_PER_YEAR / horizon.periods_per_year * price


def demand_cost(it_mw: Mw, minimum_share: Share, charge: UsdPerKwMonth, horizon: HorizonTerms) -> Usd:
    """Demand charge of a period on contracted demand, whatever is used.

        demand = it_mw * pue * minimum_share * 1000 * 12 / periods_per_year * charge

    Source: large-load tariffs, which bill 85% of contracted demand (AEP Ohio data center tariff, 2025).

    >>> from overbuild.site.examples import TERMS
    >>> demand_cost(100.0, 0.85, 10.0, TERMS.horizon)
    10200000.0
    """
    return it_mw * horizon.pue * minimum_share * KW_PER_MW * 12.0 / horizon.periods_per_year * charge


def phase_loads(
    shape: Shape,
    contracts: tuple[LiveContract, ...],
    state: State,
    inputs: Inputs,
    terms: Terms,
) -> tuple[PhaseLoad, ...]:
    """Hours, free share and power of each phase.

    Source: its parts: `fleet_hours`, `load_share`, `energy_cost`, `demand_cost`.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> from overbuild.site.operations.contracts import live_contracts
    >>> live = live_contracts(SHAPE, OPENING, INPUTS, TERMS)
    >>> phase_loads(SHAPE, live, OPENING, INPUTS, TERMS)[0].hours / 1e6
    876.0
    """
    horizon = terms.horizon
    fleets = list(zip(shape.fleets, state.fleets, inputs.fleets, terms.fleets, strict=True))
    sold = list(zip(shape.contracts, contracts, strict=True))
    use = path_value(shape.market_utilisation, inputs.market_utilisation, terms.market.utilisation)
    price = line("energy_price", path_value(shape.energy_price, inputs.energy_price, terms.power.price))
    charge = path_value(shape.demand_charge, inputs.demand_charge, terms.power.demand_charge)
    found: list[PhaseLoad] = []
    for phase, given, term in zip(shape.phases, inputs.phases, terms.phases, strict=True):
        here = [one for one in fleets if one[0].phase == phase.name]
        hours = given.running * total(
            fleet.stands * fleet_hours(term.it_mw, ft.kw_per_gpu, ft.performance, fg.age_years, horizon)
            for _, fleet, fg, ft in here
        )
        by_gpu = [one for modes, one in sold if modes.phase == phase.name and modes.unit == "gpu_hour"]
        by_kw = [one for modes, one in sold if modes.phase == phase.name and modes.unit == "kw_month"]
        leased = total(one.taken for one in by_kw)
        free = 1.0 - total(one.taken for one in by_gpu) - leased
        working = free * use + total(one.taken * one.used for one in by_gpu)
        stands = total(fleet.stands for _, fleet, _, _ in here)
        tenants = total(one.taken * one.used for one in by_kw)
        load = given.running * load_share(stands, leased, working, tenants, horizon.idle_load_share)
        demand = given.energised * demand_cost(term.it_mw, terms.power.minimum_share, charge, horizon)
        found.append(
            PhaseLoad(
                name=phase.name,
                hours=line(f"{phase.name}.gpu_hours", hours),
                kw_months=term.it_mw * KW_PER_MW * 12.0 / horizon.periods_per_year,
                free=free,
                energy=line(f"{phase.name}.energy_cost", energy_cost(term.it_mw, load, price, horizon)),
                demand=line(f"{phase.name}.demand_charge", demand),
            )
        )
    return tuple(found)
