"""Leases of the lessee: what is owed, which class the lease has, what the first year costs, what a rating view adds.

After ASC 842. Payments are level and fixed; those that depend on use, and options not expected to be used, stay out.
Which percentages stand for a "major part" and for "substantially all" is a choice, so both are fields of the lease.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from overbuild.equations import blend, breached, maximum, minimum, present
from overbuild.errors import InputError, raise_all
from overbuild.money.annuity import annuity_factor, discount_factor
from overbuild.timeline.calendar import PERIODS_PER_YEAR
from overbuild.units import Count, Flag01, PerYear, Share, Usd, UsdStock, Years, simple_rate


class LeaseContract(NamedTuple):
    """A lease as a case states it: so many level payments, and what may be owed for the asset's value at the end.

    `guarantee_owed` is the part of a guaranteed residual value that will probably be owed: it is part of what is owed.
    `guarantee_unlikely` is the rest of the guarantee: it counts in the value test only. Flags are 1 or 0:
    `ownership_transfers`, `bargain_option` (an option to buy that is sure to be used), `specialised_asset` (of no
    other use to the lessor). The shares are those of economic life and of fair value from which a lease is a purchase
    in all but name. `rate_per_year` is the lessee's borrowing rate, spread evenly over the periods of a year.
    """

    payment: Usd
    periods: Count
    periods_per_year: Count
    rate_per_year: PerYear
    paid_in_advance: Flag01
    economic_life_years: Years
    fair_value: UsdStock
    guarantee_owed: UsdStock = 0.0
    guarantee_unlikely: UsdStock = 0.0
    ownership_transfers: Flag01 = 0.0
    bargain_option: Flag01 = 0.0
    specialised_asset: Flag01 = 0.0
    life_share: Share = 0.75
    value_share: Share = 0.9


class LeaseTests(NamedTuple):
    """The five tests, 1 where met; one is enough for a finance lease."""

    transfer: Flag01
    bargain: Flag01
    life: Flag01
    value: Flag01
    specialised: Flag01


class LeasePeriod(NamedTuple):
    """A period of the liability: interest on its opening, the payment at its end, what is owed after it."""

    interest: Usd
    payment: Usd
    closing: UsdStock


class LeaseExpense(NamedTuple):
    """Expense of the first year as a finance lease, as an operating lease, and as the class the lease has."""

    finance: Usd
    operating: Usd
    reported: Usd


class MeasuredLease(NamedTuple):
    """A lease at its beginning; `debt_like` is what a rating view adds to debt, whichever the class."""

    lease_value: UsdStock
    tests: LeaseTests
    finance_lease: Flag01
    liability: UsdStock
    first_year_interest: Usd
    first_year_expense: LeaseExpense
    debt_like: UsdStock
    periods: tuple[LeasePeriod, ...]


def lease_value(lease: LeaseContract) -> UsdStock:
    """Present value of a lease: its payments and the guaranteed residual that will probably be owed.

        rate        = rate_per_year / periods_per_year
        lease_value = payment * annuity_factor(rate, periods) * (1 + paid_in_advance * rate)
                      + guarantee_owed * (1 + rate)^-periods

    USD. Valid: rate above -1. Source: ASC 842-20-30-1, 842-10-30-5.

    >>> round(lease_value(LeaseContract(100.0, 6.0, 1.0, 0.08, 1.0, 7.0, 560.0, guarantee_owed=40.0)), 6)
    524.477789
    """
    rate = simple_rate(lease.rate_per_year, lease.periods_per_year)
    payments = lease.payment * annuity_factor(rate, lease.periods) * (1.0 + lease.paid_in_advance * rate)
    return payments + lease.guarantee_owed * discount_factor(rate, lease.periods)


def lease_tests(lease: LeaseContract) -> LeaseTests:
    """The tests of a finance lease: ownership, option, economic life, value, and no other use.

        life  = 1 where periods / periods_per_year >= life_share * economic_life_years
        value = 1 where lease_value + guarantee_unlikely * (1 + rate)^-periods >= value_share * fair_value

    The value test takes the whole guarantee, owed or not. A lease that begins near the end of the asset's life has
    no life test: set `life_share` out of reach. A miss by less than 1e-9 still meets a test. Source: ASC 842-10-25-2; 75% and 90%
    are 842-10-55-2's one reasonable approach.

    >>> tuple(lease_tests(LeaseContract(100.0, 6.0, 1.0, 0.08, 1.0, 7.0, 560.0, guarantee_owed=40.0)))
    (0.0, 0.0, 1.0, 1.0, 0.0)
    """
    rate = simple_rate(lease.rate_per_year, lease.periods_per_year)
    tested = lease_value(lease) + lease.guarantee_unlikely * discount_factor(rate, lease.periods)
    years = lease.periods / lease.periods_per_year
    short_of_life = breached(years - lease.life_share * lease.economic_life_years, lease.economic_life_years)
    short_of_value = breached(tested - lease.value_share * lease.fair_value, lease.fair_value)
    by_amount = (1.0 - short_of_life, 1.0 - short_of_value)
    return LeaseTests(lease.ownership_transfers, lease.bargain_option, *by_amount, lease.specialised_asset)


def finance_lease(tests: LeaseTests) -> Flag01:
    """1 for a finance lease, which any one test makes it; 0 for an operating lease.

        finance_lease = 1 - product of (1 - test)

    Source: ASC 842-10-25-2.

    >>> finance_lease(LeaseTests(0.0, 0.0, 1.0, 1.0, 0.0)), finance_lease(LeaseTests(0.0, 0.0, 0.0, 0.0, 0.0))
    (1.0, 0.0)
    """
    owned = (1.0 - tests.transfer) * (1.0 - tests.bargain)
    return 1.0 - owned * (1.0 - tests.life) * (1.0 - tests.value) * (1.0 - tests.specialised)


def opening_liability(lease: LeaseContract) -> UsdStock:
    """What is owed once the lease has begun: its value, less the first payment where that falls due at once.

        opening_liability = lease_value - paid_in_advance * payment

    USD. Source: ASC 842-20-30-1.

    >>> round(opening_liability(LeaseContract(100.0, 6.0, 1.0, 0.08, 1.0, 7.0, 560.0, guarantee_owed=40.0)), 6)
    424.477789
    """
    return lease_value(lease) - lease.paid_in_advance * lease.payment


def lease_period(opening: UsdStock, payment: Usd, lease: LeaseContract) -> LeasePeriod:
    """A period of the lease liability: interest on the opening, then the payment at its end.

        interest = opening * rate_per_year / periods_per_year
        closing  = opening + interest - payment

    USD a period. A remainder under 1e-9 of the opening is dropped. Source: ASC 842-20-35-1; the dropping is ours.

    >>> tuple(lease_period(400.0, 100.0, LeaseContract(100.0, 6.0, 1.0, 0.08, 1.0, 7.0, 560.0)))
    (32.0, 100.0, 332.0)
    """
    interest = opening * simple_rate(lease.rate_per_year, lease.periods_per_year)
    left = opening + interest - payment
    return LeasePeriod(interest, payment, left * present(left, opening))


def first_year_expense(first_year_interest: Usd, lease: LeaseContract) -> LeaseExpense:
    """Expense of the first year: interest and straight-line write-off, or all that is paid, spread evenly.

        years     = periods / periods_per_year
        finance   = first_year_interest + lease_value / write_off_years
        operating = (payment * periods + guarantee_owed) / years
        write_off_years = min(years, economic_life_years); economic_life_years where the asset becomes the lessee's

    A term under a year is charged in full. USD in the first year. Source: ASC 842-20-25-5 and 25-6, 842-20-35-8.

    >>> lease = LeaseContract(100.0, 6.0, 1.0, 0.08, 1.0, 7.0, 560.0, guarantee_owed=40.0)
    >>> [round(expense, 6) for expense in first_year_expense(33.95822310, lease)]
    [121.371188, 106.666667, 121.371188]
    """
    years = lease.periods / lease.periods_per_year
    becomes_own = 1.0 - (1.0 - lease.ownership_transfers) * (1.0 - lease.bargain_option)
    write_off_years = blend(becomes_own, lease.economic_life_years, minimum(years, lease.economic_life_years))
    finance = first_year_interest + lease_value(lease) / maximum(1.0, write_off_years)
    operating = (lease.payment * lease.periods + lease.guarantee_owed) / maximum(1.0, years)
    return LeaseExpense(finance, operating, blend(finance_lease(lease_tests(lease)), finance, operating))


def debt_with_leases(debt: UsdStock, lease_liability: UsdStock) -> UsdStock:
    """Debt as a rating view counts it: an operating lease is owed as much as a finance lease.

        debt_with_leases = debt + lease_liability

    USD. Source: ours, a convention, after the adjustments of rating agencies.

    >>> debt_with_leases(1000.0, 424.0)
    1424.0
    """
    return debt + lease_liability


def lease_schedule(lease: LeaseContract) -> tuple[LeasePeriod, ...]:
    """Every period of the liability; it ends at 0 when the guaranteed residual that was expected has been paid.

    Paid in advance, the last period holds no payment: its rent was paid at the end of the one before.

    >>> rows = lease_schedule(LeaseContract(110.0, 2.0, 1.0, 0.1, 0.0, 7.0, 560.0, guarantee_owed=11.0))
    >>> [round(row.closing, 9) for row in rows]
    [110.0, 0.0]
    """
    count = round(lease.periods)
    balance, rows = float(opening_liability(lease)), list[LeasePeriod]()
    at_the_end = lease.payment * (1.0 - lease.paid_in_advance) + lease.guarantee_owed
    for payment in (*[lease.payment] * (count - 1), at_the_end):
        rows.append(lease_period(balance, payment, lease))
        balance = rows[-1].closing
    return tuple(rows)


def measure_lease(name: str, lease: LeaseContract) -> MeasuredLease:
    """A lease at its beginning: value, class, liability, first year, and what a rating view adds to debt.

    Raises InputError, several faults together: `bad_tenor` for periods that are not 1, 2, ..., `bad_period` (a year),
    `rate_le_minus1` (a period), `negative` for an amount below 0 or a life that is not above 0.

    >>> found = measure_lease("hall", LeaseContract(100.0, 6.0, 1.0, 0.08, 1.0, 7.0, 560.0, guarantee_owed=40.0))
    >>> round(found.debt_like, 6), round(found.first_year_expense.reported, 6)
    (424.477789, 121.371188)
    """
    raise_all(list(_faults(f"leases.{name}", lease)))
    rows, tests, liability = lease_schedule(lease), lease_tests(lease), opening_liability(lease)
    interest = sum(row.interest for row in rows[: round(lease.periods_per_year)])
    value, expense = lease_value(lease), first_year_expense(interest, lease)
    added = debt_with_leases(0.0, liability)
    return MeasuredLease(value, tests, finance_lease(tests), liability, interest, expense, added, rows)


def _faults(path: str, lease: LeaseContract) -> Iterator[InputError]:
    if not (1.0 <= lease.periods < math.inf and lease.periods == round(lease.periods)):
        yield InputError("bad_tenor", f"{path}.periods", lease.periods, "a lease has 1, 2, ... whole periods")
    if lease.periods_per_year not in PERIODS_PER_YEAR:
        yield InputError("bad_period", f"{path}.periods_per_year", lease.periods_per_year, "a year has 1, 2, 4 or 12")
    elif not lease.rate_per_year / lease.periods_per_year > -1.0:
        yield InputError("rate_le_minus1", f"{path}.rate_per_year", lease.rate_per_year, "a period rate is above -1")
    for word in ("payment", "fair_value", "guarantee_owed", "guarantee_unlikely"):
        if not getattr(lease, word) >= 0.0:
            yield InputError("negative", f"{path}.{word}", getattr(lease, word), "an amount is 0 or more")
    life = lease.economic_life_years
    if not life > 0.0:
        yield InputError("negative", f"{path}.economic_life_years", life, "a life is longer than 0 years")
