"""A zone with a large load, as tables."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.answer import Table
from overbuild.power.published import AgainstPublished
from overbuild.power.reported import CHANNELS
from overbuild.power.zone_run import BILL, ZoneRun
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.grid.words import BASES, input_words
from overbuild.questions.grid.words import CHANNELS as SAID
from overbuild.questions.moving_inputs import MovedColumns, moving_table


class BillRow(NamedTuple):
    """A channel of the bill: a household's month with its range, and all others' year."""

    id: str
    label: str
    month: float
    low: float | None
    median: float | None
    high: float | None
    year: float


def tables(run: ZoneRun) -> tuple[Table, ...]:
    """All tables of the answer."""
    found = [_bill(run), _classes(run)]
    if run.plan.auctions:
        found += [_years(run)]
    if run.published:
        found += [_published(run)]
    return (*found, _emissions(run), _queue(run), _stack(run), _sensitivity(run))


def _bill(run: ZoneRun) -> Table:
    columns = (
        unprinted("id"),
        column("label", "channel"),
        column("month", "household", "USD_per_month"),
        column("low", "low", "USD_per_month"),
        column("median", "median", "USD_per_month"),
        column("high", "high", "USD_per_month"),
        column("year", "others a year", "USD_m"),
    )
    values = run.found.values
    rows: list[BillRow] = []
    for channel in (*CHANNELS, "total"):
        name = BILL if channel == "total" else f"{BILL}.{channel}"
        others = "cost_to_others" if channel == "total" else f"cost_to_others.{channel}"
        end = run.ends.get(name)
        month, year = values[name], values[others]
        assert isinstance(month, float) and isinstance(year, float)
        rows.append(BillRow(channel, SAID.get(channel, "total"), month, *(end or (None, None, None)), year))
    note = f"low, median, high: {run.ends_said}"
    return table("bill", "What the load adds to the bills of others, by channel", columns, rows, note=note)


class BillOfClass(NamedTuple):
    """A class of customers: the change of all its bills by channel, and of one bill where the class is not one customer."""

    id: str
    label: str
    channels: dict[str, float]
    year: float
    share: float
    change: float | None


def _classes(run: ZoneRun) -> Table:
    columns = (
        unprinted("id"),
        column("label", "class"),
        *(column(name, name, "USD_m", lambda one, name=name: one.channels[name]) for name in CHANNELS),
        column("year", "together", "USD_m"),
        column("share", "of its bills", "decimal"),
        column("change", "one customer", "USD_per_month"),
    )
    lines = run.lines.results
    rows = [
        BillOfClass(
            one.name,
            one.name.replace("_", " "),
            {channel: lines[f"bill.{one.name}.{channel}"] * one.customers * 12 for channel in CHANNELS},
            lines[f"bill.{one.name}.class_change"],
            lines[f"bill.{one.name}.change_share"],
            lines[f"bill.{one.name}.change"] if one.customers > 1 else None,
        )
        for one in run.plan.customers
    ]
    note = "shared costs go to classes by their share of the peak"
    return table("classes", "By class of customers, a year", columns, rows, note=note)


class YearRow(NamedTuple):
    """A delivery year: the auction without the load and with it, and the bill with that auction."""

    year: str
    days: int
    without: float
    given: float
    uncapped: float
    cost: float
    uncapped_cost: float
    change: float
    short: float
    bill: float


def _years(run: ZoneRun) -> Table:
    columns = (
        column("year", "year"),
        unprinted("days"),
        column("without", "without", "USD_per_MW_day"),
        column("given", "with", "USD_per_MW_day"),
        column("uncapped", "no collar", "USD_per_MW_day"),
        column("cost", "cost without", "USD"),
        unprinted("uncapped_cost"),
        column("change", "others more", "USD"),
        column("short", "short with", "MW"),
        column("bill", "household", "USD_per_month"),
    )
    household = run.plan.customers[0].name
    rows: list[YearRow] = []
    for plan in run.plan.auctions:
        name, found = plan.name, run.by_year[plan.name].results

        def of(line: str, found: dict[str, float] = found, name: str = name) -> float:
            return found[f"auction.{name}.{line}"]

        rows.append(
            YearRow(
                name,
                int(plan.days),
                of("without.price"),
                of("with.price"),
                of("without.uncapped_price"),
                of("without.cost"),
                of("without.uncapped_cost"),
                of("cost_to_others"),
                of("with.short"),
                found[f"bill.{household}.change"],
            )
        )
    note = "without and with: the load; no collar: what the curve pays without the load; others more: the capacity bill of others"
    return table("years", "Delivery years of the capacity auction", columns, rows, note=note)


def _published(run: ZoneRun) -> Table:
    columns = (
        column("year", "year"),
        column("cost", "cost", "USD"),
        column("published_cost", "published", "USD"),
        column("uncapped", "no collar", "USD_per_MW_day"),
        column("published_uncapped", "published", "USD_per_MW_day"),
        column("removed", "load removed", "MW"),
        column("attributed", "it adds", "USD"),
        column("published_attributed", "published", "USD"),
        column("attributed_uncapped", "no collar", "USD"),
        column("published_attributed_uncapped", "published", "USD"),
        *(unprinted(name) for name in ("difference", "by_price", "by_mw", "price_without", "other_price")),
    )
    rows: tuple[AgainstPublished, ...] = run.published
    return table("published", "The auctions against what was published", columns, rows)


class EmissionsRow(NamedTuple):
    """Emissions on one basis, by how much the target is missed on it, and what they cost."""

    id: str
    label: str
    emissions: float
    miss: float | None
    cost: float | None


def _emissions(run: ZoneRun) -> Table:
    columns = (
        unprinted("id"),
        column("label", "basis"),
        column("emissions", "scope 2", "tCO2"),
        column("miss", "above target", "tCO2"),
        column("cost", "carbon cost a year", "USD_m"),
    )
    lines = run.lines.results
    rows: list[EmissionsRow] = []
    for basis, label in BASES.items():
        marginal = basis == "marginal"
        emitted = lines["emissions.marginal" if marginal else f"emissions.scope2.{basis}"]
        miss = None if marginal else lines[f"emissions.miss.{basis}"]
        cost = None if marginal else lines[f"emissions.carbon_cost.{basis}"]
        rows.append(EmissionsRow(basis, label, emitted, miss, cost))
    return table("emissions", "What the load emits, by how it is counted", columns, rows)


class QueueRow(NamedTuple):
    """A number of the queue, with its unit in words."""

    id: str
    label: str
    amount: float
    unit: str


def _queue(run: ZoneRun) -> Table:
    columns = (
        unprinted("id"),
        column("label", "of the queue"),
        column("amount", "amount", "ratio"),
        column("unit", "unit"),
    )
    rows = [QueueRow(name, label, run.lines.results[name] / scale, unit) for name, label, scale, unit in _QUEUE]
    return table("queue", "Waiting for the grid", columns, rows)


_QUEUE = (
    ("delay.expected", "mean wait", 1.0, "years"),
    ("delay.ninth_decile", "wait that one in ten exceeds", 1.0, "years"),
    ("delay.on_time", "chance that the grid comes by the deadline", 0.01, "percent"),
    ("delay.mw_by_deadline", "MW on the grid by the deadline, after withdrawals", 1.0, "MW"),
    ("delay.cost_at_median", "what the median wait costs the load", 1e9, "USD bn"),
    ("delay.cost_at_ninth_decile", "what the wait costs that one in ten exceeds", 1e9, "USD bn"),
    ("delay.bridged_years", "years of bridging supply in the mean", 1.0, "years"),
    ("delay.bridge_cost", "bridging above the price of the grid", 1e9, "USD bn"),
    ("delay.bridge_emissions", "bridging emits a year", 1e6, "Mt"),
)


class StackRow(NamedTuple):
    """A unit of the stack, in its order."""

    name: str
    label: str
    mw: float
    before: float
    cost: float
    ef: float


def in_order(run: ZoneRun) -> list[StackRow]:
    """The units of the stack from the cheapest to the dearest."""
    lines = run.lines.hours
    rows = [
        StackRow(
            one.name,
            one.name.replace("_", " "),
            one.mw,
            lines[f"stack.{one.name}.mw_before"][0],
            lines[f"stack.{one.name}.effective_cost"][0],
            one.ef,
        )
        for one in run.plan.energy.units
    ]
    return sorted(rows, key=lambda one: (one.cost, one.name))


def _stack(run: ZoneRun) -> Table:
    columns = (
        unprinted("name"),
        column("label", "unit"),
        column("mw", "available", "MW"),
        column("before", "cheaper", "MW"),
        column("cost", "cost", "USD_per_MWh"),
        column("ef", "emits", "t_per_MWh"),
    )
    return table("stack", "The supply stack in its order", columns, in_order(run))


def _sensitivity(run: ZoneRun) -> Table:
    columns = MovedColumns("bill at low", "bill at high", "USD_per_month")
    title = "What moves a household's bill, one input at a time"
    return moving_table(title, run.deciding, input_words, columns, "")
