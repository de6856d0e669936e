"""The paths of a plan that may move from period to period, by where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.site.case.dates import contract_dates
from overbuild.site.case.paths import Path
from overbuild.site.case.plan import Loan, OfftakeContract, SitePlan


class MovingPath(NamedTuple):
    """A path of a plan: where it stands, the period that START is, and the period from which on it is as it is there."""

    where: str
    path: Path
    start: int = 1
    fixed_from: int | None = None


def moving_paths(plan: SitePlan) -> Iterator[MovingPath]:
    """Prices, use, power, staff, inflation, fixed costs, rates of loans and of what refinances them.

    >>> from overbuild.site.examples import PLAN
    >>> [one.where for one in moving_paths(PLAN)][-2:]
    ['contracts.lab.utilisation', 'loans.senior.rate']
    """
    yield MovingPath("market.price", plan.market.price)
    yield MovingPath("market.utilisation", plan.market.utilisation)
    yield MovingPath("power.price", plan.power.price)
    yield MovingPath("power.demand_charge", plan.power.demand_charge)
    yield MovingPath("costs.staff", plan.costs.staff)
    yield MovingPath("costs.inflation", plan.costs.inflation)
    for phase in plan.phases:
        yield MovingPath(f"phases.{phase.name}.fixed", phase.fixed)
    for contract in plan.contracts:
        yield from _of_contract(plan, contract)
    for loan in plan.loans:
        yield from _of_loan(loan)


def _of_contract(plan: SitePlan, one: OfftakeContract) -> Iterator[MovingPath]:
    start = contract_dates(plan, one).begins
    yield MovingPath(f"contracts.{one.name}.price", one.price, start)
    yield MovingPath(f"contracts.{one.name}.utilisation", one.utilisation, start)


def _of_loan(one: Loan) -> Iterator[MovingPath]:
    """Its rate, or its base where it floats, and the rate of what refinances it, which is that of the maturity."""
    name, rate = ("base_rate", one.base_rate) if one.rate is None else ("rate", one.rate)
    if rate is not None:
        yield MovingPath(f"loans.{one.name}.{name}", rate)
    if one.refinancing is not None:
        yield MovingPath(f"loans.{one.name}.refinancing.rate", one.refinancing.rate, fixed_from=one.maturity)
