"""What another useful life of servers does to a company's profit, year by year; cash does not move.

Book depreciation is no payment, and tax follows its own tables: what a longer life adds to profit it takes from what is
added back, so that operating cash flow stays what it is.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.company.life.depreciation import LifeRegime, LifeServed, LifeVintage, after_regime, depreciation_in
from overbuild.equations import line, quotient, total
from overbuild.units import Count, Quarters, Ratio, Share, Usd


class ServerPurchase(NamedTuple):
    """One quarter's capex, and the share of the servers bought then whose life changes."""

    name: str
    bought: Quarters
    capex: Usd
    changed_share: Share


class YearWindow(NamedTuple):
    """Four quarters: the first, and the one after the last."""

    name: str
    first: Quarters
    end: Quarters


class LifeTerms(NamedTuple):
    """Purchases, the share of capex that buys servers, lives that were in force, and the life as it was and as changed.

    `before` ends with the change, at which `kept` and `changed` begin; `shares` is None where they are not known.
    """

    purchases: tuple[ServerPurchase, ...]
    server_share: Share
    before: tuple[LifeRegime, ...]
    kept: LifeRegime
    changed: LifeRegime
    years: tuple[YearWindow, ...]
    tax_rate: Share
    shares: Count | None = None


class LifeEffect(NamedTuple):
    """What the change does in one year. A rise of depreciation is positive, a fall of profit negative."""

    name: str
    depreciation_kept: Usd
    depreciation_change: Usd
    operating_income_change: Usd
    net_income_change: Usd
    cash_change: Usd
    per_share: Usd | None = None


def servers_of(purchase: ServerPurchase, server_share: Share) -> LifeVintage:
    """The servers of a quarter's capex whose life changes.

        cost = capex * server_share * changed_share

    Source: ours, a simplification: one share of every quarter's capex buys servers.

    >>> servers_of(ServerPurchase("2024Q1", 1.0, 20.0, 0.5), 0.4).cost
    4.0
    """
    cost = line(f"servers_bought.{purchase.name}", purchase.capex * server_share * purchase.changed_share)
    return LifeVintage(purchase.name, purchase.bought, cost)


def servers_left(vintage: LifeVintage, before: tuple[LifeRegime, ...]) -> LifeServed:
    """What is left of the servers of a quarter at the change, through every life that was in force before it.

    Source: its parts: `after_regime`, one after the other.

    >>> servers_left(LifeVintage("2024Q1", 0.0, 16.0), (LifeRegime("4", 0.0, 8.0, 4.0),))
    LifeServed(book=9.0, served=7.0)
    """
    stands = LifeServed(vintage.cost, 0.0)
    for regime in before:
        stands = after_regime(regime, vintage.bought, stands)
    book = line(f"servers_left.{vintage.name}", stands.book)
    return LifeServed(book, line(f"quarters_served.{vintage.name}", stands.served))


def life_change(terms: LifeTerms) -> tuple[LifeEffect, ...]:
    """The change of depreciation, profit and cash in every year.

        depreciation_change     = depreciation as changed - depreciation as kept
        operating_income_change = -depreciation_change
        net_income_change       = operating_income_change * (1 - tax_rate)
        cash_change             = operating_income_change + depreciation_change, which is 0
        per_share               = net_income_change / shares

    Source: ours, an identity: depreciation is added back to profit in operating cash flow. Tax paid is that of the tax
    tables, so that cash moves neither by tax: the change of tax in profit is deferred.

    >>> before = (LifeRegime("was", 0.0, 8.0, 6.0),)
    >>> kept, changed = LifeRegime("kept", 8.0, 99.0, 6.0), LifeRegime("changed", 8.0, 99.0, 4.0)
    >>> bought, years = (ServerPurchase("a", 3.0, 48.0, 1.0),), (YearWindow("1", 8.0, 12.0),)
    >>> year = life_change(LifeTerms(bought, 0.5, before, kept, changed, years, 0.2))[0]
    >>> round(year.depreciation_kept, 6), round(year.operating_income_change, 6), year.cash_change
    (4.0, -2.666667, 0.0)
    """
    vintages = tuple(servers_of(purchase, terms.server_share) for purchase in terms.purchases)
    left = tuple(servers_left(vintage, terms.before) for vintage in vintages)
    return tuple(_effect(year, vintages, left, terms) for year in terms.years)


def _effect(
    year: YearWindow, vintages: tuple[LifeVintage, ...], left: tuple[LifeServed, ...], terms: LifeTerms
) -> LifeEffect:
    name = f"life_change.{year.name}"
    kept, changed = (
        line(
            f"{name}.depreciation_{regime.name}",
            total(
                line(f"depreciation_{regime.name}.{one.name}.{year.name}",
                     depreciation_in(regime, one.bought, stands, year.first, year.end))
                for one, stands in zip(vintages, left, strict=True)
            ),
        )
        for regime in (terms.kept, terms.changed)
    )  # fmt: skip
    more = line(f"{name}.depreciation_change", changed - kept)
    income = line(f"{name}.operating_income_change", 0 - more)
    net = line(f"{name}.net_income_change", income * (1 - terms.tax_rate))
    each = None if terms.shares is None else line(f"{name}.per_share", quotient(net, terms.shares, none=0.0))
    return LifeEffect(
        name=year.name,
        depreciation_kept=kept,
        depreciation_change=more,
        operating_income_change=income,
        net_income_change=net,
        cash_change=line(f"{name}.cash_change", income + more),
        per_share=each,
    )


def share_of_income(effect: LifeEffect, operating_income: Usd) -> Ratio:
    """The change of operating income as a share of it.

        share = operating_income_change / operating_income

    Valid: operating income above 0. Source: standard.

    >>> share_of_income(LifeEffect("1", 4.0, 2.0, -2.0, -1.6, 0.0), 40.0)
    -0.05
    """
    return quotient(effect.operating_income_change, operating_income, none=0.0)
