"""A basket through time: identities, known answers, what chance may show, and panels that are none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.ecosystem.basket.basket_run import run_basket
from overbuild.ecosystem.basket.bootstrap import drawn_days
from overbuild.ecosystem.basket.comovement import (
    average_correlation,
    correlations,
    cross_section_sd,
    dispersion,
    pc1_share,
    volatility,
)
from overbuild.ecosystem.basket.compared import MEASURES, compare_windows, measured
from overbuild.ecosystem.basket.made_panel import CHANGE_AFTER, NAMES, made_panel, made_returns
from overbuild.ecosystem.basket.panel.read import read_panel
from overbuild.ecosystem.basket.panel.records import MOST_OF_A_KIND
from overbuild.ecosystem.basket.settings import BasketTest, PanelAsked
from overbuild.errors import InputErrors, OverbuildError

SEEDS = st.integers(0, 2**32 - 1)


def drawn(seed, days=20, names=5, common=0.5):
    generator = np.random.default_rng(seed)
    return common * generator.standard_normal((days, 1)) + generator.standard_normal((days, names))


@given(SEEDS, st.integers(2, 7), st.floats(0.0, 3.0))
def test_measures_stay_within_what_can_be(seed, names, common):
    returns = drawn(seed, names=names, common=common)
    pairs = correlations(returns)
    assert np.allclose(pairs, pairs.T) and np.abs(pairs).max() <= 1.0
    assert np.allclose(pairs, np.corrcoef(returns.T), atol=1e-12)
    assert -1.0 / (names - 1) - 1e-12 <= average_correlation(pairs) <= 1.0
    assert 1.0 / names - 1e-12 <= pc1_share(pairs) <= 1.0
    assert (1.0 + (names - 1) * average_correlation(pairs)) / names <= pc1_share(pairs) + 1e-12


@given(SEEDS)
def test_the_squares_of_dispersion_are_what_names_move_less_what_they_move_together(seed):
    """Mean over days of the variance across names = mean square of a name less mean product of two names."""
    returns = drawn(seed)
    days, names = returns.shape
    moments = returns.T @ returns / days
    own, shared = np.trace(moments) / names, (moments.sum() - np.trace(moments)) / (names * (names - 1))
    assert math.isclose((cross_section_sd(returns) ** 2).mean(), own - shared, rel_tol=1e-9)


@given(SEEDS, st.floats(0.1, 10.0))
def test_size_moves_dispersion_alone_and_order_moves_nothing(seed, scale):
    returns = drawn(seed)
    generator = np.random.default_rng(seed)
    turned = returns[generator.permutation(20)][:, generator.permutation(5)]
    first = measured(returns)
    assert np.allclose(measured(turned), first, rtol=1e-9)
    assert np.allclose(measured(scale * returns), first * [1.0, 1.0, scale], rtol=1e-9)
    assert math.isclose(volatility(scale * returns), scale * volatility(returns), rel_tol=1e-9)


@given(SEEDS)
def test_a_pair_is_measured_on_the_days_that_both_have(seed):
    returns = drawn(seed)
    padded = np.concatenate([returns, np.full((3, 5), np.nan)])
    assert np.allclose(measured(padded), measured(returns), rtol=1e-9)
    holed = returns.copy()
    holed[3, 0] = holed[7, 1] = holed[7, 0] = np.nan
    both = ~np.isnan(holed[:, :2]).any(axis=1)
    assert math.isclose(correlations(holed)[0, 1], np.corrcoef(returns[both, :2].T)[0, 1], abs_tol=1e-9)


def test_what_does_not_move_has_no_correlation():
    returns = drawn(1)
    returns[:, 2] = 0.01
    pairs = correlations(returns)
    assert np.isnan(pairs[2]).all() and np.isnan(pc1_share(pairs)) and not np.isnan(dispersion(returns))


def test_many_windows_are_measured_as_one_by_one():
    returns = np.stack([drawn(seed) for seed in range(4)])
    assert np.allclose(measured(returns), [measured(one) for one in returns])


@given(SEEDS, st.integers(1, 9))
def test_days_are_drawn_in_blocks_that_go_round(seed, block):
    places = drawn_days(np.random.default_rng(seed), length=13, of=9, block=block, draws=50)
    assert places.shape == (50, 13) and places.min() >= 0 and places.max() <= 8
    step = (places[:, 1:] - places[:, :-1]) % 9
    within = np.arange(1, 13) % block != 0
    assert (step[:, within] == 1).all()


def test_a_change_that_was_made_is_found():
    returns = made_returns()
    found = compare_windows(returns[:CHANGE_AFTER], returns[CHANGE_AFTER:], block=3, draws=300, seed=1)
    assert found.no_longer_together and all(one.shown for one in found.changes)
    for one in found.changes:
        assert one.change.low <= one.change.value <= one.change.high and one.p_value < 0.01
        assert one.before.low <= one.before.value <= one.before.high
    turned = compare_windows(returns[CHANGE_AFTER:], returns[:CHANGE_AFTER], block=3, draws=300, seed=1)
    assert not turned.no_longer_together and all(one.shown for one in turned.changes)


def test_shuffled_days_show_no_effect():
    """Days in any order hold no change; 40 orders of a panel that holds one, of which two may show some change by chance."""
    returns, generator = made_returns(), np.random.default_rng(18)
    showed, parted = 0, 0
    for seed in range(40):
        days = generator.permutation(returns)
        found = compare_windows(days[:CHANGE_AFTER], days[CHANGE_AFTER:], block=3, draws=200, seed=seed)
        showed += any(one.shown for one in found.changes)
        parted += found.no_longer_together
    assert showed <= 2 and parted == 0


def test_volatility_alone_moves_dispersion_and_no_correlation():
    """Names that move twice as much, in every other way as before: both sides of the verdict."""
    before = drawn(5, days=40)
    found = compare_windows(before, 2.0 * before, block=3, draws=300, seed=1)
    assert found.of("dispersion").shown and found.of("dispersion").rose
    assert abs(found.of("average_correlation").change.value) < 1e-12 and not found.no_longer_together
    assert math.isclose(found.dispersion_by_volatility, found.of("dispersion").after.value, rel_tol=1e-9)


def test_a_seed_gives_the_same_digits_and_another_seed_others():
    returns = made_returns()
    sides = {"before": returns[:20], "after": returns[20:40]}
    first, again, other = (compare_windows(**sides, block=2, draws=250, seed=seed) for seed in (1, 1, 2))
    assert first == again and first != other
    assert [one.change.value for one in first.changes] == [one.change.value for one in other.changes]


@pytest.fixture
def written(tmp_path):
    def write(text, name="panel.csv"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def cells(text=None):
    return [line.split(",") for line in (text or made_panel()).splitlines()]


def joined(rows, separator=","):
    return "\n".join(separator.join(str(one) for one in row) for row in rows) + "\n"


def long_form(rows):
    head, *body = rows
    lines = [("date", "ticker", "log_return")]
    return [*lines, *((row[0], name, value) for row in body for name, value in zip(head[1:], row[1:], strict=True))]


def test_every_layout_is_the_same_panel(written):
    rows, log = cells(), PanelAsked(form="log")
    wide = read_panel(written(joined(rows)), log)
    assert wide.returns.shape == (72, 8) and wide.names == NAMES
    tabs = read_panel(written(joined(rows, "\t"), "tabs.csv"), log)
    turned = read_panel(written(joined([rows[0], *reversed(rows[1:])]), "turned.csv"), log)
    long = read_panel(written(joined(long_form(rows)), "long.csv"))
    assert (long.form, long.said_by) == ("log", "header")
    for other in (tabs, turned, long):
        assert other.days == wide.days and other.names == wide.names and (other.returns == wide.returns).all()


def test_simple_returns_and_prices_come_to_the_same_log_returns(written):
    rows = cells()
    log = read_panel(written(joined(rows)), PanelAsked(form="log")).returns
    simple = [rows[0], *([row[0], *(math.expm1(float(one)) for one in row[1:])] for row in rows[1:])]
    assert np.allclose(read_panel(written(joined(simple), "simple.csv")).returns, log)
    levels = 100.0 * np.exp(np.cumsum(log, axis=0))
    prices = [rows[0], *([row[0], *level] for row, level in zip(rows[1:], levels, strict=True))]
    found = read_panel(written(joined(prices), "prices.csv"), PanelAsked(form="prices"))
    assert np.allclose(found.returns, log[1:]) and found.days[0] == rows[2][0]


def test_parquet_is_read_as_csv_is(written, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    source, target = written(joined(long_form(cells()))), tmp_path / "panel.parquet"
    duckdb.sql(f"copy (select * from read_csv('{source}')) to '{target}' (format parquet)")
    one, other = read_panel(source), read_panel(target)
    assert one.days == other.days and one.names == other.names and (one.returns == other.returns).all()


def changed(row, column, value):
    rows = cells()
    rows[row][column] = value
    return rows


def percent(columns):
    head, *rows = cells()
    return [
        head,
        *([row[0], *(float(one) * 100 if at in columns else one for at, one in enumerate(row[1:], 1))] for row in rows),
    ]


BAD = {
    "percent": (percent(range(1, 9)), 2, 2, "bad_value", "are these percent? Did you mean"),
    "one name in percent": (percent([3]), 2, 4, "bad_value", "would be above 300% a year: are these percent?"),
    "one number in percent": (changed(31, 3, "5.2"), 32, 4, "bad_value", "did you mean 0.052, in percent?"),
    "a percent sign": (changed(31, 3, "1.5%"), 32, 4, "bad_value", "did you mean 0.015?"),
    "a word": (changed(31, 3, "up"), 32, 4, "bad_value", "a number, or an empty cell"),
    "an infinity": (changed(31, 3, "1e999"), 32, 4, "bad_value", "a number, or an empty cell"),
    "a gap of a name": (changed(31, 3, ""), 32, 4, "gap", "nothing on 2021-07-31; it is not filled"),
    "a month that is missing": (cells()[:20] + cells()[21:], 21, 1, "gap", "nothing stands between 2020-07-31 and this day"),
    "a day twice": (cells()[:20] + cells()[19:], 21, 1, "duplicate", "stands in line 20 already"),
    "a name twice": (changed(0, 3, "MADE_A"), 1, 4, "duplicate", "column 2 has this name already"),
    "one name": ([row[:2] for row in cells()], 1, 1, "missing", "two names or more"),
    "a day of another form": (changed(31, 0, "31/07/2021"), 32, 1, "bad_period", "YYYY-MM-DD"),
    "a day that is none": (changed(31, 0, "2021-02-30"), 32, 1, "bad_period", "YYYY-MM-DD"),
    "a short row": ([*cells()[:7], cells()[7][:-1], *cells()[8:]], 8, 1, "length_mismatch", "9 columns"),
    "long without numbers": (
        [("date", "ticker", "volume"), ("2024-01-31", "A", 1)], 1, 1, "bad_layout", "head one log_return",
    ),
    "long, a day twice": ([*long_form(cells()), long_form(cells())[9]], 578, 1, "duplicate", "stands in line 10 already"),
    "long, a gap": ([*long_form(cells())[:9], *long_form(cells())[10:]], 17, 3, "gap", "nothing on 2019-02-28"),
}  # fmt: skip


@pytest.mark.parametrize("rows, line, column, code, said", BAD.values(), ids=BAD)
def test_a_fault_is_named_at_its_place(written, rows, line, column, code, said):
    path = written(joined(rows))
    with pytest.raises(OverbuildError) as caught:
        read_panel(path, None if rows[0][1] == "ticker" else PanelAsked(form="log"))
    assert (caught.value.code, caught.value.line, caught.value.column) == (code, line, column)
    assert caught.value.file == str(path) and said in str(caught.value)


def test_prices_for_returns_and_returns_for_prices_are_asked_about(written):
    levels = 100.0 * np.exp(np.cumsum(made_returns(), axis=0))
    prices = [cells()[0], *([row[0], *level] for row, level in zip(cells()[1:], levels, strict=True))]
    with pytest.raises(
        OverbuildError, match=r":2:2: MADE_A: .*and of 7 more names.*are these prices\? Then say --form prices"
    ):
        read_panel(written(joined(prices)))
    with pytest.raises(OverbuildError, match=r"a price is above zero; are these returns\?"):
        read_panel(written(made_panel(), "returns.csv"), PanelAsked(form="prices"))
    prices[9][3] = 0
    with pytest.raises(
        OverbuildError, match=r":10:4: MADE_C: a price is above zero \(got 0\.0\) \[nonpositive_price\]"
    ):
        read_panel(written(joined(prices), "zero.csv"), PanelAsked(form="prices"))


def test_all_faults_are_named_at_once_and_many_of_a_kind_are_counted(written):
    rows = percent([5])[:40] + percent([5])[39:]
    rows[31][3] = ""
    with pytest.raises(InputErrors) as caught:
        read_panel(written(joined(rows)), PanelAsked(form="log"))
    assert [one.code for one in caught.value.errors] == ["bad_value", "gap", "duplicate"]
    words = [[*row[:3], "x", *row[4:]] if at else row for at, row in enumerate(cells())]
    with pytest.raises(InputErrors) as caught:
        read_panel(written(joined(words), "words.csv"))
    assert len(caught.value.errors) == MOST_OF_A_KIND and "and 64 more like this" in str(caught.value.errors[-1])


def run_on(path, day=None, *, asked=None, test=None, pairwise=False):
    return run_basket(
        read_panel(path, asked or PanelAsked(form="log")), day, test or BasketTest(draws=200), pairwise=pairwise
    )


def test_a_name_that_came_late_is_left_out_and_not_filled(written):
    rows = cells()
    for row in rows[1:60]:
        row[4] = ""
    found = run_on(written(joined(rows)), "2021-12")
    assert [(one.name, one.periods) for one in found.left_out] == [("MADE_D", 13)]
    assert "MADE_D" not in found.panel.names and len(found.panel.names) == 7
    without = run_on(written(made_panel(), "all.csv"), "2021-12", asked=PanelAsked(form="log", without=["MADE_D"]))
    assert found.compared == without.compared


def test_gaps_may_be_let_be_pair_by_pair(written):
    path = written(joined(changed(31, 3, "")))
    found = run_on(path, asked=PanelAsked(form="log", pairwise=True), pairwise=True)
    assert found.left_out == () and len(found.panel.names) == 8 and found.compared.undefined == 0.0
    assert run_on(path, asked=PanelAsked(form="log", pairwise=True)).left_out[0].name == "MADE_C"


def test_two_names_that_never_meet_are_refused(written):
    rows = cells()
    for at, row in enumerate(rows[1:]):
        row[3 if at % 2 else 4] = ""
    with pytest.raises(InputErrors, match=r"MADE_C and MADE_D: days in common before the day, of 3 at least.*got 0"):
        run_on(written(joined(rows)), asked=PanelAsked(form="log", pairwise=True), pairwise=True)


def test_both_windows_have_one_length_and_the_day_is_before(written):
    found = run_on(written(made_panel()), "2020-06-30", test=BasketTest(draws=200, window=10))
    assert found.windows[:4] == ("2020-06-30", 18, 10, 2)
    rows = {row.day: row.side for row in found.rolling}
    assert rows["2020-06-30"] == "before" and rows["2020-07-31"] == "both" and rows["2020-12-31"] == "after"


@pytest.mark.parametrize("day, test, code", [
    ("2019-05", BasketTest(), "window_too_short"),
    ("2031-01", BasketTest(), "window_too_short"),
    ("soon", BasketTest(), "bad_period"),
    (None, BasketTest(window=37), "window_too_short"),
    (None, BasketTest(window=7), "window_too_short"),
    (None, BasketTest(block=19), "out_of_range"),
    (None, BasketTest(draws=10), "out_of_range"),
    (None, BasketTest(rolling=2), "out_of_range"),
    (None, BasketTest(seed=-1), "out_of_range"),
])  # fmt: skip
def test_a_test_that_cannot_be_is_refused(written, day, test, code):
    with pytest.raises(OverbuildError) as caught:
        run_on(written(made_panel()), day, test=test)
    assert caught.value.code == code


def test_more_names_than_a_basket_are_refused(written):
    rows = [[f"2020-01-{day:02d}", *drawn(day, days=1, names=201)[0] / 100] for day in range(1, 29)]
    with pytest.raises(OverbuildError, match=r"at most 200 names; choose with --names or --without .got 201"):
        run_on(written(joined([["date", *(f"T{at}" for at in range(201))], *rows])))


def test_a_name_that_stands_still_in_a_window_is_refused(written):
    rows = [[*row[:3], "0", *row[4:]] if at > 40 else row for at, row in enumerate(cells())]
    with pytest.raises(OverbuildError, match=r"MADE_C: this name does not move in the window after the day"):
        run_on(written(joined(rows)), "2022-04")


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_refused_in_words(any_file, text):
    any_file.write_text(text, "utf-8", errors="ignore")
    with pytest.raises(OverbuildError):
        read_panel(any_file)


@pytest.fixture(scope="module")
def any_file(tmp_path_factory):
    return tmp_path_factory.mktemp("any") / "any.csv"


def test_the_measures_have_names():
    assert MEASURES == ("average_correlation", "pc1_share", "dispersion")
