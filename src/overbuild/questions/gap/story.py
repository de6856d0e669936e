"""The gap in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from overbuild.answer import Screen
from overbuild.ecosystem.derived_ranges import Range
from overbuild.ecosystem.figures_in_force import Figure
from overbuild.ecosystem.gap.beside_the_table import newer_run_rates
from overbuild.ecosystem.gap.case import GapCase
from overbuild.ecosystem.gap.evidence.article import HeldAgainst
from overbuild.ecosystem.gap.figures import rests_on_evidence
from overbuild.ecosystem.gap.sensitivity import Sensitivity
from overbuild.facts.fact import Fact
from overbuild.questions.deciding import DECISIVE, Ends, decisive, said, short
from overbuild.questions.facts_used import dated_inexactly
from overbuild.questions.prose import bn, capitalised, pct


def headline(case: GapCase) -> str:
    """The annualised range first, then the article's comparison in one sentence."""
    year, doors, sums = case.results.annualised, case.results.doors, case.table
    day = f" on the facts known on {case.view.day}" if case.view.day else ""
    first, newest = case.known.vintages[0].year, case.known.vintages[-1].year
    paid = "the spenders are" if rests_on_evidence(case.known.owner) else "by the article the spenders are"
    return (
        f"{case.year}{day}: {paid} paid {span(doors.owner)} USD for AI and what they bought for it from {first} to {newest} "
        f"must earn {span(year.cost)} in the year: an annualised gap of {span(year.gap)}. Compared as the article does, the "
        f"year's spend against its revenue, it is {bn(sums.total_gap)} in all and {bn(sums.sum_of_category_gaps)} by the "
        f"column, which leaves out {bn(sums.unmatched_cost)} of cost without revenue of its own."
    )


def screen(case: GapCase, article: GapCase | None, moves: Sequence[Sensitivity]) -> Screen:
    """What is printed first: the year's gap, what would close it, what decides it."""
    return Screen("owners_gap", tuple(_closes(case, article, moves)), decides(case, moves), "What moves it")


def decides(case: GapCase, moves: Sequence[Sensitivity]) -> tuple[str, ...]:
    """The assumptions and figures that move the gap most, with the gap at either end of each."""
    labels = labels_of(case)
    return tuple(
        decisive(
            said(one.assumption, labels),
            Ends(one.low, one.value, one.high, one.unit),
            f"gap {bn(one.gap_at_low, 1)}",
            bn(one.gap_at_high, 1),
        )
        for one in moves[:DECISIVE]
    )


def labels_of(case: GapCase) -> dict[str, str]:
    """What each class of asset is called."""
    return {plan.name: plan.label for plan in case.preset.asset_classes}


def _closes(case: GapCase, article: GapCase | None, moves: Sequence[Sensitivity]) -> Iterator[str]:
    """What owners would have to be paid, whether any assumption alone closes the gap, and what moved since the article."""
    cost, paid = case.results.annualised.cost.central, case.results.doors.owner.central
    if paid > 0:
        yield f"It closes if owners are paid {bn(cost, 1)} USD in the year, {cost / paid:.1f} times as much."
    ends = [
        (amount, one, end) for one in moves for amount, end in ((one.gap_at_low, one.low), (one.gap_at_high, one.high))
    ]
    if ends and case.annualised_gap < 0:
        amount, one, end = max(ends, key=lambda found: found[0])
        label, found = said(one.assumption, labels_of(case)), f"{bn(amount, 1)} at {short(end, one.unit)}"
        if amount < 0:
            yield f"No assumption alone closes it; nearest is the {label}: {found}."
        else:
            yield f"{capitalised(label)} alone closes it: {found}."
    if article is not None:
        yield _beside_the_article(article, case)


def _beside_the_article(then: GapCase, now: GapCase) -> str:
    """Both sides against those of the article, in a line."""
    spent = now.capex.central - then.capex.central
    said = f"Against the article: spending {bn(abs(spent), 1)} USD {'lower' if spent < 0 else 'higher'}"
    if not rests_on_evidence(now.known.owner):
        return f"{said}; no newer figure of revenue is known for every spender."
    paid = now.results.doors.owner.central - then.results.doors.owner.central
    return f"{said}, owners' revenue {bn(abs(paid), 1)} {'lower' if paid < 0 else 'higher'}."


