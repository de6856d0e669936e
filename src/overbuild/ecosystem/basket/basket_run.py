"""A basket before and after a day: which names, which windows, what changed, and what that rests on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.basket.comovement import Floats, average_correlation, correlations, cross_section_sd, pc1_share
from overbuild.ecosystem.basket.compared import Compared, compare_windows, measured, p_values_of
from overbuild.ecosystem.basket.panel.dates import Spacing, spacing
from overbuild.ecosystem.basket.panel.records import MOST_OF_A_KIND, Panel
from overbuild.ecosystem.basket.settings import BasketTest
from overbuild.ecosystem.basket.windows import Windows, windows
from overbuild.errors import CaseError, raise_all

LEAST_SHARE = 0.5
"""Share of the periods of a window on which a name has a return, where gaps are let be."""

MOST_NAMES = 200
"""As many names as are measured: more take minutes to draw again."""
LEAST_IN_COMMON = 3
"""Days that two names must have in common in each window."""


class RollingRow(NamedTuple):
    """The measures of the window that ends on a day; its dispersion is that of the day itself."""

    day: str
    average_correlation: float
    pc1_share: float
    dispersion: float
    side: str


class WithoutName(NamedTuple):
    """What changes come to when one name is left out."""

    name: str
    average_correlation: float
    pc1_share: float
    dispersion: float


class OtherBlocks(NamedTuple):
    """The p values with another length of blocks."""

    block: int
    p_values: tuple[float, ...]


class LeftOut(NamedTuple):
    """A name that is not measured, and how many periods of the two windows it has."""

    name: str
    periods: int


class BasketRun(NamedTuple):
    """A panel before and after a day."""

    panel: Panel
    windows: Windows
    test: BasketTest
    spacing: Spacing
    left_out: tuple[LeftOut, ...]
    compared: Compared
    rolling: tuple[RollingRow, ...]
    leave_one_out: tuple[WithoutName, ...]
    blocks: tuple[OtherBlocks, ...]
    pairs: Floats
    """Correlations of the names after the day less those before it."""


def run_basket(panel: Panel, day: str | None, test: BasketTest, *, pairwise: bool = False) -> BasketRun:
    """Measure a panel before and after a day, test the change, and say what it rests on.

    Names without a return on some period of the two windows are left out, so that both windows hold the same basket;
    with `pairwise`, names with a return on half the periods of each window stay.
    Raises InputError(s) `bad_period`, `window_too_short`, `out_of_range`; CaseError `missing` for fewer than two names,
    `constant_series` for a name that does not move.
    """
    found = windows(panel.days, day, test)
    kept, left_out = _complete(panel, found, pairwise=pairwise)
    before, after = _sides(kept, found)
    _refuse_still(kept, before, after)
    _refuse_unmet(kept, before, after)
    compared = compare_windows(before, after, block=found.block, draws=test.draws, seed=test.seed)
    return BasketRun(
        kept,
        found,
        test,
        spacing(panel.days) or Spacing("period", 1),
        left_out,
        compared,
        rolling_rows(kept, found),
        _leave_one_out(kept, found),
        _other_blocks(kept, found, test),
        correlations(after) - correlations(before),
    )


def _sides(panel: Panel, found: Windows) -> tuple[Floats, Floats]:
    at, length = found.after, found.length
    return panel.returns[at - length : at], panel.returns[at : at + length]


def _complete(panel: Panel, found: Windows, *, pairwise: bool) -> tuple[Panel, tuple[LeftOut, ...]]:
    """The panel of the names that both windows hold, and the names left out."""
    there = [(~np.isnan(side)).sum(axis=0) for side in _sides(panel, found)]
    least = LEAST_SHARE * found.length if pairwise else found.length
    enough = [bool(min(first, then) >= least) for first, then in zip(*there, strict=True)]
    names = tuple(name for name, kept in zip(panel.names, enough, strict=True) if kept)
    left = tuple(
        LeftOut(name, int(there[0][at] + there[1][at])) for at, name in enumerate(panel.names) if not enough[at]
    )
    if len(names) > MOST_NAMES:
        hint = f"a basket has at most {MOST_NAMES} names; choose with --names or --without"
        raise CaseError("too_large", "names", len(names), hint, file=panel.file)
    if len(names) < 2:
        hint = (
            f"fewer than two names have a return in each of the {found.length} periods before and after {found.day}: "
            "name another day, or a shorter --window"
        )
        raise CaseError("missing", "names", ", ".join(names) or None, hint, file=panel.file)
    return panel.of(names), left


def _refuse_still(panel: Panel, before: Floats, after: Floats) -> None:
    """Refuse names that do not move in a window: nothing correlates with them."""
    raise_all(
        [
            CaseError(
                "constant_series", name, None, f"this name does not move in the window {side} the day; leave it out",
                file=panel.file,
            )
            for at, name in enumerate(panel.names)
            for side, rows in (("before", before), ("after", after))
            if float(np.nanstd(rows[:, at])) < _STANDS_STILL
        ]
    )  # fmt: skip


_STANDS_STILL = 1e-12


def _refuse_unmet(panel: Panel, before: Floats, after: Floats) -> None:
    """Refuse pairs of names with too few days in common, where gaps are let be."""
    faults: list[CaseError] = []
    for side, rows in (("before", before), ("after", after)):
        there = (~np.isnan(rows)).astype(np.float64)
        for at, other in np.argwhere(np.triu(there.T @ there < LEAST_IN_COMMON)):
            hint = f"days in common {side} the day, of {LEAST_IN_COMMON} at least; leave one of the two out"
            pair = f"{panel.names[at]} and {panel.names[other]}"
            common = int(there[:, at] @ there[:, other])
            faults.append(CaseError("window_too_short", pair, common, hint, file=panel.file))
    raise_all(faults[:MOST_OF_A_KIND])


def rolling_rows(panel: Panel, found: Windows) -> tuple[RollingRow, ...]:
    """The measures of every window of the rolling length, by the day on which it ends; none where one does not exist.

    Source: the model's specification A.7.
    """
    rows: list[RollingRow] = []
    spread = cross_section_sd(panel.returns)
    for end in range(found.rolling, len(panel.days) + 1):
        pairs = correlations(panel.returns[end - found.rolling : end])
        values = float(average_correlation(pairs)), float(pc1_share(pairs)), float(spread[end - 1])
        if not np.isnan(values).any():
            begun = end - found.rolling
            side = "before" if end <= found.after else "after" if begun >= found.after else "both"
            rows.append(RollingRow(panel.days[end - 1], *values, side))
    return tuple(rows)


def _leave_one_out(panel: Panel, found: Windows) -> tuple[WithoutName, ...]:
    """The changes without each name in turn, where three or more names are there; what moves dispersion most first."""
    if len(panel.names) < 3:
        return ()
    before, after = _sides(panel, found)
    rows: list[WithoutName] = []
    for at, name in enumerate(panel.names):
        change = measured(np.delete(after, at, axis=1)) - measured(np.delete(before, at, axis=1))
        rows.append(WithoutName(name, *(float(one) for one in change)))
    whole = float(measured(after)[2] - measured(before)[2])
    return tuple(sorted(rows, key=lambda one: -abs(one.dispersion - whole)))


def _other_blocks(panel: Panel, found: Windows, test: BasketTest) -> tuple[OtherBlocks, ...]:
    """The p values of the test with single days as blocks, and with blocks twice as long."""
    before, after = _sides(panel, found)
    lengths = sorted({1, min(2 * found.block, found.length // 2)} - {found.block})
    return tuple(
        OtherBlocks(block, tuple(p_values_of(before, after, block=block, draws=test.draws, seed=test.seed)))
        for block in lengths
    )
