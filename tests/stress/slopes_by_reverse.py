"""Slopes of a whole model by reverse mode over its graphs, period by period on floats: what other ways are held against."""

from __future__ import annotations

from collections import defaultdict

from overbuild.equations.kernel.known import leaves_of
from overbuild.equations.model import Left, RowOf, programs_of
from overbuild.equations.reverse import reverse


class ReverseSlopes:
    """The numbers of one scenario run through a model, and back."""

    def __init__(self, model, given):
        self.model, self.programs, self.given = model, programs_of(model), given
        self.rows, self.left, self.taken, self.made = {}, {}, {}, {}
        for stage in model.stages:
            taken = {}
            for leaves in leaves_of(stage).values():
                taken |= {path: self.rows[leaf] if isinstance(leaf, RowOf) else given[f"{stage.name}.{path}"]
                          for path, leaf in leaves.items()}  # fmt: skip
            if isinstance(stage.opening, Left):
                opens = stage.parameters[0]
                taken |= {_renamed(path, opens): one for path, one in self.left[stage.opening.stage].items()}
            self._forward(stage, taken)

    def _forward(self, stage, taken):
        program = self.programs[stage.name]
        if stage.columns is None:
            self.taken[stage.name], made = taken, program.run(taken)
            self.rows |= {RowOf(stage.name, line): made[place] for line, place in program.lines.items()}
            self.left[stage.name] = {path: made[place] for path, place in program.results.items()}
            return
        state, series = stage.parameters[:2]
        moving = [path for path in taken if path.split(".")[0] == series]
        at, found = dict(taken), defaultdict(list)
        self.taken[stage.name] = []
        for place in range(len(taken[moving[0]])):
            at |= {path: taken[path][place] for path in moving}
            self.taken[stage.name].append(dict(at))
            made = program.run(at)
            for line, step in program.lines.items():
                found[RowOf(stage.name, line)].append(made[step])
            last = {path: made[step] for path, step in program.results.items()}
            at |= {_renamed(path, state): one for path, one in last.items()}
        self.rows |= found
        self.left[stage.name] = last

    def of(self, wanted):
        """The value of a line of a stage that is run once, and its slope by leaf (of a series by place)."""
        stage, _, line = wanted.partition(".")
        self.weights, self.left_weights, self.slopes = defaultdict(dict), defaultdict(dict), defaultdict(float)
        self.weights[stage][line] = 1.0
        for one in reversed(self.model.stages):
            if self.weights[one.name] or self.left_weights[one.name]:
                (self._back_once if one.columns is None else self._back_over_places)(one)
        return self.rows[RowOf(stage, line)], dict(self.slopes)

    def _back(self, stage, values, seeds):
        key = (stage.name, *seeds)
        if key not in self.made:
            program = self.programs[stage.name]
            results = {_left(path): place for path, place in program.results.items()}
            self.made[key] = reverse(program._replace(results=results), list(seeds))
        program = self.made[key]
        found = program.run_results({**values, **{f"seed.{name}": one for name, one in seeds.items()}})
        return {name.removeprefix("slope."): one for name, one in found.items() if name.startswith("slope.")}

    def _back_once(self, stage):
        left = {_left(path): one for path, one in self.left_weights[stage.name].items()}
        seeds = {**left, **self.weights[stage.name]}
        self._leaves(stage, self._back(stage, self.taken[stage.name], seeds))

    def _back_over_places(self, stage):
        state, series = stage.parameters[:2]
        program = self.programs[stage.name]
        seeds = {_left(path): self.left_weights[stage.name].get(path, 0.0) for path in program.results}
        steady, by_place = defaultdict(float), defaultdict(list)
        for place in reversed(range(len(self.taken[stage.name]))):
            lines = {line: row[place] for line, row in self.weights[stage.name].items()}
            found = self._back(stage, self.taken[stage.name][place], {**seeds, **lines})
            seeds = {_left(path): found[_renamed(path, state)] for path in program.results}
            for path, one in found.items():
                kind = path.split(".")[0]
                if kind == series:
                    by_place[path].insert(0, one)
                elif kind != state:
                    steady[path] += one
        opening = {_renamed(path, state): seeds[_left(path)] for path in program.results}
        self._leaves(stage, {**opening, **steady, **by_place})

    def _leaves(self, stage, slopes):
        leaves = {path: leaf for those in leaves_of(stage).values() for path, leaf in those.items()}
        for path, slope in slopes.items():
            leaf = leaves.get(path)
            if isinstance(leaf, RowOf):
                places = len(self.rows[leaf])
                row = slope if isinstance(slope, list) else [slope] * places
                held = self.weights[leaf.stage].get(leaf.line, [0.0] * places)
                self.weights[leaf.stage][leaf.line] = [one + other for one, other in zip(held, row, strict=True)]
            elif path in leaves:
                self.slopes[f"{stage.name}.{path}"] = slope
            else:  # what an earlier stage left
                name = "result" if "." not in path else path.split(".", 1)[1]
                held = self.left_weights[stage.opening.stage]
                held[name] = held.get(name, 0.0) + slope


def _left(path):
    """What a stage leaves, told apart from a line of the same name."""
    return f"left {path}"


def _renamed(path, state):
    return state if path == "result" else f"{state}.{path}"
