"""Files and folders of filings: whose they are, what they lack, and what a day knew."""

import gzip
import json

import pytest

from overbuild.errors import FactError, OverbuildError
from overbuild.facts.filings.concepts import SPANS, concepts
from overbuild.facts.filings.read import read
from overbuild.units import UNITS
from tests.facts.filings.made import CAPEX, FY, M9, Q1, START, a_year, company_facts, filed, write

YEAR = {CAPEX: a_year(1e9, 3e9, 6e9, 10e9)}


def test_the_table_of_concepts_is_sound():
    table = concepts()
    assert len(table) > 30
    for concept in table.values():
        assert concept.unit in UNITS
        assert concept.span in SPANS
        assert concept.sign in ("any", "positive", "outflow")
        assert concept.choice in ("first", "largest")
        assert concept.definition and concept.label
        assert len(set(concept.tags)) == len(concept.tags)


@pytest.mark.parametrize("name", ["EXCO.json", "EXCO.json.gz", "CIK0000004242_EXCO.json"])
def test_a_file_is_read_plain_or_gzipped(tmp_path, name):
    reading = read(write(tmp_path / name, company_facts(YEAR, ticker="EXCO")))
    assert {fact.entity for fact in reading.facts} == {"EXCO"}
    assert len(reading.facts) == 7
    assert (
        reading.sources[reading.facts[0].source].url
        == "https://www.sec.gov/Archives/edgar/data/4242/000000424224000425/"
    )


def test_an_issuer_without_a_ticker_goes_by_its_cik(tmp_path):
    reading = read(write(tmp_path / "facts.json", company_facts(YEAR)))
    assert {fact.entity for fact in reading.facts} == {"CIK0000004242"}
    assert "no ticker is known" in reading.remarks[0][1]


def test_a_cik_may_be_written_as_text(tmp_path):
    data = json.loads(company_facts(YEAR)) | {"cik": "0000789019"}
    reading = read(write(tmp_path / "facts.json", json.dumps(data).encode()))
    assert {fact.entity for fact in reading.facts} == {"MSFT"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("DELL.json.gz", {"cik": 1571949, "name": "INTERCONTINENTAL EXCHANGE, INC."}),  # the file's name claims another
        (
            "x.json",
            {"cik": 1571949, "name": "INTERCONTINENTAL EXCHANGE, INC.", "ticker": "DELL"},
        ),  # so does its content
        ("x.json", {"cik": 1571949, "name": "INTERCONTINENTAL EXCHANGE, INC.", "ticker": "ZZZZ"}),
        ("CIK0000789019.json", {}),
    ],
)
def test_a_file_of_another_company_than_it_claims_is_refused(tmp_path, name, content):
    with pytest.raises(FactError) as caught:
        read(write(tmp_path / name, company_facts(YEAR, **content)))
    assert caught.value.code == "other_entity"
    assert str(content.get("cik", 4242)) in caught.value.hint


def test_a_folder_gives_what_is_sound_and_says_what_it_refused(tmp_path):
    write(tmp_path / "a" / "EXCO.json.gz", company_facts(YEAR))
    write(tmp_path / "b" / "DELL.json.gz", company_facts(YEAR, cik=1571949, name="ICE"))
    write(tmp_path / "b" / "cut.json.gz", company_facts(YEAR))
    (tmp_path / "b" / "cut.json.gz").write_bytes((tmp_path / "b" / "cut.json.gz").read_bytes()[:-9])
    write(tmp_path / "summary.json", b'{"ticker": "NVDA", "net": 3}')
    write(tmp_path / "README.md", b"words")
    write(tmp_path / ".hidden.json", b"{")
    reading = read(tmp_path)
    assert {fact.entity for fact in reading.facts} == {"EXCO"}
    assert sorted(error.code for error in reading.refused) == ["other_entity", "unreadable"]
    assert ("not a format of filings that is read; passed over") in {remark for _, remark in reading.remarks}


