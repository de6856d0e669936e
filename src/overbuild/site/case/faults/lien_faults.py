"""Faults of liens: sets of holders that cross."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from overbuild.errors import CaseError
from overbuild.site.case.collateral import holders_of
from overbuild.site.case.plan import SitePlan


def lien_faults(plan: SitePlan) -> Iterator[CaseError]:
    """Two components whose holders cross: then the order in which they pay is not unique.

    The loans that hold a component are nested in those that hold another, or have none of them in common.

    >>> from overbuild.site.case.plan import Horizon, Component, Loan
    >>> parts = (Component("shell", 4e8, 25, "SL39"), Component("it", 6e8, 5, "MACRS5"))
    >>> loans = [Loan("hall", 9, collateral=("shell",)), Loan("gpu", 9, collateral=("it",))]
    >>> plan = SitePlan(Horizon(10), (), parts, loans=(*loans, Loan("second", 9)))
    >>> [f"{fault.path} {fault.code}" for fault in lien_faults(plan)]
    ['loans.second.collateral crossing_liens']
    """
    held = {one.name: frozenset(holders_of(plan, one.name)) for one in plan.components}
    told: set[frozenset[frozenset[str]]] = set()
    for first, second in combinations(held, 2):
        one, other = held[first], held[second]
        both = frozenset((one, other))
        if one & other and one - other and other - one and both not in told:
            told.add(both)
            name = next(loan.name for loan in reversed(plan.loans) if loan.name in one & other)
            hint = (
                f"{first} is held by {_names(plan, one)}, {second} by {_names(plan, other)}: holders are nested or "
                f"have no loan in common; give {name} no lien on one of them, or collateral: [] and its rank"
            )
            yield CaseError("crossing_liens", f"loans.{name}.collateral", None, hint)


def _names(plan: SitePlan, holders: frozenset[str]) -> str:
    return " and ".join(loan.name for loan in plan.loans if loan.name in holders)
