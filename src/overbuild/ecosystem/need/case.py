"""What must be earned on one day's figures: the requirement, the path to break-even, payback and the range."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.ecosystem.capital_charges import assets_of
from overbuild.ecosystem.derived_ranges import Range
from overbuild.ecosystem.figures_in_force import Figure
from overbuild.ecosystem.gap.case import GapCase, gap_case, with_preset
from overbuild.ecosystem.gap.figures import guidance_given, guides_of
from overbuild.ecosystem.gap.preset import GapPreset, capex_parts
from overbuild.ecosystem.need.estimates import Estimate, SumOfEstimates, sum_of_estimates
from overbuild.ecosystem.need.model import need_model
from overbuild.ecosystem.need.multiplier_chain import MultiplierChain
from overbuild.ecosystem.need.path import PathYear, breakeven_year, first_year_met, path_of_years
from overbuild.ecosystem.need.payback import Payback, payback, quarterly_path
from overbuild.ecosystem.need.preset import NeedPreset, NeedPresets
from overbuild.ecosystem.need.required_revenue import RequiredRevenue, need_gap, requirement_faults
from overbuild.ecosystem.need.year import Layer, NeedTerms, NeedYear, need_of_year
from overbuild.equations.model import Model
from overbuild.equations.reported import Values, values_of
from overbuild.errors import InputError, raise_all
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.timeline.run import run_model


class NeedRange(NamedTuple):
    """The spenders' guidance as one uncertain sum, and what its low and its high end require."""

    capex: SumOfEstimates
    low: RequiredRevenue
    high: RequiredRevenue


