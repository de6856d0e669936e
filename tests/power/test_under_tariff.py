"""A zone under a tariff: what the load pays, who gets the bill back, where the number comes from, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from overbuild import ask
from overbuild.audit.case_kinds import EXPLAINED
from overbuild.audit.tree.case_tree import case_why
from overbuild.audit.tree.tree import Why
from overbuild.errors import OverbuildError
from overbuild.policy.tariff.tariff_run import run_tariff
from overbuild.power.tariffs.side_by_side import BY_SHARE, tariffs_side_by_side
from overbuild.power.zone_run import BILL, run_zone
from overbuild.world.presets import TARIFFS, preset_text

PJM = Path("preset:pjm")
FLAT = "preset:aep-ohio-rider-2024"


def test_the_load_pays_the_tariffs_level_delivery_charge_by_its_mw():
    deal = run_tariff(Path("preset:aep-ohio"))
    years, rate = len(deal.labels), deal.plan.utility.carrying_cost_per_year
    worth = sum(one / (1 + rate) ** (place + 1) for place, one in enumerate(deal.run.lines["charged.delivery"]))
    level = worth * rate / (1 - (1 + rate) ** -years)
    for gw in (1.0, 5.0):
        lines = run_zone(PJM, add_gw=gw, tariff="aep-ohio").lines.results
        assert lines["network.paid_by_load"] == pytest.approx(level / 500.0 * gw * 1000.0, rel=1e-12)


def test_a_load_that_is_billed_alike_every_year_pays_that_bill():
    sets = ("load.use_by_year=[1.0]",)
    deal = run_tariff(Path(FLAT), sets)
    assert deal.run.totals["delivery_per_mw_year"] == pytest.approx(7.448 * 12_000, rel=1e-12)


@pytest.mark.parametrize("mw", [50, 500, 2000])
def test_what_a_mw_pays_does_not_know_the_size_of_the_contract(mw: int):
    deal = run_tariff(Path(FLAT), [f"load.contract_mw={mw}"])
    assert deal.run.totals["delivery_per_mw_year"] == pytest.approx(
        run_tariff(Path(FLAT)).run.totals["delivery_per_mw_year"], rel=1e-12
    )


def test_what_the_load_pays_more_others_pay_less_under_every_tariff():
    rows = tariffs_side_by_side(run_zone(PJM))
    assert len(rows) == 6
    for one in rows:
        assert one.paid + one.aid + one.others == pytest.approx(rows[0].paid + rows[0].aid + rows[0].others, rel=1e-12)
    assert [one.month for one in rows] == sorted(one.month for one in rows)


def test_a_tariff_that_is_asked_gives_what_its_row_says():
    bare, asked = run_zone(PJM), run_zone(PJM, tariff="entergy-meta")
    [row] = [one for one in tariffs_side_by_side(asked) if one.asked]
    assert row.name == "entergy-meta"
    assert asked.found.values[BILL] == pytest.approx(row.month, rel=1e-12)
    [without] = [one for one in tariffs_side_by_side(asked) if one.name == BY_SHARE]
    assert without.month == pytest.approx(bare.found.values[BILL], rel=1e-12)


def test_a_higher_minimum_take_moves_the_bill_back(tmp_path: Path):
    text = preset_text("aep-ohio", TARIFFS)
    months: list[float] = []
    for take in (0.5, 1.0):
        file = tmp_path / f"rule-{take}.yaml"
        fact = 'min_take: {value: 0.85, fact: "AEP_OHIO_DCT.minimum_take@2025-07-23#aepohio-2025-schedule-dct"}'
        assert fact in text
        file.write_text(text.replace(fact, f"min_take: {{value: {take}, reason: asked, author: me}}"))
        found = ask.grid("PJM", tariff=str(file))
        month = found.values[BILL]
        assert isinstance(month, float)
        months.append(month)
    assert months[1] < months[0]


def test_why_opens_what_the_load_pays_down_to_the_filing_of_the_tariff():
    explained = EXPLAINED["grid"].explain(PJM, ["network.tariff=aep-ohio"], None)
    tree = case_why(explained, "load_pays.delivery", 6)
    ids = {one.id for one in _all(tree)}
    assert "grid:network.load_pays_per_mw" in ids
    assert "fact:AEP_OHIO_DCT.minimum_take@2025-07-23#aepohio-2025-schedule-dct" in ids


def _all(tree: Why) -> list[Why]:
    return [tree, *(found for one in tree.below for found in _all(one))]


@pytest.mark.parametrize(
    ("sets", "tariff", "path", "words"),
    [
        ((), "aep-oho", "network.tariff", "Did you mean"),
        ((), "nowhere.yaml", "network.tariff", "no such file"),
        (("network.load_pays=0",), "aep-ohio", "network.load_pays", "take one of the two out"),
        (("network.load_pays_per_mw=80000",), "aep-ohio", "network.load_pays_per_mw", "take one of the two out"),
        (("network.load_pays=0", "network.load_pays_per_mw=80000"), "", "network.load_pays", "said twice"),
        (("network.load_pays_per_mw=-80000",), "", "network.load_pays_per_mw", "did you mean"),
    ],
)
def test_a_payment_that_is_no_payment_is_refused(sets: tuple[str, ...], tariff: str, path: str, words: str):
    with pytest.raises(OverbuildError) as fault:
        run_zone(PJM, sets, tariff=tariff)
    assert fault.value.path == path
    assert words in fault.value.hint


def test_a_contribution_that_is_set_stays():
    run = run_zone(PJM, ["network.contribution=0.5"], tariff="aep-ohio")
    assert run.plan.network.contribution == 0.5
    assert run.under.gave == ("network.load_pays_per_mw",)
