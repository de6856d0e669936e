"""Moving a path as a whole: multiplied, or shifted by an amount that is the same in every period."""

from __future__ import annotations

from typing import Any

from overbuild.site.case.paths import START, Path
from overbuild.site.sizing.schedules import entry_of
from overbuild.site.terms.paths import mode_of, path_columns, path_terms, path_value


def scaled(path: Path, multiple: Any) -> Path:
    """The path with every number of it multiplied; its growth stays.

    >>> scaled(Path("growing", 4.0, 0.1), 0.5).value, scaled(Path("by_year", by_year=(4.0, 2.0)), 0.5).by_year
    (2.0, (2.0, 1.0))
    """
    return path._replace(
        value=path.value * multiple,
        by_year=tuple(entry * multiple for entry in path.by_year),
        by_period=tuple(entry * multiple for entry in path.by_period),
    )


def shifted(path: Path, by: Any, periods: int, periods_per_year: int) -> Path:
    """The path with an amount added in every period; one that grows becomes a list, for the amount does not grow.

    >>> shifted(Path(value=0.05), 0.01, 3, 1).value, shifted(Path("growing", 4.0, 0.5), 1.0, 3, 1).by_period
    (0.060000000000000005, (5.0, 7.0, 10.0))
    """
    if path.kind == "growing":
        entries = entries_of(path, periods, periods_per_year)
        return Path("by_period", by_period=tuple(entry + by for entry in entries))
    if path.kind == "flat":
        return path._replace(value=path.value + by)
    return path._replace(
        by_year=tuple(entry + by for entry in path.by_year), by_period=tuple(entry + by for entry in path.by_period)
    )


def entries_of(path: Path, periods: int, periods_per_year: int) -> list[float]:
    """The values of a path in periods 1 to the last; one that counts from the start of its contract as of period 1.

    >>> entries_of(Path("by_year", by_year=(4.0, 2.0)), 3, 2)
    [4.0, 4.0, 2.0]
    """
    since = path._replace(since=1) if path.since == START else path
    columns: Any = path_columns(since, range(1, periods + 1), periods_per_year)
    mode, terms = mode_of(path), path_terms(path)
    return [path_value(mode, entry_of(columns, place), terms) for place in range(periods)]
