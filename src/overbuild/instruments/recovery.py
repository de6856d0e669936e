"""Recovery: how creditors share what collateral brings, by rank and pro rata within a rank.

A lien ranks a claim in one pool of collateral; seniority ranks it in everything that no lien takes. A claim that its
pools do not pay in full shares in the rest as any other of its seniority.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import maximum, minimum, power, quotient, total
from overbuild.units import PerYear, Share, Usd, UsdStock, Years


class Lien(NamedTuple):
    """The rank of a claim in one pool of collateral; lower ranks are paid first. Both are static."""

    claim: str
    rank: int


class Seniority(NamedTuple):
    """The rank of a claim in what no lien takes; lower ranks are paid first. Both are static."""

    claim: str
    rank: int


class CollateralPool(NamedTuple):
    """Collateral that is sold at a cost, for those who hold liens on it."""

    value: UsdStock
    cost_share: Share
    liens: tuple[Lien, ...]


class Proceeds(NamedTuple):
    """What a pool of collateral brought, net of costs, for those who hold liens on it."""

    amount: Usd
    liens: tuple[Lien, ...]


class CreditorClaim(NamedTuple):
    """What a creditor is owed; `rank` is its seniority, `rate_per_year` discounts what comes late."""

    name: str
    amount: UsdStock
    rank: int
    rate_per_year: PerYear


class CreditorRecovery(NamedTuple):
    """What a creditor gets: paid, as a share of the claim, and the loss at the day of default."""

    name: str
    paid: UsdStock
    paid_share: Share
    loss_given_default: Share


class AfterPayment(NamedTuple):
    """What is left once creditors are paid: of the cash that paid them, and of what is owed to each by name."""

    left: UsdStock
    owing: dict[str, UsdStock]


class Enforced(NamedTuple):
    """What enforcement brings: the recovery of each claim, in their order, and what is left to the owners."""

    recoveries: tuple[CreditorRecovery, ...]
    left: UsdStock


def pay_by_rank(pot: Usd, owing: dict[str, UsdStock], ranks: tuple[Lien, ...] | tuple[Seniority, ...]) -> AfterPayment:
    """A pot paid out by rank, pro rata within a rank: what is left of it, and what is still owed to each.

        share = min(1, pot / sum of what is owed to the rank), 0 where nothing is owed to it
        owing = owing * (1 - share) of each claim of the rank
        pot   = max(0, pot - sum of what is owed to the rank), for the next rank

    USD. Claims without a rank here keep what they are owed. Valid: amounts of 0 or more. Source: standard.

    >>> ranks = (Lien("a", 1), Lien("b", 2), Lien("c", 2))
    >>> pay_by_rank(50.0, {"a": 30.0, "b": 40.0, "c": 40.0}, ranks)
    AfterPayment(left=0.0, owing={'a': 0.0, 'b': 30.0, 'c': 30.0})
    """
    owing = dict(owing)
    for rank in sorted({one.rank for one in ranks}):
        names = [one.claim for one in ranks if one.rank == rank]
        asked = total(owing[name] for name in names)
        share = minimum(1.0, quotient(pot, asked, none=0.0))
        pot = maximum(0.0, pot - asked)
        for name in names:
            owing[name] = owing[name] * (1.0 - share)
    return AfterPayment(pot, owing)


def distribute(
    proceeds: tuple[Proceeds, ...], free: Usd, owing: dict[str, UsdStock], seniorities: tuple[Seniority, ...]
) -> AfterPayment:
    """Proceeds pay their liens; surpluses join the free cash, which pays what is then owed, by seniority.

        free = free + what each of the proceeds leaves (`pay_by_rank` of its liens)
        left = what `pay_by_rank` of all claims by seniority leaves of it, to the owners

    USD. Proceeds are paid out in their order; one without liens is free cash. Valid: amounts of 0 or more.
    Source: ours, a simplification of enforcement: no marshalling between pools, no contractual subordination.

    >>> sold = Proceeds(40.0, (Lien("term", 1),))
    >>> distribute((sold,), 20.0, {"term": 80.0}, (Seniority("term", 1),))
    AfterPayment(left=0.0, owing={'term': 20.0})
    """
    for one in proceeds:
        surplus, owing = pay_by_rank(one.amount, owing, one.liens)
        free = free + surplus
    return pay_by_rank(free, owing, seniorities)


def enforce_liens(
    pools: tuple[CollateralPool, ...], unencumbered: UsdStock, claims: tuple[CreditorClaim, ...], lag_years: Years
) -> Enforced:
    """Each pool pays its liens; what is then still owed is paid from the unencumbered pool and from surpluses.

        proceeds           = value * (1 - cost_share) of each pool
        paid               = amount - what stays owed (`distribute`)
        paid_share         = paid / amount, 1 where nothing is claimed
        loss_given_default = 1 - paid_share * (1 + rate_per_year)^-lag_years

    USD, and shares. All is paid `lag_years` after the day of default. Valid: amounts of 0 or more, rates above -1.
    Source: ours, a simplification of a workout loss: all is paid on one day, discounted at the rate of the claim.

    >>> term = CreditorClaim("term", 80.0, 1, 0.0)
    >>> enforce_liens((CollateralPool(100.0, 0.5, (Lien("term", 1),)),), 10.0, (term,), 1.0).recoveries
    (CreditorRecovery(name='term', paid=60.0, paid_share=0.75, loss_given_default=0.25),)
    """
    owing: dict[str, UsdStock] = {claim.name: claim.amount for claim in claims}
    proceeds = tuple(Proceeds(pool.value * (1.0 - pool.cost_share), pool.liens) for pool in pools)
    seniorities = tuple(Seniority(claim.name, claim.rank) for claim in claims)
    left, owing = distribute(proceeds, unencumbered, owing, seniorities)
    recoveries: list[CreditorRecovery] = []
    for claim in claims:
        paid = claim.amount - owing[claim.name]
        share = quotient(paid, claim.amount, none=1.0)
        loss = 1.0 - share * power(1.0 + claim.rate_per_year, -lag_years)
        recoveries.append(CreditorRecovery(claim.name, paid, share, loss))
    return Enforced(tuple(recoveries), left)
