"""A large load under a plain tariff, for the worked numbers of this room."""

from __future__ import annotations

from overbuild.policy.tariff.yearly.charges import DemandCharge, TariffTerms
from overbuild.policy.tariff.yearly.cost import BuiltTerms
from overbuild.policy.tariff.yearly.demand import LoadTerms
from overbuild.policy.tariff.yearly.sharing import ClassTerms, SharingTerms

LOAD = LoadTerms(500.0, (1.0,), 0.85, 1.0, 0.0, 40.0, 0.0)
"""500 MW that come in time, are used in full from the first year and stay 40 years."""

TARIFF = TariffTerms(
    delivery=DemandCharge(7.448, 0.6),
    generation=DemandCharge(0.0, 0.0),
    energy_charge=0.0,
    energy_passed_through_share=0.0,
    charge_growth_per_year=0.0,
    term_years=12.0,
    ramp=(1.0,),
    exit_fee_years=3.0,
    exit_fee_discount_per_year=0.0,
    collateral_per_mw=0.0,
    collateral_bill_years=1.0,
    collateral_exempt_share=0.0,
    contribution_share=0.0,
    own_capacity_share=0.0,
    curtailable_share=0.0,
)
"""A rider on delivery that bills at least 60% of the contract, for 12 years, with an exit fee of three years."""

BUILT = BuiltTerms(
    direct=50e6,
    network=150e6,
    generation=0.0,
    generation_mw=0.0,
    carrying_cost_per_year=0.08,
    network_life_years=40.0,
    generation_life_years=30.0,
    upkeep_share=0.02,
    upkeep_avoidable_share=0.5,
    energy_cost=0.0,
    capacity_price=0.0,
    cost_growth_per_year=0.0,
    uptake_per_year=0.0,
)
"""200m USD of wires at 8% over 40 years, no generation."""

SHARING = SharingTerms(
    shortfall_to_others=1.0,
    surplus_to_others=1.0,
    classes=(
        ClassTerms("residential", 0.5, 1_000_000.0),
        ClassTerms("commercial", 0.3, 100_000.0),
        ClassTerms("industrial", 0.2, 1_000.0),
    ),
)
"""Everything falls on other customers, half of it on a million households."""
