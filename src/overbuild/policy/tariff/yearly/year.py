"""One year of a large load under its tariff, in order: drawn, charged, leaving, served, shared."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, power
from overbuild.policy.tariff.yearly.charges import Levels, TariffTerms, charge_level, charged_in_year
from overbuild.policy.tariff.yearly.cost import BuiltTerms, cost_level, served_in_year, taken_up_share
from overbuild.policy.tariff.yearly.demand import LoadTerms, drawn_in_year
from overbuild.policy.tariff.yearly.leaving import exit_fee_in_year, security_of
from overbuild.policy.tariff.yearly.sharing import SharingTerms, household_month, shared_in_year
from overbuild.units import Flag01, Share, Years


class DealTerms(NamedTuple):
    """A load, its tariff, what was built for it, and who pays the rest."""

    load: LoadTerms
    tariff: TariffTerms
    built: BuiltTerms
    sharing: SharingTerms


class YearBefore(NamedTuple):
    """What a year hands to the next: the share of the load that is gone, and of what it left that others use."""

    gone: Share
    taken_up: Share


class ContractYear(NamedTuple):
    """A year of the contract, counted from 1, and whether it is the first."""

    number: Years
    first: Flag01


def year_of_contract(state: YearBefore, inputs: ContractYear, terms: DealTerms) -> YearBefore:
    """One year of a large load under its tariff.

        paid by load = delivery + generation + energy + exit fee paid
        shortfall    = cost to serve - paid by load, which others and owners bear

    Money falls at the end of the year and is discounted at the utility's carrying cost.
    Source: ours, an identity of its lines; equation by equation at its line.

    >>> from overbuild.policy.tariff.examples import BUILT, LOAD, SHARING, TARIFF
    >>> year_of_contract(YearBefore(0.0, 0.0), ContractYear(1.0, 1.0), DealTerms(LOAD, TARIFF, BUILT, SHARING))
    YearBefore(gone=0, taken_up=0)
    """
    load, tariff, built, sharing = terms
    year = inputs.number
    line("contract_year", year * 1)
    line("first_year", inputs.first * 1)
    drawn = drawn_in_year(load, year)
    level, costs = charge_level(tariff.charge_growth_per_year, year), cost_level(built.cost_growth_per_year, year)
    charged = charged_in_year(load, tariff, drawn, Levels(level, built.energy_cost * costs), year)
    security = security_of(load, tariff)
    fee = exit_fee_in_year(security, load.paid_beyond_collateral, drawn.gone - state.gone, level)
    taken_up = taken_up_share(state.taken_up, drawn.gone, built.uptake_per_year)
    served = served_in_year(built, tariff, drawn, taken_up, year, costs)
    fee_paid = fee.from_collateral + fee.beyond
    paid = line("paid_by_load", charged.delivery + charged.generation + charged.energy + fee_paid)
    shared = shared_in_year(sharing, served.cost, paid)
    household_month(sharing, shared.others)
    line("discount_factor", power(1 + built.carrying_cost_per_year, 0 - year))
    return YearBefore(drawn.gone, taken_up)
