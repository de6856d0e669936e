"""What a load emits, by each basis on which it is counted, what of a target it misses, and what that costs."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum
from overbuild.units import MwhPerYear, Share, Tonnes, TonnesPerMwh, UsdPerTonne, UsdPerYear

BASES = ("location", "market", "hourly")
"""Bases on which a target may stand: where it draws, what it has contracted, what it matches hour by hour."""


class Accounting(NamedTuple):
    """Factors and targets of a load: averages of its grid, what it contracts, what it has promised, prices of a tonne.

    `contracted` is contracted clean energy as a share of what is drawn from the grid, `hourly_match` the share matched hour
    by hour, `free` the share of emissions that needs no allowance.
    """

    onsite_ef: TonnesPerMwh
    grid_ef: TonnesPerMwh
    contracted: Share
    contract_ef: TonnesPerMwh
    residual_ef: TonnesPerMwh
    hourly_match: Share
    target: Tonnes
    carbon_price: UsdPerTonne
    free: Share
    fine: UsdPerTonne


class EmissionsByBasis(NamedTuple):
    """Scope 1, and scope 2 on each basis; what the system emits more because of the load is `marginal`."""

    scope1: Tonnes
    location: Tonnes
    market: Tonnes
    hourly: Tonnes
    marginal: Tonnes


def emissions_by_basis(
    terms: Accounting, drawn: MwhPerYear, made_onsite: MwhPerYear, marginal_ef: TonnesPerMwh
) -> EmissionsByBasis:
    """What a load emits: scope 1, scope 2 by location, by contracts, by hourly matching, and on the margin.

        scope 1  = MWh made on site * onsite factor
        location = MWh drawn * grid factor
        market   = MWh not matched * residual factor + MWh matched * contract factor
        hourly   = location * (1 - hourly match)
        marginal = MWh drawn * marginal factor

    `matched` is the lesser of what is drawn and what is contracted. Both ways of scope 2 are always given.
    Source: GHG Protocol Scope 2 Guidance 2015, dual reporting; the hourly and marginal bases as the model's
    specification E.6.

    >>> terms = Accounting(0.41, 0.36, 0.7997, 0.0, 0.45, 0.55, 350000.0, 25.0, 0.1, 15.0)
    >>> found = emissions_by_basis(terms, 1875603.6, 625201.2, 0.5)
    >>> round(found.scope1, 3), round(found.location, 3), round(found.hourly, 4)
    (256332.492, 675217.296, 303847.7832)
    """
    matched = minimum(drawn, drawn * terms.contracted)
    location = line("emissions.scope2.location", drawn * terms.grid_ef)
    return EmissionsByBasis(
        line("emissions.scope1", made_onsite * terms.onsite_ef),
        location,
        line("emissions.scope2.market", (drawn - matched) * terms.residual_ef + matched * terms.contract_ef),
        line("emissions.scope2.hourly", location * (1 - terms.hourly_match)),
        line("emissions.marginal", drawn * marginal_ef),
    )


class TargetMiss(NamedTuple):
    """By how much a target is missed on its basis, what the carbon of that basis costs, and the fine."""

    miss: Tonnes
    carbon_cost: UsdPerYear
    fine: UsdPerYear


def target_miss(basis: str, terms: Accounting, found: EmissionsByBasis) -> TargetMiss:
    """The miss of a target on a basis, and what it costs.

        miss        = max(scope 1 + scope 2 on the basis - target, 0)
        carbon cost = (scope 1 + scope 2 on the basis) * carbon price * (1 - free share)
        fine        = miss * fine a tonne

    Source: the model's specification E.6.

    >>> terms = Accounting(0.41, 0.36, 0.7997, 0.0, 0.45, 0.55, 350000.0, 25.0, 0.1, 15.0)
    >>> miss = target_miss("market", terms, EmissionsByBasis(256332.492, 675217.296, 169021.62, 303847.7832, 0.0))
    >>> round(miss.miss, 3), round(miss.carbon_cost, 2), round(miss.fine, 2)
    (75354.112, 9570467.52, 1130311.68)
    """
    by_basis = {"location": found.location, "market": found.market, "hourly": found.hourly}
    counted = line(f"emissions.counted.{basis}", found.scope1 + by_basis[basis])
    miss = line(f"emissions.miss.{basis}", maximum(counted - terms.target, 0))
    cost = line(f"emissions.carbon_cost.{basis}", counted * terms.carbon_price * (1 - terms.free))
    return TargetMiss(miss, cost, line(f"emissions.fine.{basis}", miss * terms.fine))
