"""The tariffs that ship in one zone, side by side: what its load pays under each, and what is left to others."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from overbuild.policy.tariff.deal_run import DealRun, run_deal
from overbuild.policy.tariff.faults import TARIFFS
from overbuild.policy.tariff.stories import stories_of
from overbuild.power.case import ZonePlan
from overbuild.power.tariffs.link import LINKED
from overbuild.power.zone_run import ZoneRun, run_lines
from overbuild.world.case_record import read_case
from overbuild.world.presets import PREFIX, presets

BY_SHARE = "no tariff"
"""The rule without a tariff: delivery is paid by the share of the peak."""


class UnderTariff(NamedTuple):
    """The load of a zone under one tariff: what it pays a year towards wires, and what others pay more.

    `paid` is towards the delivery of what stands, `aid` the level payment of what it pays of the wires built for it. `month`
    is the change of a household's bill, `others` that of all others' bills a year. `moved` is how much less a household pays
    than without a tariff, `others_moved` the same of all others a year. `worst_loss` is what others lose in present value, by
    the MW of the load, in the worst that may become of it in the tariff's own case, and `worst` that in words.
    """

    name: str
    min_take: float | None
    paid: float
    aid: float
    month: float
    others: float
    moved: float
    others_moved: float
    worst_loss: float | None
    worst: str
    asked: bool


def tariffs_side_by_side(run: ZoneRun) -> tuple[UnderTariff, ...]:
    """The zone without a tariff, under each that ships, and under its own; the cheapest for a household first.

    Every tariff enters as an input of the zone's case, as it does by `network.tariff`.
    """
    without = _without(run)
    bare = _of_zone(without, BY_SHARE)
    rows = [bare._replace(asked=run.deal is None and run.plan.network.load_pays is None)]
    deals = {name: _shipped(name) for name in presets(TARIFFS.presets)}
    own = run.deal
    if own is not None and (own.edits or own.plan not in [one.plan for one in deals.values()]):
        deals[own.plan.name] = own.run
    for name, deal in deals.items():
        network = {path.rpartition(".")[2]: deal.totals[result] for path, result in LINKED.items()}
        found = _of_zone(without._replace(network=without.network._replace(**network)), name)
        told = [(one.words, run_deal(one.plan).others) for one in stories_of(deal.plan)[1:]]
        words, worst = max(told, key=lambda one: one[1])
        rows.append(
            found._replace(
                min_take=deal.plan.tariff.delivery.min_take,
                moved=bare.month - found.month,
                others_moved=bare.others - found.others,
                worst_loss=worst / deal.plan.load.contract_mw * run.plan.load.mw,
                worst=words,
                asked=own is not None and deal.plan == own.plan,
            )
        )
    return tuple(sorted(rows, key=lambda one: one.month))


def _shipped(name: str) -> DealRun:
    return run_deal(read_case(Path(f"{PREFIX}{name}"), TARIFFS).record)


def _without(run: ZoneRun) -> ZonePlan:
    """The zone without a tariff, with the contribution that its case says without one."""
    network = run.plan.network._replace(load_pays=None, load_pays_per_mw=None, tariff="")
    if "network.contribution" in run.under.gave:
        network = network._replace(contribution=run.under.contribution)
    return run.plan._replace(network=network)


def _of_zone(plan: ZonePlan, name: str) -> UnderTariff:
    lines = run_lines(plan).results
    month = lines[f"bill.{plan.customers[0].name}.change"]
    return UnderTariff(
        name,
        min_take=None,
        paid=lines["network.paid_by_load"],
        aid=lines["network.paid_at_start"],
        month=month,
        others=lines["cost_to_others"],
        moved=0.0,
        others_moved=0.0,
        worst_loss=None,
        worst="",
        asked=False,
    )
