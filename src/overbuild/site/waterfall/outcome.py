"""What owners are asked for in a period, what they do, and how it ends where they do not."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, breached, maximum, minimum, present, total
from overbuild.site.terms.inputs import Inputs
from overbuild.site.terms.shape import Shape
from overbuild.site.terms.state import State
from overbuild.site.terms.terms import Terms
from overbuild.site.waterfall.shortfall import Shortfall
from overbuild.site.waterfall.tests import Breaches, Tested, run_tests
from overbuild.units import Flag01, Usd, UsdStock


class Wish(NamedTuple):
    """One wish a period: the amount, whether it is wanted, what the site mends itself, whether something stays unpaid."""

    amount: Usd
    wanted: Flag01
    own: Usd
    unpaid: Flag01
    matured: Flag01


class Outcome(NamedTuple):
    """How a period ends: cure, support and own cash; or a default at maturity, of payment, of covenant, a closing.

    `asked` is what owners are asked for, whether they pay it or not.
    """

    asked: Usd
    cure: Usd
    support: Usd
    own: Usd
    used: Flag01
    maturity: Flag01
    payment: Flag01
    covenant: Flag01
    closed: Flag01
    breaches: Breaches


def wish_of(tested: Tested, breaches: Breaches, short: Shortfall) -> Wish:
    """What is missing in a period, in one amount: never more than what is owed.

        own    = min(excess debt, max(0, at hand - owed)): a balance is first put right from the site's own cash
        amount = max(min(missing cash, unpaid + debt), unpaid + excess debt - own);  without debt: unpaid
        wanted = 1 where missing cash, excess debt - own, unpaid or a default that money cannot mend is present

    Source: ours, a convention: a bad quarter takes one cure, whatever it trips.

    >>> from overbuild.site.examples import TESTED
    >>> short = Shortfall(100.0, 90.0, 0.0, 0.0, 0.0, 0.0, 10.0)
    >>> wish_of(TESTED, Breaches(0.0, 0.0, 30.0, 0.0, 0.0), short).amount
    30.0
    """
    scale, unpaid = tested.scale, short.unpaid
    own = minimum(breaches.excess_debt, maximum(0.0, short.at_hand - short.owed))
    cash = minimum(breaches.missing_cash, unpaid + tested.debt)
    amount = blend(tested.indebted, maximum(cash, unpaid + breaches.excess_debt - own), unpaid)
    lacks = present(unpaid, scale)
    covenant = maximum(present(breaches.missing_cash, scale), present(breaches.excess_debt - own, scale))
    wanted = blend(tested.indebted, maximum(maximum(covenant, breaches.hopeless), lacks), lacks)
    return Wish(amount, wanted, own, lacks, present(short.balloon_unpaid, scale))


def willing(worth: UsdStock, amount: Usd, scale: UsdStock) -> Flag01:
    """Whether owners pay: what is ahead of them is worth it.

        willing = 1 - breached(worth - amount)

    Source: ours, a simplification of the option to walk away: the base case's distributions times the outlook.

    >>> willing(100.0, 40.0, 600.0), willing(10.0, 40.0, 600.0)
    (1.0, 0.0)
    """
    return 1.0 - breached(worth - amount, scale)


def decide(
    shape: Shape,
    state: State,
    inputs: Inputs,
    terms: Terms,
    tested: Tested,
    short: Shortfall,
) -> Outcome:
    """The tests of a period, and what comes of them: cure, support, or the way it ends.

        open = cures left * (cures of the last p - 1 periods below in_year) * (amount within the cap)
               * (no balloon unpaid) * (no default that money cannot mend)
        used = indebted * wanted * open * willing;  cure = used * amount, whole or not at all
        support = (without debt) wanted * max(last, willing * within the cap) * amount
        maturity where a balloon is unpaid; else, wanted and not used: payment where something is unpaid, else covenant;
        without debt and without support: closed

    Sources: equity-cure clauses (number capped, not twice in a year, applied to prepay, retained); that a failure to
    refinance is a default: hard mini-perms.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS, TESTED
    >>> short = Shortfall(100.0, 90.0, 0.0, 0.0, 0.0, 0.0, 10.0)
    >>> decide(SHAPE, OPENING, INPUTS, TERMS, TESTED, short).payment
    1.0
    """
    breaches = run_tests(shape, tested, inputs, terms)
    wish, scale = wish_of(tested, breaches, short), tested.scale
    runs = 1.0 - inputs.building
    amount, indebted, wanted, matured = wish.amount, tested.indebted, runs * wish.wanted, runs * wish.matured
    pays = willing(tested.outlook * inputs.base.worth, amount, scale) if shape.walk_away else 1.0 - total(())
    cured = total(one.used for one in state.cured)
    opened = (
        (1.0 - breaches.hopeless)
        * present(terms.owners.cures - state.cures_used, 1.0)
        * breached(cured - terms.owners.cures_in_year, 1.0)
        * (1.0 - breached(terms.owners.cure_cap - state.cures_paid - amount, scale))
        * (1.0 - matured)
    )
    used = indebted * wanted * opened * pays
    within = total(())
    if terms.owners.support is not None and state.support_paid is not None:
        within = breached(terms.owners.support - state.support_paid - amount, scale)
    helped = (1.0 - indebted) * wanted * maximum(inputs.last, pays * (1.0 - within))
    broken = (1.0 - matured) * indebted * wanted * (1.0 - used)
    return Outcome(
        asked=amount,
        cure=used * amount,
        support=helped * amount,
        own=runs * wish.own,
        used=used,
        maturity=matured,
        payment=broken * wish.unpaid,
        covenant=broken * (1.0 - wish.unpaid),
        closed=(1.0 - matured) * (1.0 - indebted) * wanted * (1.0 - helped),
        breaches=breaches,
    )
