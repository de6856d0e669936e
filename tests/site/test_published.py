"""Published figures of a case file: read in both forms, their faults located, their measures by hand, outside the model."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from overbuild.errors import OverbuildError
from overbuild.questions.check import all_faults, check
from overbuild.questions.site.published import nearness, published_note, published_table
from overbuild.site.case.migration.migrate import migrated
from overbuild.site.case.plan import OfftakeContract, OfftakerPrepayment, ShellLease
from overbuild.site.case.plan import Path as Price
from overbuild.site.case.published.published_faults import published_faults
from overbuild.site.case.published.published_plan import MEASURES, PublishedFigure, PublishedMeasure
from overbuild.site.case.read import read_site_case
from overbuild.site.case_run import run_case
from overbuild.site.examples import PLAN, RUN
from overbuild.site.published.beside import beside_published
from overbuild.site.run import run_site
from overbuild.world.presets import preset_text

FORMS = ("prepaid-contract", "ddtl-neocloud")
"""A preset in the short form and one with phases."""


def text_of(name, *figures):
    plain = preset_text(name).partition("\npublished:\n")[0] + "\n"
    return plain + ("published:\n" + "".join(f"  - {one}\n" for one in figures) if figures else "")


def written(tmp_path, name, *figures):
    path = tmp_path / "my.yaml"
    path.write_text(text_of(name, *figures), "utf-8")
    return path


def faults_of(tmp_path, name, *figures):
    path = written(tmp_path, name, *figures)
    with pytest.raises(OverbuildError) as found:
        read_site_case(path)
    lines = path.read_text("utf-8").splitlines()
    return [(one.path, one.code, lines[one.line - 1][one.column - 1 :]) for one in all_faults(found.value)]


def here(figure, run=RUN):
    (found,) = beside_published([figure], run)
    return found.here


@pytest.mark.parametrize("name", FORMS)
def test_both_forms_have_the_block_and_no_number_of_the_run_moves(name, tmp_path):
    figures = (
        "{name: loan, measure: debt, value: {value: 3.65e+9, fact: deals.iren_gpu_facility.amount_usd_bn}, share: 0.5}",
        '{name: rate, measure: rate, value: {value: 0.059, fact: deals.coreweave_ddtl_4_0.coupon_pct}, says: "Floating."}',
    )
    bare = run_case(written(tmp_path, name))
    case = run_case(written(tmp_path, name, *figures))
    assert [one.name for one in case.sized.published] == ["loan", "rate"]
    assert case.sized.published[0] == PublishedFigure("loan", "debt", 3.65e9, share=0.5)
    assert bare.sized.published == () and published_table(bare) == () and published_note(bare) == ()
    assert case.sized.plan == bare.sized.plan and case.sized.form.record == bare.sized.form.record
    assert case.run.rows == bare.run.rows and case.results == bare.results


@pytest.mark.parametrize("name", FORMS)
def test_a_figure_that_is_not_what_it_cites_is_located(name, tmp_path):
    wrong = "{name: loan, measure: debt, value: {value: 3.55e+9, fact: deals.iren_gpu_facility.amount_usd_bn}}"
    ((path, code, place),) = faults_of(tmp_path, name, wrong)
    assert (path, code) == ("published.loan.value", "differs")
    assert place.startswith("3.55e+9, fact")


def test_a_figure_in_the_unit_of_another_measure_is_located(tmp_path):
    wrong = "{name: loan, measure: gpus, value: {value: 3.65e+9, fact: deals.iren_gpu_facility.amount_usd_bn}}"
    ((path, code, _),) = faults_of(tmp_path, "ddtl-neocloud", wrong)
    assert (path, code) == ("published.loan.value", "differs")


FAULTS = {
    "{name: a, measure: debts, value: 8.5e+9}": ("published.a.measure", "unknown_name", "debts"),
    "{name: a, value: 8.5e+9}": ("published.a.measure", "missing", "{name: a"),
    "{name: a, measure: debt}": ("published.a.value", "missing", "{name: a"),
    "{name: a, measure: debt, value: 8.5e+9, of: draw_4}": ("published.a.of", "unknown_name", "draw_4"),
    "{name: a, measure: it_mw, value: 400, of: draw_1}": ("published.a.of", "unknown_name", "draw_1"),
    "{name: a, measure: ebitda_margin, value: 0.8, of: hall_1}": ("published.a.of", "bad_value", "hall_1"),
    "{name: a, measure: tenor_years, value: 5}": ("published.a.of", "missing", "{name: a"),
    "{name: a, measure: prepayment, value: 1.0e+9}": ("published.a.measure", "bad_value", "prepayment"),
    "{name: a, measure: lease_payment_per_year, value: 1.0e+8}": ("published.a.measure", "bad_value", "lease_pay"),
    "{name: a, measure: rent_per_kw_month, value: 150}": ("published.a.measure", "bad_value", "rent_per"),
    "{name: a, measure: hall_cost, value: 1.0e+9}": ("published.a.measure", "bad_value", "hall_cost"),
    "{name: a, measure: debt, value: 8.5e+9, share: 0}": ("published.a.share", "bad_value", "0}"),
    "{name: a, measure: debt, value: 8.5e+9, share: 2}": ("published.a.share", "share_out_of_range", "2}"),
    "{name: a, measure: rate, value: 0.06, share: 0.5}": ("published.a.share", "bad_value", "0.5}"),
    "{name: a, measure: debt, value: 0}": ("published.a.value", "bad_value", "0}"),
    "{name: a, measure: debt, value: -1.0e+9}": ("published.a.value", "negative", "-1.0e+9"),
    "{name: a, measure: debt, value: 8.5e+9, part: 1}": ("published.a.part", "unknown_name", "1}"),
}


@pytest.mark.parametrize("figure", FAULTS)
def test_what_the_plan_cannot_have_is_one_located_fault(figure, tmp_path):
    ((path, code, place),) = faults_of(tmp_path, "ddtl-neocloud", figure)
    wanted_path, wanted_code, begins = FAULTS[figure]
    assert (path, code) == (wanted_path, wanted_code)
    assert place.startswith(begins)


def test_a_name_that_occurs_twice_and_a_block_that_is_no_list_are_faults(tmp_path):
    one = "{name: a, measure: debt, value: 8.5e+9}"
    assert [fault[1] for fault in faults_of(tmp_path, "ddtl-neocloud", one, one)] == ["duplicate"]
    path = tmp_path / "block.yaml"
    path.write_text(text_of("ddtl-neocloud") + "published: {name: a}\n", "utf-8")
    with pytest.raises(OverbuildError, match="a list of blocks is needed: published: "):
        read_site_case(path)


def test_every_measure_is_computed_and_has_a_unit():
    assert set(get_args(PublishedMeasure)) == set(MEASURES)
    for name in MEASURES:
        of = "lab" if name == "tenor_years" else ""
        figure = PublishedFigure("one", name, 1.0, of=of)
        if not [*published_faults([figure], PLAN)]:
            assert here(figure) >= 0.0


BY_HAND = {
    "contract_value": 100_000 * 8760 * 0.5 * 5,
    "contract_value_per_year": 100_000 * 8760 * 0.5,
    "contract_value_per_mw_year": 1000 * 8760 * 0.5,
    "contract_value_per_gpu": 8760 * 0.5 * 5,
    "price_per_gpu_hour": 0.5,
    "it_mw": 100.0,
    "site_mw": 100.0,
    "gpus": 100_000.0,
    "gpu_cost": 600e6,
    "gpu_cost_per_mw": 6e6,
    "hall_cost": 400e6,
    "hall_cost_per_site_mw": 4e6,
    "capex": 1000e6,
    "capex_per_mw": 10e6,
    "opex_per_mw_year": 1e6,
    "power_cost_per_mw_year": 0.0,
    "ebitda_margin": (438.0 - 100.0) / 438.0,
    "debt": 600e6,
    "debt_share": 0.6,
    "debt_to_cost": 0.6,
    "rate": 0.1,
    "dscr_covenant": 1.2,
}


@pytest.mark.parametrize("measure", BY_HAND)
def test_a_measure_by_hand(measure):
    assert here(PublishedFigure("one", measure, 1.0)) == pytest.approx(BY_HAND[measure], rel=1e-12)


def test_a_measure_of_one_of_several_parts():
    other = OfftakeContract("other", share=0.25, tenor=2, price=Price(value=0.8))
    lab = PLAN.contracts[0]._replace(share=0.75)
    run = run_site(PLAN._replace(contracts=(lab, other._replace(take_or_pay=1.0))))
    assert here(PublishedFigure("all", "price_per_gpu_hour", 1.0), run) == pytest.approx(0.75 * 0.5 + 0.25 * 0.8)
    assert here(PublishedFigure("one", "price_per_gpu_hour", 1.0, of="other"), run) == 0.8
    assert here(PublishedFigure("one", "contract_value", 1.0, of="other"), run) == pytest.approx(25e3 * 8760 * 0.8 * 2)
    both = here(PublishedFigure("hall", "contract_value", 1.0, of="hall"), run)
    assert both == pytest.approx(25e3 * 8760 * 0.8 * 2 + 75e3 * 8760 * 0.5 * 5)
    assert here(PublishedFigure("one", "contract_value_per_gpu", 1.0, of="other"), run) == pytest.approx(8760 * 0.8 * 2)


def test_renewals_are_in_no_published_value_unless_they_are_named():
    lab = PLAN.contracts[0]._replace(tenor=2)
    again = lab._replace(name="again", follows="lab", tenor=3)
    run = run_site(PLAN._replace(contracts=(lab, again)))
    assert here(PublishedFigure("value", "contract_value", 1.0), run) == pytest.approx(2 * 438e6)
    assert here(PublishedFigure("value", "contract_value", 1.0, of="again"), run) == pytest.approx(3 * 438e6)


def test_prepayment_lease_and_repayment_by_hand():
    plan = PLAN._replace(
        prepayment=OfftakerPrepayment("lab", 50e6, (1.0,), credited_from=2, credited_periods=2),
        lease=ShellLease(payment_per_year=10e6, rate_per_year=0.08),
    )
    run = run_site(plan)
    assert here(PublishedFigure("paid", "prepayment", 1.0), run) == 50e6
    assert here(PublishedFigure("rent", "lease_payment_per_year", 1.0), run) == 10e6
    assert here(PublishedFigure("term", "tenor_years", 1.0, of="senior"), run) == 4.0


def test_a_part_of_an_amount_and_the_sentence():
    figures = (
        PublishedFigure("loan", "debt", 1.2e9, share=0.5),
        PublishedFigure("rate", "rate", 0.08, says="Ours is of a later day."),
        PublishedFigure("it_load", "it_mw", 120.0),
    )
    found = beside_published(figures, RUN)
    assert [round(one.difference, 9) for one in found] == [0.0, 0.25, round(-1 / 6, 9)]
    assert nearness(found) == (
        "Of 3 published figures 1 is met within 2%; rate is 25% higher (Ours is of a later day); "
        "it load is 17% lower, which the case does not explain."
    )
    assert nearness(found[:1]) == "The published figure is met within 2%."


def test_published_figures_are_counted_apart_from_the_inputs(tmp_path):
    figure = (
        "{name: loan, measure: debt, value: {value: 3.65e+9, fact: deals.iren_gpu_facility.amount_usd_bn}, share: 0.5}"
    )
    bare = check(written(tmp_path, "prepaid-contract"))
    found = check(written(tmp_path, "prepaid-contract", figure, "{name: mine, measure: it_mw, value: 100}"))
    assert bare.values["published"] == 0 and found.values["published"] == 2
    assert {**found.values, "published": 0} == bare.values
    assert found.headline.text == (
        f"{bare.headline.text} 2 published figures of the deal: 1 from facts; `site` sets them beside the case."
    )
    assert found.assumptions == bare.assumptions


def test_a_case_rewritten_in_the_general_form_keeps_what_is_published(tmp_path):
    found = migrated(Path("preset:prepaid-contract"))
    assert found.case.published and "# What is published of the deal" in found.text
    path = tmp_path / "general.yaml"
    path.write_text(found.text, "utf-8")
    again = read_site_case(path)
    assert again.published == found.case.published
    held = {name: one.facts for name, one in found.case.inputs.items() if name not in found.case.used}
    assert held and {name: one.facts for name, one in again.inputs.items() if name not in again.used} == held
    assert set(held) <= {one.old for one in found.changes if one.old == one.new}
