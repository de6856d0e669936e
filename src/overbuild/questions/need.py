"""What revenue must be earned for a hurdle return, and when does it break even?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from overbuild.ecosystem.estimates import Estimate, Total, total
from overbuild.ecosystem.multiplier_chain import MultiplierChain, multiplier_chain
from overbuild.ecosystem.payback import Payback, payback, quarterly_path
from overbuild.ecosystem.required_revenue import (
    RequiredRevenue,
    charge_of_vintages,
    check_requirement,
    grown,
    required_of_vintages,
    required_revenue,
)
from overbuild.errors import InputError, raise_all
from overbuild.facts.ledger import View
from overbuild.facts.store import known_on
from overbuild.questions import need_tables
from overbuild.questions.answer import Answer, Assumption, Cell, Headline
from overbuild.questions.facts import used
from overbuild.questions.gap_figures import (
    Figure,
    amount,
    asset_classes,
    charges_of,
    row_figures,
    single,
    year_fact,
)
from overbuild.world.gap_preset import Assumed, GapPreset, Subject, gap_preset
from overbuild.world.need_preset import NeedPreset, need_preset

LIMITS = (
    "The charge is what this year's purchases must earn in their first year. The path adds the years that follow at the "
    "same rate of spending; assets bought before the year are not in it, so the true requirement is higher.",
    "The owner's running cost is the energy row only; staff, maintenance and the cost of models are not in it.",
    "AI revenue is the article's round figure at the owner's door. End users pay the other layers too, so set it beside "
    "the owner's requirement; the end user's requirement is what the whole chain must sell.",
    "Growth, margins, lives and the price decline are assumptions. Break-even and payback move by years with them.",
)


class Given(NamedTuple):
    """What the asker sets in the place of a preset's assumption; None leaves it."""

    hurdle: float | None = None
    life: float | None = None
    margins: tuple[float, ...] | None = None
    price_decline: float | None = None
    growth: float | None = None


class Year(NamedTuple):
    """One year of the path: the charges of the vintages by class, running cost, what is required and earned."""

    year: int
    charges: tuple[float, ...]
    opex: float
    required: float
    earned: float


class Basis(NamedTuple):
    """Everything the answer is made of."""

    view: View
    year: int
    preset: GapPreset
    also: NeedPreset
    capex: Figure
    opex: Figure
    earned: Figure
    required: RequiredRevenue
    path: tuple[Year, ...]
    payback: Payback
    naive: MultiplierChain
    range: Total | None
    required_range: tuple[RequiredRevenue, RequiredRevenue] | None


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
    preset, also = _with(given or Given())
    year = preset.year if year is None else year
    basis = measure(known_on(as_of, workspace), preset, also, year)
    values, status = _values(basis)
    return Answer(
        question="need",
        headline=Headline(
            "required_revenue.owner", values["required_revenue.owner"], "USD_per_year", need_tables.headline(basis)
        ),
        values=values,
        status=status,
        tables=need_tables.tables(basis),
        facts=used([*basis.capex.facts, *basis.opex.facts, *basis.earned.facts]),
        assumptions=_assumptions(basis),
        limits=LIMITS,
        as_of=as_of,
        notes=need_tables.notes(basis),
        charts=(need_tables.chart(basis),),
    )


def _with(given: Given) -> tuple[GapPreset, NeedPreset]:
    """The presets with the asker's numbers in them. Raises InputError `not_finite` for each that is not a number."""
    preset, also = gap_preset(), need_preset()
    numbers = {"hurdle": given.hurdle, "life": given.life, "price_decline": given.price_decline, "growth": given.growth}
    numbers |= {f"margins[{position}]": margin for position, margin in enumerate(given.margins or (), start=1)}
    raise_all(
        [
            InputError("not_finite", name, str(number), "a finite number is needed")
            for name, number in numbers.items()
            if number is not None and not math.isfinite(number)
        ]
    )
    chips = preset.asset_classes[-1]
    chips = chips._replace(
        life_years=_set(chips.life_years, given.life),
        price_decline_per_year=_set(chips.price_decline_per_year, given.price_decline),
    )
    preset = preset._replace(
        hurdle_per_year=_set(preset.hurdle_per_year, given.hurdle),
        asset_classes=(*preset.asset_classes[:-1], chips),
    )
    also = also._replace(growth_per_year=_set(also.growth_per_year, given.growth))
    if given.margins is not None:
        layers = [(f"layer_{position}", _own(margin)) for position, margin in enumerate(given.margins, start=1)]
        also = also._replace(layers=tuple(layers))
    return preset, also


