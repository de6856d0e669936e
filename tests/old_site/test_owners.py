"""The owners' account: rates of return with several roots, payback, both sides of their cash, lenders that pay in."""

from pathlib import Path

import pytest

from overbuild.audit.book.site_book import book_of
from overbuild.audit.tree.site_numbers import site_why
from overbuild.old_site.case_run import run_case
from overbuild.old_site.run import run_site
from overbuild.old_site.sizing.sizing import size
from overbuild.old_site.statements import calendar_years, owners_while_building, support_of
from overbuild.questions.site import site
from tests.old_site.cases import BASE, FAILED, STRESSED, M

HERE = Path(__file__).parents[1] / "site"
PRESETS = sorted((HERE.parents[1] / "src" / "overbuild" / "world" / "presets" / "sites").glob("*.yaml"))
LATE, PAYS_IN, GIGAWATT = (HERE / f"{name}.yaml" for name in ("late-negative-flow", "lenders-pay-in", "one-gigawatt"))

RATE = 1.747859332861742
"""Case LATE: -1000, six times 1752, -48 are worth nothing at it, and at -0.97333."""


@pytest.mark.parametrize("name", ["equity_irr_per_year", "project_irr_per_year", "project_irr_pre_tax_per_year"])
def test_every_surface_says_the_same_rate_where_the_last_flow_is_below_nothing(name):
    answer = site(LATE)
    assert answer.values[name] == pytest.approx(RATE, rel=1e-12)
    assert "change sign 2 times" in answer.status[name] and "-97.3%" in answer.status[name]
    assert site_why(f"{name}", LATE, 1).value == answer.values[name]
    told = {one.id: one for one in book_of(run_case(LATE)).results}[name]
    assert told.value == answer.values[name] and "-97.3%" in told.note


def test_the_verdict_prints_the_rate_and_what_else_solves_the_flows():
    text = site(LATE).headline.text
    assert "IRR 174.8%, 10.03x; the flows change sign 2 times; -97.3% solves them too" in text


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_a_single_root_is_printed_however_often_the_flows_change_sign(path):
    case = run_case(path)
    found, text = case.run.equity_irr, site(path).headline.text
    if found.per_year is None:
        assert "no IRR" in text
    else:
        assert f"IRR {found.per_year:.1%}" in text
        assert ("the flows change sign" in text) == (found.sign_changes > 1)
        assert ("no other rate solves them" in text) == (found.sign_changes > 1 and len(found.roots) == 1)


def test_two_presets_change_sign_three_times_and_have_one_rate():
    for name in ("stargate-1gw", "hyperscaler-campus"):
        found = run_case(next(path for path in PRESETS if path.stem == name)).run.equity_irr
        assert found.sign_changes == 3 and found.roots == (found.per_year,)


def test_a_gigawatt_is_paid_back_in_the_fifth_year():
    """30bn less than 7,739.008m of EBITDA less 395.85m of tax a year: 4.085 years."""
    answer = site(GIGAWATT)
    assert answer.values["project_payback_years"] == pytest.approx(30000.0 / (7739.008 - 395.8512), rel=1e-9)
    assert answer.values["equity_payback_years"] == pytest.approx(4.0854, abs=5e-5)
    assert site_why("project_payback_years", GIGAWATT, 1).unit == "years"
    assert {"project_payback_years", "equity_payback_years"} <= {one.id for one in book_of(run_case(GIGAWATT)).results}


def test_what_is_not_paid_back_says_so():
    answer = site(GIGAWATT, sets=["market.price_per_gpu_hour=0.5"])
    for name in ("project_payback_years", "equity_payback_years"):
        assert answer.values[name] is None and answer.status[name] == "not paid back within the life"


def test_payback_counts_from_opening_in_years_whatever_the_periods():
    run = run_case(PRESETS[-1]).run
    assert run.plan.site.periods_per_year == 4
    opening = len(run.building["capex"])
    periods = run.equity_payback.years * 4
    whole = int(periods)
    before = sum(run.equity_cash_flows[: opening + whole])
    assert before + (periods - whole) * run.equity_cash_flows[opening + whole] == pytest.approx(0.0, abs=1.0)


SUPPORTED = BASE._replace(site=BASE.site._replace(delay_periods=1, delay_cost_per_period=10 * M))
RUNS = {
    "base": (BASE, None, {}),
    "failed": (FAILED, BASE, {}),
    "cured": (STRESSED, BASE, {"default_dscr": 1.15, "covenant": "cure", "cures": 4}),
    "delayed": (SUPPORTED, BASE, {}),
}


def run_of(name):
    plan, sized, water = RUNS[name]
    return run_site(plan._replace(waterfall=plan.waterfall._replace(**water)), size(sized or plan))


@pytest.mark.parametrize("name", RUNS)
def test_both_sides_of_the_owners_cash_add_up(name):
    run = run_of(name)
    rows, built = run.operating, owners_while_building(run)
    flows = [*built["net_cash_to_equity"], *rows["net_cash_to_equity"]]
    assert flows == pytest.approx(list(run.equity_cash_flows))
    sides = (rows[name] for name in ("equity_received", "equity_paid_in", "net_cash_to_equity"))
    for received, paid, net in zip(*sides, strict=True):
        assert received - paid == net and paid >= 0.0
    assert run.lines["net_cash_to_equity_total"] == pytest.approx(sum(run.equity_cash_flows))
    assert run.lines["equity_support_total"] == pytest.approx(support_of(run).total)


