"""Floating-rate loans: a coupon over term SOFR with a floor, interest by the days that pass, and a swap into fixed.

Two conventions stand here and nowhere else. Interest is ACT/360: the days of the period over a year of 360. The floor
is on SOFR itself, before the margin; a contract that floors SOFR plus a spread adjustment is given the sum as its SOFR.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from overbuild.equations import maximum, minimum, present
from overbuild.errors import InputError, raise_all
from overbuild.units import DAYS_PER_MONEY_YEAR, Count, PerYear, Share, Usd, UsdStock, add_up_to_one


class FloatingTerms(NamedTuple):
    """What the loan and its swap agree on: the amount lent, floor and margin over SOFR, and the fixed leg.

    `swap_share` of the balance is swapped, none at 0. `swap_floor_per_year` is the floor of the swap's own floating
    leg: the loan's floor in a matched hedge; a level that SOFR never reaches (-1) where the swap has none.
    """

    amount: UsdStock
    floor_per_year: PerYear
    margin_per_year: PerYear
    swap_share: Share = 0.0
    swap_fixed_per_year: PerYear = 0.0
    swap_floor_per_year: PerYear = 0.0


class FloatingInputs(NamedTuple):
    """What a period brings: its days, SOFR as set for it, and the share of the amount lent that falls due."""

    days: Count
    sofr_per_year: PerYear
    repayment_share: Share


class FloatingPeriod(NamedTuple):
    """A period of the loan; `swap_payment` is paid when above 0, received when below; all-in is coupon and swap."""

    coupon_per_year: PerYear
    interest: Usd
    swap_payment: Usd
    all_in_per_year: PerYear
    principal: Usd
    closing: UsdStock


def floating_coupon(sofr_per_year: PerYear, floor_per_year: PerYear, margin_per_year: PerYear) -> PerYear:
    """The rate a floating loan pays: SOFR or its floor, whichever is higher, and the margin.

        floating_coupon = max(sofr_per_year, floor_per_year) + margin_per_year

    Decimals a year, on a year of 360 days. Valid: any rates, below 0 too. Source: ARRC and LSTA term SOFR conventions.

    >>> floating_coupon(0.03, 0.0, 0.0625), floating_coupon(-0.001, 0.0, 0.0625)
    (0.0925, 0.0625)
    """
    return maximum(sofr_per_year, floor_per_year) + margin_per_year


def swap_rate(
    sofr_per_year: PerYear, swap_share: Share, swap_fixed_per_year: PerYear, swap_floor_per_year: PerYear
) -> PerYear:
    """What a swap into fixed adds to the rate of the whole loan: fixed paid less floating received, on the share swapped.

        swap_rate = swap_share * (swap_fixed_per_year - max(sofr_per_year, swap_floor_per_year))

    Decimals a year on a year of 360 days; below 0 where the swap pays the borrower. With the whole loan swapped at the
    loan's own floor the all-in rate is swap_fixed_per_year + margin_per_year whatever SOFR does; with another floor
    the borrower keeps the difference of the two floored rates. Source: standard; the floor of the swap is the case's.

    >>> round(swap_rate(0.03, 0.75, 0.04, 0.0), 12)
    0.0075
    """
    return swap_share * (swap_fixed_per_year - maximum(sofr_per_year, swap_floor_per_year))


def money_market_interest(balance: UsdStock, rate_per_year: PerYear, days: Count) -> Usd:
    """Interest for the days that passed, ACT/360.

        money_market_interest = balance * rate_per_year * days / 360

    USD. A year of 365 days so costs 365/360 of the rate. Valid: any rate, any number of days.
    Source: ARRC and LSTA term SOFR conventions.

    >>> money_market_interest(1800.0, 0.1, 91.0)
    45.5
    """
    return balance * rate_per_year * days / DAYS_PER_MONEY_YEAR


def floating_period(opening: UsdStock, inputs: FloatingInputs, terms: FloatingTerms) -> FloatingPeriod:
    """A period of a floating-rate loan: interest and swap on the opening balance, then principal.

        coupon       = max(sofr, floor) + margin
        interest     = opening * coupon * days / 360
        swap_payment = opening * swap_rate * days / 360
        principal    = min(opening, repayment_share * amount)
        closing      = opening - principal

    USD a period, rates as decimals a year. The swap follows the balance, so it ends with the loan. All-in is 0 where
    nothing is owed. A remainder under 1e-9 of the amount is dropped. Source: standard; ours is the convention that
    drops what rounding leaves.

    >>> found = floating_period(1800.0, FloatingInputs(90.0, 0.04, 0.05), FloatingTerms(2000.0, 0.0, 0.06))
    >>> found.interest, found.principal, found.closing
    (45.0, 100.0, 1700.0)
    """
    coupon = floating_coupon(inputs.sofr_per_year, terms.floor_per_year, terms.margin_per_year)
    added = swap_rate(inputs.sofr_per_year, terms.swap_share, terms.swap_fixed_per_year, terms.swap_floor_per_year)
    principal = minimum(opening, inputs.repayment_share * terms.amount)
    left = opening - principal
    return FloatingPeriod(
        coupon_per_year=coupon,
        interest=money_market_interest(opening, coupon, inputs.days),
        swap_payment=money_market_interest(opening, added, inputs.days),
        all_in_per_year=(coupon + added) * present(opening, terms.amount),
        principal=principal,
        closing=left * present(left, terms.amount),
    )


def days_between(dates: Sequence[date]) -> tuple[int, ...]:
    """Days of each period, from the closing date and the payment dates.

        days = date - date before

    Days; 0 or less where the dates do not rise. Source: standard.

    >>> days_between((date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31)))
    (29, 31)
    """
    return tuple((later - earlier).days for earlier, later in itertools.pairwise(dates))


def floating_schedule(
    name: str, terms: FloatingTerms, shares: Sequence[Share], dates: Sequence[date], sofr: Sequence[PerYear]
) -> tuple[FloatingPeriod, ...]:
    """Every period of a floating-rate loan, repaid by shares of the amount lent.

        each period is `floating_period` on the closing balance of the one before

    `dates` are the day of closing and the payment days, `sofr` the rate set for each period, `shares` add up to 1.
    USD a period, rates as decimals a year. Source: as `floating_period`.
    Raises InputError: `bad_tenor` without a period, `length_mismatch` for a series that has not one number a period,
    `bad_period` for dates that do not rise, `negative` for an amount or a share below 0, `amort_sum` for shares that
    do not add up to 1, `share_out_of_range` for a swap of more than the loan, `rate_le_minus1` for a SOFR of -1 or
    less. Several faults are reported together.

    >>> days = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))
    >>> rows = floating_schedule("senior", FloatingTerms(3600.0, 0.0, 0.06), (0.5, 0.5), days, (0.04, -0.01))
    >>> [round(row.interest, 9) for row in rows], [row.closing for row in rows]
    ([91.0, 27.6], [1800.0, 0.0])
    """
    path = f"loans.{name}"
    raise_all([*_term_faults(path, terms), *_faults(path, shares, dates, sofr)])
    balance: float = terms.amount
    rows: list[FloatingPeriod] = []
    for days, rate, share in zip(days_between(dates), sofr, shares, strict=True):
        rows.append(floating_period(balance, FloatingInputs(float(days), rate, share), terms))
        balance = rows[-1].closing
    return tuple(rows)


def _term_faults(path: str, terms: FloatingTerms) -> Iterator[InputError]:
    if not terms.amount >= 0.0:
        yield InputError("negative", f"{path}.amount", terms.amount, "a loan is 0 or more")
    if not 0.0 <= terms.swap_share <= 1.0:
        hint = "a share of the balance lies in 0..1; 0 is no swap"
        yield InputError("share_out_of_range", f"{path}.swap_share", terms.swap_share, hint)


def _faults(path: str, shares: Sequence[Share], dates: Sequence[date], sofr: Sequence[PerYear]) -> Iterator[InputError]:
    periods = len(dates) - 1
    if periods < 1:
        yield InputError("bad_tenor", f"{path}.dates", len(dates), "a closing date and at least one payment date")
    for word, series in (("repayment_shares", shares), ("sofr", sofr)):
        if len(series) != periods:
            yield InputError("length_mismatch", f"{path}.{word}", len(series), f"one number a period: {periods}")
    for place, days in enumerate(days_between(dates), 1):
        if days <= 0:
            hint = f"each payment date is later than the one before, {dates[place - 1].isoformat()}"
            yield InputError("bad_period", f"{path}.dates.{place}", dates[place].isoformat(), hint)
    yield from _number_faults(path, shares, sofr)


def _number_faults(path: str, shares: Sequence[Share], sofr: Sequence[PerYear]) -> Iterator[InputError]:
    for place, share in enumerate(shares, 1):
        if share < 0.0:
            yield InputError(
                "negative", f"{path}.repayment_shares.{place}", share, "a loan is repaid, never lent again"
            )
    if not add_up_to_one(shares):
        yield InputError("amort_sum", f"{path}.repayment_shares", sum(shares), "the shares add up to 1")
    for place, rate in enumerate(sofr, 1):
        if not rate > -1.0:
            hint = "a rate is above -1; decimals a year, 0.04 for 4%"
            yield InputError("rate_le_minus1", f"{path}.sofr.{place}", rate, hint)
