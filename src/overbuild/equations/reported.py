"""What a model reports: each result is declared once, with its line and when it exists; everything else derives from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeAlias

Told: TypeAlias = float | int | str | bool | None
"""A reported value: a number in base units, a word or the name of a period, None where it does not exist."""


class Condition(NamedTuple):
    """A line that must be above 0 (or, with `absent`, must be 0) for a result to exist, and what is said otherwise."""

    line: str
    otherwise: str
    absent: bool = False

    def holds(self, value: float) -> bool:
        """Whether the line's value meets the condition."""
        return value <= 0.0 if self.absent else value > 0.0


class Reported(NamedTuple):
    """A result: its id, the line it is, and when it exists.

    With `is_period` the line counts periods from 1 and the result is the period's name. `solved` says, for a result
    that is no line, what a solver found it from, and `unit` then its unit (empty for a word).
    """

    id: str
    line: str = ""
    exists: tuple[Condition, ...] = ()
    is_period: bool = False
    solved: str = ""
    unit: str = ""


class Solved(NamedTuple):
    """What a solver found, or None and why."""

    value: Told
    status: str = ""


class Values(NamedTuple):
    """Values by id, and why those that do not exist are None."""

    values: dict[str, Told]
    status: dict[str, str]


def missing(result: Reported, lines: Mapping[str, float]) -> str | None:
    """Why a result does not exist; None where it does.

    >>> multiple = Reported("moic", "moic", (Condition("equity", "no equity is paid in"),))
    >>> missing(multiple, {"equity": 0.0}), missing(multiple, {"equity": 5.0})
    ('no equity is paid in', None)
    """
    return next((one.otherwise for one in result.exists if not one.holds(lines[one.line])), None)


def values_of(
    reported: Iterable[Reported],
    lines: Mapping[str, float],
    solved: Mapping[str, Solved] | None = None,
    period: Callable[[int], str] = str,
) -> Values:
    """Values and status of all results, from the lines of the results and from what solvers found.

    `period` names a period counted from 1. Raises KeyError for a line or a solved number that is not there.

    >>> least = Reported("min_dscr_period", "min_dscr_period_number", (Condition("debt", "no debt"),), is_period=True)
    >>> values_of((least,), {"min_dscr_period_number": 3.0, "debt": 0.0}).status
    {'min_dscr_period': 'no debt'}
    >>> values_of((least,), {"min_dscr_period_number": 3.0, "debt": 5.0}).values
    {'min_dscr_period': '3'}
    """
    found = Values({}, {})
    for result in reported:
        if result.solved:
            value, why = (solved or {})[result.id]
        else:
            why = missing(result, lines) or ""
            number = lines[result.line]
            value = None if why else period(int(number)) if result.is_period else float(number)
        found.values[result.id] = value
        if why:
            found.status[result.id] = why
    return found
