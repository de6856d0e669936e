"""What a period of a site is given: one entry of each series."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.old_site.terms.debt_terms import BuildLoanInputs as BuildLoanInputs
from overbuild.old_site.terms.debt_terms import LeaseTerms as LeaseTerms
from overbuild.old_site.terms.debt_terms import LoanInputs as LoanInputs
from overbuild.old_site.terms.debt_terms import LoanTerms as LoanTerms
from overbuild.old_site.terms.debt_terms import MezzanineInputs as MezzanineInputs
from overbuild.old_site.terms.debt_terms import MezzanineLoan as MezzanineLoan
from overbuild.old_site.terms.debt_terms import PrepaymentTerms as PrepaymentTerms
from overbuild.old_site.terms.debt_terms import Tranche as Tranche
from overbuild.units import (
    Count,
    Flag01,
    Share,
    UsdStock,
    Years,
)


class Ahead(NamedTuple):
    """What the contract would have brought some periods ahead, for the claim when the offtaker fails."""

    contract_runs: Flag01
    it_age_years: Years
    refreshed: Flag01
    whole_years: Years


class ComponentInputs(NamedTuple):
    """A component in a period: parts of its book and tax life that fall into it, whether it is held or sold."""

    name: str
    in_book_life: Share
    tax_table_share: Share
    first_year: Share
    held: Flag01
    placed: Flag01
    sold: Flag01
    age_years: Years


class KeptAhead(NamedTuple):
    """Age of the chips some periods ahead if no refresh comes."""

    it_age_years: Years


class KeptInputs(NamedTuple):
    """A period if no refresh comes: age of the first chips, also ahead, and their component (`chips`) as it stays."""

    it_age_years: Years
    ahead: tuple[KeptAhead, ...]
    chips: ComponentInputs


class Inputs(NamedTuple):
    """One operating period's entry of each series.

    Where a refresh comes only if it is funded, the series are those with the refresh and `kept` has those without.
    """

    period_number: Count
    years_from_close: Years
    elapsed_years: Years
    whole_years: Years
    it_age_years: Years
    refreshed: Flag01
    contract_runs: Flag01
    utilisation_contract: Share
    utilisation_merchant: Share
    offtaker_fails: Flag01
    guarantor_pays: Flag01
    ahead: tuple[Ahead, ...]
    reserve_share: Share
    refresh_now: Flag01
    hall_let: Flag01
    chips_leave: Flag01
    last: Flag01
    dsra_target: UsdStock
    components: tuple[ComponentInputs, ...]
    loans: tuple[LoanInputs, ...]
    mezzanine: MezzanineInputs | None = None
    credit_share: Share | None = None
    kept: KeptInputs | None = None


class BuildComponentInputs(NamedTuple):
    """Share of a component's cost that is spent in a construction period."""

    name: str
    spend_share: Share


class BuildInputs(NamedTuple):
    """One entry of each series of construction; the first is the instant of close."""

    years_from_close: Years
    at_close: Flag01
    building: Flag01
    delayed: Flag01
    last: Flag01
    components: tuple[BuildComponentInputs, ...]
    loans: tuple[BuildLoanInputs, ...] = ()
    received_share: Share | None = None
