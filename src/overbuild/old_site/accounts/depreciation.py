"""The components for books and tax: depreciation, disposals, additions."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, total
from overbuild.old_site.operations.powered_shell import chips_sold
from overbuild.old_site.terms.inputs import ComponentInputs, Inputs
from overbuild.old_site.terms.state import ComponentState, State
from overbuild.old_site.terms.terms import ComponentTerms, Terms
from overbuild.units import Count, Usd, UsdStock


class Books(NamedTuple):
    """Depreciation of the period and gains on disposal, for books and for tax."""

    depreciation: Usd
    tax_depreciation: Usd
    book_value: UsdStock
    book_gain: Usd
    tax_gain: Usd
    components: tuple[ComponentState, ...]


def book_depreciation(component: ComponentState, in_book_life: Count, book_life_years: Count, p: Count) -> Usd:
    """Straight-line depreciation over the book life, from the first period in service.

        book_depreciation = book_basis * in_book_life / (book_life_years * periods_per_year)

    Source: ours, the standard definition of straight-line depreciation, down to a residual value of 0.

    >>> book_depreciation(ComponentState("it", 600.0, 600.0, 600.0, 600.0), 1.0, 6.0, 4.0)
    25.0
    """
    return line(f"{component.name}.book_depreciation", component.book_basis * in_book_life / (book_life_years * p))


def tax_depreciation(component: ComponentState, inputs: ComponentInputs, terms: ComponentTerms) -> Usd:
    """Tax depreciation: the bonus in the first tax year, the table of the tax class on the rest.

        tax_depreciation = tax_basis * (bonus_share * first_year + (1 - bonus_share) * tax_table_share)

    Both shares of a year are spread equally over its periods.
    Sources: IRS Pub. 946 Table A-1 (half-year convention); bonus of IRC 168(k).

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> it = TERMS.components[1]._replace(bonus_share=0.5)
    >>> tax_depreciation(ComponentState("it", 600.0, 600.0, 600.0, 600.0), INPUTS.components[1], it)
    360.0
    """
    share = terms.bonus_share * inputs.first_year + (1.0 - terms.bonus_share) * inputs.tax_table_share
    return line(f"{component.name}.tax_depreciation", component.tax_basis * share)


class Closed(NamedTuple):
    """One component at the end of the period; `sold` and `tax_sold` are the book and tax value of what was sold."""

    depreciation: Usd
    tax_depreciation: Usd
    sold: UsdStock
    tax_sold: UsdStock
    book_value: UsdStock
    state: ComponentState


def closed(
    component: ComponentState, given: ComponentInputs, term: ComponentTerms, case: tuple[Inputs, Terms]
) -> Closed:
    """One component for books and tax: depreciation first, then disposals, then additions.

        value = value before - depreciation - what is sold + what is placed

    In the last period all of it is sold; `book_value` still shows it, the state after it does not.
    Source: ours, an identity, a value rolled forward; that what is sold is written down first is a convention.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, TERMS
    >>> closed(OPENING.components[1], INPUTS.components[1], TERMS.components[1], (INPUTS, TERMS)).book_value / 1e6
    1500.0
    """
    inputs, terms = case
    charge = book_depreciation(component, given.in_book_life, term.book_life_years, terms.site.periods_per_year)
    tax_charge = tax_depreciation(component, given, term)
    left, tax_left = component.book_value - charge, component.tax_value - tax_charge
    placed = given.placed * term.cost
    book_value = line(f"{component.name}.book_value", left - given.sold * left + placed)
    tax_value = line(f"{component.name}.tax_value", tax_left - given.sold * tax_left + placed)
    state = ComponentState(
        name=component.name,
        book_basis=component.book_basis + placed,
        tax_basis=component.tax_basis + placed,
        book_value=(1.0 - inputs.last) * book_value,
        tax_value=(1.0 - inputs.last) * tax_value,
    )
    sold = given.sold * left + inputs.last * book_value
    tax_sold = given.sold * tax_left + inputs.last * tax_value
    return Closed(charge, tax_charge, sold, tax_sold, book_value, state)


def books(state: State, inputs: Inputs, terms: Terms, terminal: Usd) -> Books:
    """All components for books and tax.

        gain = proceeds - value of what is sold

    Proceeds are those of the old chips and `terminal`, the net proceeds of the last period.
    Source: ours, the standard definition of a gain on disposal, over all components together.

    >>> from overbuild.old_site.examples import INPUTS, OPENING, TERMS
    >>> books(OPENING, INPUTS, TERMS, 0.0).tax_depreciation / 1e6
    450.0
    """
    trios = zip(state.components, inputs.components, terms.components, strict=True)
    each = [closed(component, given, term, (inputs, terms)) for component, given, term in trios]
    proceeds = chips_sold(inputs, terms) + terminal
    return Books(
        depreciation=line("book_depreciation", total(one.depreciation for one in each)),
        tax_depreciation=line("tax_depreciation", total(one.tax_depreciation for one in each)),
        book_value=line("book_value", total(one.book_value for one in each)),
        book_gain=line("book_gain", proceeds - total(one.sold for one in each)),
        tax_gain=line("tax_gain", proceeds - total(one.tax_sold for one in each)),
        components=tuple(one.state for one in each),
    )
