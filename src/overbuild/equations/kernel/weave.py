"""From a model to the graph of its kernel.

Stages over places follow each other in one loop, place by place, as long as they have one length and take nothing that an
earlier one leaves at its end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from overbuild.equations.graph import Program
from overbuild.equations.kernel.bindings import Binding, DrawnInside, Lane, LaneColumn, Scaled, Wanted
from overbuild.equations.kernel.fused import OUTSIDE, PASSING, Fused, FusedStep
from overbuild.equations.kernel.known import NOTHING, Known, leaves_of
from overbuild.equations.model import Left, Model, RowOf, Stage, programs_of
from overbuild.equations.records import flatten
from overbuild.errors import InputError, did_you_mean


def places_of(stage: Stage) -> int:
    """How many places a stage has; 0 for one that is run once.

    Raises InputError (`length_mismatch`) when its columns differ in length.
    """
    if stage.columns is None:
        return 0
    lengths = {path: len(one) for path, one in flatten(stage.columns).items() if not isinstance(one, RowOf)}
    if len(set(lengths.values())) > 1:
        raise InputError("length_mismatch", stage.name, lengths, "each series needs one number a place")
    return next(iter(lengths.values()), 0)


def loops_of(model: Model) -> dict[str, int]:
    """The loop in which each stage over places runs.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> from overbuild.site.model import model_of
    >>> loops_of(model_of(PLAN, SIZING))
    {'site': 0}
    """
    found: dict[str, int] = {}
    loop, length = -1, 0
    for stage in model.stages:
        if stage.columns is None:
            continue
        if loop < 0 or isinstance(stage.opening, Left) or places_of(stage) != length:
            loop, length = loop + 1, places_of(stage)
        found[stage.name] = loop
    return found


class Weaver:
    """Weaves stage after stage into a graph. `woven` does it all."""

    def __init__(self, model: Model, bindings: Mapping[str, Binding], together: Sequence[int], known: Known) -> None:
        self.model, self.bindings, self.together, self.known = model, bindings, tuple(together), known
        self.programs = programs_of(model)
        self.stretches = range(len(known.stretches))
        self.loops = loops_of(model)
        self.fused = Fused(len(self.stretches) * (1 + max(self.loops.values(), default=-1)))
        self.lines: dict[tuple[str, str], dict[int, int]] = {}
        self.carried: dict[str, int] = {}
        self.stretch = 0
        self.results: dict[tuple[str, str], int] = {}
        self.met: set[str] = set()
        self.parameters = {stage.name: stage.parameters for stage in model.stages}

    def weave(self, wanted: Sequence[Wanted]) -> Fused:
        """The graph of all stages and what is wanted of it."""
        for stage in self.model.stages:
            for stretch in self.stretches if stage.columns is not None else (0,):
                self.stretch = stretch
                self._stage(stage)
        self._check_bindings()
        for one in wanted:
            self.fused.wanted[one] = self._wanted(one)
        return self.fused

    # ---- stages

    def _stage(self, stage: Stage) -> None:
        program, leaves = self.programs[stage.name], leaves_of(stage)
        made: list[int] = []
        states: dict[str, int] = {}
        for step in program.steps:
            if step.kind == "input" and stage.columns is None and program.sort(len(made)) == "row":
                made.append(-1)
            elif step.kind == "input":
                made.append(self._input(stage, step.name, leaves))
                if self._is_state(stage, step.name):
                    states[step.name] = made[-1]
            elif step.kind == "line":
                made.append(self._named(stage, step.name, made[step.operands[0]]))
            elif step.kind in ("literal", "constant"):
                made.append(self.fused.literal(step.number))
            elif step.kind in PASSING:
                made.append(self._over_rows(step.kind, [_row_of(program, one, leaves) for one in step.operands]))
            else:
                made.append(self.fused.join(step.kind, *(made[one] for one in step.operands)))
        self._hand_on(stage, program, made, states)

    def _named(self, stage: Stage, line: str, place: int) -> int:
        self.lines.setdefault((stage.name, line), {})[self.stretch] = place
        return place

    def _loop(self, stage: str) -> int:
        """The loop of a stage in the stretch that is woven."""
        return self.loops[stage] * len(self.stretches) + self.stretch

    def _hand_on(self, stage: Stage, program: Program, made: list[int], states: dict[str, int]) -> None:
        """What the stage leaves, and its states from place to place."""
        loop = self._loop(stage.name) if stage.columns is not None else None
        for path, place in program.results.items():
            end = made[place]
            if loop is not None:
                before = states.get(_input_path(self.parameters[stage.name][0], path))
                if before is not None:
                    self.fused.after[before] = end
                end = self.fused.add(FusedStep("final", (end,), loop=loop))
            self.results[stage.name, path] = end

    def _is_state(self, stage: Stage, name: str) -> bool:
        return stage.columns is not None and name.split(".")[0] == self.parameters[stage.name][0]

    # ---- what a stage is given

    def _input(self, stage: Stage, name: str, leaves: Mapping[str, Mapping[str, Any]]) -> int:
        parameter = name.split(".")[0]
        leaf = leaves[parameter].get(name)
        if isinstance(leaf, RowOf):
            if stage.columns is not None:
                self._one_loop([stage.name, leaf.stage])
            return self._line(leaf.stage, leaf.line)[self.stretch]
        key = f"{stage.name}.{name}"
        if self._is_state(stage, name):
            made = self.fused.add(FusedStep("carried", (self._start(stage, name),), key, loop=self._loop(stage.name)))
            self.carried[key] = made
            return made
        if isinstance(stage.opening, Left) and parameter == self.parameters[stage.name][0]:
            return self._left(stage, name)
        series = stage.columns is not None and parameter == self.parameters[stage.name][1]
        return self._leaf(key, stage, self._loop(stage.name) if series else OUTSIDE)

    def _start(self, stage: Stage, name: str) -> int:
        """What a state opens with: in a later stretch what it has come to in the one before."""
        key = f"{stage.name}.{name}"
        if self.stretch:
            return self.fused.add(FusedStep("ended", (self.carried[key],), loop=self._loop(stage.name) - 1))
        return self._left(stage, name) if isinstance(stage.opening, Left) else self._leaf(key, stage, OUTSIDE)

    def _left(self, stage: Stage, name: str) -> int:
        assert isinstance(stage.opening, Left)
        path = name.removeprefix(self.parameters[stage.name][0]).removeprefix(".") or "result"
        return self.results[stage.opening.stage, path]

    def _leaf(self, key: str, stage: Stage, loop: int) -> int:
        self.met.add(key)
        add, binding = self.fused.add, self.bindings.get(key)
        kind = "number" if loop == OUTSIDE else "column"
        if binding is None:
            literal = self.known.literal(key, None if loop == OUTSIDE else self.stretch)
            return add(FusedStep(kind, (), key, loop=loop)) if literal is None else self.fused.literal(literal)
        if isinstance(binding, Lane):
            return add(FusedStep("lane", number=binding.row))
        if isinstance(binding, Scaled):
            base, slope = (add(FusedStep(kind, (), f"{key}#{word}", loop=loop)) for word in ("base", "slope"))
            return self.fused.join("scaled", base, slope, add(FusedStep("lane", number=binding.row)))
        if isinstance(binding, LaneColumn):
            if loop == OUTSIDE:
                raise InputError("bad_binding", key, binding, "only a series has a number for each place")
            return add(FusedStep("lane_column", number=binding.row, loop=loop))
        return self._drawn(binding, stage, loop)

    def _drawn(self, binding: DrawnInside, stage: Stage, loop: int) -> int:
        first = 0 if loop == OUTSIDE else stage.first + binding.ahead

        def alone(driver: int) -> int:
            word = "uniform" if binding.uniform else "normal"
            return self.fused.add(FusedStep("drawn", (), f"{word} {first}", driver, loop))

        if binding.uniform or binding.driver not in self.together:
            return alone(binding.driver)
        row = self.together.index(binding.driver)
        reached: int | None = None
        for column, driver in enumerate(self.together[: row + 1]):
            factor = self.fused.add(FusedStep("number", (), f"#factor {row} {column}"))
            part = self.fused.join("mul", factor, alone(driver))
            reached = part if reached is None else self.fused.join("add", reached, part)
        assert reached is not None
        return reached

    # ---- rows, and what is wanted

    def _line(self, stage: str, line: str) -> dict[int, int]:
        """The step of a line in each stretch."""
        places = self.lines.get((stage, line))
        if places is None:
            known = [name for of, name in self.lines if of == stage]
            raise InputError("unknown_name", f"{stage}.{line}", line, f"no such line.{did_you_mean(line, known)}")
        return places

    def _over_rows(self, kind: str, rows: Sequence[RowOf]) -> int:
        """A step that takes whole rows, stretch after stretch."""
        loop = self._one_loop(sorted({one.stage for one in rows})) * len(self.stretches)
        reached = -1
        for stretch in self.stretches:
            entries = [self._line(one.stage, one.line)[stretch] for one in rows]
            words = [word for word, holds in (("on", stretch > 0), ("open", stretch != self.stretches[-1])) if holds]
            operands = (*entries, reached) if stretch else tuple(entries)
            reached = self.fused.add(FusedStep(kind, operands, " ".join(words), loop=loop + stretch))
        return reached

    def _one_loop(self, stages: Sequence[str]) -> int:
        found = {self.loops[one] for one in stages}
        if len(found) != 1:
            raise InputError(
                "rows_of_two_loops", "kernel", list(stages), "rows that meet come from stages of one length"
            )
        return found.pop()

    def _wanted(self, one: Wanted) -> int:
        if isinstance(one, str):
            stage, _, line = one.partition(".")
            if stage in self.loops:
                raise InputError("bad_wanted", one, None, "a line of a stage over places is a row: RowOf or Fold")
            return self._line(stage, line)[0]
        if isinstance(one, RowOf):
            return self._over_rows("kept", [one])
        return self._over_rows(one.operation, [RowOf(one.stage, line) for line in one.lines])

    def _check_bindings(self) -> None:
        for key in self.bindings:
            if key not in self.met:
                raise InputError("unknown_name", key, None, f"no such leaf.{did_you_mean(key, self.met)}")


def woven(
    model: Model,
    wanted: Sequence[Wanted],
    bindings: Mapping[str, Binding],
    together: Sequence[int] = (),
    known: Known = NOTHING,
) -> Fused:
    """The graph of a model under bindings, of cases for which what is known holds.

    Raises InputError for a wanted line or a bound leaf that is not there, and for rows that one loop cannot take together.
    """
    return Weaver(model, bindings, together, known).weave(wanted)


def _input_path(parameter: str, path: str) -> str:
    return parameter if path == "result" else f"{parameter}.{path}"


def _row_of(program: Program, place: int, leaves: Mapping[str, Mapping[str, Any]]) -> RowOf:
    name = program.steps[place].name
    leaf = leaves[name.split(".")[0]][name]
    assert isinstance(leaf, RowOf), name
    return leaf
