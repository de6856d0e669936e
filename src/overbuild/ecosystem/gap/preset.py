"""The preset of the gap: which figures make a row, and what the annualised version assumes."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from overbuild.ecosystem.capital_charges import CapexPart
from overbuild.ecosystem.derived_figures import DerivedPart, NamedFact, faults_of_parts, faults_of_ways
from overbuild.ecosystem.figures_in_force import Subject
from overbuild.ecosystem.gap.evidence.preset import DerivedCell, EvidenceRow, VintagePlan, evidence_faults
from overbuild.errors import CaseError, did_you_mean
from overbuild.money.capital_charge import straight_line
from overbuild.units import add_up_to_one
from overbuild.world.presets import PREFIX, SINGLE
from overbuild.world.quantities import CalendarYear
from overbuild.world.record import read_sound
from overbuild.world.sourced import Sourced, SourcedPerYear, SourcedShare, SourcedYears
from overbuild.world.tree import Entry, read_case_file

COLUMNS = ("spend", "revenue")
"""The columns of figures in the table."""


class CategoryRow(NamedTuple):
    """One category of the table; `revenue` is null for a cost without revenue of its own."""

    name: str
    label: str
    spend: Subject
    revenue: Subject | None


class Guidance(NamedTuple):
    """Whose guidance replaces a row's spend, once all of them have given it: metrics of its low and its high end."""

    row: str
    entities: tuple[str, ...]
    low: str
    high: str


class OtherView(NamedTuple):
    """A figure shown beside the one in force."""

    row: str
    column: str
    entity: str
    metric: str
    says: str

    @property
    def subject(self) -> Subject:
        """What the figure is about."""
        return Subject(self.entity, self.metric)


class ReportedCapex(NamedTuple):
    """Whose reported capex is summed quarter by quarter."""

    entities: tuple[str, ...]
    metric: str

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """One for each spender."""
        return tuple(Subject(entity, self.metric) for entity in self.entities)


class LeasedLater(NamedTuple):
    """Whose leases, signed and not yet started, stand beside the table; and the figure of all of them together."""

    entities: tuple[str, ...]
    metric: str
    group: Subject

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """One for each company, then the group."""
        return (*(Subject(entity, self.metric) for entity in self.entities), self.group)


class DeclaredOverlap(NamedTuple):
    """A part of a row that may already be counted in another row; `share` of it is removed for the net total."""

    row: str
    column: str
    included_in: str
    share: SourcedShare


class AssetPlan(NamedTuple):
    """How one class of asset takes part of the capex, how long it earns, and how it is written off for tax."""

    name: str
    label: str
    share: SourcedShare
    life_years: SourcedYears
    residual_share: SourcedShare
    price_decline_per_year: SourcedPerYear
    tax_straight_line_years: SourcedYears


class GapPreset(NamedTuple):
    """The table of spend and revenue, and the assumptions of its annualised version."""

    year: CalendarYear
    rows: tuple[CategoryRow, ...]
    printed_total_gap: Subject
    guidance: Guidance
    other_views: tuple[OtherView, ...]
    owner_revenue: DerivedCell
    end_user_revenue: tuple[DerivedPart, ...]
    overlap_of_doors: NamedFact
    energy_of_ai_sites: DerivedCell
    vintages: VintagePlan
    capex_cash: tuple[DerivedPart, ...]
    capex_with_finance_leases: tuple[DerivedPart, ...]
    article_evidence: tuple[EvidenceRow, ...]
    actuals: ReportedCapex
    leases: LeasedLater
    overlaps: tuple[DeclaredOverlap, ...]
    hurdle_per_year: SourcedPerYear
    tax_rate: SourcedShare
    asset_classes: tuple[AssetPlan, ...]


_OF_A_CLASS = ("share", "life_years", "residual_share", "price_decline_per_year")


@functools.cache
def gap_preset() -> GapPreset:
    """The preset that ships."""
    return read_gap_preset(read_case_file(Path(f"{PREFIX}gap"), SINGLE))


def read_gap_preset(tree: Entry) -> GapPreset:
    """A preset from its tree. Raises every fault at once, located, as CaseError or InputErrors.

    Beside the faults of form: `unknown_name` for a row or column that is not of the table, `share_out_of_range` where
    the shares of the capex do not sum to 1, `bad_value` for tax years that are not whole, `missing` for an empty list.
    """
    return read_sound(tree, GapPreset, _faults)


