"""The plan that values of drivers make of a case: its inputs moved as the drivers say, everything else as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from overbuild.site.case.file_form.form_read import plan_of
from overbuild.site.case.paths import Path
from overbuild.site.case.plan import SitePlan
from overbuild.site.case.uncertain.named_inputs import CaseForms, NamedInput
from overbuild.world.drivers.leaf_paths import at, replaced
from overbuild.world.drivers.moving import MOVES


def moved_plan(forms: CaseForms, moves: Sequence[tuple[NamedInput, str, float]], late: Sequence[int] = ()) -> SitePlan:
    """The plan of a case with inputs moved: each with how and the value; `late` are periods later, one entry a phase.

    Inputs of the file go through its form, so that whatever follows from them follows.
    """
    record: Any = forms.form.record
    for named, how, value in moves:
        if named.of == "file":
            record = replaced(record, named.path, moved_value(at(record, named.path), how, value))
    plan = forms.plan if record is forms.form.record else plan_of(record)
    for named, how, value in moves:
        if named.of == "plan":
            plan = replaced(plan, named.path, moved_value(at(plan, named.path), how, value))
    if late:
        phases = zip(plan.phases, late, strict=True)
        plan = plan._replace(phases=tuple(phase._replace(delay=phase.delay + more) for phase, more in phases))
    return plan


def moved_value(base: Any, how: str, value: float) -> Any:
    """A number, the numbers of a series, or those of a path, moved.

    >>> moved_value(Path("growing", 4.0, 0.5), "multiplies", 0.5).value, moved_value((1.0, 2.0), "adds", 1.0)
    (2.0, (2.0, 3.0))
    """
    move = MOVES[how]
    if isinstance(base, Path):
        return base._replace(
            value=move(base.value, value) if base.kind in ("flat", "growing") else base.value,
            by_year=tuple(move(one, value) for one in base.by_year),
            by_period=tuple(move(one, value) for one in base.by_period),
        )
    if isinstance(base, tuple):
        return tuple(move(one, value) for one in cast("tuple[float, ...]", base))
    return move(base, value)


def numbers_at(record: Any, path: str) -> tuple[float, ...]:
    """The numbers of an input: one, or those of a series or a path.

    >>> from overbuild.site.examples import PLAN
    >>> numbers_at(PLAN, "contracts.lab.price")
    (0.5,)
    """
    value: Any = at(record, path)
    if isinstance(value, Path):
        return value.by_year or value.by_period or (value.value,)
    return cast("tuple[float, ...]", value) if isinstance(value, tuple) else (value,)
