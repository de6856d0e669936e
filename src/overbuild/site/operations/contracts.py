"""Contracts alive: which run in a period, what they bring, what it costs when one fails, is late or is ended."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import blend, line, maximum, minimum, quotient, total
from overbuild.site.terms.inputs import ContractInputs, Inputs
from overbuild.site.terms.paths import path_value
from overbuild.site.terms.shape import ContractShape, Shape
from overbuild.site.terms.state import ContractState, State
from overbuild.site.terms.terms import ContractTerms, Terms
from overbuild.units import Flag01, Share, Usd, UsdStock


class LiveContract(NamedTuple):
    """A contract in a period: alive, share of its phase that it takes now, its use and its price."""

    name: str
    alive: Flag01
    live: Share
    taken: Share
    used: Share
    price: Usd
    live_at_end: Share


class Lateness(NamedTuple):
    """What lateness of a contract costs: damages, termination, refund of the prepayment; damages paid so far."""

    ld: Usd
    termination: Usd
    refund: Usd
    ld_paid: UsdStock


def alive_after(alive: Flag01, fails: Flag01, stops: Flag01) -> Flag01:
    """Whether a contract is alive after the failure of its offtaker or the end for lateness.

        alive = alive before * (1 - fails) * (1 - stops)

    Source: ours, a definition.

    >>> alive_after(1.0, 0.0, 1.0)
    0.0
    """
    return alive * (1.0 - fails) * (1.0 - stops)


def live_contracts(shape: Shape, state: State, inputs: Inputs, terms: Terms) -> tuple[LiveContract, ...]:
    """Contracts of a period. One that follows another is live by its weight and by what was live of the other.

        live = runs * alive [* renews * live in its last period of the one it follows]

    Source: ours, a definition: a renewal is weighed, not drawn.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> live_contracts(SHAPE, OPENING, INPUTS, TERMS)[0].live
    1.0
    """
    before = {one.name: one.live_at_end for one in state.contracts}
    return tuple(
        _live(modes, contract, given, term, term.renews * before[modes.follows] if modes.follows else None)
        for modes, contract, given, term in zip(
            shape.contracts, state.contracts, inputs.contracts, terms.contracts, strict=True
        )
    )


def _live(
    modes: ContractShape,
    contract: ContractState,
    given: ContractInputs,
    term: ContractTerms,
    renewed: Share | None,
) -> LiveContract:
    alive = alive_after(contract.alive, given.fails, given.stops)
    live = given.runs * alive if renewed is None else given.runs * alive * renewed
    return LiveContract(
        name=modes.name,
        alive=alive,
        live=line(f"{modes.name}.live", live),
        taken=live * term.share,
        used=path_value(modes.utilisation, given.utilisation, term.utilisation),
        price=line(f"{modes.name}.price", path_value(modes.price, given.price, term.price)),
        live_at_end=blend(given.last, live, contract.live_at_end),
    )


def contract_revenue(taken: Share, capacity: Usd, used: Share, take_or_pay: Share, price: Usd) -> Usd:
    """Revenue of a contract paid by the GPU-hour: at least the take-or-pay share of the capacity that it takes.

        revenue = taken * capacity * max(used, take_or_pay) * price

    Source: ours, a simplification of take-or-pay, settled in every period.

    >>> contract_revenue(0.5, 1000.0, 0.6, 0.8, 2.0)
    800.0
    """
    return taken * capacity * maximum(used, take_or_pay) * price


def contract_claim(fails: Flag01, alive: Flag01, term: ContractTerms, capacity: Usd, price: Usd, periods: Usd) -> Usd:
    """Claim on an offtaker that fails: take-or-pay of the periods that may be claimed, at hours and price of now.

        claim = fails * alive before * share * capacity * take_or_pay * price * periods claimed

    Source: ours, a simplification of damages: no duty to mitigate, no discount.

    >>> from overbuild.site.examples import TERMS
    >>> contract_claim(1.0, 1.0, TERMS.contracts[0], 876e6, 0.5, 2.0) / 1e6
    876.0
    """
    return fails * alive * term.share * capacity * term.take_or_pay * price * periods


def lateness(contract: ContractState, given: ContractInputs, term: ContractTerms, owed: UsdStock | None) -> Lateness:
    """What a late start costs: damages up to their cap, and what the end for lateness costs.

        ld          = min(late * alive before * ld_per_period, ld_cap - damages paid so far)
        termination = stops * alive before * termination_payment
        refund      = stops * alive before * prepayment not yet credited

    `owed` is the prepayment, where it is this contract's. Source: Yescombe, Principles of Project Finance, 13.6.

    >>> from overbuild.site.examples import INPUTS, OPENING, TERMS
    >>> late = INPUTS.contracts[0]._replace(late=1.0)
    >>> lateness(OPENING.contracts[0], late, TERMS.contracts[0]._replace(ld=30.0, ld_cap=20.0), None).ld
    20.0
    """
    ld = given.late * contract.alive * term.ld
    if term.ld_cap is not None:
        ld = minimum(ld, maximum(0.0, term.ld_cap - contract.ld_paid))
    ended = given.stops * contract.alive
    refund = 0.0 if owed is None else ended * owed
    return Lateness(ld, ended * term.termination_payment, refund, contract.ld_paid + ld)


def contracted_share(shape: Shape, contracts: tuple[LiveContract, ...], hours: dict[str, Usd]) -> Share:
    """Share of the hours of all phases that contracts take.

        contracted_share = sum of live share * hours / sum of hours, 0 without hours

    Source: ours, a definition.

    >>> from overbuild.site.examples import INPUTS, OPENING, SHAPE, TERMS
    >>> contracted_share(SHAPE, live_contracts(SHAPE, OPENING, INPUTS, TERMS), {"hall": 876e6})
    1.0
    """
    taken = total(
        one.taken * hours[modes.phase]
        for modes, one in zip(shape.contracts, contracts, strict=True)
        if modes.unit == "gpu_hour"
    )
    return line("contracted_share", quotient(taken, total(hours.values()), none=0.0))
