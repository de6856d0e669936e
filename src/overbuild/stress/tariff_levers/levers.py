"""The levers of a tariff: what each is, between which values it makes sense, and the case that a value makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from overbuild.errors import InputError, did_you_mean
from overbuild.policy.tariff.case import TariffPlan
from overbuild.policy.tariff.faults import most_secured

_MOST_COLLATERAL_FEES = 2.0
"""How many times the greatest exit fee collateral is looked for: charges grow while it does not."""


class Lever(NamedTuple):
    """Something of a tariff that a regulator may turn.

    `value` is what the case has; `most` the greatest value that makes sense for it (the least is 0); `moved` the case at
    a value; `against` the lever that a picture sets beside it.
    """

    id: str
    words: str
    unit: str
    value: Callable[[TariffPlan], float]
    most: Callable[[TariffPlan], float]
    moved: Callable[[TariffPlan, float], TariffPlan]
    against: str


def _take(plan: TariffPlan) -> float:
    return plan.tariff.delivery.min_take if plan.tariff.delivery.charge > 0.0 else plan.tariff.generation.min_take


def _whole(plan: TariffPlan) -> float:
    return 1.0


def _fee(plan: TariffPlan) -> float:
    return plan.tariff.exit_fee_years


def _term(plan: TariffPlan) -> float:
    return plan.tariff.term_years


def _with_take(plan: TariffPlan, amount: float) -> TariffPlan:
    rule = plan.tariff
    return plan._replace(
        tariff=rule._replace(
            delivery=rule.delivery._replace(min_take=amount), generation=rule.generation._replace(min_take=amount)
        )
    )


def _with_fee(plan: TariffPlan, amount: float) -> TariffPlan:
    return plan._replace(tariff=plan.tariff._replace(exit_fee_years=amount))


def collateral_per_mw(plan: TariffPlan) -> float:
    """What a case posts in all, USD a MW of contract.

    >>> from pathlib import Path
    >>> from overbuild.policy.tariff.faults import TARIFFS
    >>> from overbuild.world.case_record import read_case
    >>> round(collateral_per_mw(read_case(Path("preset:dominion-gs5"), TARIFFS).record))
    450000
    """
    return most_secured(plan).collateral / plan.load.contract_mw


def _with_collateral(plan: TariffPlan, amount: float) -> TariffPlan:
    rule = plan.tariff._replace(collateral_per_mw=amount, collateral_bill_years=0.0, collateral_exempt_share=0.0)
    return plan._replace(tariff=rule)


def _most_collateral(plan: TariffPlan) -> float:
    fee = most_secured(plan).fee / plan.load.contract_mw
    return max(_MOST_COLLATERAL_FEES * fee, collateral_per_mw(plan))


LEVERS = {
    one.id: one
    for one in (
        Lever(
            "min_take",
            "minimum take, of delivery and generation alike",
            "share",
            _take,
            _whole,
            _with_take,
            "exit_fee",
        ),
        Lever(
            "exit_fee",
            "exit fee",
            "years",
            _fee,
            _term,
            _with_fee,
            "min_take",
        ),
        Lever(
            "collateral",
            "collateral in all, after exemptions",
            "USD per MW",
            collateral_per_mw,
            _most_collateral,
            _with_collateral,
            "min_take",
        ),
    )
}
"""By id."""


def lever_of(name: str, what: str = "--for") -> Lever:
    """The lever of an id. Raises InputError `unknown_name` with close names.

    >>> lever_of("exit_fee").unit
    'years'
    """
    if name not in LEVERS:
        hint = f"no such lever.{did_you_mean(name, LEVERS)} There are {', '.join(LEVERS)}"
        raise InputError("unknown_name", what, name, hint)
    return LEVERS[name]
