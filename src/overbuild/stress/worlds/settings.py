"""How many worlds are drawn, and how."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

SAMPLERS = ("random", "sobol")

RANDOM_SCENARIOS, SOBOL_SCENARIOS = 100_000, 65_536
"""Scenarios where none are asked for."""


class StressSettings(NamedTuple):
    """How many worlds are drawn, and how; None for what one does not say.

    `until_error` ends the run when half the interval of the probability of an early end is no wider. `out` is a folder
    in which blocks are kept. `freedom` are the degrees of freedom of a t copula between drivers that are drawn once;
    None is a Gaussian one. `spread` multiplies the spread of every driver. `cluster` is where they are run: `local:N`
    processes of this machine or the address of a dask scheduler; None is here.
    """

    scenarios: int | None = None
    sampler: str = "random"
    seed: int = 1
    until_error: float | None = None
    threads: int | None = None
    out: Path | None = None
    freedom: float | None = None
    spread: float = 1.0
    cluster: str | None = None
