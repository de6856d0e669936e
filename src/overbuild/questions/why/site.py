"""Why a site's numbers are what they are: a line of a period, a result over all periods, an input of the case."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from overbuild.equations import flatten, rebuild, trace
from overbuild.equations.graph import Program
from overbuild.equations.line_table import label_of, row_of
from overbuild.equations.reading import reading_of
from overbuild.errors import InputError, did_you_mean
from overbuild.questions.site.basis import Basis, measure
from overbuild.questions.site.tranches import line_of
from overbuild.questions.why.inputs import Origins
from overbuild.questions.why.tree import Why
from overbuild.site.construction import before_close, construct, opening
from overbuild.site.funding import build
from overbuild.site.holdco import HoldcoShape, HoldcoState, holdco_inputs, holdco_period, holdco_terms
from overbuild.site.inputs import build_inputs
from overbuild.site.metrics import results
from overbuild.site.period import period
from overbuild.site.run import rows_of

SOLVED = {
    "equity_irr_per_year": ("equity_irr", "equity_cash_flow"),
    "project_irr_per_year": ("project_irr_post_tax", "operating_cash"),
    "project_irr_pre_tax_per_year": ("project_irr_pre_tax", "operating_cash"),
}
"""Numbers that a solver finds from a row of flows: their place in the run, and the line the flows come from."""

_ROWS = ("rows.operating.", "rows.tranches.", "rows.lease.")


def site_why(
    path: str, file: Path, depth: int, *, shocks: tuple[str, ...] = (), workspace: Path | str | None = None
) -> Why:
    """The tree of a number of a site: `cfads@2029Q3`, `min_dscr`, `site.pue`.

    Raises InputError `unknown_name` with close names, `missing` for a line without its period, `bad_period` for a
    period the site does not have.
    """
    told = SiteTold(measure(file, (), shocks), workspace)
    name, _, label = path.partition("@")
    if label:
        return told.at(name, label, depth)
    if name in told.origins.paths:
        return told.origins.of_path(name)
    if name in SOLVED:
        return told.solved(name)
    if name in told.results.lines:
        return told.result(name, depth)
    if name in ("tranche.holdco.debt", "tranche.holdco.dscr") and told.run.holdco is not None:
        return told.of_holdco(name, depth)
    behind = line_of(name, told.run)
    if behind:
        return told.result(behind, depth)._replace(id=f"site:{name}")
    known = [*told.results.lines, *told.origins.paths, *SOLVED]
    if name in told.operation.program.lines or name in told.building.program.lines:
        example = f"site:{name}@{told.basis.label(1)}"
        raise InputError("missing", f"site:{name}", None, f"a line has one value a period; say which, as in {example}")
    known += told.operation.program.lines
    raise InputError("unknown_name", f"site:{name}", name, f"no such number.{did_you_mean(name, known)}")


class Told:
    """A traced period function with the values of every step in every period."""

    def __init__(self, function: Callable[..., Any], state: Any, columns: Any, terms: Any) -> None:
        leaves = list(flatten(columns).values())
        entries = [rebuild(columns, list(one)) for one in zip(*leaves, strict=True)]
        self.program: Program = trace(function, state, entries[0], terms)
        self.made: list[list[Any]] = []
        for entry in entries:
            values = {**flatten(state, "state"), **flatten(entry, "inputs"), **flatten(terms, "terms")}
            self.made.append(self.program.run(values))
            state = function(state, entry, terms)

    def line_behind(self, name: str) -> str:
        """The line that the closing value of a state is; empty where it is not a plain line."""
        place = self.program.results.get(name.removeprefix("state."))
        step = self.program.steps[place] if place is not None else None
        return step.name if step is not None and step.kind == "line" else ""


class SiteTold:
    """A site with every step of every period at hand."""

    def __init__(self, basis: Basis, workspace: Path | str | None) -> None:
        self.basis = basis
        self.run = basis.run
        self.origins = Origins(basis.shocked, workspace)

    @cached_property
    def operation(self) -> Told:
        """The operating periods."""
        run = self.run
        state = opening(run.shape, build(run.plan, run.terms).final, run.terms)
        return Told(partial(period, run.shape), state, basis_inputs(self.basis), run.terms)

    @cached_property
    def building(self) -> Told:
        """Close and the construction periods."""
        run = self.run
        return Told(partial(construct, run.shape), before_close(run.shape), build_inputs(run.plan), run.terms)

    @cached_property
    def holding(self) -> Told | None:
        """The operating periods of the holding company's debt; None without one."""
        holdco, p = self.run.plan.holdco, self.run.plan.site.periods_per_year
        if holdco is None:
            return None
        columns = holdco_inputs(holdco, self.run.operating["equity_cash_flow"], p)
        return Told(partial(holdco_period, HoldcoShape()), HoldcoState(holdco.amount), columns, holdco_terms(holdco, p))

    @cached_property
    def opening(self) -> Program:
        """What operation opens with."""
        run = self.run
        return trace(partial(opening, run.shape), build(run.plan, run.terms).final, run.terms)

    @cached_property
    def results(self) -> Program:
        """The results over whole rows."""
        run = self.run
        return trace(partial(results, run.shape), rows_of(run.building, run.operating, run.shape.reported), run.terms)

    def at(self, name: str, label: str, depth: int) -> Why:
        """A line in a calendar period, in construction or in operation."""
        place = self.basis.calendar.place(label)
        before = len(next(iter(self.run.building.values())))
        told, place = (self.building, place) if place < before else (self.operation, place - before)
        if told is self.operation and self.holding is not None and name in self.holding.program.lines:
            told = self.holding
        if name not in told.program.lines:
            hint = f"no such line in {label}.{did_you_mean(name, told.program.lines)}"
            raise InputError("unknown_name", f"site:{name}@{label}", name, hint)
        return self._line(told, name, place, depth)

    def _line(self, told: Told, name: str, place: int, depth: int) -> Why:
        read, row = reading_of(told.program, name), row_of(name)
        below: tuple[Why, ...] = ()
        if depth > 0:
            below = (
                *(self._line(told, one, place, depth - 1) for one in read.lines),
                *(self._input(told, one, place, depth - 1) for one in read.inputs),
            )
        formula = read.text.replace("terms.", "").replace("inputs.", "").replace("state.", "previous ")
        return Why(
            id=f"site:{name}@{self._label(told, place)}",
            label=label_of(name),
            value=float(told.made[place][told.program.lines[name]]),
            unit=row.unit if row else "",
            kind="line",
            formula=f"{name} = {formula}",
            origin=f"equation of {row.room}; {row.source}" if row else "",
            below=below,
        )

    def _label(self, told: Told, place: int) -> str:
        return self.basis.calendar.label(place) if told is self.building else self.basis.label(place + 1)

    def _input(self, told: Told, name: str, place: int, depth: int) -> Why:
        value = float(told.made[place][told.program.inputs[name]])
        part, _, path = name.partition(".")
        if told is self.holding:
            path = f"holdco.{path}"
        if part == "terms":
            return self.origins.of_term(path, value)
        if part == "inputs":
            return self.origins.of_series(path, value, self._label(told, place))
        behind = told.line_behind(name)
        if behind and place > 0:
            return self._line(told, behind, place - 1, depth)
        when = "at the opening" if place == 0 else f"at the end of {self._label(told, place - 1)}"
        return Why(f"site:{path}", f"{path} {when}", value, "", "state")

    def result(self, name: str, depth: int) -> Why:
        """A result over all periods, with the rows it is taken from."""
        read, row = reading_of(self.results, name), row_of(name)
        lines = [one.partition(".")[2].partition(".")[2] for one in read.inputs if one.startswith(_ROWS)]
        below: tuple[Why, ...] = ()
        place = self.run.min_dscr_period
        if depth > 0:
            inner = tuple(self.result(one, depth - 1) for one in read.lines if one in self.results.lines)
            at = (place or 1) - 1
            below = (
                *inner,
                *(
                    self._line(self.operation, one, at, depth - 1)
                    for one in lines
                    if one in self.operation.program.lines
                ),
            )
        text = (
            read.text.replace("rows.operating.", "")
            .replace("rows.building.", "")
            .replace("rows.tranches.", "")
            .replace("rows.lease.", "")
            .replace("terms.", "")
        )
        value = getattr(self.run.results, name, None)
        if name == "site_loss_given_default":
            value = self.run.results.loss_given_default
        for tranche in self.run.results.tranches:
            loan, _, word = name.partition(".")
            if loan == tranche.name:
                value = tranche.loss_given_default if word == "lgd" else getattr(tranche, word)
        return Why(
            id=f"site:{name}",
            label=f"{label_of(name)} (rows shown at {self.basis.label(place)})" if place and below else label_of(name),
            value=None if value is None else float(value),
            unit=row.unit if row else "",
            kind="result",
            formula=f"{name} = {text}",
            origin="over all periods",
            below=below,
        )

    def of_holdco(self, name: str, depth: int) -> Why:
        """The debt of the holding company, or its least cover with the period of it."""
        found, told = self.run.holdco, self.holding
        if found is None or told is None:
            raise InputError("unknown_name", f"site:{name}", name, "the case has no holding company")
        if name == "tranche.holdco.debt":
            return self.origins.of_path("holdco.amount")._replace(id=f"site:{name}")
        counted = [place for place, flag in enumerate(found.rows["holdco.covered"]) if flag > 0.0]
        worst = min(counted, key=lambda place: found.rows["holdco.dscr"][place])
        below = (self._line(told, "holdco.dscr", worst, depth - 1),) if depth > 0 else ()
        return Why(
            id=f"site:{name}",
            label=f"{label_of('holdco.min_dscr')} (rows shown at {self.basis.label(worst + 1)})",
            value=float(found.results.min_dscr),
            unit="ratio",
            kind="result",
            formula="holdco.min_dscr = least holdco.dscr where holdco.covered",
            origin="over all periods",
            below=below,
        )

    def solved(self, name: str) -> Why:
        """A number that a solver finds, with the line its flows come from."""
        attribute, line = SOLVED[name]
        found = getattr(self.run, attribute)
        origin = f"solved from the flows of close, construction and {line} in operation; status {found.status}"
        formula = "the rate at which the flows are worth 0: all roots in (-0.9999, 10), the one nearest 0"
        return Why(
            f"site:{name}", name.replace("_", " "), found.per_year, "decimal per year", "result", formula, origin
        )


def basis_inputs(basis: Basis) -> Any:
    """The series of the run: the shocked plan on the schedule as sized."""
    return basis.sizing.inputs(basis.run.plan)
