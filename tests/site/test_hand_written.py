"""A site as an engineer writes it without a package gives what the package gives, whatever happens to it."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from overbuild.site.case.read import read_site_case
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def written(name):
    """A file of the benchmarks, which are no package."""
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PLAN = read_site_case(Path("preset:neocloud-100mw-gb300")).plan
SIZING = size(PLAN)
FIXED = written("hand_written_site").fixed_of(PLAN, SIZING)
FACTORS = np.random.default_rng(11).uniform(0.5, 1.7, size=(16, 3))


def shocked(pue, power, market):
    return PLAN._replace(
        horizon=PLAN.horizon._replace(pue=pue),
        power=PLAN.power._replace(price=PLAN.power.price._replace(value=power)),
        market=PLAN.market._replace(price=PLAN.market.price._replace(value=market)),
    )


def test_a_site_written_by_hand_has_the_same_cover_and_the_same_value():
    """Some scenarios run to the end, some are cured, some default."""
    by_floats, outcomes, cures = written("hand_written_floats").by_floats, set(), 0.0
    for pue, power, market in FACTORS:
        moved = (max(1.0, PLAN.horizon.pue * pue), PLAN.power.price.value * power, PLAN.market.price.value * market)
        least, value = by_floats(PLAN, SIZING, FIXED, *moved)
        run = run_site(shocked(*moved), SIZING)
        found = run.values().values
        assert found["min_dscr"] == pytest.approx(least, rel=1e-9)
        assert found["equity_npv"] == pytest.approx(value, rel=1e-9)
        outcomes.add(run.outcome)
        cures += found["cures_paid"]
    assert {None, "payment"} <= outcomes and cures > 0.0
