"""A formula as a tree that ends at names: what the reading, the cells of a workbook and `why` are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from overbuild.equations.graph import Program


class Operand(NamedTuple):
    """What a formula takes, by kind.

    `line` is another line of this period, `previous` the value a result had one period before (both by the name of
    the line), `input`, `term` and `row` are leaves by path, `constant` is a named constant with its number.
    """

    kind: str
    name: str
    number: float = 0.0


class Expression(NamedTuple):
    """An operation over parts, an `operand`, or a `literal` number."""

    kind: str
    parts: tuple[Expression, ...] = ()
    operand: Operand | None = None
    number: float = 0.0


class Names(NamedTuple):
    """Steps that are known by a name where others use them, and inputs that are results of the period before."""

    steps: Mapping[int, str] = {}
    carried: Mapping[str, str] = {}


_NO_NAMES = Names()


def expression_of(program: Program, place: int, names: Names = _NO_NAMES) -> Expression:
    """The formula of a step, down to lines, named steps, inputs and constants.

    >>> from overbuild.equations import line, trace
    >>> program = trace(lambda state, paid: line("debt", state - paid), 100.0, 0.0)
    >>> found = expression_of(program, program.steps[program.lines["debt"]].operands[0])
    >>> found.kind, [part.operand.name for part in found.parts]
    ('sub', ['state', 'paid'])
    """
    step = program.steps[place]
    if step.kind == "line":
        return _of(Operand("line", step.name))
    if step.kind == "input":
        return _of(_input(step.name, names))
    if step.kind == "constant":
        return _of(Operand("constant", step.name, step.number))
    if step.kind == "literal":
        return Expression("literal", number=step.number)
    return Expression(step.kind, tuple(_used(program, operand, names) for operand in step.operands))


def operands_of(tree: Expression) -> tuple[Operand, ...]:
    """What a formula takes, each once, in the order it is met."""
    return tuple(dict.fromkeys(_operands(tree)))


def _used(program: Program, place: int, names: Names) -> Expression:
    """The step as it stands in another's formula: by its name where it has one."""
    name = names.steps.get(place)
    return _of(Operand("line", name)) if name else expression_of(program, place, names)


def _input(path: str, names: Names) -> Operand:
    if path in names.carried:
        return Operand("previous", names.carried[path])
    return Operand({"terms": "term", "rows": "row"}.get(path.split(".")[0], "input"), path)


def _of(operand: Operand) -> Expression:
    return Expression("operand", operand=operand)


def _operands(tree: Expression) -> Iterator[Operand]:
    if tree.operand is not None:
        yield tree.operand
    for part in tree.parts:
        yield from _operands(part)
