"""What is told of each loan of a site: values with a status, a table, a tree, and break-evens that still come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from overbuild.audit.tree.site_numbers import site_why
from overbuild.questions.site.answer import site
from overbuild.site.case_run import run_case

FOLDER = Path(__file__).parents[1] / "site"
STACKED = FOLDER / "stack.yaml"
ANSWER = site(STACKED)


def test_each_loan_has_its_values():
    run = run_case(STACKED).run
    names = [loan.name for loan in run.plan.loans]
    assert names == ["hall", "gpu", "second"]
    for name in names:
        drawn = sum(run.lines[f"{name}.draw"])
        assert ANSWER.values[f"tranche.{name}.debt"] == pytest.approx(drawn, rel=1e-12)
        covers = [
            cover for cover, due in zip(run.lines[f"{name}.dscr"], run.lines[f"{name}.covered"], strict=True) if due
        ]
        assert ANSWER.values[f"tranche.{name}.dscr"] == min(covers)
        assert ANSWER.values[f"tranche.{name}.lgd"] is None
        assert ANSWER.status[f"tranche.{name}.lgd"] == "no default"
    assert sum(ANSWER.values[f"tranche.{name}.debt"] for name in names) == pytest.approx(ANSWER.values["debt"])


def test_there_is_a_table_of_loans():
    table = next(one for one in ANSWER.tables if one.name == "tranches")
    assert [(row["loan"], row["rank"], row["repayment"]) for row in table.rows] == [
        ("hall", 1, "sculpted"),
        ("gpu", 1, "straight_line"),
        ("second", 2, "annuity"),
    ]


def test_one_loan_is_a_stack_of_one_and_is_told_as_the_debt_of_the_site():
    plain = site(FOLDER / "whole-site.yaml")
    assert plain.values["tranche.senior.debt"] == plain.values["debt"]
    assert plain.values["tranche.senior.dscr"] == plain.values["min_dscr"]
    assert plain.values["tranche.senior.llcr"] == plain.values["llcr"]
    [told] = plain.table("tranches").rows
    assert (told["loan"], told["debt"], told["dscr"]) == ("senior", plain.values["debt"], plain.values["min_dscr"])
    failed = site(FOLDER / "whole-site.yaml", shocks=(str(FOLDER / "whole-site-default.yaml"),))
    assert failed.values["tranche.senior.lgd"] == failed.values["lgd"]
    assert failed.values["tranche.senior.llcr"] is None


def test_break_evens_and_debt_capacity_come_out_of_a_stack():
    assert ANSWER.values["breakeven.price"] < 1.0
    assert ANSWER.values["debt_capacity"] == pytest.approx(ANSWER.values["debt"], rel=1e-9)


@pytest.mark.parametrize("word", ["debt", "dscr", "rank_dscr", "llcr"])
def test_why_follows_a_loan_down_to_its_lines(word):
    told = site_why(f"tranche.gpu.{word}", STACKED, 2)
    assert told.id == f"site:tranche.gpu.{word}"
    assert told.value == pytest.approx(ANSWER.values[f"tranche.gpu.{word}"])


def test_why_reads_a_line_of_one_loan():
    told = site_why("gpu.dscr@2029", STACKED, 1)
    assert "gpu.cash" in told.formula
    assert {one.label for one in told.below} >= {"CFADS after debt service of better ranks: gpu"}


def test_why_follows_a_floating_rate_to_the_case(tmp_path):
    case = tmp_path / "floating.yaml"
    text = STACKED.read_text("utf-8").replace(
        "    rate_per_year: 0.11\n",
        "    base_rate_per_year: 0.04\n    swap_share: 0.5\n    swap_fixed_per_year: 0.035\n",
    )
    margins = "margins:\n  - {name: graded, loan: gpu, contract_share: 0.75, margin_per_year: 0.0625}\n"
    case.write_text(text + margins, "utf-8")
    told = site_why("gpu.rate@2029", case, 1)
    assert told.value == pytest.approx(0.04 + 0.0625 + 0.5 * (0.035 - 0.04))
    origins = {one.id.split("@")[0]: one.origin for one in told.below}
    assert "floating.yaml" in origins["site:loans.gpu.swap_share"]
    assert "floating.yaml" in origins["site:margins.graded.margin_per_year"]
    assert "floating.yaml" in origins["site:loans.gpu.base_rate_per_year"]


def test_a_hall_loan_a_chip_loan_and_a_mezzanine_are_told_one_by_one():
    told = site(FOLDER / "hall-and-chips.yaml")
    names = [row["loan"] for row in next(one for one in told.tables if one.name == "tranches").rows]
    assert names == ["shell_loan", "gpu_loan", "mezzanine"]
    assert told.values["tranche.gpu_loan.debt"] == pytest.approx(0.55 * 1500e6)
    assert told.values["tranche.mezzanine.debt"] == pytest.approx(0.05 * told.values["uses"])
    senior = told.values["tranche.shell_loan.debt"] + told.values["tranche.gpu_loan.debt"]
    assert senior == pytest.approx(told.values["debt"])
    owned = told.values["debt"] + told.values["tranche.mezzanine.debt"] + told.values["equity"]
    assert owned == pytest.approx(told.values["uses"])
    tree = site_why("tranche.mezzanine.dscr", FOLDER / "hall-and-chips.yaml", 2)
    assert tree.value == pytest.approx(told.values["tranche.mezzanine.dscr"])


def test_the_debt_of_a_holding_company_is_told_beside_the_loans(tmp_path):
    case = tmp_path / "holdco.yaml"
    holdco = "holdco: {amount: 100000000.0, rate_per_year: 0.12, tenor: 5}\n"
    case.write_text(STACKED.read_text("utf-8") + holdco, "utf-8")
    told = site(case)
    assert told.values["tranche.holdco.debt"] == 100e6
    assert told.values["debt"] == ANSWER.values["debt"]
    table = next(one for one in told.tables if one.name == "tranches")
    assert [row["loan"] for row in table.rows] == ["hall", "gpu", "second", "holdco"]
    assert "holdco_periods" in [one.name for one in told.tables]
    tree = site_why("tranche.holdco.dscr", case, 2)
    assert tree.value == told.values["tranche.holdco.dscr"]
    assert tree.below[0].id.startswith("site:holdco.dscr@")
    assert site_why("tranche.holdco.debt", case, 1).value == 100e6
    interest = site_why("holdco.interest@2029", case, 1)
    assert "holdco.yaml" in {one.id: one.origin for one in interest.below}["site:holdco.rate_per_year"]


def test_a_default_says_who_recovers_what():
    told = site(STACKED, shocks=(str(FOLDER / "whole-site-default.yaml"),))
    assert told.values["tranche.second.lgd"] >= told.values["tranche.gpu.lgd"]
    assert told.values["tranche.gpu.llcr"] is None
    assert any(note.startswith("One by one: hall recovers ") and "second recovers 0m of" in note for note in told.notes)
