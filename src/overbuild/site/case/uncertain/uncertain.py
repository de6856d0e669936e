"""What is uncertain in a case: its own drivers and the defaults, each with the inputs that it moves, and how they move together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from overbuild.errors import CaseError, InputError
from overbuild.site.case.plan import SitePlan
from overbuild.site.case.ranges import wrong_with
from overbuild.site.case.uncertain.found import (
    FoundDriver,
    contract_named,
    fail_together,
    found_drivers,
    inputs_of,
)
from overbuild.site.case.uncertain.moved import moved_value, numbers_at
from overbuild.site.case.uncertain.named_inputs import CaseForms, NamedInput
from overbuild.world.drivers.declared import Correlation, Distribution, DrawnDriver, UncertainInputs
from overbuild.world.drivers.defaults import CUSTOMER, DefaultDrivers, default_drivers
from overbuild.world.drivers.dependence import Matrix, Pair, correlation_matrix, gaussian_of_spearman, mixing
from overbuild.world.drivers.driver_faults import block_faults
from overbuild.world.drivers.fitting import quantile_of
from overbuild.world.drivers.late import LateVector, late_vectors
from overbuild.world.drivers.moving import overlap
from overbuild.world.drivers.paths.world import FailingCustomer, MovingDriver, World


class OnceDriver(NamedTuple):
    """A driver that is drawn once for a scenario, and the inputs that it moves."""

    name: str
    inputs: tuple[NamedInput, ...]
    how: str
    distribution: Distribution


class LateDriver(NamedTuple):
    """How late completion is drawn: vectors of periods, one entry a phase of the plan, the earliest first."""

    name: str
    vectors: tuple[LateVector, ...]


class DriverTold(NamedTuple):
    """A driver as it is declared, its inputs in the words of the file, and whether it is one of the defaults."""

    declared: DrawnDriver
    inputs: tuple[str, ...]
    default: bool
    rating: str = ""


class Uncertain(NamedTuple):
    """What is uncertain in a case.

    `names` are those of the normals that are drawn once for a scenario: of `once` drivers, of trends of drivers that
    move, of delays; `correlations` are theirs. `told` are all drivers as they are declared.
    """

    once: tuple[OnceDriver, ...]
    world: World
    late: LateDriver | None
    names: tuple[str, ...]
    correlations: Matrix
    told: tuple[DriverTold, ...]


def uncertain(block: UncertainInputs | None, forms: CaseForms) -> Uncertain:
    """What is uncertain in a case; without a block of its own, the defaults.

    Raises the first CaseError of `uncertain_faults`.
    """
    block = UncertainInputs() if block is None else block
    for fault in uncertain_faults(block, forms):
        raise fault
    defaults = default_drivers()
    found = found_drivers(block, forms, defaults)
    rows = _correlations(block, defaults, found)
    once = [one for one in found if one.declared.distribution is not None]
    moving = [one for one in found if one.declared.dynamics is not None]
    failing = [one for one in found if one.declared.hazard is not None]
    late = next((one for one in found if one.declared.late is not None), None)
    trends = [one.declared.name for one in moving if one.declared.dynamics and one.declared.dynamics.trend_sd]
    names = (*(one.declared.name for one in once), *trends, *([late.declared.name] if late else []))
    regimes = block.regimes or (defaults.drivers.regimes if block.defaults else ())
    world = World(
        drivers=tuple(_moving(one) for one in moving),
        customers=tuple(_failing(one, forms.plan) for one in failing),
        regimes=regimes,
    )
    mix = mixing(correlation_matrix(world.names, rows))
    return Uncertain(
        once=tuple(_once(one) for one in once),
        world=world._replace(mix=tuple(tuple(float(weight) for weight in row) for row in mix)),
        late=None if late is None else _late(late, forms.plan),
        names=names,
        correlations=correlation_matrix(names, rows),
        told=tuple(
            DriverTold(one.declared, tuple(each.written for each in one.inputs), one.default, one.rating)
            for one in found
        ),
    )


def uncertain_faults(block: UncertainInputs, forms: CaseForms) -> list[CaseError]:
    """Every fault of a block of drivers, in itself and in what it names of the case; paths are those of the file."""
    defaults = default_drivers()
    faults = list(block_faults(block, defaults.drivers))
    unsound = {fault.path.split(".")[2] for fault in faults if fault.path.startswith("drivers.drawn.")}
    taken: dict[str, str] = {}
    for one in block.drawn:
        if one.name in unsound:
            continue
        try:
            inputs = inputs_of(one, forms)
        except CaseError as fault:
            fault.path = f"drivers.drawn.{one.name}.{fault.path}"
            faults.append(fault)
            continue
        faults += _taken_twice(one, inputs, taken)
        taken |= {each.written: one.name for each in inputs}
        faults += _late_lengths(one, forms.plan)
        faults += _rating_faults(one, defaults)
        faults += _range_faults(one, inputs, forms)
    if sum(one.late is not None for one in block.drawn) > 1:
        last = [one.name for one in block.drawn if one.late is not None][-1]
        hint = "delays of all phases are one driver: write its cases, one entry a phase"
        faults.append(CaseError("duplicate", f"drivers.drawn.{last}.late", last, hint))
    return faults or list(_matrix_faults(block, forms, defaults))


def _matrix_faults(block: UncertainInputs, forms: CaseForms, defaults: DefaultDrivers) -> Iterator[CaseError]:
    found = found_drivers(block, forms, defaults)
    rows = _correlations(block, defaults, found)
    names = [one.declared.name for one in found]
    once = [one.declared.name for one in found if _is_drawn_once(one.declared)]
    moving = [name for one in found if one.declared.dynamics or one.declared.hazard for name in [one.declared.name]]
    for some in (once, moving) if names else ():
        try:
            correlation_matrix(some, rows)
        except InputError as error:
            yield CaseError(error.code, "drivers.correlations", error.value, error.hint)


def _is_drawn_once(one: DrawnDriver) -> bool:
    return bool(one.distribution or one.late or (one.dynamics and one.dynamics.trend_sd))


def _taken_twice(one: DrawnDriver, inputs: Sequence[NamedInput], taken: dict[str, str]) -> Iterator[CaseError]:
    for each in inputs:
        for path, name in taken.items():
            if overlap(path, each.written):
                hint = f"{name} moves it already; one driver moves an input"
                yield CaseError("duplicate", f"drivers.drawn.{one.name}.input", each.written, hint)


def _rating_faults(one: DrawnDriver, defaults: DefaultDrivers) -> Iterator[CaseError]:
    known = [each.name for each in defaults.ratings]
    if one.hazard is not None and one.hazard.rating and one.hazard.rating not in known:
        hint = f"one of {', '.join(known)}"
        yield CaseError("unknown_name", f"drivers.drawn.{one.name}.hazard.rating", one.hazard.rating, hint)


_FAR = 5.5
"""Standard deviations that one of ten million normals is beyond."""


def _range_faults(one: DrawnDriver, inputs: Sequence[NamedInput], forms: CaseForms) -> Iterator[CaseError]:
    """Inputs that the far ends of a distribution move to where none may be: nothing is cut in silence."""
    if one.distribution is None:
        return
    ends = quantile_of(one.distribution)(np.array([-_FAR, _FAR]))
    for each in inputs:
        record: Any = forms.form.record if each.of == "file" else forms.plan
        unit = forms.form.unit_of(each.written)
        for number in numbers_at(record, each.path):
            for end in ends:
                value = float(moved_value(number, one.how, float(end)))
                wrong = wrong_with(each.written, unit, value)
                if wrong is not None:
                    said = wrong.hint.partition("; did you mean")[0]
                    hint = f"{each.written} would be as far out as {value:.4g}: {said}; cut it by at_least or at_most"
                    yield CaseError(wrong.code, f"drivers.drawn.{one.name}.distribution", value, hint)
                    return


def _late_lengths(one: DrawnDriver, plan: SitePlan) -> Iterator[CaseError]:
    for case in one.late.cases if one.late else ():
        if len(case.periods) not in (1, len(plan.phases)):
            hint = f"one entry, or one a phase: {', '.join(phase.name for phase in plan.phases)}"
            yield CaseError("length_mismatch", f"drivers.drawn.{one.name}.late.cases", case.periods, hint)


def _correlations(block: UncertainInputs, defaults: DefaultDrivers, found: Sequence[FoundDriver]) -> list[Pair]:
    """The pairs of a block, and those of the defaults that it does not name, for every customer of the defaults."""
    own = {frozenset((one.one, one.other)): _pair(one) for one in block.correlations}
    if not block.defaults:
        return list(own.values())
    beside = default_pairs(defaults, [one.declared.name for one in found if one.declared.hazard is not None])
    replaced = {one.declared.name for one in found if not one.default}
    kept = {pair: row for pair, row in beside.items() if not pair & replaced or pair - replaced}
    return list((kept | own).values())


def default_pairs(defaults: DefaultDrivers, customers: Sequence[str]) -> dict[frozenset[str], Pair]:
    """The correlations of the defaults, for each of these customers, by the two names.

    >>> default_pairs(default_drivers(), ["lab_fails"])[frozenset(("rent", "lab_fails"))].value
    0.5
    """
    beside: dict[frozenset[str], Pair] = {}
    for row in defaults.drivers.correlations:
        for one in customers if row.one == CUSTOMER else [row.one]:
            for other in customers if row.other == CUSTOMER else [row.other]:
                beside[frozenset((one, other))] = _pair(row)._replace(one=one, other=other)
    between = defaults.between_customers
    for place, one in enumerate(customers):
        beside |= {frozenset((one, other)): Pair(one, other, between) for other in customers[place + 1 :]}
    return beside


def _pair(row: Correlation) -> Pair:
    value = gaussian_of_spearman(row.value) if row.measure == "spearman" else row.value
    return Pair(row.one, row.other, value)


def _once(one: FoundDriver) -> OnceDriver:
    assert one.declared.distribution is not None
    return OnceDriver(one.declared.name, one.inputs, one.declared.how, one.declared.distribution)


def _moving(one: FoundDriver) -> MovingDriver:
    assert one.declared.dynamics is not None
    return MovingDriver(
        one.declared.name, tuple(each.path for each in one.inputs), one.declared.how, one.declared.dynamics
    )


def _failing(one: FoundDriver, plan: SitePlan) -> FailingCustomer:
    assert one.declared.hazard is not None
    names = [each.path.split(".")[1] for each in one.inputs]
    together = tuple(
        each.name for each in plan.contracts if any(fail_together(each, contract_named(plan, name)) for name in names)
    )
    hazard = (
        default_drivers().hazard_of(one.declared.hazard.rating) if one.declared.hazard.rating else one.declared.hazard
    )
    return FailingCustomer(one.declared.name, together, hazard.by_year)


def _late(one: FoundDriver, plan: SitePlan) -> LateDriver:
    assert one.declared.late is not None
    vectors = late_vectors(one.declared.late, len(plan.phases), plan.horizon.periods_per_year)
    named = {each.path.split(".")[1] for each in one.inputs}
    moved = [phase.name in named for phase in plan.phases]

    def of_named(vector: LateVector) -> LateVector:
        return vector._replace(
            periods=tuple(late if moves else 0 for late, moves in zip(vector.periods, moved, strict=True))
        )

    return LateDriver(one.declared.name, tuple(of_named(vector) for vector in vectors))
