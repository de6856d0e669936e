"""What must be earned, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from overbuild.answer import Screen
from overbuild.ecosystem.need.case import NeedCase
from overbuild.ecosystem.need.sensitivity import NeedSensitivity
from overbuild.questions.deciding import DECISIVE, Ends, decisive, said
from overbuild.questions.facts_used import dated_inexactly
from overbuild.questions.prose import bn, pct, times


def headline(case: NeedCase) -> str:
    """What must be earned, what is, and when the two meet."""
    required, preset = case.required, case.preset
    day = f" on the facts known on {case.view.day}" if case.view.day else ""
    vintages, gap = case.required_of_vintages, case.annualised_gap
    short = "short by" if gap.central < 0 else "above it by"
    low, high = sorted((abs(gap.low), abs(gap.high)))
    between = f" ({bn(low).removesuffix('bn')} to {bn(high)})" if gap.low * gap.high > 0 and gap.low != gap.high else ""
    return (
        f"{case.year}{day}: for {pct(case.gap_preset.hurdle_per_year.value)} after tax this year's capex of "
        f"{bn(case.capex.central, 1)} USD must earn {bn(required.owner)} at the owners' door in its first year, and "
        f"{bn(required.end_user)} at the end user's. On every purchase still in its life, for the part of it that is for AI, "
        f"owners must earn {bn(vintages.central)} and are paid {bn(case.earned.central)}: {short} {bn(abs(gap.central))}"
        f"{between}. With spending kept up and revenue growing {pct(preset.growth_per_year.value)} a year the two "
        f"{_meet(case.breakeven_year, case)}."
    )


def _meet(year: int | None, case: NeedCase) -> str:
    """When what is earned meets what is required for good."""
    return f"meet for good in {year}" if year else f"do not meet for good by {case.year + case.preset.horizon_years}"


def screen(case: NeedCase, moves: Sequence[NeedSensitivity]) -> Screen:
    """What is printed first: both doors, what moves the year the two meet, what decides what must be earned."""
    return Screen("doors", tuple(_years_moved(case, moves)), decides(case, moves), "What moves the year they meet")


def decides(case: NeedCase, moves: Sequence[NeedSensitivity]) -> tuple[str, ...]:
    """The assumptions that move what the year's capex must earn at the owners' door most, with it at either end."""
    labels = labels_of(case)
    return tuple(
        decisive(
            said(one.assumption, labels),
            Ends(one.low, one.value, one.high, one.unit),
            f"required {bn(one.at_low.owner)}",
            bn(one.at_high.owner),
        )
        for one in moves[:DECISIVE]
    )


def labels_of(case: NeedCase) -> dict[str, str]:
    """What each class of asset is called."""
    return {plan.name: plan.label for plan in case.gap_preset.asset_classes}


def _years_moved(case: NeedCase, moves: Sequence[NeedSensitivity]) -> Iterator[str]:
    """The two that move the year most, and when the programme has paid for itself."""
    horizon, labels = case.year + case.preset.horizon_years, labels_of(case)
    for one in sorted(moves, key=lambda found: -found.years(horizon))[:2]:
        if one.years(horizon):
            low, high = (_meet(end.breakeven_year, case) for end in (one.at_low, one.at_high))
            high = high.removeprefix("meet for good ") if low.startswith("meet") else high
            ends = Ends(one.low, one.value, one.high, one.unit)
            yield decisive(said(one.assumption, labels), ends, f"they {low}", high)
    yield f"At a contribution margin of {pct(case.preset.contribution_margin.value)} revenue {_paid_back(case)}."


def _paid_back(case: NeedCase) -> str:
    """When revenue covers the capex of a quarter, and when it has paid back all of the spending."""
    turns, paid = case.payback.operating_breakeven_quarter, case.payback.payback_quarters
    within = f"within {case.preset.horizon_years} years"
    if turns is None:
        return f"never covers the capex of a quarter {within}"
    back = (
        f"has paid it all back after {paid / 4:.1f} years" if paid is not None else f"has not paid it all back {within}"
    )
    return f"covers the capex of a quarter after {times(turns, 'quarter')} and {back}"


def notes(case: NeedCase) -> tuple[str, ...]:
    """What the numbers mean."""
    chips = case.gap_preset.asset_classes[-1]
    told = [
        f"This year's capex alone must earn {bn(case.required.owner)}: {bn(case.required.capital_charge)} capital charge and "
        f"{bn(case.opex.central)} energy.",
        f"Chips carry {pct(case.chip_share_of_charge)} of the charge: they live {chips.life_years.value:g} years and what "
        f"they rent for falls {pct(chips.price_decline_per_year.value)} a year, so most must come early.",
        f"The multiplier asks {bn(case.multiplier.required_revenue)}: all of the cost in one year, without a return. The "
        f"charge asks {bn(case.required.end_user)} at the same door: a return over each life, with energy and the margins "
        "of every layer. They answer different questions and should not be mixed.",
    ]
    first = case.first_year_met
    if first is not None and first != case.breakeven_year:
        told.append(
            f"In {first} revenue meets the requirement of that year's vintages once; it is missed again as the next "
            "year's spending adds its own charge."
        )
    inexact = dated_inexactly(case.facts)
    if inexact:
        told.append(f"Dated only to the month or year or by inference: {', '.join(inexact)}.")
    return tuple(told)
