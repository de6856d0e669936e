"""Faults of what stands beside and behind the senior loans: mezzanine, holding company."""

from __future__ import annotations

from collections.abc import Iterator

from overbuild.errors import CaseError
from overbuild.site.case.dates import availability_end
from overbuild.site.case.plan import SitePlan


def junior_faults(plan: SitePlan) -> Iterator[CaseError]:
    """Faults of the mezzanine and of the debt of the holding company.

    >>> from overbuild.site.case.plan import Horizon, JuniorDebt, Phase
    >>> plan = SitePlan(Horizon(10), (Phase("hall", 100, 4),), (), mezzanine=JuniorDebt(0.12, 3, amount=1e7))
    >>> [f"{fault.path} {fault.code}" for fault in junior_faults(plan)]
    ['loans missing', 'mezzanine.maturity bad_tenor']
    """
    yield from _mezzanine_faults(plan)
    yield from _holdco_faults(plan)


def _mezzanine_faults(plan: SitePlan) -> Iterator[CaseError]:
    junior, first, end = plan.mezzanine, availability_end(plan) + 1, plan.horizon.periods
    if junior is None:
        return
    if not plan.loans:
        yield CaseError("missing", "loans", None, "a mezzanine stands behind a senior loan")
    if "mezzanine" in [loan.name for loan in plan.loans]:
        hint = "the mezzanine has this name; call the senior loan otherwise"
        yield CaseError("duplicate", "loans.mezzanine", "mezzanine", hint)
    if not first <= junior.maturity <= end:
        hint = f"the mezzanine matures after construction and by the end: {first} to {end}"
        yield CaseError("bad_tenor", "mezzanine.maturity", junior.maturity, hint)
    if (junior.amount is None) == (junior.debt_share is None):
        code = "missing" if junior.amount is None else "contradiction"
        yield CaseError(code, "mezzanine.amount", junior.amount, "give the amount or the share of uses, one of them")
    for name in ("cash_rate_per_year", "pik_rate_per_year"):
        if getattr(junior, name) < 0.0:
            yield CaseError("negative", f"mezzanine.{name}", getattr(junior, name), "this rate is 0 or more")


def _holdco_faults(plan: SitePlan) -> Iterator[CaseError]:
    holdco = plan.holdco
    if holdco is None:
        return
    if "holdco" in [loan.name for loan in plan.loans]:
        hint = "the debt of the holding company has this name; call the senior loan otherwise"
        yield CaseError("duplicate", "loans.holdco", "holdco", hint)
    periods = plan.horizon.periods - min(phase.cod for phase in plan.phases)
    if not 1 <= holdco.tenor <= periods:
        hint = f"the debt of the holding company is repaid from the first period in service on: 1 to {periods} periods"
        yield CaseError("bad_tenor", "holdco.tenor", holdco.tenor, hint)
