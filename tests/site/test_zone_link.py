"""A site whose power comes from a zone of the grid: with the link off nothing moves, with it the zone's price and wait hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from overbuild.errors import OverbuildError
from overbuild.power.zone_run import run_zone
from overbuild.site.case.file_form.zone_link import on_zone
from overbuild.site.case.read import read_site_case
from overbuild.site.case_run import run_case
from overbuild.world.overlay import overlay_of
from overbuild.world.tree import read_case_file

LEASED = Path("preset:leased-shell")


def plan(*sets, file=LEASED):
    return read_site_case(file, [overlay_of(one) for one in sets]).plan


def test_without_a_zone_the_tree_is_the_same_tree():
    tree = read_case_file(LEASED)
    assert on_zone(tree) is tree


def test_a_site_in_a_zone_pays_the_price_of_the_zone_and_keeps_its_own_growth():
    price = run_zone(Path("preset:pjm")).found.values["site_price"]
    own, linked = plan(), plan("power.zone=PJM")
    assert linked.power.price.value == price
    assert linked.power.price == own.power.price._replace(value=price)
    assert linked._replace(power=own.power) == own


def test_a_site_at_the_price_of_the_zone_is_the_site_in_the_zone_to_the_last_digit():
    price = run_zone(Path("preset:pjm")).found.values["site_price"]
    linked, written = run_case(LEASED, ["power.zone=PJM"]), run_case(LEASED, [f"power.price.value={price!r}"])
    assert linked.run.totals == pytest.approx(written.run.totals, rel=1e-9, abs=1e-9)


def test_the_wait_for_the_grid_makes_a_phase_late_by_what_it_exceeds_the_build():
    [phase] = plan("power.zone=PJM", "power.queue=median").phases
    assert phase.cod == 6 and phase.delay == 19 - 6
    assert [one.delay for one in plan("power.zone=PJM").phases] == [0]


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        (("power.zone=PJN",), "Did you mean"),
        (("power.zone=PJM", "power.price={by_year: [70, 71]}"), "take by_year out"),
        (("power.zone=PJM", "power.queue=mean"), "median"),
    ],
)
def test_a_zone_that_cannot_give_a_price_is_refused(sets, said):
    with pytest.raises(OverbuildError) as error:
        plan(*sets)
    assert said in str(error.value) and error.value.line
