"""What is varied for a break-even: the drivers of a site that are multiplied or shifted, and how far."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np

from overbuild.site.case.paths import Path
from overbuild.site.case.plan import SitePlan
from overbuild.site.terms.debt_from_plan import rate_path
from overbuild.stress import moves
from overbuild.stress.moves import chip_names, entries_in, most_used

LEAST, MOST = 0.05, 20.0
"""Multiples between which a break-even is looked for."""

MOST_OVERRUN, MOST_RATE_SHIFT = 2.0, 0.5
"""The largest overrun, in shares of cost, and the largest shift of a rate, a year."""


class Reach(NamedTuple):
    """The amounts between which a driver is varied; its neutral amount, which is the case, lies in it."""

    low: float
    high: float


class Driver(NamedTuple):
    """Something that a break-even moves, by an amount: a multiple, or an addition in the unit of the field.

    `adverse` is -1 where less of it hurts, 1 where more does. `moved` gives the plan that an amount makes, `reach` the
    amounts that make sense; where a plan has nothing to move, `reach` is None and `absent` says what it lacks.
    """

    id: str
    word: str
    label: str
    kind: Literal["multiple", "share", "per_year"]
    adverse: int
    moved: Callable[[SitePlan, Any], SitePlan]
    reach: Callable[[SitePlan], Reach | None]
    absent: str

    @property
    def neutral(self) -> float:
        """The amount that is the case itself."""
        return 1.0 if self.kind == "multiple" else 0.0

    def change(self, amount: float) -> float:
        """The change from the case: of a multiple as a share of the case, else the addition."""
        return amount - self.neutral


def _multiples(plan: SitePlan, *paths: Path) -> Reach | None:
    there = any(entry > 0.0 for path in paths for entry in entries_in(plan, path))
    return Reach(LEAST, MOST) if there else None


def _of_price(plan: SitePlan) -> Reach | None:
    return _multiples(plan, plan.market.price, *(one.price for one in plan.contracts))


def _of_contract_price(plan: SitePlan) -> Reach | None:
    return _multiples(plan, *(one.price for one in plan.contracts))


def _of_market_price(plan: SitePlan) -> Reach | None:
    return _multiples(plan, plan.market.price)


def _of_use(plan: SitePlan) -> Reach | None:
    """No share of use is ever pushed above 1."""
    most = most_used(plan)
    if most <= 0.0:
        return None
    highest = max(1.0, min(MOST, 1.0 / most))
    return Reach(LEAST, highest if most * highest <= 1.0 else max(1.0, float(np.nextafter(highest, 0.0))))


def _of_gpu_cost(plan: SitePlan) -> Reach | None:
    chips = chip_names(plan)
    there = any(one.cost > 0.0 for one in plan.components if one.name in chips)
    return Reach(LEAST, MOST) if there else None


def _of_overrun(plan: SitePlan) -> Reach | None:
    built = [one.overrun for one in plan.components if one.spend and one.cost > 0.0]
    return Reach(-max(0.0, min(built)), MOST_OVERRUN) if built else None


def _of_power_price(plan: SitePlan) -> Reach | None:
    return _multiples(plan, plan.power.price, plan.power.demand_charge)


def _of_loan_rates(plan: SitePlan) -> Reach | None:
    """Down to where the lowest of the rates is 0."""
    rates = [entry for loan in plan.loans for entry in entries_in(plan, rate_path(loan))]
    rates += [one.construction_rate_per_year for one in plan.loans if one.construction_rate_per_year is not None]
    return Reach(-max(0.0, min(rates)), MOST_RATE_SHIFT) if rates else None


def _of_new_rates(plan: SitePlan) -> Reach | None:
    rates = [entry for one in plan.loans if one.refinancing for entry in entries_in(plan, one.refinancing.rate)]
    return Reach(-max(0.0, min(rates)), MOST_RATE_SHIFT) if rates else None


DRIVERS = (
    Driver(
        "price", "price", "price, contracts and market", "multiple", -1, moves.price, _of_price, "the case has no price"
    ),
    Driver(
        "price.contract",
        "price of the contracts",
        "price of the contracts alone",
        "multiple",
        -1,
        moves.contract_price,
        _of_contract_price,
        "the case has no contract with a price",
    ),
    Driver(
        "price.market",
        "price at the market",
        "price at the market alone",
        "multiple",
        -1,
        moves.market_price,
        _of_market_price,
        "the case has no price at the market",
    ),
    Driver(
        "utilisation",
        "use",
        "use of the GPUs, contracts and market",
        "multiple",
        -1,
        moves.gpu_use,
        _of_use,
        "the case has no use",
    ),
    Driver(
        "gpu_cost",
        "cost of GPUs",
        "cost of GPUs, first and later fleets, loans keep their amounts and the owners pay the difference",
        "multiple",
        1,
        moves.gpu_cost,
        _of_gpu_cost,
        "the case has no fleet of GPUs that costs anything",
    ),
    Driver(
        "overrun",
        "overrun",
        "overrun of all that is built, paid by contingency, what is committed and standby",
        "share",
        1,
        moves.overrun,
        _of_overrun,
        "the case builds nothing that costs anything",
    ),
    Driver(
        "power_price",
        "price of power",
        "price of power, energy and demand charge",
        "multiple",
        1,
        moves.power_price,
        _of_power_price,
        "the case has no price of power",
    ),
    Driver(
        "base_rate",
        "rate of the loans",
        "rate of the loans, base or all-in, from close on, the owners pay the difference while building",
        "per_year",
        1,
        moves.loan_rates,
        _of_loan_rates,
        "no debt",
    ),
    Driver(
        "refinancing_rate",
        "rate of the refinancing",
        "rate of the loans that refinance balloons",
        "per_year",
        1,
        moves.new_rates,
        _of_new_rates,
        "no loan is refinanced",
    ),
)
"""What is multiplied or shifted, in the order of the ids."""

BY_ID = {driver.id: driver for driver in DRIVERS}
