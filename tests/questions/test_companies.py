"""The companies as answers: ids and where each value was filed, definitions apart, tree and book of the same numbers."""

from __future__ import annotations

import re

import pytest

from overbuild import ask
from overbuild.company.preset import OwnFigures
from overbuild.errors import OverbuildError
from overbuild.questions.export import companies_book, company_book

ANSWER = ask.companies()


def test_values_are_named_by_ticker_metric_and_calendar_quarter():
    values = ANSWER.values
    assert values["MSFT.capex@2025Q3"] == pytest.approx(19.394e9)
    assert values["ORCL.capex@2026Q3"] == pytest.approx(28.499e9)
    assert values["AMZN.free_cash_flow_ttm@2026Q2"] == pytest.approx(-11.637e9, abs=2e7)
    assert values["AMZN.capex_guided_low@2026"] == 220e9
    annual = ask.companies(["MSFT", "NVDA"], frequency="annual").values
    assert annual["MSFT.capex@FY2025"] == pytest.approx(64.551e9)
    assert annual["NVDA.capex@FY2026"] == pytest.approx(6.042e9)


def test_every_value_says_where_it_is_from_or_why_it_is_none():
    assert set(ANSWER.values) <= set(ANSWER.status)
    assert re.search(r"\d{10}-\d\d-\d{6} us-gaap:PaymentsToAcquireProperty", ANSWER.status["MSFT.capex@2025Q3"])
    assert ANSWER.status["MSFT.capex_to_operating_cash_flow@2025Q3"] == "computed: from capex, operating_cash_flow"
    assert ANSWER.values["MSFT.lease_adjusted_leverage_ttm@2026Q2"] is None
    assert ANSWER.status["MSFT.total_debt@2026Q2"] == "not in the facts: total_debt of the period"
    assert "less" in ANSWER.status["AMZN.operating_cash_flow@2025Q4"]


def test_definitions_of_capex_are_ids_of_their_own():
    values = ANSWER.values
    assert values["MSFT.capex@2025Q3"] < values["MSFT.capex_with_finance_leases@2025Q3"] == 34.9e9
    assert "AMZN.capex_with_finance_leases@2025Q3" not in values


def test_as_of_a_day_nothing_later_is_seen():
    found = ask.companies(as_of="2025-03-01")
    assert all(fact.known_at <= "2025-03-01" for fact in found.facts)
    assert found.values["MSFT.capex@2024Q4"] == pytest.approx(15.804e9)
    assert not any("2025" in name and value is not None for name, value in found.values.items())


def test_one_metric_and_what_is_refused():
    shown = ask.companies(["AMZN", "ORCL"], metric="free_cash_flow").screen.table
    assert shown.title == "Free cash flow by period"
    for wrong in ({"metric": "capx"}, {"frequency": "monthly"}, {"tickers": ["MSTF"]}, {"as_of": "2025-13-01"}):
        with pytest.raises(OverbuildError) as caught:
            ask.companies(**wrong)
        assert caught.value.code in ("unknown_name", "bad_period")


def test_amazons_life_change_stands_in_the_answer_with_its_range():
    found = ask.company("AMZN")
    low, high = found.values["AMZN.disclosed_change.2025Q1.low"], found.values["AMZN.disclosed_change.2025Q1.high"]
    assert low <= -1.4e9 <= -0.7e9 <= high
    assert "-0.7bn (guidance) then -1.4bn (reported)" in found.table("disclosed_changes").rows[0]["said"]
    assert "cash by nothing" in found.headline.text


def test_a_company_says_what_its_facts_do_not_reach():
    assert "only 1 period of capex is in the facts" in ask.company("CRWV").headline.text
    assert "give --life NEW --life-before OLD" in ask.company("AVGO").screen.decides[0]


@pytest.mark.parametrize(
    ("number", "below"),
    [
        ("company:AMZN.free_cash_flow_ttm@2026Q1", "AMZN.operating_cash_flow@2025#"),
        ("companies:MSFT.capex_to_operating_cash_flow@2025Q3", "MSFT.capex@2025Q3#"),
        ("company:ORCL.capex@FY2025", "ORCL.capex@2024-06-01..2025-05-31#"),
        ("company:AMZN.life_change.year_1.operating_income_change", "AMZN.server_useful_life_years@2024-01-01#"),
    ],
)
def test_why_goes_down_to_the_filed_figures(number, below):
    found = ask.why(number, depth=4)
    assert any(fact.id.startswith(below) for fact in found.facts)
    assert found.headline.value is not None


