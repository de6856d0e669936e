"""From figures and evidence to what the year of the gap runs on: its shape and its terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from overbuild.ecosystem.derived_figures import KnownPart
from overbuild.ecosystem.derived_ranges import GivenOperands, RangeArithmetic
from overbuild.ecosystem.gap.evidence.known import KnownEvidence
from overbuild.ecosystem.gap.evidence.vintages import VintageShape, vintage_terms
from overbuild.ecosystem.gap.figures import RowFigures
from overbuild.ecosystem.gap.gap import Category, Guide, Overlap
from overbuild.ecosystem.gap.preset import GapPreset, capex_parts
from overbuild.ecosystem.gap.year import GapShape, GapTerms

End: TypeAlias = Literal["low", "central", "high"]
"""An end of a figure's range, or the figure itself."""


class Categories(NamedTuple):
    """The rows of the table: those with revenue, and costs without."""

    matched: tuple[Category, ...]
    unmatched: tuple[Category, ...]


def gap_shape(preset: GapPreset, known: KnownEvidence, *, guided: bool) -> GapShape:
    """What is static of a day: rows, where the spend comes from, and the arithmetic of what is derived."""
    return GapShape(
        capex_row=preset.guidance.row,
        spend_from="guided" if guided else "printed",
        energy_row=preset.energy_of_ai_sites.row,
        owner=_derivations(known.owner),
        end_user=_derivations(known.end_user),
        energy=_derivations(known.energy),
        vintages=tuple(VintageShape(str(one.year), one.ai_share.derivation) for one in known.vintages),
        cash=_derivations(known.cash),
        with_finance_leases=_derivations(known.with_finance_leases),
    )


def gap_terms(
    preset: GapPreset, figures: Mapping[str, RowFigures], known: KnownEvidence, guides: tuple[Guide, ...]
) -> GapTerms:
    """The preset, the figures, the evidence and the guidance as the terms of one year."""
    rows = categories(preset, figures)
    capex = next(row for row in rows.matched if row.name == preset.guidance.row)
    newest = max(one.year for one in known.vintages)
    return GapTerms(
        guides=guides,
        capex=capex._replace(revenue=0.0),
        matched=tuple(row for row in rows.matched if row.name != capex.name),
        unmatched=tuple(
            row._replace(spend=0.0) if row.name == preset.energy_of_ai_sites.row else row for row in rows.unmatched
        ),
        overlaps=tuple(_overlap(row.name, preset) for row in (*rows.matched, *rows.unmatched)),
        parts=capex_parts(preset),
        hurdle_per_year=preset.hurdle_per_year.value,
        tax_rate=preset.tax_rate.value,
        owner=_given(known.owner),
        end_user=_given(known.end_user),
        energy=_given(known.energy),
        vintages=tuple(vintage_terms(one, newest) for one in known.vintages),
        cash=_given(known.cash),
        with_finance_leases=_given(known.with_finance_leases),
    )


def _derivations(parts: tuple[KnownPart, ...]) -> tuple[RangeArithmetic, ...]:
    return tuple(one.derivation for one in parts)


def _given(parts: tuple[KnownPart, ...]) -> tuple[GivenOperands, ...]:
    return tuple(one.given for one in parts)


def categories(
    preset: GapPreset, figures: Mapping[str, RowFigures], spend_end: End = "central", revenue_end: End = "central"
) -> Categories:
    """Categories with revenue and costs without, at one end of each figure."""
    matched: list[Category] = []
    unmatched: list[Category] = []
    for row in preset.rows:
        spend, revenue = figures[row.name]
        paid = float(getattr(spend, spend_end))
        if revenue is None:
            unmatched.append(Category(row.name, paid, 0.0))
        else:
            matched.append(Category(row.name, paid, float(getattr(revenue, revenue_end))))
    return Categories(tuple(matched), tuple(unmatched))


def _overlap(row: str, preset: GapPreset) -> Overlap:
    """The shares of a row's columns that are removed for the net total; 0 where nothing is declared."""
    shares = {one.column: one.share.value for one in preset.overlaps if one.row == row}
    return Overlap(row, shares.get("spend", 0.0), shares.get("revenue", 0.0))
