"""Leases of the lessee: what one is worth, and which class it has by the five tests.

After ASC 842. Payments are level and fixed; those that depend on use, and options not expected to be used, stay out.
Which percentages stand for a "major part" and for "substantially all" is a choice, so both are fields of the contract.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import breached
from overbuild.money.annuity import annuity_factor, discount_factor
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

    Each is 1 where met, else 0. The value test takes the whole guarantee, owed or not. A lease that begins near the end
    of the asset's life has no life test: set `life_share` out of reach. A miss by less than 1e-9 still meets a test.
    Source: ASC 842-10-25-2; 75% and 90% are 842-10-55-2's one reasonable approach.

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

    A flag of five flags. Source: ASC 842-10-25-2.

    >>> finance_lease(LeaseTests(0.0, 0.0, 1.0, 1.0, 0.0)), finance_lease(LeaseTests(0.0, 0.0, 0.0, 0.0, 0.0))
    (1.0, 0.0)
    """
    owned = (1.0 - tests.transfer) * (1.0 - tests.bargain)
    return 1.0 - owned * (1.0 - tests.life) * (1.0 - tests.value) * (1.0 - tests.specialised)
