"""A number of a case agrees with what it cites, is derived from printed figures, or differs: then it is a fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.errors import OverbuildError
from overbuild.questions.check import all_faults, check
from overbuild.questions.compare import compare
from overbuild.questions.export import site_book
from overbuild.questions.site import site
from overbuild.questions.why import why
from overbuild.site.case.read import read_site_case, site_case
from overbuild.world.presets import preset_text, site_presets
from overbuild.world.provenance.derivation import Derivation, derive
from overbuild.world.provenance.documents import names_a_document
from overbuild.world.provenance.figures import KnownFigures
from overbuild.world.provenance.measure import measure_of
from overbuild.world.tree import read_tree

NAME = "single-loan-80-20"
LINES = preset_text(NAME)
KNOWN = KnownFigures()
PRICE = {
    "amount": "deals.iren_microsoft.amount_usd_bn",
    "years": "deals.iren_microsoft.tenor_years",
    "gpus": "IREN-Microsoft.gpus#getquin-2025-iren-deal",
}
PAGE = "H100 SXM.residual_range_10_15_of_new_at_60m@2026-01-08#v2pseo-2026-fast-h100"


def with_block(name, block):
    """The preset with another value and origin for one of its numbers, as a text."""
    changed, count = re.subn(rf"(?m)^(\s+{name}:) .*", lambda found: f"{found[1]} {block}", LINES, count=1)
    assert count == 1
    return changed


def read(name, block):
    return site_case(read_tree(with_block(name, block), "my.yaml"))


def agreement(name, block):
    (one,) = [one for one in read(name, block).agreements if one.path.endswith(f".{name}")]
    return one


def told(name, block):
    with pytest.raises(OverbuildError) as found:
        read(name, block)
    (fault,) = all_faults(found.value)
    return fault


@pytest.mark.parametrize(
    ("name", "block", "verdict"),
    [
        ("pue", "{value: 1.18, fact: site_costs.pue_applied_digital_polaris_forge}", "agrees"),
        ("pue", "{value: 1.18, fact: site_costs.pue_applied_digital_polaris_forge.value_high}", "agrees"),
        ("price_per_mwh", "{value: 65, fact: site_costs.power_all_in_us_ai_data_centres}", "agrees"),
        ("price_per_mwh", "{value: 70, fact: site_costs.power_all_in_us_ai_data_centres, reason: Ours., author: me}", "within"),
        ("tenor", "{value: 20, fact: deals.iren_microsoft.tenor_years}", "agrees"),
        ("kw_per_gpu", "{value: 2.63, fact: site_costs.gb300_gpus_per_mw_iren_76_000_gb300_in}", "agrees"),
        ("rate_per_year", "{value: 0.0596, fact: deals.iren_gpu_notes.coupon_pct}", "agrees"),
        ("rate_per_year", "{value: 0.0596, fact: deals.iren_gpu_notes}", "agrees"),
        ("default_dscr", "{value: 1.05, fact: deals.iren_gpu_notes}", "agrees"),
        ("commitment_fee_per_year", "{value: 0.004, fact: deals.iren_gpu_ddtl}", "agrees"),
        ("rate_per_year", "{value: 0.09, fact: deals.coreweave_2030_notes.rate_or_spread, reason: Less., author: me}", "words"),
        ("staff_per_year", '{derive: "people * pay", from: {people: 100, pay: 180 USD_k_per_year}, reason: x, author: me}', "derived"),
    ],
)  # fmt: skip
def test_a_number_stands_to_what_it_cites(name, block, verdict):
    assert agreement(name, block).verdict == verdict


@pytest.mark.parametrize(
    ("name", "block", "words"),
    [
        ("pue", "{value: 1.26, fact: site_costs.pue_applied_digital_polaris_forge}", "prints 1.18 ratio, and the value is 0.08 more"),
        ("price_per_mwh", "{value: 70, fact: site_costs.power_all_in_us_ai_data_centres}", "lies inside the range and is neither"),
        ("price_per_mwh", "{value: 99, fact: site_costs.power_all_in_us_ai_data_centres, reason: x, author: me}", "9 more"),
        ("tenor", "{value: 24, fact: deals.iren_microsoft.tenor_years}", "which is 20 periods, and the value is 4 more"),
        ("default_dscr", "{value: 1.14, fact: deals.iren_gpu_notes, reason: Least cover.}", "which is money, and the value is a pure"),
        ("commitment_fee_per_year", "{value: 0.005, fact: deals.iren_gpu_ddtl, reason: x, author: me}", "prints 1.5 USD_bn"),
        ("rate_per_year", "{value: 0.09, fact: deals.coreweave_2030_notes.rate_or_spread}", "a number cannot agree with words"),
    ],
)  # fmt: skip
def test_a_number_that_differs_is_a_fault_that_says_by_how_much(name, block, words):
    fault = told(name, block)
    assert fault.code == "differs" and words in fault.hint and fault.line and fault.column
    assert fault.exit_code == 2


def test_a_whole_row_is_read_as_the_figure_that_agrees_and_said():
    found = read("rate_per_year", "{value: 0.0596, fact: deals.iren_gpu_notes}")
    assert found.inputs["loans.senior.rate_per_year"].fact == "deals.iren_gpu_notes.coupon_pct"
    assert "names a whole row" in next(one.note for one in found.agreements if one.path == "loans.senior.rate_per_year")


@pytest.mark.parametrize("digits", ["2.9", "2.91", "2.914"])
def test_a_derived_number_may_be_rounded_as_it_is_written(digits):
    block = f'{{value: {digits}, derive: "amount / years / gpus", from: {{{", ".join(f"{k}: {v!r}" for k, v in PRICE.items())}}}}}'
    assert agreement("price_per_gpu_hour", block).verdict == "derived"


def test_a_derived_number_need_not_be_written():
    block = '{derive: "amount / years / gpus", from: {amount: 9.7 USD_bn, years: 5 years, gpus: 76000 count}}'
    assert read("price_per_gpu_hour", block).plan.contracts[0].price.value == pytest.approx(2.914, abs=1e-3)
    assert (
        read("tenor", '{derive: "years", from: {years: deals.iren_microsoft.tenor_years}}').plan.contracts[0].tenor
        == 20
    )


@given(scale=st.sampled_from([("9.7 USD_bn", 1.0), ("9700 USD_mn", 1.0), ("9.7e9 USD", 1.0)]), years=st.integers(1, 30))
def test_a_unit_of_another_size_changes_nothing(scale, years):
    written = {"amount": scale[0], "years": f"{years} years", "gpus": "76000 count"}
    months = {**written, "amount": "9.7 USD_bn", "years": f"{12 * years} months"}
    one, other = (derive("amount / years / gpus", each, "USD per GPU-hour", KNOWN) for each in (written, months))
    assert isinstance(one, Derivation) and isinstance(other, Derivation)
    assert one.number == pytest.approx(other.number, rel=1e-12)


@given(st.floats(1e-3, 1e3), st.sampled_from(["USD per MW", "USD_mn_per_MW", "USD_bn_per_GW", "USD per kW"]))
def test_a_figure_keeps_its_size_in_every_unit(size, unit):
    found = derive("a * b / b", {"a": f"{size!r} USD_mn_per_MW", "b": "3 years"}, unit, KNOWN)
    measure = measure_of(unit)
    assert isinstance(found, Derivation) and measure is not None
    assert found.number * measure.factor == pytest.approx(size * 1e6, rel=1e-12)


def test_units_are_checked():
    for line, operands, words in (
        ("a + b", {"a": "5 years", "b": "3 MW"}, "+ takes alike things, not time and power"),
        ("a", {"a": "5 years"}, "this gives time; money is needed"),
        ("a ** b", {"a": "5 USD", "b": "0.5"}, "a whole one where what is raised has a unit"),
        ("__import__", {}, "is not part of arithmetic"),
    ):
        found = derive(line, operands, "USD", KNOWN)
        assert isinstance(found, list) and any(words in one.hint for one in found), (line, found)


def test_plain_arithmetic_cites_nothing_and_is_no_fact():
    bare = read("staff_per_year", '{value: 18.0e+6, derive: "12.5e6 * 1.44"}')
    assert bare.inputs["costs.staff_per_year"].origin == "case"
    ours = read("staff_per_year", '{derive: "12.5e6 * 1.44", reason: A guess., author: me}')
    assert ours.inputs["costs.staff_per_year"].origin == "assumption"
    assert told("staff_per_year", '{derive: "12.5e6 * 1.44", reason: A guess.}').path.endswith(".author")


def test_a_paper_of_our_own_is_an_assumption():
    own = "site_costs.hardware_support_own_assumption_spares_plus"
    found = read("maintenance_share_per_year", f"{{value: 0.025, fact: {own}}}").inputs[
        "costs.maintenance_share_per_year"
    ]
    assert found.origin == "assumption" and found.reason
    derived = f'{{derive: "a * 1", from: {{a: {own}}}}}'
    assert read("maintenance_share_per_year", derived).inputs["costs.maintenance_share_per_year"].origin == "assumption"
    source = read("maintenance_share_per_year", "{value: 0.025, source: overbuild-2026-assumption}")
    assert source.inputs["costs.maintenance_share_per_year"].origin == "assumption"


@pytest.mark.parametrize("text", ["x", "model", "term sheet", "draws to Jun 2027", "8.5 of 9.5", "Meta order form"])
def test_a_source_that_names_no_document_is_named_and_not_counted(text, tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text(with_block("staff_per_year", f"{{value: 18.0e+6, source: {text!r}}}"))
    found = check(path)
    assert found.values["faults"] == 0
    (note,) = [note for note in found.notes if "names no document" in note]
    assert f"`source: {text}`" in note and "costs.staff_per_year" in note
    assert read_site_case(path).inputs["costs.staff_per_year"].origin == "case"


def test_a_source_is_a_known_key_or_a_title_with_a_date_or_an_address():
    for text in (
        "Term sheet of 2026-03-01, file term-sheet.pdf",
        "Bid, 2 October 2026",
        "Notice https://www.sec.gov/a",
    ):
        assert names_a_document(text, ()), text
    assert names_a_document("crusoe-2025-blue-owl", KNOWN.sources) and not names_a_document("2026-03-01", ())


def test_a_former_key_is_understood_and_said():
    block = '{value: 0.0364, fact: "rate.fed_funds_effective@2026-03-19#peersense-2026-rates-banner"}'
    assert "is called US.fed_funds_effective_rate@2026-03-19" in agreement("rate_per_year", block).note
    gone = told("pue", "{value: 1.2, fact: site_costs.gb300_capex_per_gpu_5_8bn_76_000_incl_ancillaries}")
    assert "our own arithmetic; derive it" in gone.hint


def test_whoever_reads_a_case_refuses_what_differs(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text(with_block("pue", "{value: 1.26, fact: site_costs.pue_applied_digital_polaris_forge}"))
    asked = (check, site, site_book, lambda one: compare(one, f"preset:{NAME}"), lambda one: why("site.pue", one))
    for question in asked:
        with pytest.raises(OverbuildError) as found:
            question(path)
        assert found.value.code == "differs"


def test_the_tree_of_a_derived_number_ends_at_its_documents():
    rows = why("offtake.price_per_gpu_hour", "preset:prepaid-contract").tables[0].rows
    assert str(rows[0]["formula"]).endswith("= amount / years / gpus")
    assert [row["id"] for row in rows[1:]] == [f"fact:{key}" for key in PRICE.values()]
    assert all("http" in str(row["origin"]) for row in rows[1:])


def test_the_workbook_shows_the_line_and_its_facts():
    book = site_book("preset:prepaid-contract")
    row = next(one for one in book.inputs if one.id == "offtake.price_per_gpu_hour")
    assert row.derived.startswith("amount / years / gpus; amount: 9.7 USD_bn") and set(row.fact.split("; ")) == set(
        PRICE.values()
    )
    assert set(PRICE.values()) <= {fact.id for fact in book.facts}


SHIPPED = (
    *(f"preset:{name}" for name in sorted(site_presets())),
    "examples/contracted-100mw.yaml",
    "examples/shared-60mw.yaml",
)


@pytest.mark.parametrize("case", SHIPPED)
def test_every_citation_that_ships_agrees_or_is_derived(case):
    root = Path(__file__).parents[2]
    found = read_site_case(Path(case) if case.startswith("preset:") else root / case)
    assert {one.verdict for one in found.agreements} <= {"agrees", "derived"}
    assert not [one.path for one in found.agreements if one.note]


def test_no_row_is_our_own_arithmetic():
    assert KNOWN.find(PAGE) is not None and "overbuild-2026-computed" not in KNOWN.sources


@pytest.mark.parametrize(
    "block",
    [
        "{derive: [a], from: {a: 1}}",
        "{derive: {a: b}}",
        "{derive: ''}",
        '{derive: "a", from: {a: [1]}}',
        '{derive: "a", from: {a: 1e999}}',
        '{derive: "a ** 99999", from: {a: 2}}',
        '{derive: "1 / (a - a)", from: {a: 2 USD}}',
        "{value: 1.18, derive: 1.18, fact: site_costs.pue_applied_digital_polaris_forge}",
    ],
)
def test_a_line_that_makes_no_sense_is_refused_with_its_place(block):
    fault = told("pue", block)
    assert fault.line and fault.column and fault.exit_code == 2
