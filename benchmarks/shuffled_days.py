"""How often days in random order show a change that is not there: python -m benchmarks.shuffled_days [FILE DAY]."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from overbuild.ecosystem.basket.basket_run import run_basket
from overbuild.ecosystem.basket.bootstrap import block_length
from overbuild.ecosystem.basket.compared import MEASURES, compare_windows
from overbuild.ecosystem.basket.made_panel import CHANGE_AFTER, made_returns
from overbuild.ecosystem.basket.panel.read import read_panel
from overbuild.ecosystem.basket.settings import LEVEL, BasketTest

ORDERS, DRAWS, SEED = 100, 500, 18


def returns_of(arguments: list[str]) -> np.ndarray:
    """The two windows of a panel, one after the other; those of the made-up panel without a file."""
    if not arguments:
        return made_returns()[: 2 * CHANGE_AFTER]
    panel = read_panel(Path(arguments[0]))
    run = run_basket(panel, arguments[1], BasketTest(draws=200))
    at, length = run.windows.after, run.windows.length
    return run.panel.returns[at - length : at + length]


def main(arguments: list[str]) -> None:
    """Print in how many orders no change is shown, and how often each measure by itself passes."""
    both, generator = returns_of(arguments), np.random.default_rng(SEED)
    half = len(both) // 2
    quiet, parted, single = 0, 0, np.zeros(len(MEASURES), dtype=int)
    for seed in range(ORDERS):
        days = generator.permutation(both)
        found = compare_windows(days[:half], days[half:], block=block_length(half), draws=DRAWS, seed=seed)
        quiet += not any(one.shown for one in found.changes)
        parted += found.no_longer_together
        single += [one.p_value <= LEVEL for one in found.changes]
    print(f"{quiet} of {ORDERS} orders show no change; {parted} say that the basket no longer moves together")
    print(", ".join(f"{name} alone passes in {count}" for name, count in zip(MEASURES, single, strict=True)))


if __name__ == "__main__":
    main(sys.argv[1:])
