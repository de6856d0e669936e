"""What a large load draws, what of it falls on the system's peak, and what it gives up when it is asked to."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import clip, line, present
from overbuild.units import HOURS_PER_YEAR, Hours, Mw, MwhPerYear, Share


class LargeLoad(NamedTuple):
    """A load: `mw` is what its site draws when everything in it runs full.

    `onsite` is the share of its energy that it makes itself, `coincidence` what of its draw falls on the system's peak,
    `flexible` the share that may be cut for `flexible_hours` a year, `in_forecast` the share of it that the forecast of
    the peak already counts.
    """

    mw: Mw
    load_factor: Share
    onsite: Share
    coincidence: Share
    flexible: Share
    flexible_hours: Hours
    in_forecast: Share


def grid_mw(load: LargeLoad) -> Mw:
    """What a load draws from the grid on average over a year, before any cut.

        grid MW = mw * load factor * (1 - onsite)

    Source: ours, a definition; PUE is in `mw`, as the meter sees it.

    >>> grid_mw(LargeLoad(5000.0, 0.8, 0.0, 1.0, 0.0, 0.0, 0.0))
    4000.0
    """
    return load.mw * load.load_factor * (1 - load.onsite)


def coincident_peak(load: LargeLoad) -> Mw:
    """What a load adds to the system's peak; what may be cut at the peak is not counted.

        peak = grid MW * coincidence * (1 - flexible, where it may be cut in any hour)

    Source: ours, a convention: hours that may be cut are used at the peak first.

    >>> firm = LargeLoad(5000.0, 0.8, 0.0, 1.0, 0.25, 0.0, 0.0)
    >>> coincident_peak(firm), coincident_peak(firm._replace(flexible_hours=100.0))
    (4000.0, 3000.0)
    """
    cut = load.flexible * present(load.flexible_hours, 1)
    return grid_mw(load) * load.coincidence * (1 - cut)


def cut_hours(load: LargeLoad, hours_above: Hours, hours: Hours) -> Hours:
    """Hours of a block in which a load is cut: the hours that it may be cut are used from the highest block down.

        cut hours = min(max(flexible hours - hours of higher blocks, 0), hours)

    Source: ours, a convention: cuts are called where load is highest.

    >>> load = LargeLoad(5000.0, 0.8, 0.0, 1.0, 0.25, 100.0, 0.0)
    >>> cut_hours(load, 0.0, 40.0), cut_hours(load, 40.0, 260.0), cut_hours(load, 300.0, 700.0)
    (40.0, 60.0, 0)
    """
    return line("load.cut_hours", clip(load.flexible_hours - hours_above, 0, hours))


def mw_in_block(load: LargeLoad, hours_above: Hours, hours: Hours) -> Mw:
    """What a load draws from the grid in a block of hours, on average over them.

        MW in block = grid MW * (1 - flexible * cut hours / hours)

    Edges: a block has hours. Source: ours, a simplification: a cut is spread over the hours of its block.

    >>> mw_in_block(LargeLoad(5000.0, 0.8, 0.0, 1.0, 0.25, 100.0, 0.0), 40.0, 240.0)
    3750.0
    """
    return line("load.block_mw", grid_mw(load) * (1 - load.flexible * cut_hours(load, hours_above, hours) / hours))


def energy_drawn(load: LargeLoad) -> MwhPerYear:
    """Energy that a load takes in a year, from the grid and of its own making, before any cut.

        MWh = mw * load factor * 8760

    Source: the model's specification E.6; an identity.

    >>> round(energy_drawn(LargeLoad(366.0, 0.78, 0.25, 1.0, 0.0, 0.0, 0.0)), 1)
    2500804.8
    """
    return line("load.mwh", load.mw * load.load_factor * HOURS_PER_YEAR)
