"""The class of a leased shell in the lessee's books, by the tests of ASC 842."""

from __future__ import annotations

from overbuild.equations import number
from overbuild.equations.reported import Solved
from overbuild.instruments.lease import LeaseContract, finance_lease, lease_tests
from overbuild.money.annuity import annuity_payment
from overbuild.site.case.dates import first_in_service
from overbuild.site.case.plan import SitePlan

FINANCE, OPERATING = "finance", "operating"
"""The two classes of ASC 842."""


def class_of_lease(plan: SitePlan, liability: float) -> Solved:
    """The class of a lease whose liability is `liability` USD when service starts; None where the case says too little.

    The lease runs from the first period in service to the end of the site. A rising rent is tested as the level rent of
    equal present value. Sources: ASC 842-10-25-2; ours, a simplification: a level rent of equal present value stands
    for a rising one.

    >>> from overbuild.site.examples import PLAN
    >>> class_of_lease(PLAN, 0.0).value is None
    True
    """
    lease, horizon = plan.lease, plan.horizon
    if lease is None or lease.fair_value is None or lease.economic_life_years is None:
        return Solved(None, "give fair_value and economic_life_years of what is leased to have its class")
    p = float(horizon.periods_per_year)
    periods = float(horizon.periods + 1 - min(first_in_service(phase) for phase in plan.phases))
    level = annuity_payment(liability, lease.rate_per_year / p, periods)
    measured = LeaseContract(
        payment=level,
        periods=periods,
        periods_per_year=p,
        rate_per_year=lease.rate_per_year,
        paid_in_advance=0.0,
        economic_life_years=lease.economic_life_years,
        fair_value=lease.fair_value,
        ownership_transfers=float(lease.ownership_transfers),
        bargain_option=float(lease.bargain_option),
        specialised_asset=float(lease.specialised_asset),
    )
    return Solved(FINANCE if number(finance_lease(lease_tests(measured))) > 0.0 else OPERATING)
