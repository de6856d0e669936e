"""What the books say a unit is worth: straight line over an accounting life, whatever it earns."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import clip, line, maximum
from overbuild.units import Usd, UsdPerYear, UsdStock, Years


class AccountingLife(NamedTuple):
    """An accounting life under its name, such as `life_6`."""

    name: str
    years: Years


def book_value(life: AccountingLife, cost: UsdStock, age: Years) -> UsdStock:
    """Net book value at an age: cost less straight-line depreciation, never below 0.

        book value = max(cost - cost / life * age, 0)

    Source: straight-line depreciation without residual value, ASC 360-10-35-4.

    >>> book_value(AccountingLife("life_6", 6.0), 30000.0, 2.0)
    20000.0
    """
    return line(f"{life.name}.net_book_value", left_of_cost(life, cost, age))


def left_of_cost(life: AccountingLife, cost: UsdStock, age: Years) -> UsdStock:
    """What straight-line depreciation over a life leaves of a cost at an age, without a line of its own.

        left = max(cost - cost / life * age, 0)

    Source: straight-line depreciation without residual value, ASC 360-10-35-4.

    >>> left_of_cost(AccountingLife("life_6", 6.0), 30000.0, 5.0)
    5000.0
    """
    return maximum(cost - cost / life.years * age, 0)


def depreciation_of_year(life: AccountingLife, cost: UsdStock, age: Years) -> UsdPerYear:
    """What the year that ends at an age takes off: a full year's share of cost while the life lasts, then what is left.

        depreciation = cost / life * min(max(life - age + 1, 0), 1), from age 1 on

    Edges: nothing at purchase, age 0. Source: straight-line depreciation without residual value, ASC 360-10-35-4.

    >>> depreciation_of_year(AccountingLife("meta", 5.5), 5500.0, 6.0), depreciation_of_year(AccountingLife("meta", 5.5), 5500.0, 0.0)
    (500.0, 0.0)
    """
    return cost / life.years * clip(life.years - age + 1, 0, 1) * clip(age, 0, 1)


def overstatement(life: AccountingLife, book: UsdStock, value: UsdStock) -> Usd:
    """By how much the books exceed the economic value; below 0 they understate it.

        overstatement = book value - economic value

    Source: ours, a definition.

    >>> round(overstatement(AccountingLife("life_6", 6.0), 20000.0, 10147.3), 1)
    9852.7
    """
    return line(f"{life.name}.overstatement", book - value)
