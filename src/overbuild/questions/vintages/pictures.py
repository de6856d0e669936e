"""A spender's chips, and those of all spenders, as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Chart, FactUsed
from overbuild.company.vintages.all_spenders import AllSpenders
from overbuild.company.vintages.spender_run import SpenderRun
from overbuild.questions.charts import (
    GREY,
    NAVY,
    ORANGE,
    PALETTE,
    RED,
    TEAL,
    Points,
    Spec,
    amounts,
    chart,
    coloured,
    headed,
    lines,
    mark,
    source_line,
)
from overbuild.questions.prose import BILLION, bn, pct

_WIDTH = 560
_LAST = 5


def pictures(run: SpenderRun, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """Books against worth by year; write-down by year and vintage."""
    foot = source_line(facts)
    return (_worth(run, foot), _write_downs(run, foot))


def _worth(run: SpenderRun, foot: str) -> Chart:
    newest = max(one.year for one in run.plan.vintages)
    shown = [year for year in run.central.years if newest <= year <= newest + _LAST]
    books, central, fast, slow = "Books", "Worth", "Worth, fast fall", "Worth, slow fall"
    rows = {books: ("central", "books"), slow: ("low", "worth"), central: ("central", "worth"), fast: ("high", "worth")}
    points: Points = [
        {"year": str(year), "line": name, "amount": run.ends[end].at(row, year) / BILLION}
        for year in shown
        for name, (end, row) in rows.items()
    ]
    over = max(run.ends["high"].at("fleet_overstatement", year) for year in shown)
    finding = (
        f"{run.plan.name}: with a fast fall of rents the books run {bn(over)} USD ahead of worth"
        if over > 0.0
        else f"{run.plan.name}: the chips bought so far are worth more than the books say"
    )
    falls = ", ".join(pct(run.falls[end]) for end in ("low", "central", "high"))
    measure = f"USD bn, end of year, AI chips bought to {newest}; rents fall (slow, central, fast) {falls} a year"
    colours = {books: NAVY, slow: GREY, central: TEAL, fast: RED}
    drawing = lines(points, x="year", line="line", amount="amount", title="USD bn", colours=colours)
    return chart("worth", finding, headed(finding, measure), width=_WIDTH, height=280, drawing=drawing, foot=foot)


def _write_downs(run: SpenderRun, foot: str) -> Chart:
    years, named = run.ends["high"], [one.name for one in run.plan.vintages]
    points: list[dict[str, str | float]] = [
        {
            "year": str(round(years.totals[f"{name}.vintage_write_down_year"])),
            "line": f"Bought in {name.removeprefix('bought_')}",
            "amount": years.totals[f"{name}.vintage_write_down"] / BILLION,
        }
        for name in named
        if years.totals[f"{name}.vintage_write_down"] > 0.0
    ]
    finding = (
        f"{run.plan.name}: {bn(years.write_down, 1)} USD to write down if rents fall {pct(run.falls['high'])} a year"
        if points
        else f"{run.plan.name}: no vintage is written down, not even with the fast fall of rents"
    )
    measure = f"USD bn by year of the write-down and of purchase; at the central fall {bn(run.central.write_down, 1)}"
    return _stacked("write_downs", finding, measure, points, foot)


def spender_pictures(found: AllSpenders, facts: Sequence[FactUsed]) -> tuple[Chart, ...]:
    """Write-down by year and company with the fast fall of rents."""
    points: list[dict[str, str | float]] = [
        {"year": str(year), "line": one.name, "amount": amount / BILLION}
        for one in found.spenders
        for year in found.years
        if (amount := one.run.ends["high"].written_down_in(year)) > 0.0
    ]
    total = found.write_down("high")
    finding = f"With a fast fall of rents {bn(total)} USD of AI chips are written down"
    measure = (
        f"USD bn by year and company, chips bought so far; at the central fall {bn(found.write_down('central'), 1)}"
    )
    return (_stacked("write_downs", finding, measure, points, source_line(facts)),)


def _stacked(name: str, finding: str, measure: str, points: Sequence[dict[str, str | float]], foot: str) -> Chart:
    named = list(dict.fromkeys(str(one["line"]) for one in points))
    known = dict(zip(named, (*PALETTE, "#7a8ea3"), strict=False))
    year: Spec = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}}
    bars = mark(
        points or [{"year": "none", "line": "none", "amount": 0.0}],
        {"type": "bar", "size": 46},
        x=year,
        y=amounts("amount", "USD bn", stack="zero"),
        color=coloured("line", known or {"none": ORANGE}),
    )
    heading = headed(finding, measure)
    return chart(name, finding, heading, width=_WIDTH, height=260, drawing={"layer": [bars]}, foot=foot)
