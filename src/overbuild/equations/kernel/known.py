"""What a kernel may take for granted of its cases: leaves that are 0 or 1 at all places of a stretch.

A site that is built has no revenue, one that stands builds nothing: most flags of a series are the same over long
stretches, and most features of a site are not in use. A loop over places is therefore two, an early stretch and a late one,
each without what its zeros leave out. Where a case parts the stretches is a number of the case; one that breaks what is
known runs on a kernel that knows nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

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


class _Runs(NamedTuple):
    """Places for which a series keeps its first value, and the place from which it keeps its last; None: not 0 or 1."""

    first: float | None
    ends: int
    last: float | None
    begins: int


def known_of(models: Sequence[Model], bound: Collection[str]) -> Known:
    """What is known of all these models; `bound` are the leaves that scenarios move.

    >>> known_of([Model((Stage("one", lambda state, runs, rate: state, None, 1.0, 9.0, [0.0, 0.0, 1.0]),))], ())
    Known(numbers={'one.rate': 1.0}, stretches=({'one.runs': 0.0}, {'one.runs': 1.0}))
    """
    found = [_known(model, bound) for model in models]
    numbers = _common([one.numbers for one in found])
    return Known(numbers, tuple(_common(some) for some in zip(*(one.stretches for one in found), strict=True)))


def _common(dictionaries: Sequence[Mapping[str, float]]) -> dict[str, float]:
    first = dictionaries[0]
    return {key: one for key, one in first.items() if all(other.get(key) == one for other in dictionaries)}


def _known(model: Model, bound: Collection[str]) -> Known:
    numbers, runs = _leaves(model, bound)
    places = _places(model)
    if places is None:
        return Known(numbers, ({},))

    def worth(split: int) -> int:
        early = sum(one.first is not None and one.ends >= split for one in runs.values())
        return early * split + sum(one.last is not None and one.begins <= split for one in runs.values()) * (
            places - split
        )

    split = max(range(places), key=worth)
    early = {key: one.first for key, one in runs.items() if one.first is not None and one.ends >= split > 0}
    late = {key: one.last for key, one in runs.items() if one.last is not None and one.begins <= split}
    return Known(numbers, (early, late))


def split_of(model: Model, known: Known, bound: Collection[str]) -> int | None:
    """The place from which the late stretch of a case runs; None where what is known does not hold of it.

    >>> model = Model((Stage("one", lambda state, runs, rate: state, None, 1.0, 9.0, [0.0, 0.0, 1.0]),))
    >>> known = known_of([model], ())
    >>> later = Model((model.stages[0]._replace(columns=[0.0, 1.0, 1.0]),))
    >>> split_of(model, known, ()), split_of(later, known, ()), split_of(Model((later.stages[0]._replace(terms=2.0),)), known, ())
    (2, 1, None)
    """
    numbers, runs = _leaves(model, bound)
    if any(numbers.get(key) != one for key, one in known.numbers.items()):
        return None
    places = _places(model)
    if len(known.stretches) == 1:
        return None if known.stretches[0] else 0
    if places is None:
        return None
    early, late = known.stretches
    if any(runs[key].last != one for key, one in late.items()):
        return None
    begins = max((runs[key].begins for key in late), default=0)
    fits = all(begins == 0 or (runs[key].first == one and runs[key].ends >= begins) for key, one in early.items())
    return begins if fits else None


def _places(model: Model) -> int | None:
    """Places of a model whose stages all have as many; None where there is no such number, or hardly any."""
    lengths = {
        len(one)
        for stage in model.stages
        if stage.columns is not None
        for one in flatten(stage.columns).values()
        if not isinstance(one, RowOf)
    }
    return lengths.pop() if len(lengths) == 1 and max(lengths) > 1 else None


def _leaves(model: Model, bound: Collection[str]) -> tuple[dict[str, float], dict[str, _Runs]]:
    """Terms that are 0 or 1, and the runs of all series, of leaves that no scenario moves."""
    numbers: dict[str, float] = {}
    runs: dict[str, _Runs] = {}
    for stage in model.stages:
        names = stage.parameters
        of = leaves_of(stage)
        series = of[names[1]] if stage.columns is not None else {}
        runs |= {f"{stage.name}.{path}": _runs(one) for path, one in series.items() if not isinstance(one, RowOf)}
        terms = of[names[-1]] if stage.terms is not None else {}
        numbers |= {f"{stage.name}.{path}": float(one) for path, one in terms.items() if one == 0.0 or one == 1.0}
    return (
        {key: one for key, one in numbers.items() if key not in bound},
        {key: one for key, one in runs.items() if key not in bound},
    )


def _runs(series: Sequence[float]) -> _Runs:
    row = [float(one) for one in series]
    ends = next((place for place, one in enumerate(row) if one != row[0]), len(row))
    begins = len(row) - next((place for place, one in enumerate(reversed(row)) if one != row[-1]), len(row))
    return _Runs(_flag(row[0]), ends, _flag(row[-1]), begins)


def _flag(number: float) -> float | None:
    return number if number in (0.0, 1.0) else None
