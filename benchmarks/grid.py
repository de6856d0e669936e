"""How fast auctions, bills and stacks run: the kernel and the package in turn with NumPy written here.

    python benchmarks/grid.py [ROUNDS]

Medians of CPU time of programs run in turn, and ratios. 100,000 worlds of one zone move the price of gas, the load that is
added, the forecast of the peak and the cap; the auction and a household's bill come out of the kernel and of arrays written by
hand for this zone. A stack of 10,000 units serves 8,760 hours. Results are held equal first.
"""

import os
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from overbuild.equations.kernel import Lane, Scenarios, kernel_of
from overbuild.power.market.many_hours import StackArrays, clear_hours
from overbuild.power.model import zone_model
from overbuild.power.zone_run import run_zone

WORLDS, UNITS, HOURS = 100_000, 10_000, 8_760
BILL, PRICE, COST = "results.bill.household.change", "results.capacity.price", "results.cost_to_others"


def by_hand(plan, gas, mw, peak, cap):
    """The zone in arrays over worlds: units sorted world by world, the auction of the bill's year."""
    prices = {one.name: one.price for one in plan.energy.fuels}
    units = plan.energy.units
    burns = np.array([one.heat_rate if one.fuel == "gas" else 0.0 for one in units])
    fixed = np.array(
        [one.cost + (0.0 if one.fuel == "gas" else one.heat_rate * prices.get(one.fuel, 0.0)) for one in units]
    )
    size = np.array([one.mw for one in units])
    cost = fixed[:, None] + burns[:, None] * gas
    order = np.argsort(cost, axis=0, kind="stable")
    after = np.cumsum(size[order], axis=0)
    sorted_cost = np.take_along_axis(cost, order, axis=0)
    shift = base = 0.0
    for block in plan.energy.blocks:
        before, given = (
            _price(sorted_cost, after, load, plan.energy.voll)
            for load in (np.full_like(mw, block.load), block.load + mw)
        )
        shift = shift + block.hours * block.load * (given - before)
        base = base + block.hours * block.load
    auction = next(one for one in plan.auctions if one.name == plan.year)
    without, bought0, _ = _auction(auction, peak, cap)
    price, _, cost_with = _auction(auction, peak + mw, cap)
    cost_before = without * bought0 * auction.days
    others = cost_with * peak / (peak + mw) - cost_before
    by_price = (price - without) * bought0 * auction.days
    network = plan.network
    factor = (1.0 - (1.0 + network.wacc) ** -network.life) / network.wacc
    wires = network.capex_per_mw * mw / factor * (1.0 - network.contribution)
    paid = network.delivery_cost * mw / (network.peak + mw)
    home = plan.customers[0]
    each = home.share / home.customers / 12.0
    bill = (
        home.use * (1.0 + home.losses) / 1000.0 * shift / base * home.pass_energy
        + home.plc / 1000.0 * (price - without) * auction.days / 12.0 * home.pass_capacity
        + wires * each
        + ((others - by_price) * home.pass_capacity - paid) * each
    )
    return bill, price, shift + others + wires - paid


def _price(cost, after, load, voll):
    at = np.argmax(after >= load * (1.0 - 1e-9), axis=0)
    served = after[-1] >= load * (1.0 - 1e-9)
    return np.where(served, np.take_along_axis(cost, at[None], axis=0)[0], voll)


def _auction(plan, peak, cap):
    """Offers in their order against the curve, world by world."""
    requirement, reach, cleared = peak * plan.fpr, 0.0, []
    xs, ys = [one.requirements for one in plan.curve], [one.price for one in plan.curve]
    for offer in sorted(plan.offers, key=lambda one: (one.price, one.name)):
        wanted = (
            np.interp(-offer.price, [-y for y in ys], xs) * requirement if offer.price <= ys[0] else 0.0 * requirement
        )
        runs = np.clip(wanted - reach, 0.0, offer.mw) if offer.price > 0.0 else np.full_like(peak, offer.mw)
        cleared.append((offer, runs))
        reach += offer.mw
    quantity = sum(runs for _, runs in cleared)
    price = np.interp(quantity / requirement, xs, ys, right=0.0)
    for offer, runs in cleared:
        price = np.where((runs > 1e-9 * offer.mw) & (runs < offer.mw * (1.0 - 1e-9)), offer.price, price)
    price = np.minimum(np.maximum(price, plan.collar.floor), cap)
    bought = sum(np.where(offer.price > price, 0.0, runs * (1.0 - offer.self_supply)) for offer, runs in cleared)
    return price, bought, price * bought * plan.days


