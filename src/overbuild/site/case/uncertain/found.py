"""The drivers of a case with the inputs that they move: its own, and the defaults that it has something for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from overbuild.errors import CaseError
from overbuild.site.case.plan import OfftakeContract, SitePlan
from overbuild.site.case.uncertain.moved import numbers_at
from overbuild.site.case.uncertain.named_inputs import CaseForms, NamedInput, moving_inputs, once_inputs
from overbuild.world.drivers.declared import DrawnDriver, UncertainInputs
from overbuild.world.drivers.defaults import DefaultDrivers
from overbuild.world.drivers.leaf_paths import EVERY, item_names
from overbuild.world.drivers.moving import overlap


class FoundDriver(NamedTuple):
    """A driver with its inputs; `rating` is that of a customer of the defaults."""

    declared: DrawnDriver
    inputs: tuple[NamedInput, ...]
    default: bool
    rating: str = ""


def inputs_of(one: DrawnDriver, forms: CaseForms) -> tuple[NamedInput, ...]:
    """The inputs that a driver moves. Raises CaseError, its path within the driver: see `named_inputs`."""
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
            if field == "fails_in" and contract_named(forms.plan, name).fails_in is not None:
                hint = "the case says when it fails; leave that out, or the driver"
                raise CaseError("duplicate", "input", one.input, hint)
            yield NamedInput(path, "plan", called)
    way = "late" if field == "delay" else "hazard"
    if not found:
        hint = f"`{way}` is of {items}.NAME.{field}: {', '.join(item_names(getattr(forms.plan, items))) or 'there are none'}"
        raise CaseError("unknown_name", "input", one.input, hint)


def contract_named(plan: SitePlan, name: str) -> OfftakeContract:
    """The contract of this name.

    >>> from overbuild.site.examples import PLAN
    >>> contract_named(PLAN, "lab").tenor
    5
    """
    return next(one for one in plan.contracts if one.name == name)


def found_drivers(block: UncertainInputs, forms: CaseForms, defaults: DefaultDrivers) -> list[FoundDriver]:
    """The drivers of a block with their inputs, then those defaults that the case has something for."""
    own = [
        FoundDriver(one, inputs_of(one, forms), default=False, rating=one.hazard.rating if one.hazard else "")
        for one in block.drawn
    ]
    if not block.defaults:
        return own
    taken = [each.written for one in own for each in one.inputs]
    without = {*block.without, *(one.declared.name for one in own)}
    beside: list[FoundDriver] = []
    for one in defaults.drivers.drawn:
        if one.name not in without:
            inputs = tuple(
                each
                for each in _inputs_or_none(one, forms)
                if not any(overlap(each.written, path) for path in taken) and _counts(one, each, forms)
            )
            beside.append(FoundDriver(one, inputs, default=True))
    carried = {one.declared.dynamics.carries for one in (*own, *beside) if one.inputs and one.declared.dynamics}
    kept = [one for one in beside if one.inputs or one.declared.name in carried]
    return [*own, *kept, *_customers(forms, defaults, taken, without)]


def _inputs_or_none(one: DrawnDriver, forms: CaseForms) -> tuple[NamedInput, ...]:
    try:
        return inputs_of(one, forms)
    except CaseError:
        return ()


def _counts(one: DrawnDriver, named: NamedInput, forms: CaseForms) -> bool:
    """Whether an input is there to be moved: a multiple of nothing is nothing, and a number may be one that nothing takes."""
    if one.late is not None:
        return True
    record: Any = forms.form.record if named.of == "file" else forms.plan
    if one.how in ("multiplies", "odds") and not any(numbers_at(record, named.path)):
        return False
    return not named.path.endswith("enforcement.decay_per_year") or any(
        part.decay_per_year is None for part in forms.plan.components
    )


def _customers(
    forms: CaseForms, defaults: DefaultDrivers, taken: Sequence[str], without: set[str]
) -> Iterator[FoundDriver]:
    """The customers that may fail by default: those who have signed at close, and of whom the case says no failure."""
    met: set[str] = set()
    for one in forms.plan.contracts:
        customer = one.offtaker or one.name
        path = f"contracts.{one.name}.fails_in"
        later = not one.offtaker and (one.start is not None or bool(one.follows))
        said = any(each.fails_in is not None for each in forms.plan.contracts if fail_together(each, one))
        if customer in met or later or said or forms.written.of(path) in taken or f"{customer}_fails" in without:
            continue
        met.add(customer)
        rating = defaults.rating_of(customer, one.grade)
        driver = DrawnDriver(f"{customer}_fails", path, "replaces", hazard=defaults.hazard_of(rating))
        yield FoundDriver(driver, (NamedInput(path, "plan", forms.written.of(path)),), default=True, rating=rating)


def fail_together(one: OfftakeContract, other: OfftakeContract) -> bool:
    """Whether two contracts are one, or are of one offtaker.

    >>> from overbuild.site.examples import PLAN
    >>> fail_together(PLAN.contracts[0], PLAN.contracts[0]._replace(name="other"))
    False
    """
    return one.name == other.name or one.offtaker == other.offtaker != ""
