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


def solve_tariff(
    case: Path | str,
    lever: str,
    condition: str = "others_worse_off<=0@P95",
    *,
    against: str = "",
    scenarios: int = 8192,
    seed: int = 1,
    sets: Sequence[str] = (),
    workspace: Path | str | None = None,
) -> Answer:
    """Which minimum take, exit fee or collateral keeps other customers whole over drawn worlds?

    `lever` is `min_take` (a share of the contract), `exit_fee` (years of minimum charges) or `collateral` (USD a MW);
    `condition` a number of the deal, `<=` or `>=`, an amount and a level: `others_worse_off<=0@P95`; `against` the lever of
    the frontier's other axis. The least value that does is run on its draws and on others; where none does, the value is None
    and the nearest stands beside it. Raises CaseError for every fault of the case, located; InputError for the rest.

    >>> from overbuild import ask
    >>> found = ask.solve_tariff("preset:dominion-gs5", "min_take", scenarios=512)
    >>> 0.85 < found.values["min_take"] < 0.95, abs(found.values["others_worse_off.p95"]) < 1000.0
    (True, True)
    """
    from overbuild.questions.tariff_solve import solve_tariff as asked

    return asked(
        case,
        lever,
        condition,
        against=against,
        scenarios=scenarios,
        seed=seed,
        sets=sets,
        workspace=workspace,
    )
