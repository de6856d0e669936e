"""How much debt the site of a case can carry at the cover that its lenders ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from overbuild.errors import OverbuildError
from overbuild.site.case.plan import SitePlan
from overbuild.site.sizing.sizing import CLOSE, size

ASSUMED_DSCR = 1.40
"""Cover asked of a sculpted loan where the case states none."""


class DebtCapacity(NamedTuple):
    """The debt, or None and why; `assumed` where the cover is our assumption, not the case's."""

    amount: float | None
    status: str
    assumed: bool


def debt_capacity(plan: SitePlan) -> DebtCapacity:
    """Sum of the loans, with the sculpted one (else the first, sculpted) free of its cap on the share of uses.

    >>> from overbuild.site.examples import PLAN
    >>> found = debt_capacity(PLAN)
    >>> round(found.amount / 1e6, 6), found.status
    (765.296086, 'sculpted to an assumed cover of 1.40x: the case asks for none')
    """
    if not plan.loans:
        return DebtCapacity(None, "no debt", False)
    loan = next((one for one in plan.loans if one.repayment == "sculpted"), plan.loans[0])
    assumed = not loan.dscr
    asked = (ASSUMED_DSCR,) if assumed else loan.dscr
    free = loan._replace(repayment="sculpted", dscr=asked, max_debt_share=None, debt_share=None, amount=None, shares=())
    free = free._replace(advance_rate=None, advances_on=())
    loans = tuple(free if one.name == loan.name else one for one in plan.loans)
    said = f"sculpted to an assumed cover of {ASSUMED_DSCR:.2f}x: the case asks for none" if assumed else ""
    try:
        return DebtCapacity(size(plan._replace(loans=loans), CLOSE).debt, said, assumed)
    except OverbuildError as error:
        return DebtCapacity(None, f"{error.code}: {error.hint}", assumed)


def debt_at_value(debt: float, loan_to_value: Sequence[float], level: float) -> float | None:
    """The debt, repaid as it is now, whose loan to value would just reach a level in its worst period; None without any.

        debt_at_value = debt * level / highest loan to value

    Source: standard; ours, a simplification: the loans keep their shares and their profile of repayment.

    >>> debt_at_value(600.0, (0.6, 0.75, 0.5), 0.7)
    560.0
    """
    worst = max(loan_to_value, default=0.0)
    return debt * level / worst if worst > 0.0 else None
