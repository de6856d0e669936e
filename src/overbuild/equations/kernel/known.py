"""What a kernel may take for granted of its cases: leaves that are 0 or 1 at all places of a stretch.

A site that is built has no revenue, one that stands builds nothing: most flags of a series are the same over long
stretches, and most features of a site are not in use. A loop over places is therefore up to three, one a stretch, each
without what its zeros leave out. Where a case parts the stretches is a number of the case; one that breaks what is known
runs on a kernel that knows nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.equations.model import Left, Model, RowOf, Stage
from overbuild.equations.records import flatten


def leaves_of(stage: Stage) -> dict[str, dict[str, Any]]:
    """The leaves of what a stage is given by the name of the parameter: each by its path from the parameter on.

    >>> from overbuild.equations.model import Stage
    >>> leaves_of(Stage("debt", lambda state, paid, rate: state, None, 0.5, 9.0, [2.0]))
    {'state': {'state': 9.0}, 'paid': {'paid': [2.0]}, 'rate': {'rate': 0.5}}
    """
    records = [one for one in (stage.opening, stage.columns, stage.terms) if one is not None]
    return {
        name: {} if isinstance(record, Left) else flatten(record, name)
        for name, record in zip(stage.parameters, records, strict=True)
    }


class Known(NamedTuple):
    """Numbers of the case that are 0 or 1, and series that are so in each of the stretches, by key."""

    numbers: Mapping[str, float]
    stretches: tuple[Mapping[str, float], ...]

    def literal(self, key: str, stretch: int | None) -> float | None:
        """What is known of a leaf, of a series in a stretch; None where nothing is."""
        return self.numbers.get(key) if stretch is None else self.stretches[stretch].get(key)

    @property
    def pattern(self) -> tuple[tuple[tuple[str, float], ...], ...]:
        """The same, to compare."""
        return tuple(tuple(sorted(one.items())) for one in (self.numbers, *self.stretches))


NOTHING = Known({}, ({},))
"""What holds of every case."""


def known_of(models: Sequence[Model], bound: Collection[str]) -> Known:
    """What is known of all these models; `bound` are the leaves that scenarios move.

    >>> known_of([Model((Stage("one", lambda state, runs, rate: state, None, 1.0, 9.0, [0.0, 0.0, 1.0]),))], ())
    Known(numbers={'one.rate': 1.0}, stretches=({'one.runs': 0.0}, {'one.runs': 1.0}))
    """
    found = [_known(model, bound) for model in models]
    many = min(len(one.stretches) for one in found)
    numbers = _common([one.numbers for one in found])
    if any(len(one.stretches) != many for one in found):
        return Known(numbers, ({},))
    return Known(numbers, tuple(_common(some) for some in zip(*(one.stretches for one in found), strict=True)))


def _common(dictionaries: Sequence[Mapping[str, float]]) -> dict[str, float]:
    first = dictionaries[0]
    return {key: one for key, one in first.items() if all(other.get(key) == one for other in dictionaries)}


def _known(model: Model, bound: Collection[str]) -> Known:
    numbers, series = _leaves(model, bound)
    if not series or len({len(row) for row in series.values()}) > 1:
        return Known(numbers, ({},))
    rows = np.array(list(series.values()))
    starts = _parted(rows)
    stretches: list[dict[str, float]] = []
    for low, high in zip(starts, (*starts[1:], rows.shape[1]), strict=True):
        some = rows[:, low:high]
        same = np.all(some == some[:, :1], axis=1) & ((some[:, 0] == 0.0) | (some[:, 0] == 1.0))
        stretches.append({key: float(row[0]) for key, row, one in zip(series, some, same, strict=True) if one})
    return Known(numbers, tuple(stretches))


def _parted(rows: NDArray[np.float64]) -> tuple[int, ...]:
    """Where up to three stretches start in which most series are 0 or 1 throughout, weighed by their places."""
    places = rows.shape[1]
    ends = np.full(rows.shape, places)
    for place in range(places - 2, -1, -1):
        ends[:, place] = np.where(rows[:, place] == rows[:, place + 1], ends[:, place + 1], place + 1)
    ends[(rows != 0.0) & (rows != 1.0)] = 0
    # worth of a stretch by where it starts and ends: its places times the series that keep to 0 or 1 in it
    high: NDArray[np.int64] = np.arange(places + 1, dtype=np.int64)
    worth = np.zeros((places, places + 1))
    for low in range(places):
        keep = len(ends) - np.searchsorted(np.sort(ends[:, low]), high)
        worth[low] = np.maximum(high - low, 0) * keep
    both = np.triu(worth[0, :places, None] + worth[:, :places] + worth[None, :, places])
    one, other = divmod(int(both.argmax()), places)
    return tuple(sorted({0, one, other}))


def starts_of(model: Model, known: Known, bound: Collection[str]) -> tuple[int, ...] | None:
    """Where the stretches of a case start; None where what is known does not hold of it.

    >>> model = Model((Stage("one", lambda state, runs, rate: state, None, 1.0, 9.0, [0.0, 0.0, 1.0]),))
    >>> known = known_of([model], ())
    >>> later = Model((model.stages[0]._replace(columns=[0.0, 1.0, 1.0]),))
    >>> other = Model((later.stages[0]._replace(terms=2.0),))
    >>> [starts_of(one, known, ()) for one in (model, later, other)]
    [(0, 2), (0, 1), None]
    """
    numbers, series = _leaves(model, bound)
    if any(numbers.get(key) != one for key, one in known.numbers.items()):
        return None
    if known.stretches == ({},):
        return (0,)
    high = max((len(row) for row in series.values()), default=0)
    starts: list[int] = []
    for stretch in reversed(known.stretches):
        differ = [np.flatnonzero(series[key][:high] != one) for key, one in stretch.items()]
        high = max((int(places[-1]) + 1 for places in differ if places.size), default=0)
        starts.append(high)
    return (*reversed(starts),) if high == 0 else None


def _leaves(model: Model, bound: Collection[str]) -> tuple[dict[str, float], dict[str, NDArray[np.float64]]]:
    """Terms that are 0 or 1, and all series, of leaves that no scenario moves."""
    numbers: dict[str, float] = {}
    series: dict[str, NDArray[np.float64]] = {}
    for stage in model.stages:
        names = stage.parameters
        of = leaves_of(stage)
        rows = of[names[1]] if stage.columns is not None else {}
        series |= {f"{stage.name}.{path}": np.asarray(one) for path, one in rows.items() if not isinstance(one, RowOf)}
        terms = of[names[-1]] if stage.terms is not None else {}
        numbers |= {f"{stage.name}.{path}": float(one) for path, one in terms.items() if one == 0.0 or one == 1.0}
    return (
        {key: one for key, one in numbers.items() if key not in bound},
        {key: one for key, one in series.items() if key not in bound},
    )
