"""Every preset moves the right way: what hurts a site lowers its owners' value and never lifts the cover of its debt.

Departures are made after sizing, on amounts and schedules as signed. Cover is looked at while nobody has defaulted: what
owners lose in a default hangs on which period they last cured.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from overbuild.site.case.read import read_site_case
from overbuild.site.run import run_site
from overbuild.site.sizing.sizing import size
from overbuild.stress.departures import Departure, measured
from overbuild.stress.drivers import BY_ID
from overbuild.world.presets import site_presets

NAMES = sorted(site_presets())
FINANCED = [name for name in NAMES if read_site_case(Path(f"preset:{name}")).plan.loans]
STEPS = (0.0, 0.02, 0.05, 0.08)
DRIVERS = ("price", "utilisation", "gpu_cost", "power_price", "base_rate")


@cache
def sized(name):
    plan = read_site_case(Path(f"preset:{name}")).plan
    return plan, size(plan)


@cache
def worse(name, driver):
    """The driver moved to the worse by steps: shares of the case, or of a tenth a year for rates; None without it."""
    (plan, sizing), one = sized(name), BY_ID[driver]
    if one.reach(plan) is None or (
        driver == "utilisation" and any(contract.take_or_pay for contract in plan.contracts)
    ):
        return None  # under take-or-pay less use is paid all the same, and needs less power
    scale = 1.0 if one.kind == "multiple" else 0.1
    return measured(plan, sizing, [Departure({driver: one.neutral + one.adverse * step * scale}) for step in STEPS])


def falls(values, scale):
    return all(after <= before + 1e-9 * scale for before, after in pairwise(values))


@pytest.mark.parametrize("driver", DRIVERS)
@pytest.mark.parametrize("name", NAMES)
def test_what_hurts_lowers_the_owners_value(name, driver):
    found = worse(name, driver)
    if found is None:
        pytest.skip(f"{name} has no {driver}")
    lives = found.outcome == 0.0
    values = [value for value, alive in zip(found.values["equity_npv"], lives, strict=True) if alive]
    assert falls(values, sized(name)[1].uses)
    assert len(values) < 2 or values[-1] < values[0]


@pytest.mark.parametrize("driver", DRIVERS)
@pytest.mark.parametrize("name", FINANCED)
def test_what_hurts_never_turns_a_default_into_none(name, driver):
    found = worse(name, driver)
    if found is None:
        pytest.skip(f"{name} has no {driver}")
    ended = list((found.outcome > 0.0) & (found.outcome < 5.0))
    assert ended == sorted(ended)


@pytest.mark.parametrize("driver", ("price", "power_price"))
@pytest.mark.parametrize("name", FINANCED)
def test_what_hurts_cash_lowers_cover_before_tax_in_every_period(name, driver):
    """Least cover itself may rise a little where losses come later and tax with them: cash before tax may not."""
    plan, sizing = sized(name)
    one = BY_ID[driver]
    if one.reach(plan) is None:
        pytest.skip(f"{name} has no {driver}")
    runs = [run_site(one.moved(plan, one.neutral + one.adverse * step), sizing) for step in (0.0, 0.05)]
    before, after = (
        [cash + tax for cash, tax in zip(run.lines["cfads"], run.lines["tax"], strict=True)] for run in runs
    )
    last = min(run.last for run in runs)
    kept = [
        place for place in range(last + 1) if all(run.lines["fleet_reserve_contribution"][place] == 0 for run in runs)
    ]
    bought = [max(run.lines[f"{fleet.name}.funded"]) for run in runs for fleet in plan.fleets if fleet.at is not None]
    if len(set(bought)) <= 1:
        assert all(after[place] <= before[place] + 1e-6 * sizing.uses for place in kept)


@pytest.mark.parametrize("name", FINANCED)
def test_loan_cover_falls_as_the_amount_lent_rises(name):
    plan, sizing = sized(name)
    loan = plan.loans[0]
    covers = []
    for share in (0.1, 0.15, 0.2):
        lent = loan._replace(
            amount=share * sizing.uses, debt_share=None, max_debt_share=None, advance_rate=None, advances_on=(), dscr=(),
            dscr_merchant=(), repayment="straight_line", shares=(), balloon_share=0.0, refinancing=None,
        )  # fmt: skip
        alone = plan._replace(loans=(lent,), mezzanine=None, tests=(), margins=tuple(
            one for one in plan.margins if one.loan == loan.name))  # fmt: skip
        values = run_site(alone).values().values
        assert values["debt"] == pytest.approx(share * sizing.uses) and values["outcome"] in (None, "closed")
        covers.append(values["llcr"])
    assert covers[0] > covers[1] > covers[2] > 0


def test_steps_are_worse():
    found = worse("neocloud-100mw-gb300", "price")
    assert np.isfinite(found.values["equity_npv"]).all()
