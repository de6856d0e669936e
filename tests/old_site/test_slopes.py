"""Slopes of a period of the site against central differences, away from ties."""

from functools import partial

import pytest

from overbuild.equations import flatten, rebuild, trace
from overbuild.equations.reverse import reverse
from overbuild.old_site.financing.construction import opening
from overbuild.old_site.period import period
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.funding import build
from overbuild.old_site.sizing.sizing import size
from tests.old_site.cases import BASE, PREPAID, STRESSED

STACK = PREPAID._replace(market=STRESSED.market, offtake=STRESSED.offtake)
RUNS = {"one loan": run_site(STRESSED, size(BASE)), "stack": run_site(STACK, size(PREPAID))}
LINES = {
    "one loan": ["cfads", "tax", "distribution", "dscr", "debt_balance", "net_income", "default_recovery"],
    "stack": [
        "cfads",
        "distribution",
        "gpu.dscr",
        "gpu.recovered",
        "hall.loss_given_default",
        "mezzanine.balance",
        "mezzanine.recovered",
        "prepayment_recovered",
        "default_recovery",
    ],
}


@pytest.mark.parametrize(("debt", "line"), [(debt, line) for debt, lines in LINES.items() for line in lines])
def test_slopes_of_a_line_are_what_central_differences_say(debt, line):
    run = RUNS[debt]
    state = opening(run.shape, build(run.plan, run.terms).final, run.terms)
    columns = run.sizing.inputs(run.plan)
    inputs = rebuild(columns, [column[0] for column in flatten(columns).values()])
    program = trace(partial(period, run.shape), state, inputs, run.terms)
    point = {**flatten(state, "state"), **flatten(inputs, "inputs"), **flatten(run.terms, "terms")}
    point = {name: number * (1.0 + 0.003 * (place % 7)) for place, (name, number) in enumerate(point.items())}
    point["terms.site.periods_per_year"] = 1.0
    slopes = reverse(program, [line]).run_results({**point, f"seed.{line}": 1.0})
    at = program.lines[line]
    for name in [
        name
        for name in point
        if name.startswith(("terms.", "state.components", "state.loans", "state.mezzanine", "state.prepayment"))
    ]:
        step = 1e-5 * max(abs(point[name]), 1e-2)
        above, below = (program.run({**point, name: point[name] + shift})[at] for shift in (step, -step))
        level = abs(program.run(point)[at]) + 1.0
        by_hand = (above - below) / (2 * step)
        assert slopes[f"slope.{name}"] == pytest.approx(by_hand, rel=1e-4, abs=1e-9 * level / step), name
