"""What revenue must be earned for a hurdle return, and when does it break even?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from overbuild.answer import Answer, Cell, Headline
from overbuild.ecosystem.gap.preset import assumptions_of
from overbuild.ecosystem.need.case import NeedCase, need_case
from overbuild.ecosystem.need.payback import NOT_WITHIN_HORIZON
from overbuild.ecosystem.need.preset import NeedPresets, OwnAssumptions, assumptions_of_need, presets_with
from overbuild.ecosystem.need.sensitivity import need_sensitivities
from overbuild.facts.ledger import View
from overbuild.facts.store import known_on
from overbuild.questions.assumptions import assumptions_by_id
from overbuild.questions.facts_used import after_the_newest, used
from overbuild.questions.need import story
from overbuild.questions.need.pictures import pictures
from overbuild.questions.need.tables import tables
from overbuild.questions.outside_ranges import beyond_other_sources, beyond_presets
from overbuild.world.bands import check_year

LIMITS = (
    "Growth, margins, lives, AI shares and the price decline are assumptions. Break-even and payback move by years with them.",
    "What is earned is derived, not reported: see `overbuild gap`. It rests on stated run rates, outside estimates and "
    "assumptions at each door; the two doors are two measurements of one stream and are never added.",
    "The charge is what this year's purchases must earn in their first year, AI or not. The row of all vintages counts every "
    "purchase still in its life, for the part of it that is for AI; the path runs on those.",
    "The owner's running cost is the energy of AI sites only; staff, maintenance and the cost of models are not in it.",
)


def need(
    *,
    year: int | None = None,
    as_of: str | None = None,
    workspace: Path | str | None = None,
    given: OwnAssumptions | None = None,
) -> Answer:
    """Revenue that must be earned on the year's capex at the owner's and the end user's door, and when it is.

    All money in USD. `given` replaces the hurdle, the life and price decline of chips, the gross margins of the
    layers between owner and end user, and the growth of revenue.
    Raises InputError for each that cannot be (`hurdle_le_minus1`, `life_nonpositive`, `share_out_of_range`,
    `not_finite`) or lies outside its plausible band (`bad_value`), all at once; FactError `no_fact` when the year's
    figures are not known on the day.
    Source: the model's specification A.2 to A.6; figures from the facts room.
    """
    check_year("year", year)
    presets, view = presets_with(given or OwnAssumptions()), known_on(as_of, workspace)
    case = need_case(view, presets, presets.gap.year if year is None else year)
    values, status = _values(case)
    owner = values["required_revenue.owner"]
    facts, moves = used(case.facts), need_sensitivities(case)
    return Answer(
        question="need",
        headline=Headline("required_revenue.owner", owner, "USD_per_year", story.headline(case)),
        values=values,
        status=status,
        tables=tables(case, moves),
        facts=facts,
        assumptions=assumptions_by_id(assumptions_of(presets.gap) | assumptions_of_need(presets.need)),
        limits=(*_amiss(case, view), *LIMITS),
        as_of=as_of,
        notes=story.notes(case),
        charts=pictures(case, moves, facts),
        screen=story.screen(case, moves),
    )


def _amiss(case: NeedCase, view: View) -> tuple[str, ...]:
    """What a reader should know of the inputs before all else."""
    given = beyond_presets(NeedPresets(case.gap_preset, case.preset), story.labels_of(case))
    return (*after_the_newest(view), *given, *beyond_other_sources(view, case.facts))


def _values(case: NeedCase) -> tuple[dict[str, Cell], dict[str, str]]:
    found, payback = case.reported, case.payback
    values: dict[str, Cell] = {
        "capex": case.capex.central,
        "opex": case.opex.central,
        "earned_revenue": case.earned.central,
        "earned_revenue.end_user": case.earned_end_user.central if case.gap.known.end_user else None,
        **found.values,
        "required_of_vintages": case.required_of_vintages.central,
        "required_of_vintages_low": case.required_of_vintages.low,
        "required_of_vintages_high": case.required_of_vintages.high,
        "need_gap.vintages": case.annualised_gap.central,
        "need_gap.vintages_low": case.annualised_gap.low,
        "need_gap.vintages_high": case.annualised_gap.high,
        "operating_breakeven_quarter": payback.operating_breakeven_quarter,
        "payback_quarters": payback.payback_quarters,
        "discounted_payback_quarters": payback.discounted_payback_quarters,
    }
    status = {name: why for name, why in payback.status.items() if name in values}
    if values["earned_revenue.end_user"] is None:
        status["earned_revenue.end_user"] = (
            "no estimate of what end users pay was known; the owners' figure stands for it"
        )
    years: dict[str, Cell] = {"breakeven_year": case.breakeven_year, "first_met_year": case.first_year_met}
    status |= {name: NOT_WITHIN_HORIZON for name, year in years.items() if year is None}
    values |= years
    values |= _range_values(case, status)
    return values, status


def _range_values(case: NeedCase, status: dict[str, str]) -> Mapping[str, Cell]:
    if case.range is None:
        names = ("capex", "required_revenue.owner", "required_revenue.end_user")
        ends = [f"{name}_{end}" for name in names for end in ("low", "high")]
        status.update(dict.fromkeys(ends, "one source, no range"))
        return dict.fromkeys(ends)
    capex, low, high = case.range
    return {
        "capex_low": capex.low,
        "capex_high": capex.high,
        "required_revenue.owner_low": low.owner,
        "required_revenue.owner_high": high.owner,
        "required_revenue.end_user_low": low.end_user,
        "required_revenue.end_user_high": high.end_user,
        "capex_mean": capex.mean,
        "capex_sd": capex.sd,
    }
