"""Tracing: run a formula once on nodes and keep the graph it leaves."""

from __future__ import annotations

from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, NamedTuple

from overbuild.equations.errors import trace_error
from overbuild.equations.graph import Graph, Program
from overbuild.equations.line import listening
from overbuild.equations.records import flatten, rebuild

_NODES_DEEP_ENOUGH = "does not support ufuncs"


class Traced(NamedTuple):
    """A program, and a record like the one that the function returned, with 0 for every number."""

    program: Program
    returned: Any


def trace(function: Callable[..., Any], *records: Any) -> Program:
    """The program of a formula whose remaining parameters are `records`; their numbers are not looked at.

    Inputs are named `parameter.path`, results by their path (`result` for a bare number); what a parameter called
    `rows` holds is a whole row of periods. Static things are bound before: `trace(partial(period, shape), ...)`.
    Raises TraceError for whatever runs on floats only, naming the line that was being computed.

    >>> from overbuild.equations import line
    >>> program = trace(lambda revenue, opex: line("ebitda", revenue - opex), 0.0, 0.0)
    >>> program.run_results({"revenue": 10.0, "opex": 4.0}), list(program.lines)
    ({'result': 6.0}, ['ebitda'])
    """
    return traced(function, *records).program


def traced(function: Callable[..., Any], *records: Any) -> Traced:
    """The program of a formula with a record like the one it returned. As `trace`.

    >>> traced(lambda cash: (cash, cash * 2), 1.0).returned
    (0.0, 0.0)
    """
    graph = Graph()
    arguments = [_as_nodes(graph, name, record) for name, record in zip(parameters(function), records, strict=False)]
    inputs = {step.name: place for place, step in enumerate(graph.steps)}
    token = listening.set(graph)
    try:
        returned = function(*arguments)
    except TypeError as error:
        if _NODES_DEEP_ENOUGH not in str(error):
            raise
        hint = "a NumPy function meets a node; use the words of overbuild.equations (exp, log, minimum, where, ...)"
        raise trace_error("not_traceable", "a NumPy function", hint, _last_frame(error.__traceback__)) from error
    finally:
        listening.reset(token)
    leaves = flatten(returned)
    results = {path or "result": graph.lifted(leaf).place for path, leaf in leaves.items()}
    return Traced(
        Program(tuple(graph.steps), inputs, results, dict(graph.lines)), rebuild(returned, [0.0] * len(leaves))
    )


def unreached(program: Program, state: str = "state", copies: frozenset[str] = frozenset()) -> set[str]:
    """Inputs that no result and no line depends on, walking back through states.

    A line that is a plain copy of an input does not count, nor does a state that feeds only itself.
    `copies` names lines that are looked through as if they were plain copies.
    """
    ends = {path: place for path, place in program.results.items() if f"{state}.{path}" not in program.inputs}
    seeds = [place for name, place in program.lines.items() if name not in copies and not _is_copy(program, place)]
    reached = _ancestors(program, [*seeds, *ends.values()])
    while True:
        names = {program.steps[place].name for place in reached if program.steps[place].kind == "input"}
        carried = [place for path, place in program.results.items() if f"{state}.{path}" in names]
        wider = reached | _ancestors(program, carried)
        if wider == reached:
            return set(program.inputs) - names
        reached = wider


def _is_copy(program: Program, place: int) -> bool:
    step = program.steps[place]
    return step.kind == "input" or (step.kind == "line" and _is_copy(program, step.operands[0]))


def _ancestors(program: Program, places: list[int]) -> set[int]:
    met: set[int] = set()
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        if place not in met:
            met.add(place)
            waiting.extend(program.steps[place].operands)
    return met


def parameters(function: Callable[..., Any]) -> list[str]:
    """Names of the parameters of a formula that are not bound yet.

    >>> parameters(lambda state, inputs, terms: None)
    ['state', 'inputs', 'terms']
    """
    import inspect

    return list(inspect.signature(function).parameters)


def _as_nodes(graph: Graph, name: str, record: Any) -> Any:
    sort = "row" if name == "rows" else "number"
    return rebuild(record, [graph.input(path, sort) for path in flatten(record, name)])


def _last_frame(traceback: TracebackType | None) -> FrameType | None:
    frame = None
    while traceback is not None:
        frame = traceback.tb_frame
        traceback = traceback.tb_next
    return frame
