"""One world for all sites of a book: the same drivers in the same calendar period, and one failure of each company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from overbuild.site.case.uncertain.uncertain import Uncertain, default_pairs
from overbuild.stress.worlds.bindings.lanes import number_of
from overbuild.stress.worlds.draws import Row
from overbuild.world.drivers.declared import Dynamics
from overbuild.world.drivers.defaults import default_drivers
from overbuild.world.drivers.dependence import Pair, correlation_matrix, mixing
from overbuild.world.drivers.paths.world import FailingCustomer, MovingDriver, World

_STILL = Dynamics(0.0, 0.0)


class CommonWorld(NamedTuple):
    """What sites share: what is drawn once, what moves, who may fail, how they move together, and when the world begins.

    `begins` counts periods since year 0: the earliest close.
    """

    begins: int
    once: tuple[str, ...]
    drivers: tuple[MovingDriver, ...]
    customers: tuple[FailingCustomer, ...]
    pairs: tuple[Pair, ...]

    def of_site(self, own: World, close: int) -> World:
        """The world of a site that closes in this period: all that moves in any site, of which it takes its own inputs.

        So the correlated draws are those of every other site. A company has one hazard, whatever each case says.
        """
        drivers = {one.name: one for one in own.drivers}
        customers = {one.name: one.contracts for one in own.customers}
        names = [one.name for one in (*self.drivers, *self.customers)]
        return own._replace(
            drivers=tuple(drivers.get(one.name, one._replace(paths=(), dynamics=_STILL)) for one in self.drivers),
            customers=tuple(one._replace(contracts=customers.get(one.name, ())) for one in self.customers),
            mix=tuple(tuple(float(part) for part in row) for row in mixing(correlation_matrix(names, self.pairs))),
            opened=close - self.begins,
        )

    def loadings(self, names: Sequence[str], apart: Sequence[str]) -> Row:
        """What makes the coordinates of a site of the independent numbers: those shared, then what it draws `apart`."""
        every = [*self.once, *apart]
        made = mixing(correlation_matrix(every, self.pairs))
        return made[[every.index(name) for name in names]]

    def numbers(self, site: str, apart: Sequence[str]) -> tuple[int, ...]:
        """The numbers of those independent numbers; what is apart has a number of the site's own."""
        return (*(number_of(f"{name}.once") for name in self.once), *(number_of(f"{site}.{one}.once") for one in apart))


def common_world(sites: Sequence[Uncertain], begins: int, apart: Sequence[str]) -> CommonWorld:
    """What sites share. Two things that no case has together move as the defaults say, or not together.

    Where cases disagree about a correlation, the first holding's holds; of the hazards of a company, the greatest.
    """
    drivers: dict[str, MovingDriver] = {}
    customers: dict[str, FailingCustomer] = {}
    once: dict[str, None] = {}
    for one in sites:
        drivers = {each.name: each for each in one.world.drivers} | drivers
        once |= dict.fromkeys(name for name in one.names if name not in apart)
        for each in one.world.customers:
            other = customers.get(each.name)
            if other is None or sum(other.by_year) < sum(each.by_year):
                customers[each.name] = each
    pairs: dict[frozenset[str], float] = {
        names: one.value for names, one in default_pairs(default_drivers(), list(customers)).items()
    }
    for one in reversed(sites):
        pairs |= _pairs_of(one)
    return CommonWorld(
        begins,
        tuple(once),
        tuple(drivers.values()),
        tuple(customers.values()),
        tuple(Pair(min(names), max(names), value) for names, value in pairs.items()),
    )


def _pairs_of(found: Uncertain) -> Mapping[frozenset[str], float]:
    """The correlations of a site, by the two names."""
    size = len(found.world.names)
    mix = np.array([[*row, *[0.0] * (size - len(row))] for row in found.world.mix]).reshape(size, size)
    pairs: dict[frozenset[str], float] = {}
    for names, matrix in ((found.names, found.correlations), (found.world.names, mix @ mix.T)):
        for place, name in enumerate(names):
            for beside, other in enumerate(names[:place]):
                pairs[frozenset((name, other))] = float(matrix[place, beside])
    return pairs
