"""Every shipped site: one graph, the same on floats, on the graph, and on arrays."""

from pathlib import Path as File

import numpy as np
import pytest

import overbuild
from overbuild.equations.model import programs_of
from overbuild.site.case.read import read_site_case
from overbuild.site.model import model_of
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from overbuild.timeline.run import evaluate, run_model, run_periods

PRESETS = sorted((File(overbuild.__file__).parent / "world" / "presets" / "sites").glob("*.yaml"))
PUES = (1.05, 1.2, 1.5)


@pytest.fixture(params=PRESETS, ids=lambda path: path.stem, scope="module")
def sized(request):
    plan = read_site_case(request.param).plan
    return plan, size(plan)


def with_pue(plan, pue):
    return plan._replace(horizon=plan.horizon._replace(pue=pue))


def test_the_graph_of_a_preset_gives_what_its_floats_give(sized):
    given = model_of(*sized)
    ran, evaluated = run_model(given), evaluate(given)
    assert set(ran.rows) == set(evaluated)
    for stage, rows in ran.rows.items():
        assert list(rows) == list(evaluated[stage].program.lines)
        for line, row in rows.items():
            assert evaluated[stage].row(line) == row, line


def test_another_case_of_a_preset_takes_the_graph_that_is_there(sized):
    plan, sizing = sized
    first, second = (programs_of(model_of(with_pue(plan, pue), sizing)) for pue in PUES[:2])
    assert all(first[stage] is second[stage] for stage in first)


def test_arrays_give_what_the_floats_of_a_preset_give_on_every_line(sized):
    plan, sizing = sized
    stage = model_of(plan, sizing).stage("site")
    horizon = stage.terms.horizon._replace(pue=np.array(PUES))
    together = run_periods(stage.formula, stage.opening, stage.columns, stage.terms._replace(horizon=horizon)).rows
    for place, pue in enumerate(PUES):
        alone = run_site(with_pue(plan, pue), sizing).lines
        assert set(alone) == set(together)
        for line, row in alone.items():
            column = [float(np.broadcast_to(entry, len(PUES))[place]) for entry in together[line]]
            assert column == pytest.approx(row, rel=1e-9, abs=1e-3), line
