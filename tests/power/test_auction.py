"""The sloped auction against one that walks along sorted offers; the collar; what must hold of any auction."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overbuild.power.examples import SLOPED
from overbuild.power.market.auction import CapacityOffer, Collar, CurvePoint, auction, auction_change, demand_price

OFFERS = st.lists(st.tuples(st.integers(1, 60_000), st.integers(0, 600)), min_size=1, max_size=6)
CURVE = (CurvePoint("a", 0.99, 402.5), CurvePoint("b", 1.015, 172.5), CurvePoint("c", 1.07, 0.0))


def terms(offers, collar=None, curve=CURVE):
    named = tuple(CapacityOffer(f"o{place}", float(mw), float(price), 0.0) for place, (mw, price) in enumerate(offers))
    return SLOPED._replace(offers=named, collar=collar, curve=curve)


def walked(given, peak):
    """Price and quantity by walking along the offers from the cheapest, as the specification words it."""
    requirement, reach = peak * given.fpr, 0.0
    offers = sorted(given.offers, key=lambda one: (one.price, one.name))
    for one in offers:
        left, right = reach, reach + one.mw
        if demand_price(given.curve, requirement, right) < one.price:
            if demand_price(given.curve, requirement, left) < one.price:
                return demand_price(given.curve, requirement, left), left
            low, high = left, right
            for _ in range(200):
                middle = (low + high) / 2.0
                low, high = (
                    (middle, high) if demand_price(given.curve, requirement, middle) >= one.price else (low, middle)
                )
            return one.price, low
        reach = right
    return demand_price(given.curve, requirement, reach), reach


@settings(max_examples=150, deadline=None)
@given(OFFERS, st.integers(20_000, 250_000))
def test_the_order_free_auction_is_the_one_that_walks(offers, peak):
    given_terms = terms(offers)
    found = auction("one", given_terms, float(peak))
    price, quantity = walked(given_terms, float(peak))
    assert found.quantity == pytest.approx(quantity, rel=1e-9, abs=1e-6)
    assert found.uncapped == pytest.approx(price, rel=1e-7, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(OFFERS, st.integers(60_000, 200_000), st.integers(0, 20_000))
def test_more_load_never_lowers_the_price_nor_what_clears(offers, peak, more):
    one = auction("one", terms(offers), float(peak))
    other = auction("two", terms(offers), float(peak + more))
    assert other.uncapped >= one.uncapped - 1e-6
    assert other.quantity >= one.quantity - 1e-6


@settings(max_examples=40, deadline=None)
@given(OFFERS, st.floats(0.1, 10.0))
def test_money_in_other_units_scales_prices_and_costs_and_leaves_quantities(offers, scale):
    plain = terms(offers, Collar(100.0, 300.0))
    scaled = plain._replace(
        offers=tuple(one._replace(price=one.price * scale) for one in plain.offers),
        curve=tuple(one._replace(price=one.price * scale) for one in plain.curve),
        collar=Collar(100.0 * scale, 300.0 * scale),
    )
    one, other = auction("one", plain, 150000.0), auction("two", scaled, 150000.0)
    assert other.cost == pytest.approx(one.cost * scale, rel=1e-9, abs=1e-3)
    assert other.quantity == pytest.approx(one.quantity, rel=1e-9)


def test_the_collar_moves_the_price_and_not_what_clears():
    free = auction("free", SLOPED._replace(collar=None), 155100.0, above_collar_is_bought=True)
    held = auction("held", SLOPED, 155100.0, above_collar_is_bought=True)
    assert (free.uncapped, held.uncapped) == (402.5, 402.5)
    assert held.price == 329.17 and held.quantity == free.quantity
    assert auction("low", SLOPED, 100000.0).price == 175.0


def test_an_offer_above_the_cap_is_bought_only_where_the_rule_says_so():
    found = auction("one", SLOPED, 155100.0)
    assert found.bought == found.quantity - 2500.0
    assert auction("two", SLOPED, 155100.0, above_collar_is_bought=True).bought == found.quantity


def test_supply_of_ones_own_clears_and_is_not_paid():
    own = SLOPED._replace(
        offers=tuple(one._replace(self_supply=1.0 if one.name == "nuclear" else 0.0) for one in SLOPED.offers)
    )
    plain, found = auction("one", SLOPED, 150000.0), auction("two", own, 150000.0)
    assert found.quantity == plain.quantity and found.bought == plain.bought - 31000.0


def test_a_level_stretch_of_the_curve_is_bought_whole_at_its_price():
    level = (CurvePoint("a", 0.9, 200.0), CurvePoint("b", 1.0, 200.0), CurvePoint("c", 1.1, 0.0))
    requirement = 150000.0 * 0.93
    offers = [(requirement * 0.8, 0), (requirement * 0.5, 200)]
    found = auction("one", terms(offers, curve=level), 150000.0)
    assert found.quantity == pytest.approx(requirement)
    assert found.uncapped == 200.0


def test_what_others_pay_is_split_into_price_and_sharing():
    found = auction_change(SLOPED, 5100.0, 0.0)
    assert found.by_price + found.by_sharing == pytest.approx(found.cost_to_others)
    assert found.by_price == pytest.approx((found.given.price - found.without.price) * found.without.bought * 365.0)


def test_a_load_that_is_in_the_forecast_is_taken_out_of_it():
    inside = auction_change(SLOPED._replace(peak=155100.0), 5100.0, 1.0)
    on_top = auction_change(SLOPED, 5100.0, 0.0)
    assert inside.price == pytest.approx(on_top.price) and inside.cost_to_others == pytest.approx(on_top.cost_to_others)