class NeedCase(NamedTuple):
    """Everything that what must be earned is made of: presets, figures, terms, and what was computed on them.

    `range` is None until all spenders have given guidance.
    """

    view: View
    year: int
    gap_preset: GapPreset
    preset: NeedPreset
    capex: Figure
    opex: Figure
    earned: Figure
    earned_end_user: Range
    gap: GapCase
    terms: NeedTerms
    results: NeedYear
    path: tuple[PathYear, ...]
    payback: Payback
    range: NeedRange | None

    @property
    def model(self) -> Model:
        """The year as a model."""
        return need_model(self.terms)

    @property
    def reported(self) -> Values:
        """Every reported result by its id."""
        rows = run_model(self.model).rows["year"]
        return values_of(self.model.reported, {line: row[0] for line, row in rows.items()})

    @property
    def required(self) -> RequiredRevenue:
        """What must be earned at each door."""
        return self.results.required

    @property
    def multiplier(self) -> MultiplierChain:
        """The multiplier chain beside it."""
        return self.results.multiplier

    @property
    def multiplier_above_charge(self) -> float:
        """What the multiplier asks of the end user beyond what the capital charge asks."""
        return self.multiplier.required_revenue - self.required.end_user

    @property
    def earned_share(self) -> float:
        """What is earned as a share of what the owner requires."""
        return self.earned.central / self.required.owner

    @property
    def chip_share_of_charge(self) -> float:
        """What chips, the last class of asset, carry of the capital charge."""
        return self.required.charges[-1].charge / self.required.capital_charge

    @property
    def breakeven_year(self) -> int | None:
        """The year from which what is earned stays at or above what is required; None if none is by the horizon."""
        return breakeven_year(self.path)

    @property
    def first_year_met(self) -> int | None:
        """The first year in which what is earned is at least what is required, whether it lasts or not."""
        return first_year_met(self.path)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts behind capex, running cost, both doors and the vintages."""
        return self.gap.facts

    @property
    def required_of_vintages(self) -> Range:
        """What owners must earn in the year on every vintage still in its life, for the part of it that is for AI."""
        return self.gap.results.annualised.cost

    @property
    def annualised_gap(self) -> Range:
        """What owners are paid less what every vintage requires of them."""
        return self.gap.results.annualised.gap

    def gap_at(self, required: float) -> float:
        """What owners are paid less what is required of them."""
        return need_gap(self.earned.central, required)


def need_case(view: View, presets: NeedPresets, year: int) -> NeedCase:
    """What a year's capex must earn on the figures in force on the view's day.

    Raises every fault of the assumptions at once (codes of `check_requirement`), `share_out_of_range` for growth of
    -1 or below; FactError `no_fact` where a figure is not known.
    """
    _check(presets)
    return _of_gap(gap_case(view, presets.gap, year), presets.need)


def with_presets(case: NeedCase, presets: NeedPresets) -> NeedCase:
    """The same day and figures under other assumptions. Raises as `need_case`."""
    _check(presets)
    return _of_gap(with_preset(case.gap, presets.gap), presets.need)


def with_figures(case: NeedCase, *, capex: float | None = None, earned: float | None = None) -> NeedCase:
    """The same assumptions with other spending planned for the year, or other pay of the owners. USD a year.

    The purchases of earlier years, and what end users pay, stay as they are.
    """
    return _of_gap(case.gap, case.preset, capex=capex, earned=earned)


def _of_gap(gap: GapCase, preset: NeedPreset, *, capex: float | None = None, earned: float | None = None) -> NeedCase:
    presets = NeedPresets(gap.preset, preset)
    spent, opex, paid = gap.capex, _spend(gap, gap.preset.energy_of_ai_sites.row), _revenue(gap)
    spent = spent if capex is None else spent._replace(central=capex)
    paid = paid if earned is None else paid._replace(central=earned)
    vintages = gap.vintages if capex is None else (*gap.vintages[:-1], gap.vintages[-1]._replace(capex=capex))
    end_user = gap.results.doors.end_user or gap.results.doors.owner
    terms = need_terms(
        presets, capex=spent.central, opex=opex.central, earned=paid.central, earned_end_user=end_user.central
    )
    growth, sustain = preset.growth_per_year.value, preset.sustain_share.value
    quarters = quarterly_path(paid.central, growth, preset.contribution_margin.value, spent.central, sustain)
    return NeedCase(
        view=gap.view,
        year=gap.year,
        gap_preset=gap.preset,
        preset=preset,
        capex=spent,
        opex=opex,
        earned=paid,
        earned_end_user=end_user,
        gap=gap,
        terms=terms,
        results=need_of_year(terms),
        path=path_of_years(
            terms,
            vintages,
            first_year=gap.year,
            horizon_years=preset.horizon_years,
            growth_per_year=growth,
            sustain_share=sustain,
        ),
        payback=payback(quarters, gap.preset.hurdle_per_year.value, 4 * preset.horizon_years),
        range=_range(gap.view, presets, gap.year, terms),
    )


def _spend(gap: GapCase, row: str) -> Figure:
    return gap.figures[row].spend


def _revenue(gap: GapCase) -> Figure:
    """What the owners are paid. Raises ValueError for a preset whose capex row has no revenue."""
    revenue = gap.figures[gap.preset.owner_revenue.row].revenue
    if revenue is None:
        raise ValueError(gap.preset.owner_revenue.row)
    return revenue


def need_terms(presets: NeedPresets, *, capex: float, opex: float, earned: float, earned_end_user: float) -> NeedTerms:
    """The presets, the year's capex and running cost, and what is earned at both doors, as the terms of one year."""
    gap_preset, preset = presets
    return NeedTerms(
        capex=capex,
        opex=opex,
        earned=earned,
        earned_end_user=earned_end_user,
        parts=capex_parts(gap_preset),
        hurdle_per_year=gap_preset.hurdle_per_year.value,
        tax_rate=gap_preset.tax_rate.value,
        layers=tuple(Layer(layer.name, layer.gross_margin.value) for layer in preset.layers),
        chip_share_of_cost=preset.chip_share_of_cost.value,
        end_user_gross_margin=preset.end_user_gross_margin.value,
    )


def _check(presets: NeedPresets) -> None:
    """Raise every fault of the assumptions at once; what is spent does not matter to them."""
    gap, need = presets
    margins = tuple(layer.gross_margin.value for layer in need.layers)
    growth = need.growth_per_year.value
    faults = requirement_faults(
        assets_of(capex_parts(gap), 1.0), gap.hurdle_per_year.value, gap.tax_rate.value, margins
    )
    if not growth > -1:
        faults.append(InputError("share_out_of_range", "growth", growth, "growth lies above -1 (0.4 is 40% a year)"))
    raise_all(faults)


def _range(view: View, presets: NeedPresets, year: int, terms: NeedTerms) -> NeedRange | None:
    """The spenders' guidance as estimates that move together; None until all have guided."""
    guides = guides_of(guidance_given(view, presets.gap, year))
    if not guides:
        return None
    estimates = [Estimate(guide.name, guide.low, guide.high) for guide in guides]
    capex = sum_of_estimates(estimates, presets.need.guidance_correlation.value)
    low, high = (need_of_year(terms._replace(capex=end)).required for end in (capex.low, capex.high))
    return NeedRange(capex, low, high)
