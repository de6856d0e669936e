"""What is asked of the model rooms for an answer on a portfolio: the requirement at every door, the run, its worlds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from overbuild.demand.programmes.programmes_run import ProgrammesRun, run_programmes
from overbuild.ecosystem.need.case import NeedCase, need_case
from overbuild.ecosystem.need.preset import OwnAssumptions, presets_with
from overbuild.facts.store import known_on
from overbuild.stress.programme_worlds import CommonWorth, NeededRange, common_worth, needed_range


class Door(NamedTuple):
    """A door at which the spend may have to be earned: what must be earned there, and the share of work that takes."""

    id: str
    label: str
    required: float
    share: float


class ProgrammesAsked(NamedTuple):
    """Everything an answer on a portfolio is told from."""

    run: ProgrammesRun
    need: NeedCase
    doors: tuple[Door, ...]
    range: NeededRange | None
    worth: tuple[CommonWorth, ...]


def asked_of_rooms(case: Path, sets: Sequence[str], as_of: str | None, workspace: Path | str | None) -> ProgrammesAsked:
    """The requirement of the year at every door, the portfolio on that of end users, and its worlds."""
    presets = presets_with(OwnAssumptions())
    need = need_case(known_on(as_of, workspace), presets, presets.gap.year)
    run = run_programmes(case, need.required.end_user, sets, workspace=workspace)
    correlations = tuple(dict.fromkeys((run.plan.common_success, 0.0)))
    return ProgrammesAsked(run, need, _doors(run, need), needed_range(run), common_worth(run, correlations))


def _doors(run: ProgrammesRun, need: NeedCase) -> tuple[Door, ...]:
    required = need.required
    asked = [
        ("end_user", "End users, through applications", required.end_user),
        ("model", "Buyers of models, without applications", required.after_layers[0]),
        ("owner", "Renters of compute, without either", required.owner),
    ]
    return tuple(Door(name, label, amount, run.share_at(amount)) for name, label, amount in asked)
