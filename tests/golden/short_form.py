"""Whole-site cases in words of the short form (shape B20), read into a plan in USD.

Case files speak USD million and one number a period; a key that is missing or null means that the thing is not there.
"""

from __future__ import annotations

from overbuild.site.case.plan import Component, DebtReserve, EnforcementCosts, IncomeTax, Owners, SitePlan
from overbuild.site.case.short_form.from_short_form import from_short_form
from overbuild.site.case.short_form.short_debt import ShortLoan, ShortWaterfall
from overbuild.site.case.short_form.short_plan import (
    ShortCosts,
    ShortFailure,
    ShortMarket,
    ShortOfftake,
    ShortPlan,
    ShortPower,
    ShortRefresh,
    ShortSite,
)

MILLION = 1e6


def site_plan(case) -> SitePlan:
    """The plan that a whole-site case describes."""
    return from_short_form(short_plan(case))


def short_plan(case) -> ShortPlan:
    """The same in the short form."""
    given, water = case.get, case.get("waterfall") or {}
    failure = given("offtaker_default")
    return ShortPlan(
        site=ShortSite(
            it_mw=case["it_mw"],
            kw_per_gpu=case["kw_per_gpu"],
            construction_periods=case["n_con"],
            operating_periods=case["n_op"],
            periods_per_year=case["ppy"],
            attrition_per_year=given("attrition") or 0.0,
            availability_share=1.0 if given("availability") is None else case["availability"],
            pue=1.0 if given("pue") is None else case["pue"],
            idle_load_share=given("idle_load") or 0.0,
            terminal_proceeds=(given("terminal_proceeds") or 0.0) * MILLION,
            decommissioning=(given("decommission") or 0.0) * MILLION,
        ),
        components=_components(case),
        market=ShortMarket(
            given("merchant_price0") or 0.0,
            given("merchant_decline") or 0.0,
            tuple(given("util_merchant") or (0.0,) * case["n_op"]),
        ),
        offtake=_offtake(case),
        offtaker_default=failure
        and ShortFailure(failure["period"], failure.get("recovery") or 0.0, failure.get("claim_periods") or 0),
        power=ShortPower(given("energy_price") or 0.0, given("energy_escalator") or 0.0),
        costs=_costs(case),
        refresh=_refresh(case),
        tax=_tax(case),
        loans=_loans(case),
        reserves=DebtReserve((given("debt") or {}).get("dsra_periods") or 0),
        waterfall=ShortWaterfall(
            cures=water.get("max_cures") or 0,
            sweep_trigger=water.get("sweep_trigger"),
            sweep_share=None if water.get("sweep_trigger") is None else water.get("sweep_frac"),
            lockup_dscr=water.get("lockup"),
        ),
        enforcement=EnforcementCosts(
            water.get("enforce_cost") or 0.0, water.get("enforce_lag") or 0.0, water.get("liq_decay") or 0.0
        ),
        owners=Owners(given("equity_hurdle") or 0.0),
    )


def _components(case):
    liquidation = case.get("liq_frac") or {}
    return tuple(
        Component(
            name=name,
            cost=one["cost"] * MILLION,
            book_life_years=one["book_life"],
            tax_class=one["tax_class"],
            spend=tuple(one["spend"]),
            liquidation_share=liquidation.get(name) or 0.0,
        )
        for name, one in case["capex"].items()
    )


def _offtake(case):
    contract = case.get("contract")
    return contract and ShortOfftake(
        tenor=contract["tenor"],
        contract_share=contract["share"],
        price_per_gpu_hour=contract["price"],
        utilisation=tuple(case.get("util_contract") or (0.0,) * case["n_op"]),
        escalator_per_year=contract.get("escalator") or 0.0,
        take_or_pay_share=contract.get("take_or_pay") or 0.0,
    )


def _costs(case):
    given = case.get
    return ShortCosts(
        staff_per_year=(given("staff") or 0.0) * MILLION,
        maintenance_share_per_year=given("maint_pct") or 0.0,
        insurance_share_per_year=given("insurance_pct") or 0.0,
        property_tax_share_per_year=given("property_tax_pct") or 0.0,
        inflation_per_year=given("inflation") or 0.0,
        receivable_days=given("dso") or 0.0,
        payable_days=given("dpo") or 0.0,
    )


def _refresh(case):
    refresh = case.get("refresh")
    return refresh and ShortRefresh(
        period=refresh["period"],
        cost=refresh["cost"] * MILLION,
        old_it_proceeds=(refresh.get("old_it_proceeds") or 0.0) * MILLION,
        reserve_periods=refresh.get("reserve_periods") or 0,
        performance_gain=1.0 if refresh.get("perf_gain") is None else refresh["perf_gain"],
    )


def _tax(case):
    given = case.get
    return IncomeTax(
        rate=given("tax_rate") or 0.0,
        bonus_share=given("bonus") or 0.0,
        nol_share=1.0 if given("nol_cap") is None else case["nol_cap"],
        interest_share=given("interest_cap"),
        loss_use=given("loss_use") or "carry",
    )


def _loans(case):
    debt = case.get("debt")
    if not debt:
        return ()
    dscr = debt["dscr"] if isinstance(debt["dscr"], list) else [debt["dscr"]] * debt["tenor"]
    loan = ShortLoan(
        name="senior",
        tenor=debt["tenor"],
        rate_per_year=debt["rate"],
        target_dscr=tuple(dscr),
        max_debt_share=debt.get("max_gearing"),
        construction_rate_per_year=debt.get("rate_con") or 0.0,
        upfront_fee_share=debt.get("upfront_fee") or 0.0,
        commitment_fee_per_year=debt.get("commit_fee") or 0.0,
        allow_negative_amortisation=bool(debt.get("allow_negative_amort")),
    )
    return (loan,)
