"""A value outside every source is named, with its place and the sources; nothing is changed."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from overbuild.facts.store import check_everything
from overbuild.facts.typed_tables import TABLES, typed_rows
from overbuild.questions.check import check
from overbuild.site.case.peers.outside import outside_sources
from overbuild.site.case.peers.quantities import QUANTITIES, Density, turned
from overbuild.site.case.read import site_case
from overbuild.world.overlay import assigned, overlay_of
from overbuild.world.peer_ranges import peer_ranges, peer_readings
from overbuild.world.presets import preset_text
from overbuild.world.provenance.figures import KnownFigures
from overbuild.world.tree import read_tree
from tests.surfaces.test_cli import HEADER, row, run

CASE = Path(__file__).parents[1] / "site" / "short_forms" / "stargate-1gw.yaml"
TREE = read_tree(CASE.read_text("utf-8"), "my.yaml")

MOVED = [
    ("site.pue", 1.03, 1.2, 1.7),
    ("site.kw_per_gpu", 1.4, 2.2, 3.5),
    ("site.construction_periods", None, 8, None),
    ("components.it.cost", 20e9, 30e9, 60e9),
    ("components.it.book_life_years", 3.5, 4.5, 9),
    ("components.shell.book_life_years", 10, 30, 50),
    ("components.power.book_life_years", 10, 20, 50),
    ("components.power.cost", 1e9, 9e9, 30e9),
    ("offtake.price_per_gpu_hour", 1.9, 3.0, 6.5),
    ("offtake.tenor", 12, 20, 24),
    ("market.price_per_gpu_hour", 1.0, 2.0, 8.0),
    ("market.decline_per_year", 0.0, 0.25, 0.6),
    ("market.utilisation", 0.5, 0.9, 1.0),
    ("power.price_per_mwh", 20, 60, 150),
    ("loans.senior.max_debt_share", 0.3, 0.7, 0.99),
    ("loans.senior.rate_per_year", 0.04, 0.1, 0.18),
    ("loans.senior.upfront_fee_share", 0.005, 0.01, 0.03),
    ("enforcement.decay_per_year", None, 0.1, 0.7),
]


def warned(*sets, workspace=None):
    tree = TREE
    for text in sets:
        tree = assigned(tree, *overlay_of(text))
    return {one.path: one for one in outside_sources(site_case(tree), workspace)}


@pytest.mark.parametrize(("path", "low", "inside", "high"), MOVED, ids=[one[0] for one in MOVED])
def test_a_value_is_warned_of_outside_its_sources_and_not_inside(path, low, inside, high):
    assert path not in warned(f"{path}={inside}")
    for value, side in ((low, "below"), (high, "above")):
        if value is not None:
            one = warned(f"{path}={value}")[path]
            assert re.search(rf", {side} (every source|the one source known) \(", one.text)
            assert one.text.endswith("Keep it with 'reason:' and 'author:'.")
            assert one.sources and one.text.startswith("command line")


def test_resale_is_held_against_the_sources_of_its_age():
    sold = ("refresh.period=20", "refresh.old_it_proceeds=")
    share = 25400e6 / 100
    assert "refresh.old_it_proceeds" not in warned(sold[0], f"{sold[1]}{12 * share}")
    assert warned(sold[0], f"{sold[1]}{40 * share}")["refresh.old_it_proceeds"].high == pytest.approx(0.15)
    assert "refresh.old_it_proceeds" not in warned("refresh.period=8", f"{sold[1]}{42 * share}")
    assert "refresh.old_it_proceeds" not in warned("refresh.period=30", f"{sold[1]}{42 * share}")


def changed(tmp_path, old, new):
    text = preset_text("single-loan-80-20")
    assert text.count(old) == 1
    path = tmp_path / "my.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    return path


LIFE = re.compile(r"book_life_years: (\{value: 5, .*\})")


def test_the_warning_says_where_what_and_against_whom(tmp_path, monkeypatch):
    block = LIFE.search(preset_text("single-loan-80-20"))[1]
    path = changed(tmp_path, block, "9")
    monkeypatch.chdir(tmp_path)
    found = check("my.yaml")
    line = next(n for n, text in enumerate(path.read_text("utf-8").splitlines(), 1) if text.endswith("_years: 9"))
    assert found.notes == (
        f"my.yaml:{line}:22 components.it.book_life_years: the book life of chips is 9 years, above every source "
        "(4 to 6 years, n=12: technologycurated-2024-technology-curated, wukong123-2025-coreweave-small, "
        "shaulkoral-2023-10-10 and 3 more). Keep it with 'reason:' and 'author:'.",
    )
    assert found.values["faults"] == 0 and found.values["outside_sources"] == 1
    assert found.headline.text.partition("Outside every source known: ")[2].startswith("1 value, 0 kept for a reason.")


def test_a_reason_keeps_the_value_and_is_shown(tmp_path):
    block = LIFE.search(preset_text("single-loan-80-20"))[1]
    path = changed(tmp_path, block, '{value: 9, reason: "The contract runs nine years.", author: me}')
    found = check(path)
    assert found.notes[0].endswith("Kept: The contract runs nine years.")
    assert (found.values["outside_sources"], found.values["outside_sources.kept"]) == (0, 1)


def test_what_is_left_out_is_placed_at_its_block():
    text = re.sub(r"\n  pue: .*", "", CASE.read_text("utf-8"))
    tree, line = read_tree(text, "my.yaml"), text[: text.index("  it_mw:")].count("\n") + 1
    one = next(one for one in outside_sources(site_case(tree)) if one.path == "site.pue")
    assert "the PUE is 1 where it is left out, below every source" in one.text
    assert one.text.startswith(f"my.yaml:{line}:3 site.pue") and one.text.endswith("Write the value of the site.")


def test_a_fact_of_ones_own_widens_the_range(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(HEADER + row(entity="My site", metric="site.pue", value="1.02", unit="ratio", start="2026-03-31"))
    assert run("facts", "add", own, "--workspace", tmp_path / "facts").returncode == 0
    assert "site.pue" in warned("site.pue=1.03")
    assert "site.pue" not in warned("site.pue=1.03", workspace=tmp_path / "facts")
    assert len(peer_ranges(tmp_path / "facts")["site.pue"]) == 4


def test_a_fact_of_ones_own_in_another_unit_is_refused(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(HEADER + row(entity="My site", metric="site.pue", value="102", unit="pct", start="2026-03-31"))
    assert run("facts", "add", own, "--workspace", tmp_path / "facts").returncode == 0
    found = run("check", CASE, "--workspace", tmp_path / "facts")
    told = " ".join(found.stderr.split())
    assert found.returncode == 2 and "My site.site.pue@" in told
    assert "decimal does not measure the PUE; give the figure in ratio" in told


def test_warnings_are_no_faults_on_the_command_line(tmp_path):
    block = LIFE.search(preset_text("single-loan-80-20"))[1]
    path = changed(tmp_path, block, "9")
    text = run("check", path)
    assert text.returncode == 0 and "above every source" in " ".join(text.stdout.split())
    assert '"warning": "' in run("check", path, "--json").stdout


def figures():
    """Every row of the fact tables by key: its status and all it says."""
    facts, _, _ = check_everything()
    found = {fact.key: (fact.status, f"{fact.metric} {fact.value}", fact.unit) for fact in facts}
    for table in TABLES:
        for one in typed_rows(table.name):
            status = one.cells.get("status", "")
            found[f"{table.name}.{one.cells['id']}"] = (status, " ".join(one.cells.values()), one.cells.get("unit", ""))
    return found


def test_every_row_names_a_fact_that_was_seen_and_a_quantity_that_is_read():
    assert {one.quantity for one in peer_readings()} == {one.id for one in QUANTITIES}
    assert len({(one.quantity, one.fact) for one in peer_readings()}) == len(peer_readings())
    known = KnownFigures()
    for one in peer_readings():
        keys = [text for _, _, text in (part.partition(" = ") for part in one.operands.split("; ")) if "." in text]
        for cited in (known.cited(key) for key in (one.fact, *keys)):
            assert cited.status in ("seen", "partly_seen"), one


def test_a_reading_is_what_its_row_says():
    known = figures()
    for one in peer_readings():
        if one.unit and not one.derive:
            said = {float(word) for word in re.findall(r"\d+(?:\.\d+)?", known[one.fact][1].replace("_", " "))}
            assert {float(one.low), float(one.high)} <= said, one


def test_every_range_turns_into_the_unit_of_its_quantity():
    density = Density(pue=1.2, kw_per_gpu=2.2)
    known = peer_ranges()
    for quantity in QUANTITIES:
        for one in known[quantity.id]:
            ends = [turned(end, one.unit, quantity.unit, density) for end in (one.low, one.high)]
            assert all(math.isfinite(end) and end > -0.01 for end in ends), one


def test_figures_turn_on_the_sites_own_density():
    density = Density(pue=1.25, kw_per_gpu=2.5)
    assert turned(76_300.0, "USD_per_GPU", "USD_per_MW_IT", density) == pytest.approx(400 * 76_300.0)
    assert turned(10e6, "USD_per_MW_IT", "USD_per_MW", density) == pytest.approx(8e6)
    assert turned(8.76e6, "USD_per_MW_year", "USD_per_GPU_hour", density) == pytest.approx(1.25 * 1000 / 400)
    assert turned(-0.309, "log_per_year", "fall_per_year", density) == pytest.approx(0.2658, abs=1e-4)
