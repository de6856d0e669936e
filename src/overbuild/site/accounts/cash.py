"""From operating cash to cash available for debt service: debt service due, depreciation, tax, fleets."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line
from overbuild.site.accounts.books import Spending, WrittenDown, capitalised_share, spend, write_down
from overbuild.site.accounts.fleet import Fleets, Wallet, buy_fleets
from overbuild.site.debt.fees import financing_fees
from overbuild.site.debt.junior import accrued_of
from overbuild.site.debt.service import DebtService, debt_service
from overbuild.site.operations.earnings import EarnedCash, earn
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import State, TaxYearState
from overbuild.site.terms.terms import Terms
from overbuild.units import Share, Usd


class CashOfPeriod(NamedTuple):
    """The first half of a period: what is earned, what debt is due, what fleets do, cash as lenders see it.

    `beside` is cash that comes after debt service: the saving for fleets and their cost. `capitalised_share` of the
    financing cost is added to assets.
    """

    earned: EarnedCash
    service: DebtService
    downs: tuple[WrittenDown, ...]
    planned: tuple[Spending, ...]
    fees: Usd
    capitalised_share: Share
    fleets: Fleets
    cfads: Usd
    beside: Usd


def cash_of_period(shape: Shape, state: State, inputs: Inputs, terms: Terms) -> CashOfPeriod:
    """From contracts to CFADS.

        cfads  = operating cash + terminal - tax + sale of fleets that leave
        beside = reserve released - contribution - cost of fleets + proceeds + paid by owners

    Saving for a fleet and the fleet itself come after debt service: they breach no covenant.
    Source: Yescombe, Principles of Project Finance, 13.5: reserves come after debt service.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> cash_of_period(SHAPE, OPENING, INPUTS, TERMS).cfads / 1e6
    338.0
    """
    earned = earn(shape, state, inputs, terms)
    service = debt_service(shape, state, inputs, terms)
    downs, planned = write_down(shape, state, inputs, terms), spend(shape, state, inputs, terms)
    fees, share = financing_fees(state, inputs, terms), capitalised_share(shape, planned, state, inputs)
    deducted = (1.0 - share) * (service.interest + fees + accrued_of(state, terms))
    wallet = Wallet(earned.cash, service.due, state.trapped, service.scale)
    fleets = buy_fleets(shape, state, inputs, terms, downs, wallet, earned.ebitda + earned.terminal, deducted)
    tax = line("tax", fleets.tax.tax)
    show_tax_year(fleets.tax.year)
    return CashOfPeriod(
        earned=earned,
        service=service,
        downs=downs,
        planned=planned,
        fees=fees,
        capitalised_share=share,
        fleets=fleets,
        cfads=line("cfads", earned.cash + earned.terminal - tax + fleets.sale),
        beside=fleets.side,
    )


def show_tax_year(year: TaxYearState) -> None:
    """Rows of the tax year to date: what is earned, written off and paid in interest, its tax, what is carried on.

    Source: their formulas: `tax_of_period`.

    >>> from overbuild.equations import collecting
    >>> from overbuild.site.examples import OPENING
    >>> with collecting(["tax_of_year"]) as rows:
    ...     show_tax_year(OPENING.tax._replace(paid=12.0))
    >>> rows["tax_of_year"]
    [12.0]
    """
    line("tax_income_of_year", year.income)
    line("tax_depreciation_of_year", year.depreciation)
    line("interest_of_tax_year", year.interest)
    line("interest_carried_on", year.interest_carry)
    line("tax_losses_carried_on", year.nol)
    line("tax_of_year", year.paid)
