"""The pots that liens make: components by the set of loans that hold them."""

from __future__ import annotations

from overbuild.site.case.collateral import holders_of
from overbuild.site.case.plan import SitePlan
from overbuild.site.terms.shape import PotShape


def pots_of(plan: SitePlan) -> tuple[PotShape, ...]:
    """Components by the set of loans that hold them, fewest holders first; the new loan of a holder holds them too.

    Nested or disjoint sets have one such order, however components and loans are listed.

    >>> from overbuild.site.examples import PLAN
    >>> pots_of(PLAN)
    (PotShape(name='senior', components=('shell', 'it'), holders=('senior',)),)
    """
    held: dict[tuple[str, ...], list[str]] = {}
    for component in plan.components:
        holders = holders_of(plan, component.name)
        if holders:
            held.setdefault(holders, []).append(component.name)
    new = {loan.name: f"{loan.name}.new" for loan in plan.loans if loan.refinancing is not None}
    return tuple(
        PotShape("+".join(holders), tuple(held[holders]), (*holders, *(new[one] for one in holders if one in new)))
        for holders in sorted(held, key=lambda names: (len(names), names))
    )
