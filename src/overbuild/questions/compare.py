"""In what do two site cases differ: inputs, results, break-evens?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from overbuild.questions.answer import Answer, Assumption, Cell, Column, Headline, Row, Table
from overbuild.questions.site.answer import answered
from overbuild.site.case_plan import SiteCase
from overbuild.site.case_run import CaseRun, run_case

LIMITS = (
    "Each case is sized and run by itself: a difference is between two sites, not the effect of one input.",
    "Inputs that name the same number from different facts or reasons count as equal.",
)

_MONEY = ("debt", "uses", "equity", "equity_npv", "debt_capacity")


def compare(a: Path | str, b: Path | str, *, sets: Sequence[str] = (), workspace: Path | str | None = None) -> Answer:
    """Two cases side by side: the inputs that differ, and the values that differ, break-evens included.

    `sets` (`path=value`) edit both cases before they are sized. A difference is that of B less that of A; words and
    numbers that one case does not have have none. Raises as `site`, for either file.
    """
    cases = (run_case(Path(a), sets), run_case(Path(b), sets))
    answers = (answered(cases[0], workspace), answered(cases[1], workspace))
    values = _values(answers[0], answers[1])
    inputs = _inputs(cases[0].sized, cases[1].sized)
    money = [row for row in values if _is_money(str(row["id"]))]
    others = [row for row in values if not _is_money(str(row["id"]))]
    differences: dict[str, Cell] = {f"difference.{row['id']}": row["difference"] for row in values}
    counts: dict[str, Cell] = {"inputs_differ": len(inputs), "values_differ": len(values)}
    return Answer(
        question="compare",
        headline=Headline("values_differ", len(values), "count", _headline(cases, len(inputs), len(values))),
        values={**counts, **differences},
        status={name: "not a number in both cases" for name, value in differences.items() if value is None},
        tables=(
            _table("money", "Amounts that differ", money, "USD_m"),
            _table("values", "Values that differ", others, ""),
            _inputs_table(inputs),
        ),
        facts=tuple(sorted({*answers[0].facts, *answers[1].facts})),
        assumptions=_assumptions(answers[0].assumptions, answers[1].assumptions),
        limits=(*LIMITS, *dict.fromkeys(answers[0].limits + answers[1].limits)),
        notes=tuple(f"{name}: {one.headline.text}" for name, one in zip("AB", answers, strict=True)),
    )


def _is_money(name: str) -> bool:
    return name in _MONEY or name.endswith(".debt")


def _values(a: Answer, b: Answer) -> list[Row]:
    rows: list[Row] = []
    for name in dict.fromkeys((*a.values, *b.values)):
        one, other = a.values.get(name), b.values.get(name)
        if one != other:
            rows.append({"id": name, "a": one, "b": other, "difference": _difference(one, other)})
    return rows


def _difference(one: Cell, other: Cell) -> Cell:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return other - one
    return None


def _table(name: str, title: str, rows: Iterable[Row], unit: str) -> Table:
    sides = (("a", "A"), ("b", "B"), ("difference", "B less A"))
    return Table(name, title, (Column("id", "value"), *(Column(key, label, unit) for key, label in sides)), tuple(rows))


def _inputs_table(rows: list[Row]) -> Table:
    columns = (Column("input", "input"), Column("a", "A"), Column("b", "B"))
    return Table("inputs", "Inputs that differ", columns, tuple(rows))


def _inputs(a: SiteCase, b: SiteCase) -> list[Row]:
    """Inputs by path; what a file leaves out has the plan's default, and a thing that is not there has none."""
    rows: list[Row] = [{"input": "close", "a": a.close, "b": b.close}] if a.close != b.close else []
    for path in dict.fromkeys((*a.inputs, *b.inputs)):
        one, other = entry_of(a.plan, path), entry_of(b.plan, path)
        if one != other:
            rows.append({"input": path, "a": _shown(one), "b": _shown(other)})
    return rows


def entry_of(record: Any, path: str) -> Any:
    """What stands at a path of a plan; None where there is no such thing.

    >>> from overbuild.site.examples import PLAN
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


def _headline(cases: tuple[CaseRun, CaseRun], inputs: int, values: int) -> str:
    a, b = (basis.sized.name for basis in cases)
    if not inputs and not values:
        return f"A ({a}) and B ({b}) do not differ."
    return f"A ({a}) and B ({b}) differ in {inputs} inputs and {values} values."