def test_every_number_of_the_answer_has_a_tree():
    values = ask.companies(["GOOGL"]).values
    for name in (
        "GOOGL.capex_ttm@2026Q1",
        "GOOGL.interest_cover@2025Q4",
        "GOOGL.rpo@2025Q4",
        "GOOGL.marginal_return_ttm@2026Q1",
    ):
        assert ask.why(f"company:{name}").headline.value == pytest.approx(values[name])


@pytest.mark.parametrize("name", ["MSFT.rank", "GOOGL.capex_guided_high@2026", "AMZN.capex_guided_low@2026"])
def test_ranks_and_guidance_have_trees_too(name):
    found = ask.why(f"company:{name}")
    assert found.headline.value == ANSWER.values[name] and found.facts


def test_a_number_of_a_price_or_of_another_life_is_explained_with_what_was_given():
    price = ["price=500", "shares=7.43e9"]
    asked = ask.company("MSFT", price=500.0, shares=7.43e9).values["MSFT.priced_in.revenue_asked"]
    assert ask.why("company:MSFT.priced_in.revenue_asked", shocks=price).headline.value == pytest.approx(asked)
    name = "life_change.year_1.operating_income_change"
    shorter = ask.company("AMZN", life=3.0).values[f"AMZN.{name}"]
    assert ask.why(f"company:AMZN.{name}", shocks=["life=3"]).headline.value == pytest.approx(shorter)
    for number, shocks, said in (
        ("company:MSFT.priced_in.value", [], "no price is given"),
        ("company:AMZN.capex", ["lfe=3"], "Did you mean life"),
        ("company:AMZN.capex", ["life=three"], "a number is needed"),
    ):
        with pytest.raises(OverbuildError, match=said):
            ask.why(number, shocks=shocks)


def test_a_new_issuer_needs_no_code(tmp_path):
    head = "entity,metric,period_start,period_end,value,unit,kind,source,source_class,known_at"
    days = [("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")]
    rows = [
        f"NEWCO,{metric},2025-{start},2025-{end},{amount + n},USD_bn,reported,newco-2026-annual,filing,2026-02-10"
        for metric, amount in (("capex", 1.0), ("operating_cash_flow", 2.0), ("revenue", 9.0))
        for n, (start, end) in enumerate(days)
    ]
    source = '[newco-2026-annual]\nproducer = "newco"\ntitle = "Annual report 2025"\n'
    (tmp_path / "sources.toml").write_text(
        f'{source}date_published = "2026-02-10"\nurl = "https://example.com/a"\n', "utf-8"
    )
    (tmp_path / "facts.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    ask.add_facts(tmp_path / "facts.csv", tmp_path / "mine")
    found = ask.companies(["newco", "ORCL"], workspace=tmp_path / "mine")
    assert found.values["NEWCO.capex_ttm@2025Q4"] == 10e9
    assert found.values["NEWCO.free_cash_flow@2025Q2"] == 1e9
    assert ask.company("NEWCO", workspace=tmp_path / "mine").values["NEWCO.free_cash_flow_ttm@2025Q4"] == 4e9


def test_a_book_holds_the_numbers_of_the_answer():
    book = company_book("AMZN", OwnFigures(life=4.0))
    answer = ask.company("AMZN", life=4.0)
    results = {one.id: one.value for one in book.results}
    assert (
        results["life_change.year_1.operating_income_change"]
        == answer.values["AMZN.life_change.year_1.operating_income_change"]
    )
    assert results["free_cash_flow_ttm"] == answer.values["AMZN.free_cash_flow_ttm@2026Q2"]
    assert {one.id for one in book.checks} == {f"check.cash.year_{n}" for n in (1, 2, 3)}
    shares = [one for one in book.inputs if one.id == "life.server_share"]
    assert shares[0].kind == "assumption"


def test_companies_stand_side_by_side_in_one_book():
    book = companies_book(["MSFT", "ORCL"])
    results = {one.id: one.value for one in book.results}
    answer = ask.companies(["MSFT", "ORCL"])
    assert results["MSFT.capex_ttm"] == answer.values["MSFT.capex_ttm@2026Q2"]
    assert results["ORCL.free_cash_flow_ttm"] == answer.values["ORCL.free_cash_flow_ttm@2026Q3"]
    ids = [one.id for one in (*book.inputs, *book.model, *book.results) if one.id]
    assert len(ids) == len(set(ids))
