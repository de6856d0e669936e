"""Rounds of losses as a model: one stage, run round by round."""

from __future__ import annotations

from overbuild.equations.model import Model, Stage
from overbuild.lenders.rounds.round import (
    CoverTerms,
    EdgeTerms,
    PartyTerms,
    RoundInputs,
    RoundTerms,
    opening_of,
    round_of_losses,
)
from overbuild.lenders.rounds.study import Numbers, Study


def rounds_model(study: Study, terms: RoundTerms, rounds: int) -> Model:
    """A study's rounds as a model of one stage, its places the rounds from 1 on."""
    numbers = RoundInputs([float(at) for at in range(1, rounds + 1)])
    return Model((Stage("rounds", round_of_losses, study, terms, opening_of(study), numbers, first=1),))


def terms_of(study: Study, numbers: Numbers) -> RoundTerms:
    """The numbers of one world as the terms of the rounds."""

    def one(name: str, place: int) -> float:
        return float(getattr(numbers, name)[0, place])

    parties = tuple(
        PartyTerms(
            party.id, *(one(name, place) for name in ("buffer", "worth", "unnamed", "revenue", "fallen", "forced"))
        )
        for place, party in enumerate(study.parties)
    )
    edges = tuple(EdgeTerms(edge.id, one("amount", at), one("cut", at)) for at, edge in enumerate(study.edges))
    covers = tuple(CoverTerms(cover.id, one("limit", at)) for at, cover in enumerate(study.covers))
    return RoundTerms(parties, edges, covers, float(numbers.kept[0, 0]), float(numbers.share[0, 0]))
