"""A large load under a tariff, as tables: what may become of it, who pays, the years, what moves it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.answer import Table
from overbuild.policy.tariff.tariff_run import StoryRun, TariffRun
from overbuild.questions.columns import FilledColumn, column, table, unprinted
from overbuild.questions.moving_inputs import NOTE, MovedColumns, moving_table
from overbuild.questions.tariff.words import class_words, input_words


class PayerRow(NamedTuple):
    """Who pays how much of what serving the load costs, USD of present value."""

    id: str
    label: str
    amount: float


class DealYearRow(NamedTuple):
    """One year of the deal as the table shows it."""

    year: int
    lines: dict[str, float]


def tables(run: TariffRun) -> tuple[Table, ...]:
    """All tables of the answer."""
    return (_stories(run), _payers(run), _years(run), _sensitivity(run))


def _total(key: str, line: str, label: str = "", unit: str = "") -> FilledColumn:
    """A column of a total of each story; without a label it is for programs only."""

    def fill(one: StoryRun) -> float:
        return one.run.totals[line]

    return column(key, label, unit, fill) if label else unprinted(key, fill)


def _stories(run: TariffRun) -> Table:
    columns = (
        unprinted("id", lambda one: one.story.id),
        column("story", "if the load", fill=lambda one: one.story.words),
        _total("others_worse_off", "others_worse_off", "others", "USD_m"),
        _total("household_month", "household_month", "home", "USD a month"),
        _total("revenue_paid", "revenue_paid", "load pays", "USD_m"),
        _total("revenue_required", "revenue_required", "cost", "USD_m"),
        _total("owners_worse_off", "owners_worse_off"),
        _total("exit_fee_due", "exit_fee.due_in_all"),
        _total("exit_fee_unpaid", "exit_fee.unpaid_in_all", "fee unpaid", "USD_m"),
    )
    note = "others, a home: above 0 worse off; present values, a home's month the level equivalent"
    return table("stories", "Who pays, by what becomes of the load", columns, run.stories, note=note)


def payer_rows(run: TariffRun) -> tuple[PayerRow, ...]:
    """What serving the load costs, by who pays it; the parts add up to the last row."""
    return tuple(_payer_rows(run))


def _payer_rows(run: TariffRun) -> Iterator[PayerRow]:
    totals = run.run.totals
    for name, label in (
        ("delivery", "Large load: delivery"),
        ("generation", "Large load: generation"),
        ("energy", "Large load: energy"),
    ):
        yield PayerRow(f"load.{name}", label, totals[f"paid_in_all.{name}"])
    fee = totals["revenue_paid"] - sum(totals[f"paid_in_all.{name}"] for name in ("delivery", "generation", "energy"))
    yield PayerRow("load.exit_fee", "Large load: exit fee paid", fee)
    for one in run.plan.allocation.classes:
        yield PayerRow(one.name, class_words(one.name), totals[f"{one.name}.worse_off"])
    yield PayerRow("owners", "Owners of the utility", totals["owners_worse_off"])
    yield PayerRow("cost", "Cost to serve", totals["revenue_required"])


def _payers(run: TariffRun) -> Table:
    columns = (
        unprinted("id"),
        column("label", "who"),
        column("amount", "present value", "USD_m"),
    )
    aid = run.run.totals["contribution_in_aid"] / 1e6
    note = f"beside it the load pays {aid:,.0f}m at the start for what is built for it alone; below 0: gains"
    return table("payers", "Who pays, as the case says", columns, payer_rows(run), note=note)


_YEAR_LINES = (
    ("metered_mw", "metered", "MW"),
    ("delivery.billed_mw", "billed", "MW"),
    ("charged.delivery", "delivery", "USD_m"),
    ("charged.generation", "generation", "USD_m"),
    ("charged.energy", "energy", "USD_m"),
    ("fee.due", "fee due", "USD_m"),
    ("fee.from_collateral", "collateral called", "USD_m"),
    ("paid_by_load", "load pays", "USD_m"),
    ("cost_to_serve", "cost", "USD_m"),
    ("borne_by_others", "others", "USD_m"),
    ("borne_by_owners", "owners", "USD_m"),
    ("household_month_of_year", "a home", "USD a month"),
)


def _years(run: TariffRun) -> Table:
    columns = (
        column("year", "year", fill=lambda one: str(one.year)),
        *(column(name, label, unit, lambda one, name=name: one.lines[name]) for name, label, unit in _YEAR_LINES),
    )
    rows = [
        DealYearRow(run.plan.starts + place, {name: run.run.lines[name][place] for name, _, _ in _YEAR_LINES})
        for place in range(len(run.labels))
    ]
    return table("years", "The years of the deal", columns, rows)


def _sensitivity(run: TariffRun) -> Table:
    columns = MovedColumns("others at low", "at high", "USD_m")
    note = f"{NOTE}; above 0: others are worse off"
    return moving_table("What moves what others bear", run.deciding, input_words, columns, note)
