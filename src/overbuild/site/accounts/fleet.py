"""Fleets that replace others: saved for, bought where they can be paid, and the tax that goes with it."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import breached, clip, line, maximum, minimum, total
from overbuild.site.accounts.books import WrittenDown
from overbuild.site.accounts.tax import TaxOfPeriod, blended_tax, tax_of_period
from overbuild.site.terms.inputs import FleetInputs, Inputs
from overbuild.site.terms.shape import FleetShape, Shape
from overbuild.site.terms.state import FleetState, State
from overbuild.site.terms.terms import FleetTerms, Terms
from overbuild.units import Flag01, Usd, UsdStock


class FleetPurchase(NamedTuple):
    """A fleet in a period: bought or not, what it costs and brings, who pays; its state."""

    name: str
    funded: Flag01
    cost: Usd
    proceeds: Usd
    by_owners: Usd
    released: Usd
    contribution: Usd
    state: FleetState


class Fleets(NamedTuple):
    """All fleets of a period, the tax as it comes out, cash beside CFADS, sales of what leaves, gains in both books."""

    purchases: tuple[FleetPurchase, ...]
    tax: TaxOfPeriod
    side: Usd
    by_owners: Usd
    sale: Usd
    book_gain: Usd


class Wallet(NamedTuple):
    """What a purchase looks at: operating cash, debt service due, trapped cash, the scale of money of the case."""

    cash: Usd
    due: Usd
    trapped: UsdStock
    scale: UsdStock


class FleetDue(NamedTuple):
    """A fleet that is due: its cost, what the old GPUs bring, what is taken of the cash before, the tax on the sale.

    `taken` is tax, and the cash that other fleets of the period take. `tax_on_sale` is the part of the tax that the
    sale brings, where the owners promise all that is missing; else 0.
    """

    cost: UsdStock
    proceeds: Usd
    taken: Usd
    tax_on_sale: Usd


def reserve_contribution(missing: Usd, reserve_share: Usd, spare: Usd) -> Usd:
    """What is saved for a fleet in a period: an equal part of what is missing, out of what debt service leaves.

        contribution = min(max(0, missing) * reserve_share, spare)

    Source: Yescombe, Principles of Project Finance, 13.5: reserves come after debt service.

    >>> reserve_contribution(240.0, 0.5, 100.0)
    100.0
    """
    return minimum(maximum(0.0, missing) * reserve_share, spare)


def buy_fleets(
    shape: Shape,
    state: State,
    inputs: Inputs,
    terms: Terms,
    downs: tuple[WrittenDown, ...],
    wallet: Wallet,
    income: Usd,
    interest: Usd,
) -> Fleets:
    """Which fleets are bought in a period, with tax reckoned with and without the sale of those that they replace.

        spare    = max(0, cash - tax with the sale - due)
        headroom = reserve + spare + owners' promise + proceeds - cost
        funded   = bought now * (no breach of headroom) * (no breach of cash - tax with the sale + trapped - due)

    `income` is EBITDA and terminal proceeds. Not funded, the old GPUs stay and the reserve is released. Owners who
    promise all that is missing pay the tax on the sale too, as far as cash does not.
    Source: ours, a convention: a fleet is bought only where it makes no default.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> from overbuild.site.accounts.books import write_down
    >>> downs = write_down(SHAPE, OPENING, INPUTS, TERMS)
    >>> buy_fleets(SHAPE, OPENING, INPUTS, TERMS, downs, Wallet(90.0, 50.0, 0.0, 1.0), 90.0, 20.0).side
    0.0
    """
    rows = list(zip(shape.fleets, state.fleets, inputs.fleets, terms.fleets, strict=True))
    sale = line("fleet_sale", total(given.leaves * fleet.stands * term.sale for _, fleet, given, term in rows))
    depreciation = total(one.tax_depreciation for one in downs)
    gain = sale - total(one.gone * one.tax_left for one in downs)
    by_name = {one.name: one for one in downs}
    components = {modes.name: modes.component for modes in shape.fleets}

    def taxed(taxable: Usd) -> TaxOfPeriod:
        return tax_of_period(shape, state.tax, terms.tax, inputs.new_tax_year, taxable, depreciation, interest)

    tax, used, income = taxed(income + gain), total(()), income + gain
    bought: dict[str, FleetPurchase] = {}
    for modes, fleet, given, term in rows:
        if not modes.later:
            continue
        old = [by_name[components[name]] for name in modes.replaces]
        stood = total(one.stands for one in state.fleets if one.name in modes.replaces)
        proceeds = stood * term.proceeds
        sold = proceeds - total((1.0 - one.gone) * one.tax_left for one in old)
        cost = next(one.cost for one in terms.components if one.name == modes.component)
        tax_with = taxed(income + sold)
        on_sale = maximum(0.0, tax_with.tax - tax.tax) if modes.owners == "all" else total(())
        due = FleetDue(cost, proceeds, tax_with.tax + used, on_sale)
        one = _purchase(modes, fleet, given, term, due, wallet)
        tax = blended_tax(one.funded, tax_with, tax)
        income = income + one.funded * sold
        used = used + maximum(0.0, one.cost - one.proceeds - one.funded * fleet.reserve - one.by_owners)
        bought[modes.name] = one
    left = maximum(0.0, wallet.cash - tax.tax - wallet.due - used)
    purchases: list[FleetPurchase] = []
    for modes, fleet, given, term in rows:
        one = bought.get(modes.name) or _kept(fleet)
        if modes.later:
            cost = next(asset.cost for asset in terms.components if asset.name == modes.component)
            saved = reserve_contribution(cost - term.proceeds - fleet.reserve, given.reserve_share, left)
            left = left - saved
            one = one._replace(contribution=saved)
        replaced = total(after.funded for name, after in bought.items() if _replaces(shape, name, modes.name))
        stands = fleet.stands * (1.0 - given.leaves) * (1.0 - replaced) + one.funded
        reserve = (fleet.reserve + one.contribution) * (1.0 - given.bought)
        purchases.append(one._replace(state=FleetState(modes.name, stands, reserve)))
    return _summed(shape, tuple(purchases), tax, sale, by_name)


def _replaces(shape: Shape, later: str, earlier: str) -> bool:
    return earlier in next(one.replaces for one in shape.fleets if one.name == later)


def _kept(fleet: FleetState) -> FleetPurchase:
    none = total(())
    return FleetPurchase(fleet.name, none, none, none, none, none, none, fleet)


def _purchase(
    modes: FleetShape,
    fleet: FleetState,
    given: FleetInputs,
    term: FleetTerms,
    due: FleetDue,
    wallet: Wallet,
) -> FleetPurchase:
    """A fleet that is due, bought or not."""
    cost, proceeds = due.cost, due.proceeds
    after_debt = wallet.cash - due.taken - wallet.due
    taxed = minimum(due.tax_on_sale, maximum(0.0, -(after_debt + wallet.trapped)))
    missing = cost - proceeds - fleet.reserve - maximum(0.0, after_debt)
    promise = {"none": total(()), "some": term.owners_pay, "all": maximum(0.0, missing)}[modes.owners]
    payable = 1.0 - breached(promise - missing, cost)
    unharmed = 1.0 - breached(after_debt + wallet.trapped + taxed, wallet.scale)
    funded = line(f"{modes.name}.funded", given.bought * payable * unharmed)
    by_owners = funded * (clip(missing, 0.0, promise) + taxed)
    return FleetPurchase(
        name=modes.name,
        funded=funded,
        cost=funded * cost,
        proceeds=funded * proceeds,
        by_owners=by_owners,
        released=given.bought * fleet.reserve,
        contribution=total(()),
        state=fleet,
    )


def _summed(
    shape: Shape,
    purchases: tuple[FleetPurchase, ...],
    tax: TaxOfPeriod,
    sale: Usd,
    downs: dict[str, WrittenDown],
) -> Fleets:
    cost = line("fleet_cost", total(one.cost for one in purchases))
    proceeds = line("replaced_gpu_proceeds", total(one.proceeds for one in purchases))
    by_owners = line("paid_by_owners", total(one.by_owners for one in purchases))
    saved = line("fleet_reserve_contribution", total(one.contribution for one in purchases))
    released = line("fleet_reserve_released", total(one.released for one in purchases))
    line("fleet_reserve_balance", total(one.state.reserve for one in purchases))
    side = line("cash_beside_cfads", released - saved - cost + proceeds + by_owners)
    components = {modes.name: modes.component for modes in shape.fleets}
    lost = total(one.gone * one.book_left for one in downs.values())
    for modes, one in zip(shape.fleets, purchases, strict=True):
        for name in modes.replaces:
            down = downs[components[name]]
            lost = lost + one.funded * (1.0 - down.gone) * down.book_left
    return Fleets(purchases, tax, side, by_owners, sale, sale + proceeds - lost)
