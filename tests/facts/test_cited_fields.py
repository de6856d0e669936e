"""What a citing key stands for: an observation, a row of a typed table, one field of it."""

from __future__ import annotations

import math

import pytest

from overbuild.errors import FactError
from overbuild.facts.cited_fields import cited_field, cited_fields, every_key, fields_of, unit_of
from overbuild.facts.store import load_ledger
from overbuild.facts.typed_tables import TABLES, keyed_rows, typed_rows
from overbuild.units import UNITS


@pytest.mark.parametrize(
    ("key", "number", "unit", "printed", "printed_unit"),
    [
        ("deals.iren_gpu_notes", 2.1e9, "USD", "2.1", "USD_bn"),
        ("deals.iren_gpu_notes.amount_usd_bn", 2.1e9, "USD", "2.1", "USD_bn"),
        ("fact:deals.iren_gpu_notes.coupon_pct", 0.0596, "decimal", "5.96", "pct"),
        ("deals.iren_gpu_ddtl.spread_bp", 0.0225, "decimal", "225", "bp"),
        ("deals.polaris_forge_1_notes.lease_years", 15, "years", "15", "years"),
        ("accelerators.h100_80gb_sxm5.tdp_w", 0.0007, "MW", "700", "W"),
        ("accelerators.h100_80gb_sxm5.rack_kw", 0.0102, "MW", "10.2", "kW"),
        ("accelerators.h100_80gb_sxm5.unit_price_usd_low", 25000, "USD", "25000", "USD"),
        ("site_costs.pue_applied_digital_polaris_forge.value_central", 1.18, "ratio", "1.18", "ratio"),
        ("published_analyses.sequoia_2024_600b", 600, "USD_bn", "600", "USD_bn"),
    ],
)
def test_a_field_is_its_number_in_the_unit_used_inside(key, number, unit, printed, printed_unit):
    found = cited_field(key)
    assert found.number == pytest.approx(number, rel=1e-12)
    assert (found.unit, found.printed, found.printed_unit, found.text) == (unit, printed, printed_unit, "")


def test_words_are_shown_and_never_a_number():
    found = cited_field("deals.iren_gpu_notes.dscr_covenant")
    assert (found.number, found.text, found.unit) == (None, "at least 1.05:1.00", "text")
    assert cited_field("deals.iren_gpu_notes.tenor_years").number is None


def test_a_row_of_costs_brings_its_range():
    found = cited_field("site_costs.all_in_capex_per_gw_nvidia_q2_fy26_call")
    assert (found.low, found.number, found.high) == (50e6, 55e6, 60e6)
    assert found.unit == "USD_per_MW"


def test_an_observation_is_found_by_its_key():
    fact = next(one for one in load_ledger().facts if one.entity == "MSFT" and one.metric == "capex")
    found = cited_field(f"fact:{fact.key}")
    assert (found.number, found.unit, found.source) == (fact.value_in_base_unit, "USD", fact.source)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("deals.iren_gpu_note", "Did you mean deals.iren_gpu_notes"),
        ("deals.iren_gpu_notes.coupn_pct", "Did you mean coupon_pct"),
        ("deals.iren_gpu_notes.spread_bp", "the row says nothing there"),
        ("deals.iren_gpu_notes.source", "has no field source"),
        ("deals.", "no such fact"),
        ("MSFT.capex", "no such fact"),
    ],
)
def test_a_key_that_names_nothing_is_refused_with_close_ones(key, words):
    with pytest.raises(FactError, match=words):
        cited_field(key)
    assert cited_fields([key]) == {}


def test_every_row_and_field_of_every_typed_table_can_be_cited():
    keys = [key for name, row in keyed_rows().items() for key in (name, *(f"{name}.{one}" for one in fields_of(row)))]
    found = cited_fields(keys)
    assert list(found) == keys
    for one in found.values():
        assert one.number is None or math.isfinite(one.number)


def test_every_number_of_every_typed_table_has_a_unit():
    for table in TABLES:
        for row in typed_rows(table.name):
            for column in table.numbers:
                unit = unit_of(table, row, column)
                assert unit if table.any_unit else unit in UNITS, f"{table.name}.{row.cells['id']}.{column}"


def test_keys_of_both_kinds_are_known_and_no_key_names_two_things():
    keys = every_key()
    assert {"deals.iren_gpu_notes", "site_costs.pue_applied_digital_polaris_forge"} <= set(keys)
    assert not set(keyed_rows()) & {fact.key for fact in load_ledger().facts}
