"""From the graph to instructions: one pass over what is the same in all scenarios, one over what varies, on lanes.

The first pass (`prepare`) is done once for a case. It leaves a table of what the second takes: numbers that stand still,
then for each loop a row a place. The second (`run`) goes through all loops for each group of lanes.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations.kernel.bindings import Wanted
from overbuild.equations.kernel.draws import Words, drawn_in_kernel
from overbuild.equations.kernel.fused import OUTSIDE, Fused, FusedStep, lean
from overbuild.equations.kernel.guards import guards_of
from overbuild.equations.kernel.machine.emitter import Emitter
from overbuild.equations.kernel.machine.value import FLAG, NUMBER, WORD, Value
from overbuild.equations.kernel.walk import Layout, Walk
from overbuild.equations.operations import OPERATIONS

PREPARE = "ptr noalias %bounds, i64 %stride, ptr noalias %numbers, ptr noalias %columns, ptr noalias %table"
RUN = (
    "i64 %low, i64 %high, i64 %count, i64 %first, i64 %seed, ptr noalias %bounds, i64 %stride, ptr noalias %table, "
    "ptr noalias %lanes, ptr noalias %laned, ptr noalias %values, ptr noalias %rows"
)


class UniformPass(Walk):
    """What is the same in all scenarios, on plain numbers, and written to the table."""

    def takes(self, loop: int) -> bool:
        """Nothing is done without a step."""
        return False

    def elsewhere(self, place: int) -> Value:
        """All that this pass takes is its own."""
        raise AssertionError(place)

    def leaf(self, place: int, step: FusedStep) -> Value:
        """A number or an entry of a column of the case."""
        if step.kind == "number":
            return self.e.read("%numbers", str(self.layout.numbers[step.name]))
        start = self.e.whole("mul", "%stride", str(self.layout.columns[step.name]))
        return self.e.read("%columns", self.e.whole("add", start, self.place))

    def after_place(self, loop: int) -> None:
        """Write what moves to the table."""
        self._write(1 + loop)

    def walk(self) -> None:
        """As every pass; what stands still is written at the end."""
        super().walk()
        self._write(0)

    def _write(self, table: int) -> None:
        e, slots = self.e, self.layout.slots[table]
        row = e.whole("mul", self.place, str(len(slots)))
        start = e.whole("add", self.tables[table], row)
        for place, slot in slots.items():
            made = self.value(place)
            number = e.select(made, 1.0, 0.0) if made.kind == FLAG else made
            e.write("%table", e.whole("add", start, str(slot)), number)


class LanePass(Walk):
    """What varies by scenario, on lanes, and what is wanted."""

    many = True
    group = ""

    def walk(self) -> None:
        """All groups of lanes from `low` to `high`, each through all loops."""
        e = self.e
        self._measure()
        with e.loop("%low", "%high") as number:
            self.group = e.whole("mul", number, str(e.lanes))
            self.made = {}
            self._seed()
            for guard in guards_of(self.graph, self.mine):
                self.guarded |= dict.fromkeys(guard.lazy, guard)
            for loop in range(self.graph.loops):
                self._before(loop)
                self._loop(loop)
            for at, place in enumerate(self.layout.values):
                e.write("%values", self._across(str(at), "%count", self.group), e.spread(self.value(place)))

    def _seed(self) -> None:
        e = self.e
        if any(step.kind == "drawn" for step in self.steps):
            at = self._across(str(self.graph.numbers_row), "%count", self.group)
            numbers = e.read("%lanes", at, many=True)
            kinds = e.type(NUMBER, many=True), e.type(WORD, many=True)
            self.scenarios = e.value(f"fptoui {kinds[0]} {numbers.text} to {kinds[1]}", WORD, many=True)

    def takes(self, loop: int) -> bool:
        """Whether a wanted row or a fold goes through the loop."""
        return any(self.steps[one].loop == loop for one in self.layout.rows)

    def elsewhere(self, place: int) -> Value:
        """A number of the table."""
        e, step = self.e, self.steps[place]
        table = 1 + step.loop if self.graph.moves(place) else 0
        slots = self.layout.slots[table]
        row = e.whole("mul", self.place if table else "0", str(len(slots)))
        at = e.whole("add", e.whole("add", self.tables[table], row), str(slots[place]))
        found = e.read("%table", at)
        return e.compared("une", found, 0.0) if is_flag(step) else found

    def leaf(self, place: int, step: FusedStep) -> Value:
        """A number of the scenarios."""
        if step.kind == "lane":
            return self.e.read("%lanes", self._across(str(int(step.number)), "%count", self.group), many=True)
        if step.kind == "lane_column":
            row = self._across(str(int(step.number)), "%stride", self.place)
            return self.e.read("%laned", self._across(row, "%count", self.group), many=True)
        if step.kind == "scaled":
            base, slope, lane = (self.value(one) for one in step.operands)
            return self.e.rounded("fadd", base, self.e.rounded("fmul", slope, lane))
        assert step.kind == "drawn", step
        return self._drawn(step)

    def _drawn(self, step: FusedStep) -> Value:
        e, (kind, first) = self.e, step.name.split()
        at = "0" if step.loop == OUTSIDE else e.whole("add", self.place, first)
        counter = Words(self.scenarios, Value(e, at, WORD, many=False))
        key = Words(Value(e, "%seed", WORD, many=False), e.word(int(step.number)))
        return drawn_in_kernel(counter, key, uniform=kind == "uniform")

    def after_place(self, loop: int) -> None:
        """Write the rows that are kept."""
        for place, at in self.layout.rows.items():
            if self.steps[place].loop == loop:
                row = self._across(str(at), "%stride", self.place)
                entry = self.e.spread(self.value(self.steps[place].operands[0]))
                self.e.write("%rows", self._across(row, "%count", self.group), entry)

    def _across(self, row: str, width: str, column: str) -> str:
        return self.e.whole("add", self.e.whole("mul", row, width), column)


class Text(NamedTuple):
    """The text of a kernel, and where its arguments stand."""

    text: str
    layout: Layout
    lanes: int
    wanted: dict[Wanted, int]
    loops: int


def is_flag(step: FusedStep) -> bool:
    """Whether a step gives a flag."""
    return step.kind in OPERATIONS and OPERATIONS[step.kind].gives == "flag"


def written(fused: Fused, lanes: int, *, contracts: bool) -> Text:
    """The kernel of a graph on so many lanes; with `contracts` the processor rounds a * b + c once."""
    graph = lean(fused)
    needed, varying = graph.needed(), graph.varying()
    mine, same = needed & varying, needed - varying
    layout = _layout(graph, mine, same)
    uniform, on_lanes = Emitter(lanes), Emitter(lanes, contracts=contracts)
    UniformPass(graph, uniform, {one for one in same if graph.steps[one].kind != "kept"}, layout).walk()
    LanePass(graph, on_lanes, {one for one in mine if graph.steps[one].kind != "kept"}, layout).walk()
    attributes = 'nounwind "prefer-vector-width"="512" "min-legal-vector-width"="512" "no-trapping-math"="true"'
    parts = [
        *sorted(uniform.declared | on_lanes.declared),
        uniform.function("prepare", PREPARE),
        on_lanes.function("run", RUN),
        f"attributes #0 = {{ {attributes} }}",
        "",
    ]
    return Text("\n".join(parts), layout, lanes, graph.wanted, graph.loops)


def _layout(graph: Fused, mine: set[int], same: set[int]) -> Layout:
    steps = graph.steps
    taken = {one for place in mine for one in steps[place].operands if steps[one].kind != "kept"}
    taken |= {graph.after[one] for one in mine if one in graph.after}
    kept = _kept(graph)
    values = [place for place in graph.wanted.values() if steps[place].kind != "kept"]
    taken |= {steps[place].operands[0] for place in kept} | set(values)
    table = sorted(one for one in taken & same if steps[one].kind != "literal")
    slots: list[dict[int, int]] = [{} for _ in range(1 + graph.loops)]
    for place in table:
        into = slots[1 + steps[place].loop if graph.moves(place) else 0]
        into[place] = len(into)
    names = {
        kind: sorted({steps[one].name for one in same if steps[one].kind == kind}) for kind in ("number", "column")
    }
    numbers, columns = ({name: at for at, name in enumerate(names[kind])} for kind in ("number", "column"))
    return Layout(numbers, columns, slots, list(dict.fromkeys(values)), kept)


def _kept(graph: Fused) -> dict[int, int]:
    """The steps of rows that are kept, each stretch of a row with the number of the row."""
    found: dict[int, int] = {}
    wanted = dict.fromkeys(place for place in graph.wanted.values() if graph.steps[place].kind == "kept")
    for number, last in enumerate(wanted):
        place = last
        found[place] = number
        while graph.rows_of(place) != graph.steps[place].operands:
            place = graph.steps[place].operands[-1]
            found[place] = number
    return found
