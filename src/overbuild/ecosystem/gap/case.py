"""The gap on one day: the figures in force, the terms they become, and the year computed on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from overbuild.ecosystem.capital_charges import AssetCharge
from overbuild.ecosystem.derived_ranges import Range
from overbuild.ecosystem.figures_in_force import Figure
from overbuild.ecosystem.gap.annualised import Vintage
from overbuild.ecosystem.gap.evidence.article import HeldAgainst, held_against
from overbuild.ecosystem.gap.evidence.known import KnownEvidence, known_evidence
from overbuild.ecosystem.gap.evidence.vintages import (
    with_shares,
)
from overbuild.ecosystem.gap.figures import (
    RowFigures,
    guidance_given,
    guides_of,
    rests_on_evidence,
    row_figures,
)
from overbuild.ecosystem.gap.gap import GapTable, gap_table
from overbuild.ecosystem.gap.model import gap_model
from overbuild.ecosystem.gap.preset import GapPreset
from overbuild.ecosystem.gap.terms import End, categories, gap_shape, gap_terms
from overbuild.ecosystem.gap.year import GapShape, GapTerms, GapYear, gap_of_year, vintages_alive
from overbuild.equations.model import Model
from overbuild.equations.reported import Values, values_of
from overbuild.errors import FactError, WithheldError
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.timeline.run import run_model


class GapRow(NamedTuple):
    """One row of the table; `revenue` and `gap` are None for a cost without revenue of its own."""

    name: str
    label: str
    spend: Figure
    revenue: Figure | None
    gap: float | None


class GapCase(NamedTuple):
    """Everything the gap of one day is made of: the figures, the terms they become, and the year computed."""

    view: View
    preset: GapPreset
    year: int
    figures: Mapping[str, RowFigures]
    known: KnownEvidence
    shape: GapShape
    terms: GapTerms
    results: GapYear

    @property
    def model(self) -> Model:
        """The year as a model."""
        return gap_model(self.shape, self.terms)

    @property
    def reported(self) -> Values:
        """Every reported result by its id, and why those that do not exist are None."""
        rows = run_model(self.model).rows["year"]
        return values_of(self.model.reported, {line: row[0] for line, row in rows.items()})

    @property
    def table(self) -> GapTable:
        """The sums of the table."""
        return self.results.table

    @property
    def charges(self) -> tuple[AssetCharge, ...]:
        """The capital charge by asset class."""
        return self.results.charges

    @property
    def capital_charge(self) -> float:
        """The capital charge of all classes."""
        return self.results.capital_charge

    @property
    def annualised_gap(self) -> float:
        """The gap at the owners' door over all vintages alive, its central value."""
        return float(self.results.annualised.gap.central)

    @property
    def net_of_overlaps(self) -> float:
        """The total gap with the declared overlaps removed."""
        return self.results.net_of_overlaps

    @property
    def other_spend(self) -> float:
        """Spend of the year that is not the capex."""
        return self.table.total_spend - self.results.capex

    @property
    def capex(self) -> Figure:
        """The figure of the row that holds the capex."""
        return self.figures[self.preset.guidance.row].spend

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts behind the figures, row by row, then those behind what is derived."""
        return (*(fact for row in self.figures.values() for fact in row.facts), *self.known.facts)

    @property
    def vintages(self) -> tuple[Vintage, ...]:
        """The purchases still in their life, the year's own last."""
        return vintages_alive(self.shape.vintages, self.terms.vintages, self.results.capex)

    @property
    def quantities(self) -> dict[str, Range]:
        """Quantities of the year that rest on evidence of the day, by name; those of the article alone are left out."""
        worst, best = self._at_ends("high", "low"), self._at_ends("low", "high")
        found = {"owner": self.results.doors.owner, "energy": self.results.energy}
        found = {name: one for name, one in found.items() if rests_on_evidence(self.known.parts[name])}
        if self.results.doors.end_user is not None:
            found["end_user"] = self.results.doors.end_user
        if "owner" in found:
            found["total_spend"] = Range(best.total_spend, self.table.total_spend, worst.total_spend)
            found["total_revenue"] = Range(worst.total_revenue, self.table.total_revenue, best.total_revenue)
            found["total_gap"] = Range(worst.total_gap, self.table.total_gap, best.total_gap)
        return found

    @property
    def evidence(self) -> tuple[HeldAgainst, ...]:
        """The article's figures, each held against the evidence of the day."""
        return held_against(self.view, self.preset.article_evidence, self.year, self.quantities)

    def _at_ends(self, spend_end: End, revenue_end: End) -> GapTable:
        return gap_table(*categories(self.preset, self.figures, spend_end=spend_end, revenue_end=revenue_end))

    @property
    def rows(self) -> tuple[GapRow, ...]:
        """The rows of the table in the preset's order."""
        matched = (self.terms.capex, *self.terms.matched)
        gaps = dict(zip((one.name for one in matched), self.table.category_gaps, strict=True))
        return tuple(
            GapRow(row.name, row.label, *self.figures[row.name], gaps.get(row.name)) for row in self.preset.rows
        )

    def figure(self, row: str, column: str) -> Figure | None:
        """The figure in a column of a row; None where the row has none."""
        return self.figures[row].spend if column == "spend" else self.figures[row].revenue

    def amount(self, row: str, column: str) -> float | None:
        """The amount in a column of a row; None where the row has none."""
        found = self.figure(row, column)
        return found.central if found else None


