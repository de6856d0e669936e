"""Pages of inline XBRL and instances: figures, segments, customers, leases, and an honest day of filing."""

import pytest

from overbuild.errors import FactError
from overbuild.facts.filings.read import read
from tests.facts.filings.made import CAPEX, FY, START, a_year, company_facts, filed, write
from tests.facts.filings.made_pages import Fact, instance, page

YEAR = Fact(f"us-gaap:{CAPEX}", "10,000", START, FY)
SEGMENT = "us-gaap:StatementBusinessSegmentsAxis"
OPERATING = ("srt:ConsolidationItemsAxis", "us-gaap:OperatingSegmentsMember")
CLOUD = (SEGMENT, "exco:CloudComputeSegmentMember")


def rows(tmp_path, *facts, **kept):
    given = {key: kept.pop(key) for key in ("filed", "accession") if key in kept}
    reading = read(write(tmp_path / "page.htm", page([YEAR, *facts], **kept)), **given)
    return {(fact.metric, fact.period_start, fact.period_end): fact for fact in reading.facts}


def test_a_number_is_read_with_its_scale_and_sign(tmp_path):
    found = rows(
        tmp_path,
        Fact("us-gaap:OperatingIncomeLoss", "1.1", START, FY, scale=9, sign="-"),
        Fact("us-gaap:InterestExpense", "—", START, FY, form="ixt:fixed-zero"),
        Fact("dei:EntityCommonStockSharesOutstanding", "5,000,000,001", "", "2025-01-25", scale=0, unit="shares"),
    )
    assert found["capex", START, FY].value == 10e9
    assert found["operating_income", START, FY].value == -1_100_000_000
    assert found["interest_expense", START, FY].value == 0
    shares = found["shares_outstanding", "2025-01-25", "2025-01-25"]
    assert (shares.value, shares.unit) == (5_000_000_001, "count")


def test_segments_have_names_of_their_own_and_other_cuts_are_not_read(tmp_path):
    cut = (("srt:StatementGeographicalAxis", "country:US"),)
    found = rows(
        tmp_path,
        Fact("us-gaap:Revenues", "900", START, FY),
        Fact("us-gaap:Revenues", "600", START, FY, members=(CLOUD, OPERATING)),
        Fact("us-gaap:OperatingIncomeLoss", "60", START, FY, sign="-", members=(CLOUD,)),
        Fact("us-gaap:Revenues", "500", START, FY, members=cut),
        Fact("us-gaap:Revenues", "100", START, FY, members=(CLOUD, *cut)),
    )
    assert found["revenue", START, FY].value == 900e6
    assert found["revenue_cloud_compute", START, FY].value == 600e6
    assert found["operating_income_cloud_compute", START, FY].value == -60e6
    assert len(found) == 4


def test_leases_that_have_not_commenced_are_found_under_tags_of_the_issuers_own(tmp_path):
    found = rows(
        tmp_path,
        Fact("exco:LesseeLeaseNotYetCommencedCurrentAmount", "773", "", FY),
        Fact("exco:LesseeLeaseNotYetCommencedNoncurrentAmount", "6.5", "", FY, scale=9),
        Fact("exco:LesseeLeaseNotYetCommencedTerm", "9", "", FY, unit="pure"),
    )
    fact = found["lease_commitments_not_commenced", FY, FY]
    assert fact.value == 7_273e6
    assert "exco:LesseeLeaseNotYetCommencedCurrentAmount + exco:" in fact.locator


def test_the_largest_customer_is_the_largest_of_those_named(tmp_path):
    risk = "us-gaap:ConcentrationRiskPercentage1"

    def customer(name, share, of="us-gaap:SalesRevenueNetMember"):
        members = (
            ("srt:MajorCustomersAxis", f"exco:{name}Member"),
            ("us-gaap:ConcentrationRiskByBenchmarkAxis", of),
            ("us-gaap:ConcentrationRiskByTypeAxis", "us-gaap:CustomerConcentrationRiskMember"),
        )
        return Fact(risk, share, START, FY, scale=-2, unit="pure", members=members)

    found = rows(
        tmp_path, customer("A", "12"), customer("B", "29"), customer("B", "40", of="us-gaap:AccountsReceivableMember")
    )
    fact = found["largest_customer_share", START, FY]
    assert (fact.value, fact.unit) == (29, "pct")


