"""A case as a plain function of some of its inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from overbuild.audit.case_kinds import explained_kind
from overbuild.audit.kind_of_case import SITE, kind_of_case
from overbuild.site.case_run import run_case
from overbuild.stress.functions.as_function import record_function, site_function
from overbuild.stress.functions.case_function import CaseFunction


def as_function(
    case: Path | str,
    outputs: Sequence[str],
    inputs: Sequence[str] | Mapping[str, Sequence[float]],
    *,
    sets: Sequence[str] = (),
    workspace: Path | str | None = None,
    kind: str = "",
) -> CaseFunction:
    """A case as a function. Raises as `site_function`, and as the question of its kind."""
    known = kind or kind_of_case(Path(case))
    if known == SITE:
        return site_function(run_case(Path(case), sets, workspace=workspace), outputs, inputs)
    return record_function(explained_kind(known).explain(Path(case), sets, workspace), outputs, inputs)
