"""In what do two site cases differ: inputs, results, break-evens?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from overbuild.answer import Answer, Assumption, Cell, Headline
from overbuild.old_site.case.read import SiteCase
from overbuild.old_site.case_run import run_case
from overbuild.questions.columns import FilledColumn, column, table
from overbuild.questions.site.answer import answered

LIMITS = (
    "Each case is sized and run by itself: a difference is between two sites, not the effect of one input.",
    "Inputs that name the same number from different facts or reasons count as equal.",
)

_MONEY = ("debt", "uses", "equity", "equity_npv", "debt_capacity")


class ValueOfTwo(NamedTuple):
    """A value of an answer in A and in B; None where a case does not have it."""

    id: str
    a: Cell
    b: Cell

    @property
    def difference(self) -> Cell:
        """B less A; None where one of them is a word or is not there."""
        if isinstance(self.a, int | float) and isinstance(self.b, int | float):
            return self.b - self.a
        return None

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of USD."""
        return self.id in _MONEY or self.id.endswith((".debt", "_total"))


class InputOfTwo(NamedTuple):
    """An input by its path in A and in B; None where a case has no such thing."""

    input: str
    a: Cell
    b: Cell


_INPUTS = (column("input", "input"), column("a", "A"), column("b", "B"))


def compare(a: Path | str, b: Path | str, *, sets: Sequence[str] = (), workspace: Path | str | None = None) -> Answer:
    """Two cases side by side: the inputs that differ, and the values that differ, break-evens included.

    `sets` (`path=value`) edit both cases before they are sized. A difference is that of B less that of A; words and
    numbers that one case does not have have none. Raises as `site`, for either file.
    """
    run_a, run_b = (run_case(Path(file), sets, workspace=workspace) for file in (a, b))
    answer_a, answer_b = answered(run_a, workspace), answered(run_b, workspace)
    values = _values(answer_a, answer_b)
    inputs = _inputs(run_a.sized, run_b.sized)
    differences: dict[str, Cell] = {f"difference.{one.id}": one.difference for one in values}
    counts: dict[str, Cell] = {"inputs_differ": len(inputs), "values_differ": len(values)}
    text = f"A ({run_a.sized.name}) and B ({run_b.sized.name}) {_differ(len(inputs), len(values))}."
    return Answer(
        question="compare",
        headline=Headline("values_differ", len(values), "count", text),
        values={**counts, **differences},
        status={name: "not a number in both cases" for name, value in differences.items() if value is None},
        tables=(
            table("money", "Amounts that differ", _sides("USD_m"), (one for one in values if one.is_money)),
            table("values", "Values that differ", _sides(""), (one for one in values if not one.is_money)),
            table("inputs", "Inputs that differ", _INPUTS, inputs),
        ),
        facts=tuple(sorted({*answer_a.facts, *answer_b.facts})),
        assumptions=_assumptions(answer_a.assumptions, answer_b.assumptions),
        limits=(*LIMITS, *dict.fromkeys(answer_a.limits + answer_b.limits)),
        notes=(f"A: {answer_a.headline.text}", f"B: {answer_b.headline.text}"),
    )


def _differ(inputs: int, values: int) -> str:
    return f"differ in {inputs} inputs and {values} values" if inputs or values else "do not differ"


def _sides(unit: str) -> tuple[FilledColumn, ...]:
    sides = {"a": "A", "b": "B", "difference": "B less A"}
    return (column("id", "value"), *(column(key, label, unit) for key, label in sides.items()))


def _values(a: Answer, b: Answer) -> list[ValueOfTwo]:
    names = dict.fromkeys((*a.values, *b.values))
    found = (ValueOfTwo(name, a.values.get(name), b.values.get(name)) for name in names)
    return [one for one in found if one.a != one.b]


def _inputs(a: SiteCase, b: SiteCase) -> list[InputOfTwo]:
    """Inputs by path; what a file leaves out has the plan's default, and a thing that is not there has none."""
    found = [InputOfTwo("close", a.close, b.close)] if a.close != b.close else []
    for path in dict.fromkeys((*a.inputs, *b.inputs)):
        one, other = entry_of(a.plan, path), entry_of(b.plan, path)
        if one != other:
            found.append(InputOfTwo(path, _shown(one), _shown(other)))
    return found


def entry_of(record: Any, path: str) -> Any:
    """What stands at a path of a plan; None where there is no such thing.

    >>> from overbuild.old_site.examples import PLAN
    >>> entry_of(PLAN, "loans.senior.tenor"), entry_of(PLAN, "loans.mezz.tenor")
    (5, None)
    """
    found = record
    for step in path.split("."):
        if type(found) is tuple:
            named = cast("tuple[Any, ...]", found)
            found = next((one for one in named if getattr(one, "name", None) == step), None)
        else:
            found = getattr(found, step, None)
    return found


def _shown(entry: Any) -> Cell:
    if isinstance(entry, tuple):
        series = cast("tuple[Any, ...]", entry)
        if series and len(set(series)) == 1:
            return f"{series[0]} in {len(series)} periods"
        return ", ".join(str(one) for one in series)
    return entry if isinstance(entry, int | float | str | bool | None) else str(entry)


def _assumptions(a: Sequence[Assumption], b: Sequence[Assumption]) -> tuple[Assumption, ...]:
    """Those of both; one that the cases do not share says whose it is."""
    shared = set(a) & set(b)
    alone = [
        one._replace(id=f"{name}: {one.id}") for name, side in (("A", a), ("B", b)) for one in side if one not in shared
    ]
    return (*(one for one in a if one in shared), *alone)
