"""Capex under a tag of the issuer's own: what investing cash flow leaves, only where that is proved."""

import pytest

from tests.facts.filings.made import CAPEX, FY, H1, M9, Q1, START, filed
from tests.facts.filings.test_tag_choice import ledger

NET = "NetCashProvidedByUsedInInvestingActivities"
BOUGHT, SOLD, OTHER = (
    "PaymentsToAcquireAvailableForSaleSecuritiesDebt",
    "ProceedsFromSaleOfAvailableForSaleSecuritiesDebt",
    "PaymentsForProceedsFromOtherInvestingActivities",
)
ENDS = (Q1, H1, M9)


def statement(capex, end, day, *, tagged=True, own_line=0.0, form="10-Q", start=START):
    """The investing section of a filing; `own_line` is another line without a tag that we read."""
    lines = {BOUGHT: 50e9, SOLD: 30e9, OTHER: 1e9, NET: 30e9 - 50e9 - 1e9 - capex - own_line} | (
        {CAPEX: capex} if tagged else {}
    )
    return {tag: filed(value, end, day, start=start, form=form) for tag, value in lines.items()}


def tags(*statements):
    found = {}
    for one in statements:
        for tag, point in one.items():
            found.setdefault(tag, []).append(point)
    return found


def years(count, **last):
    """Two filings a year of which capex is tagged, then an annual report whose capex is not."""
    told = [
        statement(1e9 * (1 + half), f"{year}-{end}", f"{year}-{day}", start=f"{year}-01-01")
        for year in range(2024 - count, 2024)
        for half, (end, day) in enumerate((("03-31", "04-25"), ("06-30", "07-25")))
    ]
    return tags(*told, statement(7e9, FY, "2025-02-05", tagged=False, form="10-K", **last))


def test_what_investing_cash_flow_leaves_is_capex_where_it_always_was():
    fact = ledger(years(3)).as_of().find("EXCO", "capex", START, FY)
    assert (fact.value, fact.status, fact.known_at) == (7e9, "computed", "2025-02-05")
    assert fact.locator == f"0000004242-25-000205 us-gaap:{NET} less its other lines {START}..{FY}"
    assert "gave the filed capex each time it could be compared" in fact.note


@pytest.mark.parametrize("tagged", [years(2), tags(statement(7e9, FY, "2025-02-05", tagged=False, form="10-K"))])
def test_too_few_figures_prove_nothing(tagged):
    assert ledger(tagged).as_of().find("EXCO", "capex", START, FY) is None


def test_one_line_that_is_missed_disproves_it():
    told = years(3)
    for tag, point in statement(5e9, "2023-09-30", "2023-10-25", own_line=1e9, start="2023-01-01").items():
        told[tag].append(point)
    assert ledger(told).as_of().find("EXCO", "capex", START, FY) is None


def test_the_proof_is_the_past_alone():
    told = years(2)
    for half, (end, day) in enumerate(((Q1, "2025-04-25"), (H1, "2025-07-25"), (M9, "2025-10-25"))):
        later = (end.replace("2024", "2025"), day)
        for tag, point in statement(1e9 + half, *later, start="2025-01-01").items():
            told[tag].append(point)
    assert ledger(told).as_of().find("EXCO", "capex", START, FY) is None, (
        "later filings prove nothing of an earlier one"
    )


def test_it_checks_the_tag_that_is_filed():
    (fact,) = [one for one in ledger(tags(statement(2e9, Q1, "2024-04-25"))).facts if one.metric == "capex"]
    assert fact.status == "seen"
    assert f"us-gaap:{NET} less its other lines gives the same" in fact.note


def test_quarters_are_made_across_it():
    told = years(3)
    for end, day, capex in ((M9, "2024-10-25", 4e9),):
        for tag, point in statement(capex, end, day).items():
            told[tag].append(point)
    fact = ledger(told).as_of().find("EXCO", "capex", "2024-10-01", FY)
    assert (fact.value, fact.status) == (3e9, "computed")
