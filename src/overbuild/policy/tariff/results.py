"""What a large load comes to over its years: required, paid, borne by others and by owners, in present value."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, row_dot, row_sum
from overbuild.equations.model import RowOf
from overbuild.money.annuity import annuity_factor
from overbuild.units import Count, PerYear, Scalar, Usd, UsdPerMonth, UsdPerYear

Row = Scalar
"""A whole row, one entry a year."""


class ClassBorne(NamedTuple):
    """What a class of customers bears, year by year."""

    name: str
    borne: Row


class YearRows(NamedTuple):
    """Rows of the years that the results are made of."""

    discount: Row
    first: Row
    minimum_charges: Row
    posted: Row
    contribution: Row
    committed: Row
    delivery: Row
    generation: Row
    energy: Row
    due: Row
    from_collateral: Row
    beyond: Row
    unpaid: Row
    recovery: Row
    cost: Row
    paid: Row
    others: Row
    owners: Row
    household: Row
    classes: tuple[ClassBorne, ...]


class ResultTerms(NamedTuple):
    """The carrying cost, and how many years are looked at."""

    carrying_cost_per_year: PerYear
    years: Count


class DealOutcome(NamedTuple):
    """What the results are: others worse off, in present value, a year and for a household's month."""

    others: Usd
    others_per_year: UsdPerYear
    household: UsdPerMonth


def rows_of(classes: tuple[str, ...]) -> YearRows:
    """The rows by their lines.

    >>> rows_of(("residential",)).classes
    (ClassBorne(name='residential', borne=RowOf(stage='years', line='residential.borne')),)
    """
    names = (
        "discount_factor",
        "first_year",
        "minimum_charges",
        "collateral_posted",
        "aid_paid",
        "committed_capital",
        "charged.delivery",
        "charged.generation",
        "charged.energy",
        "fee.due",
        "fee.from_collateral",
        "fee.beyond",
        "fee.unpaid",
        "capital_recovery",
        "cost_to_serve",
        "paid_by_load",
        "borne_by_others",
        "borne_by_owners",
        "household_month_of_year",
    )
    plain = [RowOf("years", name) for name in names]
    return YearRows(*plain, classes=tuple(ClassBorne(name, RowOf("years", f"{name}.borne")) for name in classes))


def deal_results(rows: YearRows, terms: ResultTerms) -> DealOutcome:
    """What a deal comes to, in present value at the utility's carrying cost.

        revenue required   = present value of the cost to serve
        revenue paid       = present value of what the load pays, exit fee and collateral included
        others worse off   = present value of what others bear; a year: over the annuity of the years looked at
        household month    = the same for one household in a month
        dilution benefit   = max(-others worse off, 0)
        capital unrecovered = committed - present value of its recovery; above 0 where the years end before a life does

    Source: ours, definitions and an identity: required = paid + others + owners. A year's amount is the level payment of the
    same present value.

    >>> row, one = [2.0, 2.0], [1.0, 1.0]
    >>> rows = YearRows(one, [1.0, 0.0], *[row] * 17, classes=(ClassBorne("residential", row),))
    >>> found = deal_results(rows, ResultTerms(0.08, 2.0))
    >>> found.others, round(found.others_per_year, 6)
    (4.0, 2.243077)
    """
    factor = annuity_factor(terms.carrying_cost_per_year, terms.years)
    _deal_totals(rows)
    others = line("others_worse_off", row_dot(rows.discount, rows.others))
    line("owners_worse_off", row_dot(rows.discount, rows.owners))
    line("dilution_benefit", maximum(0 - others, 0))
    for one in rows.classes:
        line(f"{one.name}.worse_off", row_dot(rows.discount, one.borne))
    month = line("household_month", row_dot(rows.discount, rows.household) / factor)
    return DealOutcome(others, line("others_worse_off_per_year", others / factor), month)


def _deal_totals(rows: YearRows) -> None:
    """What is committed and owed, and what each channel brings, in present value."""
    line("minimum_bill", row_dot(rows.first, rows.minimum_charges))
    line("collateral", row_dot(rows.first, rows.posted))
    line("contribution_in_aid", row_dot(rows.first, rows.contribution))
    capital = line("capital_committed", row_dot(rows.first, rows.committed))
    line("capital_unrecovered", capital - row_dot(rows.discount, rows.recovery))
    line("revenue_required", row_dot(rows.discount, rows.cost))
    line("revenue_paid", row_dot(rows.discount, rows.paid))
    for name in ("delivery", "generation", "energy"):
        line(f"paid_in_all.{name}", row_dot(rows.discount, getattr(rows, name)))
    for name in ("due", "from_collateral", "beyond", "unpaid"):
        line(f"exit_fee.{name}_in_all", row_sum(getattr(rows, name)))
