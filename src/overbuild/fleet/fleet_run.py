"""A fleet's case read and run: a unit as it ages, the rent that would pay for it, and which of its inputs decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from overbuild.equations.model import Model
from overbuild.errors import InputError, OverbuildError
from overbuild.fleet.case import FLEETS, FleetPlan, LifePlan, terms_of
from overbuild.fleet.model import unit_model
from overbuild.fleet.unit_run import UnitRun, breakeven_rent, run_unit
from overbuild.world.case_record import CaseRecord, read_case
from overbuild.world.overlay import Overlay, overlay_of
from overbuild.world.provenance.input_ends import InputEnds, input_ends

if TYPE_CHECKING:
    from overbuild.fleet.rental_price.drawn import RentFan


class Overstatement(NamedTuple):
    """By how much the books exceed what a unit is worth at most, USD, and at which age; at or below 0: never."""

    amount: float
    age: int


class FleetRun:
    """A unit as run: its case, its ages, and what was changed of the file."""

    def __init__(self, case: CaseRecord[FleetPlan], edits: tuple[Overlay, ...] = ()) -> None:
        self.case, self.edits = case, edits
        self.plan = case.record
        self.run: UnitRun = run_unit(terms_of(self.plan), self.plan.greatest_age)

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the model's places: ages in years, the greatest first."""
        return tuple(str(age) for age in range(self.plan.greatest_age, -1, -1))

    @cached_property
    def breakeven(self) -> float | None:
        """The rent of the first year at which a unit is worth its cost; None where no rent is that."""
        try:
            return breakeven_rent(self.run.terms, self.plan.greatest_age)
        except InputError:
            return None

    @cached_property
    def rents(self) -> RentFan:
        """The rent of a unit of effective compute in worlds drawn as the default drivers say, from purchase on."""
        from overbuild.fleet.rental_price.drawn import drawn_rents

        return drawn_rents(self.run.terms.market, max(1, self.run.economic_life))

    @property
    def rented(self) -> str:
        """The chip whose rent the case cites, as the facts name it; empty where it cites none."""
        one = self.case.inputs.get("market.rent")
        return one.facts[0].partition(".")[0] if one is not None and one.facts else ""

    def overstatement(self, life: str) -> Overstatement:
        """The greatest overstatement under an accounting life, while it pays to run the unit."""
        rows = self.run.lines[f"{life}.overstatement"][: self.run.economic_life + 1]
        age = max(range(len(rows)), key=rows.__getitem__)
        return Overstatement(rows[age], age)

    @cached_property
    def deciding(self) -> tuple[InputEnds, ...]:
        """Every input that says a low and a high end, the one that moves the net present value most first."""
        return input_ends(self.case, lambda plan: run_unit(terms_of(plan), plan.greatest_age).totals["unit_npv"])


def model_of_plan(plan: FleetPlan) -> Model:
    """The model of a fleet's record."""
    return unit_model(terms_of(plan), plan.greatest_age)


def run_fleet(
    file: Path,
    sets: Sequence[str] = (),
    *,
    life: float | None = None,
    cadence: float | None = None,
    workspace: Path | str | None = None,
) -> FleetRun:
    """Read and run a fleet's case.

    `life` puts one accounting life in the place of those of the file, `cadence` replaces the years from one generation to
    the next.

    Raises CaseError for every fault of the file, located; InputError for a life or cadence that cannot be.
    """
    edits = [overlay_of(text) for text in sets]
    if cadence is not None:
        edits.append(overlay_of(f"market.cadence_years={cadence}"))
    case = read_case(file, FLEETS, edits, workspace)
    if life is not None:
        case = _on_one_life(case, life)
    return FleetRun(case, tuple(edits))


def _on_one_life(case: CaseRecord[FleetPlan], years: float) -> CaseRecord[FleetPlan]:
    record = case.record._replace(lives=(LifePlan("life_asked", years),))
    faults: list[OverbuildError] = list(FLEETS.faults_of(record))
    if faults:
        raise InputError("life_lt_1", "life", years, "an accounting life lies between 1 and 30 years")
    return replace(case, record=record)
