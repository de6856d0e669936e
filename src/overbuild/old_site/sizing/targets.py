"""The target DSCR of a sculpted loan, period by period."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.equations import number
from overbuild.instruments.ratios import blended_dscr, contracted_share_of_revenue
from overbuild.old_site.case.plan import Loan


def contracted_shares(rows: dict[str, list[float]]) -> tuple[float, ...]:
    """The contract's share of revenue in each period; 1 where nothing is earned.

    >>> contracted_shares({"contract_revenue": [30.0, 0.0], "revenue": [40.0, 0.0]})
    (0.75, 1.0)
    """
    pairs = zip(rows["contract_revenue"], rows["revenue"], strict=True)
    return tuple(number(contracted_share_of_revenue(contract, revenue)) for contract, revenue in pairs)


def targets(loan: Loan, contracted: Sequence[float]) -> tuple[float, ...]:
    """Target DSCR in each period of the tenor: that of the loan, or its two targets blended by the contract's share.

    >>> targets(Loan("l", 0.1, 2, target_dscr=(1.4, 1.5)), (1.0, 0.0))
    (1.4, 1.5)
    """
    if not loan.target_dscr_merchant:
        return loan.target_dscr
    pairs = zip(contracted, loan.target_dscr, loan.target_dscr_merchant, strict=False)
    return tuple(number(blended_dscr(*one)) for one in pairs)
