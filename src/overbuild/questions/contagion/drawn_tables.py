"""The economy over many worlds, in tables."""

from __future__ import annotations

import math

from overbuild.answer import Table
from overbuild.questions.columns import column, table, unprinted
from overbuild.questions.contagion.tables import CLASS_LABELS
from overbuild.stress.economy_worlds.drivers import economy_drivers
from overbuild.stress.economy_worlds.results import EconomyDistribution
from overbuild.world.drivers.declared import DrawnDriver

DRIVER_LABELS = {
    "ai_revenue": "revenue of labs",
    "capital": "capital of companies",
    "failure": "failure of a company by itself",
    "kept": "what suppliers keep of lost revenue",
    "estate_share": "what is left of an estate",
    "firm_share": "how firm unpublished terms are",
    "capex_cut": "a loss's cut of next year's capex",
    "vendor_share": "vendors' part of capex",
}


def classes_table(found: EconomyDistribution, *, first: bool = False) -> Table:
    """What each class loses; the first screen has no intervals."""
    columns = [
        unprinted("id"),
        column("label", "who bears it", fill=lambda one: CLASS_LABELS[one.id]),
        column("mean", "mean", "USD", lambda one: one.mean.value),
        column("median", "half of worlds", "USD"),
        column("p95", "1 in 20", "USD", lambda one: one.p95.value),
        column("p99", "1 in 100", "USD", lambda one: one.p99.value),
        column("worst", "mean of worst 5%", "USD", lambda one: one.worst.value),
        column("in_tail", "in the tail of all", "USD"),
    ]
    if not first:
        columns[3:3] = [
            column("mean_low", "mean, low", "USD", lambda one: one.mean.low),
            column("mean_high", "high", "USD", lambda one: one.mean.high),
        ]
        columns += [
            column("worst_low", "worst, low", "USD", lambda one: one.worst.low),
            column("worst_high", "high", "USD", lambda one: one.worst.high),
        ]
    note = "the tail: the 5% of worlds in which all together lose most"
    note = note if first else f"low and high: intervals of 95%; {note}"
    return table("classes", "What each class loses over the worlds", columns, found.classes(), note=note)


def parties_table(found: EconomyDistribution) -> Table:
    """Who stops, and who is in the tail."""

    def number(value: float) -> float | None:
        return None if math.isnan(value) else value

    columns = (
        unprinted("id"),
        column("label", "stops"),
        column("chance", "worlds", "decimal", lambda one: one.stops.value),
        column("low", "low", "decimal", lambda one: one.stops.low),
        column("high", "high", "decimal", lambda one: one.stops.high),
        column("in_tail", "of the tail", "decimal"),
        column("with_it", "1 in 20 where it stops", "USD", lambda one: number(one.with_it)),
        column("apart", "above where it stands", "USD", lambda one: number(one.apart)),
    )
    note = "1 in 20: what all lose or more in one of twenty such worlds; blank where fewer than 30 worlds have it"
    return table("in_the_tail", "Who stops, and who is in the tail", columns, found.parties(), note=note)


def too_big_drawn_table(found: EconomyDistribution) -> Table:
    """Whose failure adds most to what others lose."""
    columns = (
        unprinted("id", lambda one: one.party),
        column("label", "fails"),
        column("added", "adds to others' loss", "USD", lambda one: one.added.value),
        column("low", "low", "USD", lambda one: one.added.low),
        column("high", "high", "USD", lambda one: one.added.high),
        column("share", "of all capital", "decimal"),
        column("lenders", "of it lenders", "USD"),
        column("bearer", "mostly"),
        column("rank", "rank", fill=lambda one: f"{one.first}-{one.last}" if one.first != one.last else str(one.first)),
    )
    note = "mean over the same worlds with and without the failure, losses of its own owners left out; intervals of 95%"
    return table("too_big", "Too big to fail, over the worlds", columns, found.too_big, note=note)


def moves_table(found: EconomyDistribution) -> Table:
    """What moves losses."""
    columns = (
        unprinted("id", lambda one: one.name),
        column("label", "driver", fill=lambda one: DRIVER_LABELS.get(one.name, one.name)),
        column("lowest", "all lose where it is lowest", "USD"),
        column("highest", "where it is highest", "USD"),
    )
    note = "means over the fifths of the worlds; what moves with a driver moves with it here too"
    return table("moves", "What moves losses", columns, found.moves(), note=note)


def drivers_table() -> Table:
    """What is drawn."""
    columns = (
        unprinted("id", lambda one: one.name),
        column("label", "driver", fill=lambda one: DRIVER_LABELS.get(one.name, one.name)),
        column("input", "moves"),
        column("how", "how"),
        column("spread", "drawn from", fill=_spread),
    )
    return table("drivers", "What is drawn, once a world", columns, economy_drivers().drivers.drawn)


def _spread(one: DrawnDriver) -> str:
    """A distribution in one line."""
    given = one.distribution
    if given is None:
        return "a hazard, by class of rating"
    names = ("low", "mode", "high", "median", "log_sd", "mean", "sd")
    said = [f"{name} {getattr(given, name):g}" for name in names if getattr(given, name) is not None]
    return f"{given.family}: {', '.join(said)}"
