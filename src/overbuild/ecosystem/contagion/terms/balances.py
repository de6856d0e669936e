"""What a company can lose before it fails: from its balance sheet, with the range that the sheet leaves."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.terms.preset import EcosystemPreset
from overbuild.ecosystem.derived_ranges import Range
from overbuild.lenders.clearing.payment_system import Amounts, Marks
from overbuild.lenders.network.records import EntityRow

BN = 1e9
NO_END = 1e15
"""USD: where a range has no upper end, as no measure of a company's capital is published."""

UNKNOWN = "nothing published: taken not to fail"


class Buffer(NamedTuple):
    """What a party can lose before it fails, what its owners hold, both USD, and what the first rests on."""

    amount: Range
    worth: Range
    rests_on: str
    missing: bool = False


def buffer_of(row: EntityRow, debt: float, preset: EcosystemPreset) -> Buffer:
    """The capital of a party that bears losses.

    In between stands book equity, else cash, else a share of market value, else for a vehicle a share of its debt. Where
    nothing is published it has no end: losses make nobody fail of whom nothing is known, and the hole is named. The low end
    is the lesser of book equity and what is at hand within a year (cash and operating
    income), 0 where neither is published; the high end the greater of book equity and market value, without end where
    neither is. Owners hold the market value, else the same.
    """
    cash, book, value, income = (
        None if one is None else one * BN
        for one in (row.cash_usd_bn, row.equity_book_usd_bn, row.market_value_usd_bn, row.operating_income_usd_bn)
    )
    if row.type == "spv":
        return _vehicle(book, debt, preset)
    at_hand = None if cash is None else cash + max(0.0, income or 0.0)
    low = min((one for one in (at_hand, book) if one is not None), default=0.0)
    high = max((one for one in (book, value) if one is not None), default=NO_END)
    if book is not None:
        return _owned(Range(min(low, book), book, max(high, book)), value, "book equity")
    if at_hand is not None:
        return _owned(Range(low, at_hand, max(high, at_hand)), value, "cash and a year's operating income")
    if value is not None:
        share: float = preset.capital_of_value.value
        return _owned(Range(0.0, share * value, high), value, "a share of market value", missing=True)
    return _owned(Range(0.0, NO_END, NO_END), None, UNKNOWN, missing=True)


def capital_where_it_stops(capital: Amounts, stops: Amounts) -> Amounts:
    """Capital at the point of those who are taken to fail: what nobody knows is not counted as their owners' loss.

    >>> capital_where_it_stops(np.array([NO_END, NO_END, 5.0]), np.array([1.0, 0.0, 1.0])).tolist()
    [0.0, 1000000000000000.0, 5.0]
    """
    return np.where((stops > 0) & ~is_known(capital), 0.0, capital)


def is_known(capital: Amounts) -> Marks:
    """Whether capital is a figure, or without end because nothing is published."""
    return capital < NO_END / 2


def _owned(amount: Range, value: float | None, rests_on: str, *, missing: bool = False) -> Buffer:
    worth = amount if value is None else Range(*(max(value, end) for end in (amount.low, amount.central, value)))
    return Buffer(amount, worth, rests_on, missing)


def _vehicle(book: float | None, debt: float, preset: EcosystemPreset) -> Buffer:
    if book is not None:
        return _owned(Range(book, book, book), None, "equity paid in")
    share = preset.vehicle_equity
    ends = [debt * float(end or 0.0) for end in (share.low, share.value, share.high)]
    return _owned(Range(ends[0], ends[1], ends[2]), None, "a share of the vehicle's debt", missing=True)
