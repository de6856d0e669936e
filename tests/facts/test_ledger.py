"""The ledger as of a day: precedence, restatements, withdrawals."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.errors import FactError
from overbuild.facts.fact import CLASS_RANK, KINDS, Fact
from overbuild.facts.ledger import Ledger

YEAR = ("2025-01-01", "2025-12-31")


def fact(
    value=1.0,
    *,
    known_at="2026-01-31",
    source_class="press",
    kind="reported",
    source="a",
    status="seen",
    rank=0,
    metric="capex",
):
    dated = ("", known_at, "day", "", rank)
    return Fact(
        "ALPHA", metric, *YEAR, value, "", "USD_bn", "", kind, status, source, source_class, *dated
    )  # fmt: skip


def in_force(*facts, day=None):
    found = Ledger(facts, {}).as_of(day).in_force
    return found[0].value if found else None


def test_a_filing_beats_a_newer_aggregator():
    assert (
        in_force(fact(1, source_class="filing"), fact(2, known_at="2026-06-30", source_class="aggregator", source="b"))
        == 1
    )


def test_inside_a_class_the_newest_wins():
    assert in_force(fact(1), fact(2, known_at="2026-06-30", source="b")) == 2


def test_what_became_known_later_is_not_seen():
    rows = (fact(1), fact(2, known_at="2026-06-30", source="b"))
    assert in_force(*rows, day="2026-06-29") == 1
    assert in_force(*rows, day="2026-06-30") == 2
    assert in_force(*rows, day="2026-01-30") is None


def test_newer_guidance_replaces_older_whatever_the_class():
    rows = (
        fact(180, kind="guidance"),
        fact(185, kind="guidance", source_class="analyst", known_at="2026-04-30", source="b"),
    )
    assert in_force(*rows) == 185


def test_nothing_below_a_release_replaces_guidance_of_a_release():
    rows = (
        fact(180, kind="guidance", source_class="company_release"),
        fact(185, kind="guidance", source_class="press", known_at="2026-04-30", source="b"),
    )
    assert in_force(*rows) == 180


def test_on_the_same_day_the_class_breaks_the_tie_of_statements():
    rows = (
        fact(1, kind="forecast", source_class="press"),
        fact(2, kind="forecast", source_class="analyst", source="b"),
    )
    assert in_force(*rows) == 1


def test_an_actual_stands_before_a_statement_about_the_same_period():
    rows = (
        fact(1, source_class="aggregator"),
        fact(2, kind="guidance", source_class="press", known_at="2026-06-30", source="b"),
    )
    assert in_force(*rows) == 1


def test_an_aggregators_actual_does_not_overrule_a_filings_statement():
    rows = (fact(1, source_class="aggregator"), fact(2, kind="guidance", source_class="filing", source="b"))
    assert in_force(*rows) == 2


def test_a_figure_stands_before_a_statement_of_the_same_class_and_day():
    rows = (fact(1, kind="guidance"), fact(2, kind="article", source="b"))
    assert in_force(*rows) == in_force(*reversed(rows)) == 2


def test_a_withdrawn_figure_leaves_its_period_empty():
    rows = (fact(1), fact(None, status="withdrawn", known_at="2026-02-15", source="b"))
    assert in_force(*rows, day="2026-02-14") == 1
    assert in_force(*rows, day="2026-02-15") is None


def test_a_rank_breaks_a_tie_of_class_and_day():
    assert in_force(fact(1, rank=2), fact(2, rank=1, source="b")) == 1


def test_every_row_says_how_it_stands():
    rows = (
        fact(1, source_class="filing"),
        fact(2, known_at="2026-02-28", source_class="aggregator", source="b"),
        fact(3, known_at="2026-01-15", source_class="filing", source="c"),
        fact(4, known_at="2026-12-31", source_class="filing", source="d"),
    )
    standing = {one.fact.value: one.standing for one in Ledger(rows, {}).as_of("2026-06-30").standing("ALPHA", "capex")}
    assert standing == {1: "in force", 2: "outranked", 3: "superseded", 4: "not yet known"}


def test_a_ledger_holds_its_own_facts_and_no_others():
    one, other = Ledger([fact(1)], {}), Ledger([fact(2), fact(3, metric="revenue")], {})
    assert [[found.value for found in ledger.as_of().in_force] for ledger in (one, other, one)] == [[1], [2, 3], [1]]


def test_a_bad_day_is_refused():
    with pytest.raises(FactError, match="YYYY-MM-DD"):
        Ledger([fact()], {}).as_of("January")


def test_an_unknown_name_gets_close_ones():
    ledger = Ledger([fact()], {})
    with pytest.raises(FactError, match="Did you mean ALPHA"):
        ledger.subject("ALPA", "capex")
    with pytest.raises(FactError, match="Did you mean capex"):
        ledger.subject("alpha", "capx")


days = st.dates(
    min_value=__import__("datetime").date(2026, 1, 1), max_value=__import__("datetime").date(2026, 3, 1)
).map(str)
rows = st.builds(
    fact,
    st.floats(1, 1e6),
    known_at=days,
    source_class=st.sampled_from(sorted(CLASS_RANK)),
    kind=st.sampled_from(KINDS),
    source=st.uuids().map(str),
    metric=st.sampled_from(["capex", "revenue"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, max_size=8), st.randoms(use_true_random=False), days)
def test_the_order_of_rows_changes_nothing(some, random, day):
    shuffled = list(some)
    random.shuffle(shuffled)
    assert Ledger(some, {}).as_of(day).in_force == Ledger(shuffled, {}).as_of(day).in_force


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, max_size=6), rows, days)
def test_a_fact_known_later_changes_nothing(some, extra, day):
    later = extra._replace(known_at="2026-03-02")
    assert Ledger([*some, later], {}).as_of(day).in_force == Ledger(some, {}).as_of(day).in_force


@settings(max_examples=100, deadline=None)
@given(st.lists(rows, max_size=6), rows, rows)
def test_an_aggregator_never_overrules_a_filing(some, filed, aggregated):
    filed = filed._replace(
        source_class="filing", metric="capex", kind="reported" if filed.kind == "assumption" else filed.kind
    )
    aggregated = aggregated._replace(source_class="aggregator", metric="capex")
    found = [f for f in Ledger([*some, filed, aggregated], {}).as_of().in_force if f.metric == "capex"]
    assert found and found[0].source_class != "aggregator"
