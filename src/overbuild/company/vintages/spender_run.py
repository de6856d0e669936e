"""A spender's chips read and run: the case as it stands, at either end of the fall of rents, at other lives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from overbuild.company.preset import companies_preset
from overbuild.company.vintages.case import SPENDERS, SpenderPlan, model_of_spender
from overbuild.company.vintages.drafted_case import DRAFTED, drafted_case
from overbuild.equations import number
from overbuild.equations.model import Model
from overbuild.equations.reported import Values, values_of
from overbuild.facts.store import known_on
from overbuild.fleet.quasi_rent import RentMarket, rent_of_year
from overbuild.timeline.compiled_run import run_compiled
from overbuild.world.case_record import CaseRecord, case_of, read_case
from overbuild.world.overlay import assigned, overlay_of
from overbuild.world.presets import FLEETS, presets
from overbuild.world.provenance.input_ends import InputEnds, input_ends

ENDS = ("low", "central", "high")
_FASTEST, _SLOWEST = 0.9, -0.45
"""Between which yearly falls of the rent a break-even is sought: those that a case may state."""


class SpenderYears(NamedTuple):
    """A model as run: `lines` have one entry a calendar year, the first purchase first; `newest` is that of the last."""

    model: Model
    years: tuple[int, ...]
    newest: int
    lines: dict[str, list[float]]
    totals: dict[str, float]

    @property
    def write_down(self) -> float:
        """All write-downs, USD."""
        return self.totals["write_down"]

    @property
    def write_down_year(self) -> int | None:
        """The year of the first write-down; None where there is none."""
        return round(self.totals["write_down_year"]) if self.totals["is_written_down"] > 0.0 else None

    @property
    def peak(self) -> tuple[float, int]:
        """By how much the books exceed worth at most, USD, and in which year: from the newest purchase on, while any is booked."""
        rows, books, first = self.lines["fleet_overstatement"], self.lines["books"], self.years.index(self.newest)
        booked = [place for place in range(first, len(rows)) if place == first or books[place] > 0.0]
        place = max(booked, key=rows.__getitem__)
        return rows[place], self.years[place]

    def written_down_in(self, year: int) -> float:
        """What is written down in a year, USD; 0 in a year outside the model."""
        return self.totals.get(f"write_down_in.{year}", 0.0)

    def at(self, line: str, year: int) -> float:
        """A line in a year."""
        return self.lines[line][self.years.index(year)]

    def values(self) -> Values:
        """Every reported result by its id."""
        return values_of(self.model.reported, self.totals)


class SpenderRun:
    """A spender's chips: the case, its years at the low, central and high fall of rents."""

    def __init__(self, case: CaseRecord[SpenderPlan]) -> None:
        self.case, self.plan = case, case.record
        self.central = run_spender(self.plan)

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the model's places: calendar years, the last first."""
        return tuple(str(year) for year in reversed(self.central.years))

    @cached_property
    def ends(self) -> Mapping[str, SpenderYears]:
        """The years by the end of the write-down: low with the slowest fall of rents of its range, high with the fastest."""
        return {
            "low": run_spender(self._at_end("low")),
            "central": self.central,
            "high": run_spender(self._at_end("high")),
        }

    @cached_property
    def falls(self) -> Mapping[str, float]:
        """The yearly fall of rents with launches at each end."""
        return {
            "low": fall_of(self._at_end("low")),
            "central": fall_of(self.plan),
            "high": fall_of(self._at_end("high")),
        }

    def _at_end(self, end: str) -> SpenderPlan:
        return self._falling(lambda generation: self._end(generation, end))

    def _end(self, generation: str, end: str) -> float:
        one = self.case.inputs[f"generations.{generation}.market.rent_decline_per_year"]
        found = getattr(one, end)
        return float(one.value if found is None else found)

    def _falling(self, decline_of: Callable[[str], float]) -> SpenderPlan:
        """The case with other falls of the rent apart from launches, by generation."""
        return self.plan._replace(
            generations=tuple(
                one._replace(market=one.market._replace(rent_decline_per_year=decline_of(one.name)))
                for one in self.plan.generations
            )
        )

    @property
    def looked_at(self) -> int:
        """The year in which books are held against worth: two years after the newest purchase."""
        return self.central.newest + 2

    @cached_property
    def deciding(self) -> tuple[InputEnds, ...]:
        """Every input with a range, and books less worth in the year looked at at either end; the largest move first."""
        return input_ends(self.case, lambda plan: run_spender(plan).at("fleet_overstatement", self.looked_at))

    @cached_property
    def by_life(self) -> Mapping[float, Mapping[str, SpenderYears]]:
        """The years at each accounting life compared, in the place of the one in force, at every end."""
        found: dict[float, Mapping[str, SpenderYears]] = {}
        for life in self.plan.lives:
            case = replace(self.case, record=self.plan._replace(life_years=life.years))
            found[life.years] = SpenderRun(case).ends
        return found

    @cached_property
    def right_up_to(self) -> float | None:
        """The fastest total yearly fall of rents at which the books never exceed what the chips are worth; None: none is."""
        return self._fall_where(lambda years: years.peak[0] > 1e-6)

    @cached_property
    def fails_from(self) -> float | None:
        """The slowest total yearly fall of rents at which a vintage is written down; None: none is."""
        return self._fall_where(lambda years: years.write_down_year is not None)

    def _fall_where(self, broken: Callable[[SpenderYears], bool]) -> float | None:
        """By bisection, the total yearly fall of rents at which something begins to break that a faster fall never mends."""
        slow, fast = _SLOWEST, _FASTEST
        if broken(self._at(slow)) or not broken(self._at(fast)):
            return None
        while fast - slow > 1e-9:
            middle = (slow + fast) / 2
            slow, fast = (slow, middle) if broken(self._at(middle)) else (middle, fast)
        return fall_of(self._falling(lambda _: slow))

    def _at(self, decline: float) -> SpenderYears:
        return run_spender(self._falling(lambda _: decline))


