"""One round of losses written out, party by party and contract by contract: what a workbook shows and `why` reads.

`rounds.batch` runs the same formulas on arrays; both come to the same numbers.
"""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, total
from overbuild.lenders.rounds.losses import (
    estate,
    lost_revenue,
    owed_under_guarantee,
    own_loss,
    paid_after,
    paid_first,
    paid_of,
    stops_paying,
    unpaid,
    written_off,
)
from overbuild.lenders.rounds.study import ContractEdge, Study
from overbuild.units import Count, Flag01, Share, Usd, UsdStock


class PartyTerms(NamedTuple):
    """The numbers of a party: its capital, what its owners hold, debt to nobody named, revenue and the share that falls."""

    name: str
    buffer: UsdStock
    worth: UsdStock
    unnamed: UsdStock
    revenue: Usd
    fallen: Share
    forced: Flag01


class EdgeTerms(NamedTuple):
    """The numbers of a contract: what it is about, and the share of it that its buyer gives up."""

    name: str
    amount: UsdStock
    cut: Share


class CoverTerms(NamedTuple):
    """The number of a guarantee: what it pays at most."""

    name: str
    limit: UsdStock


class RoundTerms(NamedTuple):
    """The numbers of a study, and what suppliers keep of lost revenue and failures leave of estates."""

    parties: tuple[PartyTerms, ...]
    edges: tuple[EdgeTerms, ...]
    covers: tuple[CoverTerms, ...]
    kept: Share
    share: Share


class PartyState(NamedTuple):
    """Where a party stands after a round: whether it has stopped, what its creditors are paid, what a stake in it has lost."""

    name: str
    stops: Flag01
    senior: Share
    junior: Share
    written: Share


class RoundState(NamedTuple):
    """All parties after a round."""

    parties: tuple[PartyState, ...]


class RoundInputs(NamedTuple):
    """The number of a round, from 1."""

    number: Count


def round_of_losses(study: Study, state: RoundState, inputs: RoundInputs, terms: RoundTerms) -> RoundState:
    """One round: what each contract costs where parties stand as after the round before, and where they stand then.

    Source: its parts, each for its own line; ours, a convention for their order: losses, guarantees, failures, estates.

    >>> from overbuild.lenders.rounds.study import ContractEdge, Party
    >>> pair = Study((Party("a", "A", "lab", False), Party("b", "B", "bank", True)), (ContractEdge("x", "debt", 0, 1),), ())
    >>> parties = (PartyTerms("a", 2.0, 2.0, 0.0, 0.0, 0.0, 1.0), PartyTerms("b", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    >>> terms = RoundTerms(parties, (EdgeTerms("x", 10.0, 0.0),), (), 0.0, 0.6)
    >>> round_of_losses(pair, opening_of(pair), RoundInputs(1), terms).parties[0].senior
    1.0
    >>> round_of_losses(pair, opening_of(pair), RoundInputs(1), terms).parties[0].junior
    0.6
    """
    line("round", inputs.number)
    lost = [_lost(study, state, terms, place) for place in range(len(study.edges))]
    owed, paid = _guarantees(study, state, terms, lost)
    following: list[PartyState] = []
    for place, (party, own) in enumerate(zip(study.parties, terms.parties, strict=True)):
        loss = line(
            f"{own.name}.all_losses",
            own_loss(own.revenue, own.fallen, _saved(study, terms, place))
            + total(lost[at] for at, edge in enumerate(study.edges) if _loser(edge) == place)
            + total(owed[at] for at, cover in enumerate(study.covers) if cover.guarantor == place)
            - total(paid[at] for at, cover in enumerate(study.covers) if cover.beneficiary == place),
        )
        following.append(_standing(study, terms, place, loss) if not party.holds else _untouched(own.name))
    return RoundState(tuple(following))


def opening_of(study: Study) -> RoundState:
    """Before the first round everyone stands.

    >>> from overbuild.lenders.rounds.study import Party
    >>> opening_of(Study((Party("a", "A", "lab", False),), (), ())).parties[0].stops
    0.0
    """
    return RoundState(tuple(_untouched(one.id) for one in study.parties))


def _untouched(name: str) -> PartyState:
    return PartyState(name, 0.0, 1.0, 1.0, 0.0)


def _loser(edge: ContractEdge) -> int:
    return edge.payer if edge.kind == "stake" else edge.payee


def _lost(study: Study, state: RoundState, terms: RoundTerms, place: int) -> UsdStock:
    """What a contract costs who is paid under it, or has invested."""
    edge, own = study.edges[place], terms.edges[place]
    payer, payee = state.parties[edge.payer], state.parties[edge.payee]
    if edge.kind == "flow":
        line(f"{own.name}.paid", paid_of(own.amount, (1.0 - payer.stops) * (1.0 - own.cut)))
        loss = lost_revenue(own.amount, terms.kept, payer.stops, own.cut)
    elif edge.kind == "debt":
        share = payer.senior if edge.senior else payer.junior
        line(f"{own.name}.paid", paid_of(own.amount, share))
        loss = unpaid(own.amount, share)
    else:
        loss = own.amount * payee.written
    return line(f"{own.name}.lost", loss)


def _guarantees(
    study: Study, state: RoundState, terms: RoundTerms, lost: list[UsdStock]
) -> tuple[list[UsdStock], list[UsdStock]]:
    """What each guarantor owes, and what of it it pays: as much as its junior creditors are paid."""
    owed: list[UsdStock] = []
    for cover, own in zip(study.covers, terms.covers, strict=True):
        covered = total(lost[at] for at in cover.edges)
        owed.append(line(f"{own.name}.called", owed_under_guarantee(own.limit, covered)))
    paid = [amount * state.parties[cover.guarantor].junior for amount, cover in zip(owed, study.covers, strict=True)]
    return owed, paid


def _saved(study: Study, terms: RoundTerms, place: int) -> Usd:
    """What a buyer saves by buying less."""
    return total(
        terms.edges[at].amount * terms.edges[at].cut
        for at, edge in enumerate(study.edges)
        if edge.kind == "flow" and edge.payer == place
    )


def _standing(study: Study, terms: RoundTerms, place: int, loss: UsdStock) -> PartyState:
    """Where a party stands after its losses."""
    own = terms.parties[place]
    debts = [(at, edge) for at, edge in enumerate(study.edges) if edge.kind == "debt" and edge.payer == place]
    senior = total(terms.edges[at].amount for at, edge in debts if edge.senior)
    junior = total(terms.edges[at].amount for at, edge in debts if not edge.senior) + own.unnamed
    stops = line(f"{own.name}.stops_paying", stops_paying(loss, own.buffer, own.forced))
    pot = line(f"{own.name}.estate", estate(loss, own.buffer, senior + junior, terms.share))
    return PartyState(
        own.name,
        stops,
        line(f"{own.name}.senior_paid", paid_first(pot, senior, stops)),
        line(f"{own.name}.junior_paid", paid_after(pot, senior, junior, stops)),
        line(f"{own.name}.written_off", written_off(loss, own.worth, stops)),
    )
