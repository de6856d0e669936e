"""Shapes B01 and B02: internal rates of return of dated and of periodic flows."""

from __future__ import annotations

from datetime import date

from overbuild.money.irr import irr, xirr


def xirr_of_dated_flows(inputs):
    days, flows = zip(*inputs["dated"], strict=True)
    return {"xirr": xirr(flows, [date.fromisoformat(day) for day in days]).per_year}


def irr_with_its_roots(inputs):
    found = irr(inputs["cfs"])
    return {"irr": found.per_year, "irr_roots": list(found.roots), "status": found.status}


ADAPTERS = {"B01": xirr_of_dated_flows, "B02": irr_with_its_roots}
"""The function of each shape: `inputs` of a case file in, `outputs` of the same form out."""
