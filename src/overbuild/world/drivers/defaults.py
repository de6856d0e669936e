"""The default drivers: what is uncertain of any site, from `world/presets/drivers-2026.yaml`."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.resources import files
from typing import Annotated, NamedTuple

from overbuild.errors import raise_all
from overbuild.world.drivers.declared import FailureHazard, UncertainInputs
from overbuild.world.record import RecordReading, read_record
from overbuild.world.sourced import Sourced
from overbuild.world.tree import read_tree

FILE = "drivers-2026.yaml"

CUSTOMER = "customer"
"""What correlations of the defaults call any customer whose failure is drawn."""


class CustomerRating(NamedTuple):
    """A customer by the name that cases give it, and the class of its rating."""

    name: str
    rating: str


class RatingHazard(NamedTuple):
    """The hazard of failure of a class of ratings, of each year from close; the last one holds."""

    name: str
    hazard: FailureHazard


class DefaultDrivers(NamedTuple):
    """The default drivers as their file says them.

    drivers: what is drawn, regimes, correlations; `customer` stands for every customer
    customers: ratings of customers that cases name
    ratings: hazards by class
    investment_grade, otherwise: class of a customer that is not named, by the grade that its contract states
    between_customers: correlation of two customers
    """

    drivers: UncertainInputs
    customers: tuple[CustomerRating, ...]
    ratings: tuple[RatingHazard, ...]
    investment_grade: str
    otherwise: str
    between_customers: Annotated[float, "correlation"]

    def rating_of(self, customer: str, grade: str) -> str:
        """The class of a customer: as named, else by the grade of its contract.

        >>> default_drivers().rating_of("coreweave", ""), default_drivers().rating_of("a lab", "investment_grade")
        ('B', 'BBB')
        """
        named = {one.name: one.rating for one in self.customers}
        return named.get(customer) or (self.investment_grade if grade == "investment_grade" else self.otherwise)

    def hazard_of(self, rating: str) -> FailureHazard:
        """The hazard of a class."""
        return next(one.hazard for one in self.ratings if one.name == rating)


class _Read(NamedTuple):
    record: DefaultDrivers
    inputs: Mapping[str, Sourced]


@functools.cache
def _read() -> _Read:
    text = files("overbuild.world").joinpath("presets", FILE).read_text("utf-8")
    reading = RecordReading()
    record = read_record(read_tree(text, FILE), DefaultDrivers, reading)
    raise_all(reading.faults)
    assert record is not None
    return _Read(record, reading.inputs)


def default_drivers() -> DefaultDrivers:
    """The default drivers.

    >>> [one.name for one in default_drivers().drivers.drawn][:3]
    ['rent', 'utilisation', 'power_price']
    """
    return _read().record


def default_inputs() -> Mapping[str, Sourced]:
    """Every number of the default drivers by its path, with where it comes from.

    >>> default_inputs()["drivers.drawn.rent.dynamics.volatility"].origin
    'assumption'
    """
    return _read().inputs
