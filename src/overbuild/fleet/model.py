"""A unit as a model: its ages from the greatest to purchase, and what it comes to."""

from __future__ import annotations

from overbuild.equations.model import Left, Model, Stage
from overbuild.equations.reported import Condition, Reported
from overbuild.fleet.ageing import Age, AgeingTerms, FirstWriteDown, LaterAge, age_of_unit
from overbuild.fleet.results import UnitTerms, unit_results


def unit_model(terms: AgeingTerms, greatest_age: int) -> Model:
    """A unit that may serve up to a greatest age, in whole years.

    >>> from overbuild.fleet.examples import TERMS
    >>> [stage.name for stage in unit_model(TERMS, 9).stages]
    ['ages', 'results']
    """
    ages = [float(age) for age in range(greatest_age, -1, -1)]
    columns = Age(ages, [0.0] + [1.0] * greatest_age)
    opening = LaterAge(0.0, 0.0, 0.0, tuple(FirstWriteDown(life.name, 0.0, 0.0, 0.0) for life in terms.lives))
    stages = (
        Stage("ages", age_of_unit, None, terms, opening, columns),
        Stage("results", unit_results, None, UnitTerms(terms.cost, terms.market), Left("ages")),
    )
    return Model(stages, reported_of(terms))


def reported_of(terms: AgeingTerms) -> tuple[Reported, ...]:
    """What a unit reports."""
    at_purchase = ("value_at_purchase", "unit_npv", "economic_life_years")
    found = [Reported(name, name) for name in at_purchase]
    falls = (Condition("rent_falls", "the rent does not fall"),)
    found.append(Reported("price.half_life_years", "rent_half_life_years", falls))
    for life in terms.lives:
        exists = (Condition(f"{life.name}.is_written_down", "the impairment test never fails"),)
        found.append(Reported(f"{life.name}.write_down", f"{life.name}.write_down", exists))
        found.append(Reported(f"{life.name}.write_down_age", f"{life.name}.write_down_age", exists))
    return tuple(found)
