"""A unit through its ages, as tables."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.answer import Table
from overbuild.fleet.fleet_run import FleetRun
from overbuild.questions.chip_words import input_words, life_words
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.moving_inputs import MovedColumns, moving_table


class AgeRow(NamedTuple):
    """One age of a unit as the table shows it, USD."""

    age: int
    year: int
    rent: float
    quasi_rent: float
    resale: float
    value: float
    books: dict[str, float]


class LifeRow(NamedTuple):
    """What an accounting life comes to, USD a unit."""

    name: str
    label: str
    first_year: float
    peak: float
    peak_age: int
    write_down: float | None
    write_down_year: str


def tables(run: FleetRun) -> tuple[Table, ...]:
    """All tables of the answer."""
    return (_lives(run), _ages(run), _sensitivity(run))


def _lives(run: FleetRun) -> Table:
    columns = (
        unprinted("id", lambda one: one.name),
        column("life", "accounting life", fill=lambda one: one.label),
        column("first_year", "a year", "USD a unit"),
        column("peak", "most above worth", "USD a unit"),
        unprinted("peak_age"),
        column("peak_said", "at age", fill=lambda one: str(one.peak_age)),
        column("write_down", "write-down", "USD a unit"),
        column("write_down_year", "in"),
    )
    rows: list[LifeRow] = []
    values = run.run.values().values
    for life in run.plan.lives:
        overstated = run.overstatement(life.name)
        age = values[f"{life.name}.write_down_age"]
        when = str(run.plan.bought + round(age)) if isinstance(age, float) else "none"
        loss = values[f"{life.name}.write_down"]
        depreciation = run.plan.cost - run.run.lines[f"{life.name}.net_book_value"][1]
        rows.append(
            LifeRow(
                life.name,
                life_words(life.name, life.years),
                depreciation,
                overstated.amount,
                overstated.age,
                loss if isinstance(loss, float) else None,
                when,
            )
        )
    note = "a year: depreciation; write-down: the first that the impairment test of US GAAP asks for"
    return table("lives", "What the books say, by accounting life", columns, rows, note=note)


def _ages(run: FleetRun) -> Table:
    lines = run.run.lines
    columns = (
        column("age", "age", "count"),
        column("year", "year", fill=lambda one: str(one.year)),
        column("rent", "rent", "USD per GPU-hour"),
        column("quasi_rent", "earns next year", "USD a unit"),
        column("value", "worth", "USD a unit"),
        column("resale", "resale", "USD a unit"),
        *(
            column(
                f"book.{life.name}",
                f"books, {life.years:g} years",
                "USD a unit",
                lambda one, name=life.name: one.books[name],
            )
            for life in run.plan.lives
        ),
    )
    rows = [
        AgeRow(
            age,
            run.plan.bought + age,
            lines["rent_of_compute"][age],
            lines["quasi_rent"][age],
            lines["resale_value"][age],
            lines["economic_value"][age],
            {life.name: lines[f"{life.name}.net_book_value"][age] for life in run.plan.lives},
        )
        for age in range(run.run.economic_life + 1)
    ]
    return table("ages", "A unit through its ages, to the age at which it is retired", columns, rows)


def _sensitivity(run: FleetRun) -> Table:
    columns = MovedColumns("worth above cost at low", "at high", "USD a unit")
    return moving_table("What moves what a unit is worth above its cost", run.deciding, input_words, columns)
