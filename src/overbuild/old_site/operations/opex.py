"""Operating costs: energy, staff, maintenance, insurance, property tax, rent."""

from __future__ import annotations

from overbuild.equations import line, power, total
from overbuild.old_site.operations.powered_shell import chips_run, hall_cost
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.terms import PowerTerms, Terms
from overbuild.units import Mwh, Usd, UsdStock


def energy_cost(energy_mwh: Mwh, contract: PowerTerms, inputs: Inputs) -> Usd:
    """Energy cost of the period at the price of the power contract.

        energy_cost = energy_mwh * price_per_mwh * (1 + escalator_per_year)^whole_years

    Source: ours, a simplification: one price for every hour, raised once a year.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> energy_cost(1000.0, TERMS.power, INPUTS)
    65000.0
    """
    price = contract.price_per_mwh * power(1.0 + contract.escalator_per_year, inputs.whole_years)
    return line("energy_cost", energy_mwh * price)


def opex(energy_mwh: Mwh, book_value: UsdStock, inputs: Inputs, terms: Terms) -> Usd:
    """Operating costs of the period.

        opex        = energy_cost + staff_cost + maintenance_cost + insurance_cost + property_tax + hall_cost
                      + rent
        staff       = chips_run * staff_per_year / periods_per_year * inflation
        maintenance = chips_run * share / periods_per_year * cost of what is maintained * inflation
        insurance   = chips_run * share / periods_per_year * cost of what was built
        property_tax = share / periods_per_year * opening book value, financing cost included
        inflation   = (1 + inflation_per_year)^whole_years

    `hall_cost` stands for the first three once the hall is let.
    Source: ours, a convention: staff and maintenance rise with inflation, insurance stays at its first price.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> opex(0.0, 0.0, INPUTS, TERMS) / 1e6
    67.0
    """
    costs, p = terms.costs, terms.site.periods_per_year
    inflation = power(1.0 + costs.inflation_per_year, inputs.whole_years)
    maintained = total(component.cost * component.maintained for component in terms.components)
    built = total(component.cost * component.built for component in terms.components)
    runs = chips_run(inputs)
    parts = (
        energy_cost(energy_mwh, terms.power, inputs),
        line("staff_cost", runs * costs.staff_per_year / p * inflation),
        line("maintenance_cost", runs * costs.maintenance_share_per_year / p * maintained * inflation),
        line("insurance_cost", runs * costs.insurance_share_per_year / p * built),
        line("property_tax", costs.property_tax_share_per_year / p * book_value),
        hall_cost(inputs, terms),
    )
    return line("opex", total((*parts, *rent(inputs, terms))))


def rent(inputs: Inputs, terms: Terms) -> tuple[Usd, ...]:
    """Rent that the site pays for a leased shell, an operating cost; empty where the shell is owned.

        rent            = payment_per_year / periods_per_year * (1 + escalator_per_year)^whole_years
        discounted_rent = rent * (1 + rate_per_year / periods_per_year)^-period_number

    The lease liability at opening is the sum of the second (`lease.py` values a level rent alike).
    Source: ASC 842-20-30-1.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> from overbuild.old_site.terms.terms import LeaseTerms
    >>> rent(INPUTS, TERMS), rent(INPUTS, TERMS._replace(lease=LeaseTerms(60.0, 0.08, 0.03)))
    ((), (60.0,))
    """
    if terms.lease is None:
        return ()
    p = terms.site.periods_per_year
    paid = terms.lease.payment_per_year / p * power(1.0 + terms.lease.escalator_per_year, inputs.whole_years)
    due = line("rent", paid)
    line("discounted_rent", due * power(1.0 + terms.lease.rate_per_year / p, -inputs.period_number))
    return (due,)
