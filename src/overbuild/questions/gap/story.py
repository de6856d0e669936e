"""The gap in sentences and as a picture."""

from __future__ import annotations

from collections.abc import Mapping

from overbuild.answer import Chart
from overbuild.ecosystem.derived_ranges import Range
from overbuild.ecosystem.figures_in_force import Figure
from overbuild.ecosystem.gap.case import GapCase
from overbuild.ecosystem.gap.evidence.article import HeldAgainst
from overbuild.ecosystem.gap.figures import rests_on_evidence
from overbuild.ecosystem.gap.sensitivity import sensitivities
from overbuild.questions.charts import GREY, NAVY, ORANGE, TEAL, bars, chart
from overbuild.questions.facts_used import dated_inexactly
from overbuild.questions.prose import BILLION, bn, pct

DECISIVE = 3
"""How many of what decides the gap the headline names."""


def headline(case: GapCase, article: GapCase | None) -> str:
    """The annualised range first, what decides it, which side moved, and the article's comparison in one sentence."""
    year, doors, sums = case.results.annualised, case.results.doors, case.table
    labels = {plan.name: plan.label for plan in case.preset.asset_classes}
    day = f" on the facts known on {case.view.day}" if case.view.day else ""
    first, newest = case.known.vintages[0].year, case.known.vintages[-1].year
    said = [
        f"{case.year}{day}: the spenders are paid {_span(doors.owner)} for AI and owe {_span(year.cost)} in the year to the "
        f"purchases of {first} to {newest} still in their life and to the energy of AI sites: a gap of {_span(year.gap)} USD "
        "a year at the owners' door.",
        f"What decides it: {'; '.join(_what(one.assumption, labels) for one in sensitivities(case)[:DECISIVE])}.",
    ]
    if article is not None:
        said.append(_moved(article, case))
    said.append(
        f"The article's comparison of the year's spend ({bn(sums.total_spend)}) with its revenue "
        f"({bn(sums.total_revenue)}) is a total gap of {bn(sums.total_gap)}; its column sums to "
        f"{bn(sums.sum_of_category_gaps)}, because {bn(sums.unmatched_cost)} is a cost without revenue of its own. Revenue "
        f"covers {pct(sums.coverage, 1)} of spend."
    )
    return " ".join(said)


def _moved(then: GapCase, now: GapCase) -> str:
    """Which side moved since the article, and by how much."""
    spend = now.capex.central - then.capex.central
    paid = now.results.doors.owner.central - then.results.doors.owner.central
    more = "up" if spend >= 0 else "down"
    text = f"Since the article spending is {more} {bn(abs(spend), 1)} to {_span(_of(now.capex))}"
    if not rests_on_evidence(now.known.owner):
        return f"{text}; no newer figure of revenue was known."
    end_user = now.results.doors.end_user
    where = (
        f"; its {bn(then.results.doors.owner.central)} is what end users pay ({_span(end_user)})" if end_user else ""
    )
    return f"{text}; revenue at the owners' door is {bn(abs(paid), 1)} {'below' if paid < 0 else 'above'} the article's figure{where}."


def _span(found: Range) -> str:
    """A central value with its range to a tenth, or the value alone where it has none.

    >>> _span(Range(71.5e9, 98.4e9, 133.3e9)), _span(Range(2e11, 2e11, 2e11))
    ('98.4bn (71.5 to 133.3)', '200.0bn')
    """
    if found.low == found.high:
        return bn(found.central, 1)
    low, high = (bn(end, 1).removesuffix("bn") for end in (found.low, found.high))
    return f"{bn(found.central, 1)} ({low} to {high})"


def _of(figure: Figure) -> Range:
    return Range(figure.low, figure.central, figure.high)


def _what(assumption: str, labels: Mapping[str, str]) -> str:
    """An assumption or figure in words.

    >>> _what("it.price_decline_per_year", {"it": "Servers"}), _what("ai_revenue.owner", {})
    ('price decline per year of servers', 'what owners are paid')
    """
    block, _, name = assumption.rpartition(".")
    if block in labels:
        return f"{name.replace('_', ' ')} of {labels[block].lower()}"
    return _FIGURES.get(assumption, assumption.replace("_", " "))


_FIGURES = {
    "ai_revenue.owner": "what owners are paid",
    "ai_share_of_capex": "the share of capex that is for AI",
    "energy_of_ai_sites": "the energy of AI sites",
    "hurdle_per_year": "the hurdle",
}


