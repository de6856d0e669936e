"""Paths as formulas meet them: numbers of the case, years of growth, entries of lists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from overbuild.equations import power
from overbuild.site.case.paths import START, Path
from overbuild.site.terms.inputs import PathInputs
from overbuild.site.terms.shape import PathMode
from overbuild.site.terms.terms import PathTerms


def path_value(mode: PathMode, given: PathInputs, terms: PathTerms) -> Any:
    """The value of a path in a period, in the unit of its field.

        flat:    value
        growing: value * (1 + growth_per_year)^years
        listed:  the entry of the period

    Valid: growth above -1. Source: ours, a convention: growth counts whole years, or years in parts where it is smooth.

    >>> path_value("growing", PathInputs(years=2.0), PathTerms(100.0, 0.5))
    225.0
    """
    if mode == "listed":
        return given.listed
    if mode == "flat":
        return terms.value
    assert terms.growth_per_year is not None
    return terms.value * power(1.0 + terms.growth_per_year, given.years)


def mode_of(path: Path) -> PathMode:
    """How a formula meets a path.

    >>> mode_of(Path("by_year", by_year=(1.0,)))
    'listed'
    """
    return path.kind if path.kind in ("flat", "growing") else "listed"


def path_terms(path: Path) -> PathTerms:
    """The numbers of a path.

    >>> path_terms(Path(value=3.0))
    PathTerms(value=3.0, growth_per_year=None)
    """
    if mode_of(path) == "listed":
        return PathTerms()
    return PathTerms(path.value, path.growth_per_year if path.kind == "growing" else None)


def path_columns(path: Path, places: Sequence[int], periods_per_year: int, start: int = 1) -> PathInputs:
    """What a path is given in each of the places (0 is close); `start` is the period that START stands for.

    >>> path_columns(Path("growing", 5.0, 0.1, since=2), range(5), 2).years
    [0.0, 0.0, 0.0, 0.0, 1.0]
    >>> path_columns(Path("by_year", by_year=(7.0, 8.0)), range(6), 2).listed
    [7.0, 7.0, 7.0, 8.0, 8.0, 8.0]
    """
    if path.kind == "flat":
        return PathInputs()
    return _listed(path, places, periods_per_year, start)


def _listed(path: Path, places: Sequence[int], p: int, start: int) -> Any:
    if path.kind == "growing":
        since = start if path.since == START else path.since
        return PathInputs(years=_years_passed(tuple(places), since, p, whole=path.step == "year"))
    entries, length = (path.by_year, p) if path.kind == "by_year" else (path.by_period, 1)
    return PathInputs(listed=[entries[min(len(entries) - 1, max(0, place - 1) // length)] for place in places])


@lru_cache(maxsize=1024)
def _years_passed(places: tuple[int, ...], since: int, p: int, *, whole: bool) -> Any:
    """Years of growth by place, whole or in parts; a list that is shared, for nothing changes a series."""
    passed = [max(0, place - since) for place in places]
    return [float(one // p) if whole else one / p for one in passed]
