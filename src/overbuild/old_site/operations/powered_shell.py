"""The powered shell without its GPUs: from some period on it is leased to a tenant, at the rent of the day."""

from __future__ import annotations

from overbuild.equations import line, power
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.terms import Terms
from overbuild.units import KW_PER_MW, Flag01, Usd


def chips_run(inputs: Inputs) -> Flag01:
    """1 while the site operates GPUs of its own, 0 once the powered shell is leased.

        chips_run = 1 - hall_let

    Source: ours, a simplification: the shell is leased as a whole, from one period to the next.

    >>> from overbuild.old_site.examples import INPUTS
    >>> chips_run(INPUTS), chips_run(INPUTS._replace(hall_let=1.0))
    (1.0, 0.0)
    """
    return 1.0 - inputs.hall_let


def hall_rent(inputs: Inputs, terms: Terms) -> Usd:
    """Rent of the powered shell in a period, from a tenant that brings GPUs of its own.

        hall_rent = hall_let * it_mw * 1000 * let_share * rent_per_kw_month * 12 / periods_per_year
                    * (1 + rent_escalator_per_year)^whole_years

    Rent is quoted as of opening, per kW of IT load and month. The tenant pays for power (triple net). USD a period.
    Sources: the quote per kW and month is the practice of colocation leases; ours, a simplification: the plan sets the
    day on which the shell is leased, whatever the market.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> let = TERMS.relet._replace(rent_per_kw_month=150.0, let_share=1.0)
    >>> hall_rent(INPUTS._replace(hall_let=1.0), TERMS._replace(relet=let)) / TERMS.site.it_mw
    1800000.0
    """
    relet, site = terms.relet, terms.site
    grown = power(1.0 + relet.rent_escalator_per_year, inputs.whole_years)
    a_year = site.it_mw * KW_PER_MW * relet.let_share * relet.rent_per_kw_month * 12
    return line("hall_rent", inputs.hall_let * a_year / site.periods_per_year * grown)


def hall_cost(inputs: Inputs, terms: Terms) -> Usd:
    """Landlord cost of the leased shell: upkeep, staff and insurance, without power and without property tax.

        hall_cost = hall_let * it_mw * cost_per_mw_year / periods_per_year * (1 + inflation_per_year)^whole_years

    USD a period.
    Source: ours, a simplification: one cost per MW of IT power stands for each of these costs.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> let = TERMS._replace(relet=TERMS.relet._replace(cost_per_mw_year=280e3))
    >>> hall_cost(INPUTS._replace(hall_let=1.0), let) / TERMS.site.it_mw
    280000.0
    """
    a_year = terms.site.it_mw * terms.relet.cost_per_mw_year
    inflation = power(1.0 + terms.costs.inflation_per_year, inputs.whole_years)
    return line("hall_cost", inputs.hall_let * a_year / terms.site.periods_per_year * inflation)


def chips_sold(inputs: Inputs, terms: Terms) -> Usd:
    """Sale proceeds of GPUs that leave the site: those that a refresh replaces, those sold when the shell is leased.

        old_it_proceeds = refresh_now * refresh proceeds + chips_leave * relet proceeds

    Source: ours, a simplification: each sale brings an amount stated before, not a price on the day.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> sold = TERMS._replace(relet=TERMS.relet._replace(it_proceeds=50e6))
    >>> chips_sold(INPUTS._replace(chips_leave=1.0), sold) / 1e6
    50.0
    """
    return inputs.refresh_now * terms.refresh.old_it_proceeds + inputs.chips_leave * terms.relet.it_proceeds
