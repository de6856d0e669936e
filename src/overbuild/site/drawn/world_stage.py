"""A site that takes some of its inputs from a world: the stage of the world, and the site with the rows that it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

from overbuild.equations import flatten, rebuild
from overbuild.equations.model import RowOf, Stage
from overbuild.site.case.dates import contract_dates
from overbuild.site.case.paths import Path
from overbuild.site.case.plan import OfftakeContract, SitePlan
from overbuild.site.drawn.series import series_of
from overbuild.world.drivers.leaf_paths import replaced
from overbuild.world.drivers.paths.path import path
from overbuild.world.drivers.paths.world import World, world_before, world_columns, world_shape, world_terms

T = TypeVar("T")


class DrawnSite(NamedTuple):
    """The stage of a world, the plan whose paths are lists, and what stands in leaves of the site's columns."""

    stage: Stage
    plan: SitePlan
    taken: Mapping[str, Any]

    def columns(self, columns: T) -> T:
        """The columns of the site with what it takes from the world."""
        leaves = flatten(columns)
        return rebuild(columns, [self.taken.get(name, leaf) for name, leaf in leaves.items()])


def drawn_site(plan: SitePlan, world: World) -> DrawnSite:
    """A plan in a world. What a driver moves and the plan has not, such as a loan that is left out, is left out.

    >>> from overbuild.site.examples import PLAN
    >>> from overbuild.world.drivers.declared import Dynamics
    >>> from overbuild.world.drivers.paths.world import MovingDriver
    >>> rent = MovingDriver("rent", ("contracts.lab.price",), "multiplies", Dynamics(1.5, 0.22))
    >>> drawn_site(PLAN, World((rent,), mix=((1.0,),))).taken
    {'contracts.lab.price.listed': RowOf(stage='world', line='contracts_lab_price.drawn')}
    """
    known = series_of(plan, {one for driver in world.drivers for one in driver.paths})
    places, p = plan.horizon.periods + 1, plan.horizon.periods_per_year
    paths = [one for driver in world.drivers for one in driver.paths if one in known]
    series = {one: known[one].series for one in paths}
    shape = world_shape(world, series)
    stage = Stage(
        "world",
        path,
        shape,
        world_terms(world, shape, p),
        world_before(shape),
        world_columns(world, shape, series, places, p),
    )
    taken: dict[str, Any] = {}
    for one in paths:
        plan = replaced(plan, one, Path("by_period", by_period=tuple(series[one].base[1:])))
        taken[known[one].leaf] = RowOf("world", f"{series[one].name}.drawn")
    for customer in world.customers:
        for contract in plan.contracts:
            if contract.name in customer.contracts:
                taken[f"contracts.{contract.name}.fails"] = RowOf("world", f"{customer.name}.fails")
                taken[f"contracts.{contract.name}.claimed_periods"] = claimed_by_place(plan, contract)
    return DrawnSite(stage, plan, taken)


def claimed_by_place(plan: SitePlan, contract: OfftakeContract) -> list[float]:
    """The periods of take-or-pay that are claimed if the offtaker of a contract fails in each place.

    >>> from overbuild.site.examples import PLAN
    >>> claimed_by_place(PLAN, PLAN.contracts[0]._replace(claim_periods=2))
    [2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 1.0]
    """
    ends = contract_dates(plan, contract).ends
    return [
        float(max(0, min(ends, place - 1 + contract.claim_periods) - place + 1))
        for place in range(plan.horizon.periods + 1)
    ]
