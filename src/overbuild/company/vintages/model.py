"""A spender's chips as a model: calendar years from the last to the first purchase, and what they come to."""

from __future__ import annotations

from overbuild.company.vintages.fleet_year import SpenderAhead, SpenderTerms, SpenderYear, VintageYear, fleet_year
from overbuild.company.vintages.results import BoughtIn, SpenderShape, WriteDownTerms, spender_results
from overbuild.equations.model import Left, Model, Stage
from overbuild.equations.reported import Condition, Reported
from overbuild.fleet.ageing import Age, FirstWriteDown, LaterAge


def years_of(terms: SpenderTerms, greatest_ages: tuple[int, ...]) -> tuple[int, ...]:
    """The calendar years of the model, the last first: until the longest that any vintage may serve.

    >>> from overbuild.company.vintages.examples import TERMS
    >>> years_of(TERMS, (9,))[0], years_of(TERMS, (9,))[-1]
    (2033, 2024)
    """
    bought = [round(one.year) for one in terms.vintages]
    last = max(year + oldest for year, oldest in zip(bought, greatest_ages, strict=True))
    return tuple(range(last, min(bought) - 1, -1))


def spender_model(terms: SpenderTerms, greatest_ages: tuple[int, ...]) -> Model:
    """A spender's chips; write-downs count from the year of the newest purchase on.

    `greatest_ages` say of each vintage how long its units may serve at most, in whole years.

    >>> from overbuild.company.vintages.examples import TERMS
    >>> [stage.name for stage in spender_model(TERMS, (9,)).stages]
    ['years', 'write_downs']
    """
    years = years_of(terms, greatest_ages)
    newest = max(one.year for one in terms.vintages)
    columns = SpenderYear(
        tuple(
            VintageYear(
                Age([year - one.year for year in years], [float(year - one.year < oldest) for year in years]),
                [float(year >= one.year) for year in years],
                [float(year >= newest) for year in years],
            )
            for one, oldest in zip(terms.vintages, greatest_ages, strict=True)
        )
    )
    end = LaterAge(0.0, 0.0, 0.0, (FirstWriteDown(terms.in_force.name, 0.0, 0.0, 0.0),))
    opening = SpenderAhead(tuple(end for _ in terms.vintages), tuple(0.0 for _ in terms.vintages))
    upwards = tuple(reversed(years))
    write_downs = WriteDownTerms(
        tuple(BoughtIn(one.name, one.year) for one in terms.vintages), tuple(map(float, upwards))
    )
    stages = (
        Stage("years", fleet_year, None, terms, opening, columns),
        Stage("write_downs", spender_results, SpenderShape(upwards), write_downs, Left("years")),
    )
    return Model(stages, reported_of(terms, years))


def reported_of(terms: SpenderTerms, years: tuple[int, ...]) -> tuple[Reported, ...]:
    """What a spender's chips report."""
    exists = (Condition("is_written_down", "the impairment test never fails"),)
    found = [Reported("write_down", "write_down"), Reported("first_write_down_year", "write_down_year", exists)]
    newest = max(one.year for one in terms.vintages)
    found += [Reported(f"impairment.{year}", f"write_down_in.{year}") for year in reversed(years) if year >= newest]
    found += [
        Reported(f"write_down.{one.name.removeprefix('bought_')}", f"{one.name}.vintage_write_down")
        for one in terms.vintages
    ]
    return tuple(found)
