"""The gap as a model: one page of single values, and what it reports."""

from __future__ import annotations

from overbuild.ecosystem.gap.year import GapShape, GapTerms, gap_of_year
from overbuild.equations.model import Model, Stage
from overbuild.equations.reported import Condition, Reported

SUMS = (
    Reported("total_spend", "total_spend"),
    Reported("total_revenue", "total_revenue"),
    Reported("total_gap", "total_gap"),
    Reported("sum_of_category_gaps", "sum_of_category_gaps"),
    Reported("unmatched_cost", "unmatched_cost"),
    Reported("coverage", "coverage", (Condition("total_spend", "nothing was spent"),)),
    Reported("net_of_overlaps.total_gap", "net_of_overlaps.total_gap"),
    Reported("capital_charge", "capital_charge"),
    Reported("annualised_gap", "annualised_gap"),
)
"""Sums of every year."""


def gap_model(shape: GapShape, terms: GapTerms) -> Model:
    """A year of the gap: it reports its sums, the gap of each category and the charge of each class of asset.

    >>> from overbuild.ecosystem.gap.gap import Category
    >>> terms = GapTerms((), Category("capex", 527.0, 200.0), (), (), (), (), 0.1, 0.0)
    >>> [one.id for one in gap_model(GapShape("capex", "printed"), terms).reported][-2:]
    ['capex.spend', 'capex.gap']
    """
    rows = (terms.capex, *terms.matched)
    reported = (
        *SUMS,
        *(Reported(f"capital_charge.{part.name}", f"capital_charge.{part.name}") for part in terms.parts),
        Reported(f"{shape.capex_row}.spend", f"{shape.capex_row}.spend"),
        *(Reported(f"{row.name}.gap", f"{row.name}.gap") for row in rows),
    )
    return Model((Stage("year", gap_of_year, shape, terms),), reported)
