"""From a program to named lines: each one's formula over other lines, the period before, inputs and constants.

A line ends where another begins, so that a formula is what an analyst would write into one cell. What is long and
used twice becomes a line of its own (a *part*), and so does each result that the next period starts from. The
workbook writes one row for each.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from overbuild.equations.graph import Program
from overbuild.equations.operations import OPERATIONS
from overbuild.equations.reading.expression import Expression, Names, Operand, expression_of, operands_of
from overbuild.equations.reading.text import text_of

LONGEST_TWICE = 60
"""A part that is used twice is written out each time up to this many characters."""

_ADDRESS = 8
"""Characters that the address of a cell takes, for measuring."""


class NamedLine(NamedTuple):
    """A row: a `line`, a `result` or a `part` of one; `place` is its step in the program, `text` its formula."""

    name: str
    kind: str
    place: int
    expression: Expression
    operands: tuple[Operand, ...]
    text: str


def named_lines(program: Program, results: str | None = None, previous: str = "state.") -> dict[str, NamedLine]:
    """All lines of a program by name, in order of evaluation; parts stand before the lines that use them.

    With `results` every result becomes a row as well, named by this and its path; an input `previous` + path is then
    the value of that row one period before. Without it, only lines and their parts are given.

    >>> from overbuild.equations import line, trace
    >>> program = trace(lambda state, paid: line("debt", state - paid), 100.0, 0.0)
    >>> debt = named_lines(program)["debt"]
    >>> debt.text, [operand.name for operand in debt.operands]
    ('state - paid', ['state', 'paid'])
    """
    bodies = {name: program.steps[place].operands[0] for name, place in program.lines.items()}
    carried = {f"{previous}{path}": f"{results}{path}" for path in program.results} if results else {}
    ends = {f"{results}{path}": place for path, place in program.results.items()} if results is not None else {}
    ends = {name: place for name, place in ends.items() if name not in bodies}
    parts = _parts(program, bodies, ends)
    known = {place: name for name, place in reversed(bodies.items()) if program.steps[place].kind in OPERATIONS}
    names = Names(parts | known, carried)
    rows = [(place, name, "part") for place, name in parts.items()]
    rows += [(place, name, "line") for name, place in bodies.items()]
    rows = sorted(rows, key=lambda row: row[0])
    rows += [(place, name, "result") for name, place in ends.items()]
    return {name: _row(program, place, name, kind, names) for place, name, kind in rows}


def _row(program: Program, place: int, name: str, kind: str, names: Names) -> NamedLine:
    """A line's formula; a result that is a named step is that name."""
    tree = expression_of(program, place, names)
    if kind == "result" and place in names.steps:
        tree = Expression("operand", operand=Operand("line", names.steps[place]))
    return NamedLine(name, kind, place, tree, operands_of(tree), text_of(tree))


def _parts(program: Program, bodies: dict[str, int], ends: dict[str, int]) -> dict[int, str]:
    """Steps that become rows of their own: numbers used twice whose formula is long. Named after their first user."""
    steps, owners = program.steps, _owners(program, bodies, ends)
    uses = Counter(operand for place in owners for operand in steps[place].operands)
    uses.update(ends.values())
    named = set(bodies.values())
    counts: Counter[str] = Counter()
    lengths: dict[int, int] = {}
    parts: dict[int, str] = {}
    for place in sorted(owners):
        row = OPERATIONS[steps[place].kind]
        length = len(row.cell) + sum(lengths.get(operand, _ADDRESS) for operand in steps[place].operands)
        if place in named:
            length = _ADDRESS
        elif row.gives == "number" and uses[place] > 1 and length > LONGEST_TWICE:
            counts[owners[place]] += 1
            parts[place] = f"{owners[place]}.part_{counts[owners[place]]}"
            length = _ADDRESS
        lengths[place] = length
    return parts


def _owners(program: Program, bodies: dict[str, int], ends: dict[str, int]) -> dict[int, str]:
    """The first row that each step is reached from, without passing through another line."""
    owners: dict[int, str] = {}
    for name, body in [*sorted(bodies.items(), key=lambda entry: entry[1]), *ends.items()]:
        waiting = [body]
        while waiting:
            place = waiting.pop()
            if place in owners or program.steps[place].kind not in OPERATIONS:
                continue
            owners[place] = name
            waiting.extend(program.steps[place].operands)
    return owners
