"""A formula as one tells it: whole where it is short, over its parts where it is long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from overbuild.equations.graph import Program
from overbuild.equations.operations import OPERATIONS
from overbuild.equations.reading.expression import Names, Operand, expression_of, operands_of
from overbuild.equations.reading.named_lines import NamedLine
from overbuild.equations.reading.text import text_of


class Reading(NamedTuple):
    """A formula in words, and what it takes directly: names of lines and of inputs, in the order they are met."""

    text: str
    lines: tuple[str, ...]
    inputs: tuple[str, ...]


MOST_WHOLE = 80
"""Names and operations of a formula that is told whole."""


def told(program: Program, name: str, lines: Mapping[str, NamedLine]) -> Reading:
    """The formula of a line, a part or a result of `lines`, which are those of the program.

    What a formula uses twice stands in it twice when it is told whole, so a long one is told over its parts.

    >>> from overbuild.equations import line, trace
    >>> from overbuild.equations.reading.named_lines import named_lines
    >>> program = trace(lambda sales, opex: line("ebitda", sales - opex), 0.0, 0.0)
    >>> told(program, "ebitda", named_lines(program)).text
    'sales - opex'
    """
    if lines[name].kind == "line" and is_whole(program, name):
        tree = expression_of(program, _body(program, name), Names(_named(program)))
        return _reading(text_of(tree), operands_of(tree))
    return _reading(lines[name].text, lines[name].operands)


def is_whole(program: Program, name: str) -> bool:
    """Whether a line is told whole: over other lines it has few enough names and operations.

    >>> from overbuild.equations import line, maximum, trace
    >>> def doubled(cash):
    ...     for _ in range(9):
    ...         cash = maximum(cash + cash, cash - 1.0)
    ...     return line("paid", cash)
    >>> is_whole(trace(doubled, 0.0), "paid")
    False
    """
    named, whole = _named(program), _body(program, name)
    known: dict[int, int] = {}
    waiting = [whole]
    while waiting:
        place = waiting[-1]
        step = program.steps[place]
        below = () if step.kind == "line" or (place in named and place != whole) else step.operands
        missing = [one for one in below if one not in known]
        if missing:
            waiting += missing
        else:
            known[waiting.pop()] = 1 + sum(known[one] for one in below)
    return known[whole] <= MOST_WHOLE


def _body(program: Program, name: str) -> int:
    return program.steps[program.lines[name]].operands[0]


def _named(program: Program) -> dict[int, str]:
    """The steps that some line is the name of."""
    bodies = {_body(program, name): name for name in reversed(program.lines)}
    return {place: name for place, name in bodies.items() if program.steps[place].kind in OPERATIONS}


def _reading(text: str, operands: tuple[Operand, ...]) -> Reading:
    return Reading(text, _names(operands, ("line",)), _names(operands, ("input", "term", "row", "previous")))


def _names(operands: tuple[Operand, ...], kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.name for one in operands if one.kind in kinds)
