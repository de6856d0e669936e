"""What is uncertain in a case: its own drivers and the defaults, each with the inputs that it moves, and how they move together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from overbuild.errors import CaseError, InputError
from overbuild.site.case.plan import OfftakeContract, SitePlan
from overbuild.site.drawn.moved import moved_plan, numbers_at
from overbuild.site.drawn.named_inputs import CaseForms, NamedInput, moving_inputs, once_inputs
from overbuild.site.terms.from_plan import Commitments, terms_of
from overbuild.world.drivers.declared import Correlation, Distribution, DrawnDriver, UncertainInputs
from overbuild.world.drivers.defaults import CUSTOMER, DefaultDrivers, default_drivers
from overbuild.world.drivers.dependence import Matrix, Pair, correlation_matrix, gaussian_of_spearman, mixing
from overbuild.world.drivers.driver_faults import block_faults
from overbuild.world.drivers.late import LateVector, late_vectors
from overbuild.world.drivers.leaf_paths import EVERY, item_names
from overbuild.world.drivers.world import FailingCustomer, MovingDriver, World


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


class _Found(NamedTuple):
    """A driver with its inputs."""

    declared: DrawnDriver
    inputs: tuple[NamedInput, ...]
    default: bool
    rating: str = ""


def uncertain(block: UncertainInputs | None, forms: CaseForms) -> Uncertain:
    """What is uncertain in a case; without a block of its own, the defaults.

    Raises the first CaseError of `uncertain_faults`.
    """
    block = UncertainInputs() if block is None else block
    for fault in uncertain_faults(block, forms):
        raise fault
    defaults = default_drivers()
    found = _found(block, forms, defaults)
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
    if faults:
        return faults
    taken: dict[str, str] = {}
    for one in block.drawn:
        try:
            inputs = _inputs_of(one, forms)
        except CaseError as fault:
            fault.path = f"drivers.drawn.{one.name}.{fault.path}"
            faults.append(fault)
            continue
        faults += _taken_twice(one, inputs, taken)
        taken |= {each.written: one.name for each in inputs}
        faults += _late_lengths(one, forms.plan)
    if sum(one.late is not None for one in block.drawn) > 1:
        last = [one.name for one in block.drawn if one.late is not None][-1]
        hint = "delays of all phases are one driver: write its cases, one entry a phase"
        faults.append(CaseError("duplicate", f"drivers.drawn.{last}.late", last, hint))
    return faults or list(_matrix_faults(block, forms, defaults))


def _matrix_faults(block: UncertainInputs, forms: CaseForms, defaults: DefaultDrivers) -> Iterator[CaseError]:
    found = _found(block, forms, defaults)
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
            if _overlap(path, each.written):
                hint = f"{name} moves it already; one driver moves an input"
                yield CaseError("duplicate", f"drivers.drawn.{one.name}.input", each.written, hint)


def _overlap(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _late_lengths(one: DrawnDriver, plan: SitePlan) -> Iterator[CaseError]:
    for case in one.late.cases if one.late else ():
        if len(case.periods) not in (1, len(plan.phases)):
            hint = f"one entry, or one a phase: {', '.join(phase.name for phase in plan.phases)}"
            yield CaseError("length_mismatch", f"drivers.drawn.{one.name}.late.cases", case.periods, hint)


def _inputs_of(one: DrawnDriver, forms: CaseForms) -> tuple[NamedInput, ...]:
    if one.dynamics is not None:
        return tuple(moving_inputs(one, forms))
    if one.hazard is not None:
        return tuple(_dates(one, forms, "contracts", "fails_in"))
    if one.late is not None:
        return tuple(_dates(one, forms, "phases", "delay"))
    return tuple(once_inputs(one, forms))


def _dates(one: DrawnDriver, forms: CaseForms, items: str, field: str) -> Iterator[NamedInput]:
    """The delays or failures that a driver moves. Raises CaseError `unknown_name` where it names another thing."""
    found = 0
    for name in item_names(getattr(forms.plan, items)):
        path = f"{items}.{name}.{field}"
        called = forms.written.of(path)
        if one.input in (path, called, f"{items}.{EVERY}.{field}"):
            found += 1
            if field == "fails_in" and _named(forms.plan, name).fails_in is not None:
                hint = "the case says when it fails; leave that out, or the driver"
                raise CaseError("duplicate", "input", one.input, hint)
            yield NamedInput(path, "plan", called)
    way = "late" if field == "delay" else "hazard"
    if not found:
        hint = f"`{way}` is of {items}.NAME.{field}: {', '.join(item_names(getattr(forms.plan, items))) or 'there are none'}"
        raise CaseError("unknown_name", "input", one.input, hint)


def _named(plan: SitePlan, name: str) -> OfftakeContract:
    return next(one for one in plan.contracts if one.name == name)


def _found(block: UncertainInputs, forms: CaseForms, defaults: DefaultDrivers) -> list[_Found]:
    """The drivers of a block with their inputs, then those defaults that the case has something for."""
    own = [_Found(one, _inputs_of(one, forms), default=False) for one in block.drawn]
    if not block.defaults:
        return own
    taken = [each.written for one in own for each in one.inputs]
    without = {*block.without, *(one.declared.name for one in own)}
    beside: list[_Found] = []
    for one in defaults.drivers.drawn:
        if one.name not in without:
            inputs = tuple(
                each
                for each in _inputs_or_none(one, forms)
                if not any(_overlap(each.written, path) for path in taken) and _counts(one, each, forms)
            )
            beside.append(_Found(one, inputs, default=True))
    carried = {one.declared.dynamics.carries for one in (*own, *beside) if one.inputs and one.declared.dynamics}
    kept = [one for one in beside if one.inputs or one.declared.name in carried]
    return [*own, *kept, *_customers(forms, defaults, taken, without)]


def _inputs_or_none(one: DrawnDriver, forms: CaseForms) -> tuple[NamedInput, ...]:
    try:
        return _inputs_of(one, forms)
    except CaseError:
        return ()


def _counts(one: DrawnDriver, named: NamedInput, forms: CaseForms) -> bool:
    """Whether an input is there to be moved: a multiple of nothing is nothing, and a number may be one that nothing takes."""
    if one.late is not None:
        return True
    record: Any = forms.form.record if named.of == "file" else forms.plan
    if one.how in ("multiplies", "odds") and not any(numbers_at(record, named.path)):
        return False
    if one.distribution is None:
        return True
    value = 0.5 if one.how == "multiplies" else numbers_at(record, named.path)[0] + 0.125
    return terms_of(moved_plan(forms, [(named, one.how, value)]), _ANY) != terms_of(forms.plan, _ANY)


class _AnyAmount(dict[str, float]):
    def __missing__(self, name: str) -> float:
        return 1.0


_ANY = Commitments(_AnyAmount(), 1.0, 1.0, 1.0, 1.0, 1.0)
"""Amounts of loans that no question of what moves depends on."""


def _customers(forms: CaseForms, defaults: DefaultDrivers, taken: Sequence[str], without: set[str]) -> Iterator[_Found]:
    """The customers that may fail by default: those who have signed at close, and of whom the case says no failure."""
    met: set[str] = set()
    for one in forms.plan.contracts:
        customer = one.offtaker or one.name
        path = f"contracts.{one.name}.fails_in"
        later = not one.offtaker and (one.start is not None or bool(one.follows))
        said = any(each.fails_in is not None for each in forms.plan.contracts if _same(each, one))
        if customer in met or later or said or forms.written.of(path) in taken or f"{customer}_fails" in without:
            continue
        met.add(customer)
        rating = defaults.rating_of(customer, one.grade)
        driver = DrawnDriver(f"{customer}_fails", path, "replaces", hazard=defaults.hazard_of(rating))
        yield _Found(driver, (NamedInput(path, "plan", forms.written.of(path)),), default=True, rating=rating)


def _same(one: OfftakeContract, other: OfftakeContract) -> bool:
    return one.name == other.name or one.offtaker == other.offtaker != ""


def _correlations(block: UncertainInputs, defaults: DefaultDrivers, found: Sequence[_Found]) -> list[Pair]:
    """The pairs of a block, and those of the defaults that it does not name, for every customer of the defaults."""
    own = {frozenset((one.one, one.other)): _pair(one) for one in block.correlations}
    if not block.defaults:
        return list(own.values())
    customers = [one.declared.name for one in found if one.default and one.declared.hazard is not None]
    beside: dict[frozenset[str], Pair] = {}
    for row in defaults.drivers.correlations:
        for one in customers if row.one == CUSTOMER else [row.one]:
            for other in customers if row.other == CUSTOMER else [row.other]:
                beside[frozenset((one, other))] = _pair(row)._replace(one=one, other=other)
    between = defaults.between_customers
    for place, one in enumerate(customers):
        beside |= {frozenset((one, other)): Pair(one, other, between) for other in customers[place + 1 :]}
    replaced = {one.declared.name for one in found if not one.default}
    kept = {pair: row for pair, row in beside.items() if not pair & replaced or pair - replaced}
    return list((kept | own).values())


def _pair(row: Correlation) -> Pair:
    value = gaussian_of_spearman(row.value) if row.measure == "spearman" else row.value
    return Pair(row.one, row.other, value)


def _once(one: _Found) -> OnceDriver:
    assert one.declared.distribution is not None
    return OnceDriver(one.declared.name, one.inputs, one.declared.how, one.declared.distribution)


def _moving(one: _Found) -> MovingDriver:
    assert one.declared.dynamics is not None
    return MovingDriver(
        one.declared.name, tuple(each.path for each in one.inputs), one.declared.how, one.declared.dynamics
    )


def _failing(one: _Found, plan: SitePlan) -> FailingCustomer:
    assert one.declared.hazard is not None
    names = [each.path.split(".")[1] for each in one.inputs]
    together = tuple(each.name for each in plan.contracts if any(_same(each, _named(plan, name)) for name in names))
    return FailingCustomer(one.declared.name, together, one.declared.hazard.by_year)


def _late(one: _Found, plan: SitePlan) -> LateDriver:
    assert one.declared.late is not None
    vectors = late_vectors(one.declared.late, len(plan.phases), plan.horizon.periods_per_year)
    named = {each.path.split(".")[1] for each in one.inputs}
    kept: Callable[[LateVector], LateVector] = lambda vector: vector._replace(  # noqa: E731
        periods=tuple(
            late if phase.name in named else 0 for late, phase in zip(vector.periods, plan.phases, strict=True)
        )
    )
    return LateDriver(one.declared.name, tuple(kept(vector) for vector in vectors))
