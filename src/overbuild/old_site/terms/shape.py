"""What is static of a site: names, counts and modes. Two cases of one shape leave the same graph."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from overbuild.old_site.case.choices import CovenantMode, LossUse, Payer, RefreshMode
from overbuild.old_site.terms.debt_terms import BuildLoanInputs as BuildLoanInputs
from overbuild.old_site.terms.debt_terms import LeaseTerms as LeaseTerms
from overbuild.old_site.terms.debt_terms import LoanInputs as LoanInputs
from overbuild.old_site.terms.debt_terms import LoanTerms as LoanTerms
from overbuild.old_site.terms.debt_terms import MezzanineInputs as MezzanineInputs
from overbuild.old_site.terms.debt_terms import MezzanineLoan as MezzanineLoan
from overbuild.old_site.terms.debt_terms import PrepaymentTerms as PrepaymentTerms
from overbuild.old_site.terms.debt_terms import Tranche as Tranche

Switch: TypeAlias = Literal["none", "on"]
"""Whether a site has a thing."""


class Shape(NamedTuple):
    """Names, counts and modes of a site: two cases of one shape leave the same graph.

    `tranches` describes the loans, in their order.
    """

    periods_per_year: int
    components: tuple[str, ...]
    tranches: tuple[Tranche, ...]
    refresh: RefreshMode | Literal["none"] = "none"
    refresh_payer: Payer = "project"
    loss_use: LossUse = "carry"
    interest_limit: Literal["none", "ebitda_share"] = "none"
    sweep: Literal["none", "trigger", "always"] = "none"
    lockup: Switch = "none"
    covenant: CovenantMode | Literal["none"] = "none"
    cure_window: Literal["none", "four"] = "none"
    claim_periods: int = 0
    mezzanine: Switch = "none"
    prepayment: Switch = "none"
    lease: Switch = "none"

    @property
    def loans(self) -> tuple[str, ...]:
        """Names of the loans."""
        return tuple(tranche.name for tranche in self.tranches)

    @property
    def reported(self) -> tuple[str, ...]:
        """Names of what results are told of one by one: the loans and the mezzanine."""
        names = self.loans
        return names if self.mezzanine == "none" else (*names, "mezzanine")
