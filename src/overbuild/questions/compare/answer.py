"""In what do two site cases differ: as they stand, or over the same worlds?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from overbuild.answer import Answer
from overbuild.questions.compare.cases import compare_cases
from overbuild.questions.compare.worlds import compare_worlds
from overbuild.stress.worlds.run import Progress
from overbuild.stress.worlds.settings import StressSettings


def compare(
    a: Path | str,
    b: Path | str,
    *,
    sets: Sequence[str] = (),
    worlds: StressSettings | None = None,
    workspace: Path | str | None = None,
    progress: Progress | None = None,
) -> Answer:
    """Two cases side by side: their inputs, results and break-evens; with `worlds`, their distributions.

    `sets` (`path=value`) edit both cases before they are sized. Raises as `site` (and `stress`), for either file.
    """
    if worlds is None:
        return compare_cases(a, b, sets=sets, workspace=workspace)
    return compare_worlds(a, b, settings=worlds, sets=sets, workspace=workspace, progress=progress)
