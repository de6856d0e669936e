"""Levers and conditions in words."""

from __future__ import annotations

from overbuild.questions.prose import m, pct
from overbuild.stress.tariff_levers.condition import OutcomeCondition
from overbuild.stress.tariff_levers.levers import Lever

_MEASURES = {
    "others_worse_off": "other customers lose",
    "others_worse_off.per_year": "other customers lose a year",
    "household_month": "a household loses a month",
    "owners_worse_off": "the owners of the utility lose",
}

SHORT = {"min_take": "Minimum take", "exit_fee": "Exit fee", "collateral": "Collateral"}
"""Levers as a heading names them."""


def lever_value(lever: Lever, value: float) -> str:
    """A value of a lever as one says it.

    >>> from overbuild.stress.tariff_levers.levers import LEVERS
    >>> lever_value(LEVERS["min_take"], 0.8966), lever_value(LEVERS["exit_fee"], 3.3669)
    ('89.7% of the contract', '3.37 years of minimum charges')
    >>> lever_value(LEVERS["collateral"], 673_044.9)
    '0.673m USD a MW'
    """
    if lever.id == "min_take":
        return f"{pct(value, 1)} of the contract"
    if lever.id == "exit_fee":
        return f"{value:.3g} years of minimum charges"
    return f"{value / 1e6:,.3f}m USD a MW"


def amount_of(condition: OutcomeCondition, amount: float) -> str:
    """An amount of the condition's number as one says it.

    >>> from overbuild.stress.tariff_levers.condition import condition_of
    >>> amount_of(condition_of("others_worse_off<=0@P95"), -1.2e6), amount_of(condition_of("household_month<=1"), 0.5)
    ('-1m USD', '0.50 USD')
    """
    if condition.measure == "household_month":
        return f"{_plain(amount, 2)} USD"
    return f"{m(amount)} USD" if abs(amount) >= 5e5 else f"{_plain(amount / 1e6, 0)} USD"


def _plain(amount: float, digits: int) -> str:
    """Without a minus before nothing."""
    said = f"{amount:,.{digits}f}"
    return said.removeprefix("-") if said.strip("-0.") == "" else said


def loss_words(condition: OutcomeCondition) -> str:
    """What the condition is on, as a heading.

    >>> from overbuild.stress.tariff_levers.condition import condition_of
    >>> loss_words(condition_of("others_worse_off<=0@P95"))
    'What other customers lose'
    """
    return f"What {_MEASURES[condition.measure]}"


def condition_words(condition: OutcomeCondition) -> str:
    """The condition as a clause.

    >>> from overbuild.stress.tariff_levers.condition import condition_of
    >>> condition_words(condition_of("others_worse_off<=0@P95")), condition_words(condition_of("household_month<=1"))
    ('other customers lose at most 0 USD at P95', 'a household loses a month at most 1.00 USD in the mean')
    """
    level = "in the mean" if condition.level is None else f"at {condition.level_words}"
    bound = "at most" if condition.sign == "<=" else "at least"
    return f"{_MEASURES[condition.measure]} {bound} {amount_of(condition, condition.amount)} {level}"


def lever_short(lever: Lever, value: float) -> str:
    """A value of a lever in a table.

    >>> from overbuild.stress.tariff_levers.levers import LEVERS
    >>> [lever_short(LEVERS[name], 0.8966) for name in ("min_take", "exit_fee")], lever_short(LEVERS["collateral"], 450_000.0)
    (['89.7%', '0.897 years'], '0.450m a MW')
    """
    if lever.id == "min_take":
        return pct(value, 1)
    return f"{value:.3g} years" if lever.id == "exit_fee" else f"{value / 1e6:,.3f}m a MW"
