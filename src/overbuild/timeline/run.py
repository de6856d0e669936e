"""The one loop over periods: the only code that knows time as an axis."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import nullcontext
from typing import Any, Generic, NamedTuple, TypeVar

from overbuild.equations import collecting, flatten, rebuild
from overbuild.errors import InputError

State = TypeVar("State")
Inputs = TypeVar("Inputs")
Terms = TypeVar("Terms")


class Run(NamedTuple, Generic[State]):
    """What a run leaves: the state after the last period, and each named line with one entry a period.

    On arrays an entry is a number (the same in all scenarios) or an array over scenarios.
    """

    final: State
    rows: dict[str, list[Any]]


def run_periods(
    period: Callable[[State, Inputs, Terms], State],
    state: State,
    columns: Inputs,
    terms: Terms,
    names: Collection[str] | None = None,
) -> Run[State]:
    """Run a period function over the columns of its inputs, from the opening state to the last period.

    Each leaf of `columns` is a list (or an array, time first) with one entry a period: floats, or arrays over
    scenarios. All lines are
    kept, or those of `names`. On arrays NumPy raises FloatingPointError on a division by zero or a lost number.
    Raises InputError (`length_mismatch`) when columns differ in length.

    >>> from overbuild.equations import line
    >>> run_periods(lambda debt, paid, rate: line("debt", debt * (1.0 + rate) - paid), 100.0, [20.0, 30.0], 0.5)
    Run(final=165.0, rows={'debt': [130.0, 165.0]})
    """
    bare = not hasattr(columns, "_fields")
    leaves: list[Any] = [columns] if bare else list(flatten(columns).values())
    lengths = {len(leaf) for leaf in leaves}
    if len(lengths) != 1:
        paths = {path: len(leaf) for path, leaf in flatten(columns).items()}
        raise InputError("length_mismatch", "inputs", paths, "each series needs one number a period")
    with collecting(names) as rows, _strict(leaves, state, terms):
        for entries in zip(*leaves, strict=True):
            state = period(state, entries[0] if bare else rebuild(columns, entries), terms)
    return Run(state, rows)


def stacked(row: list[Any], scenarios: int) -> Any:
    """A collected row as an array (period, scenario)."""
    import numpy as np

    return np.stack([np.broadcast_to(np.asarray(entry, dtype=float), (scenarios,)) for entry in row])


def _strict(leaves: list[Any], *records: Any) -> Any:
    numbers = [leaf[0] for leaf in leaves if len(leaf)] + [n for record in records for n in flatten(record).values()]
    if all(isinstance(number, float | int) for number in numbers):
        return nullcontext()
    import numpy as np

    return np.errstate(divide="raise", invalid="raise", over="raise")
