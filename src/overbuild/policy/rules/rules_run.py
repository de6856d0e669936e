"""A case of rules read and run: fines, burdens and controls year by year, the bad year, and which inputs decide."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from overbuild.equations import number
from overbuild.equations.model import Model
from overbuild.equations.reported import Solved, Values, values_of
from overbuild.policy.losses.bad_year import bad_year, check_grid
from overbuild.policy.losses.compound import Masses, summed_by_recursion
from overbuild.policy.rules.case import RulesPlan
from overbuild.policy.rules.faults import RULES
from overbuild.policy.rules.loss_years import LossesOfControls, losses_of_years, sources_of_year, tails_of_years
from overbuild.policy.rules.model import RulesYear, rules_model
from overbuild.policy.rules.terms import RulesTerms, rules_terms
from overbuild.timeline.compiled_run import run_compiled
from overbuild.world.case_record import CaseRecord, read_case
from overbuild.world.overlay import Overlay, overlay_of
from overbuild.world.provenance.input_ends import InputEnds, input_ends

LEVELS = (0.5, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.985, 0.99, 0.9925, 0.995, 0.997, 0.998, 0.999)
"""Levels at which the curve of losses is told."""


class LossLevel(NamedTuple):
    """The fines of a year that are not exceeded in a share of years, without controls and with them."""

    level: float
    without: float
    with_controls: float


DEFAULT_RULES = "ai-rules-2026"
"""The rules that are answered on where none are named."""


class RulesRun:
    """Rules as run: their case, the years, the losses of each year."""

    def __init__(self, case: CaseRecord[RulesPlan], edits: tuple[Overlay, ...] = ()) -> None:
        self.case, self.edits = case, edits
        self.plan = case.record
        self.terms: RulesTerms = rules_terms(self.plan)
        for controlled in (False, True):
            check_grid(self._by_recursion(controlled=controlled), "grid.points")
        self.model = model_of_rules(self.plan)
        rows = run_compiled(self.model).rows
        self.years: dict[str, list[float]] = rows["years"]
        self.lines: dict[str, float] = {name: number(row[0]) for name, row in rows["results"].items()}

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the model's places: the calendar years that each ends in."""
        first = int(self.plan.as_of[:4])
        return tuple(str(first + year) for year in range(1, self.plan.years + 1))

    @cached_property
    def losses(self) -> tuple[LossesOfControls, ...]:
        """The losses of each year."""
        return losses_of_years(self.plan, self.terms)

    @property
    def last(self) -> LossesOfControls:
        """The losses of the last year: that in which every rule that is dated has come."""
        return self.losses[-1]

    @cached_property
    def by_recursion(self) -> Masses:
        """The losses of the last year, without controls, by recursion: what the transform is held against."""
        return self._by_recursion(controlled=False)

    def _by_recursion(self, *, controlled: bool) -> Masses:
        sources = sources_of_year(self.plan, self.terms, float(self.plan.years), controlled=controlled)
        return summed_by_recursion(sources, self.plan.grid.points)

    def loss_curve(self, levels: Sequence[float] = LEVELS) -> tuple[LossLevel, ...]:
        """The fines of the last year by how often they are not exceeded."""
        last = self.last

        def at(masses: Masses, level: float) -> float:
            return bad_year(masses, last.unit, level).value_at_risk

        return tuple(LossLevel(one, at(last.without, one), at(last.with_controls, one)) for one in levels)

    @property
    def two_ways_apart(self) -> float:
        """By how much the two ways of adding up losses differ at most in a probability."""
        return float(abs(self.by_recursion - self.last.without).max())

    def values(self) -> Values:
        """Every reported result by its id."""
        last = self.last
        found = {
            "expected_loss": last.year.mean,
            "var_99": last.year.value_at_risk,
            "tvar_99": last.year.tail_value_at_risk,
            "expected_loss_with_controls": last.year_with_controls.mean,
            "var_99_with_controls": last.year_with_controls.value_at_risk,
            "tvar_99_with_controls": last.year_with_controls.tail_value_at_risk,
            "chance_of_no_fine": last.year.no_loss,
        }
        return values_of(self.model.reported, self.lines, {name: Solved(value) for name, value in found.items()})

    @cached_property
    def deciding(self) -> tuple[InputEnds, ...]:
        """Inputs with a range by what they do to the value of controls without any effect on sales, the largest first."""
        return input_ends(self.case, lambda plan: lines_of_rules(plan)["moat_npv_without_sales_effect"])


def model_of_rules(plan: RulesPlan) -> Model:
    """The model of a record of rules."""
    terms = rules_terms(plan)
    tails = tails_of_years(plan, terms)
    return rules_model(
        terms,
        RulesYear(
            [float(year) for year in range(1, plan.years + 1)],
            [1.0] + [0.0] * (plan.years - 1),
            tails.without,
            tails.with_controls,
        ),
    )


def lines_of_rules(plan: RulesPlan) -> dict[str, float]:
    """Every line of the results of rules by its name."""
    rows = run_compiled(model_of_rules(plan)).rows["results"]
    return {name: number(row[0]) for name, row in rows.items()}


def run_rules(
    file: Path, sets: Sequence[str] = (), firm: Sequence[Overlay] = (), workspace: Path | str | None = None
) -> RulesRun:
    """Read and run a case of rules; `firm` are entries of another firm that take the place of the file's.

    Raises CaseError for every fault, located; InputError `grid_too_short`.
    """
    edits = [*firm, *(overlay_of(text) for text in sets)]
    return RulesRun(read_case(file, RULES, edits, workspace), tuple(edits))
