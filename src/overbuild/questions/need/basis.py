"""What must be earned, measured: the figures of a day, the requirement, the path to break-even, the range."""

from __future__ import annotations

import math
from typing import NamedTuple

from overbuild.ecosystem.estimates import Estimate, Total, total
from overbuild.ecosystem.multiplier_chain import MultiplierChain
from overbuild.ecosystem.need_year import Layer, NeedTerms, NeedYear, need_of_year
from overbuild.ecosystem.payback import Payback, payback, quarterly_path
from overbuild.ecosystem.required_revenue import (
    RequiredRevenue,
    charge_of_vintages,
    check_requirement,
    grown,
    required_of_vintages,
)
from overbuild.errors import InputError, raise_all
from overbuild.facts.ledger import View
from overbuild.questions.gap.figures import (
    Figure,
    amount,
    asset_classes,
    capex_parts,
    charges_of,
    row_figures,
    single,
    year_fact,
)
from overbuild.world.gap_preset import Assumed, GapPreset, Subject, gap_preset
from overbuild.world.need_preset import NeedPreset, need_preset


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
    terms: NeedTerms
    found: NeedYear
    path: tuple[Year, ...]
    payback: Payback
    range: Total | None
    required_range: tuple[RequiredRevenue, RequiredRevenue] | None

    @property
    def required(self) -> RequiredRevenue:
        """What must be earned at each door."""
        return self.found.required

    @property
    def naive(self) -> MultiplierChain:
        """The multiplier chain beside it."""
        return self.found.naive


def presets_with(given: Given) -> tuple[GapPreset, NeedPreset]:
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
    terms = terms_of(preset, also, (capex.central, opex.central, earned.central))
    spread = _range(view, preset, also, year)
    ends = None
    if spread is not None:
        low, high = (need_of_year(terms._replace(capex=end)).required for end in (spread.low, spread.high))
        ends = (low, high)
    path = quarterly_path(
        earned.central, growth, also.contribution_margin.value, capex.central, also.sustain_share.value
    )
    return Basis(
        view=view,
        year=year,
        preset=preset,
        also=also,
        capex=capex,
        opex=opex,
        earned=earned,
        terms=terms,
        found=need_of_year(terms),
        path=_path(preset, also, year, (capex.central, opex.central, earned.central)),
        payback=payback(path, preset.hurdle_per_year.value, 4 * also.horizon_years),
        range=spread,
        required_range=ends,
    )


def terms_of(preset: GapPreset, also: NeedPreset, figures: tuple[float, float, float]) -> NeedTerms:
    """The presets and the year's capex, running cost and earned revenue as the terms of one year."""
    capex, opex, earned = figures
    return NeedTerms(
        capex=capex,
        opex=opex,
        earned=earned,
        parts=capex_parts(preset),
        hurdle_per_year=preset.hurdle_per_year.value,
        tax_rate=preset.tax_rate.value,
        layers=tuple(Layer(name, margin.value) for name, margin in also.layers),
        chip_share_of_cost=also.chip_share_of_cost.value,
        end_user_gross_margin=also.end_user_gross_margin.value,
    )


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
