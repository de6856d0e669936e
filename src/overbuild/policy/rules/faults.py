"""What is wrong with a case of rules, by path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from overbuild.errors import CaseError
from overbuild.policy.rules.case import FinePlan, RulesPlan, WhenPlan
from overbuild.policy.rules.days import day_of
from overbuild.units import add_up_to_one
from overbuild.world import presets
from overbuild.world.case_record import CaseKind, bounded


def rules_faults(plan: RulesPlan) -> Iterator[CaseError]:
    """Every fault of a case."""
    yield from _names(plan)
    yield from _day("as_of", plan.as_of)
    for path, low, high, what in _BOUNDS:
        value: Any = plan
        for step in path.split("."):
            value = getattr(value, step)
        yield from bounded(path, value, low, high, what)
    yield from _turnover(plan)
    for kind in ("fines", "costs", "delays", "caps"):
        for rule in getattr(plan, kind):
            yield from _when(f"{kind}.{rule.name}.when", rule.when)
            yield from _amounts(f"{kind}.{rule.name}", rule)
    for fine in plan.fines:
        yield from _sizes(f"fines.{fine.name}", fine)
    yield from _mergers(plan)


def _turnover(plan: RulesPlan) -> Iterator[CaseError]:
    if 0.0 < plan.firm.turnover < _LEAST_TURNOVER:
        told = f"{plan.firm.turnover:g}"
        hint = f"money is in USD: {told} million is {told}e6, {told} billion is {told}e9"
        yield CaseError("bad_value", "firm.turnover", plan.firm.turnover, hint)


def _mergers(plan: RulesPlan) -> Iterator[CaseError]:
    for rule in plan.mergers:
        yield from bounded(f"mergers.{rule.name}.hhi_above", rule.hhi_above, 0.0, 10000.0, "an index in points")
        yield from bounded(
            f"mergers.{rule.name}.rise_above", rule.rise_above, 1.0, 5000.0, "a rise of the index in points"
        )
        yield from bounded(f"mergers.{rule.name}.share_above", rule.share_above, 0.0, 1.0, "a share of the market")
    if plan.merger is not None:
        yield from bounded("merger.acquirer_share", plan.merger.acquirer_share, 1e-6, 1.0, "a share of the market")
        yield from bounded("merger.target_share", plan.merger.target_share, 0.0, 1.0, "a share of the market")
        yield from bounded("merger.hhi_before", plan.merger.hhi_before, 1.0, 10000.0, "an index in points")


def _names(plan: RulesPlan) -> Iterator[CaseError]:
    rules = (*plan.fines, *plan.costs, *plan.delays, *plan.caps, *plan.mergers)
    for name, count in Counter(rule.name for rule in rules).items():
        if count > 1:
            yield CaseError("duplicate", "fines", name, f"two rules are called {name}; each needs a name of its own")
    if not plan.fines:
        yield CaseError("missing", "fines", None, "at least one rule that is fined is needed")


def _day(path: str, text: str) -> Iterator[CaseError]:
    if day_of(text) is None:
        yield CaseError("bad_period", path, text, "a day is needed, such as 2027-12-02")


def _when(path: str, when: WhenPlan) -> Iterator[CaseError]:
    yield from _day(f"{path}.starts", when.starts)
    if when.latest:
        yield from _day(f"{path}.latest", when.latest)
        first, last = day_of(when.starts), day_of(when.latest)
        if first is not None and last is not None and last < first:
            hint = f"the latest day lies before the earliest, {when.starts}"
            yield CaseError("bad_interval", f"{path}.latest", when.latest, hint)
    yield from bounded(
        f"{path}.probability",
        when.probability,
        0.0,
        1.0,
        "the probability that a rule comes",
        "probability_out_of_range",
    )


def _amounts(path: str, rule: Any) -> Iterator[CaseError]:
    for name, high, what in _OF_RULES:
        if hasattr(rule, name):
            yield from bounded(f"{path}.{name}", getattr(rule, name), 0.0, high, what)
    yield from bounded(f"{path}.scope.turnover_above", rule.scope.turnover_above, 0.0, 1e13, "a turnover in USD")
    yield from bounded(f"{path}.scope.power_above", rule.scope.power_above, 0.0, 1e6, "a power in MW")


def _sizes(path: str, fine: FinePlan) -> Iterator[CaseError]:
    shares, masses = fine.fine_shares, fine.fine_probabilities
    if not shares or len(shares) != len(masses):
        hint = f"each size needs one probability: there are {len(shares)} sizes and {len(masses)} probabilities"
        yield CaseError("length_mismatch", f"{path}.fine_probabilities", len(masses), hint)
        return
    for share in shares:
        yield from bounded(f"{path}.fine_shares", share, 0.0, 1.0, "the size of a fine as a share of its ceiling")
    for mass in masses:
        what = "the probability of a size"
        yield from bounded(f"{path}.fine_probabilities", mass, 0.0, 1.0, what, "probability_out_of_range")
    if not add_up_to_one(masses):
        hint = f"the probabilities of the sizes of a fine add up to 1, and these come to {sum(masses):.6g}"
        yield CaseError("pmf_not_one", f"{path}.fine_probabilities", sum(masses), hint)
    yield from bounded(f"{path}.variance_to_mean", fine.variance_to_mean, 1.0, 100.0, "how clustered breaches are")
    yield from bounded(f"{path}.share_of_turnover", fine.share_of_turnover, 0.0, 1.0, "a share of turnover")


_OF_RULES = (
    ("fixed_eur", 1e12, "a fixed amount of a fine in EUR"),
    ("fixed_usd", 1e12, "a fixed amount of a fine in USD"),
    ("breaches_per_year", 200.0, "breaches a year"),
    ("breaches_with_controls", 200.0, "breaches a year with controls"),
    ("once", 1e12, "a cost in USD"),
    ("per_year", 1e12, "a cost in USD a year"),
    ("once_per_mw", 1e9, "a cost in USD a MW"),
    ("per_mw_year", 1e9, "a cost in USD a MW and year"),
    ("power", 1e6, "a power in MW"),
    ("months", 600.0, "months of delay"),
    ("planned", 1e6, "a power in MW"),
    ("most", 1e6, "a power in MW"),
)
_BOUNDS = (
    ("years", 1, 40, "whole years"),
    ("firm.turnover", 1.0, 1e13, "the turnover of a group in USD a year"),
    ("firm.power", 0.0, 1e6, "a power in MW"),
    ("firm.margin_per_mw_year", 0.0, 1e9, "what a MW leaves in USD a year"),
    ("firm.usd_per_eur", 0.5, 2.0, "USD for one EUR"),
    ("controls.discount_rate_per_year", -0.5, 1.0, "a rate a year"),
    ("controls.ramp", 0.0, 50.0, "years until controls take effect"),
    ("controls.capital_charge_per_year", 0.0, 1.0, "what capital costs a year"),
    ("controls.pipeline_of_turnover", 0.0, 10.0, "a share of turnover"),
    ("controls.regulated_share", 0.0, 1.0, "a share of the pipeline"),
    ("controls.win_uplift", -1.0, 1.0, "a change of the share of bids won"),
    ("controls.margin", -1.0, 1.0, "a margin"),
    ("controls.months_saved", -120.0, 120.0, "months"),
    ("controls.launch_margin_of_turnover", 0.0, 10.0, "a share of turnover"),
    ("controls.debt_of_turnover", 0.0, 100.0, "a share of turnover"),
    ("controls.spread_saving_per_year", -0.1, 0.1, "a change of the rate of interest"),
    ("controls.capex_of_turnover", 0.0, 10.0, "a share of turnover"),
    ("controls.opex_of_turnover", 0.0, 10.0, "a share of turnover"),
    ("grid.points", 64, 65536, "points of the grid"),
    ("grid.points_to_ceiling", 4, 4096, "points of the greatest ceiling"),
    ("grid.level", 0.5, 0.9999, "the level of a bad year"),
)

_LEAST_TURNOVER = 1e5
"""Below this a turnover in USD a year is that of no firm: millions or billions were meant."""

RULES = CaseKind("rules", presets.RULES, RulesPlan, rules_faults)
"""Cases of rules: `preset:NAME` stands for those that ship."""
