"""Chips as they age, asked in Python: what a unit is worth, how long it pays to run, what the books say meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from overbuild.answer import Answer


def fleet(
    case: Path | str,
    *,
    life: float | None = None,
    cadence: float | None = None,
    sets: Sequence[str] = (),
    workspace: Path | str | None = None,
) -> Answer:
    """What are these chips worth as they age, how long does it pay to run them, and what do the books say meanwhile?

    `case` is a file, or `preset:h100` for a unit that ships; `life` one accounting life in years in the place of those of
    the case, `cadence` the years from one generation to the next, `sets` (`path=value`) edit the case. Money in USD a unit.
    Raises CaseError for every fault of the case, located; InputError `life_lt_1`.

    >>> from overbuild import ask
    >>> ask.fleet("preset:h100", cadence=1.0).values["unit_npv"] < ask.fleet("preset:h100").values["unit_npv"]
    True
    """
    from overbuild.questions.fleet import fleet as asked

    return asked(case, life=life, cadence=cadence, sets=sets, workspace=workspace)
