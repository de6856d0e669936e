"""What a lessee owes on a lease and what it costs: the liability by period, the first year, debt with leases.

After ASC 842, as `lease.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from overbuild.equations import blend, maximum, minimum, present
from overbuild.errors import InputError, raise_all
from overbuild.instruments.lease import LeaseContract, LeaseTests, finance_lease, lease_tests, lease_value
from overbuild.timeline.calendar import PERIODS_PER_YEAR
from overbuild.units import Flag01, Usd, UsdStock, simple_rate


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


def opening_liability(lease: LeaseContract) -> UsdStock:
    """What is owed once the lease has begun: its value, less the first payment where that falls due at once.

        opening_liability = lease_value - paid_in_advance * payment

    USD. Paid in arrears, all of its value is owed. Source: ASC 842-20-30-1.

    >>> round(opening_liability(LeaseContract(100.0, 6.0, 1.0, 0.08, 1.0, 7.0, 560.0, guarantee_owed=40.0)), 6)
    424.477789
    """
    return lease_value(lease) - lease.paid_in_advance * lease.payment


def lease_period(opening: UsdStock, payment: Usd, lease: LeaseContract) -> LeasePeriod:
    """A period of the lease liability: interest on the opening, then the payment at its end.

        interest = opening * rate_per_year / periods_per_year
        closing  = opening + interest - payment

    USD a period. A remainder under 1e-9 of the opening is dropped. Source: ASC 842-20-35-1; ours is the
    convention that drops what rounding leaves.

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

    USD in the first year. A term under a year is charged in full. Source: ASC 842-20-25-5 and 25-6, 842-20-35-8.

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

    USD. The class of the lease does not matter. Source: ours, a simplification of the adjustments of rating agencies,
    which estimate a liability where none is reported.

    >>> debt_with_leases(1000.0, 424.0)
    1424.0
    """
    return debt + lease_liability


def lease_schedule(lease: LeaseContract) -> tuple[LeasePeriod, ...]:
    """Every period of the liability; it ends at 0 when the guaranteed residual that was expected has been paid.

        each period is `lease_period` on the closing balance of the one before
        payment of the last period = payment * (1 - paid_in_advance) + guarantee_owed

    USD a period. Paid in advance, the last period holds no rent: that was paid at the end of the one before.
    Source: ASC 842-20-35-1.

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

        debt_like           = debt_with_leases(0, opening_liability)
        first_year_interest = sum of interest over the periods of the first year

    USD, and flags. Source: ASC 842-20-30 and 842-20-35; `debt_with_leases` for what a rating view adds.
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
