"""The plan that a case of shape SITE2 describes: money in USD m, periods from close."""

from __future__ import annotations

from overbuild.site.case.plan import (
    START,
    Component,
    CovenantTest,
    Cures,
    DebtReserve,
    EnforcementCosts,
    Funding,
    GpuFleet,
    Horizon,
    IncomeTax,
    JuniorDebt,
    Loan,
    OfftakeContract,
    OfftakerPrepayment,
    OperatingCosts,
    Owners,
    Path,
    Phase,
    PowerSupply,
    Refinancing,
    SitePlan,
    SpotMarket,
)

MILLION = 1e6


def path(given, scale=1.0):
    """A path of a case: a number, a growing one, or a list by year or by period."""
    if given is None:
        return Path()
    if not isinstance(given, dict):
        return Path(value=given * scale)
    if "by_year" in given:
        return Path("by_year", by_year=tuple(one * scale for one in given["by_year"]))
    if "by_period" in given:
        return Path("by_period", by_period=tuple(one * scale for one in given["by_period"]))
    since = {"close": 1, "start": START}.get(given.get("from", 1), given.get("from", 1))
    return Path("growing", given["value"] * scale, given.get("growth", 0.0), since, given.get("step", "year"))


def money(given, word, default=0.0):
    """An amount of a record in USD, or the default."""
    return default if given.get(word) is None else given[word] * MILLION


def phase(one):
    return Phase(
        name=one["name"],
        it_mw=one["it_mw"],
        cod=one["cod"],
        delay=one.get("delay", 0),
        fixed=path(one.get("fixed"), MILLION),
        share_of_revenue=one.get("share_of_revenue", 0.0),
        energised=one.get("energised"),
        delay_cost_per_period=money(one, "delay_cost"),
        contractor_ld_per_period=money(one, "contractor_ld"),
        contractor_ld_periods=one.get("contractor_ld_periods"),
    )


def component(one):
    return Component(
        name=one["name"],
        cost=one["cost"] * MILLION,
        book_life_years=one.get("book_life", 10.0),
        tax_class=one.get("tax_class", "SL10"),
        spend=tuple(one.get("spend", ())),
        phase=one.get("phase", ""),
        liquidation_share=one.get("liquidation", 0.0),
        decay_per_year=one.get("decay", 0.0),
        overrun=one.get("overrun", 0.0),
    )


def fleet(one):
    return GpuFleet(
        name=one["name"],
        component=one["component"],
        kw_per_gpu=one["kw_per_gpu"],
        performance=one.get("performance", 1.0),
        phase=one.get("phase", ""),
        at=one.get("at"),
        proceeds=money(one, "proceeds"),
        reserve_periods=one.get("reserve_periods", 0),
        owners_pay=0.0 if one.get("owners_pay") == "all" else money(one, "owners_pay"),
        owners_pay_all=one.get("owners_pay") == "all",
        until=one.get("until"),
        sale=money(one, "sale"),
    )


def contract(one):
    return OfftakeContract(
        name=one["name"],
        share=one["share"],
        tenor=one["tenor"],
        price=path(one["price"]),
        phase=one.get("phase", ""),
        unit=one.get("unit", "gpu_hour"),
        start=one.get("start"),
        ends=one.get("ends", "tenor"),
        utilisation=path(one.get("utilisation", 1.0)),
        take_or_pay=one.get("take_or_pay", 0.0),
        pass_through=one.get("pass_through", 0.0),
        follows=one.get("follows", ""),
        renews=one.get("renews", 1.0),
        long_stop=one.get("long_stop"),
        termination_payment=money(one, "termination_payment"),
        ld_per_period=money(one, "ld"),
        ld_cap=money(one, "ld_cap", None),
        fails_in=one.get("fails"),
        recovery_share=one.get("recovery", 0.0),
        claim_periods=one.get("claim_periods", 0),
    )


