"""The capacity auction: offers against a demand curve that slopes, and a collar on the price.

Nothing is sorted: how much of an offer clears follows from what is cheaper and from the quantity up to which the curve
pays its price.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from overbuild.equations import clip, line, maximum, minimum, quotient, total, where
from overbuild.units import Days, Flag01, Mw, Ratio, Share, Usd, UsdPerMwDay


class CapacityOffer(NamedTuple):
    """Capacity offered at a price; `self_supply` is the share of it that its owner uses itself and is not paid for."""

    name: str
    mw: Mw
    price: UsdPerMwDay
    self_supply: Share


class CurvePoint(NamedTuple):
    """A point of the demand curve: a multiple of the reliability requirement, and the price there."""

    name: str
    requirements: Ratio
    price: UsdPerMwDay


class Collar(NamedTuple):
    """The least and the most that an auction pays."""

    floor: UsdPerMwDay
    cap: UsdPerMwDay


class AuctionTerms(NamedTuple):
    """An auction: its year in days, forecast of the peak, requirement per MW of peak, curve, offers, collar if any."""

    name: str
    days: Days
    peak: Mw
    fpr: Ratio
    curve: tuple[CurvePoint, ...]
    offers: tuple[CapacityOffer, ...]
    collar: Collar | None = None


class AuctionResult(NamedTuple):
    """How an auction cleared: the collared price and the curve's own, MW, what is paid for, the cost, MW short."""

    price: UsdPerMwDay
    uncapped: UsdPerMwDay
    quantity: Mw
    bought: Mw
    requirement: Mw
    cost: Usd
    uncapped_cost: Usd
    short: Mw


def quantity_paid_for(curve: tuple[CurvePoint, ...], requirement: Mw, price: UsdPerMwDay) -> Mw:
    """The most MW for which a demand curve pays a price above 0.

        quantity = x1 * R + sum over segments of length * min(max((y_left - price) / (y_left - y_right), 0), 1);
                   0 where the price is above the curve's highest

    Edges: a level segment counts whole where it pays the price.
    Source: the inverse of a curve that is linear between points; the model's specification E.3.

    >>> curve = (CurvePoint("a", 0.99, 400.0), CurvePoint("b", 1.015, 170.0), CurvePoint("c", 1.07, 0.0))
    >>> round(quantity_paid_for(curve, 1000.0, 85.0), 6), quantity_paid_for(curve, 1000.0, 401.0)
    (1042.5, 0.0)
    """
    first = curve[0]
    along = total(
        (right.requirements - left.requirements) * _share_along(left.price, right.price, price)
        for left, right in pairwise(curve)
    )
    return where(price > first.price, 0.0, requirement * (first.requirements + along))


def _share_along(left: UsdPerMwDay, right: UsdPerMwDay, price: UsdPerMwDay) -> Share:
    level = where(price > left, 0.0, 1.0)
    return where(left > right, clip(quotient(left - price, left - right, none=0), 0, 1), level)


def demand_price(curve: tuple[CurvePoint, ...], requirement: Mw, quantity: Mw) -> UsdPerMwDay:
    """What a demand curve pays for a quantity: linear between points, the first price to the left, 0 to the right.

    Source: the model's specification E.3; PJM's variable resource requirement curve has three such points.

    >>> curve = (CurvePoint("a", 0.99, 400.0), CurvePoint("b", 1.015, 170.0), CurvePoint("c", 1.07, 0.0))
    >>> [round(demand_price(curve, 1000.0, one), 6) for one in (900.0, 1042.5, 2000.0)]
    [400.0, 85.0, 0.0]
    """
    in_requirements = quantity / requirement
    falls = total(
        (right.price - left.price)
        * clip(quotient(in_requirements - left.requirements, right.requirements - left.requirements, none=1), 0, 1)
        for left, right in pairwise(curve)
    )
    last = curve[-1]
    return where(in_requirements > last.requirements + last.requirements * 1e-9, 0.0, curve[0].price + falls)


