"""What the gap of one day is made of: the figures in force, their sums, the capital charge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from overbuild.ecosystem.gap import Category, GapTable, Overlap
from overbuild.ecosystem.gap_year import GapShape, GapTerms, GapYear, gap_of_year
from overbuild.ecosystem.required_revenue import AssetCharge
from overbuild.errors import WithheldError
from overbuild.facts.ledger import View
from overbuild.questions.gap.figures import Figure, capex_parts, row_figures
from overbuild.world.gap_preset import GapPreset


class Basis(NamedTuple):
    """Everything the gap of one day is made of: the figures, the terms they become, and the year computed."""

    view: View
    figures: Mapping[str, tuple[Figure, Figure | None]]
    shape: GapShape
    terms: GapTerms
    year: GapYear

    @property
    def table(self) -> GapTable:
        """The sums of the table."""
        return self.year.table

    @property
    def charges(self) -> tuple[AssetCharge, ...]:
        """The capital charge by asset class."""
        return self.year.charges

    @property
    def charge(self) -> float:
        """The capital charge of all classes."""
        return self.year.capital_charge

    @property
    def annualised(self) -> float:
        """The gap once capex is spread over its life."""
        return self.year.annualised_gap

    @property
    def net_of_overlaps(self) -> float:
        """The total gap with the declared overlaps removed."""
        return self.year.net_of_overlaps


def measure(view: View, preset: GapPreset, year: int) -> Basis:
    """The figures in force on the view's day, their sums and the capital charge."""
    figures = row_figures(view, preset, year)
    shape, terms = terms_of(preset, figures)
    found = gap_of_year(shape, terms)
    _check_sums(found.table, year)
    return Basis(view, figures, shape, terms, found)


def terms_of(preset: GapPreset, figures: Mapping[str, tuple[Figure, Figure | None]]) -> tuple[GapShape, GapTerms]:
    """The figures and the preset as the terms of one year."""
    matched, unmatched = categories(preset, figures, "central", "central")
    guides = figures[preset.guidance.row][0].guides
    capex = next(row for row in matched if row.name == preset.guidance.row)
    terms = GapTerms(
        guides=guides,
        capex=capex,
        matched=tuple(row for row in matched if row.name != capex.name),
        unmatched=unmatched,
        overlaps=tuple(_overlap(row.name, preset) for row in (*matched, *unmatched)),
        parts=capex_parts(preset),
        hurdle_per_year=preset.hurdle_per_year.value,
        tax_rate=preset.tax_rate.value,
    )
    return GapShape(capex.name, "guided" if guides else "printed"), terms


def _overlap(row: str, preset: GapPreset) -> Overlap:
    """The shares of a row's columns that are removed for the net total; 0 where nothing is declared."""
    shares = {one.column: one.share for one in preset.overlaps if one.row == row}
    return Overlap(row, shares.get("spend", 0.0), shares.get("revenue", 0.0))


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
    residual = abs(table.unreconciled)
    if residual > 1e-9 * max(table.total_spend, 1.0):
        hint = "the column of gaps, the total gap and the unmatched cost do not reconcile; the answer is withheld"
        raise WithheldError(
            "identity", f"gap {year}: sum_of_category_gaps - total_gap = unmatched_cost", residual, hint
        )
