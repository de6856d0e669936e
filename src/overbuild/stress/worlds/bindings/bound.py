"""From what is uncertain in a case to leaves of its model: found by moving each input as a shock does, not listed.

A driver that is drawn once becomes a *lane*, a number of each scenario; every leaf of the model that it changes is base
+ slope x that number, or the driver is refused. What moves from period to period is a stage of the model, whose normals
are drawn. Delays are a few variants of the model, of one structure, each with its own numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from overbuild.equations.model import Model
from overbuild.errors import CaseError
from overbuild.site.case.uncertain.moved import moved_plan
from overbuild.site.case.uncertain.named_inputs import CaseForms, NamedInput
from overbuild.site.case.uncertain.uncertain import OnceDriver, Uncertain
from overbuild.site.model import FixedBySizing, model_of
from overbuild.stress.worlds.bindings.lanes import PROBES, LaneDriver, LeafScale, number_of
from overbuild.stress.worlds.bindings.leaves import (
    DriverLine,
    Numbers,
    Row,
    check_structure,
    is_near,
    leaves_of,
    leaves_of_stage,
    line_through,
    mixed,
    times,
)
from overbuild.world.drivers.dependence import Matrix
from overbuild.world.drivers.distributions import normal
from overbuild.world.drivers.fitting import quantile_of
from overbuild.world.drivers.late import LateVector, which_vector
from overbuild.world.drivers.paths.world import MovingDriver, World

T = TypeVar("T")
Move: TypeAlias = tuple[NamedInput, str, float]

_TOGETHER = 1.25
"""The standard normal number at which all drivers are moved together."""


class DrawnLeaf(NamedTuple):
    """A leaf whose numbers are standard normals, one a place, and the number of the driver that draws it."""

    leaf: str
    number: int


class LateVariant(NamedTuple):
    """The model with completion so late, what its lanes do to its leaves, and how often it is drawn."""

    periods: tuple[int, ...]
    share: float
    model: Model
    scales: Mapping[str, LeafScale]


class Bound(NamedTuple):
    """What a run over many scenarios needs of a case.

    `names` are the coordinates that are drawn once, standard normals with these `correlations`; `numbers` are those of
    the drivers that draw them. `late` is the coordinate that chooses the variant, None where there is one.
    """

    names: tuple[str, ...]
    numbers: tuple[int, ...]
    correlations: Matrix
    lanes: tuple[LaneDriver, ...]
    drawn: tuple[DrawnLeaf, ...]
    variants: tuple[LateVariant, ...]
    late: int | None

    def lane_values(self, normals: Row) -> Row:
        """The numbers of the lanes, (lane, scenario), from correlated normals, (coordinate, scenario)."""
        found: Row = np.empty((len(self.lanes), normals.shape[1]))
        for place, lane in enumerate(self.lanes):
            found[place] = lane.values(normals[lane.coordinate])
        return found

    def variant_of(self, normals: Row) -> NDArray[np.int_]:
        """The place of the variant of each scenario, from correlated normals, (coordinate, scenario)."""
        if self.late is None:
            return np.zeros(int(normals.shape[1]), dtype=np.int_)
        return which_vector(tuple(one.share for one in self.variants), normals[self.late])


def bound(forms: CaseForms, sizing: FixedBySizing, found: Uncertain, spread: float = 1.0) -> Bound:
    """The leaves that what is uncertain moves, on the commitments, schedules and base case of a sizing.

    `spread` multiplies every spread; with 0 every scenario is the case itself. Raises CaseError, with the path of the
    driver: `moves_nothing`, `not_affine`, and `structural` where a driver changes more than numbers.
    """
    world = found.world.with_spread(spread)
    vectors = _narrower(found.late.vectors if found.late else (LateVector((0,) * len(forms.plan.phases), 1.0),), spread)
    lanes = [LaneDriver(one.name, found.names.index(one.name), quantile_of(one.distribution)) for one in found.once]
    trends = [one for one in world.drivers if one.dynamics.trend_sd]
    lanes += [LaneDriver(one.name, found.names.index(one.name), normal(0.0, one.dynamics.trend_sd)) for one in trends]
    cases = [_Case(forms, sizing, world, vector.periods) for vector in vectors]
    models = [case.model(()) for case in cases]
    for model in models[1:]:
        _told(found.late.name if found.late else "", None, lambda model=model: check_structure(model, models[0]))
    lines = _lines_of_all(cases, models, found.once)
    variants = [
        LateVariant(
            vector.periods, vector.share, model, _scales(leaves_of(model), each, spread, trends, len(found.once))
        )
        for vector, model, each in zip(vectors, models, lines, strict=True)
    ]
    return Bound(
        names=found.names,
        numbers=tuple(number_of(f"{name}.once") for name in found.names),
        correlations=found.correlations,
        lanes=tuple(lanes),
        drawn=tuple(_drawn(variants[0].model)),
        variants=tuple(variants),
        late=found.names.index(found.late.name) if found.late and len(variants) > 1 else None,
    )


def _narrower(vectors: Sequence[LateVector], spread: float) -> list[LateVector]:
    """Vectors with what is late drawn less often; the case itself is the first."""
    rest = [one for one in vectors if any(one.periods)]
    shares = [one.share * spread for one in rest]
    on_time = LateVector((0,) * len(vectors[0].periods), 1.0 - sum(shares))
    return [on_time, *(one._replace(share=share) for one, share in zip(rest, shares, strict=True) if share > 0.0)]


class _Case(NamedTuple):
    """A case that is so late, in a world, on a sizing: models of it with inputs moved."""

    forms: CaseForms
    sizing: FixedBySizing
    world: World
    late: tuple[int, ...]

    def model(self, moves: Sequence[Move]) -> Model:
        plan = moved_plan(self.forms, moves, self.late)
        moving = bool(self.world.drivers or self.world.customers)
        return model_of(plan, self.sizing, self.world if moving else None)


Lines: TypeAlias = dict[str, tuple[int, DriverLine]]
"""By leaf: the place of the driver that changes it, and the line."""


def _lines_of_all(cases: Sequence[_Case], models: Sequence[Model], once: Sequence[OnceDriver]) -> list[Lines]:
    """The lines of each variant; those of the first where they hold for it too, as terms do not know of delays.

    A leaf that one variant's driver changes and another's does not is a line without a slope there.
    """
    found: list[Lines] = []
    for case, model in zip(cases, models, strict=True):
        at_base = leaves_of(model)
        if not found or not _hold(case, at_base, once, found[0]):
            own = _lines(case, model, at_base, once)
            if not _hold(case, at_base, once, own):
                hint = (
                    "drivers change a number of the model together in another way than each alone; draw fewer of them"
                )
                raise CaseError("not_affine", "drivers", ", ".join(one.name for one in once), hint)
            found.append(own)
        else:
            found.append(found[0])
    every = {leaf: place for lines in found for leaf, (place, _) in lines.items()}
    for lines, model in zip(found, models, strict=True):
        at_base = leaves_of(model) if every.keys() - lines.keys() else {}
        for leaf in every.keys() - lines.keys():
            lines[leaf] = (every[leaf], DriverLine(at_base[leaf], times(at_base[leaf], 0.0)))
    return found


def _hold(case: _Case, at_base: Mapping[str, Any], once: Sequence[OnceDriver], lines: Lines) -> bool:
    """Whether lines foretell every leaf of a model in which all drivers are moved together."""
    if not once:
        return not lines
    values = [float(quantile_of(one.distribution)(np.array([_TOGETHER]))[0]) for one in once]
    moves = [(named, one.how, value) for one, value in zip(once, values, strict=True) for named in one.inputs]
    moved = leaves_of(case.model(moves))
    for leaf, number in at_base.items():
        if leaf not in lines:
            if moved[leaf] != number:
                return False
        else:
            place, line = lines[leaf]
            if not is_near(line.at(values[place]), moved[leaf]):
                return False
    return True


def _lines(case: _Case, base: Model, at_base: Mapping[str, Any], once: Sequence[OnceDriver]) -> Lines:
    """The lines of every leaf that a driver changes. A leaf that two drivers change is refused."""
    found: Lines = {}
    for place, one in enumerate(once):
        values = np.unique(quantile_of(one.distribution)(np.array(PROBES)))
        for leaf, ways in _changed(case, base, at_base, one, values).items():
            if leaf in found:
                other = once[found[leaf][0]].name
                hint = f"{other} changes the same number of the model ({leaf}); draw one of them, or both as one driver"
                raise CaseError("not_affine", _path(one.name), one.inputs[0].written, hint)
            found[leaf] = (place, _told(one.name, one.inputs[0].written, partial(line_through, leaf, values, ways)))
    return found


def _changed(
    case: _Case, base: Model, at_base: Mapping[str, Any], one: OnceDriver, values: Row
) -> dict[str, list[Numbers]]:
    """The leaves that a driver changes, each at all its values."""
    rows: list[dict[str, Any]] = []
    for value in values:
        model = case.model([(named, one.how, float(value)) for named in one.inputs])
        _told(one.name, one.inputs[0].written, partial(check_structure, model, base))
        rows.append(leaves_of(model))
    ways = {leaf: [row[leaf] for row in rows] for leaf in at_base}
    found = {leaf: way for leaf, way in ways.items() if any(each != at_base[leaf] for each in way)}
    if not found:
        hint = "moves no number of the model: the sizing has fixed what it stands for, or nothing takes it"
        raise CaseError("moves_nothing", _path(one.name), one.inputs[0].written, hint)
    return found


def _path(driver: str) -> str:
    return f"drivers.drawn.{driver}"


def _told(driver: str, given: object, work: Callable[[], T]) -> T:
    """What some work comes to; a fault of it names the driver."""
    try:
        return work()
    except CaseError as error:
        error.path, error.value = _path(driver), given
        raise


def _scales(
    at_base: Mapping[str, Any], lines: Lines, spread: float, trends: Sequence[MovingDriver], first: int
) -> dict[str, LeafScale]:
    """The scales of a variant, narrowed towards the case; `first` is the lane of the first trend."""
    found = {
        leaf: LeafScale(place, mixed(at_base[leaf], line.base, spread), times(line.slope, spread))
        for leaf, (place, line) in lines.items()
    }
    for place, one in enumerate(trends):
        found[f"world.terms.drivers.{one.name}.trend"] = LeafScale(first + place, 0.0, 1.0)
    return found


def _drawn(model: Model) -> Iterator[DrawnLeaf]:
    """The leaves of the stage of the world that are drawn in every place."""
    for stage in model.stages:
        if stage.name == "world":
            for leaf, _ in leaves_of_stage(stage):
                name = leaf.removeprefix("world.inputs.")
                if name.startswith(("draws.", "jumps.")) or name == "regime":
                    yield DrawnLeaf(leaf, number_of(name))
