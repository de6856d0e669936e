"""Where the numbers that a model runs on come from: found by probing, for every model, listed for none.

A case is a record of numbers and a function that makes a model of it. Made of a record in which every number differs,
the model shows which of its terms and entries are plain copies of which number. Made of the record with one number
moved, it shows what is made of that number by arithmetic before the run, such as a date.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from overbuild.equations import flatten, rebuild
from overbuild.equations.model import Left, Model, RowOf, Stage
from overbuild.errors import OverbuildError


class Leaf(NamedTuple):
    """A number that a stage is given: its path in the stage's trace, and its place counted from the stage's first.

    Terms and openings have no place: -1.
    """

    stage: str
    path: str
    place: int = -1


Given = Mapping[Leaf, Any]
"""Every number that the stages of a model are given."""


def given_to(model: Model) -> dict[Leaf, Any]:
    """Every number that the stages of a model are given; what one stage hands to another is left out.

    >>> from overbuild.equations.model import Stage
    >>> debt = Stage("debt", lambda state, paid, rate: state * (1.0 + rate) - paid, None, 0.5, 100.0, [20.0, 30.0])
    >>> {(leaf.path, leaf.place): value for leaf, value in given_to(Model((debt,))).items()}
    {('state', -1): 100.0, ('rate', -1): 0.5, ('paid', 0): 20.0, ('paid', 1): 30.0}
    """
    return {leaf: value for stage in model.stages for leaf, value in _given_to(stage)}


def _given_to(stage: Stage) -> Iterator[tuple[Leaf, Any]]:
    names = iter(stage.parameters)
    opening = flatten(stage.opening, next(names)) if stage.opening is not None else {}
    columns = flatten(stage.columns, next(names)) if stage.columns is not None else {}
    terms = flatten(stage.terms, next(names)) if stage.terms is not None else {}
    for path, value in (opening | terms).items():
        if not isinstance(value, RowOf | Left):
            yield Leaf(stage.name, path), value
    for path, column in columns.items():
        if not isinstance(column, RowOf):
            yield from ((Leaf(stage.name, path, place), value) for place, value in enumerate(column))


class _Made(NamedTuple):
    """What a model is given, and what is static of its stages."""

    given: Given
    shapes: tuple[Any, ...]


def _made(model: Model) -> _Made:
    return _Made(given_to(model), tuple(stage.shape for stage in model.stages))


SOLVED = "sizing"
"""What the paths of numbers that were solved before the run start with."""


class Origins:
    """The origins of the numbers that a model of a case runs on.

    `numbers` is the record of the case, `solved` a record of what was solved before the run (an empty tuple for none);
    `model` makes a model of two such records. Paths are those of `flatten`; those of `solved` begin with `sizing`.
    `inputs` has by id the paths that one input of the case stands for, all of one value: the entries of a series that
    the case writes as one number, or a path alone.
    """

    def __init__(
        self, numbers: Any, solved: Any, model: Callable[[Any, Any], Model], inputs: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._records, self._model = (numbers, solved), model
        self.numbers = flatten(numbers)
        self.solved = flatten(solved, SOLVED)
        self.inputs = inputs

    @cached_property
    def base(self) -> Given:
        """What the model of the case itself is given."""
        return self._base.given

    @cached_property
    def _base(self) -> _Made:
        return _made(self._model(*self._records))

    def _with(self, changed: Mapping[str, Any]) -> _Made | None:
        """The model of the case with some numbers changed; None where there is none."""
        numbers, solved = (
            rebuild(record, [changed.get(path, value) for path, value in leaves.items()])
            for record, leaves in zip(self._records, (self.numbers, self.solved), strict=True)
        )
        try:
            return _made(self._model(numbers, solved))
        except (OverbuildError, ArithmeticError, IndexError):
            return None

    @cached_property
    def copies(self) -> dict[Leaf, str]:
        """The number of the case that each leaf is a plain copy of; leaves that are none are left out.

        What is a copy of a number among different ones must equal it on the case itself too: a life shorter than a
        period, say, is its own share of that period. Counts and flags, which are not replaced, are known by their path.

        >>> from overbuild.audit.examples import SITE
        >>> SITE.copies[Leaf("operation", "terms.power.price_per_mwh")]
        'power.price_per_mwh'
        """
        supply = (0.5 + 0.4 * ((0.6180339887498949 * place) % 1.0) for place in itertools.count(1))
        every = {**self.numbers, **self.solved}
        distinct = {path: next(supply) for path, value in every.items() if type(value) is float}
        paths = {number: path for path, number in distinct.items()}
        made = self._with(distinct)
        found: dict[Leaf, str] = {}
        for leaf, value in self.base.items():
            path = None if made is None else paths.get(made.given.get(leaf, value))
            plain = leaf.path.partition(".")[2]
            if path is not None and every[path] == value:
                found[leaf] = path
            elif leaf.place < 0 and plain in self.numbers and self.numbers[plain] == value:
                found[leaf] = plain
        return found

    @cached_property
    def _moved(self) -> dict[str, _Made]:
        """What the model is given once each input of the case is moved a little; those that cannot be are left out."""
        found: dict[str, _Made] = {}
        for name, paths in self.inputs.items():
            tried = (self._with(dict.fromkeys(paths, value)) for value in _beside(self.numbers[paths[0]]))
            made = next(filter(None, tried), None)
            if made is not None:
                found[name] = made
        return found

    @cached_property
    def _made_of(self) -> dict[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], dict[str, None]] = {}
        for name, made in self._moved.items():
            for leaf, value in self.base.items():
                if made.given.get(leaf, value) != value:
                    found.setdefault((leaf.stage, leaf.path), {})[name] = None
        return {key: tuple(names) for key, names in found.items()}

    def made_of(self, stage: str, path: str) -> tuple[str, ...]:
        """Inputs of the case whose move changes a term or a series, in their order: dates show in what they build.

        >>> from overbuild.audit.examples import SITE
        >>> SITE.made_of("operation", "inputs.contract_runs")
        ('offtake.tenor',)
        """
        return self._made_of.get((stage, path), ())

    @cached_property
    def scheduled(self) -> frozenset[Leaf]:
        """Leaves that are made of what was solved before the run."""
        moved = {path: _beside(value)[0] for path, value in self.solved.items() if type(value) is float}
        made = self._with(moved)
        return frozenset(
            () if made is None else (leaf for leaf, one in self.base.items() if made.given.get(leaf) != one)
        )

    def follows(self, name: str) -> bool:
        """Whether moving an input changes its copies, all of them as much, and nothing else.

        Then whoever knows the copies follows a change as the program would.

        >>> from overbuild.audit.examples import SITE
        >>> SITE.follows("site.pue"), SITE.follows("offtake.tenor")
        (True, False)
        """
        paths, made = self.inputs[name], self._moved.get(name)
        copied = {leaf for leaf, path in self.copies.items() if path in paths}
        number = self.numbers[paths[0]]
        if made is None or not copied or type(number) not in (float, int):
            return False
        if made.shapes != self._base.shapes or made.given.keys() != self.base.keys():
            return False
        moved = [value for value in _beside(number) if all(made.given[leaf] == value for leaf in copied)]
        return bool(moved) and all(leaf in copied or made.given[leaf] == one for leaf, one in self.base.items())


def _beside(value: Any) -> tuple[Any, ...]:
    """Values near to one, to be tried in turn; none for a word."""
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return (value + 1, value - 1)
    return (value * 1.01 + 0.001, value * 0.99 - 0.001)
