"""Naming a number where it is computed."""

from __future__ import annotations

from collections.abc import Collection, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Recorder(Protocol):
    """Something that listens to lines: an open graph, or a collector of rows."""

    def record(self, name: str, amount: Any) -> Any:
        """Take note of the line and give back what the formula goes on with."""
        ...

    def literal(self, number: float) -> Any:
        """The number as the formula goes on with it."""
        ...


listening: ContextVar[Recorder | None] = ContextVar("listening", default=None)


def line(name: str, amount: T) -> T:
    """The amount, named: it becomes a row of the workbook, of `--lines` and of the reference docs.

    While tracing it is a named node; inside `collecting` its value is kept; otherwise it is returned at once.
    Raises TraceError (`line_twice`) when a trace meets a name again.

    >>> line("cfads", 120.0 - 20.0)
    100.0
    """
    recorder = listening.get()
    return amount if recorder is None else recorder.record(name, amount)


def literal(number: float) -> Any:
    """A number written in a formula; while tracing it is a node, so that comparing two of them is traced too.

    >>> literal(0.0)
    0.0
    """
    recorder = listening.get()
    return number if recorder is None else recorder.literal(number)


class _Within:
    """A recorder that hears every name with a thing's own before it."""

    def __init__(self, recorder: Recorder, thing: str) -> None:
        self.recorder, self.thing = recorder, thing

    def record(self, name: str, amount: Any) -> Any:
        return self.recorder.record(f"{self.thing}.{name}", amount)

    def literal(self, number: float) -> Any:
        return self.recorder.literal(number)


@contextmanager
def within(thing: str) -> Generator[None]:
    """Lines of a formula that is used for several things of a kind: each name gets the thing's own before it.

    >>> with collecting() as rows, within("bought_2024"):
    ...     _ = line("economic_value", 5.0)
    >>> list(rows)
    ['bought_2024.economic_value']
    """
    recorder = listening.get()
    if recorder is None:
        yield
        return
    token = listening.set(_Within(recorder, thing))
    try:
        yield
    finally:
        listening.reset(token)


class _Collector:
    def __init__(self, names: Collection[str] | None) -> None:
        self.names = names
        self.rows: dict[str, list[Any]] = {}

    def record(self, name: str, amount: Any) -> Any:
        if self.names is None or name in self.names:
            self.rows.setdefault(name, []).append(amount)
        return amount

    def literal(self, number: float) -> float:
        return number


@contextmanager
def collecting(names: Collection[str] | None = None) -> Generator[dict[str, list[Any]]]:
    """Keep what `line` sees, one entry a period: all lines, or those of `names`.

    >>> with collecting(["cfads"]) as rows:
    ...     _ = [line("cfads", line("revenue", 4.0) - cost) for cost in (1.0, 2.0)]
    >>> rows
    {'cfads': [3.0, 2.0]}
    """
    collector = _Collector(names)
    token = listening.set(collector)
    try:
        yield collector.rows
    finally:
        listening.reset(token)
