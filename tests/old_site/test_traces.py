"""Every formula of the site is traced: floats, arrays and graph agree, and the tables know every line."""

from functools import partial

import numpy as np
import pytest

from overbuild.equations import collecting, flatten, rebuild, trace
from overbuild.equations.model import Model, programs_of
from overbuild.equations.reading.line_table import line_rows, row_of
from overbuild.equations.trace import unreached
from overbuild.old_site.case.plan import Holdco, OfftakerDefault, Relet, Waterfall
from overbuild.old_site.financing.construction import before_close, construct, opening
from overbuild.old_site.period import period
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.funding import build
from overbuild.old_site.sizing.sizing import schedule_stage, size, sizing_period
from overbuild.old_site.stages import start_of
from overbuild.old_site.terms.schedules import build_inputs
from overbuild.timeline.run import evaluate, run_model
from tests.old_site.cases import (
    BASE,
    FAILED,
    FAILED_STACK,
    FLOATING,
    LEASED,
    MEZZANINE,
    PREPAID,
    SAVED,
    STACK,
    STRESSED,
    UNSAVED,
    M,
    split,
    with_annuity,
)

RELET = split(BASE, 2)
RELET = RELET._replace(
    offtake=RELET.offtake._replace(tenor=4),
    refresh=RELET.refresh._replace(period=6, paid_by="owners", reserve_periods=2),
    relet=Relet(9, 150.0, 0.02, 0.9, 280e3, 40e6),
    loans=(with_annuity(RELET.loans[0], 0.2),),
)

LET_UNSAVED = RELET._replace(
    refresh=RELET.refresh._replace(paid_by="project", mode="if_funded", reserve_periods=1, cost=5000 * M),
)

MODES = {
    "base": BASE,
    "stressed": STRESSED,
    "failed": FAILED,
    "quarterly": split(FAILED, 4)._replace(offtaker_default=OfftakerDefault(9, 0.3, 3)),
    "cures": STRESSED._replace(waterfall=Waterfall(2, None, 0.5, 1.3, 1.25, "cure", 1)),
    "sweep_all": STRESSED._replace(waterfall=Waterfall(0, 1.2, 0.5, None, 1.25, "sweep_all")),
    "accelerate": STRESSED._replace(waterfall=Waterfall(0, None, None, None, 1.1, "accelerate")),
    "refunds": BASE._replace(tax=BASE.tax._replace(loss_use="immediate", interest_share=None), refresh=None),
    "unlevered": BASE._replace(loans=(), reserves=BASE.reserves._replace(dsra_periods=0)),
    "stack": STACK,
    "failed_stack": FAILED_STACK,
    "floating": FLOATING,
    "relet": RELET,
    "two_covers": BASE._replace(loans=(BASE.loans[0]._replace(target_dscr_merchant=(2.0,) * 6),)),
    "mezzanine": MEZZANINE,
    "failed_mezzanine": FAILED_STACK._replace(mezzanine=MEZZANINE.mezzanine),
    "prepaid": PREPAID,
    "failed_prepaid": FAILED_STACK._replace(prepayment=PREPAID.prepayment),
    "leased": LEASED,
    "refresh_funded": SAVED,
    "refresh_not_funded": UNSAVED,
    "stack_refresh_funded": PREPAID._replace(refresh=SAVED.refresh),
    "relet_not_funded": LET_UNSAVED,
    "holdco": BASE._replace(holdco=Holdco(300 * M, 0.12, 5)),
}
OWN_SIZING = {"refunds", "unlevered", "stack", "floating", "mezzanine", "prepaid", "leased", "relet", "two_covers"}
OWN_SIZING |= {"refresh_funded", "stack_refresh_funded", "relet_not_funded"}
SIZED_ON = {
    "quarterly": split(BASE, 4),
    "failed_stack": STACK,
    "failed_prepaid": STACK._replace(prepayment=PREPAID.prepayment),
    "failed_mezzanine": STACK._replace(mezzanine=MEZZANINE.mezzanine),
}


def sized(name, plan):
    return None if name in OWN_SIZING else size(SIZED_ON.get(name, BASE))


RUNS = {name: run_site(plan, sized(name, plan)) for name, plan in MODES.items()}


def entry(columns, place):
    return rebuild(columns, [column[place] for column in flatten(columns).values()])


def records(run):
    """Opening states of construction and operation, and what construction leaves."""
    final = build(run.plan, run.terms).final
    return before_close(run.shape), final, opening(run.shape, final, run.terms)


def whole(run):
    """The model of a run with the schedule that it was sized on."""
    return Model(
        (*run.model.stages, schedule_stage(run.shape, run.sizing.inputs(run.plan), run.terms, start_of(run.plan)))
    )


def programs(run):
    return programs_of(whole(run))


@pytest.mark.parametrize("name", MODES)
def test_the_graph_gives_what_the_floats_give_on_every_line(name):
    run = RUNS[name]
    ran, evaluated = run_model(whole(run)), evaluate(whole(run))
    assert ran.rows["operation"] == run.operating and ran.rows["construction"] == run.building
    for stage, rows in ran.rows.items():
        assert list(rows) == list(evaluated[stage].program.lines)
        for line, row in rows.items():
            assert evaluated[stage].row(line) == row, (stage, line)
        left = [evaluated[stage].steps[-1][at] for at in evaluated[stage].program.results.values()]
        assert left == list(flatten(ran.left[stage]).values())


def test_a_second_model_of_one_shape_is_not_traced_again():
    run = RUNS["base"]
    dearer = run_site(run.plan._replace(power=run.plan.power._replace(price_per_mwh=99.0)), run.sizing)
    first, second = programs(run), programs(dearer)
    assert all(first[stage] is second[stage] for stage in first)


