"""A study without those whom no open figure lets lose: what a workbook shows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overbuild.ecosystem.contagion.case import ContagionCase
from overbuild.ecosystem.contagion.terms.edges import Tie
from overbuild.lenders.rounds.model import terms_of
from overbuild.lenders.rounds.round import RoundTerms
from overbuild.lenders.rounds.study import ContractEdge, Cover, Study


class Reduced(NamedTuple):
    """The study, its terms at the point, the contracts of its edges, and the places of its parties in the whole one."""

    study: Study
    terms: RoundTerms
    ties: tuple[Tie, ...]
    parties: tuple[int, ...]


def reduced(case: ContagionCase) -> Reduced:
    """The parties that lose in some network, the contracts through which they or others may, and the ends of these."""
    whole, given = case.given.study, case.given
    harsh = case.corners.harsh.outcome
    reached = set(np.flatnonzero((harsh.loss[0] > 0) | (given.forced > 0)).tolist())
    kept = [
        at for at, edge in enumerate(whole.edges) if (edge.payee if edge.kind == "stake" else edge.payer) in reached
    ]
    ends = reached | {end for at in kept for end in (whole.edges[at].payer, whole.edges[at].payee)}
    covers = [
        at
        for at, one in enumerate(whole.covers)
        if set(one.edges) & set(kept) and one.guarantor in ends and one.beneficiary in ends
    ]
    parties = tuple(sorted(int(end) for end in ends))
    new = {old: at for at, old in enumerate(parties)}
    place = {old: at for at, old in enumerate(kept)}
    edges = tuple(_moved(whole.edges[at], new) for at in kept)
    moved = tuple(
        Cover(one.id, new[one.guarantor], new[one.beneficiary], tuple(place[at] for at in one.edges if at in place))
        for one in (whole.covers[at] for at in covers)
    )
    study = Study(tuple(whole.parties[old] for old in parties), edges, moved)
    terms = terms_of(whole, case.numbers)
    return Reduced(
        study,
        terms._replace(
            parties=tuple(terms.parties[old] for old in parties),
            edges=tuple(terms.edges[at] for at in kept),
            covers=tuple(terms.covers[at] for at in covers),
        ),
        tuple(given.ties[at] for at in kept),
        parties,
    )


def _moved(edge: ContractEdge, new: dict[int, int]) -> ContractEdge:
    return edge._replace(payer=new[edge.payer], payee=new[edge.payee])
