"""What a site reports, each result once: its id, the line that it is, and when it exists."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.equations.reported import Condition, Reported
from overbuild.site.case.plan import SitePlan

RUNS_ON = "the site runs to its end"

_SERVED = Condition("covered_periods", "no debt service")
_OWED = Condition("debt", "no debt")
_DRAWN = Condition("debt_when_drawn", "no debt at the availability end")
_LIVES = Condition(
    "defaulted",
    "the loan does not live to its maturity; cash after the default is not counted",
    absent=True,
)
_ENDED = Condition("ended", RUNS_ON)
_FAILED = Condition("defaulted", "no default")
_PAID_IN = Condition("equity_paid_in_total", "no equity is paid in")

_RATE = (
    "the rate at which the flows are worth 0: where they sum to more than 0, the first above 0 at which their value "
    "falls through 0, else the one nearest 0; flows of"
)
_PAYBACK = (
    "years from the first period in service until the sum of the flows since close is back to 0, within a period in a "
    "straight line; flows of"
)
_OWNERS = "the owners: net_cash_to_equity"
_WITHOUT_DEBT = "the site without debt, its fleets bought as in the run: project_cash_flow"
_PER_YEAR = "decimal per year"

OF_SITE = (
    Reported("min_dscr", "min_dscr", (_SERVED,)),
    Reported("min_dscr_period", "min_dscr_period_number", (_SERVED,), is_period=True),
    Reported("min_dscr_12m", "min_dscr_12m", (_SERVED,)),
    Reported("avg_dscr", "avg_dscr", (_SERVED,)),
    Reported("llcr", "llcr", (_OWED, _LIVES, _DRAWN)),
    Reported("plcr", "plcr", (_OWED, _LIVES, _DRAWN)),
    Reported("wal_years", "wal_years", (_OWED,)),
    Reported("debt", "debt"),
    Reported("uses", "uses"),
    Reported("equity", "equity"),
    Reported("debt_share", "debt_share"),
    Reported("equity_irr_per_year", solved=f"{_RATE} {_OWNERS}", unit=_PER_YEAR),
    Reported("equity_npv", "equity_npv"),
    Reported("moic", "moic", (_PAID_IN,)),
    Reported("equity_payback_years", solved=f"{_PAYBACK} {_OWNERS}", unit="years"),
    Reported("equity_paid_in_total", "equity_paid_in_total"),
    Reported("equity_received_total", "equity_received_total"),
    Reported("net_cash_to_equity_total", "net_cash_to_equity_total"),
    Reported("equity_support_total", "equity_support_total"),
    Reported("project_irr_per_year", solved=f"{_RATE} {_WITHOUT_DEBT} less tax", unit=_PER_YEAR),
    Reported("project_irr_pre_tax_per_year", solved=f"{_RATE} {_WITHOUT_DEBT}", unit=_PER_YEAR),
    Reported("project_payback_years", solved=f"{_PAYBACK} {_WITHOUT_DEBT} less tax", unit="years"),
    Reported(
        "outcome",
        solved="how the site ends before its time: unfunded, maturity, payment, covenant or closed, in this order",
    ),
    Reported("outcome_period", "outcome_period_number", (_ENDED,), is_period=True),
    Reported("outcome_amount", "outcome_amount_total", (_ENDED,)),
    Reported("lgd", "site_loss_given_default", (_FAILED,)),
    Reported("standby_used", "standby_used"),
    Reported("lc_used", "lc_used"),
    Reported("cures_paid", "cures_paid"),
    Reported("support_paid", "support_paid"),
)
"""Results of every site."""

OF_LEASE = (
    Reported("lease_liability", "lease_liability"),
    Reported("debt_with_leases", "debt_with_leases"),
    Reported("lease_class", solved="the tests of ASC 842 on the lease as it stands at the start of service"),
)
"""Results of a leased shell."""


def reported_of(plan: SitePlan) -> tuple[Reported, ...]:
    """All results of a site: its own, those of its lease, of each loan, balloon and test, of its holding company.

    >>> from overbuild.site.examples import PLAN
    >>> [one.id for one in reported_of(PLAN)][-2:]
    ['tranche.senior.lgd', 'test.test_1.first_period']
    """
    refinanced = [loan.name for loan in plan.loans if loan.refinancing is not None]
    return (
        *OF_SITE,
        *(() if plan.lease is None else OF_LEASE),
        *(result for loan in plan.loans for result in _of_loan(loan.name)),
        *(result for name in refinanced for result in (*_of_new_loan(f"{name}.new"), *_of_balloon(name))),
        *(() if plan.mezzanine is None else _of_loan("mezzanine")),
        *(_of_test(f"test_{row}") for row in range(1, len(plan.tests) + 1)),
        *(() if plan.holdco is None else _of_holdco()),
    )


def _of_loan(name: str) -> Iterator[Reported]:
    drawn = Condition(f"{name}.debt_when_drawn", "no debt at the availability end")
    results = {one.id: one for one in _of_new_loan(name)}
    lost = results.pop(f"tranche.{name}.lgd")
    yield from results.values()
    yield Reported(f"tranche.{name}.llcr", f"{name}.llcr", (_LIVES, drawn))
    yield lost


def _of_new_loan(name: str) -> Iterator[Reported]:
    served = Condition(f"{name}.covered_periods", "no debt service")
    yield Reported(f"tranche.{name}.debt", f"{name}.debt")
    yield Reported(f"tranche.{name}.dscr", f"{name}.min_dscr", (served,))
    yield Reported(f"tranche.{name}.rank_dscr", f"{name}.min_rank_dscr", (served,))
    yield Reported(f"tranche.{name}.lgd", f"{name}.lgd", (_FAILED,))


def _of_balloon(name: str) -> Iterator[Reported]:
    fell_due = Condition(f"{name}.balloon_total", "no balloon falls due")
    yield Reported(f"loan.{name}.refinanced_share", f"{name}.refinanced_share", (fell_due,))
    yield Reported(f"loan.{name}.balloon_short", f"{name}.balloon_short_total", (fell_due,))


def _of_test(name: str) -> Reported:
    breached = Condition(f"{name}.periods", "no breach")
    return Reported(f"test.{name}.first_period", f"{name}.first_period", (breached,), is_period=True)


def _of_holdco() -> Iterator[Reported]:
    served = Condition("holdco.covered_periods", "no debt service")
    yield Reported("tranche.holdco.debt", "holdco.debt")
    yield Reported("tranche.holdco.dscr", "holdco.min_dscr", (served,))
