"""The numbers behind what is drawn of a case: of each driver, of regimes, of correlations, each with its origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from overbuild.site.case.read import SiteCase
from overbuild.site.case.uncertain.uncertain import Uncertain
from overbuild.world.drivers.defaults import default_inputs
from overbuild.world.sourced import Sourced


class DriverNumber(NamedTuple):
    """A number of a driver, or of what all drivers share, with its origin."""

    driver: str
    number: str
    given: Sourced


def driver_numbers(case: SiteCase, found: Uncertain) -> Iterator[DriverNumber]:
    """The numbers behind what is drawn: of each driver, of regimes, of the correlations that hold.

    Numbers of a customer of the defaults are those of its class of rating.
    """
    for one in found.told:
        source = default_inputs() if one.default else case.inputs
        name = one.declared.name
        if one.rating:
            yield from numbers_under(default_inputs(), f"ratings.{one.rating}.hazard.", name)
        yield from numbers_under(source, f"drivers.drawn.{name}.", name)
    own = case.drivers is not None and case.drivers.regimes
    yield from numbers_under(case.inputs if own else default_inputs(), "drivers.regimes.", "regimes")
    if case.drivers is None or case.drivers.defaults:
        yield from numbers_under(default_inputs(), "drivers.correlations.", "correlations by default")
        yield from numbers_under(default_inputs(), "between_customers", "correlations by default")
    yield from numbers_under(case.inputs, "drivers.correlations.", "correlations")


def numbers_under(inputs: Mapping[str, Sourced], prefix: str, driver: str) -> Iterator[DriverNumber]:
    """The numbers of a driver whose paths begin so."""
    for path, one in inputs.items():
        if path.startswith(prefix) and one.numbers:
            yield DriverNumber(driver, path.removeprefix("drivers.drawn.").removeprefix(f"{driver}."), one)
