"""A formula as one tells it: whole where it is short, over its parts where it is long."""

from __future__ import annotations

from collections.abc import Mapping

from overbuild.equations.graph import Program
from overbuild.equations.reading.expression import Operand
from overbuild.equations.reading.named_lines import NamedLine
from overbuild.equations.reading.text import Reading, reading_of

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
    if name in program.lines and is_whole(program, name):
        return reading_of(program, name)
    one = lines[name]
    return Reading(
        one.text, _names(one.operands, ("line",)), _names(one.operands, ("input", "term", "row", "previous"))
    )


def is_whole(program: Program, name: str) -> bool:
    """Whether a line is told whole.

    >>> from overbuild.equations import line, maximum, trace
    >>> def doubled(cash):
    ...     for _ in range(9):
    ...         cash = maximum(cash + cash, cash - 1.0)
    ...     return line("paid", cash)
    >>> is_whole(trace(doubled, 0.0), "paid")
    False
    """
    known: dict[int, int] = {}
    waiting = [program.steps[program.lines[name]].operands[0]]
    while waiting:
        place = waiting[-1]
        step = program.steps[place]
        below = () if step.kind == "line" else step.operands
        missing = [one for one in below if one not in known]
        if missing:
            waiting += missing
        else:
            known[waiting.pop()] = 1 + sum(known[one] for one in below)
    return known[program.steps[program.lines[name]].operands[0]] <= MOST_WHOLE


def _names(operands: tuple[Operand, ...], kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.name for one in operands if one.kind in kinds)
