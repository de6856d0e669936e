"""Break-even and payback: when revenue that grows has repaid spending that does not stop."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from overbuild.equations import line
from overbuild.errors import InputError, raise_all
from overbuild.units import PerPeriod, Share, Usd, compound_rate

NOT_WITHIN_HORIZON = "not_within_horizon"


class Quarter(NamedTuple):
    """What one quarter hands to the next: its contribution, the next revenue, and cash to date."""

    revenue: Usd
    contribution: Usd
    cumulative: Usd
    discounted: Usd
    discount: Share


def next_quarter(
    state: Quarter, capex: Usd, growth: PerPeriod, contribution_margin: Share, discount_rate: PerPeriod
) -> Quarter:
    """One quarter of the path: contribution less capex, added to what stood before.

        contribution   = contribution_margin * revenue - capex
        cumulative'    = cumulative + contribution
        discounted'    = discounted + contribution * discount
        revenue'       = revenue * (1 + growth)
        discount'      = discount / (1 + discount_rate)

    Growth and the discount rate are those of a quarter.
    Source: ours, a convention: capex is paid in the quarter whose revenue is earned.

    >>> next_quarter(Quarter(20.0, 0.0, 0.0, 0.0, 1.0), 60.0, 0.09, 0.55, 0.0).cumulative
    -49.0
    """
    contribution = line("contribution", contribution_margin * state.revenue - capex)
    return Quarter(
        revenue=state.revenue * (1 + growth),
        contribution=contribution,
        cumulative=line("cumulative_contribution", state.cumulative + contribution),
        discounted=line("discounted_cumulative_contribution", state.discounted + contribution * state.discount),
        discount=state.discount / (1 + discount_rate),
    )


class QuarterlyPath(NamedTuple):
    """A path of quarters: revenue that grows from the first quarter, its contribution margin, and the spending."""

    first_revenue: float
    growth_per_quarter: float
    margin: float
    capex: tuple[float, ...]
    sustain: float


def quarterly_path(
    revenue: float, growth_per_year: float, margin: float, capex: float, sustain: float
) -> QuarterlyPath:
    """A year's revenue and capex as a path of quarters: a quarter of each at the start, growth compounded.

    >>> quarterly_path(200.0, 0.0, 0.6, 400.0, 1.0)
    QuarterlyPath(first_revenue=50.0, growth_per_quarter=0.0, margin=0.6, capex=(100.0, 100.0, 100.0, 100.0), sustain=1.0)
    """
    return QuarterlyPath(revenue / 4, compound_rate(growth_per_year, 4), margin, (capex / 4,) * 4, sustain)


class Payback(NamedTuple):
    """When the path turns, in quarters from its start; None with a status where it does not."""

    operating_breakeven_quarter: int | None
    payback_quarters: float | None
    discounted_payback_quarters: float | None
    last_crossing_quarters: float | None
    cumulative: tuple[float, ...]
    contributions: tuple[float, ...]
    status: dict[str, str]


def payback(path: QuarterlyPath, hurdle_per_year: float, quarters: int) -> Payback:
    """Walk the path quarter by quarter and find where it turns.

    Operating break-even is the first quarter whose contribution is not negative; payback the first crossing of
    cumulative cash from below 0 to 0 or above, interpolated inside the quarter; the last such crossing stands beside
    it. After the capex listed, each quarter spends `sustain` times the last one listed.
    Raises InputError (`missing`, `negative`, `bad_period`, `hurdle_le_minus1`, `share_out_of_range`).

    >>> found = payback(QuarterlyPath(20.0, 0.09, 0.55, (60.0, 80.0, 100.0, 100.0, 80.0, 60.0, 40.0, 20.0), 0.9), 0.11, 40)
    >>> found.operating_breakeven_quarter, round(found.payback_quarters, 6)
    (7, 22.730128)
    """
    check_path(path, hurdle_per_year, quarters)
    state = Quarter(path.first_revenue, 0.0, 0.0, 0.0, 1.0)
    discount_rate = compound_rate(hurdle_per_year, 4)
    cumulative: list[float] = []
    discounted: list[float] = []
    contributions: list[float] = []
    for quarter in range(quarters):
        capex = path.capex[quarter] if quarter < len(path.capex) else path.capex[-1] * path.sustain
        state = next_quarter(state, capex, path.growth_per_quarter, path.margin, discount_rate)
        contributions.append(float(state.contribution))
        cumulative.append(float(state.cumulative))
        discounted.append(float(state.discounted))
    turns = [quarter for quarter, contribution in enumerate(contributions) if contribution >= 0]
    crossings, late = upward_crossings(cumulative), upward_crossings(discounted)
    found = Payback(
        operating_breakeven_quarter=turns[0] if turns else None,
        payback_quarters=crossings[0] if crossings else None,
        discounted_payback_quarters=late[0] if late else None,
        last_crossing_quarters=crossings[-1] if crossings else None,
        cumulative=tuple(cumulative),
        contributions=tuple(contributions),
        status={},
    )
    names = Payback._fields[:4]
    return found._replace(status={name: NOT_WITHIN_HORIZON for name in names if getattr(found, name) is None})


def upward_crossings(cumulative: Sequence[float]) -> list[float]:
    """Where a running sum crosses from below 0 to 0 or above, interpolated between the two quarters' ends.

        crossing = t - 1 + (-cumulative[t - 1]) / (cumulative[t] - cumulative[t - 1])

    A path that starts at or above 0 has no crossing there.
    Source: ours, a convention: cash comes evenly within a quarter.

    >>> upward_crossings([-10.0, -4.0, 2.0])
    [1.6666666666666665]
    """
    pairs = enumerate(pairwise(cumulative), start=1)
    return [t - 1 + (-before) / (after - before) for t, (before, after) in pairs if before < 0 <= after]


def check_path(path: QuarterlyPath, hurdle_per_year: float, quarters: int) -> None:
    """Raise every fault of a path at once."""
    faults: list[InputError] = []
    if not path.capex:
        faults.append(InputError("missing", "capex", None, "the path needs at least one quarter of capex"))
    if any(amount < 0 for amount in (*path.capex, path.first_revenue, path.sustain)):
        faults.append(InputError("negative", "path", min(path.capex), "revenue, capex and sustain are never negative"))
    if not path.growth_per_quarter > -1:
        faults.append(InputError("share_out_of_range", "growth", path.growth_per_quarter, "growth lies above -1"))
    if quarters < 1:
        faults.append(InputError("bad_period", "quarters", quarters, "the horizon is at least one quarter"))
    if not hurdle_per_year > -1:
        faults.append(InputError("hurdle_le_minus1", "hurdle_per_year", hurdle_per_year, "a hurdle lies above -1"))
    raise_all(faults)
