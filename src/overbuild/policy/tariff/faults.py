"""What is wrong with the case of a large load, by path."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError
from overbuild.policy.tariff.case import TariffPlan, terms_of
from overbuild.policy.tariff.yearly.leaving import Security, security_of
from overbuild.units import add_up_to_one
from overbuild.world import presets
from overbuild.world.case_record import CaseKind, bounded

_LEAST_CAPEX = 1e5
"""Below this a sum in USD is one in thousands, millions or billions."""

_SMALLEST_MW, _LARGEST_MW = 1.0, 50_000.0

_MOST_A_MW = 5e7
"""Capital for a MW that no wires and no plant reach."""


def tariff_faults(plan: TariffPlan) -> Iterator[CaseError]:
    """What is wrong with a case, by path."""
    if plan.load.paid_beyond_collateral is not None:
        share = plan.load.paid_beyond_collateral
        yield from bounded(
            "load.paid_beyond_collateral", share, 0.0, 1.0, "the share that is paid", "share_out_of_range"
        )
    for path, low, high, what, code in _BOUNDS:
        value = plan
        for step in path.split("."):
            value = getattr(value, step)
        yield from bounded(path, value, low, high, what, code)
    yield from _contract(plan.load.contract_mw)
    yield from _series(plan)
    yield from _money(plan)
    yield from _classes(plan)
    yield from _order(plan)
    yield from _security(plan)


def _contract(mw: float) -> Iterator[CaseError]:
    """A contract that is written in GW, or in kW."""
    if _SMALLEST_MW <= mw <= _LARGEST_MW:
        return
    factor, unit = (1000.0, "GW") if mw < _SMALLEST_MW else (0.001, "kW")
    meant = mw * factor
    asked = f"; did you mean {meant:,.6g} MW ({unit} written for MW)?" if _SMALLEST_MW <= meant <= _LARGEST_MW else ""
    hint = f"contracted demand lies between {_SMALLEST_MW:,.0f} and {_LARGEST_MW:,.0f} MW{asked}"
    yield CaseError("bad_value", "load.contract_mw", mw, hint)


def _series(plan: TariffPlan) -> Iterator[CaseError]:
    for path, entries in (("load.use_by_year", plan.load.use_by_year), ("tariff.ramp", plan.tariff.ramp)):
        if not entries:
            yield CaseError("missing", path, None, "at least one share is needed, such as [1.0]")
        for one in entries:
            yield from bounded(path, one, 0.0, 1.0, "a share of the contract", "share_out_of_range")


def _money(plan: TariffPlan) -> Iterator[CaseError]:
    """Sums that are too small to be USD, and generation without MW or the other way round."""
    utility = plan.utility
    for name in ("direct_capex", "network_capex", "generation_capex"):
        value = getattr(utility, name)
        if value != 0.0:
            yield from bounded(f"utility.{name}", value, _LEAST_CAPEX, 1e12, "capital in USD", "bad_value")
    capital = utility.direct_capex + utility.network_capex + utility.generation_capex
    for path, mw, money in (
        ("load.contract_mw", plan.load.contract_mw, capital),
        ("utility.generation_mw", utility.generation_mw, utility.generation_capex),
    ):
        if mw >= _SMALLEST_MW and money / mw > _MOST_A_MW:
            hint = (
                f"with {money / 1e6:,.0f}m USD of capital this is {money / mw / 1e6:,.1f}m USD a MW, which nothing costs; "
                f"did you mean {mw * 1000.0:,.6g} MW (GW written for MW)?"
            )
            yield CaseError("bad_value", path, mw, hint)
    if (utility.generation_capex > 0.0) != (utility.generation_mw > 0.0):
        hint = "generation has capital and MW, or neither: give both, or 0 for both"
        yield CaseError("contradiction", "utility.generation_mw", utility.generation_mw, hint)
    if plan.tariff.collateral_per_mw:
        yield from bounded(
            "tariff.collateral_per_mw", plan.tariff.collateral_per_mw, 100.0, 1e8, "collateral in USD a MW", "bad_value"
        )


def _classes(plan: TariffPlan) -> Iterator[CaseError]:
    classes = plan.allocation.classes
    if not classes:
        yield CaseError("missing", "allocation.classes", None, "at least one class is needed, households first")
        return
    for one in classes:
        path = f"allocation.classes.{one.name}"
        yield from bounded(f"{path}.share", one.share, 0.0, 1.0, "a class's share", "share_out_of_range")
        yield from bounded(f"{path}.customers", one.customers, 1, 1_000_000_000, "a number of customers", "bad_value")
    if not add_up_to_one(one.share for one in classes):
        shares = sum(one.share for one in classes)
        hint = f"the shares of the classes add up to {shares:.6g}; they are shares of one whole and must come to 1"
        yield CaseError("sum_not_1", "allocation.classes", None, hint)


def _order(plan: TariffPlan) -> Iterator[CaseError]:
    """A ramp longer than the term, a term longer than what is looked at."""
    rule = plan.tariff
    if rule.term_years > 0.0 and len(rule.ramp) > rule.term_years:
        hint = (
            f"a ramp of {len(rule.ramp)} years is longer than the term of {rule.term_years:g}; the term counts the ramp"
        )
        yield CaseError("contradiction", "tariff.ramp", len(rule.ramp), hint)
    if rule.exit_fee_years > rule.term_years > 0.0:
        hint = (
            f"an exit fee of {rule.exit_fee_years:g} years is longer than the term of {rule.term_years:g}: no more than the "
            "term that is left is due; write the term for all of it"
        )
        yield CaseError("contradiction", "tariff.exit_fee_years", rule.exit_fee_years, hint)


def _security(plan: TariffPlan) -> Iterator[CaseError]:
    """An exit fee that the collateral does not cover, where the case does not say who is good for the rest."""
    if plan.load.paid_beyond_collateral is not None:
        return
    found = most_secured(plan)
    if found.fee > found.collateral * (1.0 + 1e-9):
        hint = (
            f"the exit fee comes to {found.fee / 1e6:,.1f}m USD at most and the collateral to {found.collateral / 1e6:,.1f}m: say "
            "what of the rest is paid, from 0 (a shell without assets) to 1 (a guarantor that is good for it)"
        )
        yield CaseError("missing", "load.paid_beyond_collateral", None, hint)


def most_secured(plan: TariffPlan) -> Security:
    """The security of a contract that is left at once: the most years of minimum charges that can be due."""
    terms = terms_of(plan)
    return security_of(terms.load._replace(leaves_after_years=0.0), terms.tariff)


_BOUNDS = (
    ("starts", 2000, 2060, "the first year of a contract", "bad_period"),
    ("load.load_factor", 0.01, 1.0, "a load factor", "share_out_of_range"),
    ("load.leaves_after_years", 0.0, 100.0, "years after which the load is gone", "bad_value"),
    ("load.arrives_share", 0.0, 1.0, "the share of the load that comes", "share_out_of_range"),
    ("load.late_years", 0.0, 40.0, "years late", "bad_value"),
    ("tariff.delivery.charge", 0.0, 100.0, "a demand charge in USD a kW and month", "bad_value"),
    ("tariff.delivery.min_take", 0.0, 1.0, "a minimum take as a share of the contract", "share_out_of_range"),
    ("tariff.generation.charge", 0.0, 100.0, "a demand charge in USD a kW and month", "bad_value"),
    ("tariff.generation.min_take", 0.0, 1.0, "a minimum take as a share of the contract", "share_out_of_range"),
    ("tariff.energy_charge", 0.0, 1000.0, "an energy charge in USD a MWh", "bad_value"),
    ("tariff.energy_passed_through_share", 0.0, 1.0, "a share of energy", "share_out_of_range"),
    ("tariff.charge_growth_per_year", -0.2, 0.2, "a yearly growth", "share_out_of_range"),
    ("tariff.term_years", 1.0, 60.0, "the term of a contract in years", "term_lt_1"),
    ("tariff.exit_fee_years", 0.0, 60.0, "an exit fee in years of minimum charges", "bad_value"),
    ("tariff.exit_fee_discount_per_year", 0.0, 0.3, "a discount a year", "share_out_of_range"),
    ("tariff.collateral_bill_years", 0.0, 60.0, "collateral in years of minimum charges", "bad_value"),
    ("tariff.collateral_exempt_share", 0.0, 1.0, "the exempt share of collateral", "share_out_of_range"),
    ("tariff.contribution_share", 0.0, 1.0, "the share paid as contribution in aid", "share_out_of_range"),
    ("tariff.own_capacity_share", 0.0, 1.0, "a share of demand", "share_out_of_range"),
    ("tariff.curtailable_share", 0.0, 1.0, "a share of demand", "share_out_of_range"),
    ("utility.generation_mw", 0.0, 50_000.0, "generation in MW", "bad_value"),
    ("utility.carrying_cost_per_year", -0.05, 0.3, "a carrying cost a year", "share_out_of_range"),
    ("utility.network_life_years", 1, 80, "a life in whole years", "life_lt_1"),
    ("utility.generation_life_years", 1, 80, "a life in whole years", "life_lt_1"),
    ("utility.upkeep_share", 0.0, 0.5, "upkeep as a share of capital", "share_out_of_range"),
    ("utility.upkeep_avoidable_share", 0.0, 1.0, "a share of upkeep", "share_out_of_range"),
    ("utility.energy_cost", 0.0, 1000.0, "a cost in USD a MWh", "bad_value"),
    ("utility.capacity_price", 0.0, 1000.0, "a capacity price in USD a kW and month", "bad_value"),
    ("utility.cost_growth_per_year", -0.2, 0.2, "a yearly growth", "share_out_of_range"),
    ("utility.uptake_per_year", 0.0, 1.0, "the share taken up in a year", "share_out_of_range"),
    ("allocation.shortfall_to_others", 0.0, 1.0, "a share of a shortfall", "share_out_of_range"),
    ("allocation.surplus_to_others", 0.0, 1.0, "a share of a surplus", "share_out_of_range"),
)

TARIFFS = CaseKind("tariff", presets.TARIFFS, TariffPlan, tariff_faults)
"""Cases of a large load under a tariff: `preset:NAME` stands for those that ship."""