@pytest.mark.parametrize("name", MODES)
def test_arrays_give_what_floats_give_on_every_line(name):
    run = RUNS[name]
    final = records(run)[1]
    generator = np.random.default_rng(7)
    factors = generator.uniform(0.7, 1.3, size=(len(flatten(run.terms)), 3))
    fixed = {
        "terms.site.periods_per_year",
        "terms.waterfall.cures",
        "terms.waterfall.cures_in_four",
        "terms.waterfall.initial_dsra",
    }
    moved = [
        value
        if path in fixed or ".loans." in path or ".tax" in path
        else np.minimum(value * row, max(value, 0.999))
        if 0.0 < value < 1.0
        else value * row
        for (path, value), row in zip(flatten(run.terms, "terms").items(), factors, strict=True)
    ]
    columns = run.sizing.inputs(run.plan)
    on_arrays, apart = rebuild(run.terms, moved), []
    for place in range(3):
        apart.append(rebuild(run.terms, [float(np.broadcast_to(value, 3)[place]) for value in moved]))
    states = [opening(run.shape, final, terms) for terms in apart]
    together = opening(run.shape, final, on_arrays)
    with np.errstate(divide="raise", invalid="raise", over="raise"):
        for period_place in range(run.plan.site.operating_periods):
            inputs = entry(columns, period_place)
            with collecting() as rows:
                together = period(run.shape, together, inputs, on_arrays)
            for place, terms in enumerate(apart):
                with collecting() as alone:
                    states[place] = period(run.shape, states[place], inputs, terms)
                for line, [number] in alone.items():
                    got = float(np.broadcast_to(rows[line][0], 3)[place])
                    assert got == pytest.approx(number, rel=1e-9, abs=1e-4), (line, period_place)


@pytest.mark.parametrize("name", MODES)
def test_two_cases_with_different_numbers_leave_the_same_graph(name):
    run = RUNS[name]
    other = rebuild(run.terms, [number * 1.37 + 0.11 for number in flatten(run.terms).values()])
    built, final, state = records(run)
    elsewhere = rebuild(state, [number * 0.77 + 3.0 for number in flatten(state).values()])
    inputs = entry(run.sizing.inputs(run.plan), 0)
    others = rebuild(inputs, [number + 0.123 for number in flatten(inputs).values()])
    for formula in (period, sizing_period):
        one = trace(partial(formula, run.shape), state, inputs, run.terms)
        assert one == trace(partial(formula, run.shape), elsewhere, others, other)
    bare = entry(build_inputs(run.plan), 1)
    again = rebuild(bare, [number + 0.5 for number in flatten(bare).values()])
    one = trace(partial(construct, run.shape), built, bare, run.terms)
    assert one == trace(partial(construct, run.shape), rebuild(built, [3.3] * len(flatten(built))), again, other)
    one = trace(partial(opening, run.shape), final, run.terms)
    assert one == trace(partial(opening, run.shape), rebuild(final, [7.7] * len(flatten(final))), other)


OFF_BY_MODE = {
    "offtaker": {"terms.offtake.recovery_share", "inputs.offtaker_fails"},
    "sweep_trigger": {"terms.waterfall.sweep_trigger"},
    "sweep": {"terms.waterfall.sweep_trigger", "terms.waterfall.sweep_share"},
    "cure_window": {"terms.waterfall.cures_in_four"},
    "lockup": {"terms.waterfall.lockup_dscr"},
    "covenant": {"terms.waterfall.default_dscr"},
    "limit": {"terms.tax.interest_share"},
    "losses": {"terms.tax.nol_share", "state.nol"},
}


def off(shape):
    """Inputs of modes that are off."""
    names = set() if shape.claim_periods else OFF_BY_MODE["offtaker"]
    names |= {"none": OFF_BY_MODE["sweep"], "always": OFF_BY_MODE["sweep_trigger"], "trigger": set()}[shape.sweep]
    names |= OFF_BY_MODE["lockup"] if shape.lockup == "none" else set()
    names |= OFF_BY_MODE["cure_window"] if shape.cure_window == "none" else set()
    names |= OFF_BY_MODE["covenant"] if shape.covenant == "none" else set()
    names |= OFF_BY_MODE["limit"] if shape.interest_limit == "none" else set()
    return names | (OFF_BY_MODE["losses"] if shape.loss_use == "immediate" else set())


@pytest.mark.parametrize("name", MODES)
def test_every_input_reaches_a_result_or_belongs_to_a_mode_that_is_off(name):
    run = RUNS[name]
    made = programs(run)
    dead = {formula: unreached(program) for formula, program in made.items() if formula != "schedule"}
    assert {path for path in dead["operation"] if not path.startswith("terms.")} <= off(run.shape)
    of_site = {formula: unheard for formula, unheard in dead.items() if not formula.startswith("holdco")}
    everywhere = set.intersection(
        *(unheard | (set(TERMS(run)) - set(made[f].inputs)) for f, unheard in of_site.items())
    )
    assert {path for path in everywhere if path.startswith("terms.")} <= off(run.shape)
    assert not {path for path in dead["results"] if path.startswith("rows.")}


def TERMS(run):
    return flatten(run.terms, "terms")


def test_the_table_of_lines_and_the_traces_agree_both_ways():
    traced = {line for run in RUNS.values() for program in programs(run).values() for line in program.lines}
    unknown = {line for line in traced if row_of(line) is None}
    assert not unknown
    known = {row_of(line).name for line in traced}
    assert {row.name for row in line_rows() if row.room == "site"} == known
    assert all(row_of(line).room == "site" for line in traced)


def test_the_debt_of_the_holding_company_takes_every_input():
    made = programs(RUNS["holdco"])
    assert not unreached(made["holdco"])
    assert not {path for path in unreached(made["holdco_results"]) if path.startswith("rows.")}
