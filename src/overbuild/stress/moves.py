"""The plan that an amount of each driver makes of a plan: prices, use, costs, overrun, rates."""

from __future__ import annotations

from typing import Any

from overbuild.site.case.paths import Path
from overbuild.site.case.plan import Loan, SitePlan
from overbuild.site.terms.debt_from_plan import rate_path
from overbuild.stress.path_moves import entries_of, scaled, shifted


def chip_names(plan: SitePlan) -> set[str]:
    """Components that are GPUs: those of the fleets, the later ones too."""
    return {fleet.component for fleet in plan.fleets}


def gpu_hour_use(plan: SitePlan) -> list[Path]:
    """The paths of use of GPUs: of contracts by the GPU-hour and of the market; what a tenant of a hall draws is none."""
    return [*(one.utilisation for one in plan.contracts if one.unit == "gpu_hour"), plan.market.utilisation]


def most_used(plan: SitePlan) -> float:
    """The highest share of use in any period, of contracts by the GPU-hour or at the market.

    >>> from overbuild.site.examples import PLAN
    >>> most_used(PLAN)
    1.0
    """
    return max(entry for path in gpu_hour_use(plan) for entry in entries_in(plan, path))


def entries_in(plan: SitePlan, path: Path) -> list[float]:
    """The values of a path in all periods of a plan."""
    return entries_of(path, plan.horizon.periods, plan.horizon.periods_per_year)


def price(plan: SitePlan, multiple: Any) -> SitePlan:
    """All prices of what is sold: of contracts and at the market."""
    return market_price(contract_price(plan, multiple), multiple)


def contract_price(plan: SitePlan, multiple: Any) -> SitePlan:
    """The prices of all contracts."""
    return plan._replace(contracts=tuple(one._replace(price=scaled(one.price, multiple)) for one in plan.contracts))


def market_price(plan: SitePlan, multiple: Any) -> SitePlan:
    """The price at the market."""
    return plan._replace(market=plan.market._replace(price=scaled(plan.market.price, multiple)))


def gpu_use(plan: SitePlan, multiple: Any) -> SitePlan:
    """The use of GPUs, of contracts by the GPU-hour and at the market. What is paid whether used or not stays."""
    return plan._replace(
        contracts=tuple(
            one._replace(utilisation=scaled(one.utilisation, multiple)) if one.unit == "gpu_hour" else one
            for one in plan.contracts
        ),
        market=plan.market._replace(utilisation=scaled(plan.market.utilisation, multiple)),
    )


def gpu_cost(plan: SitePlan, multiple: Any) -> SitePlan:
    """The cost of the GPUs of all fleets. Replaced GPUs sell for what they sold for."""
    chips = chip_names(plan)
    return plan._replace(
        components=tuple(
            one._replace(cost=one.cost * multiple) if one.name in chips else one for one in plan.components
        )
    )


def overrun(plan: SitePlan, share: Any) -> SitePlan:
    """The overrun of all that is built, in shares of its cost."""
    return plan._replace(
        components=tuple(one._replace(overrun=one.overrun + share) if one.spend else one for one in plan.components)
    )


def power_price(plan: SitePlan, multiple: Any) -> SitePlan:
    """The price of energy and the demand charge."""
    power = plan.power
    charge = scaled(power.demand_charge, multiple)
    return plan._replace(power=power._replace(price=scaled(power.price, multiple), demand_charge=charge))


def loan_rates(plan: SitePlan, by: Any) -> SitePlan:
    """The rates of all loans, base or all-in, those while building too; a swap keeps its rate.

    >>> from overbuild.site.examples import PLAN
    >>> round(loan_rates(PLAN, 0.02).loans[0].rate.value, 9)
    0.12
    """
    return plan._replace(loans=tuple(_dearer(plan, loan, by) for loan in plan.loans))


def _dearer(plan: SitePlan, loan: Loan, by: Any) -> Loan:
    path = shifted(rate_path(loan), by, plan.horizon.periods, plan.horizon.periods_per_year)
    building = loan.construction_rate_per_year
    return loan._replace(
        rate=None if loan.rate is None else path,
        base_rate=path if loan.rate is None else loan.base_rate,
        construction_rate_per_year=None if building is None else building + by,
    )


def new_rates(plan: SitePlan, by: Any) -> SitePlan:
    """The rates of the loans that refinance balloons."""
    return plan._replace(loans=tuple(_refinanced_at(plan, loan, by) for loan in plan.loans))


def _refinanced_at(plan: SitePlan, loan: Loan, by: Any) -> Loan:
    new = loan.refinancing
    if new is None:
        return loan
    rate = shifted(new.rate, by, plan.horizon.periods, plan.horizon.periods_per_year)
    return loan._replace(refinancing=new._replace(rate=rate))
