"""What one period of a site hands to the next."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.units import Count, Flag01, Ratio, Usd, UsdStock


class BuildLoan(NamedTuple):
    """A loan while the site is built."""

    name: str
    balance: UsdStock


class MezzanineBuild(NamedTuple):
    """The mezzanine while the site is built: what was drawn, and what is owed with interest."""

    drawn: UsdStock
    balance: UsdStock


class BuildState(NamedTuple):
    """Construction so far: balances, and what was spent on what."""

    loans: tuple[BuildLoan, ...]
    financing_cost: UsdStock
    equity: UsdStock
    mezzanine: MezzanineBuild | None = None
    prepayment: UsdStock | None = None


class ComponentState(NamedTuple):
    """A component in both books: cost with its part of the financing cost, and what is not yet written off."""

    name: str
    book_basis: UsdStock
    tax_basis: UsdStock
    book_value: UsdStock
    tax_value: UsdStock


class LoanState(NamedTuple):
    """A loan in operation."""

    name: str
    balance: UsdStock


class Past(NamedTuple):
    """Cash and debt service of an earlier period, for cover over the last twelve months."""

    cfads: Usd
    debt_service: Usd


class Cured(NamedTuple):
    """Cures that owners used in one of the last three periods."""

    used: Count


class MinDscr(NamedTuple):
    """The minimum DSCR so far and the first operating period that has it; period 0 where no debt service was due."""

    dscr: Ratio
    period_number: Count


class Discount(NamedTuple):
    """Value at the start of operation of 1 at the end of the period, at a rate that floats."""

    name: str
    factor: Ratio


class State(NamedTuple):
    """The site at the end of a period.

    `chips_replaced` is 1 once a refresh was funded; None where no refresh waits for its funding.
    """

    alive: Flag01
    cures_left: Count
    receivable: UsdStock
    contract_receivable: UsdStock
    payable: UsdStock
    interest_carry: UsdStock
    nol: UsdStock
    refresh_reserve: UsdStock
    dsra: UsdStock
    trapped_cash: UsdStock
    arrears: UsdStock
    equity: UsdStock
    components: tuple[ComponentState, ...]
    loans: tuple[LoanState, ...]
    past: tuple[Past, ...]
    cured: tuple[Cured, ...]
    min_dscr: MinDscr
    discounts: tuple[Discount, ...] = ()
    mezzanine: UsdStock | None = None
    prepayment: UsdStock | None = None
    chips_replaced: Flag01 | None = None
