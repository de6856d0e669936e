"""Losses of a firm year by year: the fines of all its rules added up on one grid, without controls and with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from overbuild.policy.losses.bad_year import BadYear, bad_year
from overbuild.policy.losses.compound import (
    LossSource,
    Masses,
    TransformedSource,
    sizes_on_grid,
    summed_transformed,
    transformed,
)
from overbuild.policy.rules.case import RulesPlan
from overbuild.policy.rules.fines import FineRule, fine_ceiling
from overbuild.policy.rules.rule import RuleStart, in_scope, share_in_force
from overbuild.policy.rules.terms import RulesTerms


class LossesOfControls(NamedTuple):
    """The losses of a year on the grid, without controls and with them in full, with the unit of the grid."""

    unit: float
    without: Masses
    with_controls: Masses
    year: BadYear
    year_with_controls: BadYear


def loss_unit(plan: RulesPlan, terms: RulesTerms) -> float:
    """The unit of the grid: the greatest ceiling of a rule that touches the firm, by the points it is to have."""
    ceilings = [
        fine_ceiling(rule, terms.firm)
        for rule in terms.fines
        if in_scope(rule.scope, terms.firm.turnover, terms.firm.power)
    ]
    return max(ceilings, default=1.0) / plan.grid.points_to_ceiling or 1.0


class FineSizes(NamedTuple):
    """A fine that touches the firm: its rule, how clustered its breaches are, and its sizes on the grid."""

    rule: FineRule
    variance_to_mean: float
    sizes: Masses


def sizes_of_fines(plan: RulesPlan, terms: RulesTerms) -> list[FineSizes]:
    """The fines of rules that touch the firm, on the grid."""
    unit, found = loss_unit(plan, terms), list[FineSizes]()
    for fine, rule in zip(plan.fines, terms.fines, strict=True):
        if in_scope(rule.scope, terms.firm.turnover, terms.firm.power) > 0.0:
            ceiling = fine_ceiling(rule, terms.firm)
            sizes = sizes_on_grid([share * ceiling / unit for share in rule.fine_shares], rule.fine_probabilities)
            found.append(FineSizes(rule, fine.variance_to_mean, sizes))
    return found


def sources_of_year(plan: RulesPlan, terms: RulesTerms, year: float, *, controlled: bool) -> list[LossSource]:
    """What may be lost in a year, rule by rule.

    Whether a rule comes at all is one event for all its fines; the day it comes moves how long it counts in the year.
    """
    found: list[LossSource] = []
    for one in sizes_of_fines(plan, terms):
        often = share_in_force(one.rule.start, year) * _breaches(one.rule, controlled=controlled)
        if often > 0.0:
            found.append(LossSource(often, one.variance_to_mean, one.sizes, one.rule.start.probability))
    return found


@lru_cache(maxsize=1024)
def _counted(start: RuleStart, year: int) -> float:
    """The share of a year in which a rule is in force, kept: dates do not move from one world to the next."""
    return round(share_in_force(start, float(year)), 12)


def _breaches(rule: FineRule, *, controlled: bool) -> float:
    return rule.breaches_with_controls if controlled else rule.breaches


class FinesOnGrid:
    """The fines of a firm on the grid of losses, whose sizes are transformed once however often they come."""

    def __init__(self, plan: RulesPlan, terms: RulesTerms) -> None:
        self.plan, self.unit = plan, loss_unit(plan, terms)
        self.fines = sizes_of_fines(plan, terms)
        self._ready = [transformed(one.sizes, plan.grid.points) for one in self.fines]
        self._counted = [
            tuple(_counted(one.rule.start, year) for one in self.fines) for year in range(1, plan.years + 1)
        ]

    def years(self, place: int | None = None) -> tuple[LossesOfControls, ...]:
        """The fines of each year added up, without controls and with them; years that count alike are added up once.

        `place` is that of a scenario where breaches are drawn, and there are as many numbers as scenarios.
        """
        kept: dict[tuple[float, ...], LossesOfControls] = {}
        for counted in self._counted:
            if counted not in kept:
                without, held = (self._summed(counted, place, controlled=one) for one in (False, True))
                level = self.plan.grid.level
                kept[counted] = LossesOfControls(
                    self.unit, without, held, bad_year(without, self.unit, level), bad_year(held, self.unit, level)
                )
        return tuple(kept[counted] for counted in self._counted)

    def _summed(self, counted: Sequence[float], place: int | None, *, controlled: bool) -> Masses:
        sources = [
            TransformedSource(
                share * _at(_breaches(one.rule, controlled=controlled), place),
                one.variance_to_mean,
                sizes,
                one.rule.start.probability,
            )
            for one, share, sizes in zip(self.fines, counted, self._ready, strict=True)
            if share > 0.0
        ]
        return summed_transformed(sources, self.plan.grid.points)


def _at(number: Any, place: int | None) -> float:
    """A number, or that of a scenario where there is one for each."""
    return float(number[place]) if place is not None and np.ndim(number) else number


def losses_of_years(plan: RulesPlan, terms: RulesTerms) -> tuple[LossesOfControls, ...]:
    """The fines of each year added up, without controls and with them."""
    return FinesOnGrid(plan, terms).years()


class TailsOfYears(NamedTuple):
    """The tail value at risk of the fines of each year, without controls and with them in full."""

    without: list[Any]
    with_controls: list[Any]


def tails_of_years(plan: RulesPlan, terms: RulesTerms) -> TailsOfYears:
    """What a year of fines comes to beyond its value at risk: numbers, or rows over scenarios where breaches are drawn."""
    grid = FinesOnGrid(plan, terms)
    count = max((np.size(number) for number in _frequencies(grid) if np.ndim(number)), default=0)
    if not count:
        years = grid.years()
        return TailsOfYears(
            [one.year.tail_value_at_risk for one in years],
            [one.year_with_controls.tail_value_at_risk for one in years],
        )
    both = np.empty((2, plan.years, count))
    for place in range(count):
        for number, one in enumerate(grid.years(place)):
            both[:, number, place] = one.year.tail_value_at_risk, one.year_with_controls.tail_value_at_risk
    return TailsOfYears([*both[0]], [*both[1]])


def _frequencies(grid: FinesOnGrid) -> Iterator[Any]:
    for one in grid.fines:
        yield from (_breaches(one.rule, controlled=controlled) for controlled in (False, True))
