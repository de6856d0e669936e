"""One series page read again: both vintages stay, however the rows are spread over files."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild import ask
from overbuild.errors import FactError, InputErrors
from overbuild.facts.entry.documents import document_id
from overbuild.facts.ledger import Ledger
from overbuild.facts.store import add_facts, known_on, load_ledger

HEADER = (
    "entity,metric,period_start,period_end,value,unit,kind,source_title,source_url,published,source_class,known_at\n"
)
PAGE = "https://fred.stlouisfed.org/series/A191RL1Q225SBEA"
ADVANCE = f"US,gdp_growth,2026-01-01,2026-03-31,2.4,pct_per_year,reported,advance estimate,{PAGE},2026-04-30,regulator,2026-04-30\n"
SECOND = f"US,gdp_growth,2026-01-01,2026-03-31,2.1,pct_per_year,reported,second estimate,{PAGE},2026-05-28,regulator,2026-05-28\n"


@pytest.fixture
def enter(tmp_path):
    def entered(*tables, into="workspace", header=HEADER):
        for table in tables:
            (tmp_path / "table.csv").write_text(header + table)
            add_facts(tmp_path / "table.csv", tmp_path / into)
        return tmp_path / into

    return entered


def written(workspace):
    return {name: (workspace / name).read_text() for name in ("facts.csv", "sources.toml")}


def test_a_revision_at_the_same_address_is_a_later_row_in_one_file_or_in_two(enter):
    one = enter(ADVANCE + SECOND, into="one")
    assert written(one) == written(enter(ADVANCE, SECOND, into="two"))
    assert written(one) == written(enter(SECOND, ADVANCE, into="late"))
    assert written(one) == written(enter(SECOND + ADVANCE, into="turned"))
    assert [fact.value for fact in known_on(None, one).in_force if fact.metric == "gdp_growth"] == [2.1]
    assert [fact.value for fact in known_on("2026-05-01", one).in_force if fact.metric == "gdp_growth"] == [2.4]


def test_both_vintages_are_listed_with_their_standing_and_their_own_title(enter):
    workspace = enter(ADVANCE, SECOND)
    shown = ask.show_facts("US", "gdp_growth", workspace=workspace)
    cells = [(one["figure"], one["standing"], one["locator"]) for one in shown.tables[0].rows]
    assert cells == [("2.1", "in force", "second estimate"), ("2.4", "superseded", "advance estimate")]
    for one in shown.tables[0].rows:
        assert ask.why(one["id"], workspace=workspace).headline.value == one["value"]


def test_a_key_cites_the_newest_vintage_and_a_key_with_a_day_that_days(enter):
    workspace = enter(SECOND, ADVANCE)
    key = "US.gdp_growth@2026Q1#stlouisfed-series-a191rl1q225sbea"
    cited = load_ledger(workspace).cited()
    assert (cited[key].value, cited[f"{key}~2026-04-30"].value, cited[f"{key}~2026-05-28"].value) == (2.1, 2.4, 2.1)
    assert known_on("2026-05-01", workspace).cited()[key].value == 2.4
    assert f"{key}~2026-05-28" not in known_on("2026-05-01", workspace).cited()
    assert ask.why(f"fact:{key}~2026-04-30", workspace=workspace).headline.value == pytest.approx(0.024)


def test_the_newest_figure_of_a_page_is_in_force_whatever_class_is_written_beside_it(enter):
    workspace = enter(ADVANCE, SECOND.replace("regulator", "press"))
    assert [fact.value for fact in known_on(None, workspace).in_force if fact.metric == "gdp_growth"] == [2.1]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (ADVANCE + ADVANCE, "repeats"),
        (ADVANCE + ADVANCE.replace(",2.4,", ",2.6,"), "later day on which it became known"),
        (ADVANCE + ADVANCE.replace(PAGE, PAGE.replace("https://", "http://www.") + "/"), "repeats"),
    ],
)
def test_a_repeated_identity_is_refused_in_one_file_or_in_two(enter, table, words):
    with pytest.raises(FactError, match=words) as caught:
        enter(table, into="one")
    assert caught.value.code == "duplicate" and caught.value.line == 3
    first, second = table.splitlines(keepends=True)
    with pytest.raises(FactError, match=words) as caught:
        enter(first, second, into="two")
    assert caught.value.code == "duplicate" and caught.value.line == 2


def test_a_figure_of_another_definition_needs_a_metric_of_its_own(enter):
    header = HEADER.replace("unit,", "unit,unit_printed,")
    table = ADVANCE.replace("per_year,", "per_year,real,") + ADVANCE.replace("per_year,", "per_year,nominal,")
    with pytest.raises(FactError, match="say the difference in the name of the metric"):
        enter(table, header=header)


def test_a_period_has_one_measure(enter):
    table = ADVANCE.replace("gdp_growth", "own_index") + SECOND.replace("gdp_growth", "own_index")
    with pytest.raises(FactError, match="another metric") as caught:
        enter(table.replace("2.1,pct_per_year", "2.1,USD_bn"))
    assert (caught.value.code, caught.value.line) == ("bad_unit", 3)


PAGES = ("https://www.example.org/a", "http://example.org/a/", "https://example.org/b?year=1", "")
PERIODS = (("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31"))
rows = st.tuples(
    st.sampled_from(PERIODS),
    st.integers(10, 30),
    st.sampled_from(("First report", "Second report")),
    st.sampled_from(PAGES),
    st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 1, 9)).map(str),
    st.sampled_from(("reported", "estimate", "forecast")),
    st.sampled_from(("filing", "press")),
)


def one_a_day(one):
    period, _, title, page, day, kind, _ = one
    return (period, document_id(title, page), day, kind)


def table_of(some):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for (start, end), value, title, page, day, kind, source_class in some:
        why = "" if page else "on paper"
        cells = ("ALPHA", "capex", start, end, value, "USD_bn", kind, title, page, day, why, source_class, day)
        writer.writerow(cells)
    return out.getvalue()


@settings(max_examples=40, deadline=None)
@given(st.lists(rows, min_size=1, max_size=8, unique_by=one_a_day), st.data())
def test_one_file_or_many_in_any_order_give_the_same_workspace(tmp_path_factory, some, data):
    folder = tmp_path_factory.mktemp("vintages")
    header = HEADER.replace("published,", "published,why_no_address,")
    shuffled = data.draw(st.permutations(some))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(some) - 1)))) if len(some) > 1 else []
    parts = [shuffled[start:end] for start, end in zip([0, *cuts], [*cuts, len(some)], strict=True)]
    for name, tables in (("one", [some]), ("many", parts)):
        for table in tables:
            (folder / "table.csv").write_text(header + table_of(table))
            add_facts(folder / "table.csv", folder / name)
    one, many = (load_ledger(folder / name) for name in ("one", "many"))
    assert written(folder / "one")["facts.csv"] == written(folder / "many")["facts.csv"]
    assert one.sources == many.sources
    assert len(one.about("ALPHA", "capex")) == len(some)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, min_size=1, max_size=8, unique_by=one_a_day), st.randoms(use_true_random=False))
def test_the_order_of_vintages_changes_nothing(tmp_path_factory, some, random):
    folder = tmp_path_factory.mktemp("order")
    (folder / "table.csv").write_text(HEADER.replace("published,", "published,why_no_address,") + table_of(some))
    facts = add_facts(folder / "table.csv", folder / "workspace")
    turned = list(facts)
    random.shuffle(turned)
    for day in ("2026-01-03", "2026-01-06", None):
        assert Ledger(facts, {}).as_of(day).in_force == Ledger(turned, {}).as_of(day).in_force
    assert Ledger(facts, {}).cited() == Ledger(turned, {}).cited()


def test_every_fault_of_a_table_is_told_at_once(enter):
    with pytest.raises(InputErrors) as caught:
        enter(ADVANCE + ADVANCE + ADVANCE.replace("reported", "actual"))
    assert [(fault.code, fault.line) for fault in caught.value.errors] == [("unknown_name", 4), ("duplicate", 3)]
