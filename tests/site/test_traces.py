"""One graph a shape: what a site is on floats it is on nodes, and numbers of a case are nowhere in it."""

from functools import partial

import numpy as np
import pytest

from overbuild.equations import flatten, rebuild, trace
from overbuild.equations.model import entry, programs_of
from overbuild.equations.trace import unreached
from overbuild.site.model import model_of
from overbuild.site.period import period
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from overbuild.timeline.compiled_run import run_compiled
from overbuild.timeline.run import evaluate, run_model, run_periods
from tests.site.plans import drawn_plan

SEEDS = range(2000, 2030)


def model(seed):
    base, stressed = drawn_plan(seed)
    return model_of(stressed, size(base))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_graph_gives_what_the_floats_give_on_every_line(seed):
    given = model(seed)
    ran, evaluated = run_model(given), evaluate(given)
    for stage, rows in ran.rows.items():
        assert list(rows) == list(evaluated[stage].program.lines)
        for line, row in rows.items():
            assert evaluated[stage].row(line) == row, line


@pytest.mark.parametrize("seed", SEEDS)
def test_a_compiled_run_gives_what_the_floats_give_on_every_line(seed):
    given, few = model(seed), ("cfads", "alive", "debt_balance")
    plain = run_model(given)
    for _ in range(2):
        fast = run_compiled(given)
        assert fast.rows == plain.rows
        assert fast.left == plain.left
        some, all_of = run_compiled(given, few).rows, run_model(given, few).rows
        assert set(some["site"]) == set(few) and not some["results"]
        assert some["site"] == {name: all_of["site"][name] for name in few}


@pytest.mark.parametrize("seed", SEEDS[:8])
def test_two_cases_with_different_numbers_leave_the_same_graph(seed):
    stage = model(seed).stage("site")
    inputs = entry(stage.columns, 3)
    other = rebuild(stage.terms, [number * 1.37 + 0.11 for number in flatten(stage.terms).values()])
    others = rebuild(inputs, [number + 0.123 for number in flatten(inputs).values()])
    elsewhere = rebuild(stage.opening, [number + 3.3 for number in flatten(stage.opening).values()])
    one = trace(partial(period, stage.shape), stage.opening, inputs, stage.terms)
    assert one == trace(partial(period, stage.shape), elsewhere, others, other)


def test_a_second_case_of_one_shape_is_not_traced_again():
    base, stressed = drawn_plan(2001)
    sizing = size(base)
    dearer = stressed._replace(horizon=stressed.horizon._replace(pue=1.31))
    first, second = (programs_of(model_of(plan, sizing)) for plan in (stressed, dearer))
    assert first["site"] is second["site"]


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_arrays_give_what_floats_give(seed):
    base, stressed = drawn_plan(seed)
    sizing = size(base)
    stage = model_of(stressed, sizing).stage("site")
    pues = (1.05, 1.2, 1.5)
    horizon = stage.terms.horizon._replace(pue=np.array(pues))
    together = run_periods(stage.formula, stage.opening, stage.columns, stage.terms._replace(horizon=horizon)).rows
    for place, pue in enumerate(pues):
        alone = run_site(stressed._replace(horizon=stressed.horizon._replace(pue=pue)), sizing)
        for line in ("net_cash_to_equity", "cfads", "debt_balance", "alive"):
            for number, row in zip(alone.lines[line], together[line], strict=True):
                assert np.broadcast_to(row, 3)[place] == pytest.approx(number, rel=1e-9, abs=1e-3), line
    varied = model_of(stressed, sizing)
    varied = varied._replace(stages=(stage._replace(terms=stage.terms._replace(horizon=horizon)), varied.stages[1]))
    names = ("net_cash_to_equity", "cfads", "debt_balance", "min_dscr")
    ran, fast = run_model(varied, names), run_compiled(varied, names)
    assert {*fast.rows["site"], *fast.rows["results"]} >= set(names)
    for of, rows in fast.rows.items():
        for line, row in rows.items():
            for one, other in zip(row, ran.rows[of][line], strict=True):
                assert np.array_equal(np.broadcast_to(one, 3), np.broadcast_to(other, 3)), line


def off(shape):
    """Inputs of what a site of this shape does not have."""
    names = {"inputs.base.cash_ahead", "inputs.base.due_ahead", "inputs.base.present_value", "inputs.base.worth"}
    for one in shape.contracts:
        names.add(f"inputs.contracts.{one.name}.last")
        names |= {f"state.contracts.{one.name}.{word}" for word in ("live_at_end", "ld_paid")}
        names.add(f"terms.contracts.{one.name}.renews")
        if one.unit == "kw_month":
            names.add(f"terms.contracts.{one.name}.take_or_pay")
    for one in shape.fleets:
        names |= {f"terms.fleets.{one.name}.{word}" for word in ("owners_pay", "proceeds")}
        names |= {f"inputs.fleets.{one.name}.{word}" for word in ("reserve_share", "bought")}
        names.add(f"state.fleets.{one.name}.reserve")
    if shape.loss_use == "immediate":
        names |= {"state.tax.nol", "state.tax.nol_at_start", "terms.tax.nol_share"}
    for row in shape.tests:
        names |= {f"terms.tests.{row.name}.share"}
    return names


@pytest.mark.parametrize("seed", SEEDS)
def test_every_input_reaches_a_line_or_belongs_to_what_is_not_there(seed):
    given = model(seed)
    assert set(unreached(programs_of(given)["site"])) <= off(given.stages[0].shape)
