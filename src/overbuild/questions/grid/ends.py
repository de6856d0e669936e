"""Low and high of a zone's results: what is drawn in the worlds of its drivers."""

from __future__ import annotations

from overbuild.audit.explained import ExplainedCase
from overbuild.power.model import zone_model
from overbuild.power.reported import CHANNELS
from overbuild.power.zone_run import BILL, UNKNOWN, Between, ZoneRun, ZoneSpread
from overbuild.questions.prose import times
from overbuild.stress.case_worlds import case_worlds
from overbuild.stress.worlds.settings import StressSettings

WORLDS = 4096
"""As many worlds as the ends of an answer are taken from."""

_SPREAD = (
    "price_change_per_mwh",
    "capacity_price",
    "capacity_cost",
    "capacity_short_mw",
    "cost_to_others",
    *(f"cost_to_others.{one}" for one in CHANNELS),
    BILL,
    *(f"{BILL}.{one}" for one in CHANNELS),
    "emissions_tco2.location",
    "emissions_tco2.market",
    "emissions_tco2.hourly",
    "emissions_tco2.marginal",
    "target_miss_tco2",
    "carbon_cost",
)
"""Results that are given with a low and a high end."""


def drawn_ends(run: ZoneRun) -> ZoneSpread:
    """The 5th and the 95th percentile of results over the worlds of the case's drivers; none where it has none."""
    drivers = run.case.drivers
    if drivers is None or not drivers.drawn:
        return UNKNOWN
    there = [name for name in _SPREAD if run.found.values[name] is not None]
    explained = ExplainedCase(run.case, zone_model, run.labels, 0)
    found = case_worlds(explained, StressSettings(scenarios=WORLDS), wanted=there)
    ends = {
        name: Between(low.value, middle.value, high.value)
        for name in there
        for low, middle, high in (found.result(name).quantiles,)
    }
    moves = found.chance(f"{BILL}.capacity", 1e-9).value if run.plan.auctions else None
    said = f"P5, P50 and P95 of {WORLDS:,} worlds, which draw {times(len(drivers.drawn), 'driver')} of the case."
    return ZoneSpread(ends, said, moves)