class GapRange(NamedTuple):
    """The total gap at its worst (high spend, low revenue) and at its best."""

    low: float
    high: float


def gap_case(view: View, preset: GapPreset, year: int) -> GapCase:
    """The gap of a year on the figures in force on the view's day.

    Raises FactError `no_fact` where a row has no figure; WithheldError where the two sums do not reconcile.
    """
    figures, known = row_figures(view, preset, year), known_evidence(view, preset, year)
    guides = guides_of(guidance_given(view, preset, year))
    shape = gap_shape(preset, known, guided=bool(guides))
    terms = gap_terms(preset, figures, known, guides)
    results = gap_of_year(shape, terms)
    _check_sums(results.table, year)
    return GapCase(view, preset, year, figures, known, shape, terms, results)


def with_preset(case: GapCase, preset: GapPreset) -> GapCase:
    """The same day and figures under other assumptions."""
    known = case.known._replace(vintages=with_shares(case.known.vintages, preset.vintages))
    terms = gap_terms(preset, case.figures, known, case.terms.guides)
    return case._replace(preset=preset, known=known, terms=terms, results=gap_of_year(case.shape, terms))


def range_of_total_gap(case: GapCase) -> GapRange:
    """The total gap at the ends of every figure's range."""
    worst = categories(case.preset, case.figures, spend_end="high", revenue_end="low")
    best = categories(case.preset, case.figures, spend_end="low", revenue_end="high")
    return GapRange(gap_table(*worst).total_gap, gap_table(*best).total_gap)


def case_when_printed(case: GapCase) -> GapCase | None:
    """The same table on the day its printed total appeared; None where that is not before the day of the case."""
    printed = case.view.ledger.about(*case.preset.printed_total_gap)
    day = min((fact.known_at for fact in printed if fact.period == str(case.year)), default=None)
    if day is None or (case.view.day is not None and case.view.day <= day):
        return None
    try:
        return gap_case(case.view.ledger.as_of(day), case.preset, case.year)
    except FactError:
        return None


def _check_sums(table: GapTable, year: int) -> None:
    residual = abs(table.unreconciled)
    if residual > 1e-9 * max(table.total_spend, 1.0):
        hint = "the column of gaps, the total gap and the unmatched cost do not reconcile; the answer is withheld"
        raise WithheldError(
            "identity", f"gap {year}: sum_of_category_gaps - total_gap = unmatched_cost", residual, hint
        )
