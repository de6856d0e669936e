"""Operating costs: power, the fixed costs of phases, costs of the site as a whole, rent of a leased shell."""

from __future__ import annotations

from overbuild.equations import line, power, total
from overbuild.site.operations.load import PhaseLoad
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.paths import path_value
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import State
from overbuild.site.terms.terms import Terms
from overbuild.units import Usd


def operating_costs(
    shape: Shape,
    loads: tuple[PhaseLoad, ...],
    revenue_of_phase: dict[str, Usd],
    state: State,
    inputs: Inputs,
    terms: Terms,
) -> Usd:
    """Operating costs of the period.

        opex         = power + phases + site_costs + rent
        power        = energy and demand charge of each phase
        phases       = running * fixed / periods_per_year + share_of_revenue * revenue, of each phase

    Source: ours, a definition.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> operating_costs(SHAPE, (), {"hall": 5e8}, OPENING, INPUTS, TERMS) / 1e6
    100.0
    """
    p = terms.horizon.periods_per_year
    powered = line("power_cost", total(one.energy + one.demand for one in loads))
    costs: list[Usd] = []
    for modes, given, term in zip(shape.phases, inputs.phases, terms.phases, strict=True):
        fixed = given.running * path_value(modes.fixed, given.fixed, term.fixed) / p
        costs.append(line(f"{modes.name}.phase_cost", fixed + term.share_of_revenue * revenue_of_phase[modes.name]))
    fixed = line("phase_costs", total(costs))
    return total((powered, fixed, site_costs(shape, state, inputs, terms), *rent(inputs, terms)))


def site_costs(shape: Shape, state: State, inputs: Inputs, terms: Terms) -> Usd:
    """Costs of the site as a whole, from the first phase in service on.

        staff        = in_service * staff / p
        maintenance  = share / p * inflation * cost of what is maintained and stands in a running phase
        insurance    = share / p * cost of what was built in a running phase
        property_tax = in_service * share / p * opening book value

    Source: ours, a convention: maintenance rises with inflation, insurance stays at its first price.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> dear = TERMS._replace(costs=TERMS.costs._replace(insurance_share_per_year=0.01))
    >>> site_costs(SHAPE, OPENING, INPUTS, dear) / 1e6
    10.0
    """
    costs, p = terms.costs, terms.horizon.periods_per_year
    running = {one.name: one.running for one in inputs.phases}
    stands = {modes.component: fleet.stands for modes, fleet in zip(shape.fleets, state.fleets, strict=True)}
    assets = list(zip(shape.components, terms.components, strict=True))
    maintained = total(
        running[modes.phase] * term.maintained * term.cost * stands.get(modes.name, 1.0) for modes, term in assets
    )
    built = total(running[modes.phase] * term.cost for modes, term in assets if modes.built)
    inflation = path_value(shape.inflation, inputs.inflation, costs.inflation)
    staff = path_value(shape.staff, inputs.staff, costs.staff)
    book = total(one.book_value for one in state.components)
    parts = (
        line("staff_cost", inputs.in_service * staff / p),
        line("maintenance_cost", costs.maintenance_share_per_year / p * inflation * maintained),
        line("insurance_cost", costs.insurance_share_per_year / p * built),
        line("property_tax", inputs.in_service * costs.property_tax_share_per_year / p * book),
    )
    return total(parts)


def rent(inputs: Inputs, terms: Terms) -> tuple[Usd, ...]:
    """Rent of a leased shell, an operating cost; empty where the shell is owned.

        rent            = in_service * payment_per_year / p * (1 + escalator_per_year)^whole years in service
        discounted_rent = rent * (1 + rate_per_year / p)^-periods in service

    The discounted rent is worth what it says at the start of the first period in service. USD a period.
    Source: ASC 842-20-30-1.

    >>> from overbuild.site.examples import INPUTS, TERMS
    >>> from overbuild.site.terms.terms import RentTerms
    >>> leased = INPUTS._replace(service_years=1.0, service_periods=2.0)
    >>> rent(INPUTS, TERMS), rent(leased, TERMS._replace(lease=RentTerms(60.0, 0.1, 0.08)))
    ((), (66.0,))
    """
    if terms.lease is None or inputs.service_years is None or inputs.service_periods is None:
        return ()
    p = terms.horizon.periods_per_year
    raised = power(1.0 + terms.lease.escalator_per_year, inputs.service_years)
    paid = line("rent", inputs.in_service * terms.lease.payment_per_year / p * raised)
    line("discounted_rent", paid * power(1.0 + terms.lease.rate_per_year / p, -inputs.service_periods))
    return (paid,)
