"""What one period of a site hands to the next."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.units import Count, Flag01, Ratio, Share, Usd, UsdStock


class AssetState(NamedTuple):
    """A component: what was spent on it and still stands, cost in both books, and what is not yet written off."""

    name: str
    spent: UsdStock
    book_basis: UsdStock
    tax_basis: UsdStock
    book_value: UsdStock
    tax_value: UsdStock


class FleetState(NamedTuple):
    """A fleet: whether it stands, and what was saved for it."""

    name: str
    stands: Flag01
    reserve: UsdStock


class ContractState(NamedTuple):
    """A contract: alive, live in its last period, what it owes, and the damages that it was paid."""

    name: str
    alive: Flag01
    live_at_end: Share
    receivable: UsdStock
    ld_paid: UsdStock


class DebtState(NamedTuple):
    """A loan: what is owed, what was drawn, and its discount factor: the value at the availability end of 1 now."""

    name: str
    balance: UsdStock
    drawn: UsdStock
    discount: Ratio


class NewLoanState(NamedTuple):
    """A loan that refinances another."""

    name: str
    balance: UsdStock


class LeastCover(NamedTuple):
    """The least cover of a period so far and the first period that has it; period 0 where nothing was due."""

    dscr: Ratio
    period: Count


class JuniorState(NamedTuple):
    """The mezzanine: what is owed, and what was drawn."""

    balance: UsdStock
    drawn: UsdStock


class PeriodHistory(NamedTuple):
    """An earlier period: cash with cure and debt service due, margin and that of the base case; 0 before it counts."""

    cfads: Usd
    due: Usd
    margin: Usd
    base_margin: Usd


class CureHistory(NamedTuple):
    """Whether an earlier period was cured."""

    used: Count


class TaxYearState(NamedTuple):
    """Losses and interest carried forward, as of the start of the tax year too, and the sums of the year to date."""

    nol: UsdStock
    interest_carry: UsdStock
    nol_at_start: UsdStock
    carry_at_start: UsdStock
    income: Usd
    depreciation: Usd
    interest: Usd
    paid: Usd


class State(NamedTuple):
    """The site at the end of a period. `alive` is 0 after a default or a closing."""

    alive: Flag01
    market_receivable: UsdStock
    payable: UsdStock
    overrun: UsdStock
    equity_drawn: UsdStock
    standby_drawn: UsdStock
    lc_drawn: UsdStock
    dsra_target: UsdStock
    dsra: UsdStock
    trapped: UsdStock
    cures_used: Count
    cures_paid: UsdStock
    equity: UsdStock
    tax: TaxYearState
    components: tuple[AssetState, ...]
    fleets: tuple[FleetState, ...]
    contracts: tuple[ContractState, ...]
    loans: tuple[DebtState, ...]
    new_loans: tuple[NewLoanState, ...]
    past: tuple[PeriodHistory, ...]
    cured: tuple[CureHistory, ...]
    discount: Ratio
    least: LeastCover
    mezzanine: JuniorState | None = None
    prepaid: UsdStock | None = None
    support_paid: UsdStock | None = None
