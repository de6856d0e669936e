"""The book of a year: inputs with their papers, the page of equations as live formulas, results. No periods, no sizing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from overbuild.audit.book.book import Book, Check, InputRow, ResultRow, Row
from overbuild.audit.book.input_rows import constant_rows
from overbuild.audit.book.result_rows import guarded
from overbuild.audit.cited_facts import cited_rows
from overbuild.audit.labels import label_of_path
from overbuild.audit.line_labels import label_of_row, unit_of_line
from overbuild.audit.origins import Leaf
from overbuild.audit.year_numbers import YearNumbers
from overbuild.equations.reading.cells import Ref, cell_of
from overbuild.equations.reading.expression import Operand
from overbuild.equations.reading.line_table import label_of
from overbuild.equations.reading.named_lines import NamedLine, named_lines
from overbuild.timeline.run import Evaluated, evaluate
from overbuild.world.fields import unit_of_leaf

_TERMS = "terms."
LIVE = "live"
"""What a change of an input does: every input of such a book is followed."""


def year_book(numbers: YearNumbers, checks: tuple[Check, ...], workspace: Path | str | None = None) -> Book:
    """The book of a year without the words at its head: inputs that something depends on, lines, and results.

    A fact that several terms copy is one input, and so is an assumption: whoever changes the cell changes them all.
    """
    [year] = evaluate(numbers.model).values()
    lines = named_lines(year.program)
    wanted = {operand.name for line in lines.values() for operand in line.operands if operand.kind == "term"}
    every = {path: _input(numbers, year, path) for path in year.program.inputs if path in wanted}
    same = _copies(every)
    inputs = tuple(row for path, row in every.items() if same[path] == row.id)
    shown = {one.line for one in numbers.model.reported if one.id == one.line}
    keys = (key for row in inputs for key in row.fact.split("; "))
    place = partial(_place, same)
    return Book(
        title=numbers.question,
        read_me=(),
        labels=(),
        inputs=inputs,
        constants=tuple(constant_rows((year.program,))),
        time=(),
        model=tuple(_row(line, year, place) for line in lines.values() if line.name not in shown),
        sizing=(),
        results=tuple(_results(numbers, lines, year, place)),
        checks=checks,
        facts=tuple(sorted(cited_rows(keys, workspace).values())),
    )


def _copies(rows: Mapping[str, InputRow]) -> dict[str, str]:
    """For each term the id of the input that it copies: the first with the same one fact and value."""
    first: dict[CopiedFact, str] = {}
    found: dict[str, str] = {}
    for path, row in rows.items():
        one = CopiedFact(row.fact, row.value if isinstance(row.value, float) else 0.0)
        found[path] = first.setdefault(one, row.id) if row.fact and "; " not in row.fact else row.id
    return found


class CopiedFact(NamedTuple):
    """A fact and the value that a term takes from it."""

    fact: str
    value: float


Place: TypeAlias = Callable[[Operand], Ref]


def _place(same: Mapping[str, str], operand: Operand) -> Ref:
    if operand.kind == "constant":
        return Ref(f"constant.{operand.name}")
    return Ref(same.get(operand.name, operand.name.removeprefix(_TERMS)))


def _value(line: NamedLine, year: Evaluated) -> float:
    return float(year.steps[0][line.place])


def _row(line: NamedLine, year: Evaluated, place: Place) -> Row:
    label = label_of_row(line)
    return Row(
        line.name, label, unit_of_line(line.name), {0: _value(line, year)}, {0: cell_of(line, place)}, scalar=True
    )


def _results(numbers: YearNumbers, lines: dict[str, NamedLine], year: Evaluated, place: Place) -> Iterator[ResultRow]:
    """Every result in the order of its line: the line's own formula, or a reference where it has another name."""
    declared = {one.line: one for one in numbers.model.reported}
    order = {name: at for at, name in enumerate(lines)}
    for one in sorted(numbers.model.reported, key=lambda one: order[one.line]):
        line = lines[one.line]
        plain = cell_of(line, place) if one.id == one.line else (Ref(one.line),)
        formula = guarded(one, plain, declared)
        yield ResultRow(one.id, label_of(one.line), unit_of_line(one.line), _value(line, year), formula, True, "")


def _input(numbers: YearNumbers, year: Evaluated, path: str) -> InputRow:
    name, value = path.removeprefix(_TERMS), float(year.steps[0][year.program.inputs[path]])
    origin = numbers.leaf(Leaf(year.name, path), value)
    leaves = origin.below or (origin,)
    facts = [leaf.fact for leaf in leaves if leaf.fact]
    assumed = [leaf for leaf in leaves if leaf.kind == "assumption"]
    return InputRow(
        id=name,
        label=label_of_path(name),
        unit=origin.unit or unit_of_leaf(type(year.stage.terms), name),
        value=value,
        kind="assumption" if assumed else "fact" if facts else "input",
        fact="; ".join(fact.id for fact in facts),
        source="; ".join(leaf.origin for leaf in leaves if leaf.fact),
        date=max((fact.known_at for fact in facts), default=""),
        reason="; ".join(leaf.origin for leaf in assumed) or ("" if facts else origin.origin),
        low=None,
        high=None,
        follows=True,
        effect=LIVE,
    )
