"""Fines: the ceiling by the turnover of the group, and what they come to in a year in expectation."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, line, maximum, minimum, total
from overbuild.policy.rules.rule import RuleScope, RuleStart, exposure, in_scope
from overbuild.units import Count, EurStock, Flag01, Mw, Ratio, Share, Usd, UsdStock, Years


class FineRule(NamedTuple):
    """A rule that is fined: its ceiling, how often it is broken with and without controls, how large a fine is.

    `lesser_if_small` is 1 where the rule has a lesser ceiling for small and medium firms. Sizes of a fine are shares of the
    ceiling, with their probabilities.
    """

    name: str
    scope: RuleScope
    start: RuleStart
    fixed_eur: EurStock
    fixed_usd: UsdStock
    share_of_turnover: Share
    lesser_if_small: Flag01
    breaches: Count
    breaches_with_controls: Count
    fine_shares: tuple[Share, ...]
    fine_probabilities: tuple[Share, ...]


class FinedFirm(NamedTuple):
    """A firm as rules see it: turnover of its whole group, whether it is small or medium, its power; and what an EUR costs."""

    turnover: UsdStock
    is_small: Flag01
    power: Mw
    usd_per_eur: Ratio


class FinesOfYear(NamedTuple):
    """What fines come to in a year, in expectation, without controls and with them in full."""

    without: Usd
    with_controls: Usd


def fine_ceiling(rule: FineRule, firm: FinedFirm) -> UsdStock:
    """The most one breach may be fined.

        ceiling = max(fixed amount in USD, share * worldwide turnover of the group)
        of a small or medium firm the lesser of the two, where the rule says so

    Source: Regulation (EU) 2024/1689 Art. 99(3) to (6); Regulation (EU) 2016/679 Art. 83(4) and (5), which knows no
    lesser ceiling for small firms.

    >>> rule = FineRule("act", RuleScope(1, 0, 0), RuleStart(1, 0, 0), 0, 15e6, 0.03, 1.0, 0, 0, (), ())
    >>> fine_ceiling(rule, FinedFirm(2e9, 0.0, 0.0, 1.0)), fine_ceiling(rule, FinedFirm(20e6, 1.0, 0.0, 1.0))
    (60000000.0, 600000.0)
    """
    fixed = rule.fixed_usd + rule.fixed_eur * firm.usd_per_eur
    part = rule.share_of_turnover * firm.turnover
    return blend(firm.is_small * rule.lesser_if_small, minimum(fixed, part), maximum(fixed, part))


def mean_fine(rule: FineRule, firm: FinedFirm) -> UsdStock:
    """What a fine is on average.

        ceiling * sum of share of the ceiling * probability

    Source: ours, a definition.

    >>> rule = FineRule("act", RuleScope(1, 0, 0), RuleStart(1, 0, 0), 0, 10e6, 0.0, 0.0, 0, 0, (0.1, 1.0), (0.9, 0.1))
    >>> round(mean_fine(rule, FinedFirm(2e9, 0.0, 0.0, 1.0)))
    1900000
    """
    shares = zip(rule.fine_shares, rule.fine_probabilities, strict=True)
    greatest = line(f"{rule.name}.greatest_fine", fine_ceiling(rule, firm))
    return line(f"{rule.name}.mean_fine", greatest * total(share * probability for share, probability in shares))


def fines_of_year(rules: tuple[FineRule, ...], firm: FinedFirm, year: Years) -> FinesOfYear:
    """Expected fines of a year, all rules together.

        sum over rules of exposure * breaches a year * mean fine

    Source: ours, an identity: the mean of a sum of a random number of fines (Wald).

    >>> rule = FineRule("act", RuleScope(1, 0, 0), RuleStart(0.5, 0, 0), 0, 10e6, 0.0, 0.0, 0.2, 0.1, (0.1, 1.0), (0.9, 0.1))
    >>> [round(one) for one in fines_of_year((rule,), FinedFirm(2e9, 0.0, 0.0, 1.0), 1.0)]
    [190000, 95000]
    """
    without: list[Usd] = []
    kept: list[Usd] = []
    for rule in rules:
        touched = exposure(rule.name, rule.start, in_scope(rule.scope, firm.turnover, firm.power), year)
        each = touched * mean_fine(rule, firm)
        without.append(line(f"{rule.name}.expected_fines", each * rule.breaches))
        kept.append(line(f"{rule.name}.expected_fines_with_controls", each * rule.breaches_with_controls))
    return FinesOfYear(line("expected_fines", total(without)), line("expected_fines_with_controls", total(kept)))
