"""The short form read into the general one: one phase `site` with its fleets, one contract, dates from close.

Dates are calendar dates: a delay moves the service of the hall and nothing else. The name of the phase is SITE, the
first fleet is GPUS, the contract OFFTAKE, and the hall let as a hall after its GPUs the contract POWERED_SHELL.
"""

from __future__ import annotations

from overbuild.site.case.plan import (
    START,
    Component,
    GpuFleet,
    Horizon,
    OfftakeContract,
    OperatingCosts,
    Path,
    Phase,
    PowerSupply,
    SitePlan,
    SpotMarket,
)
from overbuild.site.case.short_form.debt_from_short_form import (
    covenant_tests,
    cures_of,
    general_loan,
    junior_debt,
    prepayment_of,
)
from overbuild.site.case.short_form.short_paths import GPUS, OFFTAKE, POWERED_SHELL, SITE, growing, listed
from overbuild.site.case.short_form.short_plan import ShortMarket, ShortPlan


def from_short_form(short: ShortPlan) -> SitePlan:
    """The plan that a file in the short form states."""
    water = short.waterfall
    always = water.sweep_share is not None and water.sweep_trigger is None
    return SitePlan(
        horizon=_horizon(short),
        phases=(_phase(short),),
        components=_components(short),
        fleets=_fleets(short),
        contracts=(*_offtake(short), *_powered_shell(short)),
        market=_market(short),
        power=PowerSupply(growing(short.power.price_per_mwh, short.power.escalator_per_year, _opening(short))),
        costs=_costs(short),
        tax=short.tax,
        funding=short.funding,
        loans=tuple(general_loan(short, loan) for loan in short.loans),
        margins=short.margins,
        mezzanine=junior_debt(short),
        prepayment=prepayment_of(short),
        reserve=short.reserves,
        tests=covenant_tests(water),
        sweep_always=water.sweep_share or 0.0 if always else 0.0,
        cures=cures_of(water),
        owners=short.owners,
        enforcement=short.enforcement,
        lease=short.lease,
        holdco=short.holdco,
    )


def _opening(short: ShortPlan) -> int:
    """The first period after the planned completion."""
    return short.site.construction_periods + 1


def _horizon(short: ShortPlan) -> Horizon:
    site = short.site
    return Horizon(
        periods=site.construction_periods + site.operating_periods,
        periods_per_year=site.periods_per_year,
        availability_share=site.availability_share,
        attrition_per_year=site.attrition_per_year,
        pue=site.pue,
        idle_load_share=site.idle_load_share,
        terminal_proceeds=site.terminal_proceeds,
        decommissioning=site.decommissioning,
        residual_value_guarantee=site.residual_value_guarantee,
        residual_value_guarantor=site.residual_value_guarantor,
    )


def _phase(short: ShortPlan) -> Phase:
    site = short.site
    return Phase(
        name=SITE,
        it_mw=site.it_mw,
        cod=site.construction_periods,
        delay=site.delay_periods,
        fixed=_hall_costs(short),
        delay_cost_per_period=site.delay_cost_per_period,
    )


def _components(short: ShortPlan) -> tuple[Component, ...]:
    """What is built, and the GPUs of a refresh, which are as those they replace but for their cost."""
    maintained = short.costs.maintained
    built = tuple(one._replace(maintained=one.maintained or one.name in maintained) for one in short.components)
    refresh = short.refresh
    if refresh is None:
        return built
    old = next(one for one in built if one.name == refresh.replaces)
    new = old._replace(name=f"refreshed_{refresh.replaces}", cost=refresh.cost, spend=(), overrun=0.0)
    return (*built, new)


def _fleets(short: ShortPlan) -> tuple[GpuFleet, ...]:
    """The first GPUs, those that replace them; whichever stands when the hall is let leaves then."""
    refresh, relet, site = short.refresh, short.relet, short.site
    first = GpuFleet(
        name=GPUS,
        component=refresh.replaces if refresh else "it",
        kw_per_gpu=site.kw_per_gpu,
        phase=SITE,
        until=None if relet is None else site.construction_periods + relet.period,
        sale=0.0 if relet is None else relet.it_proceeds,
    )
    if refresh is None:
        return (first,)
    name = f"refreshed_{refresh.replaces}"
    second = first._replace(
        name=name,
        component=name,
        performance=refresh.performance_gain,
        at=site.construction_periods + refresh.period,
        proceeds=refresh.old_it_proceeds,
        reserve_periods=refresh.reserve_periods,
        owners_pay_all=refresh.paid_by == "owners",
    )
    return (first, second)


