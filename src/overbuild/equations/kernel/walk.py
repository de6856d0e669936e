"""A walk through the graph of a kernel that emits its steps, in straight line and in loops."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from overbuild.equations.kernel.fused import PASSING, PLAIN, Fused, FusedStep
from overbuild.equations.kernel.guards import Guard
from overbuild.equations.kernel.machine.emitter import Emitter
from overbuild.equations.kernel.machine.value import WORD, Value
from overbuild.equations.operations import OPERATIONS, RowFold


class Layout(NamedTuple):
    """Where things stand: numbers and columns of the case by key, slots of the table by step, outputs by step."""

    numbers: dict[str, int]
    columns: dict[str, int]
    slots: list[dict[int, int]]
    values: list[int]
    rows: dict[int, int]

    def table(self, ends: Sequence[int]) -> int:
        """Entries of the table for loops that end at these places."""
        return sum(len(one) * end for one, end in zip(self.slots, (1, *ends), strict=True))


class Walk(ABC):
    """A walk through the graph that emits the steps that are `mine`, in straight line and in loops."""

    def __init__(self, graph: Fused, emitter: Emitter, mine: set[int], layout: Layout) -> None:
        self.graph, self.e, self.mine, self.layout = graph, emitter, mine, layout
        self.steps = graph.steps
        self.made: dict[int, Value] = {}
        self.place = "0"
        self.begins: list[str] = []
        self.ends: list[str] = []
        self.tables: list[str] = []
        self.guarded: dict[int, Guard] = {}
        needed = graph.needed()
        self.uses = Counter(operand for place in needed for operand in self.steps[place].operands)
        self.uses += Counter([*graph.after.values(), *graph.wanted.values()])

    def walk(self) -> None:
        """All loops in their order, and what stands before, between and after them."""
        self._measure()
        for loop in range(self.graph.loops):
            self._before(loop)
            self._loop(loop)
        for place in sorted(one for one in self.mine if not self.graph.moves(one)):
            self.value(place)

    def _measure(self) -> None:
        """Where each loop begins and ends, and where its table begins."""
        e, at = self.e, str(len(self.layout.slots[0]))
        self.tables.append("0")
        for loop, slots in enumerate(self.layout.slots[1:]):
            self.begins.append(e.read("%bounds", str(2 * loop), WORD).text)
            self.ends.append(e.read("%bounds", str(2 * loop + 1), WORD).text)
            self.tables.append(at)
            at = e.whole("add", at, e.whole("mul", self.ends[loop], str(len(slots))))

    def _before(self, loop: int) -> None:
        """What stands still, as far as the steps of a loop take it."""
        for place in sorted(one for one in self.mine if self.steps[one].loop == loop):
            for operand in self.steps[place].operands:
                if not self.graph.moves(operand):
                    self.value(operand)

    def _loop(self, loop: int) -> None:
        e, here = self.e, sorted(one for one in self.mine if self.steps[one].loop == loop)
        states = {
            one: e.variable(self.value(self.steps[one].operands[0]), many=self.many)
            for one in here
            if one in self.graph.after
        }
        passing = [one for one in here if self.steps[one].kind in PASSING]
        held = {one: self._start(one) for one in passing if self.steps[one].kind not in ("kept", "ended")}
        if not here and not self.takes(loop):
            return
        still = set(self.made)
        with e.loop(self.begins[loop], self.ends[loop]) as self.place:
            self.made |= {one: e.get(variable) for one, variable in states.items()}
            for place in here:
                if place not in passing:
                    self.value(place)
            self.after_place(loop)
            for place, variable in held.items():
                e.set(variable, self._stepped(place, e.get(variable)))
            for place in states:
                self.value(self.graph.after[place])
            for place, variable in states.items():
                e.set(variable, self.value(self.graph.after[place]))
        self.place = "0"
        self.made = {one: made for one, made in self.made.items() if one in still}
        self.made |= {one: self._last(self.steps[one], e.get(variable)) for one, variable in held.items()}
        ended = (one for one in passing if self.steps[one].kind == "ended")
        self.made |= {one: e.get(states[self.steps[one].operands[0]]) for one in ended}

    # ---- values

    def value(self, place: int) -> Value:
        """The value of a step where the walk stands, emitted when it is met first."""
        if place not in self.made and place in self.guarded:
            self._branch(self.guarded[place])
        if place not in self.made:
            self.made[place] = self._emitted(place, self.steps[place])
        return self.made[place]

    def _branch(self, guard: Guard) -> None:
        """The steps of a guard, done only where some lane wants them; 0 in the lanes that do not."""
        e, own = self.e, [one for one in guard.lazy if self.guarded.get(one) is guard]
        for place in own:
            del self.guarded[place]
        inside = set(guard.lazy)
        for operand in sorted({one for place in guard.lazy for one in self.steps[place].operands} - inside):
            self.value(operand)
        wanted = e.compared("une", self.value(guard.factor), 0.0)
        held = {place: e.variable(e.literal(0.0), many=self.many) for place in guard.entries}
        before = set(self.made)
        with e.when_any(wanted):
            for place in own:
                self.value(place)
            for place, variable in held.items():
                made = self.value(place)
                e.set(variable, e.select(wanted, made, 0.0) if wanted.many else made)
        self.made = {place: made for place, made in self.made.items() if place in before}
        self.made |= {place: e.get(variable) for place, variable in held.items()}

    def _emitted(self, place: int, step: FusedStep) -> Value:
        if step.kind == "literal":
            return self.e.literal(step.number)
        if place not in self.mine:
            return self.elsewhere(place)
        if step.kind not in PLAIN:
            return self.leaf(place, step)
        made = self.e.join(step.kind, tuple(self.value(one) for one in step.operands))
        if self.uses[place] > 1:
            made.factors = None
        return made

    def _start(self, place: int) -> Value:
        """The variable of a step that takes rows, at what it goes on from or begins with."""
        rows, step, form = self.graph.rows_of(place), self.steps[place], _fold(self.steps[place])
        start = self.e.literal(0.0 if form is None else form.start)
        return self.e.variable(self.value(step.operands[-1]) if rows != step.operands else start, many=self.many)

    def _stepped(self, place: int, reached: Value) -> Value:
        entries, form = [self.value(one) for one in self.graph.rows_of(place)], _fold(self.steps[place])
        if form is None:
            return entries[0]
        number = self.e.value(f"sitofp i64 {self.place} to double", many=False) + 1.0
        return form.step(self.e, reached, number, *entries)

    def _last(self, step: FusedStep, reached: Value) -> Value:
        form = _fold(step)
        return reached if form is None or "open" in step.name.split() else form.last(self.e, reached)

    # ---- what differs between the passes

    many = False

    @abstractmethod
    def takes(self, loop: int) -> bool:
        """Whether something is done in a loop in which no step is mine."""

    @abstractmethod
    def elsewhere(self, place: int) -> Value:
        """A step that is not mine."""

    @abstractmethod
    def leaf(self, place: int, step: FusedStep) -> Value:
        """A step that is no operation."""

    @abstractmethod
    def after_place(self, loop: int) -> None:
        """What is done when all steps of a place are made."""


def _fold(step: FusedStep) -> RowFold | None:
    form = OPERATIONS[step.kind].lanes if step.kind in OPERATIONS else None
    return form if isinstance(form, RowFold) else None
