"""How much debt the site of a case can carry at the cover that its lenders ask for."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.errors import OverbuildError
from overbuild.site.plan import SitePlan
from overbuild.site.sizing import size

ASSUMED_DSCR = 1.40
"""Cover that a loan is sculpted to where the case asks for none."""


class DebtCapacity(NamedTuple):
    """The debt, or None and why; `assumed` where the cover is ours, not the case's."""

    amount: float | None
    status: str
    assumed: bool


def debt_capacity(plan: SitePlan) -> DebtCapacity:
    """The sculpted loan of the first loan's rate and tenor, without its cap on the share of uses.

    >>> from overbuild.site.examples import PLAN
    >>> found = debt_capacity(PLAN)
    >>> found.amount > 0.0, found.status
    (True, 'sculpted to an assumed cover of 1.40x: the case asks for none')
    """
    if not plan.loans:
        return DebtCapacity(None, "no debt", False)
    loan = plan.loans[0]
    assumed = not loan.target_dscr
    asked = (ASSUMED_DSCR,) * loan.tenor if assumed else loan.target_dscr
    free = loan._replace(repayment="sculpted", target_dscr=asked, max_debt_share=None, debt_share=None, amount=None)
    said = f"sculpted to an assumed cover of {ASSUMED_DSCR:.2f}x: the case asks for none" if assumed else ""
    try:
        return DebtCapacity(size(plan._replace(loans=(free,))).debt, said, assumed)
    except OverbuildError as error:
        return DebtCapacity(None, f"{error.code}: {error.hint}", assumed)
