"""A case made a function: of a site by the leaves that its inputs move, of another kind by its worlds at given values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from overbuild.equations.kernel import Binding, Prepared, Scaled, Scenarios, kernel_of
from overbuild.errors import OverbuildError
from overbuild.site.case.uncertain.moved import numbers_at
from overbuild.site.case.uncertain.uncertain import OnceDriver, uncertain
from overbuild.site.case_run import CaseRun
from overbuild.stress.case_worlds.asked_results import AskedResult, asked_results, lines_of
from overbuild.stress.case_worlds.worlds import CaseWorlds, Explainable
from overbuild.stress.functions.case_function import (
    Bounds,
    CaseFunction,
    FunctionInput,
    bounds_of,
    uniform_drivers,
    word_of,
)
from overbuild.stress.worlds.bindings.bound import bound
from overbuild.stress.worlds.draws import Row
from overbuild.world.drivers.declared import UncertainInputs
from overbuild.world.drivers.leaf_paths import at
from overbuild.world.drivers.record_drivers import RecordDrivers


class SiteKernel(NamedTuple):
    """A site with its inputs as lanes: what runs it, the results that are asked for, the inputs by lane."""

    prepared: Prepared
    results: tuple[AskedResult, ...]
    inputs: tuple[FunctionInput, ...]


def site_kernel(basis: CaseRun, outputs: Sequence[str], inputs: Sequence[str] | Bounds) -> SiteKernel:
    """A site as a kernel whose lanes are its inputs, in their own units. Raises as `site_function`."""
    case = basis.shocked
    bounds = bounds_of(inputs, case.inputs)
    block = UncertainInputs(defaults=False, drawn=uniform_drivers(bounds))
    try:
        found = uncertain(block, case.forms)
        leaves = bound(case.forms, basis.sizing, found)
        results = asked_results(leaves.variants[0].model, outputs)
    except OverbuildError as error:
        raise _of_input(error, bounds) from None
    variant = leaves.variants[0]
    bindings: dict[str, Binding] = {leaf: Scaled(scale.lane) for leaf, scale in variant.scales.items()}
    kernel = kernel_of(variant.model, lines_of(results), bindings)
    prepared = kernel.on(variant.model, {leaf: (one.base, one.slope) for leaf, one in variant.scales.items()})
    told = [
        FunctionInput(path, word_of(path), *bounds[path], case.form.unit_of(path), _at_case(basis, once))
        for path, once in zip(bounds, found.once, strict=True)
    ]
    return SiteKernel(prepared, tuple(results), tuple(told))


def site_function(basis: CaseRun, outputs: Sequence[str], inputs: Sequence[str] | Bounds) -> CaseFunction:
    """A site as a function, on amounts and schedules as sized: what departs from the case does so after sizing.

    Raises InputError for outputs, inputs and bounds that cannot be; CaseError for an input that the model cannot take.
    """
    prepared, results, told = site_kernel(basis, outputs, inputs)

    def results_at(values: Row) -> Mapping[str, Row]:
        ran = prepared.run(Scenarios(values.shape[1], values))
        return {one.id: one.of(ran) for one in results}

    return CaseFunction(told, results, results_at)


def record_function(explained: Explainable, outputs: Sequence[str], inputs: Sequence[str] | Bounds) -> CaseFunction:
    """A case of another kind as a function. Raises as `site_function`."""
    case = explained.case
    bounds = bounds_of(inputs, case.inputs)
    try:
        worlds = CaseWorlds(explained, None, RecordDrivers(uniform_drivers(bounds)), outputs)
    except OverbuildError as error:
        raise _of_input(error, bounds) from None
    told = [
        FunctionInput(path, word_of(path), *bounds[path], case.unit_of(path), float(at(case.record, path)))
        for path in bounds
    ]
    return CaseFunction(told, worlds.results, lambda values: worlds.at_values(values).results)


def _at_case(basis: CaseRun, once: OnceDriver) -> float:
    named = once.inputs[0]
    record: Any = basis.shocked.forms.form.record if named.of == "file" else basis.shocked.plan
    return float(numbers_at(record, named.path)[0])


def _of_input(error: OverbuildError, bounds: Mapping[str, object]) -> OverbuildError:
    """A fault of a driver as one of the input that it stands for, that of `wanted` as one of the outputs."""
    words = {"wanted": "outputs", **{word_of(path): path for path in bounds}}
    name = error.path.removeprefix("drivers.drawn.").partition(".")[0]
    error.path = words.get(name, error.path)
    error.hint = error.hint.partition("; cut it")[0]
    error.file = error.line = error.column = None
    return error
