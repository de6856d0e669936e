"""Which facts make the gap table on a day, and which stand beside it."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.gap import Guide, guided_spend, sum_of_disclosed
from overbuild.ecosystem.gap_year import CapexPart, assets_of
from overbuild.ecosystem.required_revenue import AssetCharge, capital_charges
from overbuild.errors import FactError
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.money.capital_charge import AssetClass, straight_line
from overbuild.world.gap_preset import GapPreset, Subject


class Figure(NamedTuple):
    """A figure in USD with its range, the facts behind it, and what it rests on in words."""

    central: float
    low: float
    high: float
    facts: tuple[Fact, ...]
    basis: str
    guides: tuple[Guide, ...] = ()


def year_fact(view: View, subject: Subject, year: int) -> Fact | None:
    """The figure in force for a calendar year."""
    return view.find(subject.entity, subject.metric, f"{year}-01-01", f"{year}-12-31")


def amount(fact: Fact) -> float:
    """A fact in USD. Raises FactError `bad_value` where the source printed words instead of a number."""
    value = fact.value_in_base_unit
    if value is None:
        raise FactError("bad_value", fact.key, fact.value_text, "the table needs a number; this source prints words")
    return value


def single(view: View, subject: Subject, year: int) -> Figure:
    """The one figure a row rests on. Raises FactError `no_fact` when none is known on the day."""
    fact = year_fact(view, subject, year)
    if fact is None:
        raise FactError("no_fact", f"{subject.entity} {subject.metric} {year}", view.day, _absence(view, subject, year))
    value = amount(fact)
    return Figure(value, value, value, (fact,), f"{fact.kind}, {fact.source}")


def _absence(view: View, subject: Subject, year: int) -> str:
    rows = view.ledger.about(subject.entity, subject.metric)
    later = [fact.known_at for fact in rows if fact.period == str(year)]
    if later:
        return f"no figure for {year} was known on this day; the first is dated {min(later)}"
    years = sorted({fact.period for fact in rows})
    return f"the tables hold no figure for {year}; there is one for {', '.join(years)}"


def guided(view: View, preset: GapPreset, year: int) -> Figure | None:
    """The sum of the spenders' guidance for the year; None until all of them have guided."""
    guides: list[Guide] = []
    facts: list[Fact] = []
    for entity in preset.guidance.entities:
        low = year_fact(view, Subject(entity, preset.guidance.low), year)
        high = year_fact(view, Subject(entity, preset.guidance.high), year)
        if low is None or high is None:
            return None
        guides.append(Guide(entity, amount(low), amount(high)))
        facts += [low, high]
    spend = guided_spend(preset.guidance.row, tuple(guides))
    names = ", ".join(preset.guidance.entities)
    return Figure(
        spend.central, spend.low, spend.high, tuple(facts), f"sum of guidance midpoints of {names}", tuple(guides)
    )


def row_figures(view: View, preset: GapPreset, year: int) -> dict[str, tuple[Figure, Figure | None]]:
    """Spend and revenue of every row, by row name."""
    figures: dict[str, tuple[Figure, Figure | None]] = {}
    for row in preset.rows:
        spend = guided(view, preset, year) if row.name == preset.guidance.row else None
        revenue = single(view, row.revenue, year) if row.revenue else None
        if revenue is not None and row.name == preset.disclosed_run_rates.row:
            revenue = _with_floor(view, preset, year, revenue)
        figures[row.name] = (spend or single(view, row.spend, year), revenue)
    return figures


def _with_floor(view: View, preset: GapPreset, year: int, revenue: Figure) -> Figure:
    disclosed = run_rates(view, preset, year)
    if not disclosed:
        return revenue
    floor = sum_of_disclosed(tuple(amount(fact) for fact in disclosed))
    low, high = min(floor, revenue.central), max(floor, revenue.central)
    return revenue._replace(low=low, high=high, facts=(*revenue.facts, *disclosed))


def run_rates(view: View, preset: GapPreset, year: int) -> list[Fact]:
    """The newest AI run rate each spender has stated within the year."""
    found: list[Fact] = []
    for entity in preset.disclosed_run_rates.entities:
        of_year = [
            fact
            for fact in view.in_force
            if (fact.entity, fact.metric) == (entity, preset.disclosed_run_rates.low)
            and fact.kind == "run_rate"
            and fact.period_end[:4] == str(year)
        ]
        if of_year:
            found.append(max(of_year, key=lambda fact: fact.period_end))
    return found


def quarters_spent(view: View, preset: GapPreset, year: int) -> list[Fact]:
    """Reported capex of the spenders for quarters of the year."""
    wanted = {(subject.entity, subject.metric) for subject in preset.actuals}
    return [
        fact
        for fact in view.in_force
        if (fact.entity, fact.metric) in wanted and fact.kind == "reported" and fact.period.startswith(f"{year}Q")
    ]


def leases_not_commenced(view: View, preset: GapPreset) -> list[Fact]:
    """The newest figure of each company for leases signed and not yet started, then that of the group."""
    found = [view.latest(subject.entity, subject.metric) for subject in (*preset.leases, preset.lease_group)]
    return [fact for fact in found if fact is not None]


def capex_parts(preset: GapPreset) -> tuple[CapexPart, ...]:
    """How the preset divides a year's capex among classes of asset."""
    return tuple(
        CapexPart(
            name=plan.name,
            share=plan.share.value,
            life_years=plan.life_years.value,
            residual_share=plan.residual_share.value,
            tax_depreciation=straight_line(plan.tax_straight_line_years),
            price_decline_per_year=plan.price_decline_per_year.value,
        )
        for plan in preset.asset_classes
    )


def asset_classes(preset: GapPreset, capex: float) -> tuple[AssetClass, ...]:
    """The preset's asset classes, with the capex divided among them."""
    return assets_of(capex_parts(preset), capex)


def charges_of(preset: GapPreset, capex: float) -> tuple[AssetCharge, ...]:
    """What the capex must earn in its first year, by asset class."""
    return capital_charges(asset_classes(preset, capex), preset.hurdle_per_year.value, preset.tax_rate.value)
