"""How rents moved and may move: what was found, what tokens say of them, the history with its fan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.answer import Chart, FactUsed, Table
from overbuild.facts.ledger import View
from overbuild.fleet.fleet_run import FleetRun
from overbuild.fleet.rental_price.findings import rent_findings
from overbuild.fleet.rental_price.history import rents_known, token_checks, volume_dates
from overbuild.questions.charts import GREY, NAVY, ORANGE, TEAL, Points, Spec, amounts, chart, headed, mark, source_line
from overbuild.questions.columns import column, table
from overbuild.questions.prose import pct
from overbuild.world.sourced import Sourced

_WIDTH = 560


class FoundRow(NamedTuple):
    """What was found of a series, a regime or posted prices: a number with the ends of 90%."""

    what: str
    measure: str
    value: str
    low: str
    high: str
    held: str = ""


def rent_tables() -> tuple[Table, ...]:
    """What was found of rents, and what must be served to earn them."""
    return (_found(), _tokens())


def _row(what: str, measure: str, one: Sourced, held: str = "") -> FoundRow:
    ends = ["" if end is None else f"{end:+.3f}" for end in (one.low, one.high)]
    return FoundRow(what, measure, f"{one.value:+.3f}", ends[0], ends[1], held)


def _found() -> Table:
    found = rent_findings()
    rows = [
        row
        for one in found.series
        for row in (
            _row(one.name, "drift, log a year", one.drift_per_year, pct(one.held.value)),
            _row(one.name, "volatility, log a year", one.volatility),
        )
    ]
    rows += [_row(f"H100 in a {one.name}", "slope, log a year", one.slope_per_year) for one in found.regimes]
    posted = found.posted
    rows += [
        _row("Posted prices", "changes a year", posted.rate_per_year),
        _row("Posted prices", "size, log", posted.size),
    ]
    columns = (
        column("what", "rent of"),
        column("measure", "measure"),
        column("value", "found"),
        column("low", "5%"),
        column("high", "95%"),
        column("held", "later half in fan of 80%"),
    )
    note = (
        f"by week, March to July 2026, one shortage; of {found.later_weeks} later weeks {pct(found.later_held.value)} lie in the fan; "
        "calibration/rental_price.py"
    )
    return table("rent_record", "How rents have moved", columns, rows, note=note)


def _tokens() -> Table:
    columns = (
        column("label", "generation"),
        column("rent", "rent", "USD per GPU-hour"),
        column("tokens_per_second", "tokens a second that earn it", "count"),
        column("tokens_per_tflops", "by dense BF16 TFLOPS", fill=lambda one: f"{one.tokens_per_tflops:.2f}"),
    )
    note = (
        "at 0.50 USD a million tokens, an upper bound for open models of the quality of GPT-4 in June 2026, all hours sold; "
        "what units do serve is not in the facts"
    )
    return table("tokens", "What a unit must serve to earn its rent", columns, token_checks(), note=note)


def rent_pictures(run: FleetRun, view: View, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """Rents that sources print of the chip, the months in which generations came, and the fan of what may follow."""
    fan, first = run.rents, run.plan.bought
    known: Points = [
        {"day": one.period_end, "amount": one.value_in_base_unit or 0.0} for one in rents_known(view, run.rented)
    ]
    ahead: Points = [
        {"day": _month(first, years), "low": low, "middle": middle, "high": high}
        for years, low, middle, high in zip(fan.years, fan.low, fan.middle, fan.high, strict=True)
    ]
    came: Points = [{"day": f"{month}-01", "label": label} for label, month in volume_dates() if month >= "2022-06"]
    day: Spec = {"field": "day", "type": "temporal", "title": None, "axis": {"format": "%Y", "tickCount": "year"}}
    title = "USD a GPU-hour"
    layers = [
        mark(
            ahead, {"type": "area", "color": GREY, "opacity": 0.6}, x=day, y=amounts("low", title), y2={"field": "high"}
        ),
        mark(ahead, {"type": "line", "color": TEAL, "strokeWidth": 2.5}, x=day, y=amounts("middle")),
        mark(came, {"type": "rule", "color": ORANGE, "strokeDash": [4, 3]}, x=day),
        mark(
            came,
            {"type": "text", "align": "left", "dx": 4, "y": 8, "color": ORANGE, "fontWeight": "bold"},
            x=day,
            text={"field": "label", "type": "nominal"},
        ),
    ]
    if known:
        layers.append(
            mark(known, {"type": "point", "filled": True, "size": 45, "color": NAVY}, x=day, y=amounts("amount"))
        )
    last, of_chip = fan.years[-1], f" of {run.rented}" if known else ""
    finding = f"In {last:g} years the rent lies between {fan.low[-1]:.2f} and {fan.high[-1]:.2f} USD an hour in 80% of the worlds"
    measure = [
        f"{title}; points: what sources print{of_chip}, lists and indices alike; dashed: generations in volume;",
        "band and line: 80% and the middle of worlds drawn as the default drivers say.",
    ]
    return (
        chart("rents", finding, headed(finding, measure), width=_WIDTH, height=300, drawing={"layer": layers},
              foot=source_line(facts)),
    )  # fmt: skip


def _month(year: int, years: float) -> str:
    months = round(years * 12) + 6
    return f"{year + months // 12}-{months % 12 + 1:02d}-01"
