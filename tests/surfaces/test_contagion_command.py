"""`overbuild contagion`: what programs read, a network of one's own worked by hand, and what is refused."""

from __future__ import annotations

import json

import pytest

from overbuild import ask
from tests.surfaces.test_cli import run

CLASSES = ("total", "lenders", "banks", "private_credit", "insurers", "equity", "vendors", "households", "public")

MINE = """
name: mine
entities:
  - {id: TENANT, type: lab, cash_usd_bn: 1.0}
  - {id: SITE, type: landlord, equity_book_usd_bn: 0.1}
  - {id: LENDER, type: bank}
contracts:
  - {id: rent, payer: TENANT, payee: SITE, type: lease, annual_usd_bn: 1.0, take_or_pay: "yes"}
  - {id: loan, payer: SITE, payee: LENDER, type: loan, total_usd_bn: 2.0, rank: senior_secured}
"""


def test_programs_find_every_value_of_the_contract():
    found = json.loads(run("contagion", "--fail", "CRWV", "--json").stdout)
    values = found["values"]
    for name in CLASSES:
        low, point, high = (values[f"loss.{name}{end}"] for end in (".low", "", ".high"))
        assert low <= point + 1 and (high is None or point <= high + 1), name
    assert values["defaults.fundamental"] == 1 and values["defaults.contagion.high"] == 2
    for name in ("hhi.labs", "circular.share.AMZN", "circular.volume", "tbtf.OPENAI", "backstop.total"):
        assert values[name] is not None
    assert values["backstop.total.high"] > 0
    # nothing is published of its capital: it is not taken to fail at the point, and fails at worst
    apld = next(row for row in found["tables"]["entities"] if row["id"] == "APLD")
    assert apld["round"] is None and apld["round_harsh"] == 2 and apld["before"] is None
    entity = next(row for row in found["tables"]["entities"] if row["id"] == "CRWV")
    assert {"paid", "recovery", "before", "after", "round"} <= set(entity) and entity["round"] == 1
    contract = next(row for row in found["tables"]["contracts"] if row["id"] == "crwv_ddtl4")
    assert contract["source"] and contract["loss"] > 0


def test_a_network_of_ones_own_is_worked_by_hand(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(MINE)
    values = ask.contagion(fail="TENANT", network=file).values
    # the site loses 0.6 of rent against 0.1 of capital; its lender finds 0.6 * (2.0 + 0.1 - 0.6) = 0.9 of 2.0
    assert values["loss.banks"] == pytest.approx(1.1e9) and values["loss.landlords"] == pytest.approx(0.1e9)
    assert values["loss.equity"] == pytest.approx(1.0e9)
    # at worst nothing is resold and the estate keeps 35%: 0.35 * (2.0 + 0.1 - 1.0); at best 0.2 is lost, and 80% kept
    assert values["loss.banks.high"] == pytest.approx(2e9 - 0.35 * 1.1e9)
    assert values["loss.banks.low"] == pytest.approx(2e9 - 0.8 * 1.9e9)


def test_bad_input_is_refused_with_its_place(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(MINE.replace("payee: LENDER", "payee: SITE"))
    found = run("contagion", str(file), "--fail", "TENANT")
    assert found.returncode == 2 and "mine.yaml:9" in found.stderr and "self_liability" in found.stderr
    for arguments in (("--fail", "OPENIA"), ("--shock", "ai_revenue=40%"), ("--shock", "rain"), ("--years", "0")):
        assert run("contagion", *arguments).returncode == 2
    assert "Did you mean OPENAI?" in run("contagion", "--fail", "OPENIA").stderr
    assert ask.contagion(fail="COREWEAVE", structure="known").headline.text.startswith("If CoreWeave fails")


def test_a_day_before_the_contracts_says_that_balance_sheets_were_not_known():
    answer = ask.contagion(fail="OPENAI", as_of="2025-09-09", structure="maxent")
    assert "became known after 2025-09-09" in answer.limits[0]
    assert "oai_orcl" not in {row["id"] for row in answer.table("contracts").rows}


def test_the_two_points_lie_within_the_bounds():
    full = ask.contagion(fail="ORCL").values
    for structure in ("known", "maxent"):
        point = ask.contagion(fail="ORCL", structure=structure).values
        for name in CLASSES:
            assert full[f"loss.{name}.low"] - 1 <= point[f"loss.{name}"] <= full[f"loss.{name}.high"] + 1


def test_a_day_before_any_contract_is_refused_and_one_before_the_balance_sheets_says_so_first():
    found = run("contagion", "--fail", "OPENAI", "--as-of", "1999-01-01")
    assert found.returncode == 2 and "nothing was known yet; the first contract is dated 2023-07-31" in found.stderr
    told = run("contagion", "--fail", "OPENAI", "--as-of", "2026-03-01", "--plain").stdout
    assert told.startswith("43 balance sheets of 64 came later; who has none is not taken to fail at the point.")


def test_what_is_none_says_why_and_a_day_without_a_sheet_says_that_nobody_loses():
    found = ask.contagion(fail=("OPENAI",))
    assert {name for name, value in found.values.items() if value is None} <= set(found.status)
    assert found.status["runway.ANTHROPIC"] == "cash is not published"
    early = run("contagion", "--fail", "OPENAI", "--as-of", "2025-01-01", "--plain")
    told = " ".join(early.stdout.split())
    assert (
        "There nobody loses anything; the bounds are nothing to no known end for all, at most nothing for lenders."
        in told
    )
    assert "contagion --fail OPENAI --as-of 2025-01-01 --ask" in told


def test_one_failure_named_twice_is_one_and_a_day_to_come_is_told():
    told = " ".join(
        run("contagion", "--fail", "OPENAI", "--fail", "OpenAI", "--as-of", "2099-01-01", "--plain").stdout.split()
    )
    assert told.startswith("If OpenAI fails on")
    assert "Asked as of 2099-01-01, but the newest figure is of " in told
