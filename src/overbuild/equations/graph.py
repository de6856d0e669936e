"""The expression graph: nodes that stand for numbers while a formula is traced, and the program they leave behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn

from overbuild.equations.errors import trace_error
from overbuild.equations.operations import OPERATIONS, Symbol, apply
from overbuild.units import Constant

LITERALS = frozenset({0.0, 1.0, 2.0, 4.0, 12.0, 1e-9})
"""The only numbers that a formula may write down; any other is a field of the case or a named constant."""

_COMPARISONS = frozenset({"lt", "le", "gt", "ge"})
_TRIGGERS = frozenset({"breached", "present"})


class Step(NamedTuple):
    """One node of a program: what it is, which earlier nodes it takes, its name or its number where it has one."""

    kind: str
    operands: tuple[int, ...] = ()
    name: str = ""
    number: float = 0.0


class Program(NamedTuple):
    """A traced function: steps in order of evaluation; inputs, results and lines by name.

    Two programs are equal when they are the same graph, node for node.
    """

    steps: tuple[Step, ...]
    inputs: dict[str, int]
    results: dict[str, int]
    lines: dict[str, int]

    def sort(self, place: int) -> str:
        """number, flag or row: what the step at this place gives."""
        step = self.steps[place]
        if step.kind == "line":
            return self.sort(step.operands[0])
        if step.kind == "input":
            return "row" if step.name.split(".")[0] == "rows" else "number"
        return OPERATIONS[step.kind].gives if step.kind in OPERATIONS else "number"

    def run(self, values: Mapping[str, Any]) -> list[Any]:
        """The value of every step, from one value for each input: floats, arrays or nodes of another graph."""
        made: list[Any] = []
        for step in self.steps:
            if step.kind == "input":
                made.append(values[step.name])
            elif step.kind == "line":
                made.append(made[step.operands[0]])
            elif step.kind in OPERATIONS:
                made.append(apply(step.kind, *[made[place] for place in step.operands]))
            else:
                made.append(Constant(step.number, step.name) if step.kind == "constant" else step.number)
        return made

    def run_results(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The results by name, from one value for each input."""
        made = self.run(values)
        return {name: made[place] for name, place in self.results.items()}


class Graph:
    """A graph that is being traced; equal nodes are made once.

    `written` is false for a graph that is derived from another: its comparisons are those of slopes, no formula's.
    """

    def __init__(self, *, written: bool = True) -> None:
        self.written = written
        self.steps: list[Step] = []
        self.places: dict[Step, int] = {}
        self.lines: dict[str, int] = {}

    def node(self, step: Step, sort: str) -> Node:
        """The node of this step, new or met before."""
        place = self.places.get(step)
        if place is None:
            place = self.places[step] = len(self.steps)
            self.steps.append(step)
        return Node(self, place, sort)

    def input(self, name: str, sort: str = "number") -> Node:
        """A node for one leaf of the records that the traced function is given."""
        return self.node(Step("input", (), name), sort)

    def join(self, kind: str, operands: tuple[Any, ...]) -> Node:
        """The node of an operation. Raises TraceError for operands that it does not take."""
        row = OPERATIONS[kind]
        nodes = [self.lifted(operand) for operand in operands]
        for node, wanted in zip(nodes, row.takes, strict=True):
            if node.sort != wanted:
                raise trace_error("bad_operand", node.sort, _SORT_HINTS[wanted].format(kind=kind))
            if self.written and kind in _COMPARISONS and self._unnamed(node.place).kind in _TRIGGERS:
                raise trace_error("tested_flag", kind, "a trigger is blended, blend(flag, yes, no), never compared")
        return self.node(Step(kind, tuple(node.place for node in nodes)), row.gives)

    def lifted(self, operand: Any) -> Node:
        """A node as it is; a literal or a named constant as a node; anything else is refused."""
        if isinstance(operand, Node):
            if operand.graph is not self:
                raise trace_error("not_traceable", None, "a node of another trace: pass the number in as a field")
            return operand
        if isinstance(operand, Constant):
            return self.node(Step("constant", (), operand.name, float(operand)), "number")
        if type(operand) in (float, int) and float(operand) in LITERALS:
            return self.node(Step("literal", (), "", float(operand)), "number")
        hint = "a number in a formula is a field of its records, 0, 1, 2, 4, 12, 1e-9 or a named units.Constant"
        raise trace_error("literal", operand, hint)

    def literal(self, number: float) -> Node:
        """The node of a number that a formula writes down; called by `literal`."""
        return self.lifted(number)

    def record(self, name: str, amount: Any) -> Node:
        """A named node; called by `line`. Raises TraceError when the name stands already."""
        if name in self.lines:
            raise trace_error("line_twice", name, "a line is named once in a period; give the second its own name")
        node = self.lifted(amount)
        if node.sort != "number":
            raise trace_error("bad_operand", node.sort, "a line is a number: where(flag, 1, 0)")
        named = self.node(Step("line", (node.place,), name), "number")
        self.lines[name] = named.place
        return named

    def _unnamed(self, place: int) -> Step:
        step = self.steps[place]
        return self._unnamed(step.operands[0]) if step.kind == "line" else step


