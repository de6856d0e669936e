"""A unit through its ages, as pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.fleet.fleet_run import FleetRun
from overbuild.questions.charts import GREY, NAVY, ORANGE, TEAL, Points, chart, headed, lines, source_line
from overbuild.questions.chip_words import input_words
from overbuild.questions.fleet.story import longest_life, usd
from overbuild.questions.moving_inputs import MovedAnswer, moving_chart

_WIDTH = 560


def pictures(run: FleetRun, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """Worth against books by age, the rent by age, what moves the value."""
    foot = source_line(facts)
    return (_worth(run, foot), _rent(run, foot), _moves(run, foot))


def _worth(run: FleetRun, foot: str) -> Chart:
    named = longest_life(run)
    years = next(life.years for life in run.plan.lives if life.name == named)
    books, worth, resale = f"Books, {years:g} years", "Worth", "Resale"
    rows = {books: f"{named}.net_book_value", worth: "economic_value", resale: "resale_value"}
    points = _points(run, rows, 1e3)
    found = run.overstatement(named)
    finding = (
        f"{run.plan.name}: the books run ahead of what a unit is worth by up to {usd(found.amount)} USD"
        if found.amount > 0.0
        else f"{run.plan.name}: a unit is worth more than its books at every age"
    )
    measure = "USD thousand a unit, by age in years, to the age at which it is retired"
    colours = {books: NAVY, worth: TEAL, resale: GREY}
    drawing = lines(points, x="age", line="line", amount="amount", title="USD thousand", colours=colours)
    return chart("worth", finding, headed(finding, measure), width=_WIDTH, height=280, drawing=drawing, foot=foot)


def _rent(run: FleetRun, foot: str) -> Chart:
    rent = "Rent"
    points = _points(run, {rent: "rent_of_compute"}, 1.0)
    half = run.run.values().values["price.half_life_years"]
    finding = (
        f"The rent of a unit halves in {half:.1f} years"
        if isinstance(half, float)
        else "The rent of a unit does not fall"
    )
    measure = "USD a GPU-hour, by age in years; launches spread evenly"
    drawing = lines(points, x="age", line="line", amount="amount", title="USD a GPU-hour", colours={rent: ORANGE})
    return chart("rent", finding, headed(finding, measure), width=_WIDTH, height=240, drawing=drawing, foot=foot)


def _points(run: FleetRun, rows: Mapping[str, str], scale: float) -> Points:
    return [
        {"age": str(age), "line": name, "amount": run.run.lines[row][age] / scale}
        for age in range(run.run.economic_life + 1)
        for name, row in rows.items()
    ]


def _moves(run: FleetRun, foot: str) -> Chart:
    def told(amount: float) -> str:
        return f"{amount / 1e3:,.1f}"

    moved = MovedAnswer(
        run.run.totals["unit_npv"],
        1e3,
        told,
        "worth above cost, USD thousand",
        "decides what a unit is worth",
        "Worth of a unit above its cost, USD thousand",
    )
    return moving_chart(run.deciding, input_words, moved, foot)
