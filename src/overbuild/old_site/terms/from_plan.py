"""From a plan to its shape and its terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from overbuild.instruments.delayed_draw import ContractMargin
from overbuild.old_site.case.plan import Component, Loan, SitePlan
from overbuild.old_site.case.tax_tables import LONGEST_BONUS_YEARS, recovery_years
from overbuild.old_site.terms.debt_terms import FloatingRate, MezzanineLoan, Tranche
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.terms import (
    ComponentTerms,
    CostTerms,
    EnforcementTerms,
    LeaseTerms,
    LoanTerms,
    MarketTerms,
    OfftakeTerms,
    OwnerTerms,
    PowerTerms,
    PrepaymentTerms,
    RefreshTerms,
    ReletTerms,
    SiteTerms,
    TaxTerms,
    Terms,
    WaterfallTerms,
)


class Amounts(NamedTuple):
    """What sizing found for one loan: its amount and the share of each need that it pays."""

    amount: float
    draw_share: float


def shape_of(plan: SitePlan) -> Shape:
    """The static part of a plan: names, counts, modes.

    >>> from overbuild.old_site.examples import PLAN
    >>> shape_of(PLAN).sweep
    'trigger'
    """
    water = plan.waterfall
    extra = (plan.refresh.component,) if plan.refresh else ()
    swept = "always" if water.sweep_trigger is None else "trigger"
    return Shape(
        periods_per_year=plan.site.periods_per_year,
        components=tuple(component.name for component in plan.components) + extra,
        tranches=tranches_of(plan),
        refresh=plan.refresh.mode if plan.refresh else "none",
        refresh_payer=plan.refresh.paid_by if plan.refresh else "project",
        loss_use=plan.tax.loss_use,
        interest_limit="none" if plan.tax.interest_share is None else "ebitda_share",
        sweep="none" if water.sweep_share is None else swept,
        lockup="none" if water.lockup_dscr is None else "on",
        covenant="none" if water.default_dscr is None else water.covenant,
        cure_window="none" if water.cures_in_four is None else "four",
        claim_periods=plan.claim_periods,
        mezzanine="on" if plan.mezzanine else "none",
        prepayment="on" if plan.prepayment else "none",
        lease="on" if plan.lease else "none",
    )


def terms_of(plan: SitePlan, amounts: dict[str, Amounts], initial_dsra: float) -> Terms:
    """The constants of a plan with what sizing found. Terms of what is not there are 0.

    >>> from overbuild.old_site.examples import PLAN
    >>> terms_of(PLAN, {"senior": Amounts(1e9, 0.5)}, 0.0).loans[0].limit
    1000000000.0
    """
    return Terms(
        site=_site(plan),
        components=_components(plan),
        offtake=_offtake(plan),
        market=MarketTerms(plan.market.price_per_gpu_hour, plan.market.decline_per_year),
        power=PowerTerms(plan.power.price_per_mwh, plan.power.escalator_per_year),
        costs=CostTerms(*plan.costs[:-1]),
        refresh=_refresh(plan),
        tax=_tax(plan),
        loans=tuple(_loan(plan, loan, amounts[loan.name]) for loan in plan.loans),
        waterfall=_waterfall(plan, initial_dsra),
        enforcement=EnforcementTerms(plan.enforcement.cost_share, plan.enforcement.lag_years),
        owners=OwnerTerms(plan.owners.hurdle_per_year),
        relet=ReletTerms(*plan.relet[1:]) if plan.relet else ReletTerms(0.0, 0.0, 0.0, 0.0, 0.0),
        mezzanine=mezzanine_of(plan, amounts),
        prepayment=plan.prepayment and PrepaymentTerms(plan.prepayment.amount),
        lease=plan.lease and LeaseTerms(*plan.lease[:3]),
    )


def _site(plan: SitePlan) -> SiteTerms:
    site = plan.site
    return SiteTerms(
        it_mw=site.it_mw,
        kw_per_gpu=site.kw_per_gpu,
        periods_per_year=float(site.periods_per_year),
        attrition_per_year=site.attrition_per_year,
        availability_share=site.availability_share,
        pue=site.pue,
        idle_load_share=site.idle_load_share,
        delay_cost_per_period=site.delay_cost_per_period,
        terminal_proceeds=site.terminal_proceeds,
        decommissioning=site.decommissioning,
        residual_value_guarantee=site.residual_value_guarantee,
    )


def _components(plan: SitePlan) -> tuple[ComponentTerms, ...]:
    made = [_component(plan, component, built=True) for component in plan.components]
    refresh = plan.refresh
    if refresh is not None:
        old = next(component for component in plan.components if component.name == refresh.replaces)
        new = old._replace(name=refresh.component, cost=refresh.cost)
        made.append(_component(plan, new, built=False))
    return tuple(made)


def _component(plan: SitePlan, component: Component, *, built: bool) -> ComponentTerms:
    return ComponentTerms(
        name=component.name,
        cost=component.cost,
        book_life_years=component.book_life_years,
        bonus_share=plan.tax.bonus_share if recovery_years(component.tax_class) <= LONGEST_BONUS_YEARS else 0.0,
        liquidation_share=component.liquidation_share,
        decay_per_year=plan.enforcement.decay_per_year
        if component.decay_per_year is None
        else component.decay_per_year,
        maintained=1.0 if component.name in plan.costs.maintained else 0.0,
        built=1.0 if built else 0.0,
    )


def _offtake(plan: SitePlan) -> OfftakeTerms:
    offtake, failure = plan.offtake, plan.offtaker_default
    recovery = failure.recovery_share if failure else 0.0
    if offtake is None:
        return OfftakeTerms(0.0, 0.0, 0.0, 0.0, recovery)
    return OfftakeTerms(
        contract_share=offtake.contract_share,
        price_per_gpu_hour=offtake.price_per_gpu_hour,
        escalator_per_year=offtake.escalator_per_year,
        take_or_pay_share=offtake.take_or_pay_share,
        recovery_share=recovery,
    )


def _refresh(plan: SitePlan) -> RefreshTerms:
    if plan.refresh is None:
        return RefreshTerms(0.0, 0.0, 1.0)
    return RefreshTerms(plan.refresh.cost, plan.refresh.old_it_proceeds, plan.refresh.performance_gain)


def _tax(plan: SitePlan) -> TaxTerms:
    tax = plan.tax
    in_basis = 1.0 if tax.financing_cost_in_basis else 0.0
    return TaxTerms(tax.rate, tax.nol_share, _or_zero(tax.interest_share), in_basis)


def _loan(plan: SitePlan, loan: Loan, sized: Amounts) -> LoanTerms:
    return LoanTerms(
        name=loan.name,
        amount=loan.amount if loan.draws and loan.amount is not None else sized.amount,
        limit=sized.amount,
        draw_share=None if loan.draws or loan.advance_rate is not None else sized.draw_share,
        rate_per_year=loan.rate_per_year,
        construction_rate_per_year=loan.construction_rate_per_year,
        upfront_fee_share=loan.upfront_fee_share,
        commitment_fee_per_year=loan.commitment_fee_per_year,
        advance_rate=None if loan.draws else loan.advance_rate,
        floating=floating_of(plan, loan),
    )


def _waterfall(plan: SitePlan, initial_dsra: float) -> WaterfallTerms:
    water = plan.waterfall
    return WaterfallTerms(
        cures=float(water.cures),
        cures_in_four=float(water.cures_in_four or 0),
        sweep_trigger=_or_zero(water.sweep_trigger),
        sweep_share=_or_zero(water.sweep_share),
        lockup_dscr=_or_zero(water.lockup_dscr),
        default_dscr=_or_zero(water.default_dscr),
        initial_dsra=initial_dsra,
    )


def _or_zero(number: float | None) -> float:
    return 0.0 if number is None else number


def tranches_of(plan: SitePlan) -> tuple[Tranche, ...]:
    """The loans of a plan, statically, in their order.

    A claim on chips goes over to those that replace them.

    >>> from overbuild.old_site.examples import PLAN
    >>> [tranche.name for tranche in tranches_of(PLAN)]
    ['senior']
    """
    return tuple(
        Tranche(
            name=loan.name,
            rank=loan.rank,
            draw="scheduled" if loan.draws else "pro_rata" if loan.advance_rate is None else "advance",
            advances_on=loan.advances_on,
            collateral=_with_refreshed(loan.collateral, plan),
            rate="floating" if loan.base_rate_per_year else "fixed",
            margins=tuple(margin.name for margin in plan.margins if margin.loan == loan.name),
        )
        for loan in plan.loans
    )


def _with_refreshed(names: tuple[str, ...], plan: SitePlan) -> tuple[str, ...]:
    return (*names, plan.refresh.component) if plan.refresh and plan.refresh.replaces in names else names


def mezzanine_of(plan: SitePlan, amounts: Mapping[str, tuple[float, float]]) -> MezzanineLoan | None:
    """The terms of the mezzanine with what sizing found, amount and draw share by name; None without one.

    >>> from overbuild.old_site.examples import PLAN
    >>> mezzanine_of(PLAN, {}) is None
    True
    """
    junior = plan.mezzanine
    if junior is None:
        return None
    rates = (junior.cash_rate_per_year, junior.pik_rate_per_year, junior.pik_premium_per_year)
    return MezzanineLoan(*amounts["mezzanine"], *rates)


def floating_of(plan: SitePlan, loan: Loan) -> FloatingRate | None:
    """The terms of a floating rate; None for a fixed one.

    >>> from overbuild.old_site.examples import PLAN
    >>> floating_of(PLAN, Loan("gpu", tenor=5, base_rate_per_year=(0.04,), margin_per_year=0.06)).margin_per_year
    0.06
    """
    if not loan.base_rate_per_year:
        return None
    margins = [margin for margin in plan.margins if margin.loan == loan.name]
    return FloatingRate(
        floor_per_year=loan.floor_per_year,
        margin_per_year=None if margins else loan.margin_per_year or 0.0,
        margins=tuple(ContractMargin(one.name, one.contract_share, one.margin_per_year) for one in margins),
        swap_share=loan.swap_share,
        swap_fixed_per_year=loan.swap_fixed_per_year,
    )
