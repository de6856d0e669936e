"""Required revenue as tables, sentences and a picture."""

from __future__ import annotations

from typing import Any

from overbuild.ecosystem.required_revenue import need_gap
from overbuild.questions.answer import Cell, Chart, Column, Row, Table
from overbuild.questions.need.basis import Basis

_BN = 1e9


def _bn(amount: float) -> str:
    return f"{amount / _BN:,.0f}bn"


def gap_at(basis: Basis, required: float) -> float:
    """What is earned less what is required."""
    return need_gap(basis.earned.central, required)


def crossing(basis: Basis) -> int | None:
    """The year from which what is earned stays at or above what is required; None if it does not by the horizon.

    A year that is met once and missed again, as new vintages pile up, is no break-even.
    """
    met: int | None = None
    for year in reversed(basis.path):
        if year.earned < year.required:
            break
        met = year.year
    return met


def first_met(basis: Basis) -> int | None:
    """The first year in which what is earned is at least what is required, whether it lasts or not."""
    return next((year.year for year in basis.path if year.earned >= year.required), None)


def headline(basis: Basis) -> str:
    """What must be earned, what is, and when the two meet."""
    required, earned = basis.required, basis.earned.central
    day = f" on the facts known on {basis.view.day}" if basis.view.day else ""
    year, growth = crossing(basis), basis.also.growth_per_year.value
    when = f"for good in {year}" if year else f"not for good within {basis.also.horizon_years} years"
    return (
        f"{basis.year}{day}: for {basis.preset.hurdle_per_year.value:.0%} after tax, {_bn(basis.capex.central)} USD of "
        f"capex must earn {_bn(required.owner)} at the owner's door in its first year ({_bn(required.capital_charge)} "
        f"capital charge, {_bn(basis.opex.central)} energy) and {_bn(required.end_user)} at the end user's; "
        f"{_bn(earned)} is earned, {earned / required.owner:.0%} of the owner's requirement. With spending kept up and "
        f"revenue growing {growth:.0%} a year the two meet {when}."
    )


def tables(basis: Basis) -> tuple[Table, ...]:
    """All tables of the answer."""
    return (_doors(basis), _classes(basis), _years(basis), *_ranges(basis), _naive(basis), _payback(basis))


def _doors(basis: Basis) -> Table:
    required, earned = basis.required, basis.earned.central
    rows: list[Row] = [_door("owner", "Owner (charge and energy)", required.owner, basis)]
    doors = list(zip(basis.also.layers, required.after_layers, strict=True))
    for (name, margin), door in doors[:-1]:
        rows.append(_door(name, f"After the {name} layer keeps {margin.value:.0%}", door, basis))
    kept = "".join(f", after the {name} layer keeps {margin.value:.0%}" for (name, margin), _ in doors[-1:])
    rows.append(_door("end_user", f"End user{kept}", required.end_user, basis))
    columns = (
        Column("door", "door"),
        Column("required", "required", "USD_per_year"),
        Column("earned", "earned at the owner's door", "USD_per_year"),
        Column("gap", "gap", "USD_per_year"),
    )
    note = f"{earned / _BN:,.0f}bn is earned at the owner's door: compare it with the first row"
    return Table("doors", f"What must be earned in the first year, {basis.year}", columns, tuple(rows), note)


def _door(name: str, label: str, required: float, basis: Basis) -> Row:
    return {
        "id": name,
        "door": label,
        "required": required,
        "earned": basis.earned.central,
        "gap": gap_at(basis, required),
    }


def _classes(basis: Basis) -> Table:
    plans = {plan.name: plan for plan in basis.preset.asset_classes}
    rows: list[Row] = [
        {
            "id": f"capital_charge.{one.name}",
            "asset": plans[one.name].label,
            "cost": one.cost,
            "life_years": plans[one.name].life_years.value,
            "price_decline": plans[one.name].price_decline_per_year.value,
            "charge": one.charge,
            "of_cost": one.charge / one.cost if one.cost else None,
        }
        for one in basis.required.charges
    ]
    rows.append(
        {"id": "capital_charge", "asset": "Total", "cost": basis.capex.central, "charge": basis.required.capital_charge}
    )
    columns = (
        Column("asset", "asset class"),
        Column("cost", "cost", "USD"),
        Column("life_years", "life", "years"),
        Column("price_decline", "price decline", "decimal_per_year"),
        Column("charge", "charge, year 1", "USD"),
        Column("of_cost", "of cost", "decimal"),
    )
    return Table("classes", "The capital charge by asset class", columns, tuple(rows))


