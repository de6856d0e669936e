"""What revenue must be earned for a hurdle return, and when does it break even?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from overbuild.facts.store import known_on
from overbuild.questions.answer import Answer, Assumption, Cell, Headline
from overbuild.questions.facts import used
from overbuild.questions.need import tables
from overbuild.questions.need.basis import Basis, Given, measure, presets_with
from overbuild.world.gap_preset import Assumed
from overbuild.world.need_preset import NeedPreset

LIMITS = (
    "The charge is what this year's purchases must earn in their first year. The path adds the years that follow at the "
    "same rate of spending; assets bought before the year are not in it, so the true requirement is higher.",
    "The owner's running cost is the energy row only; staff, maintenance and the cost of models are not in it.",
    "AI revenue is the article's round figure at the owner's door. End users pay the other layers too, so set it beside "
    "the owner's requirement; the end user's requirement is what the whole chain must sell.",
    "Growth, margins, lives and the price decline are assumptions. Break-even and payback move by years with them.",
)


def need(
    *,
    year: int | None = None,
    as_of: str | None = None,
    workspace: Path | str | None = None,
    given: Given | None = None,
) -> Answer:
    """Revenue that must be earned on the year's capex at the owner's and the end user's door, and when it is.

    All money in USD. `given` replaces the hurdle, the life and price decline of chips, the gross margins of the
    layers between owner and end user, and the growth of revenue.
    Raises InputError for each that cannot be (`hurdle_le_minus1`, `life_nonpositive`, `share_out_of_range`,
    `not_finite`), all at once; FactError `no_fact` when the year's figures are not known on the day.
    Source: the model's specification A.2 to A.6; figures from the facts room.
    """
    preset, also = presets_with(given or Given())
    year = preset.year if year is None else year
    basis = measure(known_on(as_of, workspace), preset, also, year)
    values, status = _values(basis)
    return Answer(
        question="need",
        headline=Headline(
            "required_revenue.owner", values["required_revenue.owner"], "USD_per_year", tables.headline(basis)
        ),
        values=values,
        status=status,
        tables=tables.tables(basis),
        facts=used([*basis.capex.facts, *basis.opex.facts, *basis.earned.facts]),
        assumptions=_assumptions(basis),
        limits=LIMITS,
        as_of=as_of,
        notes=tables.notes(basis),
        charts=(tables.chart(basis),),
    )


def _values(basis: Basis) -> tuple[dict[str, Cell], dict[str, str]]:
    required, found = basis.required, basis.payback
    earned = basis.earned.central
    values: dict[str, Cell] = {
        "capex": basis.capex.central,
        "opex": basis.opex.central,
        "capital_charge": required.capital_charge,
        "required_revenue.owner": required.owner,
        "required_revenue.end_user": required.end_user,
        "earned_revenue": earned,
        "need_gap": basis.found.gap,
        "need_gap.owner": basis.found.gap_owner,
        "multiplier.required_revenue": basis.naive.required_revenue,
        "operating_breakeven_quarter": found.operating_breakeven_quarter,
        "payback_quarters": found.payback_quarters,
        "discounted_payback_quarters": found.discounted_payback_quarters,
    }
    values |= {f"capital_charge.{one.name}": one.charge for one in required.charges}
    status = {name: why for name, why in found.status.items() if name in values}
    crossing = tables.crossing(basis)
    values["breakeven_year"], values["first_met_year"] = crossing, tables.first_met(basis)
    if crossing is None:
        status["breakeven_year"] = "not_within_horizon"
    if values["first_met_year"] is None:
        status["first_met_year"] = "not_within_horizon"
    values |= _range_values(basis, status)
    return values, status


def _range_values(basis: Basis, status: dict[str, str]) -> Mapping[str, Cell]:
    names = [
        f"{name}_{end}"
        for name in ("capex", "required_revenue.owner", "required_revenue.end_user")
        for end in ("low", "high")
    ]
    if basis.range is None or basis.required_range is None:
        status.update(dict.fromkeys(names, "one source, no range"))
        return dict.fromkeys(names)
    low, high = basis.required_range
    numbers = (basis.range.low, basis.range.high, low.owner, high.owner, low.end_user, high.end_user)
    return dict(zip(names, numbers, strict=True)) | {"capex_mean": basis.range.mean, "capex_sd": basis.range.sd}


def _assumptions(basis: Basis) -> tuple[Assumption, ...]:
    preset, also = basis.preset, basis.also
    named: list[tuple[str, Assumed]] = [("hurdle_per_year", preset.hurdle_per_year), ("tax_rate", preset.tax_rate)]
    for asset in preset.asset_classes:
        for name in ("share", "life_years", "residual_share", "price_decline_per_year"):
            named.append((f"{asset.name}.{name}", getattr(asset, name)))
    named += [(f"margin.{name}", margin) for name, margin in also.layers]
    for name, assumed in zip(NeedPreset._fields, also, strict=True):
        if isinstance(assumed, Assumed):
            named.append((name, assumed))
    return tuple(Assumption(name, a.value, a.unit, a.low, a.high, a.author, a.reason) for name, a in named)
