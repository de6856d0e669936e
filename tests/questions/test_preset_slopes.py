"""Every preset moves the right way: what hurts a site lowers its cover and its owners' value, more debt its loan cover.

Departures are made after sizing (`--shock`), on the schedule as signed, and only to the worse. To the better, least
cover of an after-tax sculpted loan may fall too: with more income the losses of the first years are used up sooner, and
the full tax comes a quarter before the schedule reckoned with it (a test below holds that fact).
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from overbuild.old_site.case.read import read_site_case
from overbuild.old_site.case_run import run_case
from overbuild.world.presets import site_presets

NAMES = sorted(site_presets())
FINANCED = [name for name in NAMES if read_site_case(Path(f"preset:{name}")).plan.loans]
LIVING = {"single-loan-80-20": ("loans.senior.debt_share=0.5",)}
"""Edits with which a preset does not default: in a default what owners lose hangs on which period they last cured."""

WORSE = (1.0, 1.03, 1.08)
DRIVERS = {
    "price": (("offtake.price_per_gpu_hour", "market.price_per_gpu_hour"), -1),
    "cost of chips": (("components.it.cost",), 1),
    "use at the market": (("market.utilisation",), -1),
    "price of power": (("power.price_per_mwh",), 1),
    "rate": (
        (
            "loans.senior.rate_per_year",
            "loans.senior.construction_rate_per_year",
            "loans.gpu.base_rate_per_year",
            "loans.gpu.construction_rate_per_year",
            "loans.hall.rate_per_year",
        ),
        1,
    ),
}


@cache
def ran(name, sets, shocks):
    """A preset as run; tests that ask for the same run share it."""
    return run_case(Path(f"preset:{name}"), sets, shocks).run


def results(name, sets=(), shocks=()):
    return ran(name, tuple(sets), tuple(shocks)).results


def shocks(name, driver, step):
    """The driver moved to the worse by a step of its value, on whatever of it the preset has."""
    paths, adverse = DRIVERS[driver]
    inputs = read_site_case(Path(f"preset:{name}")).inputs
    factor = step if adverse > 0 else 2.0 - step
    values = {path: inputs[path].value for path in paths if path in inputs}
    return [f"{path}={(value[0] if isinstance(value, tuple) else value) * factor}" for path, value in values.items()]


def least_cover(name, departures):
    """Least cover while the contract runs; over the loan's life where there is no contract."""
    run = ran(name, (), tuple(departures))
    tenor = run.plan.offtake.tenor if run.plan.offtake else run.plan.site.operating_periods
    pairs = zip(run.operating["dscr"][:tenor], run.operating["covered"], strict=False)
    return min(cover for cover, flag in pairs if flag > 0.0)


def falls(values, scale):
    return all(after <= before + 1e-9 * scale for before, after in pairwise(values))


@pytest.mark.parametrize("driver", DRIVERS)
@pytest.mark.parametrize("name", NAMES)
def test_what_hurts_lowers_the_owners_value(name, driver):
    runs = [results(name, LIVING.get(name, ()), shocks(name, driver, step)) for step in WORSE]
    values = [float(run.equity_npv) for run in runs]
    assert all(run.default_period == 0 for run in runs)
    assert falls(values, float(runs[0].uses))
    assert values[-1] < values[0] or not shocks(name, driver, 1.0)


@pytest.mark.parametrize("driver", DRIVERS)
@pytest.mark.parametrize("name", FINANCED)
def test_what_hurts_lowers_least_cover(name, driver):
    covers = [least_cover(name, shocks(name, driver, step)) for step in WORSE]
    assert falls(covers, 1.0)
    after_the_loan = driver == "use at the market" and name != "merchant-gpu-cloud"
    assert (covers[-1] == covers[0]) == after_the_loan


@pytest.mark.parametrize("name", NAMES)
def test_delay_hurts(name):
    runs = [results(name, LIVING.get(name, ()), [f"site.delay_periods={late}"]) for late in (0, 1, 4)]
    values = [float(run.equity_npv) for run in runs]
    assert values[0] > values[1] > values[2]
    assert falls([float(run.min_dscr) for run in runs], 1.0)


@pytest.mark.parametrize("name", FINANCED)
def test_loan_cover_falls_as_the_amount_lent_rises(name):
    loan = read_site_case(Path(f"preset:{name}")).plan.loans[0]
    if loan.advance_rate is not None:
        rates = (0.3, 0.45, 0.6)
        covers = [float(results(name, [f"loans.{loan.name}.advance_rate={rate}"]).llcr) for rate in rates]
        assert covers[0] > covers[1] > covers[2] > 0
        return
    drop = ["debt_share=null", "max_debt_share=null", *(["target_dscr=[]"] if loan.target_dscr else [])]
    uses = float(results(name).uses)
    covers: list[float] = []
    for share in (0.1, 0.15, 0.2):
        edits = ["repayment=annuity", f"amount={share * uses}", *drop]
        run = results(name, [f"loans.{loan.name}.{edit}" for edit in edits])
        assert float(run.debt) == pytest.approx(share * uses) and run.default_period == 0
        covers.append(float(run.llcr))
    assert covers[0] > covers[1] > covers[2] > 0


def test_more_income_can_bring_tax_before_the_schedule_reckoned_with_it():
    name, paths = "stargate-1gw", DRIVERS["price"][0]
    better = [f"{path}={read_site_case(Path(f'preset:{name}')).inputs[path].value * 1.03}" for path in paths]
    basis, moved = run_case(Path(f"preset:{name}")), run_case(Path(f"preset:{name}"), (), better)
    assert moved.run.results.llcr > basis.run.results.llcr
    assert moved.run.results.min_dscr < basis.run.results.min_dscr
    place = moved.run.min_dscr_period - 1
    before, after = (one.run.operating for one in (basis, moved))
    assert after["ebitda"][place] > before["ebitda"][place] and after["tax"][place] > 1.5 * before["tax"][place]
