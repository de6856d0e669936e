"""What is uncertain in a case whose file form is its record: drivers that are drawn once for a scenario.

    drivers:
      drawn:
        - {name: rent, input: market.rent, distribution: {family: lognormal, median: 1.0, log_sd: 0.2}}
      correlations:
        - {one: rent, other: resale, value: 0.4}

The grammar is that of a site's drivers. Such a case has no periods on which a path moves, so what moves from period to
period, fails or is late is refused; and there are no default drivers.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, cast

import numpy as np

from overbuild.equations import flatten
from overbuild.errors import CaseError, InputError
from overbuild.world.drivers.declared import Correlation, Distribution, DrawnDriver, UncertainInputs
from overbuild.world.drivers.dependence import Matrix, Pair, correlation_matrix, gaussian_of_spearman
from overbuild.world.drivers.driver_faults import block_faults
from overbuild.world.drivers.fitting import quantile_of
from overbuild.world.drivers.leaf_paths import at, expanded, replaced
from overbuild.world.drivers.moving import MOVES, STRUCTURAL, overlap
from overbuild.world.fields import unit_of_leaf

Faults = Callable[[Any], Iterable[CaseError]]
"""What is wrong with a record, by path."""

FAR = 5.5
"""Standard deviations that one of ten million normals is beyond."""


class RecordDrivers(NamedTuple):
    """What is uncertain in a case: its drivers, each drawn once for a scenario, and how they move together.

    drawn: the drivers
    correlations: between drivers; a pair that is not named here has 0
    """

    drawn: tuple[DrawnDriver, ...] = ()
    correlations: tuple[Correlation, ...] = ()


class RecordDriversBlock(NamedTuple):
    """What a case file says is uncertain. It stands beside its record: the case itself does not know it."""

    drivers: RecordDrivers | None = None


class RecordMove(NamedTuple):
    """A driver with the paths of the record that it moves, how, and its distribution."""

    name: str
    paths: tuple[str, ...]
    how: str
    distribution: Distribution

    def moved(self, record: Any, value: Any, spread: float = 1.0) -> Any:
        """The record where this value is drawn, a number or an array over scenarios; the move is multiplied by `spread`."""
        for path in self.paths:
            record = replaced(record, path, moved_number(at(record, path), self.how, value, spread))
        return record


def moved_number(base: Any, how: str, value: Any, spread: float = 1.0) -> Any:
    """A number, or the numbers of a series, moved; by a part of the move where `spread` is less than 1.

    >>> moved_number(4.0, "multiplies", 0.5), moved_number((1.0, 2.0), "adds", 1.0), moved_number(4.0, "multiplies", 0.5, 0.5)
    (2.0, (2.0, 3.0), 3.0)
    """
    if isinstance(base, tuple):
        return tuple(moved_number(one, how, value, spread) for one in cast("tuple[float, ...]", base))
    moved = MOVES[how](base, value)
    return moved if spread == 1.0 else base + spread * (moved - base)


def moves_of(drivers: RecordDrivers, record: Any) -> tuple[RecordMove, ...]:
    """The drivers with what they move. Raises CaseError, its path within the driver, as `paths_of`."""
    return tuple(
        RecordMove(one.name, paths_of(one, record), one.how, one.distribution)
        for one in drivers.drawn
        if one.distribution is not None
    )


def correlations_of(drivers: RecordDrivers) -> Matrix:
    """The correlations of the normals behind the drivers, in their order. Raises InputError `corr_not_psd`."""
    pairs = [
        Pair(one.one, one.other, gaussian_of_spearman(one.value) if one.measure == "spearman" else one.value)
        for one in drivers.correlations
    ]
    return correlation_matrix([one.name for one in drivers.drawn], pairs)


def paths_of(driver: DrawnDriver, record: Any) -> tuple[str, ...]:
    """The paths of the record that a driver moves.

    Raises CaseError: `unknown_name` for an input that the case does not have, `structural` for a date, a count or a
    word, `missing` for an input without a value.
    """
    found = [
        path
        for path in expanded(record, driver.input)
        if not set(driver.but) & set(path.split(".")) and _has(record, path)
    ]
    if not found:
        close = difflib.get_close_matches(driver.input, flatten(record), 3)
        meant = f" Did you mean {' or '.join(close)}?" if close else ""
        raise CaseError("unknown_name", "input", driver.input, f"no input of this case.{meant}")
    for path in found:
        _check(record, path, driver)
    return tuple(found)


def _has(record: Any, path: str) -> bool:
    try:
        at(record, path)
    except KeyError:
        return False
    return True


def _check(record: Any, path: str, driver: DrawnDriver) -> None:
    value = at(record, path)
    if unit_of_leaf(type(record), path) in STRUCTURAL or isinstance(value, bool | int | str):
        hint = "a date, a count or a word shapes the case and is not drawn; draw a number of it"
        raise CaseError("structural", "input", driver.input, hint)
    if value is None:
        hint = "the case gives this input no value; a driver moves one that it has"
        raise CaseError("missing", "input", driver.input, hint)
    if not isinstance(value, float) and not _is_series(value):
        raise CaseError("unknown_name", "input", driver.input, "a block, not one of its numbers; name one")


def _is_series(value: Any) -> bool:
    entries = cast("tuple[object, ...]", value) if type(value) is tuple else ()
    return bool(entries) and all(isinstance(one, float) for one in entries)


def record_driver_faults(drivers: RecordDrivers, record: Any, faults_of: Faults) -> list[CaseError]:
    """Every fault of the drivers of a record, in themselves and in what they name of it, by path."""
    faults = list(_once_faults(drivers))
    refused = {_driver_of(fault) for fault in faults}
    block = UncertainInputs(defaults=False, drawn=drivers.drawn, correlations=drivers.correlations)
    faults += [fault for fault in block_faults(block, UncertainInputs()) if _driver_of(fault) not in refused]
    unsound = {_driver_of(fault) for fault in faults}
    taken: dict[str, str] = {}
    for one in drivers.drawn:
        if one.name in unsound or one.distribution is None:
            continue
        try:
            paths = paths_of(one, record)
        except CaseError as fault:
            fault.path = f"drivers.drawn.{one.name}.{fault.path}"
            faults.append(fault)
            continue
        faults += _taken_twice(one, paths, taken)
        taken |= dict.fromkeys(paths, one.name)
        faults += _far_faults(RecordMove(one.name, paths, one.how, one.distribution), record, faults_of)
    return faults or list(_matrix_faults(drivers))


def _driver_of(fault: CaseError) -> str:
    return fault.path.split(".")[2] if fault.path.startswith("drivers.drawn.") else ""


def _once_faults(drivers: RecordDrivers) -> Iterator[CaseError]:
    for one in drivers.drawn:
        for way in ("dynamics", "hazard", "late"):
            if getattr(one, way) is not None:
                hint = "a case of this kind has no periods on which it could move, fail or be late; draw the number once, by a distribution"
                yield CaseError("bad_value", f"drivers.drawn.{one.name}.{way}", None, hint)


def _taken_twice(one: DrawnDriver, paths: Sequence[str], taken: dict[str, str]) -> Iterator[CaseError]:
    for each in paths:
        for path, name in taken.items():
            if overlap(path, each):
                hint = f"{name} moves it already; one driver moves an input"
                yield CaseError("duplicate", f"drivers.drawn.{one.name}.input", each, hint)


def _far_faults(move: RecordMove, record: Any, faults_of: Faults) -> Iterator[CaseError]:
    """Inputs that the far ends of a distribution move to where none may be: nothing is cut in silence."""
    for end in quantile_of(move.distribution)(np.array([-FAR, FAR])):
        for fault in faults_of(move.moved(record, float(end))):
            said = fault.hint.partition("; did you mean")[0]
            hint = f"{fault.path} would be as far out as {_told(fault.value)}: {said}; cut it by at_least or at_most"
            yield CaseError(fault.code, f"drivers.drawn.{move.name}.distribution", fault.value, hint)
            return


def _told(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _matrix_faults(drivers: RecordDrivers) -> Iterator[CaseError]:
    try:
        correlations_of(drivers)
    except InputError as error:
        yield CaseError(error.code, "drivers.correlations", error.value, error.hint)