def dense_hours(stack, load, voll, block=100):
    """Every unit against every hour, some hours at a time."""
    order = np.argsort(stack.cost, kind="stable")
    mw, cost, ef = stack.mw[order], stack.cost[order], stack.ef[order]
    before = np.cumsum(mw) - mw
    prices, emitted = [], []
    for at in range(0, len(load), block):
        some = load[at : at + block]
        runs = np.clip(some[:, None] - before, 0.0, mw)
        prices.append(np.where(some > before[-1] + mw[-1], voll, np.max(np.where(runs > 0.0, cost, 0.0), axis=1)))
        emitted.append(runs @ ef)
    return np.concatenate(prices), np.concatenate(emitted)


def sorted_hours(stack, load, voll):
    """Hour by hour on a sorted stack, a look for each hour in plain Python."""
    order = np.argsort(stack.cost, kind="stable")
    after, cost = np.cumsum(stack.mw[order]), stack.cost[order]
    return np.array([voll if one > after[-1] else cost[np.searchsorted(after, one * (1.0 - 1e-9))] for one in load])


def cpu(work):
    began = time.process_time()
    work()
    return time.process_time() - began


def compared(title, work, rounds):
    times = {name: [] for name in work}
    for _ in range(rounds):
        for name, one in work.items():
            times[name].append(cpu(one))
    first = statistics.median(next(iter(times.values())))
    print(title)
    for name, found in times.items():
        median = statistics.median(found)
        print(f"  {name:52} {1000 * median:10.1f} ms CPU {median / first:8.1f}x")


def worlds(rounds):
    plan = run_zone(Path("preset:pjm"), years=["2026/27"]).plan
    model = zone_model(plan)
    rng = np.random.default_rng(7)
    gas, mw = rng.uniform(2.0, 7.0, WORLDS), rng.uniform(500.0, 12_000.0, WORLDS)
    peak, cap = rng.uniform(140_000.0, 165_000.0, WORLDS), rng.uniform(250.0, 400.0, WORLDS)
    name = plan.auctions[0].name
    bindings = {f"hours.terms.units.{one.name}.fuel_price": Lane(0) for one in plan.energy.units if one.fuel == "gas"}
    bindings |= {f"{stage}.terms.load.mw": Lane(1) for stage in ("hours", "results")}
    bindings |= {f"results.terms.auctions.{name}.peak": Lane(2), f"results.terms.auctions.{name}.collar.cap": Lane(3)}
    began = time.process_time()
    prepared = kernel_of(model, [BILL, PRICE, COST], bindings).on(model)
    print(f"kernel of a zone: {time.process_time() - began:.2f} s of CPU to compile or load")
    of = Scenarios(WORLDS, np.array([gas, mw, peak, cap]))
    found = prepared.run(of)
    bill, price, cost = by_hand(plan, gas, mw, peak, cap)
    for ours, theirs in ((found[BILL], bill), (found[PRICE], price), (found[COST], cost)):
        assert np.max(np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1e-3 * np.max(np.abs(theirs)))) < 1e-8
    work = {
        "kernel": lambda: prepared.run(of),
        "NumPy by hand, blocks of 5,000": lambda: [
            by_hand(plan, *(one[at : at + 5_000] for one in (gas, mw, peak, cap))) for at in range(0, WORLDS, 5_000)
        ],
        "NumPy by hand, all at once": lambda: by_hand(plan, gas, mw, peak, cap),
    }
    compared(f"{WORLDS:,} worlds of an auction and a bill, {len(plan.energy.units)} units, 8 blocks", work, rounds)


def hours(rounds):
    rng = np.random.default_rng(11)
    stack = StackArrays(rng.uniform(1.0, 40.0, UNITS), rng.uniform(0.0, 300.0, UNITS), rng.uniform(0.0, 1.1, UNITS))
    load = rng.uniform(0.2, 0.98, HOURS) * stack.mw.sum()
    found = clear_hours(stack, load, 5000.0)
    price, emitted = dense_hours(stack, load, 5000.0)
    assert np.allclose(found.price, price) and np.allclose(found.emissions, emitted)
    assert np.allclose(found.price, sorted_hours(stack, load, 5000.0))
    work = {
        "package": lambda: clear_hours(stack, load, 5000.0),
        "NumPy, each unit against each hour": lambda: dense_hours(stack, load, 5000.0),
        "sorted, a look for each hour": lambda: sorted_hours(stack, load, 5000.0),
    }
    compared(f"{UNITS:,} units x {HOURS:,} hours", work, rounds)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"load {os.getloadavg()[0]:.1f}")
    worlds(rounds)
    hours(rounds)


if __name__ == "__main__":
    main()
