"""Cheaper chips, a lower rate, a higher price: what helps a site makes no default, unless cash went elsewhere.

Each shipped site runs in blocks: a departure a column, and the same departures with one thing that is better.
"""

from pathlib import Path as File

import numpy as np
import pytest

import overbuild
from overbuild.site.case.plan import CovenantTest, Cures
from overbuild.site.case.read import read_site_case
from overbuild.site.model import model_of
from overbuild.site.sizing.sizing import size
from overbuild.timeline.run import run_periods

PRESETS = sorted((File(overbuild.__file__).parent / "world" / "presets" / "sites").glob("*.yaml"))
DRAWS = 60


def strict(plan):
    """The plan with covenants that call a default, and owners who stand in for dear chips and may cure."""
    tests = [one._replace(action="default") if one.action == "report" else one for one in plan.tests]
    if plan.loans:
        tests += [CovenantTest("dscr_12m", 1.3, "sweep", 0.7), CovenantTest("llcr", 1.1, "default")]
    standby = sum(one.cost for one in plan.components)
    return plan._replace(tests=tuple(tests), cures=Cures(2), funding=plan.funding._replace(standby=standby))


def moved(path, factor=1.0, shift=0.0):
    return path if path.value is None else path._replace(value=path.value * factor + shift)


def departed(terms, chips, rate, price):
    """Constants with the cost of GPUs and the prices times a factor, and the rates of loans moved."""
    loans = [one._replace(rate=moved(one.rate, shift=rate)) for one in terms.loans]
    return terms._replace(
        components=tuple(
            one._replace(cost=one.cost * chips) if one.name in ("it", "refreshed_it") else one
            for one in terms.components
        ),
        loans=tuple(
            one
            if one.construction_rate_per_year is None
            else one._replace(construction_rate_per_year=one.construction_rate_per_year + rate)
            for one in loans
        ),
        contracts=tuple(one._replace(price=moved(one.price, price)) for one in terms.contracts),
        market=terms.market._replace(price=moved(terms.market.price, price)),
    )


def ran(stage, departures, names):
    rows = run_periods(stage.formula, stage.opening, stage.columns, departed(stage.terms, *departures)).rows
    return {name: np.array([np.broadcast_to(entry, DRAWS) for entry in rows[name]]) for name in names if name in rows}


def reversals(stage, generator):
    """Draws that default although something is better, with what was paid elsewhere before; and how many fail at all."""
    names = ("default", "distribution", "sweep", "cure")
    drawn = [generator.uniform(*ends, DRAWS) for ends in ((0.8, 1.3), (-0.01, 0.03), (0.6, 1.3))]
    better = (
        drawn[0] * generator.uniform(0.8, 0.99, DRAWS),
        drawn[1] - generator.uniform(0.0005, 0.01, DRAWS),
        drawn[2] * generator.uniform(1.01, 1.3, DRAWS),
    )
    before = ran(stage, drawn, names)
    failed = before["default"].max(axis=0) > 0.0
    found = []
    for place, change in enumerate(better):
        after = ran(stage, [change if place == one else drawn[one] for one in range(3)], names)
        for column in np.flatnonzero((after["default"].max(axis=0) > 0.0) & ~failed):
            when = int(after["default"][:, column].argmax())
            paid = {name: after[name][:when, column].sum() - before[name][:when, column].sum() for name in names[1:]}
            found.append((place, int(column), when, paid))
    return found, int(failed.sum())


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_what_helps_a_site_makes_no_default_unless_cash_went_elsewhere(path):
    """Where a better case fails and a worse one does not, cash was released and not swept, or less of it was cured."""
    plan = strict(read_site_case(path).plan)
    stage = model_of(plan, size(plan)).stage("site")
    found, _ = reversals(stage, np.random.default_rng(11))
    for place, column, when, paid in found:
        went_out = paid["distribution"] > 0.0 or paid["sweep"] < 0.0 or paid["cure"] < 0.0
        assert went_out, (path.stem, place, column, when, paid)


def test_some_of_these_sites_fail_and_some_do_not():
    plan = strict(read_site_case(File(__file__).parent / "short_forms" / "merchant-gpu-cloud.yaml").plan)
    stage = model_of(plan, size(plan)).stage("site")
    assert 0 < reversals(stage, np.random.default_rng(11))[1] < DRAWS
