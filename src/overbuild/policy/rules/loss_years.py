"""Losses of a firm year by year: the fines of all its rules added up on one grid, without controls and with them."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.policy.losses.bad_year import BadYear, bad_year
from overbuild.policy.losses.compound import LossSource, Masses, sizes_on_grid, summed
from overbuild.policy.rules.case import RulesPlan
from overbuild.policy.rules.fines import fine_ceiling
from overbuild.policy.rules.rule import in_scope, share_in_force
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


def sources_of_year(plan: RulesPlan, terms: RulesTerms, year: float, *, controlled: bool) -> list[LossSource]:
    """What may be lost in a year, rule by rule.

    Whether a rule comes at all is one event for all its fines; the day it comes moves how long it counts in the year.
    """
    unit, found = loss_unit(plan, terms), list[LossSource]()
    for fine, rule in zip(plan.fines, terms.fines, strict=True):
        touched = in_scope(rule.scope, terms.firm.turnover, terms.firm.power) * share_in_force(rule.start, year)
        often = rule.breaches_with_controls if controlled else rule.breaches
        if touched * often <= 0.0:
            continue
        ceiling = fine_ceiling(rule, terms.firm)
        sizes = sizes_on_grid([share * ceiling / unit for share in rule.fine_shares], rule.fine_probabilities)
        found.append(LossSource(often * touched, fine.variance_to_mean, sizes, rule.start.probability))
    return found


def losses_of_years(plan: RulesPlan, terms: RulesTerms) -> tuple[LossesOfControls, ...]:
    """The fines of each year added up; years in which every rule counts alike are added up once."""
    kept: dict[tuple[float, ...], LossesOfControls] = {}
    found: list[LossesOfControls] = []
    for year in range(1, plan.years + 1):
        counted = tuple(round(share_in_force(rule.start, float(year)), 12) for rule in terms.fines)
        if counted not in kept:
            kept[counted] = losses_of_year(plan, terms, float(year))
        found.append(kept[counted])
    return tuple(found)


def losses_of_year(plan: RulesPlan, terms: RulesTerms, year: float) -> LossesOfControls:
    """The fines of a year added up."""
    unit, points = loss_unit(plan, terms), plan.grid.points
    both = [summed(sources_of_year(plan, terms, year, controlled=held), points) for held in (False, True)]
    years = [bad_year(masses, unit, plan.grid.level) for masses in both]
    return LossesOfControls(unit, both[0], both[1], years[0], years[1])
