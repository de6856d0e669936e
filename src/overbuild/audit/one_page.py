"""The book of a question whose equations are one page of single values: no periods, no sizing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from overbuild.audit.book import InputRow, ResultRow, Row
from overbuild.audit.input_rows import constant_rows
from overbuild.audit.labels import label_of_path, unit_of_path
from overbuild.audit.rows import label_of_part, unit_of_line
from overbuild.audit.tree import Why
from overbuild.equations import Program, flatten
from overbuild.equations.cells import Pieces, Ref, cell_of
from overbuild.equations.expression import Operand
from overbuild.equations.line_table import label_of
from overbuild.equations.named_lines import NamedLine, named_lines
from overbuild.questions.answer import Answer

_TERMS = "terms."
LIVE = "live"
"""What a change of an input does: every input of such a book is followed."""


class OnePage(NamedTuple):
    """The rows of a page: inputs that something depends on, constants, lines, and results (lines of the answer)."""

    inputs: tuple[InputRow, ...]
    constants: tuple[Row, ...]
    model: tuple[Row, ...]
    results: tuple[ResultRow, ...]


def one_page(program: Program, terms: Any, origins: Mapping[str, Why], answer: Answer) -> OnePage:
    """The rows of a traced page on its terms; lines that the answer gives as values are results."""
    made = program.run(flatten(terms, "terms"))
    lines = named_lines(program)
    wanted = {operand.name for line in lines.values() for operand in line.operands if operand.kind == "term"}
    inputs = tuple(_input(path, float(made[place]), origins.get(path)) for path, place in program.inputs.items()
                   if path in wanted)  # fmt: skip
    results = tuple(_results(lines, made, answer.values.keys()))
    shown = {row.id for row in results}
    return OnePage(
        inputs=inputs,
        constants=tuple(constant_rows((program,))),
        model=tuple(_row(line, made[line.place]) for line in lines.values() if line.name not in shown),
        results=results,
    )


def _place(operand: Operand) -> Ref:
    return Ref(f"constant.{operand.name}" if operand.kind == "constant" else operand.name.removeprefix(_TERMS))


def _row(line: NamedLine, value: Any) -> Row:
    pieces: Pieces = cell_of(line, _place)
    label = label_of(line.name) if line.kind == "line" else label_of_part(line.name)
    return Row(line.name, label, unit_of_line(line.name), {0: float(value)}, {0: pieces}, scalar=True)


def _results(lines: Mapping[str, NamedLine], made: list[Any], ids: Collection[str]) -> Iterator[ResultRow]:
    for line in lines.values():
        if line.name in ids:
            formula = cell_of(line, partial(_place))
            value = float(made[line.place])
            yield ResultRow(line.name, label_of(line.name), unit_of_line(line.name), value, formula, True, "")


def _input(path: str, value: float, origin: Why | None) -> InputRow:
    name = path.removeprefix(_TERMS)
    leaves = (origin.below or (origin,)) if origin else ()
    facts = [leaf.fact for leaf in leaves if leaf.fact]
    assumed = origin is not None and origin.kind == "assumption"
    return InputRow(
        id=name,
        label=label_of_path(name),
        unit=origin.unit if origin and origin.unit else unit_of_path(name, value),
        value=value,
        kind="assumption" if assumed else "fact" if facts else "input",
        fact="; ".join(fact.id for fact in facts),
        source="; ".join(leaf.origin for leaf in leaves if leaf.fact),
        date=max((fact.known_at for fact in facts), default=""),
        reason=origin.origin if assumed and origin else "" if origin else "by construction of the table",
        low=None,
        high=None,
        follows=True,
        effect=LIVE,
    )