def notes(case: GapCase, article: GapCase | None) -> tuple[str, ...]:
    """What each of the numbers means, in sentences."""
    sums = case.table
    unmatched = ", ".join(row.label.lower() for row in case.rows if row.revenue is None)
    said = [
        f"The annualised gap is revenue at the owners' door less what every purchase still in its life must earn in the year "
        f"to return {pct(case.preset.hurdle_per_year.value)} after tax, for the share of it that is for AI, less energy. "
        "The charge on chips is front-loaded because the price of what they rent for falls. A purchase is charged in full in "
        "the year it is made, also where it is not yet in service.",
        f"Total gap {bn(sums.total_gap)}: all revenue less all spend of the year, {unmatched} included. Sum of the column "
        f"{bn(sums.sum_of_category_gaps)}: only categories that have revenue. They differ by {bn(sums.unmatched_cost)} "
        f"({unmatched}).",
        f"This year's capex alone must earn {bn(case.capital_charge)} before tax in its first year, AI or not.",
        "If all of the enterprise software revenue is already inside the spenders' AI revenue, the total gap is "
        f"{bn(case.net_of_overlaps)}.",
    ]
    said += [f"{part.label} {part.way.reason}" for part in case.known.with_finance_leases if part.name == "MSFT"]
    held = [
        f"{one.name} {v.year} ({one.basis})" for v in case.known.vintages for one in v.spenders if _is_held(one.basis)
    ]
    if held:
        said.append(f"Capex of an earlier year that was not known on the day: {', '.join(held)}.")
    inexact = dated_inexactly(case.facts)
    if inexact:
        said.append(
            f"{len(inexact)} of the figures used are dated only to the month or year or by inference: "
            f"{', '.join(inexact)}."
        )
    return tuple(said)


def _is_held(basis: str) -> bool:
    return basis.startswith("held") or basis == "not known"


def why_of(one: HeldAgainst) -> str:
    """Why a figure of the article has its verdict, in one or two sentences."""
    said: list[str] = []
    if one.sum_of_parts is not None:
        said.append(f"its parts sum to {bn(one.sum_of_parts)}" + (f"; {one.row.mixes}" if one.row.mixes else ""))
    if one.supports:
        said.append(f"also printed in {', '.join(fact.source for fact in one.supports)}")
    if one.evidence is not None:
        said.append(f"{one.row.at}: {_span(one.evidence)}")
    if one.elsewhere is not None:
        said.append(f"{one.row.elsewhere_is}: {_span(one.elsewhere)}")
    if one.nearest:
        near = (f"{near.name} {bn(near.fact.value_in_base_unit or 0.0)}" for near in one.nearest)
        said.append(f"nearest: {'; '.join(near)}")
    if one.evidence is None and not one.nearest and one.sum_of_parts is None:
        said.append("nothing that measures it was known on this day")
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}. {one.row.says}".strip()


def picture(case: GapCase) -> Chart:
    """What the year costs by class of asset and energy, against what owners are paid and what end users pay."""
    year, doors = case.results.annualised, case.results.doors
    labels = {plan.name: plan.label for plan in case.preset.asset_classes}
    cost, owner, end_user = "Cost of the year, all vintages", "Paid to owners", "Paid by end users"
    colours = dict(zip((labels[one.name] for one in year.charges), (GREY, TEAL, NAVY), strict=False))
    energy = "Energy of AI sites"
    parts = ("Revenue, low", "up to central", "up to high")
    amounts = [(cost, labels[one.name], one.charge.central) for one in year.charges]
    amounts.append((cost, energy, case.results.energy.central))
    for bar, door in ((owner, doors.owner), (end_user, doors.end_user)):
        if door is not None:
            steps = (door.low, door.central - door.low, door.high - door.central)
            amounts += [(bar, part, step) for part, step in zip(parts, steps, strict=True)]
    points = [{"bar": bar, "part": part, "usd_bn": amount / BILLION} for bar, part, amount in amounts]
    colours |= {energy: "#8c6d31"} | dict(zip(parts, (ORANGE, "#f2b27a", "#fbdcc0"), strict=True))
    day = f", known on {case.view.day}" if case.view.day else ""
    heading = {
        "text": f"What AI capex costs a year against what AI earns, {case.year}{day}",
        "subtitle": f"Gap at the owners' door {_span(year.gap)} USD a year; two doors, never added",
    }
    drawing = bars(points, bar="bar", part="part", amount="usd_bn", title="USD bn", colours=colours)
    return chart("gap", f"AI cost against AI revenue, {case.year}", heading, width=560, height=170, drawing=drawing)
