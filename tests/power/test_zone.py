"""Zones that ship, and one's own: totals that were published, bills by channel, books, trees, faults with their places."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from overbuild.audit.book.case_book import case_book
from overbuild.audit.case_kinds import EXPLAINED
from overbuild.audit.tree.case_tree import case_why
from overbuild.equations import flatten
from overbuild.equations.kernel import Lane, Scenarios, kernel_of
from overbuild.equations.model import programs_of
from overbuild.equations.reading.line_table import line_rows, row_of
from overbuild.errors import InputErrors, OverbuildError
from overbuild.power.case import ZONES
from overbuild.power.examples import ZONE
from overbuild.power.model import zone_model
from overbuild.power.zone_run import BILL, run_lines, run_zone, zone_named
from overbuild.world.presets import presets

PJM = Path("preset:pjm")
CHANNELS = ("energy", "capacity", "network", "dilution")


@pytest.mark.parametrize(
    ("year", "price", "uncapped", "billions"),
    [("2026/27", 329.17, 388.57, 16.137), ("2027/28", 333.44, 529.80, 16.412), ("2028/29", 325.0, 554.72, 16.408)],
)
def test_the_auctions_of_pjm_come_to_what_was_published(year, price, uncapped, billions):
    values = run_zone(PJM).found.values
    assert values[f"capacity_price.{year}.without"] == price
    assert values[f"capacity_uncapped.{year}.without"] == pytest.approx(uncapped, rel=1e-4)
    assert values[f"capacity_cost.{year}.without"] / 1e9 == pytest.approx(billions, abs=5e-4)


def test_without_the_collar_the_same_auctions_cost_more():
    values = run_zone(PJM).found.values
    found = {year: values[f"capacity_uncapped_cost.{year}.without"] / 1e9 for year in ("2026/27", "2027/28", "2028/29")}
    assert found == pytest.approx({"2026/27": 19.05, "2027/28": 26.23, "2028/29": 28.01}, abs=5e-3)


def test_the_monitors_run_without_data_centers_is_met_within_what_is_explained():
    [one] = [found for found in run_zone(PJM).published if found.removed is not None]
    assert one.published_attributed == pytest.approx(6.4977e9, rel=1e-4)
    assert one.attributed == pytest.approx(7.94e9, rel=0.01)
    assert one.by_price + one.by_mw == pytest.approx(one.difference, abs=2e6)
    assert one.attributed_uncapped == pytest.approx(one.published_attributed_uncapped, rel=0.02)


@pytest.mark.parametrize("name", sorted(presets(ZONES.presets)))
def test_every_zone_that_ships_says_where_each_of_its_numbers_comes_from(name):
    run = run_zone(Path(f"preset:{name}"))
    bare = {path for path, one in run.case.inputs.items() if one.origin == "case"}
    assert {path for path in bare if path.rpartition(".")[2] not in ("name", "fuel", "first_day")} == set()
    assert {one.verdict for one in run.case.agreements} <= {"agrees", "derived", "within", "words", "cited", "document"}
    assert sum(one.share for one in run.plan.customers) == pytest.approx(1.0)


@pytest.mark.parametrize("name", sorted(presets(ZONES.presets)))
def test_channels_add_up_for_a_household_and_for_all_others(name):
    values = run_zone(Path(f"preset:{name}")).found.values
    for root in (BILL, "cost_to_others"):
        assert values[root] == pytest.approx(sum(values[f"{root}.{one}"] for one in CHANNELS))


def test_no_load_changes_no_bill():
    small = run_lines(ZONE._replace(load=ZONE.load._replace(mw=1e-6))).results
    assert abs(small["bill.household.change"]) < 1e-6
    assert abs(small["cost_to_others"]) < 10.0


def test_dilution_wins_where_gas_is_cheap_and_prices_do_not_rise():
    found = run_zone(PJM, ["energy.fuels.gas.price=2.59"]).found.values
    assert found[BILL] < 0.0 and found["cost_to_others"] < 0.0
    assert found[f"{BILL}.energy"] > 0.0 > found[f"{BILL}.dilution"]


def test_what_a_tariff_makes_the_load_pay_goes_to_others():
    plain = run_lines(ZONE).results
    paid = plain["network.paid_by_load"] + 1e8
    more = run_lines(ZONE._replace(network=ZONE.network._replace(load_pays=paid))).results
    assert plain["cost_to_others"] - more["cost_to_others"] == pytest.approx(1e8)


def test_the_kernel_gives_what_floats_give():
    model = zone_model(ZONE)
    wanted = ["results.cost_to_others", "results.bill.household.change", "results.capacity.price"]
    lanes = np.array([[0.5, 2.5, 5.0, 9.0], [500.0, 2000.0, 5000.0, 100.0]])
    gas = [path for path in flatten(model.stage("hours").terms, "hours.terms") if path.endswith("ccgt.fuel_price")]
    bindings = {gas[0]: Lane(0), "hours.terms.load.mw": Lane(1), "results.terms.load.mw": Lane(1)}
    found = kernel_of(model, wanted, bindings).on(model).run(Scenarios(4, lanes))
    for at, (price, mw) in enumerate(lanes.T):
        fuels = tuple(one._replace(price=float(price)) for one in ZONE.energy.fuels)
        plan = ZONE._replace(load=ZONE.load._replace(mw=float(mw)), energy=ZONE.energy._replace(fuels=fuels))
        results = run_lines(plan).results
        for one in wanted:
            assert found[one][at] == pytest.approx(results[one.removeprefix("results.")], rel=1e-10, abs=1e-6)


def test_every_line_of_a_zone_has_a_row_and_every_row_of_the_room_is_a_line():
    lines = {line for program in programs_of(zone_model(ZONE)).values() for line in program.lines}
    assert [line for line in lines if row_of(line) is None] == []
    rooms = {row_of(line).name for line in lines if row_of(line).room == "power"}
    assert rooms == {row.name for row in line_rows() if row.room == "power"}


def test_the_book_follows_every_number_of_the_model():
    explained = EXPLAINED["grid"].explain(PJM, ("year=2027/28",), None)
    book = case_book(explained, axis="Block of hours")
    again = {row.id for row in book.inputs if not row.follows and not isinstance(row.value, str)}
    assert {one for one in again if ".published." not in one} == set()
    assert {row.id for row in book.results} >= {BILL, "capacity_cost.2027/28", "emissions_tco2.marginal"}


def test_a_number_is_followed_down_to_the_report_of_the_auction():
    explained = EXPLAINED["grid"].explain(PJM, (), None)
    found, waiting = set(), [case_why(explained, "capacity_cost.2028/29", 6)]
    while waiting:
        one = waiting.pop()
        found.add(one.id)
        waiting += one.below
    assert any("capacity_cleared@2028-06-01..2029-05-31#pjm-2026-bra-report" in one for one in found)


@pytest.mark.parametrize(
    ("sets", "path", "said"),
    [
        (("energy.blocks.peak.hours=400",), "energy.blocks", "add up to 9,120; a year has 8,760"),
        (("energy.units=[]",), "energy.units", "a supply stack has at least one unit"),
        (
            ("auctions.2028/29.first_day=2028-01-01", "auctions.2028/29.days=366"),
            "auctions.2028/29.first_day",
            "delivery years overlap",
        ),
        (("auctions.2027/28.days=365",), "auctions.2027/28.days", "has 366 days"),
        (("load.mw=5",), "load.mw", "did you mean 5,000 MW (5 GW)?"),
        (("load.mw=5000000",), "load.mw", "did you mean 5,000 MW?"),
        (("energy.units.wind.mw=-3",), "energy.units.wind.mw", "available capacity in MW"),
        (("energy.units.oil.fuel=gaz",), "energy.units.oil.fuel", "Did you mean gas?"),
        (("energy.blocks.low.load=200000",), "energy.blocks.low.load", "from the highest load to the lowest"),
        (("auctions.2028/29.curve.b.price=900",), "auctions.2028/29.curve.b.price", "does not rise"),
        (("auctions.2028/29.collar.floor=400",), "auctions.2028/29.collar.floor", "the floor is above the cap"),
        (("customers.household.share=0.9",), "customers.others.share", "above 1"),
        (("year=2030/31",), "year", "one of the auctions"),
        (("emissions.basis=markets",), "emissions.basis", "market"),
        (("load.load_factor=85",), "load.load_factor", "did you mean 0.85?"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(sets, path, said):
    with pytest.raises((OverbuildError, InputErrors)) as error:
        run_zone(PJM, sets)
    errors = getattr(error.value, "errors", [error.value])
    assert [one for one in errors if one.path == path and said in str(one) and one.line], [str(one) for one in errors]


def own(tmp_path, units="units: units.csv", text="name,mw,cost,ef\nwind,8000,0,0\ngas,20000,30,0.4\n"):
    from overbuild.world.presets import write_case

    path = tmp_path / "mine.yaml"
    write_case(path, "ercot", kind=ZONES.presets)
    case = path.read_text("utf-8")
    start, end = case.index("  units:\n"), case.index("  blocks:\n")
    certain = case.index("# What is uncertain")
    path.write_text(f"{case[:start]}  {units}\n{case[end:certain]}", "utf-8")
    (tmp_path / "units.csv").write_text(text, "utf-8")
    return path


def test_a_stack_of_ones_own_may_stand_in_a_csv_file(tmp_path):
    run = run_zone(own(tmp_path), ["load.mw=500"])
    assert [one.name for one in run.plan.energy.units] == ["wind", "gas"]
    assert run.found.values["unserved_mwh.with"] > 0.0


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("name,mw,cost,ef\nwind,eight,0,0\n", "a finite number is needed", 2),
        ("name,mw,price,ef\nwind,8,0,0\n", "not a column of units", 1),
        ("name,mw,cost,ef\nwind,8,000,0,0\n", "the header has 4 columns", 2),
        ("name,mw,cost,ef\nwind,8000,0,0\nwind,8,0,0\n", "occurs twice", None),
        ("name,mw,cost,ef\nwind,8000,0\n", "the header has 4 columns", 2),
        ("name,mw,cost,ef\nwind,,0,0\n", "mw is required", 2),
        ("name,mw,cost,ef\ngas,-8000,0,0\n", "available capacity in MW", 2),
    ],
)
def test_a_fault_of_a_csv_file_names_its_line(tmp_path, text, said, line):
    with pytest.raises((OverbuildError, InputErrors)) as error:
        run_zone(own(tmp_path, text=text))
    errors = getattr(error.value, "errors", [error.value])
    [one] = [one for one in errors if said in str(one)]
    assert line is None or (one.line == line and one.file.endswith("units.csv"))


def test_a_csv_file_that_is_not_there_is_said_at_its_name(tmp_path):
    path = own(tmp_path)
    (tmp_path / "units.csv").unlink()
    with pytest.raises(OverbuildError, match="no such file"):
        run_zone(path)
    path.unlink()
    with pytest.raises(OverbuildError, match="the name of a CSV file beside the case"):
        run_zone(own(tmp_path, units="units: all of them"))


def test_a_zone_is_known_by_its_name_in_any_letters():
    assert {zone_named(one) for one in ("PJM", "pjm", "Pjm")} == {PJM}
    assert zone_named("IE") == Path("preset:ireland")
    assert zone_named("zone.yaml") == Path("zone.yaml")


def test_an_input_that_is_set_is_not_drawn():
    names = {one.name for one in run_zone(PJM).case.drivers.drawn}
    fixed = {one.name for one in run_zone(PJM, ["energy.fuels.gas.price=3"]).case.drivers.drawn}
    assert names - fixed == {"gas_price"}
    assert {one.name for one in run_zone(PJM, years=["2027/28"]).case.drivers.drawn} == names - {
        "supply_2028",
        "peak_2028",
    }
    assert {one.name for one in run_zone(PJM, ["auctions=[]"]).case.drivers.drawn} == names - {
        "supply_2028",
        "peak_2028",
    }


def test_no_result_and_no_line_has_the_name_of_an_input():
    run = run_zone(PJM, ["network.load_pays=0"])
    named = {one.id for one in run.model.reported}
    named |= {line for program in programs_of(run.model).values() for line in program.lines}
    assert named & (set(run.case.inputs) | set(run.case.paths)) == set()
