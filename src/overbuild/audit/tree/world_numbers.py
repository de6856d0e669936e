"""Why an answer over many worlds is what it is: how many worlds it counts, how they were drawn, one of them run again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from overbuild.answer import Cell
from overbuild.audit.tree.tree import Reason, Why
from overbuild.errors import InputError, did_you_mean
from overbuild.site.case.uncertain.driver_numbers import DriverNumber, driver_numbers
from overbuild.site.case.uncertain.uncertain import DriverTold
from overbuild.site.case_run import run_case
from overbuild.stress.site_worlds.measures import DEFAULTS, EQUITY_NPV, HURDLE, KINDS, MIN_DSCR, breach_of, loss_of
from overbuild.stress.site_worlds.one_world import OneWorld, WorldsByNumber
from overbuild.stress.site_worlds.results import SiteDistribution
from overbuild.stress.site_worlds.run import stressed
from overbuild.stress.site_worlds.values import StressValue, stress_values
from overbuild.stress.worlds.draws import Row
from overbuild.stress.worlds.run import MOST_SCENARIOS
from overbuild.stress.worlds.settings import StressSettings

Flags: TypeAlias = NDArray[np.bool_]

_LOOKED_AT = 4096
"""Worlds from the first on among which one is looked for that shows what a number counts."""


def world_why(
    path: str,
    file: Path,
    depth: int,
    *,
    settings: StressSettings | None = None,
    shocks: tuple[str, ...] = (),
    workspace: Path | str | None = None,
) -> Why:
    """The tree of a number over many worlds: `p_default`, `world.17`, `drivers.rent`.

    Raises InputError `unknown_name` with close names, and as `stressed`.
    """
    basis = run_case(file, (), shocks, workspace=workspace)
    return WorldNumbers(stressed(basis, settings or StressSettings())).find(path, depth)


class _Shown(NamedTuple):
    """A world that shows what a number counts, and what it is an example of."""

    number: int
    of: str


class _Counted(NamedTuple):
    """In which worlds something is so, and what it is to be such a world."""

    flags: Flags
    of: str


class WorldNumbers:
    """The numbers of a distribution, each with the worlds, the draws and the drivers behind it."""

    def __init__(self, found: SiteDistribution) -> None:
        self.found, self.label = found, found.basis.calendar.label
        self.by_number = WorldsByNumber(found)
        self.values = {one.id: one for one in stress_values(found)}

    def find(self, name: str, depth: int) -> Why:
        """The tree of a number, of a world (`world.17`) or of a driver (`drivers.rent`)."""
        word, _, rest = name.partition(".")
        if word == "world" and rest.isdecimal():
            return self._world(self._number(rest), f"World {int(rest):,}", depth)
        told = {one.declared.name: one for one in self.found.uncertain.told}
        if word == "drivers" and rest in told:
            return self._driver(told[rest], opened=True)
        if name not in self.values:
            known = [*self.values, *(f"drivers.{one}" for one in told), "world.0"]
            hint = f"no such number over many worlds.{did_you_mean(name, known)}"
            raise InputError("unknown_name", f"stress:{name}", name, hint)
        return self._value(self.values[name], depth)

    def _number(self, written: str) -> int:
        number = int(written)
        if number >= MOST_SCENARIOS:
            hint = f"worlds are numbered from 0 to {MOST_SCENARIOS - 1:,}"
            raise InputError("out_of_range", "stress:world", number, hint)
        return number

    def _value(self, one: StressValue, depth: int) -> Why:
        counts = tuple(self._counts(one.id))
        below = (*counts, *self._example(one.id, depth), *self._drivers(depth)) if depth > 0 else ()
        origin = "; ".join(part for part in (_said(one.id), self._drawn(), one.status) if part)
        return Why(f"stress:{one.id}", one.label, one.value, one.unit, "result", origin=origin, below=below)

    def _drawn(self) -> str:
        """How the worlds were drawn, in words."""
        of = self.found.settings
        copula = "Gaussian" if of.freedom is None else f"t of {of.freedom:g} degrees of freedom"
        worlds = f"{self.found.summary.scenarios:,} worlds, {of.sampler}, seed {of.seed}, copula {copula}"
        stopped = f"; {self.found.worlds.stopped}" if self.found.worlds.stopped else ""
        return f"{worlds}, by {self.found.source.means}{stopped}"

    def _counts(self, name: str) -> Iterator[Why]:
        """The worlds that a probability counts, of how many."""
        counted = self.found.summary.counted
        share = self.values[name].value
        if name.startswith("p_") and not name.endswith((".low", ".high")) and isinstance(share, float):
            yield Why("stress:had", "Worlds in which it is so", round(share * counted), "count", "result")
        yield Why("stress:counted", "Worlds that could be computed", counted, "count", "result")

    # ---- a world that shows it

    @cached_property
    def _first(self) -> dict[str, Row]:
        """What came of the first worlds."""
        block = self.found.source.block(0, min(_LOOKED_AT, self.found.summary.scenarios))
        return {name: row for name, row in block.items() if row.ndim == 1}

    def _example(self, name: str, depth: int) -> Iterator[Why]:
        shown = self._shown(name)
        if shown is not None:
            yield self._world(shown.number, f"World {shown.number:,}, {shown.of}", depth - 1)

    def _shown(self, name: str) -> _Shown | None:
        """The first world that a probability counts, or that which comes nearest to a value."""
        word, _, rest = name.partition(".")
        if word.startswith("p_"):
            found = self._counted_in(word, rest)
            return None if found is None else _first_of(*found)
        if word in ("expected_loss", "loss_cvar_99") and rest:
            return self._nearest(loss_of(rest), self.values[name].value if word == "loss_cvar_99" else None)
        if word == "default_period" and (place := self.found.end_by(_SHARES[rest])) is not None:
            return self._nearest("ended_in", place, self._defaults)
        return self._nearest(word, self.values[name].value) if word in (MIN_DSCR, EQUITY_NPV) else None

    @property
    def _defaults(self) -> Flags:
        return np.isin(self._first["ended_as"], [1 + KINDS.index(kind) for kind in DEFAULTS])

    def _counted_in(self, word: str, rest: str) -> _Counted | None:
        """In which of the first worlds it is so, and what it is to be such a world."""
        first = self._first
        ways = {
            "p_default": lambda: _Counted(self._defaults, "the first that defaults"),
            "p_closed": lambda: _Counted(first["ended_as"] == 1 + KINDS.index("closed"), "the first that is closed"),
            "p_equity_hurdle": lambda: _Counted(first[HURDLE] > 0.0, "the first in which owners reach their hurdle"),
            "p_breach": lambda: _Counted(first[breach_of(rest)] > 0.0, f"the first in which {rest} is breached"),
            "p_loss": lambda: _Counted(first[loss_of(rest)] > 0.0, f"the first in which {rest} loses"),
        }
        if word == "p_default" and rest in DEFAULTS:
            return _Counted(first["ended_as"] == 1 + KINDS.index(rest), f"the first that defaults: {rest}")
        return ways[word]() if word in ways else None

    def _nearest(self, measure: str, value: Cell, among: Flags | None = None) -> _Shown | None:
        """The world whose measure is nearest to a value; without one, the first in which it is above 0."""
        row = np.asarray(self._first[measure], dtype=float)
        if value is None:
            return _first_of(row > 0.0, "the first in which it loses")
        away = np.where(np.isnan(row), np.inf, np.abs(row - float(value)))
        away = away if among is None else np.where(among, away, np.inf)
        return _Shown(int(np.argmin(away)), "the nearest to it") if np.isfinite(away).any() else None

    def _world(self, number: int, label: str, depth: int) -> Why:
        """A world, drawn and run again from its number."""
        world = self.by_number.world(number)
        how, when = world.ending
        outcome = "runs to its end" if how is None or when is None else f"{how} in {self.label(when)}"
        below = tuple(self._of_world(world)) if depth >= 0 else ()
        origin = (
            f"drawn again from its number and run on floats; again: overbuild why stress:world.{number}{self._options}"
        )
        return Why(f"stress:world.{number}", label, outcome, "", "result", "", origin, below)

    @property
    def _options(self) -> str:
        """The case, and what draws the same worlds again."""
        of = self.found.settings
        sobol = [f"--sampler sobol --scenarios {self.found.worlds.wanted}"] if of.sampler == "sobol" else []
        seed = [f"--seed {of.seed}"] if of.seed != StressSettings().seed else []
        copula = [f"--t-copula {of.freedom:g}"] if of.freedom is not None else []
        return " ".join(["", "FILE", *sobol, *seed, *copula])

    def _of_world(self, world: OneWorld) -> Iterator[Why]:
        """What a world comes to, and what was drawn in it."""
        results, at = world.rows["results"], f"stress:world.{world.number}"
        if results["covered_periods"][0] > 0.0:
            yield Why(f"{at}.min_dscr", "Minimum DSCR in it", float(results["min_dscr"][0]), "ratio", "result")
        yield Why(f"{at}.equity_npv", "Owners' NPV in it", float(results["equity_npv"][0]), "USD", "result")
        for name, value in world.once.items():
            drawn = "trend, log a year" if name in self._moving else self._how(name)
            yield Why(f"{at}.{name}", f"Drawn of {name}: {drawn}", value, "", "input")
        for phase, late in zip(self.found.basis.run.plan.phases, world.late, strict=True):
            yield Why(f"{at}.late.{phase.name}", f"Drawn: {phase.name} is late by", float(late), "periods", "input")
        last = self.found.basis.run.plan.horizon.periods if world.ending.place is None else world.ending.place
        for name in self._moving:
            off = float(world.rows["world"][f"{name}.deviation"][last])
            told = f"Path of {name}, away from the case in {self.label(last)} (log; a rate: added)"
            yield Why(f"{at}.{name}.deviation", told, off, "", "input")

    @property
    def _moving(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.found.uncertain.world.drivers)

    def _how(self, name: str) -> str:
        return next(one.how for one in self.found.uncertain.once if one.name == name)

    # ---- what is drawn

    def _drivers(self, depth: int) -> Iterator[Why]:
        """What is drawn, what moves defaults most first; the numbers of each from the third level on."""
        swing = {one.name: one.swing for one in self.found.moves()}
        for one in sorted(self.found.uncertain.told, key=lambda one: -swing.get(one.declared.name, 0.0)):
            yield self._driver(one, opened=depth > _OPENED)

    def _driver(self, one: DriverTold, *, opened: bool) -> Why:
        name = one.declared.name
        numbers = self._numbers(name)
        fitted = sum(each.given.reason.startswith("Estimated") for each in numbers) or "none"
        of = next((each for each in self.found.moves() if each.name == name), None)
        moves = (
            ""
            if of is None
            else f"; defaults in {of.lowest:.0%} of worlds where lowest, {of.highest:.0%} where highest"
        )
        below = tuple(_told_number(each) for each in numbers) if opened else ()
        said, origin = (
            f"{name}: {one.declared.how} {', '.join(one.inputs)}; numbers behind it",
            f"{fitted} estimated{moves}",
        )
        return Why(f"stress:drivers.{name}", said, len(numbers), "count", "input", origin=origin, below=below)

    def _numbers(self, name: str) -> Sequence[DriverNumber]:
        every = driver_numbers(self.found.basis.shocked, self.found.uncertain)
        return [one for one in every if one.driver == name]


_OPENED = 2
_SHARES = {"p5": 0.05, "p50": 0.5, "p95": 0.95}

_SAID = {
    "p_default": "worlds that default, of those that could be computed",
    "p_": "worlds in which it is so, of those that could be computed",
    "expected_loss": "mean over all worlds of what is lost, 0 where nothing is",
    "loss_cvar_99": "mean of what is lost in the worst 1% of worlds",
    "default_period": "the period by which so many of the defaults have come",
    MIN_DSCR: "the value below which so many of the worlds lie",
    EQUITY_NPV: "the mean over all worlds, or the value below which so many of them lie",
}


def _said(name: str) -> str:
    """What a number over many worlds is, in words."""
    return next((said for begins, said in _SAID.items() if name.startswith(begins)), "")


def _first_of(flags: Flags, of: str) -> _Shown | None:
    """The first world for which a flag is set; None where none of those looked at has it."""
    places = np.flatnonzero(flags)
    return _Shown(int(places[0]), of) if places.size else None


def _told_number(one: DriverNumber) -> Why:
    """A number of a driver, with who chose it and why."""
    given = one.given
    value: Cell = given.numbers[0] if len(given.numbers) == 1 else ", ".join(f"{each:g}" for each in given.numbers)
    reason = Reason(given.author, given.reason or given.source, given.low, given.high)
    kind = "assumption" if given.origin == "assumption" else "input"
    named = f"stress:drivers.{one.driver}.{one.number}"
    return Why(named, one.number.replace("_", " "), value, "", kind, origin=given.reason, reason=reason)
