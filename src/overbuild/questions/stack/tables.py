"""A stack before and after shocks, as tables."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.answer import Table
from overbuild.demand.stack.stack_run import EACH, StackRun
from overbuild.questions.columns import column, itemised, table, unprinted
from overbuild.questions.moving_inputs import NOTE, MovedColumns, moving_table
from overbuild.questions.prose import spelled
from overbuild.questions.stack.story import input_words


class MarginRow(NamedTuple):
    """A layer, or a firm that owns some, before and after."""

    name: str
    label: str
    cost: float
    price: float
    margin: float
    shocked_cost: float
    shocked_price: float
    shocked_margin: float

    @property
    def change(self) -> float:
        """By how much the margin changes."""
        return self.shocked_margin - self.margin


def tables(run: StackRun) -> tuple[Table, ...]:
    """All tables of the answer."""
    return (_margins(run), _shocks(run), _purchases(run), _owning(run), _sensitivity(run))


def margin_rows(run: StackRun) -> list[MarginRow]:
    """Layers from the lowest up, then the firms."""
    lines = run.lines
    rows = [
        MarginRow(
            layer.name,
            layer.name,
            *(lines[f"{layer.name}.{what}_before"] for what in ("cost", "price", "margin")),
            *(lines[f"{layer.name}.{what}_after"] for what in ("cost", "price", "margin")),
        )
        for layer in run.plan.layers
    ]
    for firm in run.plan.firms:
        owned = firm.lowest if firm.lowest == firm.highest else f"{firm.lowest} to {firm.highest}"
        rows.append(
            MarginRow(
                firm.name,
                f"{spelled(firm.name)} ({owned})",
                lines[f"{firm.name}.owner_cost_before"],
                lines[f"{firm.highest}.price_before"],
                lines[f"{firm.name}.owner_margin_before"],
                lines[f"{firm.name}.owner_cost_after"],
                lines[f"{firm.highest}.price_after"],
                lines[f"{firm.name}.owner_margin_after"],
            )
        )
    return rows


def _margins(run: StackRun) -> Table:
    columns = (
        unprinted("id", lambda one: one.name),
        column("layer", "layer or firm", fill=lambda one: one.label),
        column("cost", "cost", "USD per unit"),
        column("price", "price", "USD per unit"),
        column("margin", "margin", "decimal"),
        column("shocked_cost", "cost after", "USD per unit"),
        column("shocked_price", "price after", "USD per unit"),
        column("shocked_margin", "after", "decimal"),
        column("change", "change", "decimal"),
    )
    kind = run.plan.layers[0].margin_kind
    note = f"margins are {kind}; a firm pays market prices for what it does not own and sells its highest layer"
    return table(
        "margins", "What a unit costs, sells for and leaves, before and after", columns, margin_rows(run), note=note
    )


def _shocks(run: StackRun) -> Table:
    columns = (
        column("layer", "layer"),
        column("kind", "what rises"),
        column("owner_change", "owner's margin", "decimal"),
        column("buyer_change", "buyer's margin", "decimal"),
        column("winner", "who comes out better", fill=lambda one: spelled(one.winner)),
    )
    of = run.plan.integration
    title = f"One shock of {EACH:+.0%} at a time: {spelled(of.owner)} against {spelled(of.buyer)}"
    return table(
        "shocks", title, columns, run.single_shocks, note="changes of margin; the shocks of the case are set aside"
    )


def _purchases(run: StackRun) -> Table:
    columns = (
        unprinted("id"),
        column("layer", "layer"),
        column("input", "buys of"),
        column("units", "units per unit", "ratio"),
        column("share", "share of its cost", "decimal"),
        column("switching", "leaving costs", "USD per unit"),
    )
    items = [
        (
            f"{layer.name}.{one.name}",
            layer.name,
            one.name,
            one.units,
            one.units * run.lines[f"{one.name}.price_before"] / run.lines[f"{layer.name}.cost_before"],
            one.switching_cost,
        )
        for layer in run.plan.layers
        for one in layer.buys
    ]
    return itemised("purchases", "What each layer buys of those below it, before the shock", columns, items)


def _owning(run: StackRun) -> Table:
    columns = (unprinted("id"), column("item", "item"), column("amount", "amount", "USD_m"))
    lines, of = run.lines, run.plan.integration
    items = [
        ("gain", "Kept more in a year than the buyer keeps, after the shock", lines["integration_gain"]),
        ("charge", "What the assets must earn in a year before tax", lines["capital_charge.owned"]),
        ("assets", "Assets that owning takes", of.assets),
        ("one_off", "Merging and leaving suppliers, once", of.one_off),
        ("npv", "Net present value of owning", lines["integration_npv"]),
        ("owner_profit_change", "Owner's profit of a year, change by the shock", lines["owner_profit_change"]),
        ("buyer_profit_change", "Buyer's profit of a year, change by the shock", lines["buyer_profit_change"]),
    ]
    return itemised("owning", "Whether owning the layers pays", columns, items)


def _sensitivity(run: StackRun) -> Table:
    columns = MovedColumns("owning is worth at low", "at high", "USD_m")
    moving = [one for one in run.deciding if one.swing]
    note = f"{NOTE}; inputs that move nothing are left out"
    return moving_table("What moves what owning the layers is worth", moving, input_words, columns, note)
