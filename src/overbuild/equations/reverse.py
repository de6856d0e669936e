"""Programs made from programs: slopes by reverse mode, and triggers made smooth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from overbuild.equations.errors import TraceError
from overbuild.equations.graph import Graph, Node, Program
from overbuild.equations.operations import OPERATIONS, apply


def reverse(program: Program, of: Sequence[str] | None = None) -> Program:
    """The program of slopes: what a small change of each input does to chosen results or lines (all results if none).

    Its inputs are those of `program` and a weight `seed.NAME` for each chosen one. Its results are
    `value.NAME`, the chosen ones themselves, and `slope.INPUT`, the weighted sum; the slope of a whole row is a row.
    Across periods the weights of a state are the slopes of the period after it. A trigger has slope 0: use `soften` first where its
    own slope is asked for. Raises TraceError (`not_traceable`) for a slope of a slope of a row, KeyError for a name
    that is neither result nor line.

    >>> from overbuild.equations import trace
    >>> program = reverse(trace(lambda price, volume: price * volume, 0.0, 0.0))
    >>> program.run_results({"price": 3.0, "volume": 5.0, "seed.result": 1.0})
    {'value.result': 15.0, 'slope.price': 5.0, 'slope.volume': 3.0}
    """
    graph = Graph(written=False)
    made = _copied(program, graph)
    names = list(program.results) if of is None else list(of)
    places = {name: program.results[name] if name in program.results else program.lines[name] for name in names}
    slopes: dict[int, Any] = {}
    for name, place in places.items():
        _add(slopes, place, graph.input(f"seed.{name}"))
    for place in range(len(program.steps) - 1, -1, -1):
        if place in slopes:
            _hand_on(program, made, slopes, place)
    inputs = {step.name: place for place, step in enumerate(graph.steps) if step.kind == "input"}
    found = {f"value.{name}": made[place].place for name, place in places.items()}
    found |= {f"slope.{name}": graph.lifted(slopes.get(place, 0.0)).place for name, place in program.inputs.items()}
    return Program(tuple(graph.steps), inputs, found, {})


def soften(program: Program) -> Program:
    """The same program with every trigger made smooth, as wide as the new input `width` says, in units of its scale.

        breached(headroom, scale) becomes logistic(-headroom / scale / width)

    >>> from overbuild.equations import breached, trace
    >>> smooth = soften(trace(lambda headroom: breached(headroom, 1.0), 0.0))
    >>> smooth.run_results({"headroom": 0.0, "width": 0.01})
    {'result': 0.5}
    """
    graph = Graph(written=False)
    width = graph.input("width")
    made = _copied(program, graph, width)
    inputs = {step.name: place for place, step in enumerate(graph.steps) if step.kind == "input"}
    results = {name: made[place].place for name, place in program.results.items()}
    return Program(tuple(graph.steps), inputs, results, dict(graph.lines))


def _copied(program: Program, graph: Graph, width: Node | None = None) -> list[Node]:
    """The steps of a program as nodes of another graph; lines are kept where triggers are made smooth."""
    made: list[Node] = []
    for place, step in enumerate(program.steps):
        operands = [made[operand] for operand in step.operands]
        if step.kind == "line":
            made.append(operands[0] if width is None else graph.record(step.name, operands[0]))
        elif step.kind == "breached" and width is not None:
            headroom, scale = operands
            made.append(apply("logistic", -headroom / scale / width))
        elif step.kind in OPERATIONS:
            made.append(graph.join(step.kind, tuple(operands)))
        elif step.kind == "input":
            made.append(graph.input(step.name, program.sort(place)))
        else:
            made.append(graph.node(step, "number"))
    return made


def _hand_on(program: Program, made: list[Node], slopes: dict[int, Any], place: int) -> None:
    """Give the slope of a step on to what it was made from."""
    step, weight = program.steps[place], slopes[place]
    if step.kind == "line":
        _add(slopes, step.operands[0], weight)
        return
    row = OPERATIONS.get(step.kind)
    if row is None:
        return
    if row.slope is None:
        hint = "the slope of a row has no slope of its own: take slopes of results once"
        raise TraceError("not_traceable", step.kind, None, hint)
    parts = row.slope(weight, made[place], *[made[operand] for operand in step.operands])
    for operand, part in zip(step.operands, parts, strict=True):
        if part is not None:
            _add(slopes, operand, part)


def _add(slopes: dict[int, Any], place: int, part: Any) -> None:
    before = slopes.get(place)
    if before is None:
        slopes[place] = part
    else:
        rows = isinstance(part, Node) and part.sort == "row"
        slopes[place] = apply("row_added", before, part) if rows else before + part
