"""A leased shell in the lessee's books: what is owed, which class of lease it is, and debt as a rating view counts it."""

from __future__ import annotations

from overbuild.money.annuity import annuity_payment
from overbuild.questions.answer import Cell
from overbuild.site.lease import Lease, debt_with_leases, finance_lease, lease_tests
from overbuild.site.run import SiteRun

FINANCE, OPERATING = "finance", "operating"
"""The two classes of ASC 842."""


def lease_values(run: SiteRun) -> tuple[dict[str, Cell], dict[str, str]]:
    """Values and status of the lease by id; none where the shell is owned.

    `lease_liability` is the present value of the rent at opening, `debt_with_leases` the debt with it, whatever the
    class; `lease_class` is told where the case gives fair value and economic life of what is leased.

    >>> from overbuild.site.examples import PLAN
    >>> from overbuild.site.run import run_site
    >>> lease_values(run_site(PLAN))
    ({}, {})
    """
    if run.plan.lease is None or run.results.lease_liability is None:
        return {}, {}
    liability = float(run.results.lease_liability)  # pyright: ignore[reportArgumentType]
    debt = float(run.results.debt)  # pyright: ignore[reportArgumentType]
    values: dict[str, Cell] = {
        "lease_liability": liability,
        "debt_with_leases": float(debt_with_leases(debt, liability)),  # pyright: ignore[reportArgumentType]
    }
    found = class_of(run, liability)
    values["lease_class"] = found
    said = "give fair_value and economic_life_years of what is leased to have its class"
    return values, {} if found else {"lease_class": said}


def lease_note(run: SiteRun) -> tuple[str, ...]:
    """The lease in one sentence; none where the shell is owned."""
    values, _ = lease_values(run)
    if not values:
        return ()
    owed, debt = (float(values[name] or 0.0) / 1e6 for name in ("lease_liability", "debt_with_leases"))
    kind = f", a {values['lease_class']} lease" if values["lease_class"] else ""
    return (f"The rent of the shell is worth {owed:,.0f}m USD at opening{kind}; with it, debt is {debt:,.0f}m.",)


def class_of(run: SiteRun, liability: float) -> str | None:
    """The class of a lease that is worth `liability` at opening; None where the case does not say enough."""
    lease, site = run.plan.lease, run.plan.site
    if lease is None or lease.fair_value is None or lease.economic_life_years is None:
        return None
    p, periods = float(site.periods_per_year), float(site.operating_periods)
    level = annuity_payment(liability, lease.rate_per_year / p, periods)
    measured = Lease(
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
    return FINANCE if float(finance_lease(lease_tests(measured))) > 0.0 else OPERATING  # pyright: ignore[reportArgumentType]
