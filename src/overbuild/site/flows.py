"""What counts of a period: whether the site goes on, flows to and from owners, the rows that are shown."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, power, quotient, total
from overbuild.site.accounts.cash import CashOfPeriod
from overbuild.site.funding.building import Built
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.state import State
from overbuild.site.terms.terms import Terms
from overbuild.site.waterfall.cascade import Cascade
from overbuild.site.waterfall.enforcement import Recovered
from overbuild.site.waterfall.outcome import Outcome
from overbuild.site.waterfall.owed import Owed
from overbuild.units import Flag01


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


def show_flows(state: State, inputs: Inputs, terms: Terms, happened: Happened, weights: Survival) -> None:
    """Flows of the owners and of the site, and the rows of the cascade, each by its weight.

        equity_paid_in = alive * (equity + standby + cure + support + paid for fleets + called in a default
                                  + what was drawn of the letter of credit, where the site ends)
        equity_received = alive * (distribution + surplus of a default + closing)
        net_cash_to_equity = equity_received - equity_paid_in
        equity_support = standby + cure + support
        project_cash_flow = alive * (operating cash + terminal + sale - capex - cost of fleets + proceeds)

    In a default only enforcement counts, in a closing only what the sale brings; in an unfunded period nothing is spent.
    Source: ours, a definition.

    >>> from overbuild.site.examples import RUN
    >>> RUN.lines["net_cash_to_equity"][2] / 1e6
    128.0
    """
    drawn, cascade, outcome = happened.built.drawn, happened.cascade, happened.outcome
    short, refinanced, fleets = happened.owed.short, happened.owed.refinanced, happened.cash.fleets
    alive, counts = weights.alive, weights.counts
    runs = (1.0 - inputs.building) * counts
    equity = line("equity_draw", alive * drawn.equity)
    standby = line("standby_draw", alive * drawn.standby + runs * short.standby)
    cure, support = line("cure", counts * outcome.cure), line("support", counts * outcome.support)
    line("equity_support", total((standby, cure, support)))
    distribution = line("distribution", runs * cascade.distribution)
    line("refinanced", counts * refinanced.sum)
    line("refinancing_fee", counts * refinanced.fee)
    for name, lent in refinanced.lent.items():
        line(f"{name}.refinanced", counts * lent)
    line("dsra_draw", runs * short.dsra_draw)
    line("lc_draw", runs * short.lc_draw)
    line("sweep", runs * cascade.sweep)
    line("to_prepay", runs * cascade.prepay)
    called = line("called", alive * weights.default * happened.recovered.called)
    letter = line("lc_reimbursed", alive * (1.0 - weights.goes_on) * state.lc_drawn)
    surplus = line("surplus", alive * weights.default * happened.recovered.surplus)
    closing = line("closing", alive * weights.closed * happened.recovered.closing)
    equity_paid_in = line(
        "equity_paid_in", total((equity, standby, cure, support, alive * fleets.by_owners, called, letter))
    )
    equity_received = line("equity_received", total((distribution, surplus, closing)))
    line("net_cash_to_equity", equity_received - equity_paid_in)
    lost = 1.0 - quotient(happened.recovered.recovered, happened.recovered.claim, none=1.0)
    line("loss_given_default", alive * weights.default * lost)
    line("equity_discount_factor", power(1.0 + terms.owners.hurdle_per_year, -inputs.years_from_close))
    site = happened.cash.earned.cash + happened.cash.earned.terminal + fleets.sale
    bought = total(one.proceeds - one.cost for one in fleets.purchases)
    line("project_cash_flow", alive * (site + bought - (1.0 - drawn.stops) * happened.built.uses.capex))
