"""Where the numbers that a model runs on come from: found by probing, for every model, listed for none.

A case is a record of numbers and a function that makes a model of it. Made of a record in which every number differs,
the model shows which of its terms and entries are plain copies of which number. Made of the record with one number
moved, it shows what is made of that number by arithmetic before the run, such as a date.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, cast

from overbuild.equations import flatten, rebuild
from overbuild.equations.model import Left, Model, RowOf
from overbuild.equations.records import replaced
from overbuild.errors import OverbuildError


class Leaf(NamedTuple):
    """A number that a stage is given: its path in the stage's trace, and its place counted from the stage's first.

    Terms and openings have no place: -1.
    """

    stage: str
    path: str
    place: int = -1


Given = dict[tuple[str, str], Any]
"""What the stages of a model are given, by stage and path: a number, or a series as a list."""


def given_to(model: Model) -> Given:
    """What the stages of a model are given; what one stage hands to another is left out.

    >>> from overbuild.equations.model import Stage
    >>> debt = Stage("debt", lambda state, paid, rate: state * (1.0 + rate) - paid, None, 0.5, 100.0, [20.0, 30.0])
    >>> given_to(Model((debt,)))
    {('debt', 'state'): 100.0, ('debt', 'paid'): [20.0, 30.0], ('debt', 'rate'): 0.5}
    """
    flat: dict[tuple[int, str], dict[str, Any]] = {}
    found: Given = {}
    for stage in model.stages:
        records = [record for record in (stage.opening, stage.columns, stage.terms) if record is not None]
        for name, record in zip(stage.parameters, records, strict=True):
            if (id(record), name) not in flat:
                flat[id(record), name] = flatten(record, name)
            for path, value in flat[id(record), name].items():
                if not isinstance(value, RowOf | Left):
                    found[stage.name, path] = value
    return found


class _Made(NamedTuple):
    """What a model is given, and what is static of its stages."""

    given: Given
    shapes: tuple[Any, ...]


def _made(model: Model) -> _Made:
    return _Made(given_to(model), tuple(stage.shape for stage in model.stages))


SOLVED = "sizing"
"""What the paths of numbers that were solved before the run start with."""

OPPOSITE = "-"
"""What stands before the path of a number whose opposite a leaf is."""


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
        numbers, solved = self._records
        numbers = replaced(numbers, {path: value for path, value in changed.items() if path in self.numbers})
        moved = {path: value for path, value in changed.items() if path in self.solved}
        if moved:
            solved = rebuild(solved, [moved.get(path, value) for path, value in self.solved.items()])
        try:
            return _made(self._model(numbers, solved))
        except (OverbuildError, ArithmeticError, IndexError):
            return None

    @cached_property
    def input_of(self) -> dict[str, str]:
        """By the path of a number the id of the input that it stands in."""
        return {path: name for name, paths in self.inputs.items() for path in paths}

    @cached_property
    def _copies(self) -> dict[tuple[str, str], Any]:
        """By stage and path the number of the case that a term is a copy of, for a series a list with one entry a place.

        What is a copy of a number among different ones must equal it on the case itself too: a life shorter than a
        period, say, is its own share of that period. A path after a minus is that of a number whose opposite it is.
        Counts are not replaced: a term that moves as a count does is its copy.
        """
        supply = (0.5 + 0.4 * ((0.6180339887498949 * place) % 1.0) for place in itertools.count(1))
        every = {**self.numbers, **self.solved}
        distinct = {path: next(supply) for path, value in every.items() if type(value) is float}
        paths = {number: path for path, number in distinct.items()}
        made = self._with(distinct)
        there = {} if made is None else made.given

        def copy(value: Any, own: Any) -> str:
            path = paths.get(value, "")
            if path and every[path] == own:
                return path
            opposite = paths.get(-value, "") if isinstance(value, float) else ""
            return f"{OPPOSITE}{opposite}" if opposite and every[opposite] == -own else ""

        found: dict[tuple[str, str], Any] = {}
        for key, own in self.base.items():
            value = there.get(key)
            if isinstance(own, list):
                entries = cast("list[Any]", own)
                found[key] = [copy(*pair) for pair in zip(value or [None] * len(entries), entries, strict=True)]
            else:
                found[key] = copy(value, own) or self._counted(*key, own)
        return found

    def _counted(self, stage: str, path: str, own: Any) -> str:
        """The path of the count that a term equals, before and after the count is moved; empty where it is none."""
        for name in self.made_of(stage, path):
            paths = self.inputs[name]
            if len(paths) == 1 and type(self.numbers[paths[0]]) is int and self.numbers[paths[0]] == own:
                moved = self._moved[name]
                if any(moved.given[stage, path] == value for value in _beside(self.numbers[paths[0]])):
                    return paths[0]
        return ""

    def copy_of(self, leaf: Leaf) -> str:
        """The path of the number that a leaf is a plain copy of; empty where it is none.

        >>> from overbuild.audit.examples import SITE
        >>> SITE.copy_of(Leaf("site", "terms.horizon.pue")), SITE.copy_of(Leaf("site", "inputs.loans.senior.scheduled", 3))
        ('site.pue', 'sizing.loans.senior.principal.3')
        """
        found = self._copied(leaf)
        return "" if found.startswith(OPPOSITE) else found

    def opposite_of(self, leaf: Leaf) -> str:
        """The path of the number whose opposite a leaf is; empty where it is none.

        >>> from overbuild.audit.examples import SITE
        >>> SITE.opposite_of(Leaf("site", "terms.market.price.growth_per_year"))
        'market.decline_per_year'
        """
        found = self._copied(leaf)
        return found.removeprefix(OPPOSITE) if found.startswith(OPPOSITE) else ""

    def _copied(self, leaf: Leaf) -> str:
        found = self._copies.get((leaf.stage, leaf.path), "")
        return found[leaf.place] if leaf.place >= 0 and found else found

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
            for key, value in self.base.items():
                if _differs(value, made.given.get(key, value)):
                    found.setdefault(key, {})[name] = None
        return {key: tuple(names) for key, names in found.items()}

    def made_of(self, stage: str, path: str) -> tuple[str, ...]:
        """Inputs of the case whose move changes a term or a series, in their order: dates show in what they build.

        >>> from overbuild.audit.examples import SITE
        >>> SITE.made_of("site", "inputs.loans.senior.matures")
        ('site.construction_periods', 'loans.senior.tenor')
        """
        return self._made_of.get((stage, path), ())

    def is_taken(self, name: str) -> bool:
        """Whether anything that the model is given moves with an input, or its shape does."""
        made = self._moved.get(name)
        return made is not None and (made.shapes != self._base.shapes or made.given != self.base)

    @cached_property
    def _scheduled(self) -> frozenset[tuple[str, str]]:
        moved = {path: _beside(value)[0] for path, value in self.solved.items() if type(value) is float}
        made = self._with(moved)
        return frozenset(() if made is None else (key for key, one in self.base.items() if made.given.get(key) != one))

    def is_scheduled(self, leaf: Leaf) -> bool:
        """Whether a leaf is made of what was solved before the run."""
        return (leaf.stage, leaf.path) in self._scheduled

    def follows(self, name: str) -> bool:
        """Whether moving an input changes its copies, all of them as much, and nothing else.

        Then whoever knows the copies follows a change as the program would.

        >>> from overbuild.audit.examples import SITE
        >>> SITE.follows("site.pue"), SITE.follows("offtake.tenor")
        (True, False)
        """
        paths, made = set(self.inputs[name]), self._moved.get(name)
        number = self.numbers[self.inputs[name][0]]
        if made is None or type(number) not in (float, int) or made.shapes != self._base.shapes:
            return False
        return any(self._is_followed(paths, value, made.given) for value in _beside(number))

    def _is_followed(self, paths: set[str], value: Any, moved: Given) -> bool:
        """Whether what a model is given has this value wherever it copies the paths, at least once, and is else as before."""
        copied = False
        hits = dict.fromkeys(paths, value) | {f"{OPPOSITE}{path}": -value for path in paths}
        for key, own in self.base.items():
            copies, wanted = self._copies[key], own
            if not self._copied_in[key].isdisjoint(hits):
                copied = True
                pairs = zip(copies, cast("list[Any]", own), strict=True) if isinstance(own, list) else ()
                wanted = [hits.get(copy, one) for copy, one in pairs] if isinstance(own, list) else hits[copies]
            if moved.get(key) != wanted:
                return False
        return copied and moved.keys() == self.base.keys()

    @cached_property
    def _copied_in(self) -> dict[tuple[str, str], frozenset[str]]:
        """By stage and path the numbers of the case that a term, or an entry of a series, is a copy of."""
        return {
            key: frozenset(cast("list[str]", copies) if isinstance(copies, list) else (copies,))
            for key, copies in self._copies.items()
        }


def _differs(own: Any, moved: Any) -> bool:
    """Whether a number, or an entry of a series, is another one; in the places that both have."""
    if own is moved or own == moved:
        return False
    if not isinstance(own, list):
        return True
    entries, others = cast("list[Any]", own), cast("list[Any]", moved)
    return any(one != other for one, other in zip(entries, others, strict=False))


def _beside(value: Any) -> tuple[Any, ...]:
    """Values near to one, to be tried in turn; none for a word."""
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return (value + 1, value - 1)
    return (value * 1.01 + 0.001, value * 0.99 - 0.001)
