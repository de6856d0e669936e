"""The sites that ship: sourced or reasoned to the last number, sound, and true to the published arithmetic."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from overbuild.facts.store import check_everything
from overbuild.facts.typed_tables import TABLES, typed_rows
from overbuild.questions.site import check, site
from overbuild.questions.site.basis import measure
from overbuild.site.case_plan import read_site_case
from overbuild.units import HOURS_PER_YEAR
from overbuild.world.known_ranges import known_ranges
from overbuild.world.site_presets import DEFAULT, preset_text, site_presets

NAMES = sorted(site_presets())
FINANCED = [name for name in NAMES if read_site_case(Path(f"preset:{name}")).plan.loans]


def plan(name):
    return read_site_case(Path(f"preset:{name}")).plan


def test_the_default_ships():
    assert DEFAULT in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_header_says_what_it_is_and_what_carries_the_shell_afterwards(name):
    text = preset_text(name)
    header = [line.removeprefix("# ") for line in text.partition("\nname:")[0].splitlines()]
    assert site_presets()[name] == header[0] and re.match(r"[\d,.]+ (MW|GW) ", header[0]) and header[0].endswith(".")
    assert f"\nname: {name}\n" in text
    after = " ".join(header).partition("After the contract: ")[2]
    assert "the price of the day" in after or "the market price of the day" in after
    assert "sold for what the books hold" in after


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_a_fact_or_a_reason_with_its_author(name):
    case = read_site_case(Path(f"preset:{name}"))
    for path, one in case.inputs.items():
        numbers = one.value if isinstance(one.value, tuple) else (one.value,)
        if isinstance(numbers[0], str):
            continue
        assert one.fact or (one.reason and one.author), path
        assert one.fact or one.author == "overbuild", path
        if one.low is not None and one.high is not None:
            assert all(one.low <= value <= one.high for value in numbers), path


@pytest.mark.parametrize("name", NAMES)
def test_it_is_sound_cites_facts_that_exist_and_stays_within_the_sources(name):
    found = check(f"preset:{name}")
    assert found.values["faults"] == 0 and found.facts
    assert found.notes == ()


@pytest.mark.parametrize("name", NAMES)
def test_no_assumption_passes_for_a_fact(name):
    status = {fact.key: fact.status for fact in check_everything()[0]}
    for table in TABLES:
        status |= {f"{table.name}.{row.cells['id']}": row.cells.get("status", "") for row in typed_rows(table.name)}
    for path, one in read_site_case(Path(f"preset:{name}")).inputs.items():
        assert not one.fact or status[one.fact] in ("seen", "partly_seen", "computed"), path


@pytest.mark.parametrize("name", NAMES)
def test_it_answers(name):
    found = site(f"preset:{name}")
    assert found.headline.text.startswith(name) and found.values["uses"] > 1e9
    assert (found.values["debt"] > 0) == (name in FINANCED)


@pytest.mark.parametrize("name", NAMES)
def test_halls_and_plant_are_sold_for_what_the_books_hold(name):
    case = plan(name)
    years = case.site.operating_periods / case.site.periods_per_year
    held = sum(
        component.cost * (1 - years / component.book_life_years)
        for component in case.components
        if component.name in ("shell", "power")
    )
    assert case.site.terminal_proceeds == pytest.approx(held, rel=1e-3)


@pytest.mark.parametrize("name", NAMES)
def test_shell_and_power_cost_what_their_source_says_a_mw_of_site(name):
    case = plan(name)
    cost = sum(component.cost for component in case.components if component.name in ("shell", "power"))
    at_the_meter = case.site.it_mw * case.site.pue
    if name == "hyperscaler-campus":
        assert cost == pytest.approx(38e9 - 25e9)
    else:
        assert cost == pytest.approx(12.5e6 * at_the_meter, rel=1e-3)


def test_iren_and_microsoft_add_up():
    """9.7bn USD, 5 years, 76,000 GPUs in 200 MW of IT load, 5.8bn of equipment: half of it is the preset."""
    case = plan("single-loan-80-20")
    gpus = case.site.it_mw * 1000 / case.site.kw_per_gpu
    assert gpus == pytest.approx(76_000 / 2, rel=1e-3)
    sold = gpus * HOURS_PER_YEAR * case.offtake.tenor / case.site.periods_per_year
    assert sold * case.offtake.price_per_gpu_hour == pytest.approx(9.7e9 / 2, rel=2e-3)
    chips = next(component.cost for component in case.components if component.name == "it")
    assert chips == pytest.approx(5.8e9 / 2)
    basis = measure(Path("preset:single-loan-80-20"))
    year = slice(2, 6)
    revenue, opex = (sum(basis.run.operating[name][year]) for name in ("revenue", "opex"))
    assert revenue == pytest.approx(9.7e9 / 10, rel=2e-3)
    assert 0.79 <= 1 - opex / revenue <= 0.85


def test_stargate_adds_up():
    """15bn USD for 1.2 GW; 300bn USD over 5 years for 4.5 GW, read as IT load; 25bn USD of chips a GW of IT load."""
    case = plan("stargate-1gw")
    assert case.site.it_mw * case.site.pue == pytest.approx(1200, rel=1e-3)
    a_mw_and_year = case.offtake.price_per_gpu_hour * HOURS_PER_YEAR * 1000 / case.site.kw_per_gpu
    assert a_mw_and_year == pytest.approx(300e9 / 5 / 4500, rel=5e-3)
    chips = next(component.cost for component in case.components if component.name == "it")
    assert chips == pytest.approx(25e6 * case.site.it_mw, rel=2e-3)


def test_a_campus_without_debt_costs_what_its_source_says():
    """38bn USD a GW, of which 25bn for servers; 0.9bn a GW and year to run, 0.6bn of it energy at full load."""
    case = plan("hyperscaler-campus")
    assert sum(component.cost for component in case.components) == pytest.approx(38e9)
    energy = case.site.it_mw * case.site.pue * HOURS_PER_YEAR * case.power.price_per_mwh
    assert energy == pytest.approx(0.6e9, rel=2e-3) and case.costs.staff_per_year == pytest.approx(0.9e9 - 0.6e9)
    assert not case.loans


def test_one_loan_on_everything_is_not_covered_by_the_contract():
    basis, found = measure(Path("preset:single-loan-80-20")), site("preset:single-loan-80-20")
    tenor = basis.run.plan.offtake.tenor
    covers = basis.run.operating["dscr"][:tenor]
    assert all(cover < 1 for cover in covers)
    assert found.values["min_dscr"] < 1 and basis.run.min_dscr_period <= tenor
    told = next(note for note in found.notes if note.startswith("Cash does not cover debt service"))
    assert (
        told
        == "Cash does not cover debt service in 12 periods, first in 2028Q3, in all of them while the contract runs."
    )
    assert "defaults in" in found.headline.text and "least cover 0." in found.headline.text
    assert found.values["debt_share"] == pytest.approx(0.8)


def test_the_merchant_price_lies_between_two_generations():
    prices = [one.low for one in known_ranges()["market.price_per_gpu_hour"]]
    assert min(prices) < plan("merchant-gpu-cloud").market.price_per_gpu_hour < max(prices)


def test_a_site_without_a_lockup_answers():
    found = site(f"preset:{DEFAULT}", sets=["waterfall.lockup_dscr=null"])
    assert not any("locked up" in note for note in found.notes)
