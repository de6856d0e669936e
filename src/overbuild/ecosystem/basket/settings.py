"""What is asked of a panel, and how two windows of it are set against each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

Form: TypeAlias = Literal["log", "simple", "prices"]
"""What the numbers of a file are: log returns, simple returns, or prices, of which log returns are taken."""

FORMS: tuple[Form, ...] = ("log", "simple", "prices")

LEVEL = 0.05
"""A change counts as shown where chance shows any of the three as large in at most this share of cases."""
CONFIDENCE = 0.95
"""What intervals cover."""


class PanelAsked(NamedTuple):
    """Which numbers of a file are wanted, and what they are.

    `form` is log, simple or prices, else what the header says, else simple returns. `names` are the only ones, `without`
    those left out; `pairwise` measures each pair of names on the days that both have, and lets gaps of single names be.
    """

    form: str | None = None
    names: Sequence[str] = ()
    without: Sequence[str] = ()
    pairwise: bool = False


class BasketTest(NamedTuple):
    """The test: periods each side (`window`), days in a block, draws, the seed, periods of the rolling measures.

    None stands for: as many as the shorter side has; the cube root of the window; half the window.
    """

    window: int | None = None
    block: int | None = None
    draws: int = 2000
    seed: int = 1
    rolling: int | None = None
