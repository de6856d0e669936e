"""How rents move: estimators on series of known movement, the later slice, slips dropped by rule, files refused with places."""

from __future__ import annotations

import datetime
import importlib.util
import math
import sys
from pathlib import Path

import numpy as np
import pytest

from overbuild.errors import InputErrors, OverbuildError
from overbuild.facts.store import known_on
from overbuild.fleet.quasi_rent import RentMarket, rent_of_year
from overbuild.fleet.rental_price.cleaning import cleaned
from overbuild.fleet.rental_price.drawn import drawn_rents
from overbuild.fleet.rental_price.estimates import mean_correlation, movement_of, pooled_volatility, weekly
from overbuild.fleet.rental_price.findings import rent_findings
from overbuild.fleet.rental_price.history import rents_known, token_checks
from overbuild.fleet.rental_price.later_slice import FAN, WANTED, later_slice
from overbuild.fleet.rental_price.posted import posted_moves
from overbuild.fleet.rental_price.regimes import regime_slopes
from overbuild.fleet.rental_price.series import RentOfDay, RentSeries, read_rents, rents_of

START = datetime.date(2024, 1, 7)
FIXTURE = Path(__file__).with_name("rents.csv")
SCRIPT = Path(__file__).parents[2] / "calibration" / "rental_price.py"


def walk(seed, weeks=400, drift=-0.3, volatility=0.25, name="walk"):
    draws = np.random.default_rng(seed).standard_normal(weeks)
    week = 7 / 365.25
    logs = np.concatenate([[0.0], np.cumsum(drift * week + volatility * math.sqrt(week) * draws)])
    days = [START + datetime.timedelta(days=7 * place) for place in range(weeks + 1)]
    return RentSeries(name, tuple(RentOfDay(day, 2.0 * math.exp(log)) for day, log in zip(days, logs, strict=True)))


def test_drift_and_volatility_of_a_known_walk_are_found_within_their_errors():
    found = [movement_of(walk(seed)) for seed in range(60)]
    drifts, volatilities = ([getattr(one, name) for one in found] for name in ("drift", "volatility"))
    assert np.mean([one.value for one in drifts]) == pytest.approx(-0.3, abs=3 * drifts[0].se / math.sqrt(60))
    assert np.mean([one.value for one in volatilities]) == pytest.approx(0.25, rel=0.01)
    held = [
        sum(one.low <= known <= one.high for one in many) / 60 for many, known in ((drifts, -0.3), (volatilities, 0.25))
    ]
    assert all(0.8 <= one <= 0.98 for one in held)
    spread = np.std([one.value for one in drifts])
    assert spread == pytest.approx(drifts[0].se, rel=0.3)


def test_the_fan_of_80_percent_holds_four_fifths_of_later_weeks_of_a_known_walk():
    found = later_slice([walk(seed, weeks=40, name=str(seed)) for seed in range(300)])
    assert found.coverage == pytest.approx(FAN, abs=0.04)
    assert len(found.by_series) == 300


def test_a_turn_of_the_market_is_what_the_fan_cannot_foresee():
    before, after = walk(1, 20, drift=0.3, volatility=0.1), walk(2, 20, drift=-2.5, volatility=0.1)
    last = before.days[-1]
    turned = [
        RentOfDay(last.day + datetime.timedelta(days=7 * place), last.rent * at.rent / after.days[0].rent)
        for place, at in enumerate(after.days[1:], start=1)
    ]
    found = later_slice([RentSeries("turned", (*before.days, *turned))])
    assert found.coverage < WANTED[0]


def test_the_slice_that_ships_was_held_and_says_by_which_weeks():
    found = rent_findings()
    assert WANTED[0] <= found.later_held.value <= WANTED[1]
    held = sum(round(one.held.value * 10) for one in found.series)
    assert held / found.later_weeks == pytest.approx(found.later_held.value, abs=0.001)


def test_what_ships_of_the_regimes_is_what_the_facts_say():
    slopes = {one.regime: one.mean for one in regime_slopes(known_on(None))}
    for one in rent_findings().regimes:
        found = slopes[one.name]
        assert one.slope_per_year.value == pytest.approx(found.value, abs=5e-4)
        assert one.slope_per_year.low == pytest.approx(found.low, abs=1e-3)
        assert one.slope_per_year.high == pytest.approx(found.high, abs=1e-3)


def test_a_regime_rests_only_on_what_was_known():
    with pytest.raises(OverbuildError, match="no such fact on this day"):
        regime_slopes(known_on("2025-06-01"))


def test_slips_of_a_feed_are_dropped_each_by_its_rule():
    raw = read_rents(FIXTURE)
    found = cleaned(raw)
    assert [(one.series, one.day.isoformat(), one.rule) for one in found.dropped] == [
        ("spot-A", "2026-03-04", "I2"),
        ("spot-A", "2026-03-10", "I4"),
        ("spot-B", "2026-03-06", "I3"),
    ]
    assert sum(len(one.days) for one in found.series) == sum(len(one.days) for one in raw) - 3


