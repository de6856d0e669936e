"""Formulas as people read them: a named line over other lines, inputs and constants, with as few brackets as it takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from overbuild.equations.reading.expression import Expression

_INFIX = {"add": (" + ", 1), "sub": (" - ", 1), "mul": (" * ", 2), "div": (" / ", 2)}
_COMPARED = {"lt": " < ", "le": " <= ", "gt": " > ", "ge": " >= ", "and": " and ", "or": " or "}
_ATOM = 4


def text_of(tree: Expression) -> str:
    """A formula in words, with as few brackets as it takes.

    >>> text_of(Expression("add", (Expression("literal", number=1.0), Expression("literal", number=2.0))))
    '1 + 2'
    """
    return _read(tree).text


class Piece(NamedTuple):
    """The text of a formula, or of a part of one, and how tightly it binds."""

    text: str
    binds: int


def _read(tree: Expression) -> Piece:
    """The text of a formula and how tightly it binds."""
    if tree.operand is not None:
        before = "previous " if tree.operand.kind == "previous" else ""
        return Piece(before + tree.operand.name, _ATOM)
    if tree.kind == "literal":
        return Piece(f"{tree.number:g}", _ATOM)
    parts = [_read(part) for part in tree.parts]
    if tree.kind in _INFIX:
        return _infix(tree.kind, parts)
    return _FORMS.get(tree.kind, partial(_call, tree.kind))(parts)


def _call(kind: str, parts: list[Piece]) -> Piece:
    words = {"minimum": "min", "maximum": "max"}.get(kind, kind)
    return Piece(f"{words}({', '.join(part.text for part in parts)})", _ATOM)


def _compared(sign: str, parts: list[Piece]) -> Piece:
    return Piece(f"({sign.join(part.text for part in parts)})", _ATOM)


def _chosen(parts: list[Piece]) -> Piece:
    flag, yes, no = (part.text for part in parts)
    return Piece(f"(if {flag} then {yes} else {no})", _ATOM)


_FORMS: dict[str, Callable[[list[Piece]], Piece]] = {
    **{kind: partial(_compared, sign) for kind, sign in _COMPARED.items()},
    "neg": lambda parts: Piece(f"-{_bracketed(parts[0], 3)}", 3),
    "power": lambda parts: Piece(f"{_bracketed(parts[0], _ATOM)} ^ {_bracketed(parts[1], _ATOM)}", 3),
    "where": _chosen,
}


def _infix(kind: str, parts: list[Piece]) -> Piece:
    sign, binds = _INFIX[kind]
    tighter = binds + 1 if kind in ("sub", "div") else binds
    return Piece(f"{_bracketed(parts[0], binds)}{sign}{_bracketed(parts[1], tighter)}", binds)


def _bracketed(part: Piece, least: int) -> str:
    return part.text if part.binds >= least else f"({part.text})"