def loan(one):
    new = one.get("refinancing")
    return Loan(
        name=one["name"],
        maturity=one["maturity"],
        first=one.get("first"),
        rate=path(one["rate"]),
        amount=money(one, "amount", None),
        debt_share=one.get("debt_share"),
        repayment=one["repayment"],
        dscr=tuple(one.get("dscr", ())) if isinstance(one.get("dscr", ()), list | tuple) else (one["dscr"],),
        shares=tuple(one.get("shares", ())),
        balloon_share=one.get("balloon_share", 0.0),
        refinancing=new
        and Refinancing(
            path(new["rate"]),
            new["tenor"],
            new["dscr"],
            new.get("ltv"),
            new.get("fee", 0.0),
            new.get("available", 1.0),
        ),
        rank=one.get("rank", 1),
        collateral=None if one.get("collateral") is None else tuple(one["collateral"]),
        draw=one.get("draw", "with_equity"),
        upfront_fee_share=one.get("upfront_fee", 0.0),
        commitment_fee_per_year=one.get("commitment_fee", 0.0),
    )


def plan_of(case):
    """The plan that a case describes, in USD."""
    tax, junior, paid = case.get("tax") or {}, case.get("mezzanine"), case.get("prepayment")
    owners, cures, funding = case.get("owners") or {}, case.get("cures") or {}, case.get("funding") or {}
    sale, reserve, power = case.get("enforcement") or {}, case.get("reserve") or {}, case.get("power") or {}
    market = case.get("market") or {}
    return SitePlan(
        horizon=Horizon(
            periods=case["n"],
            periods_per_year=case["ppy"],
            availability_share=case.get("availability", 1.0),
            attrition_per_year=case.get("attrition", 0.0),
            pue=case.get("pue", 1.0),
            idle_load_share=case.get("idle_load", 0.0),
            terminal_proceeds=money(case, "terminal_proceeds"),
            decommissioning=money(case, "decommissioning"),
        ),
        phases=tuple(phase(one) for one in case["phases"]),
        components=tuple(component(one) for one in case["components"]),
        fleets=tuple(fleet(one) for one in case.get("fleets") or ()),
        contracts=tuple(contract(one) for one in case.get("contracts") or ()),
        market=SpotMarket(path(market.get("price")), path(market.get("utilisation"))),
        power=PowerSupply(path(power.get("price")), path(power.get("demand_charge")), power.get("minimum_share", 1.0)),
        costs=OperatingCosts(receivable_days=case.get("receivable_days", 0.0)),
        tax=IncomeTax(
            rate=tax.get("rate", 0.0),
            state_rate=tax.get("state_rate", 0.0),
            bonus_share=tax.get("bonus", 0.0),
            nol_share=tax.get("nol_cap", 1.0),
            interest_share=tax.get("interest_cap"),
            months_before_close=tax.get("months_before_close", 0),
        ),
        funding=Funding(
            funding.get("rule", "pro_rata"),
            funding.get("availability_end"),
            money(funding, "contingency"),
            money(funding, "standby"),
        ),
        loans=tuple(loan(one) for one in case.get("loans") or ()),
        mezzanine=junior
        and JuniorDebt(
            junior["cash_rate"], junior["maturity"], junior["pik_rate"], junior["premium"], junior["amount"] * MILLION
        ),
        prepayment=paid
        and OfftakerPrepayment(
            paid["contract"],
            paid["amount"] * MILLION,
            tuple(paid["received"]),
            paid["credited_from"],
            paid["credited_periods"],
        ),
        reserve=DebtReserve(reserve.get("dsra_periods", 0), reserve.get("lc_share", 0.0), reserve.get("lc_fee", 0.0)),
        tests=tuple(
            CovenantTest(one["test"], one["level"], one["action"], one.get("share", 1.0))
            for one in case.get("tests") or ()
        ),
        sweep_always=case.get("sweep_always", 0.0),
        cures=Cures(cures.get("number", 0), cures.get("in_year", 1), money(cures, "cap", None)),
        owners=Owners(owners.get("hurdle", 0.0), owners.get("walk_away", True), money(owners, "support", None)),
        enforcement=EnforcementCosts(
            sale.get("cost_share", 0.0), sale.get("lag_years", 0.0), 0.0, sale.get("incomplete_share", 1.0)
        ),
    )
