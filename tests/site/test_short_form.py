"""Files in the short form: every preset and example becomes a plan; values by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import overbuild
from overbuild.errors import OverbuildError
from overbuild.site.case import plan as plans
from overbuild.site.case.plan import START, CovenantTest, Cures
from overbuild.site.case.read import read_site_case
from overbuild.site.run import run_site
from overbuild.world.fields import fields_of
from overbuild.world.overlay import leaves, overlay_of
from overbuild.world.tree import read_case_file

ROOT = Path(__file__).parents[2]
SHORT = ROOT / "tests" / "site" / "short_forms"
"""Presets in the short form, as they stood while it was the only one."""

PRESETS = [
    *sorted((Path(overbuild.__file__).parent / "world" / "presets" / "sites").glob("*.yaml")),
    *sorted(SHORT.glob("*.yaml")),
]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml")) + [
    ROOT / "tests" / "site" / f"{name}.yaml" for name in ("hall-and-chips", "stack", "whole-site")
]


def short(name, *sets):
    return read_site_case(SHORT / f"{name}.yaml", [overlay_of(text) for text in sets])


@pytest.mark.parametrize("path", [*PRESETS, *EXAMPLES], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_preset_and_example_becomes_a_plan(path):
    case = read_site_case(path)
    assert case.name == path.stem
    assert case.plan.horizon.periods > case.plan.phases[0].cod >= 1


@pytest.mark.parametrize("shock", sorted((ROOT / "examples" / "shocks").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shock_falls_on_an_example(shock):
    departures = list(leaves(read_case_file(shock)))
    case = read_site_case(ROOT / "examples" / "contracted-100mw.yaml", departures)
    assert case.plan.market.utilisation == plans.Path(value=0.5)
    if shock.stem == "offtaker-fails":
        contract = case.plan.contracts[0]
        assert (contract.fails_in, contract.recovery_share, contract.claim_periods) == (16, 0.3, 8)


def test_a_hall_its_gpus_and_its_contract():
    plan = short("neocloud-100mw-gb300").plan
    assert plan.horizon.periods == 6 + 72 and plan.horizon.periods_per_year == 4
    assert plan.phases[0].name == "site" and plan.phases[0].cod == 6 and plan.phases[0].it_mw == 100
    contract = plan.contracts[0]
    assert (contract.name, contract.share, contract.tenor, contract.start) == ("offtake", 1.0, 20, None)
    assert contract.price == plans.Path(value=2.91) and contract.utilisation == plans.Path(value=0.9)
    assert plan.market.price == plans.Path("growing", 2.91, -0.14, 7, "smooth")
    assert plan.power.price == plans.Path("growing", 75.0, 0.025, 7, "year")
    assert [one.maintained for one in plan.components] == [False, False, True]


def test_a_hall_that_is_let_after_its_gpus():
    plan = short("neocloud-100mw-gb300").plan
    assert (plan.fleets[0].until, plan.fleets[0].sale) == (30, 290e6)
    shell = plan.contracts[1]
    assert (shell.unit, shell.share, shell.start, shell.tenor) == ("kw_month", 0.95, 31, 48)
    assert shell.price == plans.Path(value=154.0) and shell.utilisation == plans.Path()
    staff, hall, index = plan.costs.staff.by_period, plan.phases[0].fixed.by_period, plan.costs.inflation.by_period
    assert staff[6] == 18e6 and staff[10] == pytest.approx(18e6 * 1.025) and staff[30:] == (0.0,)
    assert index[29] == pytest.approx(1.025**5) and index[30:] == (0.0,)
    assert hall[29] == pytest.approx(0.003 * 4375e6) and plan.costs.insurance_share_per_year == 0.0
    assert hall[30] == pytest.approx(28e6 * 1.025**6) and len(hall) == 78


def test_loans_have_dates_from_close():
    gpu, hall = short("neocloud-100mw-gb300").plan.loans
    assert (gpu.first, gpu.maturity, gpu.repayment, gpu.collateral) == (7, 26, "straight_line", ("it",))
    assert gpu.rate is None and gpu.base_rate == plans.Path(value=0.0364)
    assert (hall.first, hall.maturity, hall.rate) == (7, 78, plans.Path(value=0.07))
    assert (hall.advance_rate, hall.advances_on) == (0.7, ("shell", "power"))
    junior = short("neocloud-100mw-gb300").plan.mezzanine
    assert junior is not None and (junior.maturity, junior.amount) == (30, 225e6)


def test_a_loan_that_names_no_collateral():
    assert short("single-loan-80-20").plan.loans[0].collateral is None
    second = read_site_case(ROOT / "tests" / "site" / "stack.yaml").plan.loans[2]
    assert (second.name, second.rank, second.collateral) == ("second", 2, ())


def test_new_gpus_are_a_later_fleet():
    plan = short("stargate-1gw").plan
    first, second = plan.fleets
    assert (first.at, second.at, second.component) == (None, 8 + 24, "refreshed_it")
    assert (second.performance, second.proceeds, second.owners_pay_all) == (2.9, 2540e6, False)
    component = plan.components[-1]
    assert (component.name, component.cost, component.spend, component.tax_class) == (
        "refreshed_it",
        25400e6,
        (),
        "MACRS5",
    )
    assert short("stargate-1gw", "refresh.paid_by=owners").plan.fleets[1].owners_pay_all


def test_covenants_are_rows_of_tests():
    plan = read_site_case(ROOT / "examples" / "contracted-100mw.yaml").plan
    assert plan.tests == (
        CovenantTest("dscr_12m", 1.15, "lockup"),
        CovenantTest("dscr_12m", 1.2, "sweep", 0.5),
        CovenantTest("dscr_12m", 1.05, "report"),
    )
    assert plan.cures == Cures(1, 1)


@pytest.mark.parametrize(
    ("covenant", "action", "cures"),
    [("flag", "report", 1), ("cure", "default", 1), ("sweep_all", "sweep", 1), ("accelerate", "default", 0)],
)
def test_each_word_for_a_covenant(covenant, action, cures):
    plan = short("single-loan-80-20", f"waterfall.covenant={covenant}").plan
    assert plan.tests[-1] == CovenantTest("dscr_12m", 1.05, action, 1.0)
    assert plan.cures.number == cures


def test_a_sweep_without_a_trigger_always_sweeps():
    plan = short("single-loan-80-20", "waterfall.sweep_share=0.4").plan
    assert plan.sweep_always == 0.4 and [one.action for one in plan.tests] == ["lockup", "report"]


def test_a_delay_moves_no_date_and_a_long_stop_is_a_date():
    plan = short("single-loan-80-20", "site.delay_periods=2", "offtake.long_stop_periods=1").plan
    assert (plan.phases[0].cod, plan.phases[0].delay, plan.horizon.periods) == (6, 2, 38)
    assert plan.contracts[0].long_stop == 8
    assert plan.loans[0].maturity == 26


def test_an_escalator_counts_from_the_start_of_the_contract():
    plan = short("single-loan-80-20", "offtake.escalator_per_year=0.03").plan
    assert plan.contracts[0].price == plans.Path("growing", 2.91, 0.03, START)


def test_a_prepayment_is_credited_at_its_dates():
    paid = short("prepaid-contract").plan.prepayment
    assert paid is not None
    assert (paid.contract, paid.credited_from, paid.credited_periods, paid.amount) == ("offtake", 15, 12, 970e6)


def test_series_of_operation_stand_on_the_calendar():
    plan = read_site_case(ROOT / "tests" / "site" / "whole-site.yaml").plan
    assert plan.market.utilisation.by_period == (0.5, 0.5, 0.5, 0.6, 0.7, 0.7, 0.7, 0.75, 0.75, 0.75)


def test_inputs_keep_the_words_of_the_file_and_errors_find_them():
    case = short("neocloud-100mw-gb300")
    assert case.inputs["site.it_mw"].author == "overbuild"
    assert case.inputs["offtake.price_per_gpu_hour"].origin == "fact"
    assert case.written.of("phases.site.cod") == "site.construction_periods"
    assert case.written.of("loans.gpu.maturity") == "loans.gpu.tenor"
    assert case.written.of("tests.2.level") == "waterfall.default_dscr"


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_number_of_the_plan_is_found_in_the_file(path):
    """Every number that is not a default stands where `written` says, or in the block that it says."""
    case = read_site_case(path)
    known = set(case.inputs) | set(case.places)
    missing = [one for one in changed(case.plan, plans.SitePlan) if case.written.of(one) not in known]
    assert missing == []


def changed(record, kind, path=""):
    """Paths of the leaves of a record that differ from their defaults."""
    defaults = kind._field_defaults
    for name, field in fields_of(kind).items():
        value, where = getattr(record, name), f"{path}.{name}" if path else name
        if value is None or (name in defaults and value == defaults[name]):
            continue
        if not field.is_record:
            yield from [where] if field.kind in (int, float) else []
        elif field.many:
            for place, one in enumerate(value, 1):
                yield from changed(one, field.kind, f"{where}.{getattr(one, 'name', place)}")
        else:
            yield from changed(value, field.kind, where)


def test_what_has_no_counterpart_is_said_where_it_stands():
    with pytest.raises(OverbuildError) as found:
        short("single-loan-80-20", "loans.senior.draws=[0, 1e9, 1e9]")
    assert found.value.path == "loans.senior.draws" and "give the commitment as amount" in found.value.hint


@pytest.mark.parametrize(
    ("name", "cover"),
    [("single-loan-80-20", 0.797971369464), ("stargate-1gw", 1.464725980787), ("merchant-gpu-cloud", 2.0)],
)
def test_a_short_form_has_the_cover_that_its_site_had(name, cover):
    """The least cover of these sites as the model of one hall computed it, before there were phases."""
    least = run_site(short(name).plan).min_dscr
    assert least is not None and least == pytest.approx(cover, rel=1e-11)
