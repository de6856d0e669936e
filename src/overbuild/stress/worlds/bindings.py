"""From what is uncertain in a case to leaves of its model: found by moving each input as a shock does, not listed.

A driver that is drawn once becomes a *lane*, a number of each scenario; every leaf of the model that it changes is base
+ slope x that number, or the driver is refused. What moves from period to period is a stage of the model, whose normals
are drawn. Delays are a few variants of the model, of one structure, each with its own numbers.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from overbuild.equations import flatten
from overbuild.equations.model import Left, Model, RowOf, Stage
from overbuild.errors import CaseError
from overbuild.site.drawn.moved import moved_plan
from overbuild.site.drawn.named_inputs import CaseForms, NamedInput
from overbuild.site.drawn.uncertain import OnceDriver, Uncertain
from overbuild.site.model import FixedBySizing, model_of
from overbuild.world.drivers.dependence import Matrix
from overbuild.world.drivers.distributions import Quantile, normal
from overbuild.world.drivers.fitting import quantile_of
from overbuild.world.drivers.late import LateVector, which_vector
from overbuild.world.drivers.world import World

Row: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = float | list[float]
Move: TypeAlias = tuple[NamedInput, str, float]

PROBES = (-3.0, -1.5, 0.0, 1.5, 3.0)
"""Standard normal numbers at whose values a driver is tried."""

EXACT = 1e-12
"""How far a leaf may be from the line through its ends, in shares of its size."""


class LeafScale(NamedTuple):
    """A leaf of the model, `STAGE.PARAMETER.PATH`: base + slope x the number of a lane; series of a column."""

    lane: int
    base: Numbers
    slope: Numbers


class LaneDriver(NamedTuple):
    """A number that is drawn once for a scenario: the coordinate whose normal it is a value of, and its distribution."""

    name: str
    coordinate: int
    values: Quantile


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
            return np.zeros(normals.shape[1], dtype=int)
        return which_vector(tuple(one.share for one in self.variants), normals[self.late])


def number_of(name: str) -> int:
    """The number of the driver that draws a name: the same in every case, so that cases can be compared on common draws.

    >>> number_of("rent.trend") == number_of("rent.trend"), number_of("rent") == number_of("sofr")
    (True, False)
    """
    return zlib.crc32(name.encode())


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
    variants: list[LateVariant] = []
    first: _Case | None = None
    for vector in vectors:
        case = _Case(forms, sizing, world, vector.periods)
        base = case.model(())
        _same_structure(base, variants[0].model if variants else base, found.late.name if found.late else "")
        first = first or case
        scales = _as_the_first(case, first, found.once, variants)
        if scales is None:
            scales = _scales(case, base, found.once, spread, trends=tuple(one.name for one in trends))
        variants.append(LateVariant(vector.periods, vector.share, base, scales))
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


def _scales(
    case: _Case, base: Model, once: Sequence[OnceDriver], spread: float, *, trends: tuple[str, ...]
) -> dict[str, LeafScale]:
    """Every leaf that a lane changes. A leaf that two lanes change is refused: their product is no line."""
    scales: dict[str, LeafScale] = {}
    by: dict[str, str] = {}
    at_base = leaves_of(base)
    for lane, one in enumerate(once):
        for leaf, (start, slope) in _lines(case, base, at_base, one).items():
            if leaf in scales:
                hint = (
                    f"{by[leaf]} changes the same number of the model ({leaf}); draw one of them, or both as one driver"
                )
                raise _refused("not_affine", one.name, one.inputs[0].written, hint)
            by[leaf] = one.name
            kept = _mixed(at_base[leaf], start, spread)
            scales[leaf] = LeafScale(lane, kept, _times(slope, spread))
    for place, name in enumerate(trends):
        scales[f"world.terms.drivers.{name}.trend"] = LeafScale(len(once) + place, 0.0, 1.0)
    return scales


def _as_the_first(
    case: _Case, first: _Case, once: Sequence[OnceDriver], variants: Sequence[LateVariant]
) -> Mapping[str, LeafScale] | None:
    """The scales of the first variant where they hold for this one too; None where they are to be found.

    They hold where moving all drivers changes the same leaves, to the same numbers: terms do not know of delays.
    """
    if not variants or not once:
        return None
    moves = [(named, one.how, _probe(one)) for one in once for named in one.inputs]
    own, others = leaves_of(case.model(())), leaves_of(variants[0].model)
    moved, beside = leaves_of(case.model(moves)), leaves_of(first.model(moves))
    changed = {leaf for leaf, number in own.items() if moved[leaf] != number}
    also = {leaf for leaf, number in others.items() if beside[leaf] != number}
    same = changed == also and all(moved[leaf] == beside[leaf] and own[leaf] == others[leaf] for leaf in changed)
    return variants[0].scales if same else None


def _probe(one: OnceDriver) -> float:
    return float(quantile_of(one.distribution)(np.array([PROBES[-2]]))[0])


def _lines(case: _Case, base: Model, at_base: Mapping[str, Any], one: OnceDriver) -> dict[str, tuple[Numbers, Numbers]]:
    """The leaves that a driver changes, each with the base and the slope of its line."""
    values = np.unique(quantile_of(one.distribution)(np.array(PROBES)))
    moves = [[(named, one.how, float(value)) for named in one.inputs] for value in values]
    tried = [case.model(move) for move in moves]
    for model in tried:
        _same_structure(model, base, one.name)
    rows = [leaves_of(model) for model in tried]
    found: dict[str, tuple[Numbers, Numbers]] = {}
    for leaf, number in at_base.items():
        ways = [row[leaf] for row in rows]
        if any(way != number for way in ways):
            found[leaf] = _line(one, leaf, values, ways)
    if not found:
        hint = "moves no number of the model: the sizing has fixed what it stands for, or nothing takes it"
        raise _refused("moves_nothing", one.name, one.inputs[0].written, hint)
    return found


def _line(one: OnceDriver, leaf: str, values: Row, ways: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """Base and slope of a leaf from its ends, held against what lies between."""
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
        raise _refused("not_affine", one.name, one.inputs[0].written, hint)
    return _as_given(base, ways[0]), _as_given(slope, ways[0])


def _as_given(row: Row, like: Numbers) -> Numbers:
    return [float(each) for each in row] if isinstance(like, list) else float(row[0])


def _mixed(at_base: Numbers, base: Numbers, spread: float) -> Numbers:
    """The base of a line that is narrowed towards what the case has."""
    if spread == 1.0:
        return base
    if isinstance(base, list) and isinstance(at_base, list):
        return [(1.0 - spread) * own + spread * one for own, one in zip(at_base, base, strict=True)]
    assert isinstance(base, float) and isinstance(at_base, float)
    return (1.0 - spread) * at_base + spread * base


def _times(numbers: Numbers, by: float) -> Numbers:
    return [by * one for one in numbers] if isinstance(numbers, list) else by * numbers


def _refused(code: str, driver: str, value: object, hint: str) -> CaseError:
    return CaseError(code, f"drivers.drawn.{driver}", value, hint)


def leaves_of(model: Model) -> dict[str, Any]:
    """The numbers of a model by leaf, `STAGE.PARAMETER.PATH`; what comes from other stages is none.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> leaves_of(model_of(PLAN, SIZING))["site.terms.horizon.pue"]
    1.0
    """
    return {leaf: number for stage in model.stages for leaf, number in _of_stage(stage)}


def _of_stage(stage: Stage) -> Iterator[tuple[str, Any]]:
    records = [one for one in (stage.opening, stage.columns, stage.terms) if one is not None]
    for parameter, record in zip(stage.parameters, records, strict=True):
        if isinstance(record, Left):
            continue
        for path, number in flatten(record, parameter).items():
            if not isinstance(number, RowOf):
                yield f"{stage.name}.{path}", number


def _same_structure(model: Model, base: Model, driver: str) -> None:
    for one, other in zip(model.stages, base.stages, strict=True):
        if one.shape != other.shape or not _same_lengths(one, other):
            hint = f"it changes what the stage {one.name} is made of, not a number of it; such an input is not drawn"
            raise _refused("structural", driver, None, hint)


def _same_lengths(one: Stage, other: Stage) -> bool:
    own, others = dict(_of_stage(one)), dict(_of_stage(other))
    lengths, beside = ({leaf: np.size(number) for leaf, number in leaves.items()} for leaves in (own, others))
    return lengths == beside


def _drawn(model: Model) -> Iterator[DrawnLeaf]:
    """The leaves of the stage of the world that are drawn in every place."""
    for stage in model.stages:
        if stage.name == "world":
            for leaf, _ in _of_stage(stage):
                name = leaf.removeprefix("world.inputs.")
                if name.startswith(("draws.", "jumps.")) or name == "regime":
                    yield DrawnLeaf(leaf, number_of(name))
