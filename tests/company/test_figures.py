"""Filed figures on the calendar: whole quarters by their last day, the rest of a year, one metric a series, no look ahead."""

from __future__ import annotations

import pytest

from overbuild.company.filed.calendar_quarters import label_of_filed, number_of_label, quarter_number
from overbuild.company.filed.figures import figures_by_company
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import Ledger
from overbuild.facts.store import known_on


def fact(metric, start, end, value, known_at="2026-02-01", kind="reported", **more):
    blank = dict.fromkeys(Fact._fields, "") | {"rank": 0, "line": 0}
    said = {"entity": "ABC", "metric": metric, "period_start": start, "period_end": end, "value": value}
    said |= {"unit": "USD_bn", "kind": kind, "status": "seen", "source": "s", "source_class": "filing"}
    return Fact(**{**blank, **said, "known_at": known_at, "known_at_precision": "day", **more})


def figures(*facts, day=None):
    return figures_by_company(Ledger(facts, {}).as_of(day), ["ABC"])["ABC"]


def q(label):
    return number_of_label(label)


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2025-07-01", "2025-09-30", "2025Q3"),
        ("2026-04-27", "2026-07-26", "2026Q3"),
        ("2025-10-27", "2026-01-25", "2026Q1"),
        ("2024-06-01", "2025-05-31", "FY2025"),
        ("2025-02-01", "2026-01-31", "FY2026"),
        ("2025-09-01", "2026-02-28", "YTD2026Q1"),
    ],
)
def test_a_filed_period_is_named_by_its_last_day(start, end, label):
    assert label_of_filed(start, end) == label


def test_the_last_quarter_of_a_year_is_the_year_less_the_others():
    found = figures(
        fact("capex", "2025-01-01", "2025-03-31", 10.0),
        fact("capex", "2025-04-01", "2025-06-30", 11.0),
        fact("capex", "2025-07-01", "2025-09-30", 12.0),
        fact("capex", "2025-01-01", "2025-12-31", 50.0),
    )
    last = found.quarters["capex"][q("2025Q4")]
    assert last.value == pytest.approx(17e9)
    assert len(last.added) == 1 and len(last.less) == 3
    assert "less" in last.provenance
    assert found.trailing("capex", q("2025Q4")).value == pytest.approx(50e9)


def test_a_year_to_date_gives_its_last_quarter_through_those_before():
    found = figures(
        fact("capex", "2025-06-01", "2025-08-31", 8.5),
        fact("capex", "2025-06-01", "2025-11-30", 20.5),
        fact("capex", "2025-06-01", "2026-02-28", 39.1),
    )
    assert found.quarters["capex"][q("2025Q4")].value == pytest.approx(12e9)
    assert found.quarters["capex"][q("2026Q1")].value == pytest.approx(18.6e9)


def test_nothing_is_filled_where_a_quarter_of_the_year_is_missing():
    found = figures(
        fact("capex", "2025-01-01", "2025-03-31", 10.0),
        fact("capex", "2025-07-01", "2025-09-30", 12.0),
        fact("capex", "2025-01-01", "2025-12-31", 50.0),
    )
    assert set(found.quarters["capex"]) == {q("2025Q1"), q("2025Q3")}
    assert found.trailing("capex", q("2025Q3")) is None
    assert found.trailing("capex", q("2025Q4")).value == pytest.approx(50e9)


def test_a_year_filed_under_the_context_of_a_quarter_is_no_quarter():
    found = figures(
        fact("revenue", "2025-01-01", "2025-03-31", 10.0),
        fact("revenue", "2025-04-01", "2025-06-30", 11.0),
        fact("revenue", "2025-07-01", "2025-09-30", 12.0),
        fact("revenue", "2025-10-01", "2025-12-31", 50.0, source="t"),
        fact("revenue", "2025-01-01", "2025-12-31", 50.0),
    )
    assert found.quarters["revenue"][q("2025Q4")].value == pytest.approx(17e9)


def test_a_rest_unlike_its_quarters_is_of_another_definition():
    quarters = [
        fact("depreciation", "2025-01-01", "2025-03-31", 13.0),
        fact("depreciation", "2025-04-01", "2025-06-30", 9.2),
        fact("depreciation", "2025-07-01", "2025-09-30", 10.2),
    ]
    narrower = fact("depreciation", "2025-01-01", "2025-12-31", 34.3, source="t")
    assert q("2025Q4") not in figures(*quarters, narrower).quarters["depreciation"]
    alike = fact("depreciation", "2025-01-01", "2025-12-31", 43.0, source="t")
    assert figures(*quarters, alike).quarters["depreciation"][q("2025Q4")].value == pytest.approx(10.6e9)


def test_one_metric_serves_a_whole_series():
    found = figures(
        fact("depreciation", "2025-01-01", "2025-03-31", 3.0),
        fact("depreciation", "2025-04-01", "2025-06-30", 3.1),
        fact("depreciation_and_amortisation", "2025-07-01", "2025-09-30", 5.0),
        fact("rpo_total", "2025-03-31", "2025-03-31", 80.0),
        fact("rpo", "2025-06-30", "2025-06-30", 60.0),
    )
    assert found.metrics["depreciation"] == "depreciation"
    assert set(found.quarters["depreciation"]) == {q("2025Q1"), q("2025Q2")}
    assert found.metrics["rpo"] == "rpo" and set(found.quarters["rpo"]) == {q("2025Q2")}


def test_what_is_not_reported_is_no_figure_and_no_later_day_is_seen():
    guided = fact("capex", "2026-01-01", "2026-03-31", 99.0, kind="guidance", known_at="2025-12-01")
    early = fact("capex", "2025-07-01", "2025-09-30", 12.0, known_at="2025-10-30")
    restated = fact("capex", "2025-07-01", "2025-09-30", 12.4, known_at="2026-10-30", source="t")
    assert set(figures(guided, early).quarters["capex"]) == {q("2025Q3")}
    assert figures(early, restated, day="2025-12-31").quarters["capex"][q("2025Q3")].value == pytest.approx(12e9)
    assert figures(early, restated).quarters["capex"][q("2025Q3")].value == pytest.approx(12.4e9)


def test_quarters_of_the_filers_sum_to_their_filed_years():
    """To the dollar; Alphabet's nine months of 2025 are filed a million less than its three quarters of revenue."""
    found = figures_by_company(known_on(None), ("MSFT", "GOOGL", "ORCL", "AVGO"))
    for one in found.values():
        for concept in ("capex", "operating_cash_flow", "revenue"):
            for year in one.years[concept].values():
                end = quarter_number(year.end)
                quarters = [one.quarters[concept].get(end - back) for back in range(4)]
                if all(quarters):
                    rounding = 1.5e6 if concept == "revenue" else 1.0
                    assert sum(part.value for part in quarters) == pytest.approx(year.value, abs=rounding), (
                        one.ticker,
                        concept,
                    )


def test_shipped_quarters_have_no_gap_for_those_who_file():
    found = figures_by_company(known_on(None), ("MSFT", "GOOGL", "ORCL", "AVGO", "AMZN", "META"))
    for one in found.values():
        quarters = sorted(one.quarters["capex"])
        assert quarters == list(range(quarters[0], quarters[-1] + 1)), one.ticker
