"""The words that a choice of a case may be: each choice once. Plans, reader, schema, hints and shapes read them here."""

from __future__ import annotations

from typing import Literal, TypeAlias

Repayment: TypeAlias = Literal["sculpted", "annuity", "straight_line", "bullet", "level_parts", "custom"]
"""How a loan is repaid: to the cover asked for in each period, in level payments, in equal parts, at the end, in equal
parts of what was drawn while building, or in shares of its own."""

HoldcoRepayment: TypeAlias = Literal["annuity", "bullet"]
"""How debt of the holding company is repaid: in level payments, or at the end."""

SizedOn: TypeAlias = Literal["after_tax", "pre_tax"]
"""Which cash a sculpted loan is covered by."""

CovenantMode: TypeAlias = Literal["flag", "cure", "sweep_all", "accelerate"]
"""What lenders do where cover is below the level of default: report it, let the owners cure it and call a default where
they do not, sweep all cash, or call a default."""

LossUse: TypeAlias = Literal["carry", "immediate"]
"""Whether losses wait for income to be set against, or are worth their tax at once."""

Payer: TypeAlias = Literal["project", "owners"]
"""Who pays for a refresh what its reserve and the old chips do not: the site out of its cash, before debt service, or
the owners with new money, and debt service is untouched."""

RefreshMode: TypeAlias = Literal["committed", "if_funded"]
"""Whether a refresh comes in any case, or only where reserve and cash pay it."""

Guarantor: TypeAlias = Literal["third_party", "offtaker"]
"""Who guarantees the residual value; the promise of the offtaker ends with its failure."""
