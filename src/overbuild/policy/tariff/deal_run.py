"""A deal as it runs: every year with its lines, and what it comes to."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import number
from overbuild.equations.model import Model
from overbuild.equations.reported import Values, values_of
from overbuild.policy.tariff.case import TariffPlan, terms_of, years_of
from overbuild.policy.tariff.model import tariff_model
from overbuild.timeline.compiled_run import run_compiled


class DealRun(NamedTuple):
    """A deal as it ran; `lines` have one entry a year from the contract's first."""

    plan: TariffPlan
    model: Model
    lines: dict[str, list[float]]
    totals: dict[str, float]

    @property
    def others(self) -> float:
        """By how much other customers are worse off, USD of present value; below 0 they gain."""
        return self.totals["others_worse_off"]

    def values(self) -> Values:
        """Every reported result by its id."""
        return values_of(self.model.reported, self.totals)


def model_of_plan(plan: TariffPlan) -> Model:
    """The model of a case's record."""
    return tariff_model(terms_of(plan), years_of(plan))


def run_deal(plan: TariffPlan) -> DealRun:
    """Run a deal over its years.

    >>> from pathlib import Path
    >>> from overbuild.policy.tariff.faults import TARIFFS
    >>> from overbuild.world.case_record import read_case
    >>> run = run_deal(read_case(Path("preset:aep-ohio-rider-2024"), TARIFFS).record)
    >>> round(run.lines["charged.delivery"][0] / 1e6, 1)
    26.8
    """
    model = model_of_plan(plan)
    rows = run_compiled(model).rows
    lines = {name: [number(one) for one in row] for name, row in rows["years"].items()}
    return DealRun(plan, model, lines, {name: number(row[0]) for name, row in rows["results"].items()})
