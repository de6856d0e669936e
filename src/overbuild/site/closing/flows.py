"""What counts of a period: whether the site goes on, flows to and from owners, the rows that are shown."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, power, quotient, total
from overbuild.site.accounts.cash import CashOfPeriod
from overbuild.site.funding.building import Built
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.state import State
from overbuild.site.terms.terms import Terms
from overbuild.site.waterfall.cascade import Cascade
from overbuild.site.waterfall.enforcement import Recovered
from overbuild.site.waterfall.outcome import Outcome
from overbuild.site.waterfall.owed import Owed
from overbuild.units import Flag01, Usd


class Happened(NamedTuple):
    """What a period computed, page by page."""

    cash: CashOfPeriod
    built: Built
    owed: Owed
    outcome: Outcome
    cascade: Cascade
    recovered: Recovered


class Survival(NamedTuple):
    """Weights of a period: alive before it, goes on after it, defaults in it, closes in it."""

    alive: Flag01
    goes_on: Flag01
    default: Flag01
    closed: Flag01

    @property
    def counts(self) -> Flag01:
        """Weight of what a site does that goes on."""
        return self.alive * self.goes_on


def survival(state: State, happened: Happened) -> Survival:
    """How a period ends.

        default = unfunded, maturity, payment or covenant;  goes_on = 1 - default - closed
        ends    = alive * (1 - goes_on);  alive = alive before * goes_on

    Survival weighs what counts, and is never multiplied into balances.
    Source: ours, a definition.

    >>> from overbuild.site.examples import RUN
    >>> RUN.lines["alive"][2], RUN.lines["ends"][2]
    (1.0, 0.0)
    """
    outcome, stops = happened.outcome, happened.built.drawn.stops
    for word in ("maturity", "payment", "covenant", "closed"):
        line(f"outcome_{word}", state.alive * getattr(outcome, word))
    default = total((stops, outcome.maturity, outcome.payment, outcome.covenant))
    line("default", state.alive * default)
    goes_on = 1.0 - default - outcome.closed
    line("ends", state.alive * (1.0 - goes_on))
    return Survival(state.alive, goes_on, default, outcome.closed)


def missing_at_end(happened: Happened) -> Usd:
    """What is missing in the period in which a site ends, 0 in all others.

        missing = need that nobody pays | balloon that is not paid | debt service that is not paid
                  | what owners are asked for, where a covenant is broken or the site is closed

    USD. 0 for a covenant that money cannot mend. Source: ours, a definition.

    >>> from overbuild.site.examples import RUN
    >>> RUN.lines["missing_at_end"][2]
    0.0
    """
    drawn, outcome, short = happened.built.drawn, happened.outcome, happened.owed.short
    return total(
        (
            drawn.stops * drawn.unfunded,
            outcome.maturity * short.balloon_unpaid,
            outcome.payment * short.unpaid,
            (outcome.covenant + outcome.closed) * outcome.asked,
        )
    )


def show_debt(inputs: Inputs, happened: Happened, weights: Survival) -> None:
    """Rows of the cascade between lenders and accounts, each by its weight, and of the balloons that fall due.

        {loan}.balloon_due     = balloon, while the site is alive
        {loan}.balloon_offered = what a new loan would pay of it, also where the rest then makes a default
        {loan}.balloon_short   = balloon - offered: cash pays it, or nobody

    Source: ours, a definition.

    >>> from overbuild.site.examples import RUN
    >>> RUN.lines["sweep"][2]
    0.0
    """
    owed, counts, after = happened.owed, weights.counts, 1.0 - inputs.building
    line("refinanced", counts * owed.refinanced.sum)
    line("refinancing_fee", counts * owed.refinanced.fee)
    for name, lent in owed.refinanced.lent.items():
        balloon = next(one.balloon for one in happened.cash.service.debts if one.name == name)
        line(f"{name}.refinanced", counts * lent)
        due = line(f"{name}.balloon_due", after * weights.alive * balloon)
        offered = line(f"{name}.balloon_offered", after * weights.alive * lent)
        line(f"{name}.balloon_short", due - offered)
    line("dsra_draw", after * counts * owed.short.dsra_draw)
    line("lc_draw", after * counts * owed.short.lc_draw)
    line("sweep", after * counts * happened.cascade.sweep)
    line("to_prepay", after * counts * happened.cascade.prepay)
    line("missing_at_end", weights.alive * missing_at_end(happened))


def show_flows(state: State, inputs: Inputs, terms: Terms, happened: Happened, weights: Survival) -> Usd:
    """Flows of the owners, each by its weight.

        equity_paid_in = alive * (equity + standby + cure + support + paid for fleets + called in a default
                                  + what was drawn of the letter of credit, where the site ends)
        equity_received = alive * (distribution + surplus of a default + closing)
        net_cash_to_equity = equity_received - equity_paid_in
        equity_support = standby + cure + support
        equity_cash_in = max(0, net_cash_to_equity);  equity_cash_out = max(0, -net_cash_to_equity)

    In a default only enforcement counts, in a closing only what the sale brings. Source: ours, a definition.

    >>> from overbuild.site.examples import RUN
    >>> RUN.lines["net_cash_to_equity"][2] / 1e6
    128.0
    """
    drawn, outcome, recovered = happened.built.drawn, happened.outcome, happened.recovered
    alive, counts = weights.alive, weights.counts
    runs = (1.0 - inputs.building) * counts
    equity = line("equity_draw", alive * drawn.equity)
    standby = line("standby_draw", alive * drawn.standby + runs * happened.owed.short.standby)
    cure, support = line("cure", counts * outcome.cure), line("support", counts * outcome.support)
    line("equity_support", total((standby, cure, support)))
    distribution = line("distribution", runs * happened.cascade.distribution)
    called = line("called", alive * weights.default * recovered.called)
    letter = line("lc_reimbursed", alive * (1.0 - weights.goes_on) * state.lc_drawn)
    surplus = line("surplus", alive * weights.default * recovered.surplus)
    closing = line("closing", alive * weights.closed * recovered.closing)
    for_fleets = alive * happened.cash.fleets.by_owners
    paid_in = line("equity_paid_in", total((equity, standby, cure, support, for_fleets, called, letter)))
    received = line("equity_received", total((distribution, surplus, closing)))
    net = line("net_cash_to_equity", received - paid_in)
    line("equity_cash_in", maximum(0.0, net))
    line("equity_cash_out", maximum(0.0, -net))
    lost = 1.0 - quotient(recovered.recovered, recovered.claim, none=1.0)
    line("loss_given_default", alive * weights.default * lost)
    line("equity_discount_factor", power(1.0 + terms.owners.hurdle_per_year, -inputs.years_from_close))
    return net


def show_project(happened: Happened, weights: Survival) -> Usd:
    """Cash of the site before tax and debt.

        project_cash_flow = alive * (operating cash + terminal + sale - capex - cost of fleets + proceeds)

    In an unfunded period nothing is spent. Source: ours, a definition.

    >>> from overbuild.site.examples import RUN
    >>> RUN.lines["project_cash_flow"][2] / 1e6
    338.0
    """
    cash, built = happened.cash, happened.built
    earned = cash.earned.cash + cash.earned.terminal + cash.fleets.sale
    bought = total(one.proceeds - one.cost for one in cash.fleets.purchases)
    spent = (1.0 - built.drawn.stops) * built.uses.capex
    return line("project_cash_flow", weights.alive * (earned + bought - spent))
