"""Who pays by tariff: the rules that ship side by side in one zone, as a sentence, a table, a picture, values."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.answer import Cell, Chart, Table
from overbuild.power.tariffs.side_by_side import BY_SHARE, UnderTariff
from overbuild.power.zone_run import ZoneRun
from overbuild.questions.charts import NAVY, ORANGE, Points, Spec, amounts, chart, coloured, headed, mark
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.grid.words import gw, signed, zone_words

Rows = Sequence[UnderTariff]
_CENT = 0.005


def sentence(run: ZoneRun, rows: Rows) -> str:
    """Which rule moves the bill back to whom: the asked one where there is one, else the best and the worst that ship."""
    bare = next(one for one in rows if one.name == BY_SHARE)
    asked = next((one for one in rows if one.asked and one.name != BY_SHARE), None)
    if asked is not None and run.deal is not None:
        pays, before = (f"{(one.paid + one.aid) / 1e6:,.0f}m" for one in (asked, bare))
        return f"Under {asked.name} the load pays {pays} USD a year towards wires, not {before}: this {_moved(asked)}."
    return that_ship(rows)


def that_ship(rows: Rows) -> str:
    """Of the tariffs that ship, the one that moves most back to the load, and the one that moves least."""
    ruled = [one for one in rows if one.name != BY_SHARE]
    best, worst = ruled[0], ruled[-1]
    return f"Of the tariffs that ship {best.name} {_moved(best)}, {worst.name} {_moved(worst)}."


def _moved(one: UnderTariff) -> str:
    if abs(one.moved) < _CENT:
        return "moves less than a cent of it"
    if one.moved > 0.0:
        return f"moves {one.moved:,.2f} of it back to the load"
    return f"moves {-one.moved:,.2f} more to households"


def tariffs_table(rows: Rows) -> Table:
    """The table of tariffs, the cheapest for a household first."""
    columns = (
        column("name", "tariff"),
        column("min_take", "minimum take", "decimal"),
        column("paid", "load pays", "USD_m"),
        column("aid", "at the start", "USD_m"),
        column("others", "others more", "USD_m"),
        column("month", "a household", "USD_per_month"),
        column("moved", "moved back", "USD_per_month"),
        column("worst_loss", "others' worst", "USD_m"),
        column("worst", "if the load"),
        unprinted("asked"),
        unprinted("others_moved"),
    )
    note = (
        "load pays: delivery charges a year, level over the contract's years and by the MW; at the start: its contribution to wires, "
        "as a year; moved back: what a household pays less than without a tariff; others' worst: in present value, by the "
        "MW of the load, in the tariff's own case with its utility, where the load does as said; below 0 others gain"
    )
    return table("tariffs", "Who pays by tariff", columns, rows, note=note)


def tariff_values(rows: Rows) -> dict[str, Cell]:
    """Values by tariff: what the load pays, what others pay more, a household's month and what of it was moved."""
    found: dict[str, Cell] = {}
    for one in rows:
        name = f"tariff.{one.name.replace(' ', '_')}"
        found |= {
            f"{name}.load_pays": one.paid + one.aid,
            f"{name}.cost_to_others": one.others,
            f"{name}.household_bill_change_per_month": one.month,
            f"{name}.moved_back_per_month": one.moved,
        }
    return found


def tariffs_picture(run: ZoneRun, rows: Rows, foot: str) -> Chart:
    """Who pays by tariff, USD m a year: the load towards wires, all others more than without it."""
    load, others = "the load, towards wires", "all others, more"
    label: Spec = {"field": "label", "type": "nominal", "title": None, "sort": None}
    label["axis"] = {"labelLimit": 200, "labelFontSize": 12, "ticks": False, "domain": False, "labelPadding": 8}
    points: Points = [
        {"label": one.name, "who": who, "amount": amount / 1e6, "order": order}
        for one in rows
        for order, (who, amount) in enumerate(((load, one.paid + one.aid), (others, one.others)))
    ]
    far = max(max(one.paid + one.aid, 0.0) + max(one.others, 0.0) for one in rows) / 1e6
    ends: Points = [
        {
            "label": one.name,
            "at": (one.paid + one.aid + max(one.others, 0.0)) / 1e6,
            "text": f"a household {signed(one.month)} USD a month",
        }
        for one in rows
    ]
    scale: Spec = {"domain": [min(0.0, *(one.others / 1e6 for one in rows)), far * 1.55], "nice": False}
    colour = coloured("who", {load: NAVY, others: ORANGE})
    bars = mark(
        points,
        {"type": "bar", "height": 20},
        y=label,
        x=amounts("amount", "USD m a year", scale=scale, stack="zero"),
        color=colour,
        order=amounts("order"),
    )
    told: Spec = {"field": "text", "type": "nominal"}
    words = mark(ends, {"type": "text", "align": "left", "dx": 6, "fontSize": 12}, y=label, x=amounts("at"), text=told)
    best = next(one for one in rows if one.name != BY_SHARE)
    finding = (
        f"{zone_words(run.plan.name)}: {best.name} takes {best.moved:,.2f} USD a month off a household's bill"
        if best.moved > _CENT
        else f"{zone_words(run.plan.name)}: no tariff that ships takes anything off a household's bill"
    )
    measure = [
        f"USD m a year of {gw(run.plan.load.mw)}: what the load pays towards wires under each rule, what others pay more",
        "than without the load. Charges by the MW of contract, level over its years; energy and capacity at the zone's prices.",
    ]
    height = 32 * len(rows)
    drawing: Spec = {"layer": [bars, words]}
    return chart("tariffs", finding, headed(finding, measure), width=560, height=height, drawing=drawing, foot=foot)
