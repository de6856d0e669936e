"""The loans of a plan, as a case file states them: how each is sized, drawn, secured, priced and repaid."""

from __future__ import annotations

from typing import NamedTuple


class Loan(NamedTuple):
    """A senior loan that funds construction too.

    `repayment`: `sculpted` (to `target_dscr` by period), `annuity`, `straight_line`, `bullet` or `custom`
    (`repayment_shares`). A sculpted loan (one at most) is sized by cover, at most `max_debt_share` of uses; what it
    covers is the debt service of all senior loans. The others are sized by `debt_share` of uses, by `amount`, or by
    `advance_rate`, a share of the cost of the components in `advances_on`, drawn as they are paid for. `sized_on`
    says which cash is covered: `after_tax` or `pre_tax`.

    `rank`: lower ranks are paid first, loans of one rank pro rata. `collateral` names the components that the loan
    has a claim on before loans that do not name them; without any it shares, by rank, in what is left.
    """

    name: str
    rate_per_year: float
    tenor: int
    repayment: str = "sculpted"
    target_dscr: tuple[float, ...] = ()
    repayment_shares: tuple[float, ...] = ()
    max_debt_share: float | None = None
    debt_share: float | None = None
    amount: float | None = None
    construction_rate_per_year: float = 0.0
    upfront_fee_share: float = 0.0
    commitment_fee_per_year: float = 0.0
    allow_negative_amortisation: bool = False
    sized_on: str = "after_tax"
    rank: int = 1
    collateral: tuple[str, ...] = ()
    advance_rate: float | None = None
    advances_on: tuple[str, ...] = ()
