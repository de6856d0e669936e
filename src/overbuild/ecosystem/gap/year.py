"""One year of the gap on one page: from guidance, categories and asset classes to every sum the answer prints."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.capital_charges import AssetCharge, CapexPart, assets_of, capital_charges, total_charge
from overbuild.ecosystem.gap.gap import (
    Category,
    GapTable,
    Guide,
    Overlap,
    annualised_gap,
    gap_net_of_overlaps,
    gap_table,
    guided_spend,
)
from overbuild.equations import line
from overbuild.units import PerYear, Share, UsdPerYear


class GapShape(NamedTuple):
    """What is static: the row that holds the capex, and whether guidance gives its spend (`guided` or `printed`)."""

    capex_row: str
    spend_from: str


class GapTerms(NamedTuple):
    """The year's numbers. `capex` is the row of the capex; its own spend is used when the shape says `printed`."""

    guides: tuple[Guide, ...]
    capex: Category
    matched: tuple[Category, ...]
    unmatched: tuple[Category, ...]
    overlaps: tuple[Overlap, ...]
    parts: tuple[CapexPart, ...]
    hurdle_per_year: PerYear
    tax_rate: Share


class GapYear(NamedTuple):
    """The sums of the year, the charges of the capex by class, and the gap once capex is spread over its life."""

    capex: UsdPerYear
    table: GapTable
    charges: tuple[AssetCharge, ...]
    capital_charge: UsdPerYear
    annualised_gap: UsdPerYear
    net_of_overlaps: UsdPerYear


def gap_of_year(shape: GapShape, terms: GapTerms) -> GapYear:
    """The gap of a year, whole.

    The capex row comes first among the rows with revenue. `overlaps` name rows of the table.
    Source: its parts, each for its own line.

    >>> capex, software = Category("capex", 527.0, 200.0), Category("software", 150.0, 80.0)
    >>> chips = CapexPart("it", 1.0, 5.0, 0.0, (), 0.0)
    >>> terms = GapTerms((), capex, (software,), (Category("energy", 40.0, 0.0),), (), (chips,), 0.10, 0.0)
    >>> year = gap_of_year(GapShape("capex", "printed"), terms)
    >>> year.table.total_gap, round(year.annualised_gap, 6)
    (-437.0, -49.021272)
    """
    if shape.spend_from == "guided":
        spend = guided_spend(shape.capex_row, terms.guides).central
    else:
        spend = line(f"{shape.capex_row}.spend", terms.capex.spend)
    capex_row = terms.capex._replace(spend=spend)
    table = gap_table((capex_row, *terms.matched), terms.unmatched)
    rows = {row.name: row for row in (capex_row, *terms.matched, *terms.unmatched)}
    charges = capital_charges(assets_of(terms.parts, spend), terms.hurdle_per_year, terms.tax_rate)
    capital_charge = total_charge(charges)
    return GapYear(
        capex=spend,
        table=table,
        charges=charges,
        capital_charge=capital_charge,
        annualised_gap=annualised_gap(table, spend, capital_charge),
        net_of_overlaps=gap_net_of_overlaps(
            table.total_gap, tuple(rows[overlap.name] for overlap in terms.overlaps), terms.overlaps
        ),
    )
