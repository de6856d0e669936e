"""The default preset's site as a campus: eight halls with their own shell, plant and GPUs, and five contracts.

The halls are complete one after another, a period apart from the third on; four are let by the GPU-hour, the first to a
tenant once its GPUs leave; the others sell at the market. What it costs to run beside the one hall that it is made of
says how a run grows with what is in it: 24 components for 3, 8 fleets for 1, 5 contracts for 2.
"""

from overbuild.site.case.plan import SitePlan

HALLS, LET = 8, 4


def eight_halls(plan: SitePlan) -> SitePlan:
    """A plan of one phase, one fleet and two contracts, the second of a tenant, in eight halls with five contracts."""
    (phase,), (fleet,), (offtake, tenant) = plan.phases, plan.fleets, plan.contracts
    names = [f"hall_{number}" for number in range(1, HALLS + 1)]
    later = [max(0, number - 2) for number in range(HALLS)]

    def parts(name: str) -> tuple[str, ...]:
        return tuple(f"{name}_{hall}" for hall in names)

    components = tuple(
        one._replace(name=f"{one.name}_{hall}", phase=hall, cost=one.cost / HALLS, spend=(*(0.0,) * more, *one.spend))
        for one in plan.components
        for hall, more in zip(names, later, strict=True)
    )
    loans = tuple(
        one._replace(
            collateral=tuple(part for name in one.collateral for part in parts(name)),
            advances_on=tuple(part for name in one.advances_on for part in parts(name)),
        )
        for one in plan.loans
    )
    return plan._replace(
        phases=tuple(
            phase._replace(name=hall, it_mw=phase.it_mw / HALLS, cod=phase.cod + more)
            for hall, more in zip(names, later, strict=True)
        ),
        components=components,
        fleets=tuple(
            fleet._replace(
                name=f"{fleet.name}_{hall}",
                phase=hall,
                component=f"{fleet.component}_{hall}",
                sale=fleet.sale / HALLS,
            )
            for hall in names
        ),
        contracts=(
            *(offtake._replace(name=f"{offtake.name}_{hall}", phase=hall, long_stop=None) for hall in names[:LET]),
            tenant._replace(phase=names[0]),
        ),
        loans=loans,
    )
