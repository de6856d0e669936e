"""A zone with a large load, in sentences."""

from __future__ import annotations

from overbuild.answer import Screen
from overbuild.power.published import AgainstPublished
from overbuild.power.zone_run import BILL, ZoneRun
from overbuild.questions.grid.by_tariff import Rows, sentence, that_ship
from overbuild.questions.grid.words import gw, input_words, money, signed, tonnes, zone_words
from overbuild.questions.moving_inputs import moving_words
from overbuild.questions.prose import bn, pct


def headline(run: ZoneRun, rules: Rows) -> str:
    """What the load does to a household's bill, which rule moves it back, to prices, to the shortage, to a target."""
    return f"{_bill(run)} {sentence(run, rules)} {_prices(run)} {_target(run)}"


def _bill(run: ZoneRun) -> str:
    values, ends = run.found.values, run.ends
    parts = ", ".join(
        f"{one} {signed(_number(values[f'{BILL}.{one}']))}" for one in ("energy", "capacity", "network", "dilution")
    )
    change = _number(values[BILL])
    end = ends.get(BILL)
    between = f" ({signed(end.low)} to {signed(end.high)}, median {signed(end.median)})" if end is not None else ""
    where = f" in {run.plan.year}" if run.plan.auctions else ""
    return (
        f"{zone_words(run.plan.name)}: {gw(run.plan.load.mw)} of load change the bill of a household by {signed(change)} USD a month{where}"
        f"{between}: {parts}. All others together pay {money(_number(values['cost_to_others']))} USD a year "
        f"{'more' if _number(values['cost_to_others']) >= 0.0 else '(they gain)'}."
    )


def _prices(run: ZoneRun) -> str:
    values = run.found.values
    energy = f"Energy costs others {signed(_number(values['price_change_per_mwh']))} USD a MWh{_unserved(run)}"
    price, before = values["capacity_price"], values["capacity_price.without"]
    if not isinstance(price, float) or not isinstance(before, float):
        return f"{energy}; there is no capacity auction in this case."
    if price == before:
        short, were = _number(values["capacity_short_mw"]), _number(values["capacity_short_mw.without"])
        why = " at its cap," if price < _number(values["capacity_price.uncapped"]) else " at"
        return f"{energy}; the price of capacity stays{why} {price:,.0f} USD a MW-day, and what is short {_grows(were, short)}."
    cost = _number(values["capacity_cost"]) - _number(values["capacity_cost.without"])
    return f"{energy}; capacity goes from {before:,.0f} to {price:,.0f} USD a MW-day and costs {bn(cost, 1)} USD more."


def _unserved(run: ZoneRun) -> str:
    """What nobody serves, and at which price it stands in the bill."""
    lost = _number(run.found.values["unserved_mwh.with"])
    if lost <= 0.0:
        return ""
    return f" ({max(lost / 1e3, 1.0):,.0f} GWh a year are served by nobody and count {run.plan.energy.voll:,.0f} USD a MWh)"


def _grows(were: float, short: float) -> str:
    if short <= 0.0:
        return f"is nothing: {gw(-short)} are left above the requirement"
    return f"grows from {gw(max(were, 0.0))} to {gw(short)}"


def _target(run: ZoneRun) -> str:
    values, emissions = run.found.values, run.plan.emissions
    miss = {basis: _number(values[f"target_miss_tco2.{basis}"]) for basis in ("market", "location", "hourly")}
    others = ", ".join(f"{basis} {tonnes(miss[basis])}" for basis in miss if basis != emissions.basis)
    target = "zero" if emissions.target == 0.0 else tonnes(emissions.target)
    if miss[emissions.basis] <= 0.0:
        return f"A target of {target} is met on the {emissions.basis} basis ({others} above it)."
    cost = _number(values["carbon_cost"])
    worth = f", worth {money(cost)} USD a year at {emissions.carbon_price:,.0f} USD a t" if cost else ""
    return f"A target of {target} is missed by {tonnes(miss[emissions.basis])} on the {emissions.basis} basis{worth} ({others})."


def _number(value: object) -> float:
    return value if isinstance(value, float) else 0.0


def screen(run: ZoneRun, rules: Rows) -> Screen:
    """What is printed first: the bill by channel, other delivery years and the monitor, what decides it."""
    return Screen("bill", _moves(run, rules), _decides(run), "Other rules and years, and what was published")


def _moves(run: ZoneRun, rules: Rows) -> tuple[str, ...]:
    told = [that_ship(rules)] if run.deal is not None else []
    told += [published_words(one) for one in run.published if one.difference is not None]
    others = {name: lines.results for name, lines in run.by_year.items() if name != run.plan.year}
    if others:
        change = f"bill.{run.plan.customers[0].name}.change"
        most = max(others, key=lambda name: others[name][change])
        found = others[most]
        before, after = found[f"auction.{most}.without.price"], found[f"auction.{most}.with.price"]
        capacity = f"capacity from {before:,.0f} to {after:,.0f} USD a MW-day and the " if after > before else "the "
        told.append(
            f"On the auction of {most} the same load moves {capacity}bill by {signed(found[change])} USD a month.{_near(run)}"
        )
    return tuple(told)


def _near(run: ZoneRun) -> str:
    chance = run.between.capacity_moves
    return "" if chance is None else f" In {pct(chance)} of the worlds it raises the price of {run.plan.year}."


def published_words(one: AgainstPublished) -> str:
    """The load that a market monitor took out of an auction: what it adds here, there, and why the two differ."""
    attributed, theirs = one.attributed or 0.0, one.published_attributed or 0.0
    return (
        f"{one.year} without the {gw(one.removed or 0.0)} of data centers in its forecast costs {bn(attributed, 1)} USD less here, "
        f"{bn(theirs, 1)} less by the market monitor. Of the difference {bn(one.by_price or 0.0, 1)} is the price without them "
        f"({one.price_without:,.0f} here, {one.other_price:,.0f} there), {bn(one.by_mw or 0.0, 1)} the MW that are then not bought."
    )


def _decides(run: ZoneRun) -> tuple[str, ...]:
    return moving_words(run.deciding, input_words, "bill", signed, " USD a month")


def notes(run: ZoneRun) -> tuple[str, ...]:
    """What the numbers mean."""
    told = [
        "Energy is what others pay more a MWh times their use; capacity the change of the auction's price times their share of the "
        "peak; network the wires built for the load that it does not pay.",
        "Dilution is what the load pays towards delivery and capacity that others paid alone; the sign of the sum is an output.",
        run.ends_said,
    ]
    if run.deal is not None:
        told.append(
            f"What the load pays towards wires is that of the tariff {run.deal.plan.name}; low and high do not draw the tariff, "
            "`overbuild grid solve` does."
        )
    if run.plan.network.load_pays is not None:
        told.append(
            "What the load pays towards delivery is given by the case (network.load_pays), not by its share of the peak."
        )
    return tuple(told)
