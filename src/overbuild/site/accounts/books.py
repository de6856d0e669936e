"""Components in both books: depreciation of a period, what leaves, what is built, bought and capitalised."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, quotient, total
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import AssetState, State
from overbuild.site.terms.terms import Terms
from overbuild.units import Count, Flag01, Share, Usd, UsdStock, Years


class WrittenDown(NamedTuple):
    """A component after depreciation; `gone` is 1 where it leaves in the period for sure."""

    name: str
    book_depreciation: Usd
    tax_depreciation: Usd
    book_left: UsdStock
    tax_left: UsdStock
    gone: Flag01


class Spending(NamedTuple):
    """What is spent on a component in a period."""

    name: str
    amount: Usd


def straight_line_charge(basis: UsdStock, in_book_life: Share, book_life_years: Years, periods_per_year: Count) -> Usd:
    """Straight-line depreciation over the book life, from the first period in service.

        charge = basis * in_book_life / (book_life_years * periods_per_year)

    Source: ours, the standard definition of straight-line depreciation, down to a residual value of 0.

    >>> straight_line_charge(600.0, 1.0, 6.0, 4.0)
    25.0
    """
    return basis * in_book_life / (book_life_years * periods_per_year)


def tax_charge(basis: UsdStock, bonus_share: Share, first_tax_year: Share, tax_table_share: Share) -> Usd:
    """Tax depreciation: the bonus in the first tax year, the table of the tax class on the rest.

        charge = basis * (bonus_share * first_tax_year + (1 - bonus_share) * tax_table_share)

    Shares of a tax year are spread over its periods in service.
    Sources: IRS Pub. 946 Table A-1 (half-year convention); bonus of IRC 168(k).

    >>> tax_charge(600.0, 0.5, 1.0, 0.2)
    360.0
    """
    return basis * (bonus_share * first_tax_year + (1.0 - bonus_share) * tax_table_share)


def write_down(shape: Shape, state: State, inputs: Inputs, terms: Terms) -> tuple[WrittenDown, ...]:
    """Depreciation of each component, and whether it leaves: with its fleet, or with the site in the last period.

    Source: its parts: `straight_line_charge`, `tax_charge`.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> [one.book_depreciation / 1e6 for one in write_down(SHAPE, OPENING, INPUTS, TERMS)]
    [20.0, 120.0]
    """
    leaves = {modes.component: given.leaves for modes, given in zip(shape.fleets, inputs.fleets, strict=True)}
    p = terms.horizon.periods_per_year
    found: list[WrittenDown] = []
    for asset, given, term in zip(state.components, inputs.components, terms.components, strict=True):
        book = straight_line_charge(asset.book_basis, given.in_book_life, term.book_life_years, p)
        tax = tax_charge(asset.tax_basis, term.bonus_share, given.first_tax_year, given.tax_table_share)
        gone = maximum(leaves[asset.name], inputs.last) if asset.name in leaves else inputs.last
        found.append(WrittenDown(asset.name, book, tax, asset.book_value - book, asset.tax_value - tax, gone))
    line("book_depreciation", total(one.book_depreciation for one in found))
    line("tax_depreciation", total(one.tax_depreciation for one in found))
    return tuple(found)


def spend(shape: Shape, state: State, inputs: Inputs, terms: Terms) -> tuple[Spending, ...]:
    """Capex of a period by component: as planned, and the overruns beyond the contingency, spread by cost.

        overrun so far = overrun so far before + sum of cost * spend_share * overrun
        extra          = max(0, overrun so far - contingency) - max(0, overrun so far before - contingency)
        spending       = cost * spend_share + extra * cost / sum of cost of what is built

    Source: ours, a convention: the contingency is in the budget and is eaten first.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> [one.amount for one in spend(SHAPE, OPENING, INPUTS, TERMS)]
    [0.0, 0.0]
    """
    rows = list(zip(shape.components, inputs.components, terms.components, strict=True))
    after = overrun_after(state.overrun, inputs, terms)
    kept = terms.funding.contingency
    extra = line("overrun_beyond_contingency", maximum(0.0, after - kept) - maximum(0.0, state.overrun - kept))
    built = total(term.cost for modes, _, term in rows if modes.built)
    return tuple(
        Spending(
            modes.name,
            term.cost * given.spend_share + quotient(extra * term.cost, built, none=0.0)
            if modes.built
            else term.cost * 0.0,
        )
        for modes, given, term in rows
    )


def overrun_after(overrun: UsdStock, inputs: Inputs, terms: Terms) -> UsdStock:
    """Overruns so far, this period included.

        overrun = overrun before + sum of cost * spend_share * overrun share

    Source: ours, a definition.

    >>> from overbuild.site.examples import INPUTS, TERMS
    >>> overrun_after(5.0, INPUTS, TERMS)
    5.0
    """
    pairs = zip(inputs.components, terms.components, strict=True)
    return overrun + total(term.cost * given.spend_share * term.overrun for given, term in pairs)


def capitalised_share(shape: Shape, spending: tuple[Spending, ...], state: State, inputs: Inputs) -> Share:
    """Share of financing cost while building that is added to assets: that of spending on what is not in service.

        share = building * spent on components not in service / spent on all, 1 before anything is spent

    Source: ours, a simplification of capitalised interest (ASC 835-20): by spending, not by borrowing.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE
    >>> capitalised_share(SHAPE, (Spending("shell", 0.0), Spending("it", 0.0)), OPENING, INPUTS)
    0.0
    """
    running = {one.name: one.running for one in inputs.phases}
    spent = [one.spent + new.amount for one, new in zip(state.components, spending, strict=True)]
    waits = total((1.0 - running[modes.phase]) * amount for modes, amount in zip(shape.components, spent, strict=True))
    return line("capitalised_share", inputs.building * quotient(waits, total(spent), none=1.0))


def capitalised_on(shape: Shape, inputs: Inputs, terms: Terms) -> tuple[Share, ...]:
    """How financing cost is spread over the components that are built and not in service: by their cost.

        share = cost / sum of cost, of those; 0 for the others

    Source: ours, a convention: financing cost follows cost.

    >>> from overbuild.site.examples import INPUTS, SHAPE, TERMS
    >>> waiting = INPUTS.phases[0]._replace(running=0.0)
    >>> capitalised_on(SHAPE, INPUTS._replace(phases=(waiting,)), TERMS)
    (0.4, 0.6)
    """
    running = {one.name: one.running for one in inputs.phases}
    pairs = zip(shape.components, terms.components, strict=True)
    costs = [(1.0 - running[modes.phase]) * term.cost if modes.built else term.cost * 0.0 for modes, term in pairs]
    return tuple(quotient(cost, total(costs), none=0.0) for cost in costs)


def after_period(
    asset: AssetState,
    down: WrittenDown,
    stays: Flag01,
    last: Flag01,
    added: Usd,
    capitalised: Usd,
    tax_capitalised: Usd,
) -> AssetState:
    """A component at the end of a period: written down, then gone, then built, bought and capitalised.

        value = stays * (1 - last) * (value before - depreciation) + added + capitalised

    `spent` still stands in the last period, where both books are closed.
    Source: ours, an identity, a value rolled forward; that what leaves is written down first is a convention.

    >>> asset = AssetState("it", 600.0, 600.0, 600.0, 600.0, 600.0)
    >>> after_period(asset, WrittenDown("it", 100.0, 0.0, 500.0, 600.0, 0.0), 1.0, 0.0, 50.0, 0.0, 0.0).book_value
    550.0
    """
    kept = stays * (1.0 - last)
    return AssetState(
        name=asset.name,
        spent=stays * asset.spent + added,
        book_basis=stays * asset.book_basis + added + capitalised,
        tax_basis=stays * asset.tax_basis + added + tax_capitalised,
        book_value=line(f"{asset.name}.book_value", kept * down.book_left + added + capitalised),
        tax_value=line(f"{asset.name}.tax_value", kept * down.tax_left + added + tax_capitalised),
    )
