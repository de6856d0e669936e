"""Formulas of instruments: the same on floats, on arrays and as a graph, without a number of their case in them."""

from typing import Any

import numpy as np
import pytest

from overbuild.equations import flatten, rebuild, trace
from overbuild.equations.trace import unreached
from overbuild.instruments import (
    ContractMargin,
    DrawInputs,
    DrawTerms,
    FloatingInputs,
    FloatingTerms,
    LeaseContract,
    LeaseTests,
    MezzanineTerms,
    advance_room,
    average_balance_sweep,
    blended_dscr,
    contracted_share_of_revenue,
    cover_ratio,
    debt_with_leases,
    draw_allowed,
    draw_period,
    finance_lease,
    first_year_expense,
    floating_coupon,
    floating_period,
    lease_period,
    lease_tests,
    lease_value,
    loss_share,
    mezzanine_period,
    money_market_interest,
    opening_liability,
    sculpted_beside,
    sculpted_debt_service,
    swap_rate,
    weighted_margin,
)

MEZZ = MezzanineTerms(0.08, 0.04, 0.015, 1.0)
HALL = LeaseContract(100.0, 6.0, 1.0, 0.08, 1.0, 7.0, 560.0, guarantee_owed=40.0)

FORMULAS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "floating_coupon": (floating_coupon, (0.041, 0.007, 0.061)),
    "swap_rate": (swap_rate, (0.041, 0.7, 0.038, 0.0035)),
    "money_market_interest": (money_market_interest, (1900.0, 0.097, 91.0)),
    "floating_period": (
        floating_period,
        (1900.0, FloatingInputs(91.0, 0.041, 0.05), FloatingTerms(2100.0, 0.003, 0.061, 0.7, 0.038, 0.0035)),
    ),
    "weighted_margin": (
        weighted_margin,
        ((ContractMargin("graded", 0.7, 0.0625), ContractMargin("other", 0.35, 0.13)),),
    ),
    "advance_room": (advance_room, (1000.0, 2050.0, 0.75)),
    "draw_allowed": (draw_allowed, (600.0, 2000.0, 500.0, 0.9)),
    "draw_period": (
        draw_period,
        (1050.0, 2000.0, DrawInputs(0.043, 1200.0, 50.0, 0.9), DrawTerms(3000.0, 0.06, 0.005, 3.0)),
    ),
    "mezzanine_period": (mezzanine_period, (208.0, 13.0, 0.3, MEZZ._replace(periods_per_year=1.1))),
    "lease_value": (lease_value, (HALL._replace(paid_in_advance=0.9),)),
    "lease_tests": (lease_tests, (HALL._replace(guarantee_unlikely=5.0, fair_value=565.0),)),
    "finance_lease": (finance_lease, (LeaseTests(0.1, 0.2, 0.3, 0.4, 0.5),)),
    "opening_liability": (opening_liability, (HALL,)),
    "lease_period": (lease_period, (424.0, 100.0, HALL)),
    "first_year_expense": (first_year_expense, (33.9, HALL._replace(ownership_transfers=0.25))),
    "cover_ratio": (cover_ratio, (120.0, 100.0)),
    "contracted_share_of_revenue": (contracted_share_of_revenue, (30.0, 41.0)),
    "blended_dscr": (blended_dscr, (0.7, 1.5, 3.0)),
    "loss_share": (loss_share, (60.0, 81.0)),
    "sculpted_debt_service": (sculpted_debt_service, (140.0, 1.4)),
    "sculpted_beside": (sculpted_beside, (140.0, 1.4, 30.0)),
    "average_balance_sweep": (average_balance_sweep, (500.0, 0.09, 0.25, 0.75, 140.0, 60.0)),
    "debt_with_leases": (debt_with_leases, (1000.0, 424.0)),
}


def named(formula, records):
    words = formula.__code__.co_varnames[: formula.__code__.co_argcount]
    return {
        path: number
        for word, record in zip(words, records, strict=True)
        for path, number in flatten(record, word).items()
    }


def results(returned):
    return {path or "result": number for path, number in flatten(returned).items()}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_is_the_same_on_floats_on_arrays_and_as_a_graph(name):
    formula, records = FORMULAS[name]
    floats = results(formula(*records))
    program = trace(formula, *records)
    assert program.run_results(named(formula, records)) == floats
    wide = [
        rebuild(record, [number * np.array([1.0, 0.5, 1.7]) for number in flatten(record).values()])
        for record in records
    ]
    arrays = results(formula(*wide))
    for scenario, scale in enumerate((1.0, 0.5, 1.7)):
        scaled = [rebuild(record, [number * scale for number in flatten(record).values()]) for record in records]
        for path, number in results(formula(*scaled)).items():
            assert arrays[path][scenario] == pytest.approx(number, rel=1e-14, abs=1e-14)


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_holds_no_number_of_its_case(name):
    formula, records = FORMULAS[name]
    other = [rebuild(record, [number * 1.37 + 0.011 for number in flatten(record).values()]) for record in records]
    assert trace(formula, *records) == trace(formula, *other)


@pytest.mark.parametrize("name", ["floating_period", "draw_period", "mezzanine_period", "first_year_expense"])
def test_every_number_of_a_period_counts(name):
    formula, records = FORMULAS[name]
    assert unreached(trace(formula, *records)) == set()
