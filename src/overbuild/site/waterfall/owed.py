"""What is owed in a period and what stands against it: balloons and new loans, shortfalls, the look-back, values."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, present, quotient, total
from overbuild.instruments.ratios import cover_ratio
from overbuild.site.accounts.cash import CashOfPeriod
from overbuild.site.debt.cover import Discounts, cover_of_loans, least_so_far
from overbuild.site.debt.refinancing import Refinanced, asset_values, outlook_of, refinance
from overbuild.site.funding.building import Built
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import LeastCover, PeriodHistory, State
from overbuild.site.terms.terms import Terms
from overbuild.site.waterfall.mezzanine import junior_cover
from overbuild.site.waterfall.shortfall import Shortfall, meet_shortfall
from overbuild.site.waterfall.tests import Tested
from overbuild.units import Usd, UsdStock


class Owed(NamedTuple):
    """Cash at hand, refinancing, shortfall, balances before prepayments, what tests look at, this period's history.

    `discounts` are those of lenders at the end of the period, `least` the least cover so far.
    """

    cash: Usd
    refinanced: Refinanced
    short: Shortfall
    balances: dict[str, UsdStock]
    tested: Tested
    history: PeriodHistory
    discounts: Discounts
    least: LeastCover


def owed_of_period(
    shape: Shape,
    state: State,
    inputs: Inputs,
    terms: Terms,
    given: CashOfPeriod,
    built: Built,
) -> Owed:
    """Balloons, their refinancing, who stands in for a shortfall, and what the tests look at.

        cash     = cfads + cash beside it + trapped cash
        dscr     = cfads / due, 0 once the site has ended
        dscr_12m = cash / due of the last twelve months after construction, before a cure
        balance  = balance before - principal - balloon + what is lent
        ltv      = debt / value of what loans hold

    Source: standard; balloons and their refinancing are left out of cover.

    >>> from overbuild.site.examples import RUN
    >>> round(RUN.lines["dscr"][2], 6)
    1.609524
    """
    service, runs = given.service, 1.0 - inputs.building
    history = PeriodHistory(
        cfads=runs * given.cfads,
        due=runs * service.due,
        margin=inputs.complete * given.earned.margin,
        base_margin=inputs.complete * inputs.base.margin,
    )
    window = (history, *state.past)
    outlook = outlook_of(tuple(one.margin for one in window), tuple(one.base_margin for one in window))
    values = asset_values(built.components, inputs, terms)
    refinanced = refinance(shape, service, values, outlook, inputs, terms)
    balances = {one.name: one.balance - one.principal - one.balloon for one in service.debts}
    for name, lent in refinanced.lent.items():
        balances[f"{name}.new"] = balances[f"{name}.new"] + lent
    indebted, debt = present(service.opening, service.scale), total(balances.values())
    cash = line("cash", given.cfads + given.beside + state.trapped)
    short = meet_shortfall(service, cash, refinanced.sum, refinanced.fee, indebted, state, inputs, terms)
    value = total(values[one.name] for one in shape.components if one.pledged)
    tested = Tested(
        indebted=indebted,
        owes=line("debt_is_owed", present(debt, service.scale)),
        open=inputs.complete * runs,
        cash_12m=total(one.cfads for one in window),
        due_12m=total(one.due for one in window),
        debt=debt,
        value=value,
        outlook=outlook,
        contracted=given.earned.contracted,
        scale=service.scale,
        alive=state.alive,
    )
    line("ltv", quotient(debt, value, none=0.0))
    dscr = line("dscr", state.alive * cover_ratio(given.cfads, service.due))
    due = line("debt_is_due", state.alive * runs * present(service.due, service.scale))
    least = least_so_far(dscr, due, inputs.period, state.least)
    discounts = cover_of_loans(shape, service, given.cfads, state, inputs, terms)
    junior_cover(given.cfads - service.due, state, inputs, terms)
    line("dscr_12m", quotient(tested.cash_12m, tested.due_12m, none=0.0))
    line("dscr_12m_exists", state.alive * runs * indebted * present(tested.due_12m, service.scale))
    return Owed(cash, refinanced, short, balances, tested, history, discounts, least)
