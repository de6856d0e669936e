"""What must be earned, as tables."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Cell, Row, Table
from overbuild.ecosystem.need.case import NeedCase
from overbuild.ecosystem.need.path import PathYear
from overbuild.ecosystem.need.sensitivity import NeedSensitivity
from overbuild.questions.columns import FilledColumn, column, itemised, table, unprinted
from overbuild.questions.deciding import said, three
from overbuild.questions.prose import capitalised, pct

_RANGE = (
    column("item", "item"),
    column("low", "low", "USD"),
    column("central", "central", "USD"),
    column("high", "high", "USD"),
)
_METHODS = (
    column("method", "method"),
    column("required", "required", "USD_per_year"),
    column("what", "what it asks"),
)


def tables(case: NeedCase, moves: Sequence[NeedSensitivity]) -> tuple[Table, ...]:
    """All tables of the answer."""
    return (
        _doors(case),
        _classes(case),
        _years(case),
        *_ranges(case),
        _sensitivity(case, moves),
        _multiplier(case),
        _payback(case),
    )


def _sensitivity(case: NeedCase, moves: Sequence[NeedSensitivity]) -> Table:
    """What the year's capex must earn, and when it is, at the low and high end of each assumption, one at a time."""
    labels = {plan.name: plan.label for plan in case.gap_preset.asset_classes}
    columns = (
        unprinted("assumption"),
        column("said", "assumption", fill=lambda one: capitalised(said(one.assumption, labels))),
        *(unprinted(name) for name in ("unit", "low", "value", "high")),
        column("range", "low, used, high", fill=lambda one: three(one.low, one.value, one.high, one.unit)),
        column("owner_at_low", "required at low", "USD_per_year", lambda one: one.at_low.owner),
        column("owner_at_high", "at high", "USD_per_year", lambda one: one.at_high.owner),
        column("year_at_low", "met in, at low", fill=lambda one: _year(one.at_low.breakeven_year)),
        column("year_at_high", "at high", fill=lambda one: _year(one.at_high.breakeven_year)),
    )
    moved = [one for one in moves if one.swing or one.at_low != one.at_high]
    note = (
        "this year's capex; one at a time, the others as used; the largest first; those that move neither are left out"
    )
    return table("sensitivity", "What moves what must be earned", columns, moved, note=note)


def _year(year: int | None) -> str:
    return str(year) if year else "not yet"


def _doors(case: NeedCase) -> Table:
    required = case.required
    columns = (
        unprinted("id"),
        column("door", "door"),
        column("required", "required", "USD_per_year"),
        column("earned", "earned there", "USD_per_year"),
        column("gap", "gap", "USD_per_year"),
    )
    layers = [f"{_layer(layer.name)} keeps {pct(layer.gross_margin.value)}" for layer in case.preset.layers]
    between = zip(case.preset.layers[:-1], layers, required.after_layers, strict=False)
    end_user = f"End user, after {layers[-1]}" if layers else "End user"
    vintages, gap, paid = case.required_of_vintages, case.annualised_gap, case.earned.central
    doors: list[tuple[Cell, ...]] = [
        ("vintages", "Owner, all vintages alive, the part for AI", vintages.central, paid, gap.central),
        ("owner", "Owner, this year's capex (charge and energy)", required.owner, paid, case.gap_at(required.owner)),
        *((layer.name, f"After {words}", asked, None, None) for layer, words, asked in between),
        ("end_user", end_user, required.end_user, case.earned_end_user.central, case.results.gap),
    ]
    known = "" if case.gap.known.end_user else "; what end users pay was not known, the owners' figure stands for it"
    note = f"owners and end users are two measurements of one stream{known}"
    return itemised("doors", f"What must be earned in the first year, {case.year}", columns, doors, note=note)


