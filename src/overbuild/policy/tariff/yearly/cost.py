"""What serving a large load costs in a year: what was built for it, its upkeep, energy, capacity bought or sold."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import clip, line, minimum, power
from overbuild.money.annuity import annuity_factor
from overbuild.policy.tariff.yearly.charges import TariffTerms
from overbuild.policy.tariff.yearly.demand import DrawnLoad
from overbuild.units import KW_PER_MW, Mw, PerYear, Ratio, Share, Usd, UsdPerKwMonth, UsdPerMwh, UsdStock, Years


class BuiltTerms(NamedTuple):
    """What a utility builds for a load and what it costs to hold: `direct` serves it alone, `network` is shared.

    `carrying_cost_per_year` is what capital costs before tax. `uptake_per_year` is the share of the contract that others'
    growth takes up in a year once the load has left it.
    """

    direct: UsdStock
    network: UsdStock
    generation: UsdStock
    generation_mw: Mw
    carrying_cost_per_year: PerYear
    network_life_years: Years
    generation_life_years: Years
    upkeep_share: Share
    upkeep_avoidable_share: Share
    energy_cost: UsdPerMwh
    capacity_price: UsdPerKwMonth
    cost_growth_per_year: PerYear
    uptake_per_year: Share


class Committed(NamedTuple):
    """What is committed for a load, after what it paid itself: capital of the wires and of generation, and MW of it."""

    wires: UsdStock
    generation: UsdStock
    generation_mw: Mw
    contribution: UsdStock


class Served(NamedTuple):
    """The cost of a year: what capital recovers, upkeep, energy, capacity bought (below 0: sold), less what others take up."""

    recovery: Usd
    upkeep: Usd
    energy: Usd
    capacity: Usd
    taken_up: Usd
    cost: Usd


def committed_for(built: BuiltTerms, tariff: TariffTerms) -> Committed:
    """What the utility commits for a load, after contribution in aid, own capacity and curtailment.

        contribution = direct * contribution share
        wires        = direct - contribution + network
        generation   = generation * (1 - own share) * (1 - curtailable share), its MW alike

    Source: ours, a simplification: generation shrinks with the load's claim on it, to the last MW; a load that can be
    curtailed when the system peaks asks for none.

    >>> from overbuild.policy.tariff.examples import BUILT, TARIFF
    >>> asked = TARIFF._replace(contribution_share=1.0, own_capacity_share=0.5, curtailable_share=0.2)
    >>> committed_for(BUILT._replace(generation=400e6, generation_mw=400.0), asked)
    Committed(wires=150000000.0, generation=160000000.0, generation_mw=160.0, contribution=50000000.0)
    """
    contribution = line("aid_paid", built.direct * tariff.contribution_share)
    needed = (1 - tariff.own_capacity_share) * (1 - tariff.curtailable_share)
    wires = line("committed_wires", built.direct - contribution + built.network)
    plants = line("committed_generation", built.generation * needed)
    line("committed_capital", wires + plants)
    return Committed(wires, plants, line("committed_generation_mw", built.generation_mw * needed), contribution)


def recovered_in_year(capital: UsdStock, rate: PerYear, life_years: Years, year: Years) -> Usd:
    """What a year recovers of capital: a level payment over its life, none after it.

        recovered = capital / annuity factor (rate, life) * clip(life - (year - 1), 0, 1)

    Edges: the present value of a whole life is the capital.
    Source: capital recovery factor, as for the network channel of a bill; ours, a convention: level, where rate base would
    recover more in early years and less in late ones.

    >>> round(recovered_in_year(100.0, 0.08, 2.0, 1.0), 6), recovered_in_year(100.0, 0.08, 2.0, 3.0)
    (56.076923, 0.0)
    """
    return capital / annuity_factor(rate, life_years) * clip(life_years - (year - 1), 0, 1)


def taken_up_share(before: Share, gone: Share, uptake_per_year: Share) -> Share:
    """The share of what a load left that the growth of others has taken up.

        taken up = min(gone, taken up before + uptake * gone)

    Source: ours, a simplification of a system that grows: what stands idle is used as others would have needed to build.

    >>> taken_up_share(0.2, 1.0, 0.1), taken_up_share(0.95, 1.0, 0.1), taken_up_share(0.0, 0.0, 0.1)
    (0.30000000000000004, 1.0, 0.0)
    """
    return line("taken_up_share", minimum(gone, before + uptake_per_year * gone))


def cost_level(growth_per_year: PerYear, year: Years) -> Ratio:
    """Costs of energy and capacity in a year against those of the first.

        cost level = (1 + growth) ** (year - 1)

    Source: ours, a convention: growth by whole years.

    >>> round(cost_level(0.02, 2.0), 2)
    1.02
    """
    return line("cost_level", power(1 + growth_per_year, year - 1))


def served_in_year(
    built: BuiltTerms, tariff: TariffTerms, drawn: DrawnLoad, taken_up: Share, year: Years, level: Ratio
) -> Served:
    """The cost of serving a load in a year, whether it has come or not.

        recovery = recovered of wires + recovered of generation
        upkeep   = (direct + network + generation) * upkeep share * in life * (1 - avoidable * gone)
        capacity = (needed MW - own generation MW not taken up) * 1000 * 12 * capacity price, below 0: sold
        taken up = taken up share * (recovery + upkeep)
        cost     = recovery + upkeep + energy + capacity - taken up

    `level` is that of costs. Edges: what others' growth takes up is theirs to pay and no cost of the load.
    Source: ours, an identity of its parts; cost of service as in [naruc-1992].

    >>> from overbuild.policy.tariff.examples import BUILT, TARIFF
    >>> found = served_in_year(BUILT, TARIFF, DrawnLoad(0.0, 500.0, 0.0), 0.0, 1.0, 1.0)
    >>> round(found.recovery), round(found.upkeep), round(found.cost)
    (16772032, 4000000, 20772032)
    """
    committed = committed_for(built, tariff)
    rate = built.carrying_cost_per_year
    wires = recovered_in_year(committed.wires, rate, built.network_life_years, year)
    plants = recovered_in_year(committed.generation, rate, built.generation_life_years, year)
    recovery = line("capital_recovery", wires + plants)
    upkeep = _upkeep(built, committed, drawn.gone, year)
    energy = line("energy_cost_to_serve", drawn.energy_mwh * built.energy_cost * level)
    capacity = _capacity(built, committed, tariff, drawn, taken_up, year) * level
    capacity = line("capacity_bought", capacity)
    used = line("taken_up_by_others", taken_up * (recovery + upkeep))
    return Served(
        recovery,
        upkeep,
        energy,
        capacity,
        used,
        line("cost_to_serve", recovery + upkeep + energy + capacity - used),
    )


def _upkeep(built: BuiltTerms, committed: Committed, gone: Share, year: Years) -> Usd:
    wires = (built.direct + built.network) * clip(built.network_life_years - (year - 1), 0, 1)
    plants = committed.generation * clip(built.generation_life_years - (year - 1), 0, 1)
    kept = 1 - built.upkeep_avoidable_share * gone
    return line("upkeep", (wires + plants) * built.upkeep_share * kept)


def _capacity(
    built: BuiltTerms, committed: Committed, tariff: TariffTerms, drawn: DrawnLoad, taken_up: Share, year: Years
) -> Usd:
    needed = drawn.metered_mw * (1 - tariff.own_capacity_share) * (1 - tariff.curtailable_share)
    stands = committed.generation_mw * clip(built.generation_life_years - (year - 1), 0, 1) * (1 - taken_up)
    short = line("capacity_short_mw", needed - stands)
    return short * KW_PER_MW * 12 * built.capacity_price
