"""One operating period of a site, in the order in which cash is earned, taxed, saved, paid, swept and distributed."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum, present, total
from overbuild.old_site.accounts.balance_sheet import check, net_income
from overbuild.old_site.accounts.depreciation import Books, books
from overbuild.old_site.accounts.tax import Taxed, taxed
from overbuild.old_site.financing.customer_prepayment import Credited, credited
from overbuild.old_site.financing.interest_rates import discounts_of, rates_of
from overbuild.old_site.financing.loans import due, interest_of, repaid
from overbuild.old_site.financing.mezzanine import junior_interest, junior_lines, junior_paid
from overbuild.old_site.operations.operating_cash import Operated, operate
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.shape import Shape
from overbuild.old_site.terms.state import Cured, State
from overbuild.old_site.terms.terms import Terms
from overbuild.old_site.waterfall.counted import Flags, OwnersCash, measured
from overbuild.old_site.waterfall.covenants import accelerated, covenant, sweep, trapped
from overbuild.old_site.waterfall.cover import cover
from overbuild.old_site.waterfall.dsra import dsra_refill
from overbuild.old_site.waterfall.enforcement import enforced_by_rank
from overbuild.old_site.waterfall.refresh_funding import Renewal, renewed, standing
from overbuild.old_site.waterfall.refresh_reserve import Refreshed, refreshed
from overbuild.old_site.waterfall.settlement import settle
from overbuild.old_site.waterfall.tranche_cover import tranche_lines
from overbuild.units import PerYear, Usd


class Earned(NamedTuple):
    """The first half of a period: what the site earned, up to CFADS.

    `inputs` are those of the period after the refresh test, `rates` and `interests` those of the loans.
    """

    inputs: Inputs
    rates: tuple[PerYear, ...]
    interests: tuple[Usd, ...]
    operated: Operated
    renewal: Renewal
    held: Books
    tax: Taxed
    prepayment: Credited
    cash: Refreshed


def cash_before_debt(shape: Shape, state: State, inputs: Inputs, terms: Terms) -> Earned:
    """From GPUs to CFADS: the steps that a period and the sizing of its loans have in common.

    Source: the order is ours.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> earned = cash_before_debt(SHAPE, OPENING, INPUTS, TERMS)
    >>> earned.cash.cfads == earned.operated.cash - earned.tax.tax
    True
    """
    # 1 GPUs, revenue, operating costs, working capital
    opened = standing(state, inputs)
    operated = operate(state, opened, terms)
    # 2 interest on the opening balance
    rates = rates_of(opened, terms)
    interests = interest_of(state, rates, terms)
    # the refresh test: which GPUs are installed from now on
    renewal = renewed((operated.cash, operated.contract_revenue), interests, state, opened, terms)
    inputs = renewal.inputs
    # 3 tax, after interest
    held = books(state, inputs, terms, operated.terminal)
    deducted = total((*interests, *junior_interest(state, terms)))
    tax = taxed(operated.ebitda, (held.tax_gain, held.tax_depreciation, deducted), state, terms.tax, shape)
    # 4 credit of a prepayment, refresh reserve, refresh, CFADS
    prepayment = credited(operated.cash, operated.contract_revenue, state, inputs, terms)
    cash = refreshed((prepayment.cash, tax.tax), state, renewal, (shape, terms))
    return Earned(inputs, rates, interests, operated, renewal, held, tax, prepayment, cash)


def period(shape: Shape, state: State, inputs: Inputs, terms: Terms) -> State:
    """The state of the site after one operating period.

    Source: the order is ours; sizing (`sizing.py`) runs the first half on its own schedule.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> round(period(SHAPE, OPENING, INPUTS, TERMS).loans[0].balance / 1e6, 6)
    800.0
    """
    case = (shape, terms)
    # 1 to 4 what the site earns, its tax, what it saves for new GPUs: CFADS
    earned = cash_before_debt(shape, state, inputs, terms)
    inputs, rates, interests, cash = earned.inputs, earned.rates, earned.interests, earned.cash
    # 5 cash available: with what was locked up before
    available = line("cash_available", cash.cfads + state.trapped_cash)
    # 6 debt service and DSCR
    owed = due(interests, state, inputs)
    covered = cover(cash.cfads, owed.debt_service, state, inputs, terms)
    discounts = discounts_of(shape, rates, state, terms)
    junior_lines((cash.cfads, owed.debt_service), state, (inputs, terms))
    tranche_lines(shape, (cash.cfads, owed), discounts, state, (inputs, terms))
    # 7 the covenant and its cure; a shortfall: the DSRA, an equity cure, a default
    test = covenant(covered, state, shape, terms)
    at_hand = available + test.cure
    settled = settle(at_hand, owed, test.cures_open, state, terms)
    default = line("default", maximum(settled.payment_default, accelerated(test, shape)))
    surplus = enforced_by_rank(
        shape, (at_hand, cash.refresh_reserve, earned.prepayment.owed), (rates, owed), state, (inputs, terms)
    )
    # 8 the DSRA brought to its target
    reserve = dsra_refill(state.dsra, settled.draw, settled.free_cash, inputs.dsra_target)
    # 9 the sweep
    left = total(loan.balance - paid for loan, paid in zip(state.loans, owed.principals, strict=True))
    swept = sweep(reserve.free_cash, left, covered, test.breach, case)
    loans = repaid(owed, settled.unpaid, swept, state, case)
    # 10 the mezzanine
    junior = junior_paid(reserve.free_cash - swept, state, inputs, terms)
    # 11 lock-up, or distribution
    free = junior.left
    remains = present(loans.debt, total(loan.amount for loan in terms.loans))
    locked = trapped(free, remains, covered, inputs, case)
    distribution = line("distribution", free - locked)
    to_owners = line("to_owners", distribution - (settled.cure + settled.carried) - test.cure - cash.by_owners)
    flags = Flags(default, covered.due, covered.counts)
    chips = minimum(settled.carried, maximum(0.0, cash.refresh_cost))
    support = settled.cure + settled.carried - chips + test.cure
    owners = OwnersCash(distribution, support, cash.by_owners + chips, surplus)
    measured(flags, (cash.cfads, owners), discounts, state, (inputs, terms))
    income = net_income(earned.operated.ebitda, earned.held, total((owed.interest, *junior.interest)), earned.tax.tax)
    cures = test.cures_used + settled.cures_used
    closing = State(
        alive=state.alive * (1.0 - default),
        cures_left=state.cures_left - cures,
        receivable=earned.operated.credit.receivable,
        contract_receivable=earned.operated.credit.contract_receivable,
        payable=earned.operated.credit.payable,
        interest_carry=earned.tax.interest_carry,
        nol=earned.tax.nol,
        refresh_reserve=cash.refresh_reserve,
        dsra=reserve.balance,
        trapped_cash=locked,
        arrears=state.arrears + settled.arrears,
        equity=total((state.equity + income - to_owners + loans.dust, *junior.dust)),
        components=earned.held.components,
        loans=loans.loans,
        past=covered.past,
        cured=(Cured(cures), *state.cured)[: len(state.cured)],
        min_dscr=covered.least,
        discounts=discounts,
        mezzanine=junior.closing,
        prepayment=earned.prepayment.owed,
        chips_replaced=earned.renewal.replaced,
    )
    paid_out = total((owed.debt_service - settled.unpaid - settled.arrears + swept + to_owners, *junior.paid))
    check(state, closing, earned.prepayment.cash - earned.tax.tax - cash.refresh_cost - paid_out)
    return closing
