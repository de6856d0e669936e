"""The end of a period: what counts of it, the balance sheet, and the state that it hands on."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, line, power, quotient, total
from overbuild.project.accounts.books import overrun_after
from overbuild.project.accounts.cash import CashOfPeriod
from overbuild.project.funding.building import Built
from overbuild.project.terms.inputs import ProjectInputs
from overbuild.project.terms.shape import ProjectShape
from overbuild.project.terms.state import (
    CureHistory,
    DebtState,
    JuniorState,
    NewLoanState,
    ProjectState,
)
from overbuild.project.terms.terms import ProjectTerms
from overbuild.project.waterfall.cascade import Cascade
from overbuild.project.waterfall.enforcement import Recovered
from overbuild.project.waterfall.outcome import Outcome
from overbuild.project.waterfall.owed import Owed
from overbuild.units import Flag01, Usd, UsdStock


class Happened(NamedTuple):
    """What a period computed, page by page."""

    cash: CashOfPeriod
    built: Built
    owed: Owed
    outcome: Outcome
    cascade: Cascade
    recovered: Recovered


class WhatCounts(NamedTuple):
    """What counts of a period: whether the project goes on, and each amount, 0 where it does not."""

    goes_on: Flag01
    default: Flag01
    standby: Usd
    dsra: UsdStock
    trapped: UsdStock
    lc: UsdStock
    cure: Usd
    support: Usd
    distribution: Usd
    to_owners: Usd
    balances: dict[str, UsdStock]


def settle_period(state: ProjectState, inputs: ProjectInputs, happened: Happened) -> WhatCounts:
    """What counts of a period: all of it, or in a default only enforcement, in a closing only what the sale brings.

        default = unfunded, maturity, payment or covenant;  goes_on = 1 - default - closed
        owners_in  = equity + standby + cure + support + paid for fleets + called in a default
        owners_out = distribution + surplus of a default + closing
        to_owners  = alive * (owners_out - owners_in)

    Source: ours, a definition.

    >>> from overbuild.project.examples import RUN
    >>> RUN.rows["project"]["to_owners"][2] / 1e6
    128.0
    """
    outcome, cascade, drawn = happened.outcome, happened.cascade, happened.built.drawn
    short, uses = happened.owed.short, happened.built.uses
    after = 1.0 - inputs.building
    default = line("default", total((drawn.stops, outcome.maturity, outcome.payment, outcome.covenant)))
    goes_on = line("goes_on", 1.0 - default - outcome.closed)
    runs = after * goes_on
    standby = line("standby_draw", drawn.standby + runs * short.standby)
    cure = line("cure", goes_on * outcome.cure)
    support = line("support", goes_on * outcome.support)
    distribution = line("distribution", runs * cascade.distribution)
    line("refinanced", goes_on * happened.owed.refinanced.sum)
    for name, lent in happened.owed.refinanced.lent.items():
        line(f"{name}.refinanced", goes_on * lent)
    line("refinancing_fee", goes_on * happened.owed.refinanced.fee)
    line("dsra_draw", runs * short.dsra_draw)
    line("lc_draw", runs * short.lc_draw)
    line("sweep", runs * cascade.sweep)
    line("to_prepay", runs * cascade.prepay)
    for word in ("maturity", "payment", "covenant", "closed"):
        line(f"outcome_{word}", getattr(outcome, word))
    called = line("called", default * happened.recovered.called)
    surplus = line("surplus", default * happened.recovered.surplus)
    closing = line("closing", outcome.closed * happened.recovered.closing)
    paid_in = total((drawn.equity, standby, cure, support, happened.cash.fleets.by_owners, called))
    owners_in = line("owners_in", state.alive * paid_in)
    owners_out = line("owners_out", state.alive * total((distribution, surplus, closing)))
    draws = {one.name: one.amount for one in drawn.loans}
    return WhatCounts(
        goes_on=goes_on,
        default=default,
        standby=standby,
        dsra=goes_on * blend(inputs.building, state.dsra + uses.reserve_fill, cascade.dsra),
        trapped=line("trapped_cash", goes_on * blend(inputs.building, uses.trapped, cascade.trapped)),
        lc=goes_on * blend(inputs.building, state.lc_drawn, cascade.lc),
        cure=cure,
        support=support,
        distribution=distribution,
        to_owners=line("to_owners", owners_out - owners_in),
        balances={
            name: line(
                f"{name}.balance",
                goes_on * blend(inputs.building, balance + draws.get(name, total(())), cascade.balances[name]),
            )
            for name, balance in happened.owed.balances.items()
        },
    )


def close_period(
    shape: ProjectShape,
    state: ProjectState,
    inputs: ProjectInputs,
    terms: ProjectTerms,
    happened: Happened,
) -> ProjectState:
    """The state that a period hands on, and its check: assets are debts and equity, cash in is cash out.

        equity = equity before + income - to_owners;  income = ebitda - depreciation + gains - financing cost - tax

    Source: ours, an identity.

    >>> from overbuild.project.examples import RUN
    >>> max(abs(gap) for gap in RUN.rows["project"]["balance_gap"]) < 1e-3
    True
    """
    settled, cash, built = settle_period(state, inputs, happened), happened.cash, happened.built
    earned, drawn, fleets = cash.earned, built.drawn, cash.fleets
    goes_on, junior, history = settled.goes_on, happened.cascade.junior, happened.owed.history
    draws = {one.name: one.amount for one in drawn.loans}
    depreciation = total(one.book_depreciation for one in cash.downs)
    gains = fleets.book_gain + earned.terminal
    expensed = (1.0 - cash.capitalised_share) * (cash.service.interest + cash.fees + junior.interest)
    costs = expensed + happened.owed.refinanced.fee + fleets.tax.tax
    income = line("net_income", earned.ebitda - depreciation + gains - costs)
    prepaid = None if earned.prepaid is None else earned.prepaid + goes_on * built.uses.received
    line("prepaid", total(()) if prepaid is None else prepaid)
    line("dsra_balance", settled.dsra + (1.0 - goes_on) * state.dsra)
    closing = ProjectState(
        alive=line("alive", state.alive * goes_on),
        market_receivable=earned.market_receivable,
        payable=earned.payable,
        overrun=overrun_after(state.overrun, inputs, terms),
        equity_drawn=state.equity_drawn + drawn.equity,
        standby_drawn=state.standby_drawn + settled.standby,
        lc_drawn=line("lc_balance", settled.lc),
        dsra_target=blend(inputs.building, inputs.filling * inputs.base.reserve_target, happened.cascade.target),
        dsra=settled.dsra,
        trapped=settled.trapped,
        cures_used=state.cures_used + goes_on * happened.outcome.used,
        cures_paid=state.cures_paid + settled.cure,
        equity=state.equity + income - settled.to_owners,
        tax=fleets.tax.year,
        components=built.components,
        fleets=tuple(one.state for one in fleets.purchases),
        contracts=earned.contracts,
        loans=tuple(
            DebtState(loan.name, settled.balances[loan.name], loan.drawn + draws[loan.name]) for loan in state.loans
        ),
        new_loans=tuple(NewLoanState(loan.name, settled.balances[loan.name]) for loan in state.new_loans),
        past=(history._replace(cfads=history.cfads + settled.cure), *state.past)[: len(state.past)],
        cured=(CureHistory(goes_on * happened.outcome.used), *state.cured)[: len(state.cured)],
        mezzanine=junior.state and JuniorState(goes_on * junior.state.balance, junior.state.drawn),
        prepaid=prepaid,
        support_paid=None if state.support_paid is None else state.support_paid + settled.support,
    )
    line("ends", state.alive * (1.0 - goes_on))
    lost = 1.0 - quotient(happened.recovered.recovered, happened.recovered.claim, none=1.0)
    line("loss_given_default", state.alive * settled.default * lost)
    line("equity_discount_factor", power(1.0 + terms.owners.hurdle_per_year, -inputs.years_from_close))
    project = earned.cash + earned.terminal + fleets.sale
    bought = total(one.proceeds - one.cost for one in fleets.purchases)
    line("project_cash_flow", state.alive * (project + bought - (1.0 - drawn.stops) * built.uses.capex))
    check_books(closing, goes_on, closing.equity)
    return closing


def check_books(state: ProjectState, goes_on: Flag01, equity: UsdStock) -> UsdStock:
    """Assets less debts and equity: 0 while the project goes on.

        gap = books + receivables + reserves + dsra + trapped - loans - letter of credit - mezzanine - prepaid
              - payable - equity

    Source: ours, an identity.

    >>> from overbuild.project.examples import OPENING
    >>> abs(check_books(OPENING, 1.0, OPENING.equity)) < 1e-3
    True
    """
    owed = total((state.market_receivable, *(one.receivable for one in state.contracts)))
    cash = state.dsra + state.trapped + total(one.reserve for one in state.fleets)
    assets = line("total_assets", total(one.book_value for one in state.components) + owed + cash)
    loans = total((*(one.balance for one in state.loans), *(one.balance for one in state.new_loans)))
    junior = total(()) if state.mezzanine is None else state.mezzanine.balance
    prepaid = total(()) if state.prepaid is None else state.prepaid
    line("debt", loans)
    debts = total((loans, state.lc_drawn, junior, prepaid, state.payable))
    return line("balance_gap", state.alive * goes_on * (assets - debts - equity))
