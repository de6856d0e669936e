"""A zone as a model: the stack in its order, the hours of a year by blocks, and what it all comes to."""

from __future__ import annotations

from overbuild.equations.model import Model, RowOf, Stage
from overbuild.power.bill import Customers, Wires
from overbuild.power.case import AuctionPlan, SupplyPlan, ZonePlan
from overbuild.power.emissions import Accounting
from overbuild.power.interconnection import Bridge, Queue, Waiting
from overbuild.power.market.auction import AuctionTerms, CapacityOffer, Collar, CurvePoint
from overbuild.power.market.load import LargeLoad
from overbuild.power.market.merit_order import BlocksAbove, HourBlock, MarketTerms, StackUnit, block_of_hours
from overbuild.power.reported import reported_of
from overbuild.power.results import BlockRows, ZoneShape, ZoneTerms, zone_results


def zone_model(plan: ZonePlan) -> Model:
    """The model of a zone's case; its axis are blocks of hours, from the highest load to the lowest.

    >>> from overbuild.power.examples import ZONE
    >>> [stage.name for stage in zone_model(ZONE).stages]
    ['hours', 'results']
    """
    load = LargeLoad(*plan.load)
    prices = {one.name: one.price for one in plan.energy.fuels}
    units = tuple(_unit(one, prices) for one in plan.energy.units)
    market = MarketTerms(load, plan.energy.voll, units, plan.energy.carbon_price)
    blocks = HourBlock([one.hours for one in plan.energy.blocks], [one.load for one in plan.energy.blocks])
    terms = ZoneTerms(
        load=load,
        adder=plan.energy.adder,
        auctions=tuple(auction_terms(one) for one in plan.auctions),
        customers=tuple(Customers(*one) for one in plan.customers),
        network=Wires(*plan.network),
        queue=Queue(*plan.queue[: len(Queue._fields)]),
        bridge=Bridge(*plan.queue[len(Queue._fields) :]),
        waiting=Waiting(*plan.waiting),
        emissions=_accounting(plan),
    )
    rows = BlockRows(*(RowOf("hours", f"block.{name.replace('__', '.')}") for name in BlockRows._fields))
    stages = (
        Stage("hours", block_of_hours, None, market, BlocksAbove(0.0), blocks),
        Stage("results", zone_results, shape_of_zone(plan), terms, rows),
    )
    return Model(stages, reported_of(plan))


def shape_of_zone(plan: ZonePlan) -> ZoneShape:
    """What of a zone is static: the year of the bill, the basis of the target, rules of auctions.

    >>> from overbuild.power.examples import ZONE
    >>> shape_of_zone(ZONE)
    ZoneShape(year='2027/28', basis='market', above_collar=('bought',))
    """
    return ZoneShape(
        year=plan.year if plan.auctions else "",
        basis=plan.emissions.basis,
        above_collar=tuple(one.above_collar for one in plan.auctions),
    )


def auction_terms(plan: AuctionPlan) -> AuctionTerms:
    """An auction's numbers as the model takes them.

    >>> from overbuild.power.examples import ZONE
    >>> auction_terms(ZONE.auctions[0]).days
    366.0
    """
    return AuctionTerms(
        name=plan.name,
        days=float(plan.days),
        peak=plan.peak,
        fpr=plan.fpr,
        curve=tuple(CurvePoint(*one) for one in plan.curve),
        offers=tuple(CapacityOffer(*one) for one in plan.offers),
        collar=None if plan.collar is None else Collar(*plan.collar),
    )


def _accounting(plan: ZonePlan) -> Accounting:
    numbers = plan.emissions._asdict()
    del numbers["basis"]
    return Accounting(**numbers)


def _unit(plan: SupplyPlan, prices: dict[str, float]) -> StackUnit:
    return StackUnit(plan.name, plan.mw, plan.cost, plan.heat_rate, prices.get(plan.fuel, 0.0), plan.ef)
