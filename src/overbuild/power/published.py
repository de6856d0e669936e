"""A zone's auctions against what was published of them: cost, and what data centers were found to add."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.power.case import AuctionPlan
from overbuild.power.market.auction import auction_change
from overbuild.power.model import auction_terms


class AgainstPublished(NamedTuple):
    """An auction as cleared here and as published, USD. `attributed` is what the load that was removed adds here.

    `other_price` is what the publisher's auction without that load paid in the mean on the MW that cleared; `by_price`
    and `by_mw` split the difference of the attributions.
    """

    year: str
    price: float
    uncapped: float
    cost: float
    uncapped_cost: float
    published_cost: float
    published_uncapped: float | None
    removed: float | None
    attributed: float | None
    published_attributed: float | None
    attributed_uncapped: float | None
    published_attributed_uncapped: float | None
    price_without: float | None
    other_price: float | None
    by_price: float | None
    by_mw: float | None

    @property
    def difference(self) -> float | None:
        """What is attributed here above what was published, USD."""
        if self.attributed is None or self.published_attributed is None:
            return None
        return self.attributed - self.published_attributed


def against_published(plan: AuctionPlan) -> AgainstPublished | None:
    """An auction held against what was published of it; None where nothing is.

    The load that a publisher removed is taken out of the forecast, the offers are left as they are.
    """
    given = plan.published
    if given is None:
        return None
    terms, bought = auction_terms(plan), plan.above_collar == "bought"
    removed = given.removed
    found = auction_change(terms, removed or 0.0, 1.0, above_collar_is_bought=bought)
    is_removed = removed is not None
    attributed = found.given.cost - found.without.cost if is_removed else None
    uncapped = found.given.uncapped_cost - found.without.uncapped_cost if is_removed else None
    other = None
    by_price = by_mw = None
    if is_removed and given.attributed is not None:
        other = (given.cost - given.attributed) / (found.given.bought * terms.days)
        by_price = (other - found.without.price) * found.without.bought * terms.days
        by_mw = other * (found.given.bought - found.without.bought) * terms.days
    return AgainstPublished(
        plan.name,
        found.given.price,
        found.given.uncapped,
        found.given.cost,
        found.given.uncapped_cost,
        given.cost,
        given.uncapped_price,
        removed,
        attributed,
        given.attributed,
        uncapped,
        given.attributed_uncapped,
        found.without.price if is_removed else None,
        other,
        by_price,
        by_mw,
    )
