"""The inputs of a site that can move from period to period: its paths, as the case has them in each place."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple, cast

from overbuild.site.case.plan import SitePlan
from overbuild.site.case.uncertain.moving_paths import MovingPath, moving_paths
from overbuild.site.terms.inputs import PathInputs
from overbuild.site.terms.paths import mode_of, path_columns, path_terms, path_value
from overbuild.world.drivers.paths.world import CaseSeries

_LEAVES = {
    "market.price": "market_price",
    "market.utilisation": "market_utilisation",
    "power.price": "energy_price",
    "power.demand_charge": "demand_charge",
    "costs.staff": "staff",
    "costs.inflation": "inflation",
}
"""Where the columns of a site call a path otherwise."""


class DrawnSeries(NamedTuple):
    """A path of a plan that can be drawn: its values in the case, and the leaf of the columns that then takes them."""

    series: CaseSeries
    leaf: str


def series_of(plan: SitePlan, wanted: Container[str] | None = None) -> dict[str, DrawnSeries]:
    """The paths of a plan that can be drawn, all or those that are wanted, by where they stand.

    >>> from overbuild.site.examples import PLAN
    >>> found = series_of(PLAN)
    >>> found["contracts.lab.price"].leaf, found["loans.senior.rate"].series.base[:2]
    ('contracts.lab.price.listed', [0.1, 0.1])
    """
    return {one.where: _series(plan, one) for one in moving_paths(plan) if wanted is None or one.where in wanted}


def _series(plan: SitePlan, one: MovingPath) -> DrawnSeries:
    count = plan.horizon.periods + 1
    places = range(count) if one.fixed_from is None else [one.fixed_from] * count
    columns = path_columns(one.path, places, plan.horizon.periods_per_year, one.start)
    mode, terms = mode_of(one.path), path_terms(one.path)
    if mode == "flat":
        base = [path_value(mode, columns, terms)] * count
    elif mode == "listed":
        base = list(cast("list[float]", columns.listed))
    else:
        base = [path_value(mode, PathInputs(years), terms) for years in cast("list[float]", columns.years)]
    return DrawnSeries(CaseSeries(one.where, base, one.fixed_from), f"{_leaf(one.where)}.listed")


def _leaf(where: str) -> str:
    if where.endswith(".refinancing.rate"):
        return where.replace(".refinancing.", ".new.")
    return _LEAVES.get(where, where.replace(".base_rate", ".rate"))