_SORT_HINTS = {
    "number": "{kind} takes numbers; a flag is good only for where, & and |, a row only for the row operations",
    "flag": "{kind} takes a flag, which a comparison gives; weigh numbers of 0..1 by blend",
    "row": "{kind} takes whole rows; anything element by element is a line of the period",
}


class Node(Symbol):
    """A number, flag or row of a graph. It has the operators that formulas use and refuses the others with a reason."""

    __slots__ = ("graph", "place", "sort")
    __array_ufunc__ = None
    __hash__ = None  # pyright: ignore[reportAssignmentType] - comparing nodes makes a node, so none has a hash

    def __init__(self, graph: Graph, place: int, sort: str) -> None:
        self.graph, self.place, self.sort = graph, place, sort

    def __repr__(self) -> str:
        step = self.graph.steps[self.place]
        return f"<{self.sort} {step.kind} {step.name}>".replace(" >", ">")

    def __add__(self, other: Any) -> Node:
        return self.graph.join("add", (self, other))

    def __radd__(self, other: Any) -> Node:
        return self.graph.join("add", (other, self))

    def __sub__(self, other: Any) -> Node:
        return self.graph.join("sub", (self, other))

    def __rsub__(self, other: Any) -> Node:
        return self.graph.join("sub", (other, self))

    def __mul__(self, other: Any) -> Node:
        return self.graph.join("mul", (self, other))

    def __rmul__(self, other: Any) -> Node:
        return self.graph.join("mul", (other, self))

    def __truediv__(self, other: Any) -> Node:
        return self.graph.join("div", (self, other))

    def __rtruediv__(self, other: Any) -> Node:
        return self.graph.join("div", (other, self))

    def __neg__(self) -> Node:
        return self.graph.join("neg", (self,))

    def __lt__(self, other: Any) -> Node:
        return self.graph.join("lt", (self, other))

    def __le__(self, other: Any) -> Node:
        return self.graph.join("le", (self, other))

    def __gt__(self, other: Any) -> Node:
        return self.graph.join("gt", (self, other))

    def __ge__(self, other: Any) -> Node:
        return self.graph.join("ge", (self, other))

    def __and__(self, other: Any) -> Node:
        return self.graph.join("and", (self, other))

    def __or__(self, other: Any) -> Node:
        return self.graph.join("or", (self, other))


def _refused(construct: str, instead: str) -> Any:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise trace_error("not_traceable", construct, f"{construct} works on floats only; {instead}")

    return refuse


_REFUSED = {
    "__bool__": ("a test of a value (if, and, or, not, min, max, a < b < c)", "use where, minimum, maximum, & and |"),
    "__floordiv__": ("//", "use floor(a / b)"),
    "__rfloordiv__": ("//", "use floor(a / b)"),
    "__mod__": ("%", "use a - b * floor(a / b)"),
    "__rmod__": ("%", "use a - b * floor(a / b)"),
    "__round__": ("round", "use floor"),
    "__pow__": ("**", "use power(base, exponent) with a base > 0"),
    "__rpow__": ("**", "use power(base, exponent) with a base > 0"),
    "__abs__": ("abs", "use maximum(a, -a)"),
    "__float__": ("float()", "leave the number as it is"),
    "__int__": ("int()", "use floor"),
    "__index__": ("an index or a loop length", "let it depend on shape only"),
    "__invert__": ("~", "exchange the branches of where"),
    "__eq__": ("==", "use breached or present"),
    "__ne__": ("!=", "use breached or present"),
    "__iter__": ("a loop over a value", "loop over a tuple of records"),
    "__len__": ("len()", "let it depend on shape only"),
    "__getitem__": ("an index", "shift series when inputs are built; look back through state"),
}
for _name, (_construct, _instead) in _REFUSED.items():
    setattr(Node, _name, _refused(_construct, _instead))
