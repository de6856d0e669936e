"""The graph of a kernel: the stages of a model together, so that what one takes of another is the other's step."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from overbuild.equations.kernel.bindings import Wanted
from overbuild.equations.operations import OPERATIONS

OUTSIDE = -1
"""The loop of what stands outside all loops."""

PASSING = frozenset({"kept", "final", "ended", *(kind for kind, row in OPERATIONS.items() if "row" in row.takes)})
"""Steps that take whole rows: row operations, the last entry of a row, and a row that is kept."""

PLAIN = frozenset(kind for kind in OPERATIONS if kind not in PASSING)
"""Operations on numbers and flags."""


class FusedStep(NamedTuple):
    """A step of the graph.

    Beside operations it is a `literal`; a `number` or a `column` of the case; a `lane`, a `lane_column` or a number
    `drawn` of the scenarios; `scaled` (base, slope, lane); `carried`, a state before its place, from what it opens with;
    `ended`, what such a state has come to after a loop; `final`, a number at the last place; or a row that is `kept`. `loop`
    is that in whose places it may differ, or, where it takes rows, the one that it goes through. A step that takes rows
    and goes on from where one in an earlier loop has come has it as its last operand and `on` in its name; one from which
    another goes on has `open`.
    """

    kind: str
    operands: tuple[int, ...] = ()
    name: str = ""
    number: float = 0.0
    loop: int = OUTSIDE


class Fused:
    """A graph under bindings, its steps in an order in which each can be computed after those before it.

    `after` has of each carried step the state after the place, `wanted` the step of each thing that is wanted,
    `numbers_row` is the row of the lanes in which the numbers of the scenarios stand, where any are drawn from.
    """

    def __init__(self, loops: int = 0) -> None:
        self.steps: list[FusedStep] = []
        self.after: dict[int, int] = {}
        self.wanted: dict[Wanted, int] = {}
        self.loops = loops
        self.numbers_row = 0
        self._places: dict[FusedStep, int] = {}

    def rows_of(self, place: int) -> tuple[int, ...]:
        """The rows that a step takes, without what it goes on from."""
        step = self.steps[place]
        return step.operands[:-1] if "on" in step.name.split() and step.kind in PASSING else step.operands

    def moves(self, place: int) -> bool:
        """Whether a step may differ from place to place of a loop."""
        step = self.steps[place]
        return step.loop != OUTSIDE and step.kind not in PASSING

    def loop_of(self, operands: tuple[int, ...]) -> int:
        """The loop in which steps move, OUTSIDE where none does."""
        return max((self.steps[one].loop for one in operands if self.moves(one)), default=OUTSIDE)

    def add(self, step: FusedStep) -> int:
        """The place of a step; equal steps are made once."""
        place = self._places.get(step)
        if place is None:
            place = self._places[step] = len(self.steps)
            self.steps.append(step)
        return place

    def join(self, kind: str, *operands: int) -> int:
        """The place of an operation on numbers."""
        return self.add(FusedStep(kind, operands, loop=self.loop_of(operands)))

    def literal(self, number: float) -> int:
        """The place of a number written down."""
        return self.add(FusedStep("literal", number=number))

    def needed(self) -> set[int]:
        """Steps that something wanted depends on, walking back through states."""
        found: set[int] = set()
        waiting = list(self.wanted.values())
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                waiting.extend(self.steps[place].operands)
                waiting.extend([self.after[place]] if place in self.after else [])
        return found

    def varying(self) -> set[int]:
        """Steps that may differ from scenario to scenario."""
        users: dict[int, list[int]] = {}
        for place, step in enumerate(self.steps):
            for one in step.operands:
                users.setdefault(one, []).append(place)
        for before, after in self.after.items():
            users.setdefault(after, []).append(before)
        found: set[int] = set()
        waiting = [place for place, step in enumerate(self.steps) if step.kind in ("lane", "lane_column", "drawn")]
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                waiting.extend(users.get(place, ()))
        return found


def lean(fused: Fused) -> Fused:
    """The graph without what nothing wanted needs, its divisions and powers in the cheapest form that lanes have.

        a / b       = a * (1 / b)            where b is the same in all scenarios, or divides more than one number
        power(a, b) = exp(b * log(a))        where it varies, so that the logarithm is taken once where it can

    A division so rewritten is rounded twice: it may be off by one unit of the last place.
    """
    return _Copy(fused).made()


_WORKED_OUT = frozenset({"add", "sub", "mul", "neg", "minimum", "maximum", "present", "breached"})
_IDLE = {"add": 0.0, "sub": 0.0, "mul": 1.0}


class _Copy:
    """The leaner copy of a graph in the making."""

    def __init__(self, fused: Fused) -> None:
        self.old, self.new = fused, Fused(fused.loops)
        self.needed, self.varying = fused.needed(), fused.varying()
        steps = [fused.steps[one] for one in self.needed]
        self.divides = Counter(step.operands[1] for step in steps if step.kind == "div")
        self.places: dict[int, int] = {}

    def made(self) -> Fused:
        for place in sorted(self.needed):
            self.places[place] = self._step(place, self.old.steps[place])
        for before, after in self.old.after.items():
            if before in self.needed and after != before:
                self.new.after[self.places[before]] = self.places[after]
        self.new.numbers_row = self.old.numbers_row
        self.new.wanted = {one: self.places[place] for one, place in self.old.wanted.items()}
        return self.new

    def _step(self, place: int, step: FusedStep) -> int:
        operands = tuple(self.places[one] for one in step.operands)
        if step.kind == "carried" and self.old.after[place] == place:
            return operands[0]
        if step.kind == "ended" and self.new.steps[operands[0]].kind != "carried":
            return operands[0]
        if step.kind == "div":
            return self._quotient(place, operands)
        if step.kind == "power" and place in self.varying:
            logarithm = self.new.join("log", operands[0])
            return self.new.join("exp", self.new.join("mul", operands[1], logarithm))
        if step.kind in PLAIN or step.kind == "scaled":
            return self._operation(step.kind, operands)
        return self.new.add(step._replace(operands=operands))

    def _operation(self, kind: str, operands: tuple[int, ...]) -> int:
        """An operation, worked out where it is on literals, left out where it adds 0 or multiplies by 1."""
        literals = [
            step.number if step.kind == "literal" else None for step in map(self.new.steps.__getitem__, operands)
        ]
        if kind in _WORKED_OUT and None not in literals:
            return self.new.literal(float(OPERATIONS[kind].floats(*literals)))
        if kind == "mul" and 0.0 in literals:
            return self.new.literal(0.0)
        idle = _IDLE.get(kind)
        if idle is not None and literals[1] == idle:
            return operands[0]
        if idle is not None and kind != "sub" and literals[0] == idle:
            return operands[1]
        return self.new.join(kind, *operands)

    def _quotient(self, place: int, operands: tuple[int, ...]) -> int:
        divisor = self.old.steps[place].operands[1]
        written = self.old.steps[divisor]
        above, below = (self.new.steps[one] for one in operands)
        if above.kind == "literal" and above.number == 0.0 and not (below.kind == "literal" and below.number == 0.0):
            return operands[0]
        if written.kind == "literal" and written.number:
            return self.new.join("mul", operands[0], self.new.literal(1.0 / written.number))
        alike = divisor not in self.varying and place in self.varying
        if alike or (self.divides[divisor] > 1 and place in self.varying):
            return self.new.join("mul", operands[0], self.new.join("div", self.new.literal(1.0), operands[1]))
        return self.new.join("div", *operands)


class Size(NamedTuple):
    """Operations of a graph: all, those that move from place to place, of these those that vary by scenario; states."""

    operations: int
    moving: int
    live: int
    states: int


def size_of(fused: Fused) -> Size:
    """How large a graph is."""
    varying = fused.varying()
    plain = {place for place in fused.needed() if fused.steps[place].kind in PLAIN}
    moving = {place for place in plain if fused.moves(place)}
    return Size(len(plain), len(moving), len(moving & varying), len(varying & set(fused.after)))
