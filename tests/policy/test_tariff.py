"""A large load under a tariff: worked numbers, who pays by what becomes of it, identities, properties, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.audit.book.case_book import case_book
from overbuild.audit.case_kinds import EXPLAINED
from overbuild.audit.tree.case_tree import case_why
from overbuild.equations.model import programs_of
from overbuild.equations.reading.line_table import line_rows, row_of
from overbuild.errors import CaseError, InputErrors
from overbuild.policy.tariff.case import years_of
from overbuild.policy.tariff.deal_run import model_of_plan, run_deal
from overbuild.policy.tariff.examples import BUILT, LOAD, SHARING, TARIFF
from overbuild.policy.tariff.faults import TARIFFS
from overbuild.policy.tariff.model import tariff_model
from overbuild.policy.tariff.tariff_run import run_tariff
from overbuild.policy.tariff.yearly.year import DealTerms
from overbuild.timeline.compiled_run import run_compiled
from overbuild.world.case_record import case_of, read_case
from overbuild.world.overlay import overlay_of
from overbuild.world.presets import preset_text, presets
from overbuild.world.tree import read_tree

NAMES = sorted(presets("tariffs"))


def plan_of(name, *sets):
    return read_case(Path(f"preset:{name}"), TARIFFS, [overlay_of(text) for text in sets]).record


def deal(load=LOAD, tariff=TARIFF, built=BUILT, sharing=SHARING, years=40):
    rows = run_compiled(tariff_model(DealTerms(load, tariff, built, sharing), years)).rows
    return rows["years"], {name: float(row[0]) for name, row in rows["results"].items()}


@pytest.mark.parametrize(("take", "bill"), [(0.6, 26.8), (0.9, 40.2), (1.0, 44.7)])
def test_the_worked_example_of_500_mw_is_billed_as_it_was_printed(take, bill):
    run = run_deal(plan_of("aep-ohio-rider-2024", f"tariff.delivery.min_take={take}"))
    assert round(run.lines["charged.delivery"][0] / 1e6, 1) == bill
    assert round(run.totals["minimum_bill"] / 1e6, 1) == bill
    assert run.lines["delivery.billed_mw"][0] == pytest.approx(500.0 * take)


def test_after_the_term_what_is_metered_is_billed():
    run = run_deal(plan_of("aep-ohio-rider-2024"))
    assert run.lines["delivery.billed_mw"][:3] == pytest.approx([300.0, 250.0, 250.0])


def test_capital_is_recovered_in_full_whatever_the_lives():
    for name in NAMES:
        totals = run_deal(plan_of(name)).totals
        assert abs(totals["capital_unrecovered"]) < 1e-6 * totals["capital_committed"]


@pytest.mark.parametrize("name", NAMES)
def test_what_serving_costs_is_paid_by_the_load_by_others_and_by_owners(name):
    for one in run_tariff(Path(f"preset:{name}")).stories:
        totals, lines = one.run.totals, one.run.lines
        parts = totals["revenue_paid"] + totals["others_worse_off"] + totals["owners_worse_off"]
        assert parts == pytest.approx(totals["revenue_required"], rel=1e-9)
        classes = [one.name for one in one.run.plan.allocation.classes]
        assert sum(totals[f"{each}.worse_off"] for each in classes) == pytest.approx(totals["others_worse_off"])
        due = [sum(lines[f"fee.{part}"][place] for part in ("from_collateral", "beyond", "unpaid"))
               for place in range(len(lines["fee.due"]))]  # fmt: skip
        assert due == pytest.approx(lines["fee.due"], abs=1e-3)


def test_a_load_that_leaves_in_year_6_owes_three_years_of_minimum_charges_in_that_year():
    rows, totals = deal(LOAD._replace(leaves_after_years=5.0, paid_beyond_collateral=0.5))
    assert rows["metered_mw"][4] == 500.0 and rows["metered_mw"][5] == 0.0
    assert [place for place, due in enumerate(rows["fee.due"]) if due] == [5]
    assert rows["fee.due"][5] == pytest.approx(3 * 26_812_800.0)
    assert rows["fee.from_collateral"][5] == pytest.approx(26_812_800.0)
    assert totals["exit_fee.unpaid_in_all"] == pytest.approx(26_812_800.0)


def test_a_load_that_leaves_a_year_before_its_term_owes_that_year_alone():
    rows, _ = deal(LOAD._replace(leaves_after_years=11.0, paid_beyond_collateral=1.0))
    assert sum(rows["fee.due"]) == pytest.approx(26_812_800.0)
    rows, _ = deal(LOAD._replace(leaves_after_years=12.0))
    assert sum(rows["fee.due"]) == 0.0


def test_a_load_that_never_comes_pays_its_minimum_and_no_more():
    rows, _ = deal(LOAD._replace(arrives_share=0.0))
    assert rows["charged.delivery"] == pytest.approx([26_812_800.0] * 12 + [0.0] * 28)


def test_others_gain_when_the_load_pays_more_than_it_costs_and_lose_when_it_pays_less():
    _, cheap = deal()
    _, dear = deal(built=BUILT._replace(network=800e6))
    assert cheap["others_worse_off"] < 0.0 < dear["others_worse_off"]
    assert cheap["dilution_benefit"] == -cheap["others_worse_off"] and dear["dilution_benefit"] == 0.0


def test_what_others_take_up_is_no_cost_of_the_load():
    gone = LOAD._replace(leaves_after_years=5.0)
    rows, _ = deal(gone, built=BUILT._replace(uptake_per_year=0.1))
    assert rows["taken_up_share"][4:16] == pytest.approx([0.0, *(n / 10 for n in range(1, 11)), 1.0])
    assert rows["cost_to_serve"][14:] == pytest.approx([0.0] * 26, abs=1e-3)


def test_own_capacity_and_a_duty_to_curtail_shrink_what_is_built_and_bought():
    built = BUILT._replace(generation=400e6, generation_mw=400.0, capacity_price=5.0)
    asked = TARIFF._replace(own_capacity_share=0.5, curtailable_share=0.2)
    rows, _ = deal(tariff=asked, built=built)
    assert rows["committed_generation"][0] == pytest.approx(160e6)
    assert rows["capacity_short_mw"][0] == pytest.approx(500.0 * 0.4 - 400.0 * 0.4)


def test_money_in_other_units_scales_money_and_nothing_else():
    k = 7.0
    tariff = TARIFF._replace(delivery=TARIFF.delivery._replace(charge=TARIFF.delivery.charge * k))
    built = BUILT._replace(direct=BUILT.direct * k, network=BUILT.network * k)
    load = LOAD._replace(leaves_after_years=6.0, paid_beyond_collateral=0.3)
    _, base = deal(load)
    _, scaled = deal(load, tariff, built)
    for name, amount in base.items():
        assert scaled[name] == pytest.approx(amount * k, abs=1e-3), name


_SHARES = st.floats(0.0, 1.0)


@settings(max_examples=40, deadline=None)
@given(
    take=_SHARES,
    more=_SHARES,
    arrives=_SHARES,
    late=st.floats(0.0, 6.0),
    leaves=st.floats(0.0, 40.0),
    fee=st.floats(0.0, 12.0),
)
def test_a_harder_rule_never_leaves_others_worse_off(take, more, arrives, late, leaves, fee):
    load = LOAD._replace(arrives_share=arrives, late_years=late, leaves_after_years=leaves, paid_beyond_collateral=0.4)
    soft = TARIFF._replace(delivery=TARIFF.delivery._replace(min_take=take), exit_fee_years=fee)
    hard = soft._replace(delivery=soft.delivery._replace(min_take=take + (1.0 - take) * more))
    dearer = soft._replace(exit_fee_years=fee + (12.0 - fee) * more)
    secured = soft._replace(collateral_per_mw=1e6 * more)
    _, before = deal(load, soft)
    for rule in (hard, dearer, secured):
        assert deal(load, rule)[1]["others_worse_off"] <= before["others_worse_off"] + 1e-3


@settings(max_examples=25, deadline=None)
@given(late=st.floats(0.0, 8.0), leaves=st.floats(0.5, 39.0))
def test_nothing_jumps_as_a_load_comes_later_or_leaves_earlier(late, leaves):
    load = LOAD._replace(late_years=late, leaves_after_years=leaves, use_by_year=(0.4, 0.7, 1.0))
    base = deal(load)[1]["others_worse_off"]
    for step in (1e-6, -1e-6):
        near = load._replace(late_years=max(late + step, 0.0), leaves_after_years=leaves + step)
        assert abs(deal(near)[1]["others_worse_off"] - base) < 1e4


def test_every_line_has_a_row_and_every_row_of_the_room_is_a_line():
    model = tariff_model(DealTerms(LOAD, TARIFF, BUILT, SHARING), 3)
    lines = {line for program in programs_of(model).values() for line in program.lines}
    assert [line for line in lines if row_of(line) is None] == []
    assert {row_of(line).name for line in lines} == {row.name for row in line_rows() if row.room == "tariff"}


@pytest.mark.parametrize("name", NAMES)
def test_every_tariff_that_ships_says_where_each_of_its_numbers_comes_from(name):
    case = read_case(Path(f"preset:{name}"), TARIFFS)
    bare = {path for path, one in case.inputs.items() if one.origin == "case" and isinstance(one.value, int | float)}
    assert bare == set()
    header = preset_text(name, "tariffs").splitlines()
    assert any(line.startswith("# Disclosed: ") for line in header)
    assert any(line.startswith("# Assumed: ") for line in header)


def test_the_book_follows_every_number_but_the_first_year_and_the_longer_life():
    explained = EXPLAINED["tariff"].explain(Path("preset:aep-ohio"), (), None)
    book = case_book(explained, axis="Year")
    assert {row.id for row in book.inputs if not row.follows} == {
        "starts",
        "utility.network_life_years",
        "allocation.basis",
    }
    assert {row.id for row in book.results} >= {"others_worse_off", "household_month", "minimum_bill"}


def test_a_bill_is_followed_down_to_the_page_of_the_schedule():
    explained = EXPLAINED["tariff"].explain(Path("preset:aep-ohio"), (), None)
    found, waiting = set(), [case_why(explained, "delivery.billed_mw@2030", 2)]
    while waiting:
        one = waiting.pop()
        found.add(one.id)
        waiting += one.below
    assert "fact:AEP_OHIO_DCT.minimum_take@2025-07-23#aepohio-2025-schedule-dct" in found


@pytest.mark.parametrize(
    ("sets", "path", "said"),
    [
        (("tariff.delivery.min_take=60",), "tariff.delivery.min_take", "did you mean 0.6?"),
        (("tariff.delivery.charge=7448",), "tariff.delivery.charge", "did you mean 7.448 or 74.48?"),
        (("tariff.term_years=144",), "tariff.term_years", "did you mean 12?"),
        (("tariff.term_years=0",), "tariff.term_years", "lies between 1 and 60"),
        (("tariff.term_years=3",), "tariff.ramp", "a ramp of 4 years is longer than the term of 3"),
        (("load.contract_mw=0.5",), "load.contract_mw", "did you mean 500 MW (GW written for MW)?"),
        (("load.contract_mw=500000",), "load.contract_mw", "did you mean 500 MW (kW written for MW)?"),
        (("load.contract_mw=5",), "load.contract_mw", "did you mean 5,000 MW (GW written for MW)?"),
        (("load.paid_beyond_collateral=null",), "load.paid_beyond_collateral", "the exit fee comes to 114.0m USD"),
        (("tariff.exit_fee_years=15",), "tariff.exit_fee_years", "longer than the term of 12"),
        (("utility.network_capex=270",), "utility.network_capex", "capital in USD"),
        (("utility.generation_capex=1e8",), "utility.generation_mw", "generation has capital and MW, or neither"),
        (("allocation.classes.residential.share=0.5",), "allocation.classes", "add up to 1.07"),
        (("allocation.shortfall_to_others=-1",), "allocation.shortfall_to_others", "did you mean 1?"),
        (("load.leaves_after_years=-5",), "load.leaves_after_years", "did you mean 5?"),
    ],
)
def test_a_case_that_cannot_be_is_refused_with_its_place(sets, path, said):
    with pytest.raises(CaseError) as error:
        plan_of("aep-ohio", *sets)
    assert error.value.path == path and said in error.value.hint


def test_collateral_that_covers_the_exit_fee_needs_nobody_beside_it():
    sets = ("load.paid_beyond_collateral=null", "tariff.term_years=12", "tariff.exit_fee_years=3")
    plan = plan_of("aep-ohio-rider-2024", *sets, "tariff.collateral_bill_years=3")
    gone = run_deal(plan._replace(load=plan.load._replace(leaves_after_years=5.0)))
    assert plan.load.paid_beyond_collateral is None and gone.totals["exit_fee.unpaid_in_all"] == 0.0


def test_all_faults_are_told_at_once_each_with_its_line():
    text = preset_text("aep-ohio", "tariffs").replace("contract_mw:", "contract_gw:").replace("term_years:", "term:")
    with pytest.raises(InputErrors) as error:
        case_of(read_tree(text, "mine.yaml"), TARIFFS)
    assert {one.path for one in error.value.errors} >= {
        "load.contract_gw",
        "load.contract_mw",
        "tariff.term",
        "tariff.term_years",
    }
    assert all(one.line for one in error.value.errors)


def test_the_years_looked_at_are_those_of_the_longer_life():
    plan = plan_of("aep-ohio", "utility.generation_life_years=45")
    assert years_of(plan) == 45 and len(model_of_plan(plan).stage("years").columns.number) == 45
