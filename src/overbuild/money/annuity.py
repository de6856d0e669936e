"""Present value and level payments."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.equations import line, power, where
from overbuild.units import NEAR_NO_RATE, Count, PerPeriod, Ratio, Usd, UsdStock


def annuity_factor(rate: PerPeriod, periods: Count) -> Ratio:
    """Present value of 1 paid at the end of each of so many periods.

        annuity_factor = (1 - (1 + rate)^-periods) / rate
                       = periods * (1 - rate * (periods + 1) / 2 + rate^2 * (periods + 1) * (periods + 2) / 6)
                         where the rate is within 1e-6 of 0

    The first loses digits as the rate nears 0, the second is its series; both are right to 1e-9 of themselves.

    Valid: rate > -1. Source: standard.

    >>> round(annuity_factor(0.08, 2.0), 9), annuity_factor(0.0, 2.0)
    (1.783264746, 2.0)
    """
    none = (rate < NEAR_NO_RATE) & (-rate < NEAR_NO_RATE)
    second = 2.0 * rate * rate * (periods + 1.0) * (periods + 2.0) / 12.0
    at_no_rate = periods * (1.0 - rate * (periods + 1.0) / 2.0 + second)
    paid_off = 1.0 - power(1.0 + rate, -periods)
    return where(none, at_no_rate, paid_off / where(none, 1.0, rate))


def annuity_payment(principal: UsdStock, rate: PerPeriod, periods: Count) -> Usd:
    """The level payment that repays a principal with interest.

        annuity_payment = principal / annuity_factor

    Valid: periods >= 1, rate > -1. Source: standard.

    >>> round(annuity_payment(100.0, 0.08, 2.0), 9)
    56.076923077
    """
    return line("annuity_payment", principal / annuity_factor(rate, periods))


def discount_factor(rate: PerPeriod, periods: Count) -> Ratio:
    """Present value of 1 paid after so many periods.

        discount_factor = (1 + rate)^-periods

    Valid: rate > -1. Source: standard.

    >>> discount_factor(0.25, 1.0)
    0.8
    """
    return power(1.0 + rate, -periods)


def present_value(flows: Sequence[float], rates: Sequence[float]) -> float:
    """Present value of flows at the ends of periods 1, 2, ... at a rate for each period.

    >>> round(present_value([60.0, 55.0], [0.2, 0.1]), 9)
    91.666666667
    """
    factor, value = 1.0, 0.0
    for flow, rate in zip(flows, rates, strict=True):
        factor = factor / (1.0 + rate)
        value += flow * factor
    return value
