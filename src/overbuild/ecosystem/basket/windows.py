"""The two windows of a panel: the periods up to a day, and as many after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.ecosystem.basket.bootstrap import block_length
from overbuild.ecosystem.basket.panel.dates import day_of
from overbuild.ecosystem.basket.settings import BasketTest
from overbuild.errors import InputError, OverbuildError, raise_all

LEAST_DAYS = 8
"""Periods each side of the day below which nothing is tested."""
_DRAWS_FROM, _DRAWS_TO = 200, 100_000


class Windows(NamedTuple):
    """Two windows of one length in a panel: `after` is the place of the first period after the day."""

    day: str
    after: int
    length: int
    block: int
    rolling: int


def windows(days: Sequence[str], day: str | None, test: BasketTest) -> Windows:
    """Periods up to and with the day, and those after it; the middle of the panel where no day is asked for.

    Raises InputError(s) `bad_period`, `window_too_short`, `out_of_range`.

    >>> windows([f"2024-{month:02d}-28" for month in range(1, 13)] * 2, None, BasketTest(window=8))[1:]
    (12, 8, 2, 6)
    """
    chosen = days[len(days) // 2 - 1] if day is None else day_of(day)
    if chosen is None:
        raise InputError("bad_period", "day", day, "a day is written YYYY-MM-DD, a month YYYY-MM")
    after = sum(one <= chosen for one in days) if day is not None else len(days) // 2
    either = min(after, len(days) - after)
    if either < LEAST_DAYS:
        hint = (
            f"{after} periods stand up to this day and {len(days) - after} after it ({days[0]} to {days[-1]}); "
            f"a test asks for {LEAST_DAYS} on either side: name another day"
        )
        raise InputError("window_too_short", "day", chosen, hint)
    length = either if test.window is None else test.window
    faults: list[OverbuildError] = []
    if not LEAST_DAYS <= length <= either:
        hint = f"periods each side of {chosen}: {LEAST_DAYS} to {either}"
        faults.append(InputError("window_too_short", "window", length, hint))
    faults += _checked(test, length if not faults else either)
    raise_all(faults)
    block = test.block or block_length(length)
    rolling = test.rolling or max(length // 2, LEAST_DAYS - 2)
    return Windows(chosen, after, length, block, rolling)


def _checked(test: BasketTest, length: int) -> list[InputError]:
    ranges = (
        ("block", test.block, 1, length // 2, "days in a block"),
        ("draws", test.draws, _DRAWS_FROM, _DRAWS_TO, "draws"),
        ("rolling", test.rolling, 3, 2 * length, "periods of the rolling measures"),
        ("seed", test.seed, 0, 2**63 - 1, "a seed"),
    )
    return [
        InputError("out_of_range", name, value, f"{what}: {low} to {high:,}")
        for name, value, low, high, what in ranges
        if value is not None and not low <= value <= high
    ]
