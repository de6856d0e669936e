"""What rules cost apart from fines: compliance, delays of capacity, caps on it, and mergers that are presumed unlawful."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, present, total
from overbuild.policy.rules.fines import FinedFirm
from overbuild.policy.rules.rule import RuleScope, RuleStart, exposure, in_scope, starts_in_year
from overbuild.units import (
    Constant,
    Flag01,
    HhiPoints,
    Months,
    Mw,
    Share,
    Usd,
    UsdPerMw,
    UsdPerMwYear,
    UsdPerYear,
    UsdStock,
    Years,
)

HHI_OF_A_MONOPOLY = Constant(10000.0, "hhi_of_a_monopoly")
"""Points of the index when one firm has the whole market."""


class CostRule(NamedTuple):
    """A rule that costs: once and a year, for the firm and for each MW that it touches."""

    name: str
    scope: RuleScope
    start: RuleStart
    once: UsdStock
    a_year: UsdPerYear
    once_per_mw: UsdPerMw
    per_mw_year: UsdPerMwYear
    power: Mw


class DelayRule(NamedTuple):
    """A rule that delays capacity: by how many months, and how much of it."""

    name: str
    scope: RuleScope
    start: RuleStart
    delay: Months
    power: Mw


class CapRule(NamedTuple):
    """A rule that caps capacity: what is planned, and the most that may run."""

    name: str
    scope: RuleScope
    start: RuleStart
    planned: Mw
    most: Mw


class BurdenRules(NamedTuple):
    """All rules that cost, delay or cap, and what a MW in service leaves a year."""

    costs: tuple[CostRule, ...]
    delays: tuple[DelayRule, ...]
    caps: tuple[CapRule, ...]
    margin_per_mw_year: UsdPerMwYear


class Burdens(NamedTuple):
    """What rules cost in a year in expectation, by kind."""

    compliance: Usd
    delay: Usd
    cap: Usd


class YearOfRules(NamedTuple):
    """A year counted from 1, and whether it is the first."""

    number: Years
    is_first: Flag01


def burdens_of_year(rules: BurdenRules, firm: FinedFirm, year: YearOfRules) -> Burdens:
    """What rules cost in a year apart from fines, in expectation over whether and when each comes.

        compliance = exposure * (a year + per MW and year * MW) + in scope * probability * starts now * (once + once per MW * MW)
        delay      = in scope * probability * starts now * months / 12 * MW * margin a MW and year
        cap        = exposure * max(planned - most, 0) * margin a MW and year

    Source: ours, a definition; a delay is counted when the rule starts, a simplification.

    >>> start, scope = RuleStart(0.5, 0.0, 0.0), RuleScope(1, 0, 0)
    >>> rules = BurdenRules((CostRule("act", scope, start, 10.0, 4.0, 0, 0, 0),), (DelayRule("ban", scope, start, 12.0, 2.0),), (), 3.0)
    >>> burdens_of_year(rules, FinedFirm(1e9, 0.0, 0.0, 1.0), YearOfRules(1.0, 1.0))
    Burdens(compliance=7.0, delay=3.0, cap=0.0)
    """
    costs = [_cost(one, firm, year) for one in rules.costs]
    delays = [_delay(one, firm, year, rules.margin_per_mw_year) for one in rules.delays]
    caps = [_cap(one, firm, year, rules.margin_per_mw_year) for one in rules.caps]
    return Burdens(
        line("compliance_burden", total(costs)), line("delay_burden", total(delays)), line("cap_burden", total(caps))
    )


def _cost(rule: CostRule, firm: FinedFirm, year: YearOfRules) -> Usd:
    scope = in_scope(rule.scope, firm.turnover, firm.power)
    touched = exposure(rule.name, rule.start, scope, year.number)
    now = scope * rule.start.probability * starts_in_year(rule.start, year.number, year.is_first)
    yearly = touched * (rule.a_year + rule.per_mw_year * rule.power)
    return line(f"{rule.name}.burden", yearly + now * (rule.once + rule.once_per_mw * rule.power))


def _delay(rule: DelayRule, firm: FinedFirm, year: YearOfRules, margin: UsdPerMwYear) -> Usd:
    scope = in_scope(rule.scope, firm.turnover, firm.power)
    now = scope * rule.start.probability * starts_in_year(rule.start, year.number, year.is_first)
    return line(f"{rule.name}.burden", now * rule.delay / 12 * rule.power * margin)


def _cap(rule: CapRule, firm: FinedFirm, year: YearOfRules, margin: UsdPerMwYear) -> Usd:
    touched = exposure(rule.name, rule.start, in_scope(rule.scope, firm.turnover, firm.power), year.number)
    return line(f"{rule.name}.burden", touched * maximum(rule.planned - rule.most, 0) * margin)


class MergerRule(NamedTuple):
    """The thresholds above which a merger is presumed to lessen competition."""

    name: str
    hhi_above: HhiPoints
    rise_above: HhiPoints
    share_above: Share


class PlannedMerger(NamedTuple):
    """A merger: the shares of the two firms in their market, and the index of the market before."""

    acquirer_share: Share
    target_share: Share
    hhi_before: HhiPoints


def merger_presumed(rule: MergerRule, merger: PlannedMerger) -> Flag01:
    """Whether a merger is presumed to lessen competition: 1 where it is.

        rise     = 2 * share of the acquirer * share of the target * 10,000
        presumed = rise > its threshold and (index after > its threshold or share together > its threshold)

    Source: Merger Guidelines of the US Department of Justice and the Federal Trade Commission 2023, guideline 1.

    >>> rule = MergerRule("us", 1800.0, 100.0, 0.3)
    >>> merger_presumed(rule, PlannedMerger(0.21, 0.02, 1500.0)), merger_presumed(rule, PlannedMerger(0.29, 0.02, 1500.0))
    (0.0, 1.0)
    """
    rise = line(f"{rule.name}.hhi_rise", 2 * merger.acquirer_share * merger.target_share * HHI_OF_A_MONOPOLY)
    after = line(f"{rule.name}.hhi_after", merger.hhi_before + rise)
    concentrated = present(after - rule.hhi_above, 1)
    together = present(merger.acquirer_share + merger.target_share - rule.share_above, 1)
    either = concentrated + together - concentrated * together
    line(f"{rule.name}.target_share_at_threshold", rule.rise_above / (2 * merger.acquirer_share * HHI_OF_A_MONOPOLY))
    return line(f"{rule.name}.presumed", present(rise - rule.rise_above, 1) * either)
