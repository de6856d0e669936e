"""Periods: quarters by difference, and nothing taken for what it is not."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.facts.filings.quarters import calendar_quarter
from tests.facts.filings.made import CAPEX, CASH_FLOW, FY, H1, M9, Q1, REVENUE, START, a_year, filed
from tests.facts.filings.test_tag_choice import ledger

QUARTERS = ((START, Q1), ("2024-04-01", H1), ("2024-07-01", M9), ("2024-10-01", FY))


@given(st.lists(st.integers(0, 10**12), min_size=4, max_size=4))
def test_quarters_add_up_to_the_filed_year_to_the_dollar(quarters):
    filed_so_far = [float(value) for value in itertools.accumulate(quarters)]
    view = ledger({CAPEX: a_year(*filed_so_far)}).as_of()
    found = [view.find("EXCO", "capex", start, end) for start, end in QUARTERS]
    assert [fact.value for fact in found] == quarters
    assert sum(fact.value for fact in found) == view.find("EXCO", "capex", START, FY).value


def test_a_computed_quarter_says_both_filings_and_is_known_with_the_later():
    fact = ledger({CAPEX: a_year(1e9, 3e9, 6e9, 10e9)}).as_of().find("EXCO", "capex", "2024-10-01", FY)
    assert (fact.kind, fact.status, fact.known_at, fact.source_class) == (
        "reported",
        "computed",
        "2025-02-05",
        "filing",
    )
    assert fact.locator == (
        "0000004242-25-000205 us-gaap:PaymentsToAcquirePropertyPlantAndEquipment 2024-01-01..2024-12-31 minus"
        " 0000004242-24-001025 us-gaap:PaymentsToAcquirePropertyPlantAndEquipment 2024-01-01..2024-09-30"
    )
    assert fact.source == "sec-2025-example-000000424225000205"


def test_a_quarter_that_was_filed_is_not_computed():
    own = filed(3.5e9, FY, "2025-02-05", start="2024-10-01", form="10-K")
    (fact,) = [
        one
        for one in ledger({CAPEX: [*a_year(1e9, 3e9, 6e9, 10e9), own]}).about("EXCO", "capex")
        if one.period_start == "2024-10-01"
    ]
    assert (fact.value, fact.status) == (3.5e9, "seen")


def test_a_year_restated_without_its_nine_months_does_not_move_the_fourth_quarter():
    later = filed(8e9, FY, "2026-02-05", form="10-K")
    found = ledger({CASH_FLOW: [*a_year(1e9, 3e9, 6e9, 10e9), later]})
    assert found.as_of().find("EXCO", "operating_cash_flow", START, FY).value == 8e9
    assert found.as_of().find("EXCO", "operating_cash_flow", "2024-10-01", FY).value == 4e9
    with_months = ledger({CASH_FLOW: [*a_year(1e9, 3e9, 6e9, 10e9), later, filed(5e9, M9, "2025-10-25")]})
    assert with_months.as_of("2025-12-01").find("EXCO", "operating_cash_flow", "2024-10-01", FY).value == 4e9
    assert with_months.as_of().find("EXCO", "operating_cash_flow", "2024-10-01", FY).value == 3e9


def test_a_trailing_year_is_no_fiscal_year_and_makes_no_quarter():
    trailing = filed(12e9, Q1, "2025-04-25", start="2024-04-01") | {"end": "2025-03-31"}
    found = ledger({CASH_FLOW: [*a_year(1e9, 3e9, 6e9, 10e9), trailing]})
    assert [fact.value for fact in found.about("EXCO", "operating_cash_flow_ttm")] == [12e9]
    spans = {(fact.period_start, fact.period_end) for fact in found.about("EXCO", "operating_cash_flow")}
    assert spans == {(START, Q1), (START, H1), (START, M9), (START, FY), *QUARTERS[1:]}


def test_a_quarter_filed_with_its_years_amount_is_left_out():
    wrong = filed(14e9, FY, "2026-02-05", start="2024-10-01", form="10-K")
    found = ledger({REVENUE: [*a_year(2e9, 5e9, 9e9, 14e9), wrong]}).as_of()
    assert found.find("EXCO", "revenue", "2024-10-01", FY).value == 5e9


def test_fiscal_year_and_quarter_labels_of_the_file_are_never_read():
    same = ledger({CAPEX: a_year(1e9, 3e9, 6e9, 10e9)})
    assert all(fact.period_end.startswith("2024") for fact in same.facts), "though fy says 1999 and fp Q9"


def test_starts_some_days_apart_are_one_fiscal_year():
    typed = [filed(1e9, Q1, "2024-04-25"), filed(3e9, H1, "2024-07-25", start="2024-01-02")]
    fact = ledger({CAPEX: typed}).as_of().find("EXCO", "capex", "2024-04-01", H1)
    assert fact.value == 2e9
    assert "start on 2024-01-02 and 2024-01-01" in fact.note


def test_a_gross_amount_below_zero_is_left_out_and_said():
    from overbuild.facts.filings.company_facts import decode_company_facts
    from overbuild.facts.filings.ledger_rows import rows_of
    from tests.facts.filings.made import company_facts

    data = company_facts({CAPEX: a_year(3e9, 2e9, 6e9, 10e9)})
    rows = rows_of(decode_company_facts(data, "made.json"), "EXCO", "made.json")
    assert rows.left_out == ("Cash capex: 1 below 0",)
    assert ("2024-04-01", H1) not in {(fact.period_start, fact.period_end) for fact in rows.facts}


@pytest.mark.parametrize(
    "ends",
    [
        ("2022-12-31", "2023-04-01", "2023-07-01", "2023-09-30"),  # 52 and 53 weeks to the last Saturday of September
        ("2023-04-30", "2023-07-30", "2023-10-29", "2024-01-28"),  # to the last Sunday of January
        ("2019-02-03", "2019-05-05", "2019-08-04", "2019-11-03"),  # to the Sunday nearest 31 October
    ],
)
def test_four_fiscal_quarters_stand_under_four_calendar_quarters(ends):
    found = [calendar_quarter(end) for end in ends]
    assert len(set(found)) == 4
    assert found == sorted(found)
