"""Every formula of the gap and of required revenue is traced: floats, arrays and graph agree, the table knows all."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from overbuild.company.measures.returns import CompanyYear, returns
from overbuild.ecosystem.capital_charges import AssetCharge, CapexPart, asset_cost, capital_charges
from overbuild.ecosystem.derived_ranges import (
    GivenNumber,
    GivenOperands,
    Range,
    RangeArithmetic,
    derived_range,
    summed_ranges,
)
from overbuild.ecosystem.gap.annualised import Vintage, ai_capex, annualised_gap, charge_over_vintages
from overbuild.ecosystem.gap.evidence.vintages import SpenderAmount, VintageShape, VintageTerms
from overbuild.ecosystem.gap.gap import (
    Category,
    Guide,
    Overlap,
    gap_net_of_overlaps,
    gap_table,
    guided_spend,
)
from overbuild.ecosystem.gap.year import GapShape, GapTerms, gap_of_year
from overbuild.ecosystem.need.multiplier_chain import multiplier_chain
from overbuild.ecosystem.need.payback import Quarter, next_quarter
from overbuild.ecosystem.need.required_revenue import (
    grown,
    need_gap,
    required_of_vintages,
    required_revenue,
)
from overbuild.ecosystem.need.year import Layer, NeedTerms, need_of_year
from overbuild.equations import flatten, rebuild, trace
from overbuild.equations.reading.line_table import line_rows, row_of
from overbuild.money.capital_charge import AssetClass
from overbuild.money.user_cost import user_cost
from overbuild.world.arithmetic import parse

ROWS = (Category("capex", 527.0, 200.0), Category("software", 150.0, 80.0))
CHIPS = AssetClass("it", 460.0, 5.0, 0.1, (0.6, 0.4), 0.25)
SHELL = AssetClass("shell", 70.0, 25.0, 0.0, (0.1, 0.2, 0.3), 0.0)
PARTS = (CapexPart("it", 0.7, 5.0, 0.1, (0.6, 0.4), 0.25), CapexPart("shell", 0.3, 25.0, 0.0, (0.1, 0.2), 0.0))
GROWN = RangeArithmetic("MSFT", parse("rate"), parse("rate * (1 + growth) ** (1 / 8)"), parse("rate * (1 + growth)"))
RATE = GivenOperands("MSFT", (GivenNumber("rate", 37.0), GivenNumber("growth", 1.23)))
SHARE = RangeArithmetic("2024", parse("low"), parse("central"), parse("high"))
SHARES = GivenOperands("2024", (GivenNumber("low", 0.4), GivenNumber("central", 0.5), GivenNumber("high", 0.6)))
ENDS = Range(17.0, 19.0, 22.0)
BOUGHT = (Vintage("2024", 2.0, 228.0, Range(0.4, 0.5, 0.6)), Vintage("2026", 0.0, 710.0, Range(0.6, 0.7, 0.8)))
SHAPE = GapShape(
    "capex",
    "guided",
    "energy",
    owner=(GROWN,),
    end_user=(GROWN,),
    energy=(GROWN,),
    vintages=(VintageShape("2024", SHARE), VintageShape("2026", SHARE._replace(name="2026"))),
    cash=(GROWN,),
    with_finance_leases=(GROWN,),
)

YEAR = GapTerms(
    guides=(Guide("GOOGL", 180.0, 190.0), Guide("META", 125.0, 145.0)),
    capex=ROWS[0],
    matched=ROWS[1:],
    unmatched=(Category("energy", 40.0, 0.0),),
    overlaps=(Overlap("capex", 0.1, 0.2), Overlap("software", 0.0, 0.9), Overlap("energy", 0.3, 0.0)),
    parts=PARTS,
    hurdle_per_year=0.1,
    tax_rate=0.21,
    owner=(RATE,),
    end_user=(RATE,),
    energy=(RATE,),
    vintages=(
        VintageTerms("2024", 2.0, (SpenderAmount("MSFT", 55.0), SpenderAmount("META", 37.0)), SHARES),
        VintageTerms("2026", 0.0, (), SHARES),
    ),
    cash=(RATE,),
    with_finance_leases=(RATE,),
)

NEED = NeedTerms(
    710.0, 40.0, 200.0, 240.0, YEAR.parts, 0.1, 0.21, (Layer("model", 0.4), Layer("application", 0.5)), 0.45, 0.55
)

CASES = {
    "year, guided": (partial(gap_of_year, SHAPE), YEAR),
    "year, printed": (
        partial(gap_of_year, SHAPE._replace(spend_from="printed", end_user=(), cash=())),
        YEAR._replace(end_user=(), cash=()),
    ),
    "table": (gap_table, ROWS, (Category("energy", 40.0, 0.0),)),
    "guidance": (partial(guided_spend, "capex"), (Guide("GOOGL", 180.0, 190.0), Guide("META", 125.0, 145.0))),
    "one part": (partial(derived_range, "ai_revenue.owner", GROWN), RATE),
    "all parts": (
        partial(summed_ranges, "ai_revenue.owner", (GROWN, GROWN._replace(name="AMZN"))),
        (RATE, RATE._replace(name="AMZN")),
    ),
    "ai capex": (ai_capex, BOUGHT[0]),
    "cost": (partial(asset_cost, "it"), 0.65, 710.0),
    "overlaps": (gap_net_of_overlaps, -437.0, ROWS, (Overlap("capex", 0.1, 0.2), Overlap("software", 0.0, 0.9))),
    "annualised": (annualised_gap, BOUGHT, PARTS, 0.1, 0.21, ENDS, ENDS),
    "charges": (capital_charges, (CHIPS, SHELL), 0.1, 0.21),
    "required": (required_revenue, (AssetCharge("it", 460.0, 180.0),), 40.0, (0.4, 0.5)),
    "vintages": (charge_over_vintages, PARTS[0], 0.4, (0.0, 1.0, 6.0), (90.0, 80.0, 70.0)),
    "year": (required_of_vintages, (216.0, 170.0), 40.0),
    "grown": (grown, 200.0, 0.4, 3.5),
    "need": (need_gap, 200.0, 255.0),
    "need of a year": (need_of_year, NEED),
    "multiplier": (multiplier_chain, 150.0, 0.45, 0.55, 100.0),
    "quarter": (next_quarter, Quarter(20.0, 3.0, -10.0, -9.0, 0.9), 60.0, 0.09, 0.55, 0.03),
    "returns": (returns, CompanyYear(88.5, 210.0), CompanyYear(109.4, 268.0), 0.18, 0.09),
    "user cost": (user_cost, 1.5, 0.09, 0.3, -0.1, 0.21, 0.93),
}


def prepared(name):
    function, *records = CASES[name]
    return function, records, trace(function, *records)


@pytest.mark.parametrize("name", CASES)
def test_the_graph_gives_what_floats_give(name):
    function, records, program = prepared(name)
    values = {}
    for parameter, record in zip(program_parameters(function), records, strict=True):
        values |= flatten(record, parameter)
    found = program.run_results(values)
    wanted = {path or "result": value for path, value in flatten(function(*records)).items()}
    assert found == wanted


@pytest.mark.parametrize("name", CASES)
def test_arrays_give_what_floats_give(name):
    function, records, _ = prepared(name)
    factors = (1.0, 0.99, 1.01)
    stacked = [
        rebuild(record, [np.array([value * f for f in factors]) for value in flatten(record).values()])
        for record in records
    ]
    together = flatten(function(*stacked))
    for place, factor in enumerate(factors):
        alone = [rebuild(record, [value * factor for value in flatten(record).values()]) for record in records]
        for path, value in flatten(function(*alone)).items():
            assert np.broadcast_to(together[path], 3)[place] == pytest.approx(value, rel=1e-12), path


@pytest.mark.parametrize("name", CASES)
def test_the_graph_does_not_depend_on_the_numbers(name):
    function, records, program = prepared(name)
    others = [rebuild(record, [0.31 + 0.017 * n for n, _ in enumerate(flatten(record))]) for record in records]
    assert trace(function, *others).steps == program.steps


def test_the_table_and_the_traces_agree_both_ways():
    met = {line for name in CASES for line in prepared(name)[2].lines}
    unknown = {line for line in met if row_of(line) is None}
    assert unknown == set()
    rows = {row_of(line).name for line in met}
    expected = {row.name for row in line_rows() if row.room in ("ecosystem", "money") and row.name != "annuity_payment"}
    assert expected - rows == set()


def program_parameters(function):
    import inspect

    bound = function.func if isinstance(function, partial) else function
    names = [name for name, one in inspect.signature(bound).parameters.items() if one.default is one.empty]
    return names[len(function.args) :] if isinstance(function, partial) else names
