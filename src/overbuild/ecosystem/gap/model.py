"""The gap as a model: one page of single values, and what it reports."""

from __future__ import annotations

from collections.abc import Iterator

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
    Reported("annualised_cost", "annualised_cost.central"),
    Reported("annualised_gap", "annualised_gap.central"),
)
"""Sums of every year."""


ENDS = ("low", "central", "high")


def gap_model(shape: GapShape, terms: GapTerms) -> Model:
    """A year of the gap: it reports its sums and ranges, the gap of each category and the charge of each class of asset.

    >>> from overbuild.ecosystem.gap.examples import SHAPE, TERMS
    >>> [one.id for one in gap_model(SHAPE, TERMS).reported][-3:]
    ['energy.spend_high', 'capex.gap', 'software.gap']
    """
    rows = (terms.capex, *terms.matched)
    reported = (
        *SUMS,
        *_ranges(shape),
        *(Reported(f"capital_charge.{part.name}", f"capital_charge.{part.name}") for part in terms.parts),
        *(
            Reported(f"charge_of_vintages.{part.name}", f"charge_of_vintages.{part.name}.central")
            for part in terms.parts
        ),
        Reported(f"{shape.capex_row}.spend", f"{shape.capex_row}.spend"),
        Reported(f"{shape.capex_row}.revenue", "ai_revenue.owner.central"),
        Reported(f"{shape.capex_row}.revenue_low", "ai_revenue.owner.low"),
        Reported(f"{shape.capex_row}.revenue_high", "ai_revenue.owner.high"),
        Reported(f"{shape.energy_row}.spend", f"{shape.energy_row}.central"),
        Reported(f"{shape.energy_row}.spend_low", f"{shape.energy_row}.low"),
        Reported(f"{shape.energy_row}.spend_high", f"{shape.energy_row}.high"),
        *(Reported(f"{row.name}.gap", f"{row.name}.gap") for row in rows),
    )
    return Model((Stage("year", gap_of_year, shape, terms),), reported)


def _ranges(shape: GapShape) -> Iterator[Reported]:
    """The ranges that exist on the day, each end under its own id; the plans on one definition by their central value."""
    ranges = {
        "annualised_gap": "annualised_gap",
        "annualised_cost": "annualised_cost",
        "ai_revenue.owner": "ai_revenue.owner",
        "ai_share_of_capex": f"ai_share_of_capex.{shape.vintages[-1].name}",
        "energy_of_ai_sites": shape.energy_row,
    }
    if shape.end_user:
        ranges["ai_revenue.end_user"] = "ai_revenue.end_user"
    for name, quantity in ranges.items():
        for end in ENDS:
            yield Reported(f"{name}.{end}", f"{quantity}.{end}")
    for name, known in (("capex.cash", shape.cash), ("capex.with_finance_leases", shape.with_finance_leases)):
        if known:
            yield Reported(name, f"{name}.central")
