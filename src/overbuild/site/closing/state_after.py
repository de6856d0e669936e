"""The balance sheet at the end of a period, and the state that it hands on."""

from __future__ import annotations

from overbuild.equations import blend, line, total
from overbuild.site.accounts.books import overrun_after
from overbuild.site.closing.conserved import show_gaps
from overbuild.site.closing.flows import Happened, Survival, show_debt, show_flows, show_project, survival
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.state import (
    CureHistory,
    DebtState,
    JuniorState,
    NewLoanState,
    State,
)
from overbuild.site.terms.terms import Terms
from overbuild.units import Usd, UsdStock


def close_period(state: State, inputs: Inputs, terms: Terms, happened: Happened) -> State:
    """The state that a period hands on: while building what was drawn and spent, afterwards what the cascade leaves.

        balance = blend(building, balance after service + draw, balance that the cascade leaves)
        equity  = equity before + income - flows to owners

    Source: ours, an identity.

    >>> from overbuild.site.examples import RUN
    >>> max(abs(gap) for gap in RUN.lines["balance_gap"]) < 1e-3
    True
    """
    weights = survival(state, happened)
    show_debt(inputs, happened, weights)
    show_flows(state, inputs, terms, happened, weights)
    show_project(happened, weights)
    cash, built, cascade, outcome = happened.cash, happened.built, happened.cascade, happened.outcome
    earned, drawn, history, junior = cash.earned, built.drawn, happened.owed.history, happened.cascade.junior
    building, runs = inputs.building, 1.0 - inputs.building
    draws = {one.name: one.amount for one in drawn.loans}
    balances = {
        name: blend(building, balance + draws.get(name, total(())), cascade.balances[name])
        for name, balance in happened.owed.balances.items()
    }
    standby = drawn.standby + runs * happened.owed.short.standby
    paid_in = total((drawn.equity, standby, outcome.cure, outcome.support, cash.fleets.by_owners))
    received = (1.0 - drawn.stops) * built.uses.received
    closing = State(
        alive=line("alive", weights.counts),
        market_receivable=earned.market_receivable,
        payable=earned.payable,
        overrun=overrun_after(state.overrun, inputs, terms),
        equity_drawn=state.equity_drawn + drawn.equity,
        standby_drawn=state.standby_drawn + standby,
        lc_drawn=blend(building, state.lc_drawn, cascade.lc),
        dsra_target=blend(building, inputs.filling * inputs.base.reserve_target, cascade.target),
        dsra=blend(building, state.dsra + built.uses.reserve_fill, cascade.dsra),
        trapped=blend(building, built.uses.trapped, cascade.trapped),
        cures_used=state.cures_used + outcome.used,
        cures_paid=state.cures_paid + outcome.cure,
        equity=state.equity + net_income(happened) + paid_in - runs * cascade.distribution,
        tax=cash.fleets.tax.year,
        components=built.components,
        fleets=tuple(one.state for one in cash.fleets.purchases),
        contracts=earned.contracts,
        loans=tuple(
            DebtState(one.name, balances[one.name], one.drawn + draws[one.name], discount)
            for one, discount in zip(state.loans, happened.owed.discounts.loans, strict=True)
        ),
        discount=happened.owed.discounts.lenders,
        least=happened.owed.least,
        new_loans=tuple(NewLoanState(one.name, balances[one.name]) for one in state.new_loans),
        past=(history._replace(cfads=history.cfads + outcome.cure), *state.past)[: len(state.past)],
        cured=(CureHistory(outcome.used), *state.cured)[: len(state.cured)],
        mezzanine=junior.state and JuniorState(junior.state.balance, junior.state.drawn),
        prepaid=None if earned.prepaid is None else earned.prepaid + received,
        support_paid=None if state.support_paid is None else state.support_paid + outcome.support,
    )
    show_books(state, closing, weights)
    show_gaps(state, closing, inputs, happened, weights)
    return closing


def net_income(happened: Happened) -> Usd:
    """Net income of the period; tax is a cost when it is paid, no deferred tax is shown.

        net_income = ebitda - book depreciation + gains + terminal - financing cost not capitalised - tax

    Source: ours, a simplification of net income: tax is a cost when it is paid, not when it is earned.

    >>> from overbuild.site.examples import RUN
    >>> RUN.lines["net_income"][2] / 1e6
    138.0
    """
    cash, earned = happened.cash, happened.cash.earned
    depreciation = total(one.book_depreciation for one in cash.downs)
    financing = cash.service.interest + cash.fees + happened.cascade.junior.interest
    costs = (1.0 - cash.capitalised_share) * financing + happened.owed.refinanced.fee + cash.fleets.tax.tax
    return line("net_income", earned.ebitda - depreciation + cash.fleets.book_gain + earned.terminal - costs)


def show_books(before: State, after: State, weights: Survival) -> UsdStock:
    """Accounts and debts at the end of a period that goes on, and the gap between assets and what stands against them.

        gap = alive * (books + receivables + reserves + dsra + trapped
                       - loans - letter of credit - mezzanine - prepaid - payable - equity), which is 0

    In a default the row of the reserve shows what enforcement finds. Source: ours, an identity.

    >>> from overbuild.site.examples import OPENING
    >>> abs(show_books(OPENING, OPENING, Survival(1.0, 1.0, 0.0, 0.0))) < 1e-3
    True
    """
    counts = weights.counts
    for one in (*after.loans, *after.new_loans):
        line(f"{one.name}.balance", counts * one.balance)
    line("dsra_balance", counts * after.dsra + (weights.alive - counts) * before.dsra)
    line("trapped_cash", counts * after.trapped)
    line("lc_balance", counts * after.lc_drawn)
    prepaid = line("prepaid", total(()) if after.prepaid is None else after.prepaid)
    owed = total((after.market_receivable, *(one.receivable for one in after.contracts)))
    cash = after.dsra + after.trapped + total(one.reserve for one in after.fleets)
    assets = line("total_assets", total(one.book_value for one in after.components) + owed + cash)
    loans = total((*(one.balance for one in after.loans), *(one.balance for one in after.new_loans)))
    line("debt_balance", counts * loans)
    junior = total(()) if after.mezzanine is None else after.mezzanine.balance
    debts = total((loans, after.lc_drawn, junior, prepaid, after.payable))
    return line("balance_gap", counts * (assets - debts - after.equity))
