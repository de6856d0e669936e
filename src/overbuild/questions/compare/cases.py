"""In what do two site cases differ: inputs, results, break-evens?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from overbuild.answer import Answer, Assumption, Cell, Chart, Headline, Screen, Table
from overbuild.audit.labels import label_of_input
from overbuild.equations import flatten
from overbuild.questions.charts import NAVY, ORANGE, Spec, amounts, chart, coloured, headed, mark, source_line
from overbuild.questions.columns import FilledColumn, column, table, unprinted
from overbuild.questions.prose import times
from overbuild.questions.site.answer import answered
from overbuild.questions.site.values import MULTIPLE
from overbuild.site.case.read import SiteCase
from overbuild.site.case_run import run_case
from overbuild.stress.break_words import at
from overbuild.stress.drivers import BY_ID

LIMITS = (
    "Each case is sized and run by itself: a difference is between two sites, not the effect of one input.",
    "Inputs that name the same number from different facts or reasons count as equal.",
)


class ValueOfTwo(NamedTuple):
    """A value of an answer or of a distribution in A and in B; None where a case does not have it."""

    id: str
    label: str
    unit: str
    a: Cell
    b: Cell

    @property
    def difference(self) -> Cell:
        """B less A; None where one of them is a word or is not there."""
        if isinstance(self.a, int | float) and isinstance(self.b, int | float):
            return self.b - self.a
        return None


class InputOfTwo(NamedTuple):
    """An input by its path in A and in B; None where a case has no such thing."""

    input: str
    a: Cell
    b: Cell


_INPUTS = (
    column("label", "input", fill=lambda one: label_of_input(one.input)),
    column("input", "path"),
    column("a", "A"),
    column("b", "B"),
)


class Kind(NamedTuple):
    """A kind of values that stand in one table: its name, title, printed unit, and how the units begin that it takes."""

    name: str
    title: str
    unit: str
    units: tuple[str, ...]


_KINDS = (
    Kind("ratios", "Cover and multiples of money", "ratio", ("ratio",)),
    Kind("money", "Amounts", "USD_m", ("USD",)),
    Kind("rates", "Rates and shares", "decimal", ("decimal", "share")),
    Kind("changes", "Break-evens, change from each case", "decimal", (MULTIPLE,)),
    Kind("values", "Periods, years, words", "", ("",)),
)


def compare_cases(
    a: Path | str, b: Path | str, *, sets: Sequence[str] = (), workspace: Path | str | None = None
) -> Answer:
    """Two cases side by side: the inputs that differ, and the values that differ, break-evens included.

    `sets` (`path=value`) edit both cases before they are sized. A difference is that of B less that of A; words and
    numbers that one case does not have have none. Cases of one form are compared in the words of their files, others in
    those of the plan. Raises as `site`, for either file.
    """
    run_a, run_b = (run_case(Path(file), sets, workspace=workspace) for file in (a, b))
    answer_a, answer_b = answered(run_a, workspace), answered(run_b, workspace)
    values = _values(answer_a, answer_b)
    inputs = _inputs(run_a.sized, run_b.sized)
    differences: dict[str, Cell] = {f"difference.{one.id}": one.difference for one in values}
    counts: dict[str, Cell] = {"inputs_differ": len(inputs), "values_differ": len(values)}
    text = f"A ({run_a.sized.name}) and B ({run_b.sized.name}) {_differ(len(inputs), len(values))}."
    tables = (*_by_kind(values), table("inputs", "Inputs that differ", _INPUTS, inputs))
    said = (f"A: {answer_a.headline.text}", f"B: {answer_b.headline.text}")
    return Answer(
        question="compare",
        headline=Headline("values_differ", len(values), "count", text),
        values={**counts, **differences},
        status={name: "not a number in both cases" for name, value in differences.items() if value is None},
        tables=tables,
        facts=tuple(sorted({*answer_a.facts, *answer_b.facts})),
        assumptions=_assumptions(answer_a.assumptions, answer_b.assumptions),
        limits=(*LIMITS, *dict.fromkeys(answer_a.limits + answer_b.limits)),
        notes=said,
        charts=_pictures(run_a.sized.name, run_b.sized.name, answer_a, answer_b),
        screen=Screen(_main(values), said, (), "What each answers"),
    )


_BREAKS = {
    "breakeven.price": "price",
    "breakeven.utilisation": "use",
    "breakeven.gpu_cost": "cost of GPUs",
    "breakeven.power_price": "price of power",
}


def _pictures(a: str, b: str, answer_a: Answer, answer_b: Answer) -> tuple[Chart, ...]:
    """The change of each driver that brings minimum DSCR to 1, in both cases; no picture where neither has one."""
    points: list[dict[str, str | float]] = []
    for name, label in _BREAKS.items():
        for case, answer in ((f"A: {a}", answer_a), (f"B: {b}", answer_b)):
            value = answer.values.get(name)
            if isinstance(value, int | float) and value <= _FARTHEST:
                change = 100.0 * (value - 1.0)
                points.append({"driver": label, "case": case, "change": change, "told": f"{change:+.1f}%"})
    if not points:
        return ()
    ends = [0.0, *(float(one["change"]) for one in points)]
    room = 0.15 * (max(ends) - min(ends))
    where: dict[str, Spec] = {
        "y": {"field": "driver", "type": "nominal", "title": None, "sort": list(_BREAKS.values())},
        "yOffset": {"field": "case"},
        "x": amounts("change", "change that brings minimum DSCR to 1, %",
                     scale={"domain": [min(ends) - room, max(ends) + room], "nice": False}),
    }  # fmt: skip
    layers = [mark(points, {"type": "bar"}, **where, color=coloured("case", {f"A: {a}": NAVY, f"B: {b}": ORANGE}))]
    for align, dx, there in (("left", 5, [one for one in points if float(one["change"]) >= 0.0]),
                             ("right", -5, [one for one in points if float(one["change"]) < 0.0])):  # fmt: skip
        if there:
            told: Spec = {"field": "told", "type": "nominal"}
            layers.append(mark(there, {"type": "text", "align": align, "dx": dx}, **where, text=told))
    drawing: Spec = {"layer": layers}
    finding = _first_of_both(a, b, answer_a, answer_b)
    foot = source_line(tuple(sorted({*answer_a.facts, *answer_b.facts})))
    measure = "Change of each driver alone that brings minimum DSCR to 1, % of each case; no bar: none, or beyond 200%"
    return (chart("breaks", finding, headed(finding, measure), width=520, height=200, drawing=drawing, foot=foot),)


def _first_of_both(a: str, b: str, answer_a: Answer, answer_b: Answer) -> str:
    """What breaks each case first, in a sentence."""
    said: list[str] = []
    for case, answer in ((a, answer_a), (b, answer_b)):
        first = str(answer.values["first_break"] or "")
        value = answer.values.get(f"breakeven.{first}")
        known = isinstance(value, int | float)
        said.append(
            f"{case} with {at(BY_ID[first], float(value))}" if known and first in BY_ID else f"{case} not by one"
        )
    return f"Breaks first: {'; '.join(said)}"


_FARTHEST = 3.0
"""The largest multiple that is drawn."""


def _differ(inputs: int, values: int) -> str:
    return f"differ in {times(inputs, 'input')} and {times(values, 'value')}" if inputs or values else "do not differ"


def _by_kind(values: Sequence[ValueOfTwo]) -> tuple[Table, ...]:
    left = list(values)
    found: list[Table] = []
    for kind in _KINDS:
        mine = [one for one in left if one.unit.startswith(kind.units)]
        left = [one for one in left if one not in mine]
        found.append(table(kind.name, kind.title, _sides(kind.unit), map(_changed, mine)))
    return tuple(found)


_FIRST = ("min_dscr", "llcr", "moic", "debt", "uses", "equity_npv", "net_cash_to_equity_total", "equity_irr_per_year")


def _main(values: Sequence[ValueOfTwo]) -> Table:
    """The values that an analyst asks for first, in the units in which they are said."""
    known = {one.id: one for one in values}
    columns = (
        column("label", "value"),
        column("a", "A", fill=lambda one: _said(one.a, one.unit)),
        column("b", "B", fill=lambda one: _said(one.b, one.unit)),
        column("difference", "B less A", fill=lambda one: _said(one.difference, one.unit)),
    )
    return table("first", "What differs first", columns, [known[name] for name in _FIRST if name in known])


def _said(value: Cell, unit: str) -> Cell:
    if not isinstance(value, int | float):
        return value
    if unit.startswith("USD"):
        return f"{value / 1e6:,.0f}m USD"
    return f"{value:.1%}" if unit.startswith(("decimal", "share")) else f"{value:.2f}x"


def _changed(one: ValueOfTwo) -> ValueOfTwo:
    """A break-even that multiplies as the change that it is; all else as it is."""
    if one.unit != MULTIPLE:
        return one
    a, b = (value - 1.0 if isinstance(value, int | float) else value for value in (one.a, one.b))
    return one._replace(a=a, b=b)


def _sides(unit: str) -> tuple[FilledColumn, ...]:
    sides = {"a": "A", "b": "B", "difference": "B less A"}
    return (unprinted("id"), column("label", "value"), *(column(key, label, unit) for key, label in sides.items()))


def _values(a: Answer, b: Answer) -> list[ValueOfTwo]:
    labels, units = {**a.labels, **b.labels}, {**a.units, **b.units}
    found = (
        ValueOfTwo(name, labels.get(name, name), units.get(name, ""), a.values.get(name), b.values.get(name))
        for name in dict.fromkeys((*a.values, *b.values))
    )
    return [one for one in found if one.a != one.b]


def _inputs(a: SiteCase, b: SiteCase) -> list[InputOfTwo]:
    """Inputs by path; what a file leaves out has the default of its form, and a thing that is not there has none."""
    found = [InputOfTwo("close", a.close, b.close)] if a.close != b.close else []
    same = type(a.form.record) is type(b.form.record)
    inputs_a, inputs_b = (_of_form(one) if same else flatten(one.plan) for one in (a, b))
    for path in dict.fromkeys((*inputs_a, *inputs_b)):
        if path in ("name", "close"):
            continue
        one, other = (
            entries[path] if path in entries else entry_of(case.form.record if same else case.plan, path)
            for case, entries in ((a, inputs_a), (b, inputs_b))
        )
        if one != other:
            found.append(InputOfTwo(path, _shown(one), _shown(other)))
    return found


def _of_form(case: SiteCase) -> Mapping[str, Any]:
    return {path: one.value for path, one in case.inputs.items()}


def entry_of(record: Any, path: str) -> Any:
    """What stands at a path of a record; None where there is no such thing.

    >>> from overbuild.site.examples import PLAN
    >>> entry_of(PLAN, "loans.senior.maturity"), entry_of(PLAN, "loans.mezz.maturity")
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
