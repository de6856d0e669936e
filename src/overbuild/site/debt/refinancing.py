"""Balloons that another loan pays: as much as cash and value at maturity carry."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import clip, line, maximum, minimum, power, quotient, total
from overbuild.money.annuity import annuity_factor
from overbuild.site.debt.service import DebtService, new_rate
from overbuild.site.terms.inputs import DebtInputs, Inputs
from overbuild.site.terms.shape import LoanShape, Shape
from overbuild.site.terms.state import AssetState
from overbuild.site.terms.terms import DebtTerms, Terms
from overbuild.units import PerPeriod, Ratio, Share, Usd, UsdStock, Years


class Refinanced(NamedTuple):
    """Loans that pay balloons in a period: what each lends by the name of the old loan, the fee of all of them."""

    lent: dict[str, Usd]
    sum: Usd
    fee: Usd


def asset_value(spent: UsdStock, decay_per_year: Share, age_years: Years) -> UsdStock:
    """Value of a component that is sold in order: what was spent on it, less its decay.

        value = spent * (1 - decay_per_year)^age_years

    Valid: a decay below 1. Source: ours, a simplification of an appraisal: value falls at a steady rate.

    >>> asset_value(600.0, 0.5, 2.0)
    150.0
    """
    return spent * power(1.0 - decay_per_year, age_years)


def asset_values(components: tuple[AssetState, ...], inputs: Inputs, terms: Terms) -> dict[str, UsdStock]:
    """Value of each component at the end of a period, by name.

    Source: its part: `asset_value`.

    >>> from overbuild.site.examples import INPUTS, OPENING, TERMS
    >>> asset_values(OPENING.components, INPUTS, TERMS)["it"] / 1e6
    450.0
    """
    rows = zip(components, inputs.components, terms.components, strict=True)
    return {one.name: asset_value(one.spent, term.decay_per_year, given.value_age_years) for one, given, term in rows}


def carried_by_cash(capacity: Usd, outlook: Ratio, dscr: Ratio, rate: PerPeriod, periods: Usd) -> UsdStock:
    """The loan that the least cash ahead repays in level payments at the cover asked for.

        carried = max(0, outlook * capacity) / dscr * annuity_factor

    Source: standard; that the lender scales the base case by the outlook is ours, a simplification of its own case.

    >>> round(carried_by_cash(250.4, 0.5, 1.4, 0.0, 4.0), 6)
    357.714286
    """
    return maximum(0.0, outlook * capacity) / dscr * annuity_factor(rate, periods)


def within_market(available: Share, carried: UsdStock) -> UsdStock:
    """What lenders give of the loan that cash or value carries, as far as the market is open.

        given = available * carried

    Source: ours, a definition.

    >>> within_market(0.5, 400.0)
    200.0
    """
    return available * carried


def refinance(
    shape: Shape,
    service: DebtService,
    values: dict[str, UsdStock],
    outlook: Ratio,
    inputs: Inputs,
    terms: Terms,
) -> Refinanced:
    """What new loans pay of the balloons of a period; in the base case all of it.

        lent = min(balloon, available * min(carried by cash, ltv * (value of collateral - loans of better rank on it)))
        fee  = fee_share * lent

    Loans of better rank count after their own payments and refinancing of the period.
    Source: ours, a definition of a lender's two limits.

    >>> from overbuild.site.examples import BALLOON
    >>> from overbuild.site.debt.service import debt_service
    >>> service = debt_service(BALLOON.shape, BALLOON.state, BALLOON.inputs, BALLOON.terms)
    >>> refinance(BALLOON.shape, service, {"shell": 0.0, "it": 0.0}, 1.0, BALLOON.inputs, BALLOON.terms).sum
    0.0
    """
    debts = {one.name: one for one in service.debts}
    after = {one.name: one.balance - one.principal - one.balloon for one in service.debts}
    lent: dict[str, Usd] = {}
    fees: list[Usd] = []
    rows = sorted(zip(shape.loans, inputs.loans, terms.loans, strict=True), key=lambda row: row[0].rank)
    for modes, given, term in rows:
        if modes.refinancing == "none" or term.refinancing is None:
            continue
        new = (1.0 - inputs.building) * debts[modes.name].balloon
        if modes.refinancing == "tested":
            better = total(after.get(name, 0.0) for one in modes.better for name in (one, f"{one}.new"))
            value = total(values[name] for name in modes.collateral)
            new = _lent(modes, given, term, new, outlook, value - better, terms)
        lent[modes.name] = new
        after[modes.new] = after[modes.new] + new
        fees.append(term.refinancing.fee_share * new)
    return Refinanced(lent, total(lent.values()), total(fees))


def _lent(
    modes: LoanShape,
    given: DebtInputs,
    term: DebtTerms,
    balloon: Usd,
    outlook: Ratio,
    value: UsdStock,
    terms: Terms,
) -> Usd:
    assert given.new is not None and term.refinancing is not None
    rate = new_rate(modes, given.new, term) / terms.horizon.periods_per_year
    limit = carried_by_cash(given.new.capacity, outlook, term.refinancing.dscr, rate, given.new.periods)
    limit = line(f"{modes.name}.carried_by_cash", limit)
    if term.refinancing.ltv is not None:
        by_value = line(f"{modes.name}.carried_by_value", term.refinancing.ltv * maximum(0.0, value))
        limit = minimum(limit, by_value)
    return minimum(balloon, within_market(term.refinancing.available, limit))


def outlook_of(margins: tuple[Usd, ...], base_margins: tuple[Usd, ...]) -> Ratio:
    """How the site does beside its base case: margin of the last twelve months over that of the base case, 0..1.

        outlook = clip(sum of margin / sum of base margin, 0, 1), 1 where there is none

    Source: ours, a simplification of a forecast: what went wrong stays wrong, in the same proportion.

    >>> outlook_of((80.0, 100.0), (100.0, 100.0)), outlook_of((), ())
    (0.9, 1.0)
    """
    return line("outlook", clip(quotient(total(margins), total(base_margins), none=1.0), 0.0, 1.0))
