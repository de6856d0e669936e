"""Who pays what a load does not: other customers by class, or the owners of the utility."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum
from overbuild.units import Count, Share, Usd


class ClassTerms(NamedTuple):
    """A class of other customers: its share of what falls on all of them, and how many they are."""

    name: str
    share: Share
    customers: Count


class SharingTerms(NamedTuple):
    """How a year's shortfall and surplus are shared: the part of each that other customers get, and by class."""

    shortfall_to_others: Share
    surplus_to_others: Share
    classes: tuple[ClassTerms, ...]


class Shared(NamedTuple):
    """Who pays the shortfall of a year; below 0 they gain."""

    others: Usd
    owners: Usd


def shared_in_year(sharing: SharingTerms, cost: Usd, paid: Usd) -> Shared:
    """Who pays what serving a load costs and it does not pay; a surplus lowers the bills of others: dilution.

        shortfall = cost - paid
        others    = max(shortfall, 0) * share to others - max(-shortfall, 0) * share of a surplus to others
        owners    = shortfall - others

    Source: ours, an identity: cost = paid by the load + borne by others + borne by owners.

    >>> from overbuild.policy.tariff.examples import SHARING
    >>> shared_in_year(SHARING._replace(shortfall_to_others=0.75), 100.0, 60.0)
    Shared(others=30.0, owners=10.0)
    >>> shared_in_year(SHARING._replace(surplus_to_others=0.5), 60.0, 100.0)
    Shared(others=-20.0, owners=-20.0)
    """
    short = line("unpaid_cost", cost - paid)
    loss, gain = maximum(short, 0), maximum(0 - short, 0)
    others = line("borne_by_others", loss * sharing.shortfall_to_others - gain * sharing.surplus_to_others)
    for one in sharing.classes:
        line(f"{one.name}.borne", others * one.share)
    return Shared(others, line("borne_by_owners", short - others))


def household_month(sharing: SharingTerms, others: Usd) -> Usd:
    """What a year's burden on other customers is for one household in a month.

        a household's month = borne by others * share of the first class / its customers / 12

    The first class is that of households.
    Source: as the network channel of a bill: share of a class over its customers and 12.

    >>> from overbuild.policy.tariff.examples import SHARING
    >>> household_month(SHARING, 24e6)
    1.0
    """
    homes = sharing.classes[0]
    return line("household_month_of_year", others * homes.share / homes.customers / 12)
