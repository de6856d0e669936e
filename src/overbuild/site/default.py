"""Default: what lenders recover from cash and collateral, and how claims with liens share it."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, maximum, minimum, power, quotient, total
from overbuild.site.terms import ComponentInputs, ComponentTerms, Inputs, Terms
from overbuild.units import Share, UsdStock, Years


def sold_for(given: ComponentInputs, term: ComponentTerms) -> UsdStock:
    """What a component brings when it is sold under enforcement, before its cost.

        sold_for = held * liquidation_share * cost * (1 - decay_per_year)^age_years

    Valid: decay below 1. Source: ours.

    >>> from overbuild.site.examples import INPUTS, TERMS
    >>> sold_for(INPUTS.components[0], TERMS.components[0]) / 1e6
    500.0
    """
    worth = power(1.0 - term.decay_per_year, given.age_years)
    return given.held * term.liquidation_share * term.cost * worth


def enforcement_discount(rate_per_year: Share, terms: Terms) -> Share:
    """What is left of proceeds after the cost of enforcement and the time it takes.

        enforcement_discount = (1 - cost_share) * (1 + rate_per_year)^-lag_years

    Source: ours.

    >>> from overbuild.site.examples import TERMS
    >>> enforcement_discount(0.0, TERMS)
    0.92
    """
    return (1.0 - terms.enforcement.cost_share) * power(1.0 + rate_per_year, -terms.enforcement.lag_years)


def collateral_net(inputs: Inputs, rate_per_year: Share, terms: Terms) -> UsdStock:
    """Value of the collateral when it is sold, after costs, at the day of default.

        collateral_net = enforcement_discount * sum of sold_for over the components

    Source: ours.

    >>> from overbuild.site.examples import INPUTS, TERMS
    >>> round(collateral_net(INPUTS, 0.0, TERMS) / 1e6, 6)
    1380.0
    """
    pairs = zip(inputs.components, terms.components, strict=True)
    sold = total(sold_for(given, term) for given, term in pairs)
    return line("collateral_net", sold * enforcement_discount(rate_per_year, terms))


def loss_share(paid: UsdStock, claim: UsdStock) -> Share:
    """What is lost of a claim, as a share of it; 0 where nothing is claimed.

        loss_share = 1 - paid / claim

    Source: standard.

    >>> loss_share(60.0, 80.0), loss_share(0.0, 0.0)
    (0.25, 0.0)
    """
    return 1.0 - quotient(paid, claim, none=1.0)


class Lien(NamedTuple):
    """A claim on a pool of collateral; lower ranks are paid first. Both are static."""

    claim: str
    rank: int


class Pool(NamedTuple):
    """Collateral that is sold at a cost, for those who hold liens on it."""

    value: UsdStock
    cost_share: Share
    liens: tuple[Lien, ...]


class Claim(NamedTuple):
    """What a creditor is owed; `rank` counts for what no lien covers."""

    name: str
    amount: UsdStock
    rank: int
    rate_per_year: Share


class Recovery(NamedTuple):
    """What a creditor gets: paid, as a share of the claim, and the loss at the day of default."""

    name: str
    paid: UsdStock
    paid_share: Share
    loss_given_default: Share


def shared(
    pot: UsdStock, owing: dict[str, UsdStock], ranks: tuple[tuple[str, int], ...]
) -> tuple[UsdStock, dict[str, UsdStock]]:
    """A pot paid out by rank, pro rata within a rank: what is left of it, and what is still owed to each.

    >>> shared(50.0, {"a": 30.0, "b": 40.0, "c": 40.0}, (("a", 1), ("b", 2), ("c", 2)))
    (0.0, {'a': 0.0, 'b': 30.0, 'c': 30.0})
    """
    owing = dict(owing)
    for rank in sorted({rank for _, rank in ranks}):
        names = [name for name, its in ranks if its == rank]
        asked = total(owing[name] for name in names)
        share = minimum(1.0, quotient(pot, asked, none=0.0))
        pot = maximum(0.0, pot - asked)
        for name in names:
            owing[name] = owing[name] * (1.0 - share)
    return pot, owing


def distributed(
    pots: tuple[tuple[UsdStock, tuple[tuple[str, int], ...]], ...],
    free: UsdStock,
    owing: dict[str, UsdStock],
    ranks: tuple[tuple[str, int], ...],
) -> tuple[UsdStock, dict[str, UsdStock]]:
    """Each pot pays those who hold it, by rank; surpluses join the free pot, which pays what is then owed, by rank.

    Returns what is left to the owners, and what stays owed to each. Source: ours.

    >>> distributed(((40.0, (("term", 1),)),), 20.0, {"term": 80.0}, (("term", 1),))
    (0.0, {'term': 20.0})
    """
    for pot, liens in pots:
        surplus, owing = shared(pot, owing, liens)
        free = free + surplus
    return shared(free, owing, ranks)


def enforce_liens(
    pools: tuple[Pool, ...], unencumbered: UsdStock, claims: tuple[Claim, ...], lag_years: Years
) -> tuple[tuple[Recovery, ...], UsdStock]:
    """Each pool pays its liens; what is then still owed is paid from the unencumbered pool and from surpluses.

        loss_given_default = 1 - paid / amount / (1 + rate_per_year)^lag_years

    Returns the recoveries in order of the claims, and what is left to the owners. Source: ours.

    >>> term = Claim("term", 80.0, 1, 0.0)
    >>> enforce_liens((Pool(100.0, 0.5, (Lien("term", 1),)),), 10.0, (term,), 1.0)
    ((Recovery(name='term', paid=60.0, paid_share=0.75, loss_given_default=0.25),), 0.0)
    """
    owing: dict[str, UsdStock] = {claim.name: claim.amount for claim in claims}
    pots = tuple((pool.value * (1.0 - pool.cost_share), pool.liens) for pool in pools)
    left, owing = distributed(pots, unencumbered, owing, tuple((claim.name, claim.rank) for claim in claims))
    recoveries: list[Recovery] = []
    for claim in claims:
        paid = claim.amount - owing[claim.name]
        share = quotient(paid, claim.amount, none=1.0)
        loss = 1.0 - share * power(1.0 + claim.rate_per_year, -lag_years)
        recoveries.append(Recovery(claim.name, paid, share, loss))
    return tuple(recoveries), left
