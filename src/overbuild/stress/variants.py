"""Variants of a case: plans that differ in any of their numbers, run together on one sizing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import numpy as np

from overbuild.equations.model import Model, Stage
from overbuild.site.case.plan import SitePlan
from overbuild.site.model import model_of, site_stage
from overbuild.site.run import OUTCOMES
from overbuild.site.sizing.sizing import Sizing
from overbuild.stress.departures import Departure, Measured, measured_on, model_over, together


class Variant(NamedTuple):
    """What a plan comes to: None where a result does not exist; `outcome` None where the site runs to its end."""

    min_dscr: float | None
    llcr: float | None
    equity_npv: float | None
    outcome: str | None


def measured_variants(plans: Sequence[SitePlan], sizing: Sizing) -> list[Variant]:
    """Run plans on the amounts and schedules of one sizing, those of one shape in one pass of arrays.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> dear = PLAN._replace(horizon=PLAN.horizon._replace(decommissioning=5e6))
    >>> [round(one.min_dscr, 2) for one in measured_variants([PLAN, dear], SIZING)]
    [1.61, 1.61]
    """
    return VariantsBeside(plans, sizing).variants()


class VariantsBeside:
    """Plans on one sizing that wait for a pass of arrays beside which they can be run, those of its shape.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> waiting = VariantsBeside([PLAN._replace(funding=PLAN.funding._replace(standby=1e9))], SIZING)
    >>> waiting.measured(PLAN, SIZING, [Departure(), Departure({"price": 0.5})]).values["min_dscr"].round(2)
    array([1.61, 0.57])
    >>> [round(one.min_dscr, 2) for one in waiting.variants()]
    [1.61]
    """

    def __init__(self, plans: Sequence[SitePlan], sizing: Sizing) -> None:
        committed, schedules = sizing.commitments(), sizing.schedules
        self.plans, self.sizing = plans, sizing
        self.sites = [site_stage(plan, committed, schedules) for plan in plans]
        self.found: dict[int, Variant] = {}

    def measured(self, plan: SitePlan, sizing: Sizing, departures: Sequence[Departure]) -> Measured:
        """Departures from a plan as `measured`, and beside them the variants of its shape."""
        model, count = model_over(plan, sizing, departures), len(departures)
        first = model.stage("site")
        places = self._waiting(first.shape)
        beside = _joined(first, count, [self.sites[place] for place in places]) if places else first
        everything = measured_on(model._replace(stages=(beside, *model.stages[1:])), count + len(places))
        self._tell(places, _cut(everything, slice(count, None)))
        return _cut(everything, slice(count))

    def variants(self) -> list[Variant]:
        """What the plans come to, in their order; those that no pass took along are run now."""
        for place in range(len(self.plans)):
            if place not in self.found:
                places = self._waiting(self.sites[place].shape)
                model = _over(model_of(self.plans[place], self.sizing), [self.sites[one] for one in places])
                self._tell(places, measured_on(model, len(places)))
        return [self.found[place] for place in range(len(self.plans))]

    def _waiting(self, shape: object) -> list[int]:
        return [place for place, one in enumerate(self.sites) if one.shape == shape and place not in self.found]

    def _tell(self, places: Sequence[int], shown: Measured) -> None:
        for at, place in enumerate(places):
            values = {name: _exists(row[at]) for name, row in shown.values.items()}
            ended = int(shown.outcome[at])
            outcome = OUTCOMES[ended - 1].partition("_")[2] if ended else None
            self.found[place] = Variant(values["min_dscr"], values["llcr"], values["equity_npv"], outcome)


def _exists(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _cut(of: Measured, some: slice) -> Measured:
    """Some of the scenarios."""
    rows = [{name: row[some] for name, row in one.items()} for one in (of.values, of.breaches, of.bought)]
    return Measured(rows[0], rows[1], of.outcome[some], of.ended_in[some], rows[2])


def _over(first: Model, sites: Sequence[Stage]) -> Model:
    """One model of sites of one shape, with an entry for each wherever they differ; a holding company is left out."""
    columns = together([one.columns for one in sites], np.arange(len(sites)))
    site = sites[0]._replace(terms=_merged([one.terms for one in sites]), columns=columns)
    return first._replace(stages=(site, first.stage("results")))


def _joined(first: Stage, count: int, sites: Sequence[Stage]) -> Stage:
    """A site over so many scenarios with more sites of its shape after them."""
    terms = _after(first.terms, count, [one.terms for one in sites])
    return first._replace(terms=terms, columns=_after(first.columns, count, [one.columns for one in sites]))


def _after(first: Any, count: int, records: Sequence[Any]) -> Any:
    """One record of a record over so many scenarios and of more records, each a scenario after them."""
    if isinstance(first, str) or all(one is first for one in records):
        return first
    if not hasattr(first, "__len__") or isinstance(first, np.ndarray):
        return _appended(first, count, np.array(records, dtype=float))
    if isinstance(first, list):
        return _series_after(cast("list[Any]", first), count, records)
    parts = [_after(one, count, others) for one, *others in zip(first, *records, strict=True)]
    return type(first)(*parts) if hasattr(first, "_fields") else tuple(parts)


def _series_after(first: list[Any], count: int, records: Sequence[list[float]]) -> list[Any]:
    """A series over scenarios with those of more scenarios after them; records share most of their series."""
    different = {id(one): one for one in records}
    order = {one: place for place, one in enumerate(different)}
    rows = np.array(list(different.values()))[[order[id(one)] for one in records]].T
    fixed = np.array([entry if type(entry) is float else np.nan for entry in first])
    alike = np.all(rows == fixed[:, None], axis=1)
    return [
        entry if same else _appended(entry, count, row) for entry, same, row in zip(first, alike, rows, strict=True)
    ]


def _appended(first: Any, count: int, row: Any) -> Any:
    """The numbers of scenarios with more after them; a float where all are the same."""
    if isinstance(first, float) and np.all(row == first):
        return first
    together = np.empty(count + len(row))
    together[:count], together[count:] = first, row
    return together


def _merged(records: Sequence[Any]) -> Any:
    """One record of several, with an array at each leaf where they differ."""
    members: Any = records[0]
    if all(one == members for one in records):
        return members
    if not hasattr(members, "__len__"):
        return np.array(records, dtype=float)
    merged = [_merged(parts) for parts in zip(*records, strict=True)]
    return type(members)(*merged) if hasattr(members, "_fields") else tuple(merged)
