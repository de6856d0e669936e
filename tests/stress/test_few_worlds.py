"""A distribution of few worlds tells no more than they can: no quantile that none lies beyond, no world that is not drawn."""

from __future__ import annotations

from importlib.resources import files

import pytest

from overbuild import ask
from overbuild.errors import CaseError
from overbuild.surfaces.pages import first_page, full_page
from overbuild.surfaces.terminal import as_plain

SITE, CHIPS = "preset:neocloud-100mw-gb300", "preset:h100"


def said(answer):
    pages = first_page(answer, (), "overbuild stress --full"), full_page(answer)
    return [" ".join(as_plain(page).split()) for page in pages]


@pytest.mark.parametrize("worlds", [1, 19])
def test_no_quantile_of_a_site_stands_on_few_worlds(worlds):
    answer = ask.stress(SITE, settings=ask.StressSettings(scenarios=worlds))
    tails = {name for name in answer.values if name.endswith((".p5", ".p95")) or name.startswith("loss_cvar")}
    assert len(tails) > 8 and {answer.values[name] for name in tails} == {None}
    assert answer.status["equity_npv.p95"] == "too few worlds for a P95 (at least 20)"
    assert answer.status["loss_cvar_99.gpu"] == "too few worlds for a CVaR 99 (at least 100)"
    first, full = said(answer)
    for told in ("too few worlds for a P95 (at least 20)", "too few worlds for a CVaR 99 (at least 100)"):
        assert told in first and told in full
    assert "nine of ten" not in first and "Too few worlds to say what moves it" in first and not answer.charts


def test_a_quantile_stands_from_the_fewest_worlds_on():
    answer = ask.stress(SITE, settings=ask.StressSettings(scenarios=20))
    low, high = answer.values["equity_npv.p5"], answer.values["equity_npv.p95"]
    assert low < answer.values["equity_npv.p50"] < high and "loss_cvar_99.gpu" in answer.status
    enough = ask.stress(SITE, settings=ask.StressSettings(scenarios=100))
    assert enough.values["loss_cvar_99.gpu"] >= enough.values["expected_loss.gpu"]
    assert not [why for why in enough.status.values() if "CVaR" in why]


@pytest.mark.parametrize("worlds", [1, 19, 20])
def test_no_quantile_of_a_case_stands_on_few_worlds(worlds):
    answer = ask.stress(CHIPS, kind="fleet", settings=ask.StressSettings(scenarios=worlds))
    enough = worlds >= 20
    assert (answer.values["unit_npv.p95"] is not None) == enough
    assert answer.status.get("unit_npv.p95", "") == ("" if enough else "too few worlds for a P95 (at least 20)")
    first, full = said(answer)
    assert ("nine of ten lie from" in first) == enough and ("; too few worlds for a P95" in first) != enough
    assert "few: too few worlds for a P95 (at least 20)" in full  # of results that exist in some worlds alone
    assert ("of 1 world;" in first) == (worlds == 1)


def test_a_result_in_few_of_many_worlds_has_no_tail():
    answer = ask.stress(CHIPS, kind="fleet", settings=ask.StressSettings(scenarios=40))
    assert 0.0 < answer.values["life_3.write_down.p_none"] < 1.0
    assert answer.values["life_3.write_down.p95"] is None and answer.values["life_3.write_down.mean"] is not None
    assert "too few worlds" in answer.status["life_3.write_down.p95"]


@pytest.mark.parametrize("asked", [ask.stress, ask.stress_estimate], ids=["stress", "estimate"])
@pytest.mark.parametrize("block", ["", "drivers:\n  drawn: []\n"], ids=["none", "empty"])
def test_a_case_that_draws_nothing_is_refused_at_its_place(asked, block, tmp_path):
    whole = files("overbuild.world").joinpath("presets", "fleets", "h100.yaml").read_text("utf-8")
    case = tmp_path / "still.yaml"
    case.write_text(whole[: whole.index("drivers:")] + block, "utf-8")
    with pytest.raises(
        CaseError, match=r"drivers: the case draws nothing, so every world would be the case itself"
    ) as found:
        asked(case)
    assert found.value.exit_code == 2 and found.value.file == str(case)
