"""Recovery: how claims with liens share collateral, by rank and pro rata."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import maximum, minimum, power, quotient, total
from overbuild.units import Share, UsdStock, Years


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


class Pot(NamedTuple):
    """Collateral as sold, net of its cost, for those who hold liens on it."""

    proceeds: UsdStock
    liens: tuple[Lien, ...]


class Recovery(NamedTuple):
    """What a creditor gets: paid, as a share of the claim, and the loss at the day of default."""

    name: str
    paid: UsdStock
    paid_share: Share
    loss_given_default: Share


def paid_by_rank(
    proceeds: UsdStock, owing: dict[str, UsdStock], liens: tuple[Lien, ...]
) -> tuple[UsdStock, dict[str, UsdStock]]:
    """Proceeds paid out by rank, pro rata within a rank: what is left of them, and what is still owed to each.

    Source: ours, the standard definition of priority by rank, pari passu within one.

    >>> paid_by_rank(50.0, {"a": 30.0, "b": 40.0, "c": 40.0}, (Lien("a", 1), Lien("b", 2), Lien("c", 2)))
    (0.0, {'a': 0.0, 'b': 30.0, 'c': 30.0})
    """
    owing = dict(owing)
    for rank in sorted({lien.rank for lien in liens}):
        names = [lien.claim for lien in liens if lien.rank == rank]
        asked = total(owing[name] for name in names)
        share = minimum(1.0, quotient(proceeds, asked, none=0.0))
        proceeds = maximum(0.0, proceeds - asked)
        for name in names:
            owing[name] = owing[name] * (1.0 - share)
    return proceeds, owing


def paid_from_pots(
    pots: tuple[Pot, ...], free: UsdStock, owing: dict[str, UsdStock], unsecured: tuple[Lien, ...]
) -> tuple[UsdStock, dict[str, UsdStock]]:
    """Each pot pays those who hold it, by rank; surpluses join the free cash, which pays what is then owed, by rank.

    `unsecured` ranks every claim on the free cash. Returns what is left to the owners, and what stays owed to each.
    Source: ours, a convention: a surplus pays whoever is still owed; the alternative gives it to the owners.

    >>> paid_from_pots((Pot(40.0, (Lien("term", 1),)),), 20.0, {"term": 80.0}, (Lien("term", 1),))
    (0.0, {'term': 20.0})
    """
    for pot in pots:
        surplus, owing = paid_by_rank(pot.proceeds, owing, pot.liens)
        free = free + surplus
    return paid_by_rank(free, owing, unsecured)


def enforce_liens(
    pools: tuple[Pool, ...], unencumbered: UsdStock, claims: tuple[Claim, ...], lag_years: Years
) -> tuple[tuple[Recovery, ...], UsdStock]:
    """Each pool pays its liens; what is then still owed is paid from the unencumbered pool and from surpluses.

        loss_given_default = 1 - paid / amount / (1 + rate_per_year)^lag_years

    Returns the recoveries in order of the claims, and what is left to the owners.
    Source: ours, the standard definition of loss given default; one lag for all claims is a simplification.

    >>> term = Claim("term", 80.0, 1, 0.0)
    >>> enforce_liens((Pool(100.0, 0.5, (Lien("term", 1),)),), 10.0, (term,), 1.0)
    ((Recovery(name='term', paid=60.0, paid_share=0.75, loss_given_default=0.25),), 0.0)
    """
    owing: dict[str, UsdStock] = {claim.name: claim.amount for claim in claims}
    pots = tuple(Pot(pool.value * (1.0 - pool.cost_share), pool.liens) for pool in pools)
    left, owing = paid_from_pots(pots, unencumbered, owing, tuple(Lien(claim.name, claim.rank) for claim in claims))
    recoveries: list[Recovery] = []
    for claim in claims:
        paid = claim.amount - owing[claim.name]
        share = quotient(paid, claim.amount, none=1.0)
        loss = 1.0 - share * power(1.0 + claim.rate_per_year, -lag_years)
        recoveries.append(Recovery(claim.name, paid, share, loss))
    return tuple(recoveries), left
