"""What stands beside the table: how far it moved, capex already reported, leases to come, and every source's use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.ecosystem.derived_figures import KnownPart
from overbuild.ecosystem.derived_ranges import Range
from overbuild.ecosystem.figures_in_force import fact_of_year
from overbuild.ecosystem.gap.case import GapCase
from overbuild.ecosystem.gap.figures import range_of
from overbuild.ecosystem.gap.preset import COLUMNS, CategoryRow
from overbuild.facts.fact import Fact
from overbuild.facts.period import period_days


class Move(NamedTuple):
    """A number of the table then and now, by its id."""

    id: str
    then: float
    now: float

    @property
    def change(self) -> float:
        """Now less then."""
        return self.now - self.then


class FigureUse(NamedTuple):
    """A fact that speaks of a figure of the table, and what use is made of it, in words."""

    row: str
    column: str
    fact: Fact
    use: str


class CommonPlan(NamedTuple):
    """One spender's plan of the year: in its own words, as cash purchases, and with finance leases; None where not known."""

    name: str
    own: float
    cash: float | None
    with_finance_leases: float | None
    why_cash: str
    why_leases: str


class PartOfDoor(NamedTuple):
    """One part of what owners are paid or end users pay, with its range."""

    door: str
    part: KnownPart
    ends: Range


class Purchase(NamedTuple):
    """What one spender, or all of them, bought in a year that is still in its life; the AI share is that of all."""

    year: int
    spender: str
    capex: float
    ai_share: Range | None
    basis: str


class ReportedQuarter(NamedTuple):
    """Capex of a quarter that every spender has reported, and its share of the year's figure."""

    period: str
    capex: float
    share_of_year: float


def moves_since(then: GapCase, now: GapCase) -> tuple[Move, ...]:
    """How far each figure and each sum moved from one day to another.

    Source: ours, a definition: the figure of the later day less that of the earlier one.
    """
    found: list[Move] = []
    for row in now.preset.rows:
        for column in COLUMNS:
            before, after = then.figure(row.name, column), now.figure(row.name, column)
            if before is not None and after is not None:
                found.append(Move(f"{row.name}.{column}", before.central, after.central))
    return (
        *found,
        Move("total_gap", then.table.total_gap, now.table.total_gap),
        Move("sum_of_category_gaps", then.table.sum_of_category_gaps, now.table.sum_of_category_gaps),
        Move("annualised_gap", then.annualised_gap, now.annualised_gap),
    )


def capex_reported(case: GapCase) -> tuple[Fact, ...]:
    """Reported capex of the spenders for quarters of the year."""
    return tuple(
        fact
        for fact in case.view.in_force_of(case.preset.actuals.subjects)
        if fact.kind == "reported" and fact.period.startswith(f"{case.year}Q")
    )


def quarters_reported(case: GapCase) -> tuple[ReportedQuarter, ...]:
    """Quarters that every spender has reported, with the sum of their capex."""
    reported = capex_reported(case)
    found: list[ReportedQuarter] = []
    for period in sorted({fact.period for fact in reported}):
        of_period = [fact.value_in_base_unit or 0.0 for fact in reported if fact.period == period]
        if len(of_period) == len(case.preset.actuals.entities):
            found.append(ReportedQuarter(period, sum(of_period), sum(of_period) / case.capex.central))
    return tuple(found)


def plans_on_one_definition(case: GapCase) -> tuple[CommonPlan, ...]:
    """Each spender's plan in its own words and on the two common definitions; nothing until all have guided."""
    cash = {one.name: one for one in case.known.cash}
    leases = {one.name: one for one in case.known.with_finance_leases}
    return tuple(
        CommonPlan(
            name=guide.name,
            own=(guide.low + guide.high) / 2,
            cash=range_of("plan", (cash[guide.name],)).central if guide.name in cash else None,
            with_finance_leases=range_of("plan", (leases[guide.name],)).central if guide.name in leases else None,
            why_cash=cash[guide.name].way.reason if guide.name in cash else "",
            why_leases=leases[guide.name].way.reason if guide.name in leases else "",
        )
        for guide in case.terms.guides
    )


def parts_of_doors(case: GapCase) -> tuple[PartOfDoor, ...]:
    """The parts of both doors, owners first."""
    return tuple(
        PartOfDoor(door, part, range_of(name, (part,)))
        for door, name in (("owners are paid", "owner"), ("end users pay", "end_user"))
        for part in case.known.parts[name]
    )


def purchases(case: GapCase) -> Iterator[Purchase]:
    """The purchases still in their life, year by year: all of them first, then spender by spender."""
    for vintage, bought in zip(case.known.vintages, case.vintages, strict=True):
        share = range_of("ai_share", (vintage.ai_share,))
        yield Purchase(vintage.year, "In all", float(bought.capex), share, vintage.ai_share.way.reason)
        for one in vintage.spenders:
            yield Purchase(vintage.year, one.name, one.value, None, one.basis)


def newer_run_rates(case: GapCase) -> tuple[Fact, ...]:
    """Run rates that a spender stated for a later day of the year than those that its revenue is derived from."""
    used = [fact for part in case.known.owner for fact in part.facts if fact.kind == "run_rate"]
    newest = {one.entity: max(fact.period_end for fact in used if fact.entity == one.entity) for one in used}
    metrics = {one.metric for one in used}
    about = (one for one in case.view.ledger.subjects if one.metric in metrics)
    return tuple(
        fact
        for fact in case.view.in_force_of(about)
        if fact.kind == "run_rate" and fact.period_end > newest.get(fact.entity, "9999")
    )


def overlap_of_doors(case: GapCase) -> Fact | None:
    """The one filed figure that stands inside both doors; None where it was not known on the day."""
    one = case.preset.overlap_of_doors
    return case.view.find(one.entity, one.metric, *period_days(one.period))


def leases_not_commenced(case: GapCase) -> tuple[Fact, ...]:
    """The newest figure of each company for leases signed and not yet started, then that of the group."""
    found = (case.view.latest(subject.entity, subject.metric) for subject in case.preset.leases.subjects)
    return tuple(fact for fact in found if fact is not None)


def uses_of_figures(case: GapCase) -> Iterator[FigureUse]:
    """Every fact that the answer rests on and its use: the table row by row, then what is derived, then what is beside."""
    for row in case.preset.rows:
        for column in COLUMNS:
            yield from _uses_of_cell(case, row, column)
    for name in ("end_user", "ai_share"):
        for part in case.known.parts[name]:
            for fact in part.facts:
                yield FigureUse(name, part.name, fact, "used")
    yield from other_views(case)


def _uses_of_cell(case: GapCase, row: CategoryRow, column: str) -> Iterator[FigureUse]:
    """The facts of one cell, then the figure in force that evidence replaces."""
    figure, subject = case.figure(row.name, column), row.spend if column == "spend" else row.revenue
    if figure is None or subject is None:
        return
    for fact in figure.facts:
        yield FigureUse(row.name, column, fact, "used")
    replaced = fact_of_year(case.view, subject, case.year)
    if replaced is not None and replaced not in figure.facts:
        yield FigureUse(row.name, column, replaced, "replaced by evidence")


def other_views(case: GapCase) -> Iterator[FigureUse]:
    """Figures that the preset shows beside those in force."""
    for view in case.preset.other_views:
        fact = fact_of_year(case.view, view.subject, case.year)
        if fact is not None:
            yield FigureUse(view.row, view.column, fact, view.says)
