"""The leaves of a model, by name; how a driver changes one; models of one structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from overbuild.equations import flatten
from overbuild.equations.model import Left, Model, RowOf, Stage
from overbuild.equations.records import taken
from overbuild.errors import CaseError

Row: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = float | list[float]

EXACT = 1e-12
"""How far a leaf may be from the line through its ends, in shares of its size."""


def leaves_of(model: Model) -> dict[str, Any]:
    """The numbers of a model by leaf, `STAGE.PARAMETER.PATH`; what comes from other stages is none.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> from overbuild.site.model import model_of
    >>> leaves_of(model_of(PLAN, SIZING))["site.terms.horizon.pue"]
    1.0
    """
    return {leaf: number for stage in model.stages for leaf, number in leaves_of_stage(stage)}


def leaves_of_stage(stage: Stage) -> Iterator[tuple[str, Any]]:
    """The leaves of a stage with their numbers.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> from overbuild.site.model import model_of
    >>> next(leaves_of_stage(model_of(PLAN, SIZING).stage("site")))
    ('site.state.alive', 1.0)
    """
    records = [one for one in (stage.opening, stage.columns, stage.terms) if one is not None]
    for parameter, record in zip(stage.parameters, records, strict=True):
        if isinstance(record, Left):
            continue
        for path, number in flatten(record, parameter).items():
            if not isinstance(number, RowOf):
                yield f"{stage.name}.{path}", number


class DriverLine(NamedTuple):
    """A leaf as a line of what a driver draws: base + slope x value; series of a column."""

    base: Numbers
    slope: Numbers

    def at(self, value: float) -> Numbers:
        """The leaf where this is drawn.

        >>> DriverLine(1.0, 0.5).at(2.0), DriverLine([1.0, 2.0], [0.0, 1.0]).at(2.0)
        (2.0, [1.0, 4.0])
        """
        if isinstance(self.base, list) and isinstance(self.slope, list):
            return [base + slope * value for base, slope in zip(self.base, self.slope, strict=True)]
        assert isinstance(self.base, float) and isinstance(self.slope, float)
        return self.base + self.slope * value


def line_through(leaf: str, values: Row, ways: Sequence[Numbers]) -> DriverLine:
    """The line of a leaf through its ends, held against what lies between.

    Raises CaseError `not_affine`, without a path, where it is no line to within 1e-12 of the leaf.

    >>> line_through("site.terms.horizon.pue", np.array([1.0, 2.0, 4.0]), [1.5, 2.0, 3.0])
    DriverLine(base=1.0, slope=0.5)
    """
    table = np.array([np.atleast_1d(np.asarray(way, dtype=float)) for way in ways])
    width = values[-1] - values[0]
    slope = (table[-1] - table[0]) / width if width > 0.0 else np.zeros_like(table[0])
    base = table[0] - slope * values[0]
    size = np.maximum(np.max(np.abs(table), axis=0), np.abs(slope) * float(np.max(np.abs(values))))
    apart = np.abs(base + slope * values[:, None] - table)
    if bool(np.any(apart > EXACT * np.maximum(size, 1e-300))):
        hint = (
            f"the model's {leaf} does not follow it in a line; draw the number that it is made of "
            "(a date or a count is drawn as late: or hazard:)"
        )
        raise CaseError("not_affine", "", None, hint)
    return DriverLine(_as_given(base, ways[0]), _as_given(slope, ways[0]))


def is_near(one: Numbers, other: Numbers) -> bool:
    """Whether two leaves are the same but for rounding.

    >>> is_near([1.0, 0.3], [1.0, 0.1 + 0.2]), is_near(1.0, 1.1)
    (True, False)
    """
    a, b = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    return bool(np.all(np.abs(a - b) <= 1e-11 * np.maximum(np.abs(a), 1e-300)))


def times(numbers: Numbers, by: float) -> Numbers:
    """A number, or each of a series, multiplied.

    >>> times([1.0, 2.0], 0.5)
    [0.5, 1.0]
    """
    return [by * one for one in numbers] if isinstance(numbers, list) else by * numbers


def mixed(at_base: Numbers, base: Numbers, spread: float) -> Numbers:
    """The base of a line that is narrowed towards what the case has.

    >>> mixed(1.0, 3.0, 0.5), mixed([1.0], [3.0], 0.0)
    (2.0, [1.0])
    """
    if spread == 1.0:
        return base
    if isinstance(base, list) and isinstance(at_base, list):
        return [(1.0 - spread) * own + spread * one for own, one in zip(at_base, base, strict=True)]
    assert isinstance(base, float) and isinstance(at_base, float)
    return (1.0 - spread) * at_base + spread * base


def _as_given(row: Row, like: Numbers) -> Numbers:
    return [float(each) for each in row] if isinstance(like, list) else float(row[0])


class StageForm(NamedTuple):
    """How a stage is made, without its numbers: two of one form have the same leaves, each of the same length."""

    name: str
    shape: Any
    records: tuple[Any, ...]
    lengths: tuple[int, ...]


def forms_of(model: Model) -> tuple[StageForm, ...]:
    """The form of each stage of a model.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> from overbuild.site.model import model_of
    >>> forms_of(model_of(PLAN, SIZING)) == forms_of(model_of(PLAN, SIZING))
    True
    """
    return tuple(map(_form_of, model.stages))


def _form_of(stage: Stage) -> StageForm:
    forms, lengths = list[Any](), list[int]()
    for record in _records(stage):
        leaves, form = taken(record)
        forms.append(form)
        lengths += [len(cast("list[Any]", one)) if isinstance(one, list) else 0 for one in leaves]
    return StageForm(stage.name, stage.shape, tuple(forms), tuple(lengths))


def check_structure(model: Model, base: Model) -> None:
    """Raise CaseError `structural`, without a path, where a model is not made as another is."""
    check_forms(model, forms_of(base))


def check_forms(model: Model, base: Sequence[StageForm]) -> None:
    """Raise CaseError `structural`, without a path, where a model is not made as one of these forms is."""
    for one, other in zip(map(_form_of, model.stages), base, strict=True):
        if one != other:
            hint = f"it changes what the stage {one.name} is made of, not a number of it; such an input is not drawn"
            raise CaseError("structural", "", None, hint)


class _LeafPlace(NamedTuple):
    """Where a leaf stands: its stage, and its position among all leaves of that."""

    leaf: str
    stage: int
    position: int


class TakenLeaves:
    """Some leaves of models of one form, taken by their places: no path is written out for each model."""

    def __init__(self, base: Model, wanted: Sequence[str]) -> None:
        self._places: list[_LeafPlace] = []
        for place, stage in enumerate(base.stages):
            order = {leaf: position for position, leaf in enumerate(_paths(stage))}
            self._places += [_LeafPlace(leaf, place, order[leaf]) for leaf in wanted if leaf in order]

    def of(self, model: Model) -> dict[str, Any]:
        """The leaves of a model by path.

        >>> from overbuild.site.examples import PLAN, SIZING
        >>> from overbuild.site.model import model_of
        >>> model = model_of(PLAN, SIZING)
        >>> TakenLeaves(model, ["site.terms.horizon.pue"]).of(model)
        {'site.terms.horizon.pue': 1.0}
        """
        ready: dict[int, list[Any]] = {}
        for stage in {one.stage for one in self._places}:
            ready[stage] = [leaf for record in _records(model.stages[stage]) for leaf in taken(record).leaves]
        return {one.leaf: ready[one.stage][one.position] for one in self._places}


def _records(stage: Stage) -> list[Any]:
    records = (stage.opening, stage.columns, stage.terms)
    return [one for one in records if one is not None and not isinstance(one, Left)]


def _paths(stage: Stage) -> Iterator[str]:
    records = [one for one in (stage.opening, stage.columns, stage.terms) if one is not None]
    for parameter, record in zip(stage.parameters, records, strict=True):
        if not isinstance(record, Left):
            yield from (f"{stage.name}.{path}" for path in flatten(record, parameter))
