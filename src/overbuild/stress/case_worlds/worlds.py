"""The worlds of a case, made ready: what each draws, and what its results come to in any stretch of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from overbuild.equations.kernel import Binding, Lane, LaneColumn, Scaled, Scenarios, Wanted, kernel_of
from overbuild.equations.model import Model
from overbuild.errors import OverbuildError, raise_all
from overbuild.stress.case_worlds.asked_results import AskedResult, asked_results, lines_of
from overbuild.stress.case_worlds.bound_case import BoundCase, DrawnRecord, bound_case
from overbuild.stress.case_worlds.computed import computed_leaves, fits_arrays
from overbuild.stress.worlds.bindings.lanes import number_of
from overbuild.stress.worlds.bindings.leaves import leaves_of
from overbuild.stress.worlds.draws import Row
from overbuild.stress.worlds.sampling import drawn_once, planned
from overbuild.stress.worlds.settings import StressSettings
from overbuild.stress.worlds.workers.summarised import BLOCK
from overbuild.timeline.run import run_model
from overbuild.world.case_record import CaseRecord
from overbuild.world.drivers.dependence import mixing
from overbuild.world.drivers.fitting import quantile_of
from overbuild.world.drivers.leaf_paths import replaced
from overbuild.world.drivers.record_drivers import RecordDrivers, correlations_of, moves_of, record_driver_faults
from overbuild.world.fields import currency_of

NO_CASE, NO_NUMBER = "what is drawn makes no case", "a result is lost in arithmetic"


class Explainable(Protocol):
    """A case whose file form is its record, with the model of its record."""

    @property
    def case(self) -> CaseRecord[Any]:
        """The case as read."""
        ...

    @property
    def model_of(self) -> Callable[[Any], Model]:
        """What makes the model of a record."""
        ...


@dataclass(frozen=True)
class CaseOfKind:
    """The plainest explainable case."""

    case: CaseRecord[Any]
    model_of: Callable[[Any], Model]


class WorldsOfBlock(NamedTuple):
    """A block of worlds: values of the drivers, results (NaN where one does not exist), why a world is none (0: it is)."""

    drawn: Row
    results: dict[str, Row]
    failed: NDArray[np.int64]


class CaseWorlds:
    """The worlds of a case under settings; `wanted` are ids of results, all where there are none.

    Raises InputError(s) for settings and ids that cannot be, CaseError(s) for drivers that the case cannot take.
    """

    def __init__(
        self,
        explained: Explainable,
        settings: StressSettings | None = None,
        drivers: RecordDrivers | None = None,
        wanted: Sequence[str] = (),
    ) -> None:
        self.explained, self.case = explained, explained.case
        self.settings = settings or StressSettings()
        self.drivers = drivers or self.case.drivers or RecordDrivers()
        self.how_many, self.sampling = planned(len(self.drivers.drawn), self.settings)
        record, faults_of = self.case.record, self.case.kind.faults_of
        raise_all([self.case.locate(one) for one in record_driver_faults(self.drivers, record, faults_of)])
        moves, matrix = moves_of(self.drivers, record), correlations_of(self.drivers)
        drawn = DrawnRecord(record, explained.model_of, faults_of, moves, matrix, self.settings.spread)
        try:
            self.bound: BoundCase = bound_case(drawn)
        except OverbuildError as error:
            raise self.case.locate(error) from None
        self.results: tuple[AskedResult, ...] = asked_results(self.bound.model, wanted, currency_of(record))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the drivers."""
        return tuple(move.name for move in self.bound.drawn.moves)

    @property
    def slow(self) -> str:
        """Why the worlds are not run by machine code throughout; empty where they are."""
        if self._kernel.slow:
            return self._kernel.slow
        return "" if self._arrays else "the model of every world is made by itself, as a drawn number decides how"

    @cached_property
    def _arrays(self) -> bool:
        return not self.bound.computed or fits_arrays(self.bound, self.drawn(0, 128))

    @cached_property
    def _kernel(self) -> Any:
        return kernel_of(self.bound.model, lines_of(self.results), self._bindings)

    @cached_property
    def _prepared(self) -> Any:
        return self._kernel.on(
            self.bound.model, {leaf: (one.base, one.slope) for leaf, one in self.bound.scales.items()}
        )

    @cached_property
    def _bindings(self) -> dict[str, Binding]:
        leaves, found = leaves_of(self.bound.model), dict[str, Binding]()
        lane, column = len(self.names), 0
        for leaf in self.bound.computed:
            if isinstance(leaves[leaf], list):
                found[leaf], column = LaneColumn(column), column + 1
            else:
                found[leaf], lane = Lane(lane), lane + 1
        return found | {leaf: Scaled(one.lane) for leaf, one in self.bound.scales.items()}

    @cached_property
    def _loadings(self) -> Row:
        return mixing(self.bound.drawn.correlations)

    def drawn(self, first: int, count: int) -> Row:
        """What each driver draws, (driver, scenario)."""
        numbers = tuple(number_of(f"{name}.once") for name in self.names)
        return self.from_normals(drawn_once(numbers, self._loadings, self.sampling, first, count))

    def from_normals(self, normals: Row) -> Row:
        """What each driver is where the normal numbers behind them are these, (driver, scenario)."""
        found = np.empty(normals.shape)
        for place, move in enumerate(self.bound.drawn.moves):
            found[place] = quantile_of(move.distribution)(normals[place])
        return found

    def block(self, first: int, count: int) -> WorldsOfBlock:
        """Worlds from the first on."""
        values = self.drawn(first, count)
        return self.at_values(values)

    def at_values(self, values: Row) -> WorldsOfBlock:
        """The worlds in which the drivers have these values, (driver, scenario)."""
        count = values.shape[1]
        failed = np.zeros(count, dtype=np.int64)
        lanes, columns = [values], list[Row]()
        if self.bound.computed:
            made = computed_leaves(self.bound, values, arrays=self._arrays)
            failed[made.no_case] = 1
            for leaf in self.bound.computed:
                row = made.leaves[leaf]
                (lanes if row.ndim == 1 else columns).append(row[None, :] if row.ndim == 1 else row)
        width = max((int(one.shape[0]) for one in columns), default=0)
        whole = max(width, self._longest)
        packed = np.zeros((len(columns), whole, count)) if columns else None
        for place, one in enumerate(columns):
            assert packed is not None
            packed[place, : one.shape[0]] = one
        found: Mapping[Wanted, Row] = self._prepared.run(Scenarios(count, np.concatenate(lanes), packed))
        return self._told(values, found, failed)

    @property
    def _longest(self) -> int:
        return int(self._prepared.lengths.max())

    def _told(self, values: Row, found: Mapping[Wanted, Row], failed: NDArray[np.int64]) -> WorldsOfBlock:
        results: dict[str, Row] = {}
        for one in self.results:
            there = one.exists(found)
            lost = there & np.isnan(np.asarray(found[one.line], dtype=float))
            failed = np.where((failed == 0) & lost, 2, failed)
            results[one.id] = one.of(found)
        return WorldsOfBlock(
            values, {name: np.where(failed == 1, np.nan, row) for name, row in results.items()}, failed
        )

    def values(self, *ids: str, scenarios: int | None = None) -> dict[str, Row]:
        """Results of every scenario by id, all results where none is named; NaN where one does not exist."""
        many = self.how_many.scenarios if scenarios is None else scenarios
        names = ids or tuple(one.id for one in self.results)
        blocks = [self.block(first, min(BLOCK, many - first)) for first in range(0, many, BLOCK)]
        return {name: np.concatenate([block.results[name] for block in blocks]) for name in names}

    def with_input(self, path: str, value: float) -> CaseWorlds:
        """The same draws on the case with one input replaced; a driver of it moves it from there.

        Raises CaseError where the case may not have it.
        """
        record = replaced(self.case.record, path, value)
        raise_all([self.case.locate(one) for one in self.case.kind.faults_of(record)])
        case = replace(self.case, record=record)
        wanted = [one.id for one in self.results]
        return CaseWorlds(CaseOfKind(case, self.explained.model_of), self.settings, self.drivers, wanted)

    def one_world(self, values: Sequence[float]) -> dict[str, float | None]:
        """The results of one world by the plain run on floats: what the runs over many are held against."""
        run = run_model(self.bound.drawn.model_of(self.bound.drawn.moved(values)))
        lines = {name: float(row[0]) for rows in run.rows.values() for name, row in rows.items() if row}
        return {
            one.id: lines[one.reported.line]
            if all(each.holds(lines[each.line]) for each in one.reported.exists)
            else None
            for one in self.results
        }

    @cached_property
    def at_base(self) -> dict[str, float | None]:
        """The results of the case itself, which draws nothing."""
        still = self.bound.drawn._replace(moves=())
        run = run_model(still.model_of(still.record))
        lines = {name: float(row[0]) for rows in run.rows.values() for name, row in rows.items() if row}
        return {
            one.id: lines[one.reported.line]
            if all(each.holds(lines[each.line]) for each in one.reported.exists)
            else None
            for one in self.results
        }
