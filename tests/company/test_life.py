"""A change of useful life: prospective, in profit and not in cash; and what companies disclosed of theirs."""

from __future__ import annotations

import pytest

from overbuild.company.case import company_case
from overbuild.company.life.depreciation import LifeRegime, LifeVintage, depreciation_between
from overbuild.company.life.plan import disclosed_against
from overbuild.company.preset import OwnFigures, companies_preset
from overbuild.facts.store import known_on

PRESET = companies_preset()
VIEW = known_on(None)
KNOWN = ("AMZN", "GOOGL", "META", "MSFT", "ORCL", "CRWV", "NVDA", "AVGO")


def by_the_quarter(vintage, lives, quarters):
    """The schedule written off quarter by quarter: what is left over what is left of the life in force."""
    book, found = vintage.cost, []
    for quarter in range(quarters):
        served = quarter - int(vintage.bought) - 1
        if served < 0:
            found.append(0.0)
            continue
        amount = book / max(4 * lives(quarter) - served, 1)
        book -= amount
        found.append(amount)
    return found


@pytest.mark.parametrize("new", [3.0, 4.0, 5.0, 6.0, 7.5])
@pytest.mark.parametrize("bought", [0.0, 3.0, 7.0, 9.0])
def test_the_closed_form_is_the_schedule_quarter_by_quarter(new, bought):
    change, far = 8.0, 400.0
    regimes = (LifeRegime("old", -1.0, change, 6.0), LifeRegime("new", change, far, new))
    vintage = LifeVintage("v", bought, 24.0)
    schedule = by_the_quarter(vintage, lambda quarter: 6.0 if quarter < change else new, 60)
    for first in range(0, 60, 4):
        found = depreciation_between(vintage, regimes, float(first), float(first + 4))
        assert found == pytest.approx(sum(schedule[first : first + 4]), abs=1e-9)
    assert depreciation_between(vintage, regimes, 0.0, far) == pytest.approx(24.0)


def test_golden_numbers_of_a_change_from_six_years():
    vintages = [(-1, 10.0), (1, 12.0), (3, 15.0), (5, 18.0), (7, 22.0), (9, 24.0), (11, 26.0)]
    wanted = {
        6.0: [2.666666666666667, 7.666666666666667, 14.833333333333334, 21.166666666666668, 21.166666666666668],
        5.0: [2.666666666666667, 7.666666666666667, 18.38531746031746, 25.98531746031746, 25.98531746031746],
        4.0: [2.666666666666667, 7.666666666666667, 24.314285714285717, 33.81428571428572, 28.680952380952377],
        3.0: [2.666666666666667, 7.666666666666667, 36.85, 39.85, 27.299999999999997],
    }
    for life, annual in wanted.items():
        regimes = (LifeRegime("old", -100.0, 8.0, 6.0), LifeRegime("new", 8.0, 1000.0, life))
        found = [
            sum(depreciation_between(LifeVintage("", q, cost), regimes, y, y + 4.0) for q, cost in vintages)
            for y in (0.0, 4.0, 8.0, 12.0, 16.0)
        ]
        assert found == pytest.approx(annual, rel=1e-12)


@pytest.mark.parametrize("ticker", KNOWN)
def test_six_to_four_years_moves_profit_and_not_cash(ticker):
    case = company_case(VIEW, PRESET, ticker, OwnFigures(life=4.0, life_before=6.0))
    first = case.page.life[0]
    assert first.operating_income_change < 0
    assert first.operating_income_change == -first.depreciation_change
    assert first.net_income_change == pytest.approx(first.operating_income_change * (1 - PRESET.tax_rate.value))
    assert [one.cash_change for one in case.page.life] == [0.0, 0.0, 0.0]


def test_every_dollar_comes_back():
    case = company_case(VIEW, PRESET, "AMZN", OwnFigures(life=4.0))
    longer = tuple((f"year_{n + 1}", case.life.start + 4 * n) for n in range(8))
    effects = case._replace(life=case.life._replace(years=longer)).page.life
    assert sum(one.operating_income_change for one in effects) == pytest.approx(0.0, abs=1.0)


def test_shares_give_the_change_a_share():
    case = company_case(VIEW, PRESET, "MSFT", OwnFigures(life=4.0, shares=7.43e9))
    first = case.page.life[0]
    assert first.per_share == pytest.approx(first.net_income_change / 7.43e9)
    assert case.reported.values["life_change.year_1.per_share"] == pytest.approx(first.per_share)
    assert company_case(VIEW, PRESET, "MSFT", OwnFigures(life=4.0)).page.life[0].per_share is None


def test_a_longer_life_raises_profit():
    case = company_case(VIEW, PRESET, "AMZN", OwnFigures(life=7.0))
    assert case.page.life[0].operating_income_change > 0


def test_the_change_takes_only_what_was_bought_and_the_life_in_force():
    case = company_case(VIEW, PRESET, "AMZN", OwnFigures(life=4.0))
    assert case.life.life_before == 6.0
    assert [fact.key.partition("#")[0] for _, _, fact in case.life.lives][
        -1
    ] == "AMZN.server_useful_life_years@2024-01-01"
    assert case.life.purchases[-1].label == "2026Q2"
    assert case.life.reaches_back
    assert not company_case(VIEW, PRESET, "CRWV").life.reaches_back


def disclosed(ticker, view=VIEW):
    case = company_case(view, PRESET, ticker)
    return {
        one.change.start: one
        for one in disclosed_against(
            view, case.figures, PRESET, [c for c in PRESET.disclosed_changes if c.ticker == ticker]
        )
    }


def test_amazons_change_of_2025_lies_in_the_models_range():
    one = disclosed("AMZN")["2025Q1"]
    assert [round(amount / 1e9, 2) for amount, _ in one.disclosed] == [-0.7, -1.4]
    assert one.change.use == "test" and one.inside
    assert all(one.low <= amount <= one.high for amount, _ in one.disclosed)
    assert one.low / 1e9 == pytest.approx(-1.69, abs=0.01)
    assert one.central / 1e9 == pytest.approx(-1.09, abs=0.01)
    assert one.high / 1e9 == pytest.approx(-0.62, abs=0.01)


def test_changes_that_set_a_share_are_met_and_metas_test_is_missed():
    for ticker, start in (("AMZN", "2024Q1"), ("GOOGL", "2023Q1"), ("MSFT", "2022Q3")):
        one = disclosed(ticker)[start]
        assert one.change.use == "calibration" and one.inside, (ticker, start)
    meta = disclosed("META")["2025Q1"]
    assert meta.change.use == "test" and not meta.inside
    assert meta.high < meta.disclosed[0][0]


def test_a_change_is_not_known_before_it_was_disclosed():
    assert "2025Q1" not in disclosed("AMZN", known_on("2024-12-31"))
