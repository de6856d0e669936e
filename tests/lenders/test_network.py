"""Lists of entities and contracts: read strictly, faults told where they stand, versions by day."""

from __future__ import annotations

import pytest

from overbuild.errors import InputErrors, OverbuildError
from overbuild.lenders.network.read import read_list, read_network, shipped_network
from overbuild.lenders.network.records import ContractRow
from overbuild.lenders.network.versions import network_on, versions_on

HEAD = "id,payer,payee,type,total_usd_bn,share,supersedes,version_state,known_at,guarantor\n"
ENTITIES = """
entities:
  - {id: A, type: lab, cash_usd_bn: 3.0}
  - {id: B, type: bank}
  - {id: C, type: neocloud}
"""


def network(tmp_path, contracts):
    (tmp_path / "contracts.csv").write_text(HEAD + contracts)
    file = tmp_path / "mine.yaml"
    file.write_text(f"name: mine\ncontracts_csv: contracts.csv\n{ENTITIES}")
    return file


@pytest.mark.parametrize(
    ("code", "contracts", "line", "named"),
    [
        ("self_liability", "x,A,A,loan,1,,,,,\n", 2, "x"),
        ("negative_entry", "ok,A,B,loan,1,,,,,\nx,A,B,loan,-4,,,,,\n", 3, "x"),
        ("unknown_name", "x,A,BANK,loan,1,,,,,\n", 2, "BANK"),
        ("ownership", "s,A,C,equity_stake,1,0.7,,,,\nt,B,C,equity_stake,1,0.4,,,,\n", 3, "t"),
        ("cycle", "g,A,C,guarantee,1,,,,,\nh,C,A,guarantee,1,,,,,\n", 3, "h"),
        ("two_current_versions", "v,A,B,loan,1,,,superseded,,\nw,A,B,loan,2,,v,,,\nx,A,B,loan,3,,v,,,\n", 4, "x"),
        ("duplicate", "x,A,B,loan,1,,,,,\nx,A,B,loan,1,,,,,\n", 3, "x"),
        ("bad_period", "x,A,B,loan,1,,,,2026-13-01,\n", 2, "2026-13-01"),
        ("bad_value", "x,A,B,loan,much,,,,,\n", 2, "much"),
        ("length_mismatch", "x,A,B,loan\n", 2, "10 columns"),
        ("unknown_name", "x,A,B,lone,1,,,,,\n", 2, "Did you mean loan"),
    ],
)
def test_a_bad_network_is_told_where_it_stands(tmp_path, code, contracts, line, named):
    with pytest.raises(OverbuildError) as told:
        read_network(network(tmp_path, contracts))
    first = told.value.errors[0] if isinstance(told.value, InputErrors) else told.value
    assert first.code == code and first.line == line and first.file.endswith("contracts.csv")
    assert named in str(told.value)


def test_all_faults_come_together_and_yaml_has_columns(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        ENTITIES
        + "contracts:\n  - {id: a, payer: A, payee: A, type: loan}\n  - {id: b, payer: A, payee: Z, type: loan, total_usd_bn: -1}\n"
    )
    with pytest.raises(InputErrors) as told:
        read_network(file)
    assert {one.code for one in told.value.errors} == {"self_liability", "unknown_name", "negative_entry"}
    assert all(one.line in (7, 8) and one.column for one in told.value.errors)


def test_a_sound_network_is_read(tmp_path):
    found = read_network(network(tmp_path, "x,A,B,loan,1.5,,,,2025-01-01,\n"))
    assert found.contracts[0].total_usd_bn == 1.5 and found.entity("A").cash_usd_bn == 3.0


def test_the_tables_that_ship_are_sound():
    found = shipped_network()
    assert len(found.entities) == 64 and len(found.contracts) == 177
    now = network_on(found, None).contracts
    assert len(now) == 149 and sum(row.counted == "yes" for row in now) == 102
    assert {row.id for row in network_on(found, "2026-09-11").contracts} == {row.id for row in now}


@pytest.mark.parametrize(
    ("day", "there", "gone"),
    [
        ("2025-09-09", "oai_orcl_v0", "oai_orcl"),
        ("2025-09-10", "oai_orcl", "oai_orcl_v0"),
        ("2026-02-02", "nvda_oai_loi", "nvda_oai_walk"),
        ("2026-02-10", "oai_orcl", "nvda_oai_loi"),
        ("2026-03-30", "sb_oai_v1", "oai_nscale"),
        (None, "frontier_loan", "elpaso"),
    ],
)
def test_a_day_before_a_contract_shows_it_absent(day, there, gone):
    ids = {row.id for row in network_on(shipped_network(), day).contracts}
    assert there in ids and gone not in ids


def test_a_balance_sheet_published_later_is_blank_on_the_day():
    then = network_on(shipped_network(), "2025-09-10").entity("OPENAI")
    assert then.cash_usd_bn is None and network_on(shipped_network(), None).entity("OPENAI").cash_usd_bn == 73


def test_news_that_a_deal_is_off_removes_it():
    deal = ContractRow("a", "X", "Y", "loan", total_usd_bn=3.0, known_at="2025-01-01", version_state="superseded")
    off = deal._replace(id="b", supersedes="a", known_at="2025-06-01", version_state="cancelled")
    assert [len(versions_on((deal, off), day)) for day in ("2025-03-01", "2025-06-01", None)] == [1, 0, 0]


def test_a_list_with_a_strange_column_says_so():
    found = read_list("id,payer,payee,type,amount\nx,A,B,loan,3\n", "my.csv", ContractRow)
    assert [one.code for one in found.faults] == ["unknown_name"] and found.faults[0].column == 5
