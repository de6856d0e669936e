"""The programs of a site's run on one axis of places, taken apart into lines, with the value of every step.

Place 0 is close; construction follows, then operation. What a period hands to the next is a row of its own
(`state.dsra`); its opening stands one place before the first period.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from overbuild.equations import Program, flatten, rebuild, trace
from overbuild.equations.named_lines import NamedLine, named_lines
from overbuild.site.construction import before_close, construct, opening
from overbuild.site.funding import build
from overbuild.site.inputs import build_inputs
from overbuild.site.metrics import results
from overbuild.site.period import period
from overbuild.site.run import SiteRun, rows_of
from overbuild.site.sizing import sizing_period

CONSTRUCTION, STATE, SIZING = "construction.state.", "state.", "sizing.state."
"""What the names of carried rows start with."""


class Block(NamedTuple):
    """A program with the places it stands at, its lines, and the value of every step at each place."""

    name: str
    program: Program
    lines: dict[str, NamedLine]
    first: int
    steps: list[list[Any]]

    @property
    def last(self) -> int:
        """Its last place."""
        return self.first + len(self.steps) - 1


class Blocks(NamedTuple):
    """The programs of a run on one axis; `start` is the first place of operation."""

    construction: Block
    opening: Block
    operation: Block
    sizing: Block
    results: Block
    start: int


def blocks_of(run: SiteRun) -> Blocks:
    """Trace the programs of a run and evaluate them at every place."""
    shape, terms, leaves = run.shape, run.terms, flatten(run.terms, "terms")
    bare = before_close(shape)
    columns, series = build_inputs(run.plan), run.sizing.inputs(run.plan)
    building = trace(partial(construct, shape), bare, entry(columns, 0), terms)
    built = build(run.plan, terms).final
    opened = trace(partial(opening, shape), built, terms)
    state = opening(shape, built, terms)
    operating = trace(partial(period, shape), state, entry(series, 0), terms)
    sized = trace(partial(sizing_period, shape), state, entry(series, 0), terms)
    rows = rows_of(run.building, run.operating, shape.reported)
    found = trace(partial(results, shape), rows, terms)
    start = run.plan.site.construction_periods + run.plan.site.delay_periods + 1
    by_place = [("construction", building, CONSTRUCTION, 0, bare, columns)]
    by_place += [("operation", operating, STATE, start, state, series), ("sizing", sized, SIZING, start, state, series)]
    made = {
        name: Block(name, program, named_lines(program, states), first, _evaluated(program, at, given, leaves))
        for name, program, states, first, at, given in by_place
    }
    first_day = [opened.run({**flatten(built, "built"), **leaves})]
    whole = [found.run({**flatten(rows, "rows"), **leaves})]
    return Blocks(
        made["construction"],
        Block("opening", opened, named_lines(opened, STATE, ""), 0, first_day),
        made["operation"],
        made["sizing"],
        Block("results", found, named_lines(found), 0, whole),
        start,
    )


def entry(columns: Any, place: int) -> Any:
    """One period's record of a record of columns."""
    return rebuild(columns, [column[place] for column in flatten(columns).values()])


def _evaluated(program: Program, state: Any, columns: Any, terms: Mapping[str, float]) -> list[list[Any]]:
    """Every step of a period's program, period by period."""
    carried, found = flatten(state, "state"), list[list[Any]]()
    for place in range(len(next(iter(flatten(columns).values())))):
        steps = program.run({**carried, **flatten(entry(columns, place), "inputs"), **terms})
        found.append(steps)
        carried = {f"state.{path}": steps[at] for path, at in program.results.items()}
    return found
