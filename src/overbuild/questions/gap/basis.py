"""What the gap of one day is made of: the figures in force, their sums, the capital charge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from overbuild.ecosystem import gap as table_of
from overbuild.ecosystem.gap import Category, GapTable
from overbuild.ecosystem.required_revenue import AssetCharge, total_charge
from overbuild.errors import WithheldError
from overbuild.facts.ledger import View
from overbuild.questions.gap.figures import Figure, charges_of, row_figures
from overbuild.world.gap_preset import GapPreset


class Basis(NamedTuple):
    """Everything the gap of one day is made of."""

    view: View
    figures: Mapping[str, tuple[Figure, Figure | None]]
    table: GapTable
    charges: tuple[AssetCharge, ...]
    charge: float
    annualised: float
    net_of_overlaps: float


def measure(view: View, preset: GapPreset, year: int) -> Basis:
    """The figures in force on the view's day, their sums and the capital charge."""
    figures = row_figures(view, preset, year)
    table = table_of.gap_table(*categories(preset, figures, "central", "central"))
    _check_sums(table, year)
    capex = figures[preset.guidance.row][0].central
    charges = charges_of(preset, capex)
    charge = total_charge(charges)
    return Basis(
        view=view,
        figures=figures,
        table=table,
        charges=charges,
        charge=charge,
        annualised=table_of.annualised_gap(table, capex, charge),
        net_of_overlaps=_net_of_overlaps(preset, figures, table),
    )


def categories(
    preset: GapPreset, figures: Mapping[str, tuple[Figure, Figure | None]], spend_end: str, revenue_end: str
) -> tuple[tuple[Category, ...], tuple[Category, ...]]:
    """Categories with revenue and costs without, at one end of each figure (`central`, `low` or `high`)."""
    matched: list[Category] = []
    unmatched: list[Category] = []
    for row in preset.rows:
        spend, revenue = figures[row.name]
        paid = float(getattr(spend, spend_end))
        if revenue is None:
            unmatched.append(Category(row.name, paid, 0.0))
        else:
            matched.append(Category(row.name, paid, float(getattr(revenue, revenue_end))))
    return tuple(matched), tuple(unmatched)


def _check_sums(table: GapTable, year: int) -> None:
    residual = abs(table.sum_of_category_gaps - table.total_gap - table.unmatched_cost)
    if residual > 1e-9 * max(table.total_spend, 1.0):
        hint = "the column of gaps, the total gap and the unmatched cost do not reconcile; the answer is withheld"
        raise WithheldError(
            "identity", f"gap {year}: sum_of_category_gaps - total_gap = unmatched_cost", residual, hint
        )


def _net_of_overlaps(preset: GapPreset, figures: Mapping[str, tuple[Figure, Figure | None]], table: GapTable) -> float:
    overlapping: list[Category] = []
    overlaps: list[table_of.Overlap] = []
    for one in preset.overlaps:
        spend, revenue = figures[one.row]
        overlapping.append(Category(one.row, spend.central, revenue.central if revenue else 0.0))
        is_spend = one.column == "spend"
        overlaps.append(table_of.Overlap(one.row, one.share if is_spend else 0.0, 0.0 if is_spend else one.share))
    return table_of.gap_net_of_overlaps(table.total_gap, tuple(overlapping), tuple(overlaps))