def _offtake(short: ShortPlan) -> tuple[OfftakeContract, ...]:
    offtake, failure, built = short.offtake, short.offtaker_default, short.site.construction_periods
    if offtake is None:
        return ()
    stop = offtake.long_stop_periods
    contract = OfftakeContract(
        name=OFFTAKE,
        share=offtake.contract_share,
        tenor=offtake.tenor,
        price=growing(offtake.price_per_gpu_hour, offtake.escalator_per_year, START),
        phase=SITE,
        utilisation=listed(offtake.utilisation, built),
        take_or_pay=offtake.take_or_pay_share,
        long_stop=None if stop is None else _opening(short) + stop,
    )
    if failure is None:
        return (contract,)
    failing = contract._replace(
        fails_in=built + failure.period,
        recovery_share=failure.recovery_share,
        claim_periods=failure.claim_periods,
    )
    return (failing,)


def _powered_shell(short: ShortPlan) -> tuple[OfftakeContract, ...]:
    """The hall let as a hall from the period after its GPUs leave to the end: the tenant pays the power itself."""
    relet, site = short.relet, short.site
    if relet is None:
        return ()
    return (
        OfftakeContract(
            name=POWERED_SHELL,
            share=relet.let_share,
            tenor=site.operating_periods - relet.period,
            price=growing(relet.rent_per_kw_month, relet.rent_escalator_per_year, _opening(short)),
            phase=SITE,
            unit="kw_month",
            start=_opening(short) + relet.period,
            ends="date",
            utilisation=Path(),
        ),
    )


def _market(short: ShortPlan) -> SpotMarket:
    given = short.market or ShortMarket(0.0, 0.0, ())
    return SpotMarket(
        growing(given.price_per_gpu_hour, -given.decline_per_year, _opening(short), "smooth"),
        listed(given.utilisation, short.site.construction_periods),
    )


def _costs(short: ShortPlan) -> OperatingCosts:
    """Costs of running GPUs: they end where the hall is let, and what insurance costs until then is `_hall_costs`."""
    costs, relet = short.costs, short.relet
    growth, opening = costs.inflation_per_year, _opening(short)
    staff, index = growing(costs.staff_per_year, growth, opening), growing(1.0, growth, opening)
    insurance = costs.insurance_share_per_year
    if relet is not None:
        last = short.site.construction_periods + relet.period
        indices = [_index(short, period) for period in range(1, last + 1)]
        staff = Path("by_period", by_period=(*(costs.staff_per_year * one for one in indices), 0.0))
        index = Path("by_period", by_period=(*indices, 0.0))
        insurance = 0.0
    return OperatingCosts(
        staff=staff,
        maintenance_share_per_year=costs.maintenance_share_per_year,
        insurance_share_per_year=insurance,
        property_tax_share_per_year=costs.property_tax_share_per_year,
        inflation=index,
        receivable_days=costs.receivable_days,
        payable_days=costs.payable_days,
    )


def _hall_costs(short: ShortPlan) -> Path:
    """Of a hall that is let later: insurance while its GPUs run, then what the landlord pays; else nothing."""
    relet, site = short.relet, short.site
    if relet is None:
        return Path()
    insured = short.costs.insurance_share_per_year * sum(component.cost for component in short.components)
    last, end = site.construction_periods + relet.period, site.construction_periods + site.operating_periods
    landlord = site.it_mw * relet.cost_per_mw_year
    after = (landlord * _index(short, period) for period in range(last + 1, end + 1))
    return Path("by_period", by_period=(*(insured,) * last, *after))


def _index(short: ShortPlan, period: int) -> float:
    """Inflation since opening, by whole years."""
    years = max(0, period - _opening(short)) // short.site.periods_per_year
    return (1.0 + short.costs.inflation_per_year) ** years
