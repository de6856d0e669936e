"""Which tag is the figure: by one rule, said beside it, and known no earlier than it was filed."""

from overbuild.facts.filings.company_facts import decode_company_facts
from overbuild.facts.filings.ledger_rows import rows_of
from overbuild.facts.ledger import Ledger
from tests.facts.filings.made import (
    ASSETS,
    CAPEX,
    CASH_FLOW,
    CONTRACTS,
    FY,
    H1,
    M9,
    Q1,
    REVENUE,
    START,
    a_year,
    company_facts,
    filed,
)  # fmt: skip


def ledger(tags, as_of=None):
    rows = rows_of(decode_company_facts(company_facts(tags), "made.json"), "EXCO", "made.json", as_of)
    return Ledger(rows.facts, rows.sources)


def test_a_part_that_is_tagged_like_a_total_is_not_the_total():
    both = {
        REVENUE: [filed(83_100e6, FY, "2025-02-05", form="10-K")],
        CONTRACTS: [filed(29_400e6, FY, "2025-02-05", form="10-K")],
    }
    fact = ledger(both).as_of().find("EXCO", "revenue", START, FY)
    assert fact.value == 83_100e6
    assert "us-gaap:Revenues" in fact.locator
    assert CONTRACTS in fact.note and "29,400,000,000" in fact.note, "the other tag is shown"


def test_the_second_tag_confirms_the_first():
    both = {name: [filed(83e9, FY, "2025-02-05", form="10-K")] for name in (REVENUE, CONTRACTS)}
    fact = ledger(both).as_of().find("EXCO", "revenue", START, FY)
    assert fact.note == f"us-gaap:{CONTRACTS} gives the same"


def test_a_later_filing_of_the_part_alone_restates_nothing():
    tags = {
        REVENUE: [filed(83e9, FY, "2025-02-05", form="10-K")],
        CONTRACTS: [filed(29e9, FY, "2025-02-05", form="10-K"), filed(30e9, FY, "2026-02-05", form="10-K")],
    }
    assert ledger(tags).as_of().find("EXCO", "revenue", START, FY).value == 83e9


def test_a_total_that_comes_after_its_part_takes_its_place_from_that_day():
    tags = {
        CONTRACTS: [filed(29e9, FY, "2025-02-05", form="10-K")],
        REVENUE: [filed(83e9, FY, "2025-06-01", form="10-K/A")],
    }
    found = ledger(tags)
    assert found.as_of("2025-03-01").find("EXCO", "revenue", START, FY).value == 29e9
    assert found.as_of("2025-06-01").find("EXCO", "revenue", START, FY).value == 83e9


def switch(comparative):
    """A filer that changed its tag in the annual report, and gave the year before under the new one."""
    before = filed(7e9, "2023-12-31", "2024-02-05", start="2023-01-01", form="10-K")
    again = filed(comparative, "2023-12-31", "2025-02-05", start="2023-01-01", form="10-K")
    return {CAPEX: [before, *a_year(1e9, 3e9, 6e9, 10e9)[:3]], ASSETS: [again, a_year(0, 0, 0, 10e9)[3]]}


def test_a_change_of_tag_is_survived_where_both_gave_the_same():
    fact = ledger(switch(7e9)).as_of().find("EXCO", "capex", "2024-10-01", FY)
    assert fact.value == 4e9
    assert ASSETS in fact.locator and CAPEX in fact.locator
    assert "both gave the same" in fact.note


def test_no_quarter_is_made_of_two_tags_that_gave_other_amounts():
    found = ledger(switch(7.5e9)).as_of()
    assert found.find("EXCO", "capex", "2024-10-01", FY) is None
    assert found.find("EXCO", "capex", START, FY).value == 10e9
    assert found.find("EXCO", "capex", "2023-01-01", "2023-12-31").value == 7e9, "nor is it a restatement"


def test_a_quarter_between_two_tags_is_known_from_the_day_they_were_known_to_agree():
    tags = switch(7e9)
    tags[ASSETS][0] = tags[ASSETS][0] | {"filed": "2025-08-01", "accn": "0000004242-25-000801"}
    found = ledger(tags)
    assert found.as_of("2025-07-31").find("EXCO", "capex", "2024-10-01", FY) is None
    assert found.as_of("2025-08-01").find("EXCO", "capex", "2024-10-01", FY).value == 4e9


def test_a_restatement_is_a_later_row_and_the_earlier_one_stays():
    tags = {CASH_FLOW: [filed(9e9, FY, "2025-02-05", form="10-K"), filed(8e9, FY, "2026-02-05", form="10-K")]}
    found = ledger(tags)
    assert found.as_of("2025-12-31").find("EXCO", "operating_cash_flow", START, FY).value == 9e9
    now = found.as_of().find("EXCO", "operating_cash_flow", START, FY)
    assert (now.value, now.known_at) == (8e9, "2026-02-05")
    assert "restates 9,000,000,000" in now.note
    assert len(found.about("EXCO", "operating_cash_flow")) == 2


def test_the_same_figure_in_a_later_filing_is_no_new_row():
    tags = {CASH_FLOW: [filed(9e9, FY, "2025-02-05", form="10-K"), filed(9e9, FY, "2026-02-05", form="10-K")]}
    (only,) = ledger(tags).about("EXCO", "operating_cash_flow")
    assert only.known_at == "2025-02-05"


def test_of_two_amounts_of_one_context_the_less_rounded_stands():
    tags = {CASH_FLOW: [filed(value, FY, "2025-02-05", form="10-K") for value in (9_000e6, 9_012e6)]}
    fact = ledger(tags).as_of().find("EXCO", "operating_cash_flow", START, FY)
    assert fact.value == 9_012e6
    assert "less rounded" in fact.note


def test_a_sum_stands_only_where_one_filing_gives_all_its_parts():
    parts = {
        "LongTermDebtNoncurrent": [filed(8e9, Q1, "2024-04-25", start=""), filed(9e9, H1, "2024-07-25", start="")],
        "LongTermDebtCurrent": [filed(1e9, Q1, "2024-04-25", start=""), filed(1e9, H1, "2024-08-25", start="")],
    }
    found = ledger(parts).as_of()
    assert found.find("EXCO", "total_debt", Q1, Q1).value == 9e9
    assert found.find("EXCO", "total_debt", H1, H1) is None
    assert found.find("EXCO", "long_term_debt_noncurrent", H1, H1).value == 9e9


def test_nothing_filed_later_decides_what_an_earlier_day_sees():
    tags = {
        CAPEX: a_year(1e9, 3e9, 6e9, 10e9),
        REVENUE: a_year(2e9, 5e9, 9e9, 14e9),
        CONTRACTS: a_year(1e9, 2e9, 3e9, 4e9),
    }
    whole = ledger(tags)
    for day in ("2024-04-24", "2024-04-25", "2024-07-25", "2024-10-30", "2025-02-05"):
        alone = ledger(tags, as_of=day)
        assert alone.facts == tuple(fact for fact in whole.facts if fact.known_at <= day)
    assert whole.as_of("2024-10-30").find("EXCO", "revenue", "2024-07-01", M9).value == 4e9