def _moved_since(then: GapCase, now: GapCase) -> str:
    """Which side moved since the article, and by how much, in one sentence."""
    spend = now.capex.central - then.capex.central
    spent = f"spending is {'up' if spend > 0 else 'down'} {bn(abs(spend), 1)}" if spend else "spending is unchanged"
    if not rests_on_evidence(now.known.owner):
        return f"Since the article {spent}; no newer figure of revenue was known for every spender."
    before = then.results.doors.owner.central
    paid = now.results.doors.owner.central - before
    side = "below" if paid < 0 else "above"
    return f"Since the article {spent}; what owners are paid stands {bn(abs(paid), 1)} {side} its {bn(before)}."


def _sides_moved(then: GapCase, now: GapCase) -> str:
    """The same with ranges, and what the article's revenue is instead."""
    text = _moved_since(then, now)
    verdicts = {one.row.name: one.verdict for one in now.evidence}
    end_user = now.results.doors.end_user
    doors = f" Planned spending is {span(_of(now.capex))}."
    if end_user is not None and verdicts.get("ai_revenue") == "wrong_door":
        doors += f" The article's revenue is what end users pay: {span(end_user)}."
    return text + doors


def span(found: Range) -> str:
    """A central value with its range to a tenth, or the value alone where it has none.

    >>> span(Range(71.5e9, 98.4e9, 133.3e9)), span(Range(2e11, 2e11, 2e11))
    ('98.4bn (71.5 to 133.3)', '200.0bn')
    """
    if found.low == found.high:
        return bn(found.central, 1)
    low, high = (bn(end, 1).removesuffix("bn") for end in (found.low, found.high))
    return f"{bn(found.central, 1)} ({low} to {high})"


def _of(figure: Figure) -> Range:
    return Range(figure.low, figure.central, figure.high)


def notes(case: GapCase, article: GapCase | None, shown: Sequence[Fact]) -> tuple[str, ...]:
    """What each of the numbers means, in sentences; `shown` are the facts of the whole answer."""
    sums = case.table
    unmatched = ", ".join(row.label.lower() for row in case.rows if row.revenue is None)
    told = [_sides_moved(article, case)] if article is not None else []
    told += [
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
    told += [f"{part.label}: {part.way.reason}" for part in case.known.with_finance_leases if part.name == "MSFT"]
    held = [
        f"{one.name} {v.year} ({one.basis})" for v in case.known.vintages for one in v.spenders if _is_held(one.basis)
    ]
    if held:
        told.append(f"Capex of an earlier year that the tables do not date by then: {', '.join(held)}.")
    told += [
        f"A newer run rate of {one.entity} ({bn(one.value_in_base_unit or 0.0)}, {one.period}) is known and not used: the "
        "preset of the gap names the ones it takes."
        for one in newer_run_rates(case)
    ]
    inexact = dated_inexactly(shown)
    if inexact:
        told.append(
            f"{len(inexact)} of the figures used or shown are dated only to the month or year or by inference: "
            f"{', '.join(inexact)}."
        )
    return tuple(told)


def _is_held(basis: str) -> bool:
    return basis.startswith("held") or basis == "not known"


def why_of(one: HeldAgainst) -> str:
    """Why a figure of the article has its verdict, in one or two sentences."""
    told: list[str] = []
    if one.sum_of_parts is not None:
        sum_of_parts = f"the parts printed sum to {bn(one.sum_of_parts)}"
        told.append(f"{sum_of_parts}, but {one.row.mixes}" if one.row.mixes else sum_of_parts)
    told += [f"also printed by others ({fact.source}, {fact.known_at})" for fact in one.supports]
    if one.evidence is not None:
        told.append(f"{one.row.at}: {span(one.evidence)}")
    if one.elsewhere is not None:
        told.append(f"{one.row.elsewhere_is}: {span(one.elsewhere)}")
    if one.nearest:
        near = (f"{near.name} {bn(near.fact.value_in_base_unit or 0.0)}" for near in one.nearest)
        told.append(f"nearest: {'; '.join(near)}")
    if one.evidence is None and not one.nearest and one.sum_of_parts is None:
        told.append("nothing else that measures it was known on this day")
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}. {one.row.says}".strip()
