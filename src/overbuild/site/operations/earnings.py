"""What a site earns in a period: revenue, operating costs, failures and delay, operating cash."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum, total
from overbuild.site.operations.contracts import (
    LiveContract,
    contract_claim,
    contract_revenue,
    contracted_share,
    lateness,
    live_contracts,
)
from overbuild.site.operations.load import PhaseLoad, phase_loads
from overbuild.site.operations.opex import operating_costs
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.paths import path_value
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import ContractState, State
from overbuild.site.terms.terms import Terms
from overbuild.units import DAYS_PER_YEAR, Share, Usd, UsdStock


class ContractYield(NamedTuple):
    """A contract in a period: revenue, credit of the prepayment, what a failure and a late start mean; its state."""

    revenue: Usd
    credit: Usd
    set_off: Usd
    recovery: Usd
    bad_debt: Usd
    ld: Usd
    termination: Usd
    refund: Usd
    state: ContractState


class EarnedCash(NamedTuple):
    """Operating cash of a period and what stands behind it; `sale` of the end of the site is `terminal`."""

    margin: Usd
    ebitda: Usd
    cash: Usd
    terminal: Usd
    contracted: Share
    contract_revenue: Usd
    prepaid: UsdStock | None
    market_receivable: UsdStock
    payable: UsdStock
    contracts: tuple[ContractState, ...]


def earn(shape: Shape, state: State, inputs: Inputs, terms: Terms) -> EarnedCash:
    """From contracts to operating cash.

        margin = revenue - opex
        ebitda = margin + recovery + set_off - bad_debt - offtakers' damages - delay_cost + contractor_ld - lc_fee
        cash   = ebitda + bad_debt - set_off - change of working capital - credit - refund

    Source: ours, a definition; that damages are operating cash is Yescombe, Principles of Project Finance, 13.6.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> earn(SHAPE, OPENING, INPUTS, TERMS).margin / 1e6
    338.0
    """
    live = live_contracts(shape, state, inputs, terms)
    loads = phase_loads(shape, live, state, inputs, terms)
    yields = tuple(_yield(shape, place, live[place], loads, state, inputs, terms) for place in range(len(live)))
    price = line("market_price", path_value(shape.market_price, inputs.market_price, terms.market.price))
    use = path_value(shape.market_utilisation, inputs.market_utilisation, terms.market.utilisation)
    market = {one.name: one.free * one.hours * use * price for one in loads}
    by_phase = {name: amount for name, amount in market.items()}
    for modes, one in zip(shape.contracts, yields, strict=True):
        by_phase[modes.phase] = by_phase[modes.phase] + one.revenue
    line("market_revenue", total(market.values()))
    for name, amount in by_phase.items():
        line(f"{name}.phase_revenue", amount)
    revenue = line("revenue", total(by_phase.values()))
    opex = line("opex", operating_costs(shape, loads, by_phase, state, inputs, terms))
    margin = line("margin", revenue - opex)
    damages = line("offtaker_damages", total(one.ld + one.termination for one in yields))
    phases = list(zip(inputs.phases, terms.phases, strict=True))
    delay = line("delay_cost", total(given.late * term.delay_cost for given, term in phases))
    contractor = line("contractor_ld", total(given.contractor_pays * term.contractor_ld for given, term in phases))
    p, reserve = terms.horizon.periods_per_year, terms.reserve
    lc_fee = line("lc_fee", reserve.lc_share * state.dsra_target * reserve.lc_fee_per_year / p)
    bad_debt = line("bad_debt", total(one.bad_debt for one in yields))
    set_off = line("set_off", total(one.set_off for one in yields))
    recovery = line("offtaker_recovery", total(one.recovery for one in yields))
    ebitda = line("ebitda", margin + recovery + set_off - bad_debt - damages - delay + contractor - lc_fee)
    goes_on = (1.0 - inputs.last) * p / DAYS_PER_YEAR
    receivable = goes_on * terms.costs.receivable_days * total(market.values())
    payable = goes_on * terms.costs.payable_days * opex
    owed = total((receivable, *(one.state.receivable for one in yields)))
    owed_before = total((state.market_receivable, *(one.receivable for one in state.contracts)))
    line("receivable", owed)
    change = line("working_capital_change", owed - (owed_before - bad_debt) - (payable - state.payable))
    credit = line("prepayment_credit", total(one.credit for one in yields))
    refund = line("prepayment_refund", total(one.refund for one in yields))
    cash = line("operating_cash", ebitda + bad_debt - set_off - change - credit - refund)
    return EarnedCash(
        margin=margin,
        ebitda=ebitda,
        cash=cash,
        terminal=terminal_proceeds(shape, live, inputs, terms),
        contracted=contracted_share(shape, live, {one.name: one.hours for one in loads}),
        contract_revenue=line("contract_revenue", total(one.revenue for one in yields)),
        prepaid=None if state.prepaid is None else state.prepaid - set_off - credit - refund,
        market_receivable=receivable,
        payable=payable,
        contracts=tuple(one.state for one in yields),
    )


def terminal_proceeds(shape: Shape, contracts: tuple[LiveContract, ...], inputs: Inputs, terms: Terms) -> Usd:
    """Net proceeds of the end of the site, in its last period.

        terminal = last * (max(terminal_proceeds, residual value guarantee) - decommissioning)

    The guarantee of an offtaker holds while one contract at least is alive.
    Source: ours, a convention: the guarantor pays the shortfall on the day of the sale.

    >>> from overbuild.site.examples import INPUTS, SHAPE, TERMS
    >>> ends = TERMS._replace(horizon=TERMS.horizon._replace(terminal_proceeds=50.0, decommissioning=20.0))
    >>> terminal_proceeds(SHAPE, (), INPUTS._replace(last=1.0), ends)
    30.0
    """
    guaranteed = terms.horizon.residual_value_guarantee
    if shape.guarantor_is_offtaker:
        alive = total(())
        for one in contracts:
            alive = maximum(alive, one.alive)
        guaranteed = guaranteed * alive
    sold = maximum(terms.horizon.terminal_proceeds, guaranteed)
    return line("terminal_proceeds", inputs.last * (sold - terms.horizon.decommissioning))


def _yield(
    shape: Shape,
    place: int,
    live: LiveContract,
    loads: tuple[PhaseLoad, ...],
    state: State,
    inputs: Inputs,
    terms: Terms,
) -> ContractYield:
    modes, contract = shape.contracts[place], state.contracts[place]
    given, term = inputs.contracts[place], terms.contracts[place]
    phase = next(one for one in loads if one.name == modes.phase)
    if modes.unit == "gpu_hour":
        capacity = phase.hours
        sold = contract_revenue(live.taken, capacity, live.used, term.take_or_pay, live.price)
    else:
        capacity = phase.kw_months
        sold = live.taken * capacity * live.price
    passed = live.taken * term.pass_through * (phase.energy + phase.demand)
    revenue = line(f"{modes.name}.revenue", sold + passed)
    claim = contract_claim(given.fails, contract.alive, term, capacity, live.price, given.claimed_periods)
    if modes.follows:
        claim = claim * term.renews * next(one.live_at_end for one in state.contracts if one.name == modes.follows)
    claim = line(f"{modes.name}.contract_claim", claim)
    owed = state.prepaid if modes.prepaid else None
    set_off, credit = total(()), total(())
    if owed is not None and terms.prepayment is not None and inputs.prepayment_credited is not None:
        set_off = minimum(owed, claim)
        credit = live.live * minimum(owed - set_off, terms.prepayment * inputs.prepayment_credited)
    late = lateness(contract, given, term, owed)
    p, days = terms.horizon.periods_per_year, terms.costs.receivable_days / DAYS_PER_YEAR
    return ContractYield(
        revenue=revenue,
        credit=credit,
        set_off=set_off,
        recovery=term.recovery_share * (claim - set_off),
        bad_debt=given.fails * contract.alive * (1.0 - term.recovery_share) * contract.receivable,
        ld=late.ld,
        termination=late.termination,
        refund=late.refund,
        state=ContractState(
            name=modes.name,
            alive=live.alive,
            live_at_end=live.live_at_end,
            receivable=(1.0 - inputs.last) * (revenue - credit) * p * days,
            ld_paid=late.ld_paid,
        ),
    )