def test_two_copies_of_one_issuer_are_one(tmp_path):
    write(tmp_path / "old" / "EXCO.json", company_facts({CAPEX: YEAR[CAPEX][:3]}))
    write(tmp_path / "whole" / "EXCO.json.gz", company_facts(YEAR))
    assert read(tmp_path).facts == tuple(
        fact._replace(file=str(tmp_path / "old" / "EXCO.json")) for fact in read(tmp_path / "whole").facts
    )


def test_a_day_sees_what_was_filed_by_then(tmp_path):
    path = write(tmp_path / "EXCO.json", company_facts(YEAR))
    assert read(path, as_of="2024-12-31").facts == tuple(
        fact for fact in read(path).facts if fact.known_at <= "2024-12-31"
    )
    assert read(path, as_of="2024-01-01").facts == ()
    with pytest.raises(FactError):
        read(path, as_of="2024-13-01")


def test_values_that_cannot_be_are_left_out_and_counted(tmp_path):
    points = [
        filed(1e9, Q1, "2024-04-25"),
        filed(1e9, M9, "2024-04-25"),  # filed before its period ended
        filed(1e9, "2024-02-31", "2024-04-25"),
        filed(1e9, Q1, "2024-04-25") | {"accn": "none"},
        filed(1e9, Q1, "2024-04-25", start="2024-06-01"),
    ]
    reading = read(write(tmp_path / "EXCO.json", company_facts({CAPEX: points})))
    assert len(reading.facts) == 1
    assert {remark for _, remark in reading.remarks} >= {
        "2 values whose days, accession or size cannot be", "2 values of periods that end after the day of filing",
    }  # fmt: skip


def test_amounts_in_other_money_are_not_read(tmp_path):
    data = json.loads(company_facts(YEAR))
    units = data["facts"]["us-gaap"][CAPEX]["units"]
    units["EUR"] = units.pop("USD")
    assert read(write(tmp_path / "EXCO.json", json.dumps(data).encode())).facts == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "syntax"), (b"{", "syntax"), (b"[]", "bad_layout"), (b"{}", "bad_layout"), (b"\xff\xfe{", "syntax"),
        (b"null", "bad_layout"), (gzip.compress(b"{}", mtime=0)[:-4], "unreadable"),
        (company_facts(YEAR).replace(b'"cik": 4242', b'"cik": "a"'), "bad_value"),
        (company_facts(YEAR).replace(b'"cik": 4242', b'"cik": 99999999999'), "bad_value"),
        (company_facts(YEAR).replace(b"1000000000.0", b'"1"'), "bad_layout"),
        (company_facts(YEAR).replace(b"1000000000.0", b"1e999"), "bad_layout"),
        (company_facts(YEAR).replace(b"1000000000.0", b"NaN"), "syntax"),
        (b"[" * 100_000, "bad_layout"),
    ],
)  # fmt: skip
def test_what_is_no_companyfacts_is_refused_by_name(tmp_path, data, code):
    path = tmp_path / "EXCO.json"
    path.write_bytes(data)
    with pytest.raises(OverbuildError) as caught:
        read(path)
    assert (caught.value.code, caught.value.file or caught.value.value) == (code, str(path))


def test_every_named_file_is_judged_at_once(tmp_path):
    with pytest.raises(OverbuildError) as caught:
        read([tmp_path / "a.json", write(tmp_path / "b.json", b"{"), write(tmp_path / "c.json", company_facts(YEAR))])
    assert [error.code for error in caught.value.errors] == ["missing", "syntax"]


def test_the_ledger_of_a_reading_answers_like_any_other(tmp_path):
    found = read(write(tmp_path / "EXCO.json", company_facts(YEAR))).ledger()
    assert found.as_of("2024-08-01").latest("EXCO", "capex").period_end == "2024-06-30"
    assert found.as_of().find("EXCO", "capex", START, FY).key == "EXCO.capex@2024#sec-2025-example-000000424225000205"
