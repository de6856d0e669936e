"""Leaves that are computed: the model made of the record of each scenario, at once on arrays where it is arithmetic alone.

Whether a model can be made on arrays is not asked but tried: a branch on a drawn number raises there, and then the
model is made scenario by scenario on floats. Both ways give the same numbers; the first worlds are held against floats.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from overbuild.errors import CaseError, OverbuildError
from overbuild.stress.case_worlds.bound_case import BoundCase, same_structure
from overbuild.stress.worlds.draws import Row

_HELD = 64
_NEAR = 1e-11


class ComputedLeaves(NamedTuple):
    """The computed leaves of a block, each (scenario) or (place, scenario), and which scenarios make no case."""

    leaves: dict[str, Row]
    no_case: NDArray[np.bool_]


def computed_leaves(bound: BoundCase, values: Row, *, arrays: bool) -> ComputedLeaves:
    """The computed leaves where these values are drawn, (driver, scenario). Raises CaseError `structural`."""
    return _by_halves(bound, values) if arrays else _on_floats(bound, values)


def _by_halves(bound: BoundCase, values: Row) -> ComputedLeaves:
    """The leaves on arrays; scenarios whose arithmetic fails are found by halving, so that no other has other digits."""
    found, count = on_arrays(bound, values), values.shape[1]
    if found is not None:
        return ComputedLeaves(found, np.zeros(count, dtype=bool))
    if count == 1:
        base = bound.taken.of(bound.model)
        lost = {leaf: np.full((*np.shape(base[leaf]), 1), np.nan) for leaf in bound.computed}
        return ComputedLeaves(lost, np.ones(1, dtype=bool))
    halves = [_by_halves(bound, half) for half in (values[:, : count // 2], values[:, count // 2 :])]
    leaves = {leaf: np.concatenate([half.leaves[leaf] for half in halves], axis=-1) for leaf in bound.computed}
    return ComputedLeaves(leaves, np.concatenate([half.no_case for half in halves]))


def fits_arrays(bound: BoundCase, values: Row) -> bool:
    """Whether the first worlds come out on arrays as on floats."""
    some = values[:, :_HELD]
    found = on_arrays(bound, some)
    if found is None:
        return False
    held = _on_floats(bound, some)
    return not held.no_case.any() and all(_near(found[leaf], row) for leaf, row in held.leaves.items())


def _near(one: Row, other: Row) -> bool:
    return bool(np.all(np.abs(one - other) <= _NEAR * np.maximum(np.abs(other), 1e-300)))


def on_arrays(bound: BoundCase, values: Row) -> dict[str, Row] | None:
    """The computed leaves by one making of the model on arrays; None where it cannot be made so."""
    count = values.shape[1]
    try:
        with np.errstate(divide="raise", invalid="raise", over="raise"):
            model = bound.drawn.model_of(bound.drawn.moved(list(values)))
        same_structure(model, bound.forms)
        leaves = bound.taken.of(model)
        return {leaf: _whole(leaves[leaf], count) for leaf in bound.computed}
    except (OverbuildError, ArithmeticError, ValueError, TypeError, KeyError):
        return None


def _whole(number: Any, count: int) -> Row:
    if isinstance(number, list):
        return np.array([np.broadcast_to(np.asarray(one, dtype=float), (count,)) for one in cast("list[Any]", number)])
    return np.array(np.broadcast_to(np.asarray(number, dtype=float), (count,)))


def _on_floats(bound: BoundCase, values: Row) -> ComputedLeaves:
    base, count = bound.taken.of(bound.model), values.shape[1]
    found = {leaf: np.full((*np.shape(base[leaf]), count), np.nan) for leaf in bound.computed}
    no_case = np.zeros(count, dtype=bool)
    for place, drawn in enumerate(values.T):
        try:
            model = bound.drawn.model_of(bound.drawn.moved([float(one) for one in drawn]))
        except (OverbuildError, ArithmeticError):
            no_case[place] = True
            continue
        try:
            same_structure(model, bound.forms)
        except CaseError as error:
            error.path, error.value = "drivers", ", ".join(one.name for one in bound.drawn.moves)
            raise
        leaves = bound.taken.of(model)
        for leaf, row in found.items():
            row[..., place] = leaves[leaf]
    return ComputedLeaves(found, no_case)
