"""Cases in the short form rewritten in the general form: the same plan, the same results, every comment and source."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import overbuild
from overbuild.errors import CaseError, InputErrors, OverbuildError, WithheldError
from overbuild.site.case.migration import migrate as room
from overbuild.site.case.migration.draft import WIDTH, flowing
from overbuild.site.case.migration.draft import copied as draft_of
from overbuild.site.case.migration.migrate import migrated
from overbuild.site.case.migration.moves import RENAMED, SAME
from overbuild.site.case.migration.source_text import read_written
from overbuild.site.case.plan import SitePlan
from overbuild.site.case.read import read_site_case, site_case
from overbuild.site.case.short_form.from_short_form import from_short_form
from overbuild.site.case.short_form.short_plan import ShortPlan
from overbuild.site.case_run import run_case
from overbuild.world.tree import read_tree
from tests.site.short_texts import ShortText

ROOT = Path(__file__).parents[2]
PRESETS = Path(overbuild.__file__).parent / "world" / "presets"
EVERY_WAY = ROOT / "tests" / "site" / "every-way.yaml"
SHORT = EVERY_WAY.parent / "short_forms"
SHIPPED = [
    one
    for folder in (PRESETS / "sites", PRESETS, ROOT / "examples", EVERY_WAY.parent, SHORT)
    for one in sorted(folder.glob("*.yaml"))
    if "\nsite:" in one.read_text("utf-8") and "\nclose:" in one.read_text("utf-8")
]
SOUND = 100


def leaves(record, path=""):
    """Every leaf of a record by its path, with its type."""
    if hasattr(record, "_fields"):
        for name in record._fields:
            yield from leaves(getattr(record, name), f"{path}.{name}")
    elif isinstance(record, tuple):
        yield f"{path}.length", len(record)
        for place, one in enumerate(record, start=1):
            yield from leaves(one, f"{path}.{place}")
    else:
        yield path, (type(record), record)


def short_plan(path):
    form = read_site_case(path).form.record
    assert isinstance(form, ShortPlan)
    return from_short_form(form)


def drawn(folder):
    """Files drawn at random that have no fault, as many as are asked for."""
    found, seed = 0, 0
    while found < SOUND and seed < 2 * SOUND:
        text, path = ShortText(seed), folder / f"{seed}.yaml"
        seed += 1
        try:
            site_case(read_tree(text.text, "drawn"))
        except OverbuildError:
            continue
        path.write_text(text.text, "utf-8")
        found += 1
        yield text, path
    assert found == SOUND


def number(entry):
    """The text of a number: of a block, of a path with one number, or bare."""
    inner = (entry.entries or {}).get("value") or (entry.entries or {}).get("by_period") or entry
    return flowing(draft_of(inner if inner.entries is None else inner.entries.get("value", inner)))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_rewritten_case_is_the_same_plan(path, tmp_path):
    found = migrated(path)
    (tmp_path / "new.yaml").write_text(found.text, "utf-8")
    again = read_site_case(tmp_path / "new.yaml")
    assert isinstance(again.form.record, SitePlan)
    assert list(leaves(again.plan)) == list(leaves(short_plan(path)))
    old = read_site_case(path)
    assert (again.name, again.close) == (old.name, old.close)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_rewritten_case_has_the_same_results_to_the_bit(path, tmp_path):
    (tmp_path / "new.yaml").write_text(migrated(path).text, "utf-8")
    old, new = run_case(path).results, run_case(tmp_path / "new.yaml").results
    assert old.values.keys() == new.values.keys() >= {"min_dscr", "equity_npv"}
    assert repr(dict(new.values)) == repr(dict(old.values)) and old.values["equity_npv"] is not None


def test_there_are_files_to_rewrite():
    assert {"demo-lender", "contracted-100mw", "single-loan-80-20", "neocloud-100mw-gb300", "stack", "monthly"} <= {
        path.stem for path in SHIPPED
    }


def test_a_hundred_random_short_forms_keep_plan_comments_and_reasons(tmp_path):
    for text, path in drawn(tmp_path):
        found = migrated(path)
        again = site_case(read_tree(found.text, "new"))
        assert list(leaves(again.plan)) == list(leaves(short_plan(path))), path
        assert [one for one in text.comments if one not in found.text] == [], path
        assert [one for one in text.reasons if one in text.text and one not in found.text] == [], path


def test_every_input_is_told_of_and_what_is_copied_keeps_its_text(tmp_path):
    copies = 0
    for _, path in drawn(tmp_path):
        found = migrated(path)
        old, new = read_written(path.read_text("utf-8")), read_written(found.text)
        assert set(found.case.inputs) <= {one.old for one in found.changes}
        again = site_case(read_tree(found.text, "new"))
        for one in found.changes:
            if one.what not in (SAME, RENAMED) or one.old not in found.case.inputs or old.at(one.old).items is not None:
                continue
            copies += 1
            before, after = old.at(one.old), new.at(one.new)
            lone = (
                before.entries is not None and before.entries.get("value") and before.entries["value"].items is not None
            )
            if not lone:
                assert number(after) == number(before), (path, one)
            place = one.new if one.new in again.inputs else one.new.removesuffix(".value")
            was = found.case.inputs[one.old]
            assert (again.inputs[place].reason, again.inputs[place].author) == (was.reason, was.author), (path, one)
    assert copies > 30 * SOUND


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_source_and_comment_of_a_shipped_file_is_kept(path):
    found = migrated(path)
    again = site_case(read_tree(found.text, "new"))
    facts = {key for one in found.case.inputs.values() for key in one.facts}
    kept = {key for one in again.inputs.values() for key in one.facts}
    said = {
        key for key in facts - kept if f" {key}" in found.text or f'"{key}' in found.text or f"{key}," in found.text
    }
    assert facts - kept == said
    text = path.read_text("utf-8")
    comments = [line.strip() for line in text.splitlines() if line.strip().startswith("#")]
    folded = "# not a comment"
    assert [one for one in comments if one not in found.text and one != folded] == []


def test_a_line_is_as_long_as_a_person_writes():
    long = [
        line
        for path in SHIPPED
        for line in migrated(path).text.splitlines()
        if len(line) > WIDTH and "#" not in line and not line.lstrip().startswith(("reason:", "source:", "says:"))
    ]
    assert long == []


def test_comments_stand_with_what_they_speak_of():
    text = migrated(EVERY_WAY).text
    for piece in (
        "horizon:  # the site\n",
        "    # kw\n    kw_per_gpu:\n      value: 2.5  # in\n",
        "      # why\n      reason:",
        "  # first\n  - name: 'it: a, b'  # it\n    # costs\n    cost: {value: 3.0e8,",
        "      0.5,  # half\n      # other\n      0.5,\n",
        '  # second\n  - {name: "shell #2"',
        "  # endb\n",
        "  # p\n  price: 2.0  # pp\n",
        "      growth: 0.02  # esc\n",
        "    # fails\n    # when\n    fails_in:",
        "\n# the end\n# of it\n",
    ):
        assert piece in text, piece


def test_a_number_that_is_moved_is_derived_from_what_it_cites():
    text = migrated(EVERY_WAY).text
    assert 'value: 22\n      derive: "to_opening + tenor"\n' in text
    assert "{to_opening: 2 periods, tenor: deals.iren_microsoft.tenor_years}" in text
    again = site_case(read_tree(text, "new")).inputs["loans.senior (a).maturity"]
    assert again.value == 22 and again.facts == ("deals.iren_microsoft.tenor_years",)


def short(tmp_path, *edits):
    """A short form by itself, with some of its text replaced."""
    text = (SHORT / "single-loan-80-20.yaml").read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "short.yaml").write_text(text, "utf-8")
    return tmp_path / "short.yaml"


def test_a_fall_becomes_a_growth_with_its_range_turned(tmp_path):
    text = migrated(short(tmp_path)).text
    growth = site_case(read_tree(text, "new")).inputs["market.price.growth"]
    was = read_site_case(short(tmp_path)).inputs["market.decline_per_year"]
    assert (growth.value, growth.low, growth.high) == (-was.value, -was.high, -was.low)
    assert (growth.reason, growth.author) == (was.reason, was.author)


def test_a_fall_that_cites_a_fact_is_derived_with_its_sign(tmp_path):
    fact = "deals.iren_gpu_notes.coupon_pct"
    found = migrated(short(tmp_path, _decline(f"{{value: 0.0596, fact: {fact}}}"))).text
    growth = site_case(read_tree(found, "new")).inputs["market.price.growth"]
    assert growth.value == -0.0596 and growth.derive == "-decline_per_year" and growth.facts == (fact,)


def _decline(block):
    text = (SHORT / "single-loan-80-20.yaml").read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("  decline_per_year:"))
    return line, f"  decline_per_year: {block}"


def test_a_number_that_cannot_follow_its_source_is_an_assumption_and_says_what_it_was(tmp_path):
    """The low end of a range is cited, and a line of arithmetic stands on its middle: 8 periods, and not 6."""
    text = (SHORT / "single-loan-80-20.yaml").read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("    tenor:"))
    block = "{value: 6, low: 5, high: 8, fact: site_costs.build_months_2_years_for_gw_scale}"
    found = migrated(short(tmp_path, (line, f"    tenor: {block}")))
    maturity = site_case(read_tree(found.text, "new")).inputs["loans.senior.maturity"]
    assert (maturity.value, maturity.low, maturity.high, maturity.origin) == (12, 11, 14, "assumption")
    assert maturity.reason == "Moved from what loans.senior.tenor cites." and maturity.author == "overbuild"
    assert f"# loans.senior.tenor was {block}" in found.text


def test_a_series_made_of_inputs_says_of_which():
    text = migrated(SHORT / "neocloud-100mw-gb300.yaml").text
    assert "    # By period from close, made of\n    #   relet.cost_per_mw_year: {value: 2.8e+5, low: 200.0e+3" in text
    case = site_case(read_tree(text, "new"))
    fixed = case.inputs["phases.site.fixed.by_period"]
    assert len(fixed.value) == 78 and fixed.author == "overbuild" and fixed.reason.startswith("Insurance while")
    assert math.isclose(fixed.value[0], 0.003 * 4375e6)


def test_a_file_with_faults_is_refused_with_all_of_them(tmp_path):
    path = short(tmp_path, ("  pue:", "  pu:"), ("    tenor:", "    tenr:"))
    with pytest.raises(InputErrors) as found:
        migrated(path)
    assert {one.path for one in found.value.errors} >= {"site.pu", "loans.senior.tenr", "loans.senior.tenor"}


@pytest.mark.parametrize("path", [PRESETS / "sites" / "leased-shell.yaml", ROOT / "tests" / "site" / "campus.yaml"])
def test_a_file_in_the_general_form_is_refused(path):
    with pytest.raises(CaseError) as found:
        migrated(path)
    assert found.value.code == "refused" and "general form already" in found.value.hint


def test_a_rewritten_case_that_is_another_plan_is_withheld(monkeypatch):
    monkeypatch.setattr(room, "page", lambda top, page=room.page: page(top).replace("cod: 2", "cod: 1"))
    with pytest.raises(WithheldError) as found:
        migrated(EVERY_WAY)
    assert found.value.code == "not_the_same"