def _years(basis: Basis) -> Table:
    names = [plan.name for plan in basis.preset.asset_classes]
    rows: list[Row] = []
    for year in basis.path:
        row: dict[str, Cell] = {"year": str(year.year)}
        row |= {f"charge.{name}": charge for name, charge in zip(names, year.charges, strict=True)}
        row |= {
            "opex": year.opex,
            "required": year.required,
            "earned": year.earned,
            "gap": need_gap(year.earned, year.required),
        }
        rows.append(row)
    columns = (
        Column("year", "year"),
        *(Column(f"charge.{name}", f"{name} charge", "USD_per_year") for name in names),
        Column("opex", "energy", "USD_per_year"),
        Column("required", "required", "USD_per_year"),
        Column("earned", "earned", "USD_per_year"),
        Column("gap", "gap", "USD_per_year"),
    )
    note = "each year's spending is a new vintage beside those still alive; energy grows with revenue"
    return Table("years", "Required and earned at the owner's door, year by year", columns, tuple(rows), note)


def _ranges(basis: Basis) -> tuple[Table, ...]:
    if basis.range is None or basis.required_range is None:
        return ()
    low, high = basis.required_range
    rows: tuple[Row, ...] = (
        {"item": "Capex", "low": basis.range.low, "central": basis.capex.central, "high": basis.range.high},
        {"item": "Required at the owner's door", "low": low.owner, "central": basis.required.owner, "high": high.owner},
        {
            "item": "Required at the end user's",
            "low": low.end_user,
            "central": basis.required.end_user,
            "high": high.end_user,
        },
    )
    columns = (
        Column("item", "item"),
        Column("low", "low", "USD"),
        Column("central", "central", "USD"),
        Column("high", "high", "USD"),
    )
    note = (
        "low and high are the 10% and 90% points: each spender's guidance range holds its spending with 80% probability, "
        f"correlated at {basis.also.guidance_correlation.value:g}; only the guidance varies here"
    )
    return (Table("range", "The range of the spenders' guidance", columns, rows, note),)


def _naive(basis: Basis) -> Table:
    naive, also = basis.naive, basis.also
    rows: tuple[Row, ...] = (
        {
            "method": "Multiplier: chips, doubled, doubled",
            "required": naive.required_revenue,
            "what": "whole cost back in one year",
        },
        {
            "method": "Capital charge, end user",
            "required": basis.required.end_user,
            "what": "a return over the life of each asset",
        },
        {"method": "Difference", "required": naive.required_revenue - basis.required.end_user, "what": "see below"},
    )
    columns = (
        Column("method", "method"),
        Column("required", "required", "USD_per_year"),
        Column("what", "what it asks"),
    )
    note = (
        f"the multiplier divides chips by {also.chip_share_of_cost.value:g} and by 1 - {also.end_user_gross_margin.value:g}; it "
        "knows no life, return, tax or energy, and one layer of margin where the other has "
        f"{len(also.layers)}"
    )
    return Table("multiplier", "The naive multiplier beside the capital charge", columns, rows, note)


def _payback(basis: Basis) -> Table:
    found = basis.payback
    rows: list[Row] = []
    for name, label in (
        ("operating_breakeven_quarter", "First quarter whose contribution covers its capex"),
        ("payback_quarters", "Cumulative cash back to zero"),
        ("discounted_payback_quarters", "The same, discounted at the hurdle"),
    ):
        rows.append(
            {"id": name, "event": label, "quarters": getattr(found, name), "status": found.status.get(name, "")}
        )
    columns = (Column("event", "event"), Column("quarters", "after", "quarters"), Column("status", "status"))
    note = f"from the start of {basis.year}; contribution margin {basis.also.contribution_margin.value:.0%} of revenue, spending kept up"
    return Table("payback", "Payback of the whole programme", columns, tuple(rows), note)


