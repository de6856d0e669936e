"""Components at the end of a period: what was built, bought, capitalised, replaced and gone."""

from __future__ import annotations

from overbuild.equations import line, total
from overbuild.site.accounts.books import Spending, WrittenDown, after_period, capitalised_on
from overbuild.site.accounts.fleet import Fleets
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import AssetState, State
from overbuild.site.terms.terms import Terms
from overbuild.units import Flag01, Usd


def assets_after(
    shape: Shape,
    state: State,
    inputs: Inputs,
    terms: Terms,
    downs: tuple[WrittenDown, ...],
    spending: tuple[Spending, ...],
    fleets: Fleets,
    financed: Usd,
) -> tuple[AssetState, ...]:
    """The components at the end of a period; `financed` is the financing cost that is added to them.

    What is spent in a period that nobody can pay is not spent: the spending given is 0 then.
    Source: its part: `after_period`.

    >>> from overbuild.site.accounts.books import write_down
    >>> from overbuild.site.accounts.fleet import Wallet, buy_fleets
    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> downs = write_down(SHAPE, OPENING, INPUTS, TERMS)
    >>> fleets = buy_fleets(SHAPE, OPENING, INPUTS, TERMS, downs, Wallet(0.0, 0.0, 0.0, 1.0), 0.0, 0.0)
    >>> idle = (Spending("shell", 0.0), Spending("it", 0.0))
    >>> assets_after(SHAPE, OPENING, INPUTS, TERMS, downs, idle, fleets, 0.0)[1].book_value / 1e6
    480.0
    """
    stays, bought = _standing(shape, inputs, fleets)
    shares = capitalised_on(shape, inputs, terms)
    rows = zip(state.components, downs, spending, shares, strict=True)
    found = tuple(
        after_period(
            asset,
            down,
            stays.get(asset.name, 1.0 - total(())),
            inputs.last,
            added=new.amount + bought.get(asset.name, total(())),
            capitalised=financed * share,
            tax_capitalised=terms.tax.financing_cost_share * financed * share,
        )
        for asset, down, new, share in rows
    )
    line("book_value", total(one.book_value for one in found))
    return found


def _standing(shape: Shape, inputs: Inputs, fleets: Fleets) -> tuple[dict[str, Flag01], dict[str, Usd]]:
    """Whether the component of each fleet stays, and what is paid for it now."""
    components = {modes.name: modes.component for modes in shape.fleets}
    stays = {modes.component: 1.0 - given.leaves for modes, given in zip(shape.fleets, inputs.fleets, strict=True)}
    bought: dict[str, Usd] = {}
    for modes, one in zip(shape.fleets, fleets.purchases, strict=True):
        bought[modes.component] = one.cost
        for name in modes.replaces:
            stays[components[name]] = stays[components[name]] * (1.0 - one.funded)
    return stays, bought