def auction(name: str, terms: AuctionTerms, peak: Mw, *, above_collar_is_bought: bool = False) -> AuctionResult:
    """An auction cleared for a peak.

        requirement = peak * forecast pool requirement
        clears      = min(max(quantity that the curve pays the offer's price for - cheaper MW, 0), MW), by offer;
                      an offer at 0 clears whole
        uncapped    = price of the offer that clears in part, else what the curve pays for all that clears
        price       = min(max(uncapped, floor), cap)
        bought      = MW that clear, are no self-supply and, unless the rule says otherwise, ask no more than the price
        cost        = price * bought * days

    Source: the model's specification E.3; PJM's sloped auction.

    >>> from overbuild.power.examples import SLOPED
    >>> found = auction("base", SLOPED, 150000.0)
    >>> round(found.price, 4), found.quantity, round(found.cost / 1e9, 4)
    (277.5251, 140000.0, 14.1815)
    """
    requirement = line(f"auction.{name}.requirement", peak * terms.fpr)
    clears = [_clears(name, one, terms, requirement) for one in terms.offers]
    quantity = line(f"auction.{name}.quantity", total(clears))
    on_curve = line(f"auction.{name}.curve_price", demand_price(terms.curve, requirement, quantity))
    partly = [
        line(f"auction.{name}.{one.name}.is_marginal", _is_part(mw, one))
        for one, mw in zip(terms.offers, clears, strict=True)
    ]
    marginal = total(flag * one.price for one, flag in zip(terms.offers, partly, strict=True))
    uncapped = line(f"auction.{name}.uncapped_price", where(total(partly) > 0.0, marginal, on_curve))
    price = line(f"auction.{name}.price", _collared(uncapped, terms.collar))
    paid = [mw * (1 - one.self_supply) for one, mw in zip(terms.offers, clears, strict=True)]
    if not above_collar_is_bought:
        paid = [where(one.price > price, 0, mw) for one, mw in zip(terms.offers, paid, strict=True)]
    bought = line(f"auction.{name}.bought", total(paid))
    supplied = total(mw * (1 - one.self_supply) for one, mw in zip(terms.offers, clears, strict=True))
    return AuctionResult(
        price,
        uncapped,
        quantity,
        bought,
        requirement,
        line(f"auction.{name}.cost", capacity_cost(price, bought, terms.days)),
        line(f"auction.{name}.uncapped_cost", capacity_cost(uncapped, supplied, terms.days)),
        line(f"auction.{name}.short", requirement - quantity),
    )


def capacity_cost(price: UsdPerMwDay, bought: Mw, days: Days) -> Usd:
    """What a delivery year of capacity costs; its length is said, 365 or 366 days.

        cost = price * MW * days

    Source: PJM's auction reports; 2027/28 has 366 days.

    >>> capacity_cost(329.17, 134311.0, 365.0), round(capacity_cost(333.44, 134479.0, 366.0), 2)
    (16137070432.550001, 16411688060.16)
    """
    return price * bought * days


def _clears(name: str, offer: CapacityOffer, terms: AuctionTerms, requirement: Mw) -> Mw:
    cheaper = total(
        where(one.price <= offer.price if one.name < offer.name else one.price < offer.price, one.mw, 0)
        for one in terms.offers
        if one.name != offer.name
    )
    before = line(f"auction.{name}.{offer.name}.mw_before", cheaper)
    wanted = quantity_paid_for(terms.curve, requirement, offer.price)
    clears = where(offer.price > 0.0, clip(wanted - before, 0, offer.mw), offer.mw)
    return line(f"auction.{name}.{offer.name}.clears", clears)


def _is_part(clears: Mw, offer: CapacityOffer) -> Flag01:
    """1 where an offer clears in part: more than nothing and less than all of it."""
    some = where(clears > offer.mw * 1e-9, 1.0, 0.0)
    return some * where(clears < offer.mw - offer.mw * 1e-9, 1.0, 0.0)


def _collared(price: UsdPerMwDay, collar: Collar | None) -> UsdPerMwDay:
    return price * 1 if collar is None else minimum(maximum(price, collar.floor), collar.cap)


class AuctionChange(NamedTuple):
    """An auction without the load and with it: the change of price, and what others pay more or less."""

    name: str
    without: AuctionResult
    given: AuctionResult
    price: UsdPerMwDay
    cost_to_others: Usd
    by_price: Usd
    by_sharing: Usd


def auction_change(
    terms: AuctionTerms, adds: Mw, in_forecast: Share, *, above_collar_is_bought: bool = False
) -> AuctionChange:
    """An auction without a load that adds so much to the peak, and with it; a share of that is in the forecast already.

        peak without   = forecast - in forecast * adds
        peak with      = peak without + adds
        cost to others = cost with * peak without / peak with - cost without
        by price       = change of price * MW bought without the load * days
        by sharing     = cost to others - by price

    `by sharing` is what others gain because the load carries a share of what is bought, less what more is bought.
    Source: the model's specification E.3; the split is ours, an identity.

    >>> from overbuild.power.examples import SLOPED
    >>> found = auction_change(SLOPED, 5100.0, 0.0, above_collar_is_bought=True)
    >>> round(found.price, 4), round(found.cost_to_others / 1e9, 4)
    (51.6449, 2.3765)
    """
    name, peak = terms.name, terms.peak - in_forecast * adds
    without = auction(f"{name}.without", terms, peak, above_collar_is_bought=above_collar_is_bought)
    given = auction(f"{name}.with", terms, peak + adds, above_collar_is_bought=above_collar_is_bought)
    price = line(f"auction.{name}.price_change", given.price - without.price)
    others = line(f"auction.{name}.cost_to_others", given.cost * peak / (peak + adds) - without.cost)
    by_price = line(f"auction.{name}.cost_by_price", price * without.bought * terms.days)
    by_sharing = line(f"auction.{name}.cost_by_sharing", others - by_price)
    line(f"auction.{name}.cost_change", given.cost - without.cost)
    line(f"auction.{name}.uncapped_cost_change", given.uncapped_cost - without.uncapped_cost)
    return AuctionChange(name, without, given, price, others, by_price, by_sharing)
