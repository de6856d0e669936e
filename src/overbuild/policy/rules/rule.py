"""A rule: whether it touches a firm, how surely and from when it is in force, and how much of a year that is."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, breached, clip, line, maximum, present, quotient
from overbuild.units import Flag01, Mw, Share, UsdStock, Years


class RuleScope(NamedTuple):
    """Whom a rule touches: firms in its jurisdiction, from a turnover and from a power on."""

    in_jurisdiction: Flag01
    turnover_above: UsdStock
    power_above: Mw


class RuleStart(NamedTuple):
    """When a rule starts, in years from the day of the case: any day from the earliest to the latest, if it comes at all."""

    probability: Share
    earliest: Years
    latest: Years


def in_scope(scope: RuleScope, turnover: UsdStock, power: Mw) -> Flag01:
    """Whether a rule touches a firm: 1 where it does.

        in scope = in the jurisdiction and turnover >= the least one and power >= the least one

    Source: ours, a definition: the scope test as the rule states it.

    >>> in_scope(RuleScope(1.0, 0.0, 75.0), 1e9, 100.0), in_scope(RuleScope(1.0, 0.0, 75.0), 1e9, 20.0)
    (1.0, 0.0)
    """
    large = 1 - breached(turnover - scope.turnover_above, maximum(scope.turnover_above, 1))
    powered = 1 - breached(power - scope.power_above, maximum(scope.power_above, 1))
    return scope.in_jurisdiction * large * powered


def has_started(start: RuleStart, by: Years) -> Share:
    """The probability that a rule which comes has started by a time.

        (time - earliest) / (latest - earliest), between 0 and 1; a rule of one day: 1 from that day on

    Source: ours, a simplification: every day between the earliest and the latest is as likely.

    >>> has_started(RuleStart(1.0, 1.0, 3.0), 2.0), has_started(RuleStart(1.0, 1.0, 1.0), 2.0)
    (0.5, 1.0)
    """
    width = start.latest - start.earliest
    spread = clip(quotient(by - start.earliest, width, none=0), 0, 1)
    return blend(present(width, 1), spread, 1 - breached(by - start.earliest, 1))


def years_in_force(start: RuleStart, by: Years) -> Years:
    """For how long a rule which comes has been in force by a time, in expectation.

        ((time - earliest)+ ** 2 - (time - latest)+ ** 2) / (2 * (latest - earliest)), or (time - earliest)+ of one day

    Source: ours, a closed form: the integral over time of the probability that it has started.

    >>> years_in_force(RuleStart(1.0, 1.0, 3.0), 4.0), years_in_force(RuleStart(1.0, 1.0, 1.0), 4.0)
    (2.0, 3.0)
    """
    width = start.latest - start.earliest
    since, after = maximum(by - start.earliest, 0), maximum(by - start.latest, 0)
    return blend(present(width, 1), quotient(since * since - after * after, 2 * width, none=0), since)


def share_in_force(start: RuleStart, year: Years) -> Share:
    """The share of a year, counted from 1, in which a rule that comes is in force, in expectation.

        years in force by its end - years in force by its start

    Source: ours, a definition.

    >>> share_in_force(RuleStart(0.5, 0.25, 0.25), 1.0), share_in_force(RuleStart(0.5, 0.25, 0.25), 2.0)
    (0.75, 1.0)
    """
    return years_in_force(start, year) - years_in_force(start, year - 1)


def starts_in_year(start: RuleStart, year: Years, is_first: Flag01) -> Share:
    """The probability that a rule which comes starts in a year; one that is in force already counts in the first.

        has started by its end - has started by its start (in the first year: 0)

    Source: ours, a convention: what a rule in force asks once is due in the first year of the case.

    >>> starts_in_year(RuleStart(1.0, -2.0, -2.0), 1.0, 1.0), starts_in_year(RuleStart(1.0, 0.0, 4.0), 2.0, 0.0)
    (1.0, 0.25)
    """
    return has_started(start, year) - (1 - is_first) * has_started(start, year - 1)


def exposure(name: str, start: RuleStart, scope: Flag01, year: Years) -> Share:
    """How much of a year a rule touches a firm, in expectation over whether and when it comes.

        exposure = in scope * probability * share of the year in force

    Source: ours, a definition.

    >>> exposure("act", RuleStart(0.5, 0.25, 0.25), 1.0, 1.0)
    0.375
    """
    return line(f"{name}.exposure", scope * start.probability * share_in_force(start, year))
