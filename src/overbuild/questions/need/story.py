"""What must be earned, in sentences and as a picture."""

from __future__ import annotations

from overbuild.answer import Chart
from overbuild.ecosystem.need.case import NeedCase
from overbuild.questions.charts import NAVY, ORANGE, chart, lines
from overbuild.questions.facts_used import dated_inexactly
from overbuild.questions.prose import BILLION, bn, pct


def headline(case: NeedCase) -> str:
    """What must be earned, what is, and when the two meet."""
    required, preset = case.required, case.preset
    day = f" on the facts known on {case.view.day}" if case.view.day else ""
    met = case.breakeven_year
    when = f"meet for good in {met}" if met else f"do not meet for good within {preset.horizon_years} years"
    vintages, gap = case.required_of_vintages, case.annualised_gap
    return (
        f"{case.year}{day}: for {pct(case.gap_preset.hurdle_per_year.value)} after tax the owners must earn "
        f"{bn(vintages.central)} USD in the year on every purchase still in its life, for the part of it that is for AI, and "
        f"are paid {bn(case.earned.central)}: a gap of {bn(gap.central)} ({bn(gap.low)} to {bn(gap.high)}). This year's capex "
        f"of {bn(case.capex.central, 1)} alone must earn {bn(required.owner)} in its first year "
        f"({bn(required.capital_charge)} capital charge, {bn(case.opex.central)} energy), and {bn(required.end_user)} at the "
        f"end user's door. With spending kept up and revenue growing {pct(preset.growth_per_year.value)} a year what is "
        f"earned and what all vintages require {when}."
    )


def notes(case: NeedCase) -> tuple[str, ...]:
    """What the numbers mean."""
    chips = case.gap_preset.asset_classes[-1]
    said = [
        f"Chips carry {pct(case.chip_share_of_charge)} of the charge: they live {chips.life_years.value:g} years and what "
        f"they rent for falls {pct(chips.price_decline_per_year.value)} a year, so most must come early.",
        f"The multiplier asks {bn(case.multiplier.required_revenue)}: all of the cost in one year, without a return. The "
        f"charge asks {bn(case.required.end_user)} at the same door: a return over each life, with energy and the margins "
        "of every layer. They answer different questions and should not be mixed.",
    ]
    first = case.first_year_met
    if first is not None and first != case.breakeven_year:
        said.append(
            f"In {first} revenue meets the requirement of that year's vintages once; it is missed again as the next "
            "year's spending adds its own charge."
        )
    inexact = dated_inexactly(case.facts)
    if inexact:
        said.append(f"Dated only to the month or year or by inference: {', '.join(inexact)}.")
    return tuple(said)


def picture(case: NeedCase) -> Chart:
    """Required against earned over time, with the crossing marked."""
    required, earned = "Required at the owner's door", "Earned, on the growth path"
    met = case.breakeven_year
    shown = [one for one in case.path if met is None or one.year <= met + 3]
    points = [
        {"year": str(one.year), "line": line, "usd_bn": amount / BILLION}
        for one in shown
        for line, amount in ((required, one.required), (earned, one.earned))
    ]
    crossings = [
        {"year": str(one.year), "usd_bn": one.earned / BILLION, "text": f"meet in {one.year}"}
        for one in case.path
        if one.year == met
    ]
    growth, hurdle = case.preset.growth_per_year.value, case.gap_preset.hurdle_per_year.value
    heading = {
        "text": "AI revenue required against earned",
        "subtitle": (
            f"Hurdle {pct(hurdle)} after tax; revenue grows {pct(growth)} a year; spending kept at "
            f"{bn(case.capex.central)} USD"
        ),
    }
    drawing = lines(
        points,
        x="year",
        line="line",
        amount="usd_bn",
        title="USD bn a year",
        colours={required: NAVY, earned: ORANGE},
        crossings=crossings,
    )
    return chart("need", "AI revenue required against earned", heading, width=560, height=280, drawing=drawing)
