"""The gap in sentences and as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from overbuild.answer import Chart
from overbuild.ecosystem.derived_ranges import Range
from overbuild.ecosystem.figures_in_force import Figure
from overbuild.ecosystem.gap.beside_the_table import newer_run_rates
from overbuild.ecosystem.gap.case import GapCase
from overbuild.ecosystem.gap.evidence.article import HeldAgainst
from overbuild.ecosystem.gap.figures import rests_on_evidence
from overbuild.ecosystem.gap.sensitivity import Sensitivity
from overbuild.facts.fact import Fact
from overbuild.questions.charts import GREY, NAVY, ORANGE, TEAL, bars, chart
from overbuild.questions.facts_used import dated_inexactly
from overbuild.questions.prose import BILLION, bn, pct

DECISIVE = 3
"""How many of what decides the gap the headline names."""


def headline(case: GapCase, article: GapCase | None, moves: Sequence[Sensitivity]) -> str:
    """The annualised range first, what decides it, which side moved, and the article's comparison in one sentence."""
    year, doors, sums = case.results.annualised, case.results.doors, case.table
    labels = {plan.name: plan.label for plan in case.preset.asset_classes}
    day = f" on the facts known on {case.view.day}" if case.view.day else ""
    first, newest = case.known.vintages[0].year, case.known.vintages[-1].year
    known = rests_on_evidence(case.known.owner)
    paid = "the spenders are paid" if known else "if the spenders are paid what the article says,"
    said = [
        f"{case.year}{day}: {paid} {_span(doors.owner)} USD for AI{'.' if known else ','} "
        f"{'What' if known else 'what'} they bought for it from {first} to {newest} and still use would have to earn "
        f"{_span(year.cost)} in the year, energy included: an annualised gap of {_span(year.gap)} at the owners' door.",
        f"What decides it: {'; '.join(_what(one.assumption, labels) for one in moves[:DECISIVE])}.",
    ]
    if article is not None:
        said.append(_moved(article, case))
    said.append(
        f"Compared as the article does, the year's spend ({bn(sums.total_spend)}) against its revenue "
        f"({bn(sums.total_revenue)}): {bn(sums.total_gap)} in all, {bn(sums.sum_of_category_gaps)} by the column, which leaves "
        f"out {bn(sums.unmatched_cost)} of cost without revenue of its own."
    )
    return " ".join(said)


def _moved(then: GapCase, now: GapCase) -> str:
    """Which side moved since the article, and by how much."""
    spend = now.capex.central - then.capex.central
    paid = now.results.doors.owner.central - then.results.doors.owner.central
    text = "Since the article spending is unchanged"
    if spend:
        more = "up" if spend > 0 else "down"
        text = f"Since the article spending is {more} {bn(abs(spend), 1)} to {_span(_of(now.capex))}"
    if not rests_on_evidence(now.known.owner):
        return f"{text}; no newer figure of revenue was known for every spender."
    return (
        f"{text}; revenue at the owners' door stands {bn(abs(paid), 1)} {'below' if paid < 0 else 'above'} the article's "
        f"{bn(then.results.doors.owner.central)}{_other_door(now)}."
    )


def _other_door(case: GapCase) -> str:
    """That the article's revenue is what end users pay, where the evidence of the day says so."""
    verdicts = {one.row.name: one.verdict for one in case.evidence}
    end_user = case.results.doors.end_user
    if end_user is None or verdicts.get("ai_revenue") != "wrong_door":
        return ""
    return f", which is what end users pay ({_span(end_user)})"


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


def notes(case: GapCase, article: GapCase | None, shown: Sequence[Fact]) -> tuple[str, ...]:
    """What each of the numbers means, in sentences; `shown` are the facts of the whole answer."""
    sums = case.table
    unmatched = ", ".join(row.label.lower() for row in case.rows if row.revenue is None)
    said = [
        f"The annualised gap is revenue at the owners' door less what every purchase still in its life must earn in the year "
        f"to return {pct(case.preset.hurdle_per_year.value)} after tax, for the share of it that is for AI, less energy. "
        "The charge on chips is front-loaded because the price of what they rent for falls. A purchase is charged in full in "
        "the year it is made, also where it is not yet in service.",
        "Its range is that of revenue, of the AI share and of energy together; lives, the fall of prices and the hurdle are "
        "held, and each moves the gap by itself as the table of what moves it says.",
        f"Total gap {bn(sums.total_gap)}: all revenue less all spend of the year, {unmatched} included. Sum of the column "
        f"{bn(sums.sum_of_category_gaps)}: only categories that have revenue. They differ by {bn(sums.unmatched_cost)} "
        f"({unmatched}). Revenue covers {pct(sums.coverage, 1)} of spend.",
        f"This year's capex alone must earn {bn(case.capital_charge)} before tax in its first year, AI or not.",
        "If all of the enterprise software revenue is already inside the spenders' AI revenue, the total gap is "
        f"{bn(case.net_of_overlaps)}.",
    ]
    said += [f"{part.label}: {part.way.reason}" for part in case.known.with_finance_leases if part.name == "MSFT"]
    held = [
        f"{one.name} {v.year} ({one.basis})" for v in case.known.vintages for one in v.spenders if _is_held(one.basis)
    ]
    if held:
        said.append(f"Capex of an earlier year that the tables do not date by then: {', '.join(held)}.")
    said += [
        f"A newer run rate of {one.entity} ({bn(one.value_in_base_unit or 0.0)}, {one.period}) is known and not used: the "
        "preset of the gap names the ones it takes."
        for one in newer_run_rates(case)
    ]
    inexact = dated_inexactly(shown)
    if inexact:
        said.append(
            f"{len(inexact)} of the figures used or shown are dated only to the month or year or by inference: "
            f"{', '.join(inexact)}."
        )
    return tuple(said)


def _is_held(basis: str) -> bool:
    return basis.startswith("held") or basis == "not known"


def why_of(one: HeldAgainst) -> str:
    """Why a figure of the article has its verdict, in one or two sentences."""
    said: list[str] = []
    if one.sum_of_parts is not None:
        sum_of_parts = f"the parts printed sum to {bn(one.sum_of_parts)}"
        said.append(f"{sum_of_parts}, but {one.row.mixes}" if one.row.mixes else sum_of_parts)
    said += [f"also printed by others ({fact.source}, {fact.known_at})" for fact in one.supports]
    if one.evidence is not None:
        said.append(f"{one.row.at}: {_span(one.evidence)}")
    if one.elsewhere is not None:
        said.append(f"{one.row.elsewhere_is}: {_span(one.elsewhere)}")
    if one.nearest:
        near = (f"{near.name} {bn(near.fact.value_in_base_unit or 0.0)}" for near in one.nearest)
        said.append(f"nearest: {'; '.join(near)}")
    if one.evidence is None and not one.nearest and one.sum_of_parts is None:
        said.append("nothing else that measures it was known on this day")
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