def _own(value: float) -> Assumed:
    return Assumed(value, "decimal", None, None, "asker", "Given for this answer.")


def _set(assumed: Assumed, value: float | None) -> Assumed:
    return assumed if value is None else _own(value)._replace(unit=assumed.unit)


def measure(view: View, preset: GapPreset, also: NeedPreset, year: int) -> Basis:
    """The year's figures, what they require, the path to break-even and the range."""
    capex = row_figures(view, preset, year)[preset.guidance.row][0]
    opex, earned = single(view, also.opex, year), single(view, also.earned, year)
    margins = tuple(margin.value for _, margin in also.layers)
    check_requirement(
        asset_classes(preset, capex.central), preset.hurdle_per_year.value, preset.tax_rate.value, margins
    )
    growth = also.growth_per_year.value
    if not growth > -1:
        raise InputError("share_out_of_range", "growth", growth, "growth lies above -1 (0.4 is 40% a year)")
    spread = _range(view, preset, also, year)
    ends = None
    if spread is not None:
        low, high = (_required(preset, also, end, opex.central) for end in (spread.low, spread.high))
        ends = (low, high)
    path = quarterly_path(
        earned.central, growth, also.contribution_margin.value, capex.central, also.sustain_share.value
    )
    chips = charges_of(preset, capex.central)[-1].cost
    return Basis(
        view=view,
        year=year,
        preset=preset,
        also=also,
        capex=capex,
        opex=opex,
        earned=earned,
        required=_required(preset, also, capex.central, opex.central),
        path=_path(preset, also, year, (capex.central, opex.central, earned.central)),
        payback=payback(path, preset.hurdle_per_year.value, 4 * also.horizon_years),
        naive=multiplier_chain(chips, also.chip_share_of_cost.value, also.end_user_gross_margin.value, earned.central),
        range=spread,
        required_range=ends,
    )


def _required(preset: GapPreset, also: NeedPreset, capex: float, opex: float) -> RequiredRevenue:
    margins = tuple(margin.value for _, margin in also.layers)
    return required_revenue(charges_of(preset, capex), opex, margins)


def _range(view: View, preset: GapPreset, also: NeedPreset, year: int) -> Total | None:
    """The spenders' guidance as estimates that move together; None until all have guided."""
    estimates: list[Estimate] = []
    for entity in preset.guidance.entities:
        low = year_fact(view, Subject(entity, preset.guidance.low), year)
        high = year_fact(view, Subject(entity, preset.guidance.high), year)
        if low is None or high is None:
            return None
        estimates.append(Estimate(entity, amount(low), amount(high)))
    return total(estimates, also.guidance_correlation.value)


def _path(preset: GapPreset, also: NeedPreset, year: int, now: tuple[float, float, float]) -> tuple[Year, ...]:
    """Required and earned year by year, each year's spending a new vintage."""
    capex, opex, earned = now
    assets, growth = asset_classes(preset, capex), also.growth_per_year.value
    first = charges_of(preset, capex)
    path: list[Year] = []
    for ahead in range(also.horizon_years + 1):
        ages = tuple(float(age) for age in range(ahead + 1))
        charges = [
            charge_of_vintages(asset, one.charge, also.sustain_share.value, ages)
            for asset, one in zip(assets, first, strict=True)
        ]
        running = grown(opex, growth, float(ahead))
        required = required_of_vintages(tuple(charges), running)
        path.append(Year(year + ahead, tuple(charges), running, required, grown(earned, growth, float(ahead))))
    return tuple(path)


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
        "need_gap": need_tables.gap_at(basis, required.end_user),
        "need_gap.owner": need_tables.gap_at(basis, required.owner),
        "multiplier.required_revenue": basis.naive.required_revenue,
        "operating_breakeven_quarter": found.operating_breakeven_quarter,
        "payback_quarters": found.payback_quarters,
        "discounted_payback_quarters": found.discounted_payback_quarters,
    }
    values |= {f"capital_charge.{one.name}": one.charge for one in required.charges}
    status = {name: why for name, why in found.status.items() if name in values}
    crossing = need_tables.crossing(basis)
    values["breakeven_year"] = crossing
    if crossing is None:
        status["breakeven_year"] = "not_within_horizon"
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
