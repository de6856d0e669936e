"""One year of the gap on one page: from guidance, categories, doors and vintages to every sum the answer prints."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.capital_charges import AssetCharge, CapexPart, assets_of, capital_charges, total_charge
from overbuild.ecosystem.derived_ranges import GivenOperands, Range, RangeArithmetic, derived_range, summed_ranges
from overbuild.ecosystem.gap.annualised import AnnualisedGap, Vintage, annualised_gap
from overbuild.ecosystem.gap.evidence.vintages import VintageShape, VintageTerms
from overbuild.ecosystem.gap.gap import (
    Category,
    GapTable,
    Guide,
    Overlap,
    gap_net_of_overlaps,
    gap_table,
    guided_spend,
)
from overbuild.equations import line, total
from overbuild.units import PerYear, Share, UsdPerYear


class GapShape(NamedTuple):
    """What is static: the row of the capex and where its spend is from, the row of energy, and the arithmetic of the rest.

    `spend_from` is `guided` or `printed`. The year's own vintage is the last.
    """

    capex_row: str
    spend_from: str
    energy_row: str
    owner: tuple[RangeArithmetic, ...]
    end_user: tuple[RangeArithmetic, ...]
    energy: tuple[RangeArithmetic, ...]
    vintages: tuple[VintageShape, ...]
    cash: tuple[RangeArithmetic, ...] = ()
    with_finance_leases: tuple[RangeArithmetic, ...] = ()


class GapTerms(NamedTuple):
    """The year's numbers. `capex` is the row of the capex; its own spend is used when the shape says `printed`.

    What the rows of capex and energy are paid and cost is derived from `owner` and `energy`.
    """

    guides: tuple[Guide, ...]
    capex: Category
    matched: tuple[Category, ...]
    unmatched: tuple[Category, ...]
    overlaps: tuple[Overlap, ...]
    parts: tuple[CapexPart, ...]
    hurdle_per_year: PerYear
    tax_rate: Share
    owner: tuple[GivenOperands, ...]
    end_user: tuple[GivenOperands, ...]
    energy: tuple[GivenOperands, ...]
    vintages: tuple[VintageTerms, ...]
    cash: tuple[GivenOperands, ...] = ()
    with_finance_leases: tuple[GivenOperands, ...] = ()


class Doors(NamedTuple):
    """Two measurements of one stream of revenue: what owners are paid, and what end users pay, if that is known."""

    owner: Range
    end_user: Range | None


class GapYear(NamedTuple):
    """The sums of the year, both doors, the charges of the year's own capex, and the gap over all vintages alive."""

    capex: UsdPerYear
    table: GapTable
    doors: Doors
    energy: Range
    charges: tuple[AssetCharge, ...]
    capital_charge: UsdPerYear
    annualised: AnnualisedGap
    net_of_overlaps: UsdPerYear
    cash: Range | None
    with_finance_leases: Range | None


def gap_of_year(shape: GapShape, terms: GapTerms) -> GapYear:
    """The gap of a year, whole.

    The capex row comes first among the rows with revenue. `overlaps` name rows of the table.
    Source: its parts, each for its own line.

    >>> from overbuild.ecosystem.gap.examples import SHAPE, TERMS
    >>> year = gap_of_year(SHAPE, TERMS)
    >>> year.table.total_gap, round(year.annualised.gap.central, 6)
    (-437.0, 20.978728)
    """
    spend = _spend(shape, terms)
    owner = summed_ranges("ai_revenue.owner", shape.owner, terms.owner)
    energy = summed_ranges(shape.energy_row, shape.energy, terms.energy)
    matched = (terms.capex._replace(spend=spend, revenue=owner.central), *terms.matched)
    unmatched = tuple(
        row._replace(spend=energy.central) if row.name == shape.energy_row else row for row in terms.unmatched
    )
    table = gap_table(matched, unmatched)
    rows = {row.name: row for row in (*matched, *unmatched)}
    charges = capital_charges(assets_of(terms.parts, spend), terms.hurdle_per_year, terms.tax_rate)
    return GapYear(
        capex=spend,
        table=table,
        doors=Doors(owner, _known_sum("ai_revenue.end_user", shape.end_user, terms.end_user)),
        energy=energy,
        charges=charges,
        capital_charge=total_charge(charges),
        annualised=annualised_gap(
            vintages_alive(shape.vintages, terms.vintages, spend),
            terms.parts,
            terms.hurdle_per_year,
            terms.tax_rate,
            energy=energy,
            revenue=owner,
        ),
        net_of_overlaps=gap_net_of_overlaps(
            table.total_gap, tuple(rows[overlap.name] for overlap in terms.overlaps), terms.overlaps
        ),
        cash=_known_sum("capex.cash", shape.cash, terms.cash),
        with_finance_leases=_known_sum(
            "capex.with_finance_leases", shape.with_finance_leases, terms.with_finance_leases
        ),
    )


def vintages_alive(
    shapes: tuple[VintageShape, ...], terms: tuple[VintageTerms, ...], capex_of_year: UsdPerYear
) -> tuple[Vintage, ...]:
    """The vintages with their capex, a sum over spenders or that of the year itself, and their AI share.

        capex = sum over spenders, or the capex of the year for the vintage that lists none

    Source: ours, an identity: what the spenders bought together.

    >>> from overbuild.ecosystem.gap.examples import SHAPE, TERMS
    >>> [(one.name, one.capex, one.ai_share.high) for one in vintages_alive(SHAPE.vintages, TERMS.vintages, 527.0)]
    [('2026', 527.0, 1.0)]
    """
    found: list[Vintage] = []
    for shape, one in zip(shapes, terms, strict=True):
        bought = (
            line(f"capex.{one.name}", total(tuple(part.value for part in one.capex))) if one.capex else capex_of_year
        )
        share = derived_range("ai_share_of_capex", shape.ai_share, one.ai_share)
        found.append(Vintage(one.name, one.age_years, bought, share))
    return tuple(found)


def _spend(shape: GapShape, terms: GapTerms) -> UsdPerYear:
    if shape.spend_from == "guided":
        return guided_spend(shape.capex_row, terms.guides).central
    return line(f"{shape.capex_row}.spend", terms.capex.spend)


def _known_sum(
    quantity: str, derivations: tuple[RangeArithmetic, ...], given: tuple[GivenOperands, ...]
) -> Range | None:
    return summed_ranges(quantity, derivations, given) if derivations else None
