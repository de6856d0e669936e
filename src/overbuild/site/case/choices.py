"""The words that a choice of a site may be: each choice once. Plans, readers, hints and shapes read them here."""

from __future__ import annotations

from typing import Literal, TypeAlias

PathKind: TypeAlias = Literal["flat", "growing", "by_year", "by_period"]
"""How a path is stated: one number, a number that grows, a list by calendar year, a list by period."""

PathStep: TypeAlias = Literal["year", "smooth"]
"""Whether a growing path steps once a year or moves in every period."""

QueueOfZone: TypeAlias = Literal["none", "median"]
"""Whether the wait for the grid of the zone that gives the power price makes a site late: not, or by its median."""

PaidIn: TypeAlias = Literal["gpu_hour", "kw_month"]
"""What an offtaker pays for: hours of GPUs, or months of kW of a hall without them."""

ContractEnd: TypeAlias = Literal["tenor", "date"]
"""Whether a contract runs its tenor from acceptance, or ends on its agreed date however late it began."""

DrawRule: TypeAlias = Literal["pro_rata", "equity_first", "debt_first"]
"""Which money pays for construction first."""

LoanDraw: TypeAlias = Literal["with_equity", "after_equity"]
"""Whether a loan is drawn beside equity, or only where equity and the other loans end (a cost-overrun facility)."""

RepaymentWord: TypeAlias = Literal["sculpted", "annuity", "straight_line", "bullet", "custom"]
"""How a loan is repaid: to the cover asked for, in level payments, in equal parts, at the end, in shares of its own."""

HoldcoRepayment: TypeAlias = Literal["annuity", "bullet"]
"""How debt of the holding company is repaid."""

SizedOnCash: TypeAlias = Literal["after_tax", "pre_tax"]
"""Which cash a sculpted loan is covered by."""

TestOf: TypeAlias = Literal["dscr_12m", "dscr_ahead", "llcr", "ltv", "contracted_share"]
"""What a test looks at: cover of the last twelve months, of the next, of the loan's life, loan to value, contracts."""

TestAction: TypeAlias = Literal["report", "lockup", "sweep", "default"]
"""What a breach does: nothing, traps cash, sweeps a share of it, is a default that may be cured."""

LossRelief: TypeAlias = Literal["carry", "immediate"]
"""Whether losses wait for income to be set against, or are worth their tax at once."""

ValueGuarantor: TypeAlias = Literal["third_party", "offtaker"]
"""Who guarantees the residual value; the promise of an offtaker ends with its failure."""
