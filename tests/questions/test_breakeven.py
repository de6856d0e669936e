"""Break-evens: they agree with scalar runs, move the right way, and say why one does not exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from overbuild.old_site.case.plan import Reserves
from overbuild.old_site.case_run import run_case
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.debt_capacity import debt_capacity
from overbuild.old_site.sizing.sizing import size
from overbuild.questions.site import site
from overbuild.stress.break_even import TARGETS, break_evens
from overbuild.stress.departures import DRIVERS, Departure, departed, measured, most_used, reach
from tests.old_site.cases import BASE, FAILED, STRESSED, split

ROOT = Path(__file__).parents[2]
EXAMPLES = [ROOT / "examples" / name for name in ("contracted-100mw.yaml", "shared-60mw.yaml")]
LEVELS = {target.suffix: (target.measure, target.level) for target in TARGETS}


def with_loan(plan, **changes):
    return plan._replace(loans=(plan.loans[0]._replace(**changes),))


PATTERNED = with_loan(BASE, repayment="annuity", debt_share=0.5, target_dscr=(), max_debt_share=None)
DELAYED = BASE._replace(
    offtake=BASE.offtake._replace(long_stop_periods=1), site=BASE.site._replace(delay_cost_per_period=2e7)
)
CASES = {
    **{path.stem: None for path in EXAMPLES},
    "base": (BASE, size(BASE)),
    "stressed": (STRESSED, size(BASE)),
    "failed": (FAILED, size(BASE)),
    "quarters": (split(BASE, 4), size(split(BASE, 4))),
    "annuity": (PATTERNED, size(PATTERNED)),
    "long stop": (DELAYED, size(DELAYED)),
    "merchant": (BASE._replace(offtake=None), size(BASE)),
    "no refresh": (BASE._replace(refresh=None), size(BASE._replace(refresh=None))),
}


def case(name):
    if CASES[name] is None:
        basis = run_case(ROOT / "examples" / f"{name}.yaml")
        return basis.run.plan, basis.sizing
    return CASES[name]


def margin(plan, sizing, suffix):
    """What a run on floats says, as a distance from the target; owners' value in parts of the uses."""
    name, level = LEVELS[suffix]
    found = run_site(plan, sizing).results
    return (float(getattr(found, name)) - level) / (sizing.uses if name == "equity_npv" else 1.0)


@pytest.mark.parametrize("name", CASES)
def test_a_run_on_floats_at_the_multiple_found_meets_the_target_exactly(name):
    plan, sizing = case(name)
    found = break_evens(plan, sizing)
    checked = 0
    for (driver, suffix), one in found.items():
        if one.value is None or driver in ("delay", "offtaker_default"):
            continue
        there = departed(plan, Departure(**{driver: one.value}))
        if one.status:
            sides = [departed(plan, Departure(**{driver: one.value * step})) for step in (1 - 1e-8, 1.0, 1 + 1e-8)]
            signs = {margin(side, sizing, suffix) >= 0.0 for side in sides}
            assert margin(there, sizing, suffix) >= 0.0 and signs == {True, False}, (driver, suffix, one)
        else:
            assert abs(margin(there, sizing, suffix)) < 1e-7, (driver, suffix, one)
        checked += 1
    assert checked >= 4


@pytest.mark.parametrize("name", CASES)
def test_counts_of_periods_agree_with_runs_on_floats(name):
    plan, sizing = case(name)
    found = break_evens(plan, sizing)
    for (driver, suffix), one in found.items():
        if driver not in ("delay", "offtaker_default") or one.value is None:
            continue
        worse = one.value + (1 if driver == "delay" else -1)
        for count, met in ((one.value, True), (worse, False)):
            moved = departed(plan, Departure(**{driver: count}))
            run = run_site(moved, sizing)
            lives = suffix != ".llcr" or not run.defaulted_in
            assert (lives and margin(moved, sizing, suffix) >= 0.0) == met, (driver, suffix, count)


@pytest.mark.parametrize("name", CASES)
def test_arrays_say_what_floats_say(name):
    plan, sizing = case(name)
    first = plan.site.delay_periods
    departures = [
        Departure(),
        Departure(price=0.7),
        Departure(gpu_cost=1.4, power_price=0.5),
        Departure(utilisation=0.6),
        Departure(delay=first + 1),
        Departure(delay=first + 3, price=1.1),
        *([Departure(offtaker_default=2), Departure(offtaker_default=4, delay=first)] if plan.offtake else []),
    ]
    found = measured(plan, sizing, departures)
    for place, by in enumerate(departures):
        run = run_site(departed(plan, by), sizing)
        assert found.min_dscr[place] == pytest.approx(run.results.min_dscr, rel=1e-11)
        assert found.equity_npv[place] == pytest.approx(run.results.equity_npv, rel=1e-9, abs=1e-9 * sizing.uses)
        if run.defaulted_in:
            assert found.llcr[place] != found.llcr[place]
        else:
            assert found.llcr[place] == pytest.approx(run.results.llcr, rel=1e-11)


