"""Series and their shifting: everything that looks along time is done here, before a period is run.

A series is a tuple with one number a period; periods of a plan are counted from 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.errors import InputError

Series = tuple[float, ...]


def of_length(path: str, series: Sequence[float], periods: int) -> Series:
    """The series as it is. Raises InputError (`length_mismatch`) when it has not one number a period.

    >>> of_length("utilisation", [0.5, 0.6], 2)
    (0.5, 0.6)
    """
    if len(series) != periods:
        raise InputError("length_mismatch", path, len(series), f"one number a period is needed: {periods}")
    return tuple(float(number) for number in series)


def flags(periods: int, first: int, last: int) -> Series:
    """1 from period `first` to period `last`, both counted from 1 and included, else 0.

    >>> flags(5, 2, 3)
    (0.0, 1.0, 1.0, 0.0, 0.0)
    """
    return tuple(1.0 if first <= period <= last else 0.0 for period in range(1, periods + 1))


def delayed(series: Sequence[float], delay: int, fill: float = 0.0) -> Series:
    """The series moved to later periods, with `fill` where nothing stands yet; it grows by the delay.

    >>> delayed((1.0, 2.0), 2)
    (0.0, 0.0, 1.0, 2.0)
    """
    return (fill,) * delay + tuple(series)


def padded(series: Sequence[float], periods: int) -> Series:
    """The series cut or filled with 0 to this many periods.

    >>> padded((1.0, 2.0), 3), padded((1.0, 2.0), 1)
    ((1.0, 2.0, 0.0), (1.0,))
    """
    return tuple(series[:periods]) + (0.0,) * (periods - len(series))


def by_year(shares: Sequence[float], periods_per_year: int, periods: int, begins: int = 1) -> Series:
    """Shares by year, each spread equally over the periods of its year; the first year opens with period `begins`.

    >>> by_year((0.6, 0.4), 2, 5, begins=2)
    (0.0, 0.3, 0.3, 0.2, 0.2)
    """
    spread = [share / periods_per_year for share in shares for _ in range(periods_per_year)]
    return padded(delayed(spread, begins - 1), periods)


def over_life(life_years: float, periods_per_year: int, periods: int, begins: int = 1) -> Series:
    """The part of each period that falls into a life of so many years which opens with period `begins`.

    >>> over_life(1.25, 2, 4)
    (1.0, 1.0, 0.5, 0.0)
    """
    left = life_years * periods_per_year
    parts = [min(1.0, max(0.0, left - passed)) for passed in range(periods)]
    return padded(delayed(parts, begins - 1), periods)


def look_ahead(series: Sequence[float], length: int) -> Series:
    """Sum of the next `length` entries after each period; nothing stands after the last.

    >>> look_ahead((1.0, 2.0, 4.0), 1), look_ahead((1.0, 2.0, 4.0), 2)
    ((2.0, 4.0, 0.0), (6.0, 4.0, 0.0))
    """
    return tuple(float(sum(series[place + 1 : place + 1 + length])) for place in range(len(series)))
