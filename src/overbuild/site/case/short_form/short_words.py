"""The words that a choice of the short form may be."""

from __future__ import annotations

from typing import Literal, TypeAlias

ShortRepayment: TypeAlias = Literal["sculpted", "annuity", "straight_line", "level_parts", "bullet", "custom"]
"""How a loan is repaid; `level_parts` is `straight_line`."""

CovenantWord: TypeAlias = Literal["flag", "cure", "sweep_all", "accelerate"]
"""What lenders do below the level of default."""

RefreshPayer: TypeAlias = Literal["project", "owners"]
"""Who pays for new GPUs what the reserve and the old ones do not."""

RefreshWord: TypeAlias = Literal["committed", "if_funded"]
"""Both are read as a fleet that is bought if it can be paid: nothing is bought without money."""