def test_a_page_alone_is_dated_by_its_legal_deadline(tmp_path):
    fact = rows(tmp_path)["capex", START, FY]
    assert (fact.known_at, fact.known_at_precision) == ("2025-03-31", "inferred")
    assert fact.source == "sec-2025-example-10kto20241231"


def test_a_page_beside_companyfacts_is_the_filing_that_gives_its_amounts(tmp_path):
    write(tmp_path / "EXCO.json.gz", company_facts({CAPEX: a_year(1e9, 3e9, 6e9, 10e9)}))
    segment = Fact("us-gaap:Revenues", "600", START, FY, members=(CLOUD,))
    write(tmp_path / "page.htm.gz", page([YEAR, segment]))
    facts = {(fact.metric, fact.period_end): fact for fact in read(tmp_path).facts if fact.period_start == START}
    assert facts["revenue_cloud_compute", FY].entity == "EXCO"
    assert facts["revenue_cloud_compute", FY].known_at == "2025-02-05"
    assert facts["revenue_cloud_compute", FY].source == facts["capex", FY].source
    assert sum(fact.metric == "capex" for fact in read(tmp_path).facts) == 7, "the page's own copy counts once"


def test_the_caller_may_say_when_it_was_filed(tmp_path):
    fact = rows(tmp_path, filed="2025-02-05", accession="0000004242-25-000205")["capex", START, FY]
    assert (fact.known_at, fact.known_at_precision) == ("2025-02-05", "day")
    for half in ({"filed": "2025-02-05"}, {"accession": "0000004242-25-000205"}, {"filed": "soon", "accession": "x"}):
        with pytest.raises(FactError):
            rows(tmp_path, **half)


def test_a_classic_instance_is_read_the_same_way(tmp_path):
    facts = [Fact(f"us-gaap:{CAPEX}", "10000000000", START, FY), Fact("us-gaap:Assets", "5", "", FY)]
    reading = read(write(tmp_path / "instance.xml", instance(facts)))
    assert {(fact.metric, fact.value) for fact in reading.facts} == {("capex", 10e9), ("total_assets", 5.0)}


def test_a_trailing_year_in_a_quarterly_page_is_no_fiscal_year(tmp_path):
    trailing = Fact("us-gaap:NetCashProvidedByUsedInOperatingActivities", "9", "2023-10-01", "2024-09-30")
    found = rows(tmp_path, trailing, form="10-Q", end="September 30, 2024")
    assert ("operating_cash_flow_ttm", "2023-10-01", "2024-09-30") in found


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><body>no XBRL here</body></html>", "bad_layout"),
        (page([YEAR]).replace(b"DocumentType", b"DocumentTypo"), "bad_layout"),
        (page([YEAR], cik="me"), "bad_layout"),
        (page([YEAR]).replace(b"<html", b'<!DOCTYPE html [<!ENTITY a "aaaa">]><html'), "syntax"),
        (page([YEAR._replace(scale=999_999_999)]), "syntax"),
    ],
)
def test_what_is_no_filing_is_refused(tmp_path, data, code):
    with pytest.raises(FactError) as caught:
        read(write(tmp_path / "page.htm", data))
    assert caught.value.code == code
    assert caught.value.file == str(tmp_path / "page.htm")


def test_a_page_of_another_company_than_its_folder_says_is_refused(tmp_path):
    write(tmp_path / "CIK0000789019.htm", page([YEAR]))
    write(tmp_path / "EXCO.json", company_facts({CAPEX: [filed(10e9, FY, "2025-02-05", form="10-K")]}))
    reading = read(tmp_path)
    assert [error.code for error in reading.refused] == ["other_entity"]
    assert len(reading.facts) == 1
