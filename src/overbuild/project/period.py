"""One period of a project, from close to its end, in the order in which cash is earned, taxed, found, tested and paid."""

from __future__ import annotations

from overbuild.equations import line, maximum, present, quotient, total
from overbuild.project.accounts.assets import assets_after
from overbuild.project.accounts.books import capitalised_share, spend, write_down
from overbuild.project.accounts.fleet import Wallet, buy_fleets
from overbuild.project.closing import Happened, close_period, loan_to_value
from overbuild.project.debt.refinancing import asset_values, outlook_of, refinance
from overbuild.project.debt.service import debt_service
from overbuild.project.funding.sources import draw
from overbuild.project.funding.uses import financing_fees, uses_of
from overbuild.project.operations.earnings import earn
from overbuild.project.terms.inputs import ProjectInputs
from overbuild.project.terms.shape import ProjectShape
from overbuild.project.terms.state import PeriodHistory, ProjectState
from overbuild.project.terms.terms import ProjectTerms
from overbuild.project.waterfall.cascade import PlaceInTime, balances_after, cascade
from overbuild.project.waterfall.enforcement import (
    EnforcementGiven,
    enforce,
    finished_phases,
    hasty_values,
    junior_claim,
)
from overbuild.project.waterfall.mezzanine import accrued_of
from overbuild.project.waterfall.outcome import decide
from overbuild.project.waterfall.shortfall import meet_shortfall
from overbuild.project.waterfall.tests import Tested, run_tests


def period(shape: ProjectShape, state: ProjectState, inputs: ProjectInputs, terms: ProjectTerms) -> ProjectState:
    """The state of the project after one period; place 0 is close.

    Source: the order is ours, a convention.

    >>> from overbuild.project.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> round(period(SHAPE, OPENING, INPUTS, TERMS).loans[0].balance / 1e6, 6)
    450.0
    """
    # 1 what the site earns
    earned = earn(shape, state, inputs, terms)
    service = debt_service(shape, state, inputs, terms)
    # 2 depreciation, financing cost, tax, fleets: CFADS
    downs, planned = write_down(shape, state, inputs, terms), spend(shape, state, inputs, terms)
    fees, share = financing_fees(state, inputs, terms), capitalised_share(shape, planned, state, inputs)
    deducted = (1.0 - share) * (service.interest + fees + accrued_of(state, terms))
    wallet = Wallet(earned.cash, service.due, state.trapped, service.scale)
    income = earned.ebitda + earned.terminal
    fleets = buy_fleets(shape, state, inputs, terms, downs, wallet, income, deducted)
    tax = line("tax", fleets.tax.tax)
    cfads = line("cfads", earned.cash + earned.terminal - tax + fleets.sale)
    # 3 while building: uses and sources
    uses = uses_of(planned, fees, service, cfads + fleets.side, state, inputs, terms)
    drawn = draw(shape, state, terms, uses.need, service.scale)
    paid = 1.0 - drawn.stops
    spending = tuple(one._replace(amount=paid * one.amount) for one in planned)
    financed = paid * share * (service.interest + fees + accrued_of(state, terms))
    components = assets_after(shape, state, inputs, terms, downs, spending, fleets, financed)
    # 4 balloons and their refinancing, shortfalls
    runs = 1.0 - inputs.building
    counted = inputs.complete * runs
    now = PeriodHistory(
        runs * cfads, runs * service.due, inputs.complete * earned.margin, inputs.complete * inputs.base.margin
    )
    window = (now, *state.past)
    outlook = outlook_of(tuple(one.margin for one in window), tuple(one.base_margin for one in window))
    values = asset_values(components, inputs, terms)
    refinanced = refinance(shape, service, values, outlook, inputs, terms)
    indebted = present(service.opening, service.scale)
    cash = line("cash", cfads + fleets.side + state.trapped)
    short = meet_shortfall(service, cash, refinanced.sum, refinanced.fee, indebted, state, inputs, terms)
    # 5 tests, the wish, the outcome
    debt = total(balances_after(service, refinanced).values())
    value = total(values[one.name] for one in shape.components if one.pledged)
    loan_to_value(debt, value)
    cash_12m, due_12m = total(one.cfads for one in window), total(one.due for one in window)
    line("dscr", quotient(cfads, service.due, none=0.0))
    line("dscr_12m", quotient(cash_12m, due_12m, none=0.0))
    line("debt_is_due", state.alive * runs * present(service.due, service.scale))
    line("dscr_12m_exists", state.alive * runs * indebted * present(due_12m, service.scale))
    owes = line("debt_is_owed", present(debt, service.scale))
    tested = Tested(indebted, owes, counted, cash_12m, due_12m, debt, value, outlook, earned.contracted, service.scale)
    breaches = run_tests(shape, tested, inputs, terms)
    outcome = decide(shape, tested, breaches, short, state, inputs, terms)
    # 6 the cascade, and enforcement, which counts in a default
    place = PlaceInTime(state, inputs, terms, drawn.mezzanine)
    paid_out = cascade(shape, service, refinanced, short, breaches, outcome, place)
    hasty = hasty_values(shape, components, finished_phases(inputs, drawn.stops), inputs, terms)
    saved = total(one.state.reserve for one in fleets.purchases)
    undrawn = maximum(0.0, terms.funding.equity - state.equity_drawn) + maximum(
        0.0, terms.funding.standby - state.standby_drawn
    )
    lc_left = maximum(0.0, terms.reserve.lc_share * state.dsra_target - state.lc_drawn)
    given = EnforcementGiven(
        accounts=maximum(0.0, cash) + state.dsra + saved,
        prepaid=total(()) if earned.prepaid is None else earned.prepaid,
        callable=drawn.stops * undrawn + lc_left,
        junior_claim=junior_claim(state.mezzanine, accrued_of(state, terms)),
    )
    recovered = enforce(shape, service, hasty, given, terms)
    left = maximum(0.0, cash + saved + total(hasty.values()) - terms.horizon.decommissioning)
    happened = Happened(
        earned=earned,
        downs=downs,
        service=service,
        fleets=fleets,
        cfads=cfads,
        uses=uses,
        drawn=drawn,
        components=components,
        expensed=(1.0 - share) * (service.interest + fees + paid_out.junior.interest),
        capitalised=financed,
        refinanced=refinanced,
        short=short,
        outcome=outcome,
        cascade=paid_out,
        recovered=recovered,
        closing=left,
    )
    return close_period(shape, state, inputs, terms, happened, now)
