"""A small year of the gap for docstrings and tests: the article's table, one vintage and one class of asset."""

from __future__ import annotations

from overbuild.ecosystem.capital_charges import CapexPart
from overbuild.ecosystem.derived_ranges import GivenNumber, GivenOperands, RangeArithmetic
from overbuild.ecosystem.gap.evidence.vintages import VintageShape, VintageTerms
from overbuild.ecosystem.gap.gap import Category
from overbuild.ecosystem.gap.year import GapShape, GapTerms
from overbuild.world.arithmetic import parse

FIGURE = parse("figure")
_PRINTED = RangeArithmetic("printed", FIGURE, FIGURE, FIGURE)


def _given(value: float) -> GivenOperands:
    return GivenOperands("printed", (GivenNumber("figure", value),))


SHAPE = GapShape(
    capex_row="capex",
    spend_from="printed",
    energy_row="energy",
    owner=(_PRINTED,),
    end_user=(),
    energy=(_PRINTED,),
    vintages=(VintageShape("2026", _PRINTED),),
)

TERMS = GapTerms(
    guides=(),
    capex=Category("capex", 527.0, 0.0),
    matched=(Category("software", 150.0, 80.0),),
    unmatched=(Category("energy", 0.0, 0.0),),
    overlaps=(),
    parts=(CapexPart("it", 1.0, 5.0, 0.0, (), 0.0),),
    hurdle_per_year=0.10,
    tax_rate=0.0,
    owner=(_given(200.0),),
    end_user=(),
    energy=(_given(40.0),),
    vintages=(VintageTerms("2026", 0.0, (), _given(1.0)),),
)