def test_support_is_told_by_what_it_is_for():
    assert support_of(run_of("base")).total == 0.0
    cured = run_of("cured")
    assert (
        support_of(cured).cures == pytest.approx(sum(cured.operating["covenant_cure"]))
        and support_of(cured).losses < 1.0
    )
    assert support_of(cured).cures > 0.0 == support_of(cured).delay
    delayed = run_of("delayed")
    late = {name: row[-1] for name, row in delayed.building.items()}
    costs = late["senior.capitalised_interest"] + late["senior.commitment_fee"] + late["delay_cost"]
    assert late["senior.capitalised_interest"] > 0.0 and late["delay_cost"] == 10 * M
    assert support_of(delayed).delay == pytest.approx(costs)
    assert costs == pytest.approx(delayed.results.equity - run_of("base").results.equity)


@pytest.mark.parametrize("path", [*PRESETS, LATE, PAYS_IN], ids=lambda path: path.stem)
def test_the_years_add_up_to_the_periods(path):
    case, answer = run_case(path), site(path)
    years, tables = list(calendar_years(case)), {one.name: one.rows for one in answer.tables}
    periods = (*tables["construction"], *tables["periods"])
    for name in ("equity_paid_in", "equity_support", "equity_received", "net_cash_to_equity"):
        by_year = sum(row[name] for row in tables["annual"])
        assert by_year == pytest.approx(sum(row[name] for row in periods), rel=1e-12, abs=1e-3)
        assert by_year == pytest.approx(answer.values[f"{name}_total"], rel=1e-12, abs=1e-3)
    assert sum(one.flows["net_cash_to_equity"] for one in years) == pytest.approx(sum(case.run.equity_cash_flows))


def test_support_stands_in_the_verdict_and_by_year_only_where_there_is_some():
    for path in PRESETS:
        answer = site(path)
        shown = [column.key for column in next(one for one in answer.tables if one.name == "annual").columns]
        told = "owners support it with" in answer.headline.text
        assert told == ("equity_support" in shown) == (answer.values["equity_support_total"] > 0.0)


CHEAPER = 0.9 * 1000 * M


def test_lenders_that_pay_in_are_owed_nothing():
    """630m drawn: 2028 asks 37.8m of interest less 42m of principal added, so the lender pays 4.2m in."""
    run = run_case(PAYS_IN, (), (f"components.it.cost={CHEAPER}",)).run
    rows = run.operating
    assert run.defaulted_in is None and run.values().values["lgd"] is None
    assert rows["debt_service"][0] == pytest.approx(-4.2 * M)
    assert rows["arrears"][0] == rows["unpaid_debt_service"][0] == rows["dsra_draw"][0] == rows["dscr"][0] == 0.0
    assert rows["net_cash_to_equity"][0] <= 4.2 * M * (1 + 1e-9)
    assert [one / M for one in rows["debt_service"][1:4]] == pytest.approx([80.402, 94.502, 108.602], abs=5e-4)
    assert run.results.min_dscr == pytest.approx(1.467, abs=5e-4)
    assert run.results.equity_npv > -56 * M


@pytest.mark.parametrize("shock", [f"components.it.cost={share * 1e9}" for share in (0.3, 0.8, 0.99, 0.9999999)])
def test_cheaper_chips_never_turn_a_paying_case_into_a_default(shock):
    assert run_case(PAYS_IN, (), (shock,)).run.defaulted_in is None


@pytest.mark.parametrize("rate", [0.0, 0.02, 0.0599999999])
def test_a_lower_rate_never_turns_a_paying_case_into_a_default(rate):
    assert run_case(PAYS_IN, (), (f"loans.senior.rate_per_year={rate}",)).run.defaulted_in is None


def test_a_case_that_does_not_default_does_not_default_at_its_own_multiple():
    answer = site(PAYS_IN)
    assert answer.values["default_period"] is None
    assert not any("defaults at multiple 1" in said or "MIN_DSCR" in said for said in answer.status.values())
    assert answer.values["breakeven.gpu_cost.equity_npv"] == pytest.approx(0.925, abs=5e-4)


def test_debt_service_of_nothing_is_no_default_on_rounding():
    """A year without cash: the loan takes its interest, and what is due of it is 0 but for rounding."""
    loan = BASE.loans[0]._replace(target_dscr=(1.4,) * 6, allow_negative_amortisation=True)
    offtake = BASE.offtake._replace(
        tenor=6, contract_share=1.0, take_or_pay_share=0.0, utilisation=(0.9, 0.9, 0.0, 0.9, 0.9, 0.9, 0.0, 0.0)
    )
    bare = BASE._replace(
        offtake=offtake, market=BASE.market._replace(price_per_gpu_hour=0.0), refresh=None, loans=(loan,),
        costs=type(BASE.costs)(), power=type(BASE.power)(0.0), tax=type(BASE.tax)(), reserves=type(BASE.reserves)(0),
    )  # fmt: skip
    for rate in (0.077, 0.0777, 0.08, 0.083, 0.0831):
        run = run_site(bare._replace(loans=(loan._replace(rate_per_year=rate),)))
        assert abs(run.operating["debt_service"][2]) < 1.0 and run.defaulted_in is None
