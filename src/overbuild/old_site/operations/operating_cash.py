"""A period of operation before tax and debt service: from GPUs to operating cash."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, total
from overbuild.old_site.operations.capacity import contracted_share, energy, gpu_hours, utilisation
from overbuild.old_site.operations.opex import opex
from overbuild.old_site.operations.powered_shell import chips_run, hall_rent
from overbuild.old_site.operations.revenue import bad_debt, contract_revenue, merchant_revenue, termination_recovery
from overbuild.old_site.operations.working_capital import WorkingCapital, working_capital
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.state import State
from overbuild.old_site.terms.terms import SiteTerms, Terms
from overbuild.units import Usd


class Operated(NamedTuple):
    """What operating the site brought; `terminal` is what the end of it brings, within `cash`."""

    ebitda: Usd
    cash: Usd
    terminal: Usd
    credit: WorkingCapital
    contract_revenue: Usd


def terminal_cash(inputs: Inputs, site: SiteTerms) -> Usd:
    """Net proceeds of the last period: what the site sells for, less decommissioning.

        terminal_cash = last * (max(terminal_proceeds, guarantor_pays * residual_value_guarantee) - decommissioning)

    Source: ours, a convention: a guarantee is a floor under the proceeds, before the cost of taking down.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> terminal_cash(INPUTS._replace(last=1.0), TERMS.site) / 1e6
    495.0
    """
    proceeds = maximum(site.terminal_proceeds, inputs.guarantor_pays * site.residual_value_guarantee)
    return line("terminal_cash", inputs.last * (proceeds - site.decommissioning))


def operate(state: State, inputs: Inputs, terms: Terms) -> Operated:
    """Revenue, operating costs and working capital of the period.

        ebitda         = revenue - opex + termination_recovery - bad_debt
        operating_cash = ebitda + bad_debt - working_capital_change + terminal_cash

    A bad debt is a charge without cash: what it costs is collected less.
    Source: ours, an identity between earnings and cash; that the terminal cash counts as operating is a convention.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, TERMS
    >>> operated = operate(OPENING, INPUTS, TERMS)
    >>> abs(operated.ebitda - operated.cash - operated.credit.change) < 1e-6
    True
    """
    running = gpu_hours(terms.site, inputs.it_age_years, inputs.refreshed, terms.refresh.performance_gain)
    hours = line("capacity_gpu_hours", chips_run(inputs) * running)
    contracted = contracted_share(terms.offtake, inputs)
    contract = contract_revenue(hours, contracted, terms.offtake, inputs)
    market = merchant_revenue(hours, contracted, terms.market, inputs) + hall_rent(inputs, terms)
    revenue = line("revenue", contract + market)
    energy_mwh = energy(terms.site, utilisation(contracted, inputs), chips_run(inputs))
    costs = opex(energy_mwh, total(component.book_value for component in state.components), inputs, terms)
    recovered = termination_recovery(inputs, terms)
    lost = bad_debt(state.contract_receivable, terms.offtake, inputs)
    ebitda = line("ebitda", revenue - costs + recovered - lost)
    credit = working_capital((contract, market), costs, lost, state, (inputs, terms))
    terminal = terminal_cash(inputs, terms.site)
    cash = line("operating_cash", ebitda + lost - credit.change + terminal)
    return Operated(ebitda, cash, terminal, credit, contract)
