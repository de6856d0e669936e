"""Slips of the pen are refused by name; true figures, and figures with a reason, are not."""

from __future__ import annotations

import pytest

from overbuild.errors import FactError, InputErrors
from overbuild.facts.entry.plausibility import find_slips
from overbuild.facts.fact import Fact
from overbuild.facts.store import add_facts, load_ledger

QUARTERS = [
    (f"{year}-{3 * number - 2:02d}-01", f"{year}-{3 * number:02d}-{day}")
    for year in (2024, 2025)
    for number, day in zip(range(1, 5), (31, 30, 30, 31), strict=True)
]

THOUSANDFOLD = """\
entity,metric,period_start,period_end,value,unit,kind,source_title,source_url,published,source_class,known_at,note
MSFT,capex_guidance_low,2026-01-01,2026-12-31,150000,USD_bn,guidance,Microsoft Q4 call,https://www.microsoft.com/x,2026-07-29,company_release,2026-07-29,
"""


def row(
    value, period=QUARTERS[0], *, metric="capex", unit="USD_bn", known_at="2026-01-31", note="", source="a", line=2
):
    rest = ("", known_at, "day", note, 0, "mine.csv", line)
    return Fact("ALPHA", metric, *period, value, "", unit, "", "guidance", "seen", source, "press", *rest)


def series(*values, **rest):
    periods = QUARTERS[: len(values)]
    return [row(*one, line=line, **rest) for line, one in enumerate(zip(values, periods, strict=True), start=2)]


def lines(rows, established=()):
    return [fault.line for fault in find_slips(rows, established)]


def faults_of(error):
    return list(error.errors) if isinstance(error, InputErrors) else [error]


def test_a_plan_in_millions_under_billions_is_refused_with_the_figures_it_is_compared_with(tmp_path):
    (tmp_path / "mine.csv").write_text(THOUSANDFOLD)
    with pytest.raises((FactError, InputErrors)) as caught:
        add_facts(tmp_path / "mine.csv", tmp_path / "workspace")
    slip, crossed = faults_of(caught.value)
    assert {slip.code, crossed.code} == {"implausible"}
    assert slip.place == crossed.place == f"{tmp_path / 'mine.csv'}:2"
    for words in ("MSFT capex_guidance_low 2026", "capex_guidance_low 2026 is 190 USD_bn", "checked: WHY", "150,000"):
        assert words in str(slip), str(slip)
    assert "above the high" in str(crossed)
    assert not (tmp_path / "workspace").exists()


def test_the_same_plan_is_accepted_with_a_reason_that_stays_in_its_row(tmp_path):
    (tmp_path / "mine.csv").write_text(THOUSANDFOLD.rstrip() + "checked: the call says 150 thousand billion\n")
    add_facts(tmp_path / "mine.csv", tmp_path / "workspace")
    rows = load_ledger(tmp_path / "workspace").about("MSFT", "capex_guidance_low")
    assert [one.value for one in rows if one.note.startswith("checked: ")] == [150000.0]


def test_a_slip_that_was_written_into_the_workspace_by_hand_is_named_when_it_is_loaded(tmp_path):
    (tmp_path / "mine.csv").write_text(THOUSANDFOLD.replace("150000", "165"))
    add_facts(tmp_path / "mine.csv", tmp_path / "workspace")
    table = tmp_path / "workspace" / "facts.csv"
    table.write_text(table.read_text().replace("165.0", "165000"))
    with pytest.raises(InputErrors, match="implausible"):
        load_ledger(tmp_path / "workspace")


@pytest.mark.parametrize("times", [1000, 1 / 1000, 1e6, 100, 1 / 100, 12])
@pytest.mark.parametrize("place", [0, 3, 7])
def test_one_figure_out_of_scale_is_named_and_its_neighbours_are_not(times, place):
    values = [10.0, 11.0, 12.5, 13.0, 15.0, 17.0, 19.0, 21.0]
    values[place] *= times
    assert lines(series(*values)) == [place + 2]


def test_a_series_that_triples_every_quarter_is_plausible():
    assert lines(series(*(0.01 * 3**number for number in range(8)))) == []


@pytest.mark.parametrize("place", [0, 3, 7])
def test_a_lost_sign_is_named(place):
    values = [-10.0, -11.0, -12.5, -13.0, -15.0, -17.0, -19.0, -21.0]
    values[place] *= -1
    assert lines(series(*values, metric="free_cash_flow")) == [place + 2]


def test_a_metric_that_turns_from_loss_to_profit_is_plausible():
    assert lines(series(-4.0, -3.0, -1.0, -0.5, 0.5, 1.0, 3.0, 4.0, metric="net_income")) == []


def test_millions_and_billions_are_compared_in_one_unit():
    rows = [*series(10.0, 11.0), row(12_000.0, QUARTERS[2], unit="USD_mn", line=9)]
    assert lines(rows) == []
    assert lines([*rows[:2], rows[2]._replace(unit="USD_bn")]) == [9]


def test_a_year_is_not_an_outlier_beside_its_quarters():
    quarters = series(1.0, 1.0, 1.0, 12.0)
    assert lines([row(15.0, ("2024-01-01", "2024-12-31"), line=9)], quarters) == []


def test_a_reason_frees_its_row_and_is_no_measure_for_others():
    rows = [row(1.0), row(5000.0, QUARTERS[1], line=3)]
    assert lines(rows) == [2, 3]
    assert lines([rows[0], rows[1]._replace(note="in words; checked: printed so on page 3")]) == []


def test_only_added_rows_are_at_fault():
    assert lines([row(10_000.0, QUARTERS[1], line=7)], series(10.0)) == [7]
    assert lines([row(10.0, line=7)], [row(10_000.0, QUARTERS[1])]) == [7]


def test_a_low_above_the_high_in_force_on_some_day_is_named_at_the_later_row():
    low, high = row(50.0, metric="capex_low", line=2), row(40.0, metric="capex_high", line=3, known_at="2026-02-28")
    raised = row(60.0, metric="capex_high", line=4, known_at="2026-03-31")
    assert lines([low, high]) == lines([high, low]) == [3]
    assert lines([low, high, raised]) == [3]
    assert lines([low, raised]) == []
    assert lines([low, high._replace(note="checked: withdrawn the same day")]) == []
    assert lines([low], [high]) == [2]


def test_the_shipped_figures_are_plausible_and_each_of_them_is_looked_at():
    shipped = load_ledger().facts
    assert find_slips(shipped) == []
    row = next(one for one in shipped if (one.entity, one.metric, one.period) == ("MSFT", "capex", "2026Q1"))
    assert row.value is not None
    rest = [one for one in shipped if one is not row]
    assert [fault.code for fault in find_slips([row._replace(value=row.value * 1000)], rest)] == ["implausible"]
