"""Filings entered into a workspace, beside the facts that stand there."""

import json

import pytest
from click.testing import CliRunner

from overbuild import ask
from overbuild.errors import OverbuildError
from overbuild.facts.filings.enter import add_filings, is_filing
from overbuild.facts.store import load_ledger
from overbuild.surfaces.cli import cli
from tests.facts.filings.made import ASSETS, CAPEX, FY, REVENUE, START, a_year, company_facts, filed, write

YEAR = {CAPEX: a_year(1e9, 3e9, 6e9, 10e9)}


def test_entered_twice_is_entered_once(tmp_path):
    path = write(tmp_path / "EXCO.json.gz", company_facts(YEAR))
    first, second = (add_filings(path, tmp_path / "mine") for _ in range(2))
    assert (len(first.added), first.known_already) == (7, 0)
    assert (len(second.added), second.known_already) == (0, 7)
    assert load_ledger(tmp_path / "mine").as_of().find("EXCO", "capex", START, FY).value == 10e9


def test_a_figure_of_the_package_is_known_already(tmp_path):
    shipped = next(
        fact
        for fact in load_ledger().facts
        if (fact.entity, fact.metric, fact.status) == ("NVDA", "capex", "seen")
        and fact.source.startswith("sec-2025-nvidia-0001")
    )
    accession = shipped.locator.split(" ")[0]
    point = filed(shipped.value * 1e9, shipped.period_end, shipped.known_at, start=shipped.period_start, form="10-K")
    point = point | {"accn": accession}
    data = company_facts({ASSETS: [point]}, cik=1045810, name="NVIDIA CORP")
    found = add_filings(write(tmp_path / "NVDA.json", data), tmp_path / "mine")
    assert (found.added, found.known_already) == ([], 1)


def test_another_figure_under_the_same_filing_is_a_fault_and_nothing_changes(tmp_path):
    add_filings(write(tmp_path / "EXCO.json", company_facts(YEAR)), tmp_path / "mine")
    before = (tmp_path / "mine" / "facts.csv").read_text()
    other = write(tmp_path / "other" / "EXCO.json", company_facts({CAPEX: a_year(1e9, 3e9, 6e9, 11e9)}))
    with pytest.raises(OverbuildError) as caught:
        add_filings(other, tmp_path / "mine")
    assert "duplicate" in str(caught.value)
    assert (tmp_path / "mine" / "facts.csv").read_text() == before


def test_a_figure_that_looks_like_a_slip_stands_as_it_was_filed_and_says_so(tmp_path):
    points = [filed(value * 1e9, f"{year}-12-31", f"{year + 1}-02-05", start=f"{year}-01-01", form="10-K")
              for year, value in ((2020, 80), (2021, 90), (2022, 0.095), (2023, 100))]  # fmt: skip
    found = add_filings(write(tmp_path / "EXCO.json", company_facts({REVENUE: points})), tmp_path / "mine")
    noted = [fact.period for fact in found.added if "checked: as filed in 0000004242-23" in fact.note]
    assert noted == ["2022"]
    assert ask.check_facts(workspace=tmp_path / "mine").headline.value == 0


def test_a_folder_with_a_file_of_another_company_enters_nothing(tmp_path):
    write(tmp_path / "filings" / "EXCO.json", company_facts(YEAR))
    write(tmp_path / "filings" / "DELL.json", company_facts(YEAR, cik=1571949, name="ICE"))
    with pytest.raises(OverbuildError) as caught:
        add_filings(tmp_path / "filings", tmp_path / "mine")
    assert caught.value.code == "other_entity"
    assert not (tmp_path / "mine").exists()


def test_a_file_without_our_figures_says_so(tmp_path):
    with pytest.raises(OverbuildError) as caught:
        add_filings(write(tmp_path / "EXCO.json", company_facts({"Goodwill": []})), tmp_path / "mine")
    assert caught.value.code == "missing"


def test_tables_and_filings_are_told_apart_by_how_they_begin(tmp_path):
    assert is_filing(write(tmp_path / "a.csv", company_facts(YEAR)))
    assert is_filing(write(tmp_path / "b.gz", b" \n<html>"))
    assert is_filing(tmp_path)
    assert not is_filing(write(tmp_path / "facts.json", b"entity,metric\n"))


def test_the_command_enters_a_filing_and_says_what_it_read(tmp_path):
    path = write(tmp_path / "EXCO.json.gz", company_facts(YEAR))
    result = CliRunner().invoke(cli, ["facts", "add", str(path), "--workspace", str(tmp_path / "mine")])
    assert result.exit_code == 0, result.output
    assert "7 rows entered" in result.output
    assert "EXCO: 7 figures, 3 of them quarters computed from two filed figures" in result.output
    lines = result.output.splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100
    again = CliRunner().invoke(cli, ["facts", "add", str(path), "--workspace", str(tmp_path / "mine"), "--json"])
    assert json.loads(again.output)["values"] == {"added": 0, "known_already": 7}


def test_pulling_without_a_contact_is_an_error_of_the_command_line(tmp_path):
    from overbuild.errors import FactError

    with pytest.raises(FactError) as caught:
        CliRunner().invoke(
            cli, ["facts", "pull", "MSFT", "--workspace", str(tmp_path / "mine")], env={"OVERBUILD_CONTACT": ""},
            catch_exceptions=False,
        )  # fmt: skip
    assert caught.value.code == "missing"
    assert not (tmp_path / "mine").exists()
