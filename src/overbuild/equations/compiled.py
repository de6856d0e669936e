"""A program as one Python function over all its periods: the same operations in the same order, many times faster.

What is computed is what the formula computes on floats, or on arrays over scenarios, to the last bit. Steps that no
wanted line and no state depends on are left out, those that depend on terms alone are done once.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from overbuild.equations.graph import Program, Step
from overbuild.equations.operations import OPERATIONS

WRITTEN = {
    "add": "{0} + {1}",
    "sub": "{0} - {1}",
    "mul": "{0} * {1}",
    "div": "{0} / {1}",
    "neg": "-{0}",
    "lt": "{0} < {1}",
    "le": "{0} <= {1}",
    "gt": "{0} > {1}",
    "ge": "{0} >= {1}",
    "and": "{0} & {1}",
    "or": "{0} | {1}",
    "where": "{1} if {0} else {2}",
    "minimum": "{1} if {1} < {0} else {0}",
    "maximum": "{1} if {1} > {0} else {0}",
    "power": "pow_({0}, {1})",
    "breached": "1.0 if {0} + 1e-9 * {1} < 0.0 else 0.0",
    "present": "1.0 if {0} > 1e-9 * {1} else 0.0",
}
"""How an operation on floats is written; any other is a call of the table of operations."""


class Given(NamedTuple):
    """Leaves of what a run is given: opening state, columns with one entry a period, terms, each in its order.

    A number is a float, or an array over scenarios where the program was compiled for that.
    """

    opening: Sequence[Any]
    columns: Sequence[Sequence[Any]]
    terms: Sequence[Any]


class Ran(NamedTuple):
    """The rows of the wanted lines by name, and the state after the last period by path where it was asked for."""

    rows: dict[str, list[Any]]
    final: dict[str, Any]


class Compiled(NamedTuple):
    """A program made into a function: `paths` of its state, and the lines that it keeps."""

    paths: tuple[str, ...]
    lines: tuple[str, ...]
    function: Callable[[Sequence[Any], Sequence[Sequence[Any]], Sequence[Any]], Any]

    def run(self, given: Given) -> Ran:
        """All periods in their order. Raises whatever the operations raise."""
        kept, final = self.function(given.opening, given.columns, given.terms)
        rows = [list(row) for row in zip(*kept, strict=True)] or [[] for _ in self.lines]
        return Ran(dict(zip(self.lines, rows, strict=True)), dict(zip(self.paths, final, strict=True)))


def compiled(
    program: Program,
    parameters: Sequence[str],
    names: Collection[str] | None = None,
    *,
    final: bool = True,
    mixed: bool = False,
) -> Compiled:
    """The program of a stage that is run over periods, for all its lines or those of `names`.

    `parameters` are the names of state, inputs and terms. Without `final` only what the wanted lines need is carried
    from period to period, and the last state is not told. A `mixed` program takes floats, and arrays over scenarios, for any
    of its inputs.

    >>> from overbuild.equations import line, trace
    >>> owed = trace(lambda state, inputs, terms: line("owed", state * (1.0 + terms) - inputs), 9.0, 0.0, 0.0)
    >>> compiled(owed, ("state", "inputs", "terms")).run(Given([100.0], [[20.0, 30.0]], [0.5]))
    Ran(rows={'owed': [130.0, 165.0]}, final={'result': 165.0})
    """
    wanted = tuple(name for name in program.lines if names is None or name in names)
    source = _Source(program, tuple(parameters), wanted, final=final, mixed=mixed)
    space: dict[str, Any] = {"pow_": math.pow}
    if mixed:
        from overbuild.equations.scenarios.mixed import MIXED

        space |= {f"{kind}_mixed": operation for kind, operation in MIXED.items()}
    space |= {f"{kind}_": operation.floats for kind, operation in OPERATIONS.items() if kind not in WRITTEN}
    exec("\n".join(source.written()), space)
    return Compiled(tuple(source.paths if final else ()), wanted, space["run"])


def steps_needed(program: Program, state: str, ends: Iterable[int]) -> set[int]:
    """Steps that those at `ends` need, walking back through states, which go by the name of `state`.

    >>> from overbuild.equations import line, trace
    >>> owed = trace(lambda state, paid: (line("owed", state - paid), line("twice", paid * 2.0))[0], 9.0, 0.0)
    >>> names = [owed.steps[place].name for place in steps_needed(owed, "state", [owed.lines["twice"]])]
    >>> "paid" in names, "state" in names
    (True, False)
    """
    carried = {program.inputs.get(_before(state, path)): place for path, place in program.results.items()}
    needed: set[int] = set()
    waiting = list(ends)
    while waiting:
        place = waiting.pop()
        if place not in needed:
            needed.add(place)
            waiting.extend(program.steps[place].operands)
            waiting.extend([carried[place]] if place in carried else [])
    return needed


def _before(state: str, path: str) -> str:
    return state if path == "result" else f"{state}.{path}"


class _Source:
    """The text of the function: which steps it needs, which of them once, which in each period."""

    def __init__(
        self,
        program: Program,
        parameters: tuple[str, ...],
        wanted: tuple[str, ...],
        *,
        final: bool,
        mixed: bool,
    ) -> None:
        self.program, self.wanted, self.final, self.mixed = program, wanted, final, mixed
        self.state, self.inputs, self.terms = (
            {
                name: place
                for name, place in program.inputs.items()
                if name == parameter or name.startswith(f"{parameter}.")
            }
            for parameter in parameters
        )
        results = list(program.results)
        self.paths = [path for path in results if _before(parameters[0], path) in self.state]
        self.befores = {path: self.state[_before(parameters[0], path)] for path in self.paths}
        ends = [program.lines[name] for name in wanted] + (list(program.results.values()) if final else [])
        self.needed = steps_needed(program, parameters[0], ends)
        self.carried = [path for path in self.paths if final or self.befores[path] in self.needed]
        self.once = self._once()
        self.within = self._within() if mixed else {}
        self.slots = self._slots()

    def _slots(self) -> dict[int, int]:
        """By step of a period the name that it goes by: one that is free again after its last use.

        An array is let go as soon as nothing needs it, so that the next one lies where memory is near.
        """
        steps = self.program.steps
        inside = [place for place in self._computed() if place not in self.once and place not in self.within]
        last = {self._root(place): len(steps) for place in self._ends()}
        taken = {place: {*self._taken_by(place)} for place in inside}
        for place in inside:
            for one in taken[place]:
                last[one] = max(place, last.get(one, 0))
        slots: dict[int, int] = {}
        free: list[int] = []
        made = 0
        for place in inside:
            free += [slots[one] for one in taken[place] if one in slots and last[one] == place]
            made += not free
            slots[place] = free.pop() if free else made
            if place not in last:
                free.append(slots[place])
        return slots

    def _ends(self) -> list[int]:
        """Steps that are kept of a period, or carried to the next."""
        carried = [self.program.results[path] for path in self.carried]
        return [self.program.lines[name] for name in self.wanted] + carried

    def _taken_by(self, place: int) -> Iterator[int]:
        """The steps whose names a statement has: its operands, and those of what is written within it."""
        for one in map(self._root, self.program.steps[place].operands):
            if one in self.within:
                yield from self._taken_by(one)
            else:
                yield one

    def _within(self) -> dict[int, int]:
        """Steps of a period that one product alone takes, by that product: not computed where its other factor is 0.

        What a product takes is written within it with all that nothing else takes.
        """
        steps, uses = self.program.steps, Counter[int]()
        inside = [place for place in self._computed() if place not in self.once]
        for place in inside:
            uses.update(map(self._root, steps[place].operands))
        uses.update(2 * [self._root(place) for place in self._ends()])
        alone = {place for place in inside if uses[place] == 1}
        found: dict[int, int] = {}
        for place in reversed(inside):
            mine = [one for one in map(self._root, steps[place].operands) if one in alone]
            if place in found:
                found |= dict.fromkeys(mine, found[place])
            elif steps[place].kind == "mul" and mine:
                found[max(mine)] = place
        return found

    def _root(self, place: int) -> int:
        """The step that a line names; any other step itself."""
        while self.program.steps[place].kind == "line":
            place = self.program.steps[place].operands[0]
        return place

    def _computed(self) -> Iterator[int]:
        """Steps that are computed."""
        for place, step in enumerate(self.program.steps):
            if place in self.needed and step.kind in OPERATIONS:
                yield place

    def _once(self) -> set[int]:
        """Steps that depend on terms alone."""
        once = set(self.terms.values())
        for place, step in enumerate(self.program.steps):
            if step.kind in OPERATIONS or step.kind == "line":
                once |= {place} if all(one in once or self._is_number(one) for one in step.operands) else set()
        return once

    def _is_number(self, place: int) -> bool:
        return self.program.steps[place].kind in ("literal", "constant")

    def written(self) -> Iterator[str]:
        """The lines of the function."""
        yield "def run(opening, columns, terms):"
        yield from self._taken("opening", self.state)
        yield from self._taken("terms", self.terms)
        yield from (f"    {one}" for one in self._statements(inside=False))
        yield "    kept = []"
        yield "    keep = kept.append"
        yield f"    for {self._names(self.inputs.values())} in zip(*columns, strict=True):"
        yield from (f"        {one}" for one in self._statements(inside=True))
        yield f"        keep({self._names(self.program.lines[name] for name in self.wanted)})"
        if self.carried:
            befores = self._names(self.befores[path] for path in self.carried)
            yield f"        {befores} = {self._names(self.program.results[path] for path in self.carried)}"
        last = self.befores.values() if self.final else ()
        yield f"    return kept, {self._names(last)}"

    def _taken(self, parameter: str, leaves: dict[str, int]) -> Iterator[str]:
        if leaves:
            yield f"    {self._names(leaves.values())} = {parameter}"

    def _names(self, places: Collection[int] | Iterator[int]) -> str:
        return "(" + "".join(f"{self._name(place)}, " for place in places) + ")"

    def _name(self, place: int) -> str:
        place = self._root(place)
        if self._is_number(place):
            return repr(self.program.steps[place].number)
        if place in self.within:
            return self._expression(self.program.steps[place])
        return f"r{self.slots[place]}" if place in self.slots else f"v{place}"

    def _statements(self, *, inside: bool) -> Iterator[str]:
        for place in self._computed():
            if (place in self.once) is not inside and place not in self.within:
                yield f"{self._name(place)} = {self._expression(self.program.steps[place])}"

    def _expression(self, step: Step) -> str:
        names = [self._name(one) for one in step.operands]
        if not self.mixed:
            form = WRITTEN.get(step.kind)
            return f"{step.kind}_({', '.join(names)})" if form is None else form.format(*names)
        within = [self._root(one) in self.within for one in step.operands]
        whole = f"{step.kind}_mixed({', '.join(names)})"
        if step.kind != "mul" or within not in ([True, False], [False, True]):
            return whole
        factor = names[within.index(False)]
        return f"(0.0 if type({factor}) is float and {factor} == 0.0 else {whole})"
