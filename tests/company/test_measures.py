"""A company's page: graph, arrays and floats agree, the table of lines knows all, and what is not known is no line."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from overbuild.company.examples import AMOUNTS, PERIOD, SHAPE, TERMS
from overbuild.company.measures.period import period_lines
from overbuild.company.model import company_model
from overbuild.company.page import company_page
from overbuild.company.vintages.examples import TERMS as SPENDER
from overbuild.company.vintages.model import spender_model
from overbuild.equations import collecting, flatten, rebuild, trace
from overbuild.equations.model import programs_of
from overbuild.equations.reading.line_table import line_rows, row_of
from overbuild.equations.reported import values_of
from overbuild.timeline.run import evaluate, run_model

PAGE = partial(company_page, SHAPE)
PROGRAM = trace(PAGE, TERMS)


def test_the_graph_gives_what_floats_give():
    with collecting() as rows:
        PAGE(TERMS)
    [found] = evaluate(company_model(SHAPE, TERMS, frozenset())).values()
    for name, [value] in rows.items():
        assert found.value(name) == value, name


def test_arrays_give_what_floats_give():
    factors = (1.0, 0.99, 1.01)
    stacked = rebuild(TERMS, [np.array([value * f for f in factors]) for value in flatten(TERMS).values()])
    with collecting() as together:
        PAGE(stacked)
    for place, factor in enumerate(factors):
        with collecting() as alone:
            PAGE(rebuild(TERMS, [value * factor for value in flatten(TERMS).values()]))
        for name, [value] in alone.items():
            assert np.broadcast_to(together[name][0], 3)[place] == pytest.approx(value, rel=1e-9, abs=1e-12), name


def test_the_graph_does_not_depend_on_the_numbers():
    other = rebuild(TERMS, [0.31 + 0.017 * n for n, _ in enumerate(flatten(TERMS))])
    assert trace(PAGE, other).steps == PROGRAM.steps


def test_the_table_of_lines_and_the_page_agree_both_ways():
    assert {name for name in PROGRAM.lines if row_of(name) is None} == set()
    vintages = (row_of(name) for one in programs_of(spender_model(SPENDER, (2,))).values() for name in one.lines)
    met = {row_of(name).name for name in PROGRAM.lines} | {row.name for row in vintages if row.room == "company"}
    assert {row.name for row in line_rows() if row.room == "company"} == met


def test_every_measure_is_what_one_reckons_by_hand():
    lines = period_lines(PERIOD)
    a = AMOUNTS
    assert lines["filed_free_cash_flow"] == 40.0
    assert lines["trailing_free_cash_flow"] == 160.0
    assert lines["trailing_capex_to_operating_cash_flow"] == pytest.approx(50 / 90)
    assert lines["trailing_interest_cover"] == pytest.approx(60 / a["interest_expense"])
    assert lines["trailing_rpo_to_capex"] == pytest.approx(a["rpo"] / 200)
    debts = a["total_debt"] + a["finance_lease_liabilities"] + a["operating_lease_liabilities"]
    assert lines["filed_lease_adjusted_debt"] == pytest.approx(debts)
    earned = 4 * (60 + 20 + a["operating_lease_cost"])
    assert lines["trailing_lease_adjusted_leverage"] == pytest.approx(debts / earned)
    before = 1.5 * (2 - 0.25)
    assert lines["year_before_operating_income"] == pytest.approx(60 * before)
    added = (240 - 60 * before) * 0.8
    assert lines["trailing_marginal_return"] == pytest.approx(added / (30 * before))
    invested = a["total_debt"] + 150 - 5 - 8
    assert lines["filed_invested_capital"] == pytest.approx(invested)
    assert lines["roic"] == pytest.approx(240 * 0.8 / ((invested + 0.8 * invested) / 2))


def test_printed_capex_with_leases_goes_before_the_sum_and_is_never_mixed_with_cash():
    lines = period_lines(PERIOD)
    assert lines["filed_capex_with_finance_leases"] == AMOUNTS["capex_incl_finance_leases"]
    without = PERIOD._replace(flows=tuple(one for one in PERIOD.flows if one.name != "capex_incl_finance_leases"))
    assert period_lines(without)["filed_capex_with_finance_leases"] == 50 + AMOUNTS["finance_leases_acquired"]
    assert period_lines(without)["filed_capex"] == 50.0


def test_what_is_not_known_is_no_line():
    few = PERIOD._replace(flows=tuple(one for one in PERIOD.flows if one.name == "capex"), stocks=())
    assert set(period_lines(few)) == {"filed_capex", "trailing_capex", "year_before_capex", "lagged_capex"}


def test_a_ratio_over_nothing_does_not_exist():
    flows = tuple(
        one._replace(
            trailing=one.trailing._replace(added=tuple(part._replace(value=-1.0) for part in one.trailing.added))
        )
        if one.name == "operating_cash_flow"
        else one
        for one in PERIOD.flows
    )
    terms = TERMS._replace(period=PERIOD._replace(flows=flows))
    model = company_model(SHAPE, terms, frozenset(period_lines(terms.period)))
    rows = run_model(model).rows["company"]
    found = values_of(model.reported, {line: row[0] for line, row in rows.items()})
    assert found.values["capex_to_operating_cash_flow_ttm"] is None
    assert found.status["capex_to_operating_cash_flow_ttm"] == "operating cash flow is not above 0"
    assert found.values["capex_to_operating_cash_flow"] == pytest.approx(50 / 90)


def test_every_line_that_is_reported_is_there():
    model = company_model(SHAPE, TERMS, frozenset(period_lines(PERIOD)))
    rows = run_model(model).rows["company"]
    found = values_of(model.reported, {line: row[0] for line, row in rows.items()})
    assert found.values["marginal_roic"] is not None and None not in found.values.values()


def test_a_page_is_traced_whole():
    assert set(programs_of(company_model(SHAPE, TERMS, frozenset()))["company"].lines) == set(PROGRAM.lines)