def test_the_crossing_found_is_the_one_nearest_to_the_case():
    sizing = size(BASE)
    value = break_evens(BASE, sizing)["price", ""].value
    assert value < 1.0
    between = [value + (1.0 - value) * step / 20 for step in range(1, 21)]
    assert all(margin(departed(BASE, Departure(price=multiple)), sizing, "") >= 0.0 for multiple in between)


def test_a_higher_contract_price_lowers_the_multiple_and_more_debt_raises_it():
    sizing = size(BASE)
    rich = BASE._replace(offtake=BASE.offtake._replace(price_per_gpu_hour=1.1 * BASE.offtake.price_per_gpu_hour))
    deep = size(with_loan(BASE, target_dscr=(1.3,) * 5 + (1.6,)))
    assert deep.debt > sizing.debt
    base = break_evens(BASE, sizing)
    for suffix in LEVELS:
        assert break_evens(rich, sizing)["price", suffix].value < base["price", suffix].value
    for suffix in ("", ".llcr"):
        assert break_evens(BASE, deep)["price", suffix].value > base["price", suffix].value


def test_owners_alone_have_no_lenders_to_break():
    plan = BASE._replace(loans=(), reserves=Reserves(0))
    found = break_evens(plan, size(plan))
    assert {one.status for (_, suffix), one in found.items() if suffix != ".equity_npv"} == {"no debt"}
    price = found["price", ".equity_npv"].value
    assert abs(margin(departed(plan, Departure(price=price)), size(plan), ".equity_npv")) < 1e-7
    assert debt_capacity(plan) == (None, "no debt", False)


def test_what_does_not_exist_says_why():
    free = BASE._replace(power=BASE.power._replace(price_per_mwh=0.0), offtake=None)
    found = break_evens(free, size(BASE))
    assert found["power_price", ""] == (None, "the case has no price of power")
    assert found["offtaker_default", ""] == (None, "no contract")
    named = BASE._replace(
        refresh=None,
        components=tuple(one._replace(name="gpus") if one.name == "it" else one for one in BASE.components),
    )
    assert break_evens(named, size(named))["gpu_cost", ""] == (None, "the case has no component named it")
    missed = break_evens(FAILED, size(BASE))
    assert missed["delay", ""] == (None, "missed already") and missed["price", ""].value > 1.0
    assert missed["price", ".llcr"].value is None and "the loan lives from" in missed["price", ".llcr"].status
    assert "the loan defaults above multiple" in break_evens(BASE, size(BASE))["gpu_cost", ".llcr"].status


def test_a_take_or_pay_contract_makes_use_indifferent():
    values = site(EXAMPLES[0])
    assert values.values["breakeven.utilisation"] is None
    assert values.status["breakeven.utilisation"].startswith("met at every multiple from 0.05 to 1.11")
    assert "recovery_share 0" in values.status["breakeven.offtaker_default"]


@pytest.mark.parametrize("share", [0.3, 0.7, 0.9, 0.95, 1 / 3, 0.999, 1.0])
def test_no_share_of_use_is_pushed_above_one(share):
    plan = BASE._replace(market=BASE.market._replace(utilisation=(share,) * 8), offtake=None)
    least, most = reach(plan, "utilisation")
    assert least < 1.0 <= most and most_used(plan) * most <= 1.0
    assert most_used(plan) * most == pytest.approx(1.0)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_breaks_first_needs_the_least_adverse_change(path):
    found = site(path)
    ways = {
        driver.id: (value - 1.0) * driver.adverse
        for driver in DRIVERS
        if isinstance(value := found.values[f"breakeven.{driver.id}"], float)
    }
    assert found.values["first_break"] == min(ways, key=ways.get) and min(ways.values()) > 0.0
    assert found.tables[0].name == "breaks_first" and found.tables[0].rows[0]["driver"] == found.values["first_break"]
    assert f"Breaks first: {found.values['first_break']}" in found.headline.text
    for name, value in found.values.items():
        assert value is not None or found.status[name], name


def test_a_case_that_misses_already_has_nothing_to_break():
    found = site(EXAMPLES[0], shocks=[str(ROOT / "examples" / "shocks" / "offtaker-fails.yaml")])
    assert found.values["first_break"] is None and found.status["first_break"] == "missed already"
    assert "Breaks first" not in found.headline.text


def test_the_debt_that_a_site_can_carry():
    assert debt_capacity(BASE._replace(loans=size_free(BASE).loans)).amount == size(size_free(BASE)).debt
    capped = with_loan(BASE, max_debt_share=0.2)
    assert debt_capacity(capped).amount > size(capped).debt
    patterned = debt_capacity(PATTERNED)
    sculpted = with_loan(BASE, target_dscr=(1.40,) * 6, max_debt_share=None)
    assert patterned.assumed and patterned.amount == pytest.approx(size(sculpted).debt, rel=1e-9)
    assert debt_capacity(with_loan(BASE, target_dscr=(0.05,) * 6)).status.startswith("debt_exceeds_uses")


def size_free(plan):
    return with_loan(plan, max_debt_share=None)
