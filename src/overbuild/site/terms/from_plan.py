"""From a plan to what is static, what is constant, and the state before close."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.site.case.collateral import holders_of
from overbuild.site.case.dates import phase_of
from overbuild.site.case.plan import GpuFleet, Loan, OfftakeContract, SitePlan
from overbuild.site.case.tax_tables import LONGEST_BONUS_YEARS, recovery_years
from overbuild.site.terms.debt_from_plan import debt_terms, loan_shape
from overbuild.site.terms.paths import mode_of, path_terms
from overbuild.site.terms.pots import pots_of
from overbuild.site.terms.shape import (
    ComponentShape,
    ContractShape,
    CovenantShape,
    FleetShape,
    PhaseShape,
    Shape,
)
from overbuild.site.terms.terms import (
    AssetTerms,
    ContractTerms,
    CovenantTerms,
    FleetTerms,
    FundingTerms,
    HorizonTerms,
    IncomeTaxTerms,
    JuniorTerms,
    OperatingTerms,
    OwnersTerms,
    PhaseTerms,
    RentTerms,
    ReserveTerms,
    SaleTerms,
    SpotTerms,
    SupplyTerms,
    Terms,
)


class Commitments(NamedTuple):
    """What sizing fixes for every run: the amount of each loan and of the mezzanine, uses, equity, the cap of cures."""

    loans: dict[str, float]
    mezzanine: float
    uses: float
    equity: float
    spare_equity: float
    cure_cap: float


def shape_of(plan: SitePlan, *, base_case: bool = False) -> Shape:
    """What is static of a plan. The base case has no tests, is refinanced in full, and its owners do not walk away.

    >>> from overbuild.site.examples import PLAN
    >>> [pot.holders for pot in shape_of(PLAN).pots]
    [('senior',)]
    """
    tests = () if base_case else plan.tests
    return Shape(
        periods_per_year=plan.horizon.periods_per_year,
        phases=tuple(PhaseShape(phase.name, mode_of(phase.fixed)) for phase in plan.phases),
        components=tuple(
            ComponentShape(one.name, phase_of(plan, one.phase).name, bool(one.spend), bool(holders_of(plan, one.name)))
            for one in plan.components
        ),
        fleets=tuple(_fleet(plan, fleet) for fleet in plan.fleets),
        contracts=tuple(_contract(plan, contract) for contract in plan.contracts),
        loans=tuple(loan_shape(plan, loan, full=base_case) for loan in plan.loans),
        tests=tuple(CovenantShape(f"test_{row}", one.test, one.action) for row, one in enumerate(tests, 1)),
        pots=pots_of(plan),
        market_price=mode_of(plan.market.price),
        market_utilisation=mode_of(plan.market.utilisation),
        energy_price=mode_of(plan.power.price),
        demand_charge=mode_of(plan.power.demand_charge),
        staff=mode_of(plan.costs.staff),
        inflation=mode_of(plan.costs.inflation),
        mezzanine=plan.mezzanine is not None,
        prepayment=plan.prepayment is not None,
        lease=plan.lease is not None,
        interest_limit=plan.tax.interest_share is not None,
        loss_use=plan.tax.loss_use,
        walk_away=plan.owners.walk_away and not base_case,
        support_capped=plan.owners.support is not None and not base_case,
        guarantor_is_offtaker=plan.horizon.residual_value_guarantor == "offtaker",
    )


def _fleet(plan: SitePlan, fleet: GpuFleet) -> FleetShape:
    phase = phase_of(plan, fleet.phase).name
    before = [
        one.name for one in plan.fleets if phase_of(plan, one.phase).name == phase and (one.at or 0) < (fleet.at or 0)
    ]
    owners = "all" if fleet.owners_pay_all else "some" if fleet.owners_pay else "none"
    return FleetShape(
        fleet.name, phase, fleet.component, fleet.at is not None, tuple(before), fleet.until is not None, owners
    )


def _contract(plan: SitePlan, contract: OfftakeContract) -> ContractShape:
    paid = plan.prepayment
    return ContractShape(
        name=contract.name,
        phase=phase_of(plan, contract.phase).name,
        unit=contract.unit,
        follows=contract.follows,
        price=mode_of(contract.price),
        utilisation=mode_of(contract.utilisation),
        prepaid=paid is not None and paid.contract == contract.name,
        capped=contract.ld_cap is not None,
    )


def terms_of(plan: SitePlan, committed: Commitments, *, base_case: bool = False) -> Terms:
    """The constants of a plan that is run on these commitments.

    >>> from overbuild.site.examples import TERMS
    >>> TERMS.loans[0].draw_share, TERMS.funding.equity / 1e6
    (0.6, 400.0)
    """
    horizon, costs = plan.horizon, plan.costs
    return Terms(
        horizon=HorizonTerms(
            float(horizon.periods_per_year),
            horizon.availability_share,
            horizon.attrition_per_year,
            horizon.pue,
            horizon.idle_load_share,
            horizon.terminal_proceeds,
            horizon.decommissioning,
            horizon.residual_value_guarantee,
        ),
        phases=tuple(
            PhaseTerms(
                phase.name,
                phase.it_mw,
                path_terms(phase.fixed),
                phase.share_of_revenue,
                phase.delay_cost_per_period,
                phase.contractor_ld_per_period,
            )
            for phase in plan.phases
        ),
        components=_assets(plan),
        fleets=tuple(
            FleetTerms(one.name, one.kw_per_gpu, one.performance, one.proceeds, one.owners_pay, one.sale)
            for one in plan.fleets
        ),
        contracts=tuple(_contract_terms(one) for one in plan.contracts),
        market=SpotTerms(path_terms(plan.market.price), path_terms(plan.market.utilisation)),
        power=SupplyTerms(path_terms(plan.power.price), path_terms(plan.power.demand_charge), plan.power.minimum_share),
        costs=OperatingTerms(
            path_terms(costs.staff),
            path_terms(costs.inflation),
            costs.maintenance_share_per_year,
            costs.insurance_share_per_year,
            costs.property_tax_share_per_year,
            costs.receivable_days,
            costs.payable_days,
        ),
        tax=IncomeTaxTerms(
            plan.tax.rate,
            plan.tax.state_rate,
            plan.tax.nol_share,
            1.0 if plan.tax.financing_cost_in_basis else 0.0,
            plan.tax.interest_share,
        ),
        funding=FundingTerms(committed.equity, plan.funding.standby + committed.spare_equity, plan.funding.contingency),
        loans=tuple(debt_terms(plan, loan, committed.loans, committed.uses) for loan in plan.loans),
        reserve=ReserveTerms(float(plan.reserve.dsra_periods), plan.reserve.lc_share, plan.reserve.lc_fee_per_year),
        tests=tuple(
            CovenantTerms(f"test_{row}", one.level, one.share)
            for row, one in enumerate(() if base_case else plan.tests, 1)
        ),
        sweep_always=0.0 if base_case else plan.sweep_always,
        owners=OwnersTerms(
            plan.owners.hurdle_per_year,
            0.0 if base_case else float(plan.cures.number),
            float(plan.cures.in_year),
            committed.cure_cap if plan.cures.cap is None else plan.cures.cap,
            None if base_case else plan.owners.support,
        ),
        enforcement=SaleTerms(
            plan.enforcement.cost_share, plan.enforcement.lag_years, plan.enforcement.incomplete_share
        ),
        mezzanine=_junior(plan, committed),
        prepayment=None if plan.prepayment is None else plan.prepayment.amount,
        lease=_rent(plan),
    )


def _assets(plan: SitePlan) -> tuple[AssetTerms, ...]:
    return tuple(
        AssetTerms(
            name=one.name,
            cost=one.cost,
            book_life_years=one.book_life_years,
            bonus_share=plan.tax.bonus_share if recovery_years(one.tax_class) <= LONGEST_BONUS_YEARS else 0.0,
            liquidation_share=one.liquidation_share,
            decay_per_year=plan.enforcement.decay_per_year if one.decay_per_year is None else one.decay_per_year,
            overrun=one.overrun,
            maintained=1.0 if one.maintained else 0.0,
        )
        for one in plan.components
    )


def _contract_terms(one: OfftakeContract) -> ContractTerms:
    return ContractTerms(
        name=one.name,
        share=one.share,
        price=path_terms(one.price),
        utilisation=path_terms(one.utilisation),
        take_or_pay=one.take_or_pay,
        pass_through=one.pass_through,
        renews=one.renews,
        termination_payment=one.termination_payment,
        ld=one.ld_per_period,
        recovery_share=one.recovery_share,
        ld_cap=one.ld_cap,
    )


def _rent(plan: SitePlan) -> RentTerms | None:
    lease = plan.lease
    return lease and RentTerms(lease.payment_per_year, lease.escalator_per_year, lease.rate_per_year)


def _junior(plan: SitePlan, committed: Commitments) -> JuniorTerms | None:
    junior = plan.mezzanine
    if junior is None:
        return None
    left = committed.uses - sum(committed.loans[loan.name] for loan in drawn_beside_equity(plan))
    return JuniorTerms(
        committed.mezzanine,
        committed.mezzanine / left if left > 0.0 else 0.0,
        junior.cash_rate_per_year,
        junior.pik_rate_per_year,
        junior.pik_premium_per_year,
    )


def drawn_beside_equity(plan: SitePlan) -> tuple[Loan, ...]:
    """The loans that are drawn beside equity; those drawn after it stand outside the budget.

    >>> from overbuild.site.examples import PLAN
    >>> [loan.name for loan in drawn_beside_equity(PLAN)]
    ['senior']
    """
    return tuple(loan for loan in plan.loans if loan.draw == "with_equity")
