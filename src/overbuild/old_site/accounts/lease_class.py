"""The class of a leased shell in the lessee's books, by the tests of ASC 842."""

from __future__ import annotations

from overbuild.equations import number
from overbuild.equations.reported import Solved
from overbuild.instruments.lease import LeaseContract, finance_lease, lease_tests
from overbuild.money.annuity import annuity_payment
from overbuild.old_site.case.plan import SitePlan

FINANCE, OPERATING = "finance", "operating"
"""The two classes of ASC 842."""


def class_of_lease(plan: SitePlan, liability: float) -> Solved:
    """The class of a lease whose liability at opening is `liability` USD; None where the case does not say enough.

    A rising rent is tested as the level rent of equal present value.
    Sources: ASC 842-10-25-2; ours, a simplification: a level rent of equal present value stands for a rising one.

    >>> from overbuild.old_site.examples import PLAN
    >>> class_of_lease(PLAN, 0.0).value is None
    True
    """
    lease, site = plan.lease, plan.site
    if lease is None or lease.fair_value is None or lease.economic_life_years is None:
        return Solved(None, "give fair_value and economic_life_years of what is leased to have its class")
    p, periods = float(site.periods_per_year), float(site.operating_periods)
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
