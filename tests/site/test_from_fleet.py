"""A site whose market price and sale of chips are taken from the case of a fleet."""

from __future__ import annotations

from pathlib import Path

import pytest

from overbuild.errors import OverbuildError
from overbuild.fleet.fleet_run import run_fleet
from overbuild.site.case.file_form.from_fleet import with_fleets
from overbuild.site.case.read import read_site_case
from overbuild.site.case_run import run_case
from overbuild.world.overlay import overlay_of
from overbuild.world.tree import read_case_file

SITE = Path("preset:neocloud-100mw-gb300")


def read(*sets):
    return read_site_case(SITE, [(one.path, one.entry) for one in map(overlay_of, sets)])


def test_the_price_is_the_rent_of_the_fleet_year_by_year():
    fleet = run_fleet(Path("preset:gb300"))
    case = read("market.price={fleet: preset:gb300}")
    price = case.plan.market.price
    assert price.kind == "growing" and price.since == 1 and price.step == "year"
    later = int(case.close[:4]) - fleet.plan.bought
    for year in range(5):
        rent = fleet.run.lines["rent_of_compute"][later + year] * fleet.plan.unit.performance
        assert price.value * (1 + price.growth_per_year) ** year == pytest.approx(rent, rel=1e-12)


def test_the_price_says_that_it_is_the_fleets_and_carries_its_range_and_facts():
    one = read("market.price={fleet: preset:gb300}").inputs["market.price.value"]
    assert one.origin == "assumption" and "fleet preset:gb300" in one.reason and "B200.rental_index" in one.reason
    assert one.low < one.value < one.high


def test_a_site_without_a_fleets_case_is_read_as_it_is():
    tree = read_case_file(SITE)
    assert with_fleets(tree) == tree


def test_a_faster_fall_of_the_fleet_is_a_lower_price_of_the_site(tmp_path):
    own = tmp_path / "fast.yaml"
    text = Path(str(_fleets() / "gb300.yaml")).read_text("utf-8")
    own.write_text(text.replace("rent_decline_per_year: {value: 0.049", "rent_decline_per_year: {value: 0.19"), "utf-8")
    slow, fast = (run_case(SITE, [f"market.price={{fleet: {name}}}"]).run for name in ("preset:gb300", own))
    revenues = [sum(run.rows["site"]["market_revenue"]) for run in (slow, fast)]
    assert revenues[1] < revenues[0]


def _fleets():
    import overbuild.world

    return Path(overbuild.world.__file__).parent / "presets" / "fleets"


def test_chips_that_leave_bring_what_the_fleet_says():
    fleet = run_fleet(Path("preset:gb300"))
    name = read().plan.fleets[0].name
    case = read(f"fleets.{name}.sale={{fleet: preset:gb300, age: 5, gpus: 1000}}")
    assert case.plan.fleets[0].sale == pytest.approx(1000 * fleet.run.lines["economic_value"][5])


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        (("market.price={fleet: preset:gb30}",), "Did you mean gb300?"),
        (("market.price={fleet: 3}",), "the case of a fleet is a file, or preset:gb300"),
        (("market.price={fleet: preset:gb300, growth: -0.1}",), "beside a fleet stand: nothing"),
        (("market.price={fleet: preset:gb300}", "close=2024Q1"), "the site closes before"),
        (("fleets.chips.sale={fleet: preset:gb300, age: 5}",), "gpus is needed beside the fleet"),
        (("fleets.chips.sale={fleet: preset:gb300, age: 40, gpus: 5}",), "an age is a whole number of years"),
    ],
)
def test_a_fleet_that_cannot_be_is_refused_with_its_place(sets, said):
    name = read_site_case(SITE).plan.fleets[0].name
    with pytest.raises(OverbuildError) as error:
        read(*(one.replace("fleets.chips.", f"fleets.{name}.") for one in sets))
    assert said in str(error.value) and error.value.line