def notes(basis: Basis) -> tuple[str, ...]:
    """What the numbers mean."""
    it = basis.required.charges[-1]
    said = [
        f"Chips carry {it.charge / basis.required.capital_charge:.0%} of the charge: they live "
        f"{basis.preset.asset_classes[-1].life_years.value:g} years and what they rent for falls "
        f"{basis.preset.asset_classes[-1].price_decline_per_year.value:.0%} a year, so most must come early.",
        f"The multiplier asks {_bn(basis.naive.required_revenue)}: all of the cost in one year, without a return. The "
        f"charge asks {_bn(basis.required.end_user)} at the same door: a return over each life, with energy and the margins "
        "of every layer. They answer different questions and should not be mixed.",
    ]
    first, lasting = first_met(basis), crossing(basis)
    if first is not None and first != lasting:
        said.append(
            f"In {first} revenue meets the requirement of that year's vintages once; it is missed again as the next "
            "year's spending adds its own charge."
        )
    inexact = sorted(
        {f.key for f in (*basis.capex.facts, *basis.opex.facts, *basis.earned.facts) if f.known_at_precision != "day"}
    )
    if inexact:
        said.append(f"Dated only to the month or year or by inference: {', '.join(inexact)}.")
    return tuple(said)


def chart(basis: Basis) -> Chart:
    """Required against earned over time, with the crossing marked."""
    points: list[dict[str, Any]] = []
    for year in basis.path:
        points.append({"year": str(year.year), "line": "Required at the owner's door", "usd_bn": year.required / _BN})
        points.append({"year": str(year.year), "line": "Earned, on the growth path", "usd_bn": year.earned / _BN})
    met = crossing(basis)
    shown = points if met is None else [p for p in points if int(p["year"]) <= met + 3]
    marks = [
        {"year": str(y.year), "usd_bn": y.earned / _BN, "text": f"meet in {y.year}"}
        for y in basis.path
        if y.year == met
    ]
    axis = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}}
    lines: dict[str, Any] = {
        "data": {"values": shown},
        "mark": {"type": "line", "point": True, "strokeWidth": 2.5},
        "encoding": {
            "x": axis,
            "y": {"field": "usd_bn", "type": "quantitative", "title": "USD bn a year"},
            "color": {
                "field": "line",
                "type": "nominal",
                "title": None,
                "sort": None,
                "scale": {
                    "domain": ["Required at the owner's door", "Earned, on the growth path"],
                    "range": ["#1f4e79", "#d9822b"],
                },
                "legend": {"orient": "bottom", "labelLimit": 260},
            },
        },
    }
    layers: list[dict[str, Any]] = [lines]
    if marks:
        layers += [
            {
                "data": {"values": marks},
                "mark": {"type": "point", "size": 220, "color": "#b22222", "strokeWidth": 2},
                "encoding": {"x": axis, "y": {"field": "usd_bn", "type": "quantitative"}},
            },
            {
                "data": {"values": marks},
                "mark": {
                    "type": "text",
                    "dx": -12,
                    "dy": -14,
                    "align": "right",
                    "color": "#b22222",
                    "fontWeight": "bold",
                },
                "encoding": {
                    "x": axis,
                    "y": {"field": "usd_bn", "type": "quantitative"},
                    "text": {"field": "text", "type": "nominal"},
                },
            },
        ]
    growth, hurdle = basis.also.growth_per_year.value, basis.preset.hurdle_per_year.value
    subtitle = f"Hurdle {hurdle:.0%} after tax; revenue grows {growth:.0%} a year; spending kept at {_bn(basis.capex.central)} USD"
    spec: dict[str, Any] = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": "AI revenue required against earned", "subtitle": subtitle, "anchor": "start"},
        "width": 560,
        "height": 280,
        "layer": layers,
        "config": {"view": {"stroke": None}, "font": "sans-serif"},
    }
    return Chart("need", "AI revenue required against earned", spec)
