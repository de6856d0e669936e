"""Formulas as spreadsheet cells: pieces of text with references between them. Where a reference stands is for others."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from overbuild.equations.errors import TraceError
from overbuild.equations.operations import OPERATIONS
from overbuild.equations.reading.expression import Expression, Operand
from overbuild.equations.reading.named_lines import NamedLine

FUNCTIONS = frozenset(
    ("IF", "AND", "OR", "MIN", "MAX", "INT", "ABS", "EXP", "LN", "SQRT", "SUM", "SUMPRODUCT", "MATCH", "INDEX", "ISNUMBER",
     "IRR", "IFERROR")
)  # fmt: skip
"""Functions a cell may use: Excel 2010 and LibreOffice 7.4 both have them. Powers are written with ^."""


class Ref(NamedTuple):
    """Another row: at the same place (`shift` 0), some places off, at a fixed place, or a run of places."""

    row: str
    shift: int = 0
    first: int | None = None
    last: int | None = None


Pieces: TypeAlias = tuple[str | Ref, ...]
"""A formula: text and references, in order."""

Place: TypeAlias = Callable[[Operand], Ref]
"""Where an operand stands."""


def cell_of(line: NamedLine, ref: Place) -> Pieces:
    """The formula of a line, everything in brackets; `ref` says where an operand stands.

    Raises TraceError (`no_cell_form`) naming the line, for an operation that a cell cannot express.

    >>> from overbuild.equations import line, maximum, trace
    >>> from overbuild.equations.reading.named_lines import named_lines
    >>> row = named_lines(trace(lambda cash: line("paid", maximum(0.0, cash - 1.0)), 0.0))["paid"]
    >>> cell_of(row, lambda operand: Ref(operand.name))
    ('MAX(0,(', Ref(row='cash', shift=0, first=None, last=None), '-1))')
    """
    return _merged(_pieces(line.expression, line.name, ref))


def cell_text(pieces: Pieces, address: Callable[[Ref], str]) -> str:
    """The formula as text, with the address of each reference.

    Raises TraceError (`no_cell_form`) for a function that is not one of `FUNCTIONS`.

    >>> cell_text(("MAX(0,", Ref("cash"), ")"), lambda ref: "F7")
    'MAX(0,F7)'
    """
    found: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            if strange := _strange_in(piece):
                hint = f"a cell may use {', '.join(sorted(FUNCTIONS))}"
                raise TraceError("no_cell_form", "a formula of the workbook", strange, hint)
            found.append(piece)
        else:
            found.append(address(piece))
    return "".join(found)


@lru_cache(maxsize=1 << 15)
def _strange_in(piece: str) -> str:
    """Functions of a text that no cell may use, in a row; the same text stands in the formulas of many periods."""
    return ", ".join(sorted(set(_CALL.findall(piece)) - FUNCTIONS))


def number_text(number: float) -> str:
    """A number as a cell writes it.

    >>> number_text(4.0), number_text(1e-9)
    ('4', '1E-09')
    """
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number).upper()


def _pieces(tree: Expression, name: str, ref: Place) -> list[str | Ref]:
    if tree.operand is not None:
        return [ref(tree.operand)]
    if tree.kind == "literal":
        return [number_text(tree.number)]
    row = OPERATIONS.get(tree.kind)
    if row is None or not row.cell:
        hint = "the operation has no form in a cell: solve it outside the period, or give its row of the table one"
        raise TraceError("no_cell_form", f'line "{name}"', tree.kind, hint)
    found: list[str | Ref] = []
    for place, part in enumerate(_SLOT.split(row.cell)):
        found += _pieces(tree.parts[int(part)], name, ref) if place % 2 else [part]
    return found


_CALL = re.compile(r"([A-Z][A-Z0-9.]*)\(")
_SLOT = re.compile(r"\{(\d)\}")


def _merged(pieces: list[str | Ref]) -> Pieces:
    merged: list[str | Ref] = []
    for piece in pieces:
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        elif piece != "":
            merged.append(piece)
    return tuple(merged)
