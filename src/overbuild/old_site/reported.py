"""What a site reports, each result once: its id, the line that it is, and when it exists."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.equations.reported import Condition, Reported
from overbuild.old_site.case.plan import SitePlan

_SERVED = Condition("covered_periods", "no debt service")
_OWED = Condition("debt", "no debt")
_LIVES = Condition(
    "default_period_number",
    "the loan does not live to its maturity; cash after the default is not counted",
    absent=True,
)
_FAILED = Condition("default_period_number", "no default")
_PAID_IN = Condition("equity", "no equity is paid in")

_RATE = (
    "the rate at which the flows are worth 0: where they sum to more than 0, the first above 0 at which their value "
    "falls through 0, else the one nearest 0; flows of"
)
_PAYBACK = "years from opening until the sum of the flows since close is back to 0, within a period in a straight line"
_OWNERS = "the owners: equity drawn, then net_cash_to_equity"
_PROJECT = "the project without debt: capex, then operating_cash less tax"
_PER_YEAR = "decimal per year"

OF_SITE = (
    Reported("min_dscr", "min_dscr", (_SERVED,)),
    Reported("min_dscr_period", "min_dscr_period_number", (_SERVED,), is_period=True),
    Reported("min_dscr_12m", "min_dscr_12m", (_SERVED,)),
    Reported("avg_dscr", "avg_dscr", (_SERVED,)),
    Reported("llcr", "llcr", (_OWED, _LIVES)),
    Reported("plcr", "plcr", (_OWED, _LIVES)),
    Reported("wal_years", "wal_years", (_OWED,)),
    Reported("debt", "debt"),
    Reported("uses", "uses"),
    Reported("equity", "equity"),
    Reported("debt_share", "debt_share"),
    Reported("equity_irr_per_year", solved=f"{_RATE} {_OWNERS}", unit=_PER_YEAR),
    Reported("equity_npv", "equity_npv"),
    Reported("moic", "moic", (_PAID_IN,)),
    Reported("equity_payback_years", solved=f"{_PAYBACK}; flows of {_OWNERS}", unit="years"),
    Reported("equity_paid_in_total", "equity_paid_in_total"),
    Reported("equity_received_total", "equity_received_total"),
    Reported("net_cash_to_equity_total", "net_cash_to_equity_total"),
    Reported("equity_support_total", "equity_support_total"),
    Reported("project_irr_per_year", solved=f"{_RATE} {_PROJECT}", unit=_PER_YEAR),
    Reported(
        "project_irr_pre_tax_per_year",
        solved=f"{_RATE} the project before tax: capex, then operating_cash",
        unit=_PER_YEAR,
    ),
    Reported("project_payback_years", solved=f"{_PAYBACK}; flows of {_PROJECT}", unit="years"),
    Reported("default_period", "default_period_number", (_FAILED,), is_period=True),
    Reported("lgd", "site_loss_given_default", (_FAILED,)),
)
"""Results of every site."""

OF_LEASE = (
    Reported("lease_liability", "lease_liability"),
    Reported("debt_with_leases", "debt_with_leases"),
    Reported("lease_class", solved="the tests of ASC 842 on the lease as it stands at opening"),
)
"""Results of a leased shell."""


def reported_of(plan: SitePlan) -> tuple[Reported, ...]:
    """All results of a site: its own, those of its lease, of each loan, of the debt of its holding company.

    >>> from overbuild.old_site.examples import STACK_PLAN
    >>> [one.line for one in reported_of(STACK_PLAN) if one.id == "tranche.gpu.dscr"]
    ['gpu.min_dscr']
    """
    junior = () if plan.mezzanine is None else ("mezzanine",)
    loans = (*(loan.name for loan in plan.loans), *junior)
    return (
        *OF_SITE,
        *(() if plan.lease is None else OF_LEASE),
        *(result for name in loans for result in _of_loan(name)),
        *(() if plan.holdco is None else _of_holdco()),
    )


def _of_loan(name: str) -> Iterator[Reported]:
    served, owed = Condition(f"{name}.covered_periods", "no debt service"), Condition(f"{name}.debt", "no debt")
    yield Reported(f"tranche.{name}.debt", f"{name}.debt")
    yield Reported(f"tranche.{name}.dscr", f"{name}.min_dscr", (served,))
    yield Reported(f"tranche.{name}.rank_dscr", f"{name}.min_rank_dscr", (served,))
    yield Reported(f"tranche.{name}.llcr", f"{name}.llcr", (owed, _LIVES))
    yield Reported(f"tranche.{name}.lgd", f"{name}.lgd", (_FAILED,))


def _of_holdco() -> Iterator[Reported]:
    served = Condition("holdco.covered_periods", "no debt service")
    yield Reported("tranche.holdco.debt", "holdco.debt")
    yield Reported("tranche.holdco.dscr", "holdco.min_dscr", (served,))