def capex_parts(preset: GapPreset) -> tuple[CapexPart, ...]:
    """How the preset divides a year's capex among classes of asset."""
    return tuple(
        CapexPart(
            name=plan.name,
            share=plan.share.value,
            life_years=plan.life_years.value,
            residual_share=plan.residual_share.value,
            tax_depreciation=straight_line(int(plan.tax_straight_line_years.value)),
            price_decline_per_year=plan.price_decline_per_year.value,
        )
        for plan in preset.asset_classes
    )


def assumptions_of(preset: GapPreset) -> dict[str, Sourced]:
    """What the annualised gap assumes, by id (`hurdle_per_year`, `it.life_years`, `ai_share.2024`); tax years apart."""
    found = {"hurdle_per_year": preset.hurdle_per_year, "tax_rate": preset.tax_rate}
    found |= {f"ai_share.{one.year}": one.share for one in preset.vintages.ai_share}
    for plan in preset.asset_classes:
        found |= {f"{plan.name}.{name}": getattr(plan, name) for name in _OF_A_CLASS}
    return found


def tax_years_of(preset: GapPreset) -> dict[str, Sourced]:
    """Over how many years each class of asset is written off for tax, by id."""
    return {f"{plan.name}.tax_straight_line_years": plan.tax_straight_line_years for plan in preset.asset_classes}


def with_assumption(preset: GapPreset, assumption: str, value: float) -> GapPreset:
    """The preset with one of its assumptions, named by its id, at another value.

    >>> with_assumption(gap_preset(), "it.life_years", 6.0).asset_classes[-1].life_years.value
    6.0
    """
    asset, _, name = assumption.rpartition(".")
    if asset == "ai_share":
        return _with_share(preset, int(name), value)
    if not asset:
        return preset._replace(**{name: getattr(preset, name)._replace(value=value)})
    plans = (
        plan._replace(**{name: getattr(plan, name)._replace(value=value)}) if plan.name == asset else plan
        for plan in preset.asset_classes
    )
    return preset._replace(asset_classes=tuple(plans))


def _with_share(preset: GapPreset, year: int, value: float) -> GapPreset:
    shares = (
        one._replace(share=one.share._replace(value=value)) if one.year == year else one
        for one in preset.vintages.ai_share
    )
    return preset._replace(vintages=preset.vintages._replace(ai_share=tuple(shares)))


def _faults(preset: GapPreset) -> Iterator[CaseError]:
    yield from _unknown_rows(preset)
    yield from evidence_faults(preset.article_evidence)
    for name in ("end_user_revenue", "capex_cash", "capex_with_finance_leases"):
        yield from faults_of_parts(getattr(preset, name), name)
    yield from faults_of_ways(preset.vintages.ai_share_of_year.ways, "vintages.ai_share_of_year.ways")
    for name in ("rows", "asset_classes"):
        if not getattr(preset, name):
            yield CaseError("missing", name, None, "at least one is needed")
    shares = [plan.share.value for plan in preset.asset_classes]
    if shares and not add_up_to_one(shares):
        yield CaseError("share_out_of_range", "asset_classes", sum(shares), "the shares of the capex must sum to 1")
    for plan in preset.asset_classes:
        years = plan.tax_straight_line_years.value
        if years < 1 or years != int(years):
            path = f"asset_classes.{plan.name}.tax_straight_line_years"
            yield CaseError("bad_value", path, years, "a whole number of years is needed, 1 or more")


def _unknown_rows(preset: GapPreset) -> Iterator[CaseError]:
    rows = [row.name for row in preset.rows]
    yield from _unknown("guidance.row", preset.guidance.row, rows)
    for name in ("owner_revenue", "energy_of_ai_sites"):
        cell: DerivedCell = getattr(preset, name)
        yield from _unknown(f"{name}.row", cell.row, rows)
        yield from _unknown(f"{name}.column", cell.column, COLUMNS)
        yield from faults_of_parts(cell.parts, f"{name}.parts")
    for place, view in enumerate(preset.other_views, start=1):
        yield from _unknown(f"other_views.{place}.row", view.row, rows)
        yield from _unknown(f"other_views.{place}.column", view.column, COLUMNS)
    for place, overlap in enumerate(preset.overlaps, start=1):
        yield from _unknown(f"overlaps.{place}.row", overlap.row, rows)
        yield from _unknown(f"overlaps.{place}.column", overlap.column, COLUMNS)
        yield from _unknown(f"overlaps.{place}.included_in", overlap.included_in, rows)


def _unknown(path: str, word: str, known: Iterable[str]) -> Iterator[CaseError]:
    if word not in known:
        hint = f"the table has no such {path.rpartition('.')[2]}.{did_you_mean(word, known)} It has {', '.join(known)}"
        yield CaseError("unknown_name", path, word, hint)
