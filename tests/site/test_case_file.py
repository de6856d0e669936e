"""A case file in the general form: paths, dates, origins, and what a file calls what."""

from __future__ import annotations

from pathlib import Path

import pytest

from overbuild.errors import CaseError, OverbuildError
from overbuild.site.case import plan as plans
from overbuild.site.case.checks import check_plan, delay_faults
from overbuild.site.case.plan import START
from overbuild.site.case.read import read_site_case, site_case
from overbuild.site.run import run_site
from overbuild.world.overlay import overlay_of
from overbuild.world.tree import read_tree

FOLDER = Path(__file__).parent
CAMPUS = FOLDER / "campus.yaml"


@pytest.fixture(scope="module")
def campus():
    return read_site_case(CAMPUS)


def test_paths_are_read_in_each_of_their_forms(campus):
    plan = campus.plan
    assert plan.phases[0].fixed == plans.Path(value=18e6)
    assert plan.phases[1].fixed == plans.Path("growing", 18e6, 0.025, 1, "year")
    assert plan.contracts[1].price == plans.Path("growing", 2.5, -0.05, START)
    assert plan.market.price == plans.Path("by_year", by_year=(3.6, 3.1, 2.7, 2.3, 2.0, 1.8, 1.6))
    assert plan.loans[0].base_rate == plans.Path("by_period", by_period=(0.04, 0.035))


def test_a_date_is_a_period_counted_from_close(campus):
    assert campus.close == "2026Q4"
    assert campus.plan.phases[1].cod == 9
    assert campus.plan.power.price == plans.Path("growing", 75.0, 0.025, 3, "smooth")
    assert campus.plan.loans[0].maturity == 40


@pytest.mark.parametrize(
    ("close", "periods_per_year", "cod", "period"),
    [("2026", 1, "2028", 2), ("2026H2", 2, "2027H1", 1), ("2026-11", 12, "2027-02", 3), ("2026", 1, "2", 2)],
)
def test_dates_of_every_length_of_period(close, periods_per_year, cod, period):
    sets = [f"horizon.periods_per_year={periods_per_year}", f"phases.hall.cod={cod}", "components.shell.spend=[1]"]
    edits = [*map(overlay_of, sets), overlay_of(f"close={close}"), overlay_of("contracts=[]")]
    assert read_site_case(FOLDER / "landlord.yaml", edits).plan.phases[0].cod == period


def test_what_owners_promise_may_be_all(campus):
    assert campus.plan.fleets[2].owners_pay_all and campus.plan.fleets[2].owners_pay == 0.0


def test_inputs_have_the_paths_of_the_file_and_their_origins(campus):
    inputs = campus.inputs
    assert inputs["contracts.lab.price"].origin == "assumption"
    assert (inputs["contracts.cloud.price.value"].low, inputs["contracts.cloud.price.value"].high) == (2.0, 3.0)
    assert inputs["contracts.cloud.price.growth"].value == -0.05
    assert inputs["loans.senior.base_rate.by_period"].author == "me"
    assert not [path for path in inputs if path.endswith((".kind", "growth_per_year", "since"))]


def test_what_the_file_calls_a_path_of_the_plan(campus):
    assert campus.written.of("contracts.lab.price.value") == "contracts.lab.price"
    assert campus.written.of("contracts.cloud.price.growth_per_year") == "contracts.cloud.price.growth"
    assert campus.written.of("fleets.f1b.owners_pay_all") == "fleets.f1b.owners_pay"
    error = campus.locate(CaseError("no_convergence", "contracts.cloud.price.growth_per_year", None, "say less"))
    line = next(number for number, text in enumerate(CAMPUS.read_text().splitlines(), 1) if "name: cloud" in text)
    assert (error.path, error.line) == ("contracts.cloud.price.growth", line)


def test_a_price_is_derived_in_the_unit_of_its_contract():
    text = (FOLDER / "landlord.yaml").read_text()
    line = '{derive: "rent / years / power", from: {rent: 54 USD_mn, years: 1 years, power: 50 MW}, growth: 0.03}'
    case = site_case(read_tree(text.replace("{value: 90, growth: 0.03, from: start}", line), "landlord.yaml"))
    assert case.plan.contracts[0].price.value == pytest.approx(90.0)
    assert case.inputs["contracts.tenant.price.value"].derive == "rent / years / power"


def test_a_landlord_is_a_phase_without_a_fleet_and_a_rent_from_opening():
    plan = read_site_case(FOLDER / "landlord.yaml").plan
    assert plan.fleets == ()
    assert plan.contracts[0].unit == "kw_month" and plan.contracts[0].start is None
    assert plan.contracts[0].price == plans.Path("growing", 90.0, 0.03, START)


def test_a_scenario_replaces_numbers_by_the_paths_of_the_file():
    edits = [overlay_of("market.price={value: 3.0, growth: -0.3}"), overlay_of("contracts.lab.fails_in=2029Q1")]
    plan = read_site_case(CAMPUS, edits).plan
    assert plan.market.price == plans.Path("growing", 3.0, -0.3)
    assert plan.contracts[0].fails_in == 9


def test_a_delay_that_lets_contracts_overlap_is_over_contracted():
    edits = [overlay_of("contracts.renewal.follows=''"), overlay_of("contracts.renewal.renews=1")]
    edits.append(overlay_of("contracts.renewal.start=27"))
    assert read_site_case(CAMPUS, edits).plan.contracts[2].start == 27
    with pytest.raises(OverbuildError) as found:
        read_site_case(CAMPUS, [*edits, overlay_of("phases.h1.delay=1")])
    assert found.value.code == "over_contracted"


def test_a_plan_of_python_is_checked_by_the_same_rules(campus):
    assert check_plan(campus.plan) is campus.plan
    with pytest.raises(CaseError) as found:
        check_plan(campus.plan._replace(fleets=(*campus.plan.fleets, campus.plan.fleets[0]._replace(name="again"))))
    assert found.value.code == "fleet_order"


def test_more_than_64_different_delays_are_too_many():
    assert list(delay_faults([(late % 8, late // 8) for late in range(64)] * 2)) == []
    fault = next(delay_faults([(late % 8, late // 8) for late in range(65)]))
    assert (fault.code, fault.value) == ("too_many_delays", 65)


def test_the_rent_of_a_landlord_comes_from_the_first_period_after_completion():
    run = run_site(read_site_case(FOLDER / "landlord.yaml").plan)
    assert [round(rent / 1e6, 4) for rent in run.lines["revenue"][:5]] == [0.0, 0.0, 54.0, 55.62, 57.2886]
    assert run.equity_irr.per_year == pytest.approx(0.09468, abs=5e-6)
