"""The inputs of a site's case: which numbers of the plan each stands for."""

from __future__ import annotations

from typing import Any, cast

from overbuild.audit.origins import Origins
from overbuild.equations import flatten
from overbuild.old_site.case.read import SiteCase
from overbuild.old_site.case_run import CaseRun
from overbuild.old_site.model import model_of
from overbuild.world.sourced import Sourced


def site_origins(case: CaseRun) -> Origins:
    """The origins of the numbers that a site as run is given."""
    run = case.run
    return Origins(run.plan, run.sizing, model_of, inputs_of(case.shocked))


def inputs_of(case: SiteCase) -> dict[str, tuple[str, ...]]:
    """The inputs of a case by id, each with the numbers of the plan that it stands for.

    A number is an input by itself, and so is each entry of a series, counted from 1; a series that the case writes as
    one number is one input.
    """
    single = inputs_as_one(case)
    found: dict[str, list[str]] = {}
    for path in flatten(case.plan):
        found.setdefault(input_of(path, single), []).append(path)
    return {name: tuple(paths) for name, paths in found.items()}


def inputs_as_one(case: SiteCase) -> set[str]:
    """Series that the case writes as one number for all periods."""
    return {path for path, one in case.inputs.items() if len(entries_of(one)) == 1}


def input_of(path: str, single: set[str]) -> str:
    """Id of the input that a number of the plan stands in.

    >>> input_of("site.pue", set()), input_of("components.it.spend.0", set())
    ('site.pue', 'components.it.spend.1')
    >>> input_of("market.utilisation.7", {"market.utilisation"})
    'market.utilisation'
    """
    block, _, last = path.rpartition(".")
    if not last.isdigit():
        return path
    return block if block in single else f"{block}.{int(last) + 1}"


def entries_of(one: Sourced) -> tuple[Any, ...]:
    """Entries of an input that is a series; none where it is not."""
    value: object = one.value
    return cast("tuple[Any, ...]", value) if isinstance(value, tuple) else ()