def fall_of(plan: SpenderPlan) -> float:
    """The yearly fall of rents with launches, of the newest generation."""
    newest = max(plan.vintages, key=lambda one: one.year).generation
    market = next(one.market for one in plan.generations if one.name == newest)
    return 1.0 - rent_of_year(RentMarket(*market._replace(rent=1.0)), 1.0)


def run_spender(plan: SpenderPlan) -> SpenderYears:
    """A case over its years."""
    model = model_of_spender(plan)
    rows = run_compiled(model).rows
    lines = {name: [number(one) for one in reversed(row)] for name, row in rows["years"].items()}
    years = model.stage("write_downs").shape.years
    newest = max(one.year for one in plan.vintages)
    return SpenderYears(
        model, years, newest, lines, {name: number(row[0]) for name, row in rows["write_downs"].items()}
    )


def read_spender(
    file: Path,
    sets: Sequence[str] = (),
    *,
    life: float | None = None,
    as_of: str | None = None,
    workspace: Path | str | None = None,
    other_generations: bool = False,
) -> SpenderRun:
    """Read and run a spender's case: a file, or `company:TICKER` for one drafted from filings as of a day.

    `life` replaces the accounting life in force. With `other_generations` an edit of a generation that ships and that the
    spender has not bought is passed over: it is meant for others. Raises CaseError for every fault of the file, located; FactError for a
    company of which too little is known.
    """
    edits = [overlay_of(text) for text in sets]
    if life is not None:
        edits.append(overlay_of(f"life_years={life}"))
    if not str(file).startswith(DRAFTED):
        return SpenderRun(read_case(file, SPENDERS, edits, workspace))
    ticker = str(file).removeprefix(DRAFTED)
    tree = drafted_case(known_on(as_of, workspace), companies_preset(), ticker)
    has = [str((one.block or {})["name"].value) for one in ((tree.block or {})["generations"].items or [])]
    others = [name for name in presets(FLEETS) if name not in has] if other_generations else []
    for one in edits:
        if one.path.startswith(tuple(f"generations.{name}." for name in others)):
            continue
        tree = assigned(tree, one.path, one.entry)
    return SpenderRun(case_of(tree, SPENDERS, workspace))
