"""Formulas as people read them: a named line over other lines, inputs and constants, with as few brackets as it takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from overbuild.equations.graph import Program
from overbuild.equations.reading.expression import Expression, expression_of, operands_of

_INFIX = {"add": (" + ", 1), "sub": (" - ", 1), "mul": (" * ", 2), "div": (" / ", 2)}
_COMPARED = {"lt": " < ", "le": " <= ", "gt": " > ", "ge": " >= ", "and": " and ", "or": " or "}
_ATOM = 4


class Reading(NamedTuple):
    """A formula in words, and what it takes directly: names of lines and of inputs, in the order they are met."""

    text: str
    lines: tuple[str, ...]
    inputs: tuple[str, ...]


def reading_of(program: Program, name: str) -> Reading:
    """The formula of a line. Raises KeyError for a name that is no line of the program.

    >>> from overbuild.equations import line, trace, minimum
    >>> program = trace(lambda sales, opex, cap: line("ebitda", minimum(sales, cap) * 2 - (opex - 1)), 0.0, 0.0, 0.0)
    >>> reading_of(program, "ebitda")
    Reading(text='min(sales, cap) * 2 - (opex - 1)', lines=(), inputs=('sales', 'cap', 'opex'))
    """
    tree = expression_of(program, program.steps[program.lines[name]].operands[0])
    met = operands_of(tree)
    lines = tuple(one.name for one in met if one.kind == "line")
    inputs = tuple(one.name for one in met if one.kind not in ("line", "constant"))
    return Reading(text_of(tree), lines, inputs)


def text_of(tree: Expression) -> str:
    """A formula in words, with as few brackets as it takes.

    >>> text_of(Expression("add", (Expression("literal", number=1.0), Expression("literal", number=2.0))))
    '1 + 2'
    """
    return _read(tree)[0]


def _read(tree: Expression) -> tuple[str, int]:
    """The text of a formula and how tightly it binds."""
    if tree.operand is not None:
        before = "previous " if tree.operand.kind == "previous" else ""
        return before + tree.operand.name, _ATOM
    if tree.kind == "literal":
        return f"{tree.number:g}", _ATOM
    parts = [_read(part) for part in tree.parts]
    if tree.kind in _INFIX:
        return _infix(tree.kind, parts)
    return _FORMS.get(tree.kind, partial(_call, tree.kind))(parts)


def _call(kind: str, parts: list[tuple[str, int]]) -> tuple[str, int]:
    words = {"minimum": "min", "maximum": "max"}.get(kind, kind)
    return f"{words}({', '.join(text for text, _ in parts)})", _ATOM


def _compared(sign: str, parts: list[tuple[str, int]]) -> tuple[str, int]:
    return f"({sign.join(text for text, _ in parts)})", _ATOM


def _chosen(parts: list[tuple[str, int]]) -> tuple[str, int]:
    flag, yes, no = (text for text, _ in parts)
    return f"(if {flag} then {yes} else {no})", _ATOM


_FORMS: dict[str, Callable[[list[tuple[str, int]]], tuple[str, int]]] = {
    **{kind: partial(_compared, sign) for kind, sign in _COMPARED.items()},
    "neg": lambda parts: (f"-{_bracketed(parts[0], 3)}", 3),
    "power": lambda parts: (f"{_bracketed(parts[0], _ATOM)} ^ {_bracketed(parts[1], _ATOM)}", 3),
    "where": _chosen,
}


def _infix(kind: str, parts: list[tuple[str, int]]) -> tuple[str, int]:
    sign, binds = _INFIX[kind]
    tighter = binds + 1 if kind in ("sub", "div") else binds
    return f"{_bracketed(parts[0], binds)}{sign}{_bracketed(parts[1], tighter)}", binds


def _bracketed(part: tuple[str, int], least: int) -> str:
    text, binds = part
    return text if binds >= least else f"({text})"
