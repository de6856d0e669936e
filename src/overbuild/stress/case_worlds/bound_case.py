"""From the drivers of a record to the leaves of its model: found by moving each input, not listed.

The model of a case is made of its record by any arithmetic. A leaf of the model that follows one driver in a line is
scaled by the kernel: base + slope x what is drawn. A leaf that follows in another way, or follows several drivers, is
*computed*: the model is made of the record of each scenario, and the leaf is taken from there. Which is which is told by
probes: each driver alone at five values, all together in many worlds. A driver that changes what the model is made of,
not a number of it, is refused, and one that changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, cast

import numpy as np

from overbuild.equations.model import Model
from overbuild.errors import CaseError, OverbuildError
from overbuild.stress.worlds.bindings.lanes import PROBES, LeafScale
from overbuild.stress.worlds.bindings.leaves import (
    DriverLine,
    Numbers,
    StageForm,
    TakenLeaves,
    check_forms,
    forms_of,
    is_near,
    leaves_of,
    line_through,
    mixed,
    times,
)
from overbuild.stress.worlds.dependence import correlated
from overbuild.stress.worlds.draws import Row, normals, scenario_ids
from overbuild.world.drivers.dependence import Matrix, mixing
from overbuild.world.drivers.fitting import quantile_of
from overbuild.world.drivers.record_drivers import Faults, RecordMove

TOGETHER = 48
"""Worlds in which all drivers are moved together before any is run."""


class DrawnRecord(NamedTuple):
    """A record with what is drawn of it: `model_of` makes its model, `faults_of` tells what is wrong with a record."""

    record: Any
    model_of: Callable[[Any], Model]
    faults_of: Faults
    moves: tuple[RecordMove, ...]
    correlations: Matrix
    spread: float = 1.0

    def moved(self, values: Sequence[Any]) -> Any:
        """The record where these values are drawn, one a driver: numbers, or arrays over scenarios."""
        record = self.record
        for move, value in zip(self.moves, values, strict=True):
            record = move.moved(record, value, self.spread)
        return record


class DrivenLeaf(NamedTuple):
    """The place of the driver that changes a leaf, and the line in which it does."""

    place: int
    line: DriverLine


class BoundCase(NamedTuple):
    """What a run over many scenarios needs of a case: its model, the leaves that are scaled, those that are computed.

    `forms` are those of the model's stages, `taken` finds the computed leaves of a model of these.
    """

    drawn: DrawnRecord
    model: Model
    scales: Mapping[str, LeafScale]
    computed: tuple[str, ...]
    forms: tuple[StageForm, ...]
    taken: TakenLeaves


def bound_case(drawn: DrawnRecord) -> BoundCase:
    """The leaves that the drivers of a record move.

    Raises CaseError with the path of the driver: `moves_nothing`, `structural` where it changes more than numbers, and
    the fault of the record where a world is no case.
    """
    model = drawn.model_of(drawn.record)
    at_base = leaves_of(model)
    lines: dict[str, DrivenLeaf] = {}
    computed: dict[str, None] = {}
    for place, move in enumerate(drawn.moves):
        values = np.unique(quantile_of(move.distribution)(np.array(PROBES)))
        for leaf, ways in _changed(drawn, model, at_base, place, values).items():
            line = None if leaf in lines or leaf in computed else _line(leaf, values, ways)
            if line is None:
                lines.pop(leaf, None)
                computed[leaf] = None
            else:
                lines[leaf] = DrivenLeaf(place, line)
    computed |= dict.fromkeys(_otherwise(drawn, model, at_base, lines, computed))
    scales = {
        leaf: LeafScale(
            place, mixed(_as_floats(at_base[leaf]), line.base, drawn.spread), times(line.slope, drawn.spread)
        )
        for leaf, (place, line) in lines.items()
        if leaf not in computed
    }
    every = tuple(leaf for leaf in at_base if leaf in computed)
    return BoundCase(drawn, model, scales, every, forms_of(model), TakenLeaves(model, every))


def _as_floats(own: Any) -> Numbers:
    return [float(one) for one in cast("list[Any]", own)] if isinstance(own, list) else float(own)


def _line(leaf: str, values: Row, ways: Sequence[Numbers]) -> DriverLine | None:
    try:
        return line_through(leaf, values, ways)
    except CaseError:
        return None


def _changed(
    drawn: DrawnRecord, base: Model, at_base: Mapping[str, Any], place: int, values: Row
) -> dict[str, list[Numbers]]:
    """The leaves that a driver changes, each at all its values."""
    move = drawn.moves[place]
    rows = [leaves_of(_made(drawn, base, move.moved(drawn.record, float(value)), move.name)) for value in values]
    found = {leaf: [row[leaf] for row in rows] for leaf in at_base if any(row[leaf] != at_base[leaf] for row in rows)}
    if not found:
        hint = "moves no number of the model: it is a multiple of 0, or nothing takes what it stands for"
        raise CaseError("moves_nothing", f"drivers.drawn.{move.name}", move.paths[0], hint)
    return found


def _made(drawn: DrawnRecord, base: Model, record: Any, driver: str) -> Model:
    """The model of a record that a driver has moved."""
    try:
        model = drawn.model_of(record)
        same_structure(model, forms_of(base))
    except (OverbuildError, ArithmeticError) as error:
        code, said = (error.code, error.hint) if isinstance(error, OverbuildError) else ("bad_value", str(error))
        path = f"drivers.drawn.{driver}" if driver else "drivers"
        raise CaseError(code, path, driver or ", ".join(one.name for one in drawn.moves), said) from None
    return model


def same_structure(model: Model, base: Sequence[StageForm]) -> None:
    """Raise CaseError `structural` where a model is not made as one of these forms is."""
    if len(model.stages) != len(base):
        hint = "it changes what the model is made of, not a number of it; such an input is not drawn"
        raise CaseError("structural", "drivers", None, hint)
    check_forms(model, base)


def _otherwise(
    drawn: DrawnRecord,
    base: Model,
    at_base: Mapping[str, Any],
    lines: Mapping[str, DrivenLeaf],
    computed: Mapping[str, None],
) -> list[str]:
    """Leaves that are something else than their lines foretell where all drivers are moved together."""
    if not drawn.moves:
        return []
    found: dict[str, None] = {}
    whole = drawn._replace(spread=1.0)
    for values in _worlds(drawn).T:
        record = whole.moved([float(value) for value in values])
        for fault in drawn.faults_of(record):
            hint = f"drawn together they make no case in some worlds: {fault.path}: {fault.hint}; cut them, or correlate them"
            raise CaseError(fault.code, "drivers", fault.value, hint)
        moved = leaves_of(_made(drawn, base, record, ""))
        for leaf, number in at_base.items():
            if leaf not in computed and not _foretold(leaf, number, moved[leaf], values, lines):
                found[leaf] = None
    return list(found)


def _foretold(leaf: str, own: Numbers, moved: Numbers, values: Row, lines: Mapping[str, DrivenLeaf]) -> bool:
    if leaf not in lines:
        return moved == own
    place, line = lines[leaf]
    return is_near(line.at(float(values[place])), moved)


def _worlds(drawn: DrawnRecord) -> Row:
    """What is drawn in worlds that every case is tried in, (driver, world)."""
    ids = scenario_ids(0, TOGETHER)
    independent = np.array([normals(0, 1 + place, ids) for place in range(len(drawn.moves))])
    z = correlated(independent, mixing(drawn.correlations))
    return np.array([quantile_of(move.distribution)(row) for move, row in zip(drawn.moves, z, strict=True)])