def test_weeks_and_pools():
    series = cleaned(read_rents(FIXTURE)).series
    weeks = [weekly(one) for one in series]
    assert [len(one.days) for one in weeks] == [8, 8, 8]
    movements = [movement_of(one) for one in weeks]
    least, most = (pick(one.volatility.value for one in movements) for pick in (min, max))
    assert least < pooled_volatility(movements) < most
    assert -1.0 <= mean_correlation(weeks) <= 1.0


def test_posted_prices_that_jump_are_counted_by_price_and_by_day():
    days = [START + datetime.timedelta(days=place) for place in range(366)]
    series = [
        RentSeries(
            f"seller/{name}",
            tuple(RentOfDay(day, 2.0 * 1.1 ** (day >= days[100]) * 1.1 ** (day >= days[turn])) for day in days),
        )
        for name, turn in (("a", 200), ("b", 300))
    ]
    found = posted_moves(series, ["seller", "seller"])
    assert (found.changes, found.dates, found.share_up) == (4, 3, 1.0)
    assert found.per_year.value == pytest.approx(4 / (2 * 365 / 365.25))
    assert found.size.value == pytest.approx(math.log(1.1))
    with pytest.raises(OverbuildError, match="no price changed"):
        posted_moves([RentSeries("still", tuple(RentOfDay(day, 2.0) for day in days))], ["still"])


def test_drawn_rents_stand_round_the_rent_of_the_case_and_the_seed_decides():
    market = RentMarket(2.5, 0.05, 0.14, 1.5, 70.0, 0.02)
    fan = drawn_rents(market, 4, worlds=2000)
    assert fan == drawn_rents(market, 4, worlds=2000) != drawn_rents(market, 4, worlds=2000, seed=1)
    assert all(low <= middle <= high for low, middle, high in zip(fan.low, fan.middle, fan.high, strict=True))
    assert fan.low[-1] < rent_of_year(market, 4.0) < fan.high[-1]
    widths = [math.log(high / low) for low, high in zip(fan.low[1:], fan.high[1:], strict=True)]
    assert widths[-1] > widths[3] > widths[0] > 0.0


def test_what_must_be_served_to_earn_a_rent():
    checks = {one.label: one for one in token_checks()}
    assert checks["H100"].tokens_per_second * 3600 * 0.5e-6 == pytest.approx(checks["H100"].rent)
    assert list(checks) == ["A100", "H100", "H200", "B200"]
    assert rents_known(known_on(None), "H100 SXM 80GB") and not rents_known(known_on(None), "TPU v6e")


HEAD = "date,h100\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            HEAD + "2026-03-01,2.4\n2026-03-02,2.4\n2026-03-02,2.5\n",
            "x.csv:4:1: date: this day stands on line 3 already",
        ),
        (
            HEAD + "2026-03-01,2.4\n2026-06-01,2.4\n",
            "x.csv:3:2: h100: no number between 2026-03-01 and 2026-06-01, 92 days",
        ),
        (HEAD + "2026-03-02,2.4\n2026-03-01,2.4\n", "x.csv:3:1: date: days ascend"),
        (HEAD + "2026-03-01,2.4\n2026-03-02,-1\n2026-03-03,2\n", "x.csv:3:2: h100: a rent is a number above 0"),
        (HEAD + "2026-03-01,2.4\n2026-03-02,nan\n2026-03-03,2\n", "x.csv:3:2: h100: a rent is a number above 0"),
        (HEAD + "2026-03-01,2.4\n03/02/2026,2.4\n2026-03-03,2\n", "x.csv:3:1: date: a day is written 2026-03-06"),
        (HEAD + "2026-03-01,2.4\n2026-03-02,2.4,9\n2026-03-03,2\n", "x.csv:3:1: row: 2 cells are needed"),
        ("date,h100\n2026-03-01,2.4\n", "two days or more"),
        ("", "a head is needed"),
    ],
)
def test_a_file_of_rents_that_cannot_be_is_refused_with_its_place(text, said):
    with pytest.raises(OverbuildError) as error:
        rents_of(text, "x.csv")
    assert said in str(error.value)


def test_all_faults_of_a_file_are_told_at_once():
    with pytest.raises(InputErrors) as error:
        rents_of(HEAD + "2026-03-01,x\n2026-03-02,2\n2026-03-02,2\n2026-09-02,2\n", "x.csv")
    assert [one.code for one in error.value.errors] == ["bad_value", "duplicate", "gap"]


def test_a_gap_that_is_allowed_is_read():
    assert rents_of(HEAD + "2026-03-01,2.4\n2026-06-01,2.4\n", "x.csv", 100)[0].years == pytest.approx(92 / 365.25)


def test_too_few_steps_say_no_volatility():
    with pytest.raises(OverbuildError, match="5 steps or more"):
        movement_of(walk(1, weeks=4))


def test_the_script_prints_its_table_and_the_later_half(capsys, monkeypatch):
    spec = importlib.util.spec_from_file_location("rental_price_script", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(sys, "argv", ["rental_price.py", str(FIXTURE)])
    monkeypatch.setattr(script, "later_slice", lambda weeks: later_slice(weeks, 0.75))
    assert script.main() == 0
    out = capsys.readouterr().out
    assert "Later half against the fan of 80%" in out and "It cannot foresee" in out and "glut" in out
    monkeypatch.setattr(sys, "argv", ["rental_price.py", "nothing.csv"])
    assert script.main() == 2
