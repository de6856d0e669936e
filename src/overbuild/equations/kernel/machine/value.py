"""What an instruction gives, with the operators that formulas use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from overbuild.equations.operations import Symbol

if TYPE_CHECKING:
    from overbuild.equations.kernel.machine.emitter import Emitter

NUMBER, FLAG, WORD = "double", "i1", "i64"
"""Kinds of values: a number, a flag, a whole number of 64 bits."""


class Value(Symbol):
    """What an instruction gives: its name in the text, whether it is on lanes, and its kind; of a product its factors."""

    __slots__ = ("constant", "factors", "graph", "kind", "many", "text")

    def __init__(self, graph: Emitter, text: str, kind: str = NUMBER, *, many: bool, constant: bool = False) -> None:
        self.graph, self.text, self.kind, self.many, self.constant = graph, text, kind, many, constant
        self.factors: tuple[Value, Value] | None = None

    def __add__(self, other: Any) -> Value:
        return self.graph.bits("add", self, other) if self.kind == WORD else self.graph.join("add", (self, other))

    def __radd__(self, other: Any) -> Value:
        return self.graph.join("add", (other, self))

    def __sub__(self, other: Any) -> Value:
        return self.graph.join("sub", (self, other))

    def __rsub__(self, other: Any) -> Value:
        return self.graph.join("sub", (other, self))

    def __mul__(self, other: Any) -> Value:
        return self.graph.join("mul", (self, other))

    def __rmul__(self, other: Any) -> Value:
        return self.graph.join("mul", (other, self))

    def __truediv__(self, other: Any) -> Value:
        return self.graph.join("div", (self, other))

    def __rtruediv__(self, other: Any) -> Value:
        return self.graph.join("div", (other, self))

    def __neg__(self) -> Value:
        return self.graph.join("neg", (self,))

    def __lt__(self, other: Any) -> Value:
        return self.graph.join("lt", (self, other))

    def __le__(self, other: Any) -> Value:
        return self.graph.join("le", (self, other))

    def __gt__(self, other: Any) -> Value:
        return self.graph.join("gt", (self, other))

    def __ge__(self, other: Any) -> Value:
        return self.graph.join("ge", (self, other))

    def __and__(self, other: Any) -> Value:
        return self.graph.bits("and", self, other)

    def __or__(self, other: Any) -> Value:
        return self.graph.bits("or", self, other)

    def __xor__(self, other: Any) -> Value:
        return self.graph.bits("xor", self, other)

    def __lshift__(self, other: Any) -> Value:
        return self.graph.bits("shl", self, other)

    def __rshift__(self, other: Any) -> Value:
        return self.graph.bits("lshr", self, other)
