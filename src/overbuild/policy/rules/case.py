"""The case file of rules: the firm, the rules by what they do, and what its controls are held to bring and cost."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.world.quantities import (
    Count,
    EurStock,
    HhiPoints,
    Months,
    Mw,
    PerYear,
    Ratio,
    Share,
    UsdPerMw,
    UsdPerMwYear,
    UsdPerYear,
    UsdStock,
    WholeYears,
    Years,
)


class RegulatedFirm(NamedTuple):
    """A firm as rules see it: turnover of its whole group, where it works, its power and what a MW leaves a year.

    `operates_in` are jurisdictions; a rule of `US TX` touches a firm in `US TX`, or in `US`.
    """

    turnover: UsdStock
    is_small_or_medium: bool
    operates_in: tuple[str, ...]
    power: Mw
    margin_per_mw_year: UsdPerMwYear
    usd_per_eur: Ratio


class WhenPlan(NamedTuple):
    """From when a rule holds: a day, or any day from it to the latest; and how likely it is to come at all."""

    starts: str
    probability: Share
    latest: str = ""


class ScopePlan(NamedTuple):
    """Whom a rule touches beside its jurisdiction: firms from a turnover and from a power on."""

    turnover_above: UsdStock = 0.0
    power_above: Mw = 0.0


class FinePlan(NamedTuple):
    """A rule that is fined, with its ceiling; sizes of a fine are shares of the ceiling, with their probabilities.

    The ceiling is the greater of the fixed amount and the share of turnover; `lesser_if_small_or_medium` says that the rule
    takes the lesser for small and medium firms.
    """

    name: str
    jurisdiction: str
    when: WhenPlan
    share_of_turnover: Share
    breaches_per_year: Ratio
    breaches_with_controls: Ratio
    fine_shares: tuple[Share, ...]
    fine_probabilities: tuple[Share, ...]
    fixed_eur: EurStock = 0.0
    fixed_usd: UsdStock = 0.0
    lesser_if_small_or_medium: bool = False
    variance_to_mean: Ratio = 1.0
    scope: ScopePlan = ScopePlan()


class CostPlan(NamedTuple):
    """A rule that asks for something: once and a year, of the firm and of each MW that it touches."""

    name: str
    jurisdiction: str
    when: WhenPlan
    once: UsdStock = 0.0
    per_year: UsdPerYear = 0.0
    once_per_mw: UsdPerMw = 0.0
    per_mw_year: UsdPerMwYear = 0.0
    power: Mw = 0.0
    scope: ScopePlan = ScopePlan()


class DelayPlan(NamedTuple):
    """A rule that delays capacity of the firm by some months."""

    name: str
    jurisdiction: str
    when: WhenPlan
    months: Months
    power: Mw
    scope: ScopePlan = ScopePlan()


class CapPlan(NamedTuple):
    """A rule that caps capacity of the firm."""

    name: str
    jurisdiction: str
    when: WhenPlan
    planned: Mw
    most: Mw
    scope: ScopePlan = ScopePlan()


class MergerRulePlan(NamedTuple):
    """The thresholds above which a merger is presumed to lessen competition."""

    name: str
    jurisdiction: str
    hhi_above: HhiPoints
    rise_above: HhiPoints
    share_above: Share


class MergerPlan(NamedTuple):
    """A merger that is thought of: the shares of both firms in their market, and the index of the market before."""

    acquirer_share: Share
    target_share: Share
    hhi_before: HhiPoints


class ControlsPlan(NamedTuple):
    """What controls are held to bring and cost; amounts that grow with the firm are shares of its turnover."""

    discount_rate_per_year: PerYear
    ramp: Years
    capital_charge_per_year: PerYear
    pipeline_of_turnover: Share
    regulated_share: Share
    win_uplift: Share
    margin: Share
    months_saved: Months
    launch_margin_of_turnover: Share
    debt_of_turnover: Share
    spread_saving_per_year: PerYear
    capex_of_turnover: Share
    opex_of_turnover: Share


class GridPlan(NamedTuple):
    """The grid that losses are added up on: its points, how many of them the greatest ceiling has, the level of a bad year."""

    points: Count
    points_to_ceiling: Count
    level: Share


class RulesPlan(NamedTuple):
    """Rules on a firm from a day on, over some whole years."""

    name: str
    as_of: str
    years: WholeYears
    firm: RegulatedFirm
    fines: tuple[FinePlan, ...]
    controls: ControlsPlan
    grid: GridPlan
    costs: tuple[CostPlan, ...] = ()
    delays: tuple[DelayPlan, ...] = ()
    caps: tuple[CapPlan, ...] = ()
    mergers: tuple[MergerRulePlan, ...] = ()
    merger: MergerPlan | None = None