def _classes(case: NeedCase) -> Table:
    plans = {plan.name: plan for plan in case.gap_preset.asset_classes}
    columns = (
        unprinted("id", lambda one: f"capital_charge.{one.name}"),
        column("asset", "asset class", fill=lambda one: plans[one.name].label),
        column("cost", "cost", "USD"),
        column("life_years", "life", "years", lambda one: plans[one.name].life_years.value),
        column(
            "price_decline",
            "price decline",
            "decimal_per_year",
            lambda one: plans[one.name].price_decline_per_year.value,
        ),
        column("charge", "charge, year 1", "USD"),
        column("of_cost", "of cost", "decimal", lambda one: one.share_of_cost),
    )
    total: Row = {
        "id": "capital_charge",
        "asset": "Total",
        "cost": case.capex.central,
        "charge": case.required.capital_charge,
    }
    return table("classes", "The capital charge by asset class", columns, case.required.charges, total=(total,))


def _years(case: NeedCase) -> Table:
    columns = (
        column("year", "year", fill=lambda one: str(one.year)),
        *(_charge_of(place, plan.name) for place, plan in enumerate(case.gap_preset.asset_classes)),
        column("opex", "energy", "USD_per_year"),
        column("required", "required", "USD_per_year"),
        column("earned", "earned", "USD_per_year"),
        column("gap", "gap", "USD_per_year"),
    )
    note = "the part of each vintage that is for AI; each year's spending is a new one; energy grows with revenue"
    title = "Required of all vintages and earned at the owner's door, year by year"
    return table("years", title, columns, case.path, note=note)


def _charge_of(place: int, name: str) -> FilledColumn:
    """The column of one class of asset, which stands at a place among the charges of a year."""

    def charge(year: PathYear) -> float:
        return year.charges[place]

    label = "IT" if name == "it" else name
    return column(f"charge.{name}", f"{label} charge", "USD_per_year", charge)


def _ranges(case: NeedCase) -> tuple[Table, ...]:
    if case.range is None:
        return ()
    capex, low, high = case.range
    items = (
        ("Capex", capex.low, case.capex.central, capex.high),
        ("Required at the owner's door", low.owner, case.required.owner, high.owner),
        ("Required at the end user's", low.end_user, case.required.end_user, high.end_user),
    )
    note = (
        "low and high are the 10% and 90% points: each spender's guidance range holds its spending with 80% probability, "
        f"correlated at {case.preset.guidance_correlation.value:g}; only the guidance varies here"
    )
    return (itemised("range", "The range of the spenders' guidance", _RANGE, items, note=note),)


def _multiplier(case: NeedCase) -> Table:
    preset, chain = case.preset, case.multiplier
    items = (
        ("Multiplier: chips, doubled, doubled", chain.required_revenue, "whole cost back in one year"),
        ("Capital charge, end user", case.required.end_user, "a return over the life of each asset"),
        ("Difference", case.multiplier_above_charge, "see below"),
    )
    note = (
        f"the multiplier divides chips by {preset.chip_share_of_cost.value:g} and by 1 - "
        f"{preset.end_user_gross_margin.value:g}; it knows no life, return, tax or energy, and one layer of margin where "
        f"the other has {len(preset.layers)}"
    )
    return itemised("multiplier", "The naive multiplier beside the capital charge", _METHODS, items, note=note)


def _payback(case: NeedCase) -> Table:
    events = {
        "operating_breakeven_quarter": "First quarter whose contribution covers its capex",
        "payback_quarters": "Cumulative cash back to zero",
        "discounted_payback_quarters": "The same, discounted at the hurdle",
    }
    beyond = f"not within {case.preset.horizon_years} years"
    columns = (
        unprinted("id", lambda name: name),
        column("event", "event", fill=lambda name: events[name]),
        column("quarters", "after", "quarters", lambda name: getattr(case.payback, name)),
        unprinted("status", lambda name: case.payback.status.get(name, "")),
        column("said", "status", fill=lambda name: beyond if name in case.payback.status else ""),
    )
    margin = pct(case.preset.contribution_margin.value)
    note = f"from the start of {case.year}; contribution margin {margin} of revenue, spending kept up"
    return table("payback", "Payback of the whole programme", columns, events, note=note)


def _layer(name: str) -> str:
    """A layer in words: of the preset by its name, of the asker by its place.

    >>> _layer("model"), _layer("layer_2")
    ('the model layer', 'layer 2')
    """
    return name.replace("_", " ") if name.startswith("layer_") else f"the {name} layer"
