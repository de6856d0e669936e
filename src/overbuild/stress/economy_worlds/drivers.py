"""What is uncertain of the AI economy: the drivers that ship, and what they are of each company."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Annotated, NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.terms.studied import HIGH, LOW, Studied
from overbuild.errors import CaseError, InputError, raise_all
from overbuild.stress.worlds.bindings.bound import number_of
from overbuild.world.drivers.declared import DrawnDriver, UncertainInputs
from overbuild.world.drivers.defaults import default_drivers
from overbuild.world.drivers.dependence import Matrix, Pair, correlation_matrix, gaussian_of_spearman
from overbuild.world.drivers.driver_faults import block_faults
from overbuild.world.record import RecordReading, read_record
from overbuild.world.sourced import Sourced
from overbuild.world.tree import read_tree

FILE = "ecosystem-worlds-2026.yaml"

AI_REVENUE, CAPITAL, FAILURE = "ai_revenue", "capital", "failure"
"""Drivers by name: the revenue of all labs, the capital of each company, the failure of each by itself."""

CONTRACT = "contract"
"""What the amount of a contract is drawn as, with its id."""

PER_COMPANY = {"companies.capital": CAPITAL, "companies.failure": FAILURE}
ONCE = ("labs.revenue", "kept", "estate_share", "firm_share", "capex_cut", "vendor_share")
"""Inputs that one number of a world moves for all."""


class TypeRating(NamedTuple):
    """The class of rating of companies of a type."""

    type: str
    rating: str


class CompanyRating(NamedTuple):
    """The class of rating of a company by its id."""

    company: str
    rating: str


class EconomyDrivers(NamedTuple):
    """What is drawn, how capitals move together, and how companies are rated."""

    drivers: UncertainInputs
    between_capitals: Annotated[float, "correlation"]
    types: tuple[TypeRating, ...]
    companies: tuple[CompanyRating, ...]

    def driver(self, name: str) -> DrawnDriver:
        """A driver by its name."""
        return next(one for one in self.drivers.drawn if one.name == name)

    def chance_of_failure(self, company: str, kind: str, years: float) -> float:
        """The probability that a company fails by itself within some years: 1 - exp(-hazards), of its class of rating.

        >>> round(economy_drivers().chance_of_failure("ORCL", "hyperscaler", 1.0), 5)
        0.00282
        """
        named = {one.company: one.rating for one in self.companies}
        rating = named.get(company) or {one.type: one.rating for one in self.types}.get(kind, "")
        own = self.driver(FAILURE).hazard
        by_year = default_drivers().hazard_of(rating).by_year if rating else own.by_year if own else ()
        whole = math.floor(years)
        hazards = [by_year[min(at, len(by_year) - 1)] for at in range(whole + 1)]
        return 1.0 - math.exp(-sum(hazards[:whole]) - hazards[whole] * (years - whole))


class _DriversRead(NamedTuple):
    record: EconomyDrivers
    inputs: Mapping[str, Sourced]


@functools.cache
def _read() -> _DriversRead:
    text = files("overbuild.world").joinpath("presets", FILE).read_text("utf-8")
    reading = RecordReading()
    record = read_record(read_tree(text, FILE), EconomyDrivers, reading)
    raise_all([*reading.faults, *(_faults(record) if record else ())])
    assert record is not None
    return _DriversRead(record, reading.inputs)


def _faults(record: EconomyDrivers) -> Iterator[CaseError]:
    # a failure is drawn once here, of all the years that are looked at: it may move with what is drawn once
    yield from (fault for fault in block_faults(record.drivers, UncertainInputs()) if fault.code != "corr_times")
    for one in record.drivers.drawn:
        if one.input not in (*ONCE, *PER_COMPANY):
            hint = f"one of {', '.join((*ONCE, *PER_COMPANY))}"
            yield CaseError("unknown_name", f"drivers.drawn.{one.name}.input", one.input, hint)


def economy_drivers() -> EconomyDrivers:
    """The drivers that ship.

    >>> [one.name for one in economy_drivers().drivers.drawn][:3]
    ['ai_revenue', 'capital', 'failure']
    """
    return _read().record


def economy_inputs() -> Mapping[str, Sourced]:
    """Every number of them by its path, with where it comes from.

    >>> {one.origin for one in economy_inputs().values()}
    {'assumption'}
    """
    return {path: one for path, one in _read().inputs.items() if one.numbers}


class Coordinates(NamedTuple):
    """What is drawn of an economy: standard normals by name, correlated, each with the number of its driver.

    `once` has the place of each driver that moves all, `capital` and `failure` the place of that of each party, `contract`
    that of the amount of each edge, -1 for those that have none; `chance` is the probability that a party fails by itself.
    """

    names: tuple[str, ...]
    numbers: tuple[int, ...]
    correlations: Matrix
    once: Mapping[str, int]
    capital: tuple[int, ...]
    failure: tuple[int, ...]
    contract: tuple[int, ...]
    chance: tuple[float, ...]


def coordinates_of(given: Studied) -> Coordinates:
    """What is drawn of a study: of every company that may fail, and of every contract of which an amount has a range.

    Vehicles have capital of their own, but do not fail by themselves: they stop where their tenants do.
    """
    found = economy_drivers()
    once = [one.name for one in found.drivers.drawn if one.input in ONCE]
    capitals = [one.id for one in given.study.parties if not one.holds]
    failures = [one.id for one in given.study.parties if not one.holds and one.type != "spv"]
    open_amounts = given.amount[LOW] < given.amount[HIGH]
    contracts = [
        f"{CONTRACT}.{one.row.id}" if moves else "" for one, moves in zip(given.ties, open_amounts, strict=True)
    ]
    names = [
        *once,
        *(f"{CAPITAL}.{one}" for one in capitals),
        *(f"{FAILURE}.{one}" for one in failures),
        *dict.fromkeys(one for one in contracts if one),
    ]
    place = {name: at for at, name in enumerate(names)}
    chances = [
        found.chance_of_failure(one.id, one.type, given.window.years) if f"{FAILURE}.{one.id}" in place else 0.0
        for one in given.study.parties
    ]
    return Coordinates(
        tuple(names),
        tuple(number_of(f"{name}.once") for name in names),
        correlation_matrix(names, list(_pairs(found, once, {CAPITAL: capitals, FAILURE: failures}))),
        {name: place[name] for name in once},
        tuple(place.get(f"{CAPITAL}.{one.id}", -1) for one in given.study.parties),
        tuple(place.get(f"{FAILURE}.{one.id}", -1) for one in given.study.parties),
        tuple(place.get(one, -1) for one in contracts),
        tuple(chances),
    )


def _pairs(found: EconomyDrivers, once: list[str], companies: Mapping[str, list[str]]) -> Iterator[Pair]:
    """Pairs of drivers as pairs of what is drawn: a driver of each company stands for all of them."""

    def each(name: str) -> list[str]:
        return [name] if name in once else [f"{name}.{one}" for one in companies[name]]

    for row in found.drivers.correlations:
        value = gaussian_of_spearman(row.value) if row.measure == "spearman" else row.value
        yield from (Pair(one, other, value) for one in each(row.one) for other in each(row.other))
    between = {CAPITAL: found.between_capitals, FAILURE: default_drivers().between_customers}
    for kind, value in between.items():
        for at, one in enumerate(companies[kind]):
            yield from (Pair(f"{kind}.{one}", f"{kind}.{other}", value) for other in companies[kind][at + 1 :])


def checked_companies(given: Studied) -> None:
    """Raise InputError where a network has nothing to draw: nobody in it may fail."""
    if not np.any([not one.holds for one in given.study.parties]):
        raise InputError("missing", "entities", None, "nobody in this network may fail, so that no world differs")
