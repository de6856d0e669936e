"""A spender's chips as tables."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.answer import Table
from overbuild.company.vintages.case import BoughtPlan
from overbuild.company.vintages.spender_run import SpenderRun
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.moving_inputs import MovedColumns, moving_table
from overbuild.questions.vintages.story import said_of

SHOWN_YEARS = 8
"""As many years after the newest purchase as the table of years shows."""


class RowOfEnd(NamedTuple):
    """The write-down at one fall of rents."""

    end: str
    fall: float
    write_down: float
    year: str
    newest_vintage: float
    peak: float
    peak_year: str


class RowOfLife(NamedTuple):
    """An accounting life: depreciation and net income in a year, and the write-down at each end."""

    years: float
    depreciation: float
    net_income_change: float
    low: float
    central: float
    high: float


def tables(run: SpenderRun) -> tuple[Table, ...]:
    """All tables of the answer."""
    return (_ends(run), _vintages(run), _years(run), _lives(run), _sensitivity(run))


def _ends(run: SpenderRun) -> Table:
    columns = (
        column("end", "rents fall"),
        column("fall", "a year", "decimal"),
        column("write_down", "write-down", "USD"),
        column("year", "from"),
        unprinted("newest_vintage"),
        column("peak", "books above worth", "USD"),
        column("peak_year", "at most in"),
    )
    newest = max(run.plan.vintages, key=lambda one: one.year).name
    rows = [
        RowOfEnd(
            {"low": "slow", "central": "central", "high": "fast"}[end],
            run.falls[end],
            years.write_down,
            str(years.write_down_year or "none"),
            years.totals[f"{newest}.vintage_write_down"],
            years.peak[0],
            str(years.peak[1]),
        )
        for end, years in run.ends.items()
    ]
    note = "each vintage tested by itself, US GAAP; the fall with launches"
    return table("write_downs", "The write-down by how fast rents fall", columns, rows, note=note)


def _vintages(run: SpenderRun) -> Table:
    newest = max(one.year for one in run.plan.vintages)

    def in_newest(name: str) -> dict[str, float]:
        return {one.name: run.central.at(f"{one.name}.{name}", newest) for one in run.plan.vintages}

    cost, books, worth = in_newest("chips_at_cost"), in_newest("books"), in_newest("worth")
    high = run.ends["high"].totals
    columns = (
        unprinted("id", lambda one: one.name),
        column("year", "bought in", fill=lambda one: str(one.year)),
        column("generation", "counted as"),
        column("capex", "capex", "USD"),
        column("cost", "AI chips at cost", "USD", lambda one: cost[one.name]),
        column("books", f"books, end of {newest}", "USD", lambda one: books[one.name]),
        column("worth", "worth", "USD", lambda one: worth[one.name]),
        column(
            "write_down", "write-down if rents fall fast", "USD", lambda one: high[f"{one.name}.vintage_write_down"]
        ),
        column("write_down_year", "in", fill=lambda one: _year_of(one, high)),
    )
    return table("vintages", "The chips by year of purchase", columns, run.plan.vintages)


def _year_of(one: BoughtPlan, totals: dict[str, float]) -> str:
    written = totals[f"{one.name}.vintage_is_written_down"] > 0.0
    return str(round(totals[f"{one.name}.vintage_write_down_year"])) if written else "none"


def _years(run: SpenderRun) -> Table:
    ends = run.ends
    columns = (
        column("year", "end of", fill=str),
        column("books", "books", "USD", lambda year: run.central.at("books", year)),
        *(
            column(f"worth.{end}", f"worth, {label} fall", "USD", lambda year, end=end: ends[end].at("worth", year))
            for end, label in (("low", "slow"), ("central", "central"), ("high", "fast"))
        ),
        column("high", "write-down, fast fall", "USD", lambda year: ends["high"].totals[f"write_down_in.{year}"]),
    )
    last = max(one.year for one in run.plan.vintages) + SHOWN_YEARS
    shown = [year for year in run.central.years if year <= last]
    return table("years", "Books against worth, by year", columns, shown, note="books before any write-down")


def _lives(run: SpenderRun) -> Table:
    year = run.looked_at - 1
    columns = (
        column("years", "accounting life", "years"),
        column("depreciation", f"depreciation in {year}", "USD"),
        column("net_income_change", "change of net income", "USD"),
        column("low", "write-down, slow fall", "USD"),
        column("central", "central", "USD"),
        column("high", "fast fall", "USD"),
    )
    rows = [
        RowOfLife(
            life.years,
            run.central.at(f"depreciation.{life.name}", year),
            run.central.at(f"net_income_change.{life.name}", year),
            *(run.by_life[life.years][end].write_down for end in run.ends),
        )
        for life in run.plan.lives
    ]
    note = f"against the life in force, {run.plan.life_years:g} years; as if booked so from purchase on"
    return table("lives", "Earnings and write-down by accounting life", columns, rows, note=note)


def _sensitivity(run: SpenderRun) -> Table:
    title = f"What moves books less worth at the end of {run.looked_at}"
    columns = MovedColumns("at low", "at high", "USD")
    return moving_table(title, run.deciding, said_of, columns, "one at a time; the largest first")
