"""Tariffs of large loads, asked in Python: who pays under a rule, and which rule keeps other customers whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from overbuild.answer import Answer


def tariff(case: Path | str, *, sets: Sequence[str] = (), workspace: Path | str | None = None) -> Answer:
    """Who pays under this tariff when a large load comes late, small, not at all, or leaves?

    `case` is a file, or `preset:aep-ohio` for a tariff that ships; `sets` (`path=value`) edit the case. Present values at
    the utility's carrying cost. Raises CaseError for every fault of the case, located.

    >>> from overbuild import ask
    >>> found = ask.tariff("preset:aep-ohio-rider-2024")
    >>> round(found.values["minimum_bill"] / 1e6, 1)
    26.8
    """
    from overbuild.questions.tariff import tariff as asked

    return asked(case, sets=sets, workspace=workspace)
