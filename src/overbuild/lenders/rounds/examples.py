"""A small study with one of each kind: a lab that fails, its cloud, a vehicle, a lender, an owner and a guarantor."""

from __future__ import annotations

from overbuild.lenders.rounds.round import CoverTerms, EdgeTerms, PartyTerms, RoundTerms
from overbuild.lenders.rounds.study import ContractEdge, Cover, Party, Study

_BN = 1e9

STUDY = Study(
    (
        Party("lab", "Lab", "lab", False),
        Party("cloud", "Cloud", "neocloud", False),
        Party("vehicle", "Vehicle", "spv", False),
        Party("bank", "Bank", "bank", True),
        Party("owner", "Owner", "hyperscaler", False),
    ),
    (
        ContractEdge("compute", "flow", 0, 1),
        ContractEdge("rent", "flow", 1, 2),
        ContractEdge("loan", "debt", 2, 3, True),
        ContractEdge("notes", "debt", 1, 3),
        ContractEdge("stake", "stake", 4, 0),
    ),
    (Cover("backstop", 4, 2, (1,)),),
)


def _party(name: str, capital: float, forced: float = 0.0) -> PartyTerms:
    return PartyTerms(name, capital * _BN, capital * _BN, 0.0, 0.0, 0.0, forced)


TERMS = RoundTerms(
    (_party("lab", 5.0, 1.0), _party("cloud", 3.0), _party("vehicle", 0.5), _party("bank", 0.0), _party("owner", 50.0)),
    (
        EdgeTerms("compute", 6.0 * _BN, 0.0),
        EdgeTerms("rent", 4.0 * _BN, 0.0),
        EdgeTerms("loan", 3.5 * _BN, 0.0),
        EdgeTerms("notes", 2.0 * _BN, 0.0),
        EdgeTerms("stake", 1.5 * _BN, 0.0),
    ),
    (CoverTerms("backstop", 1.0 * _BN),),
    0.4,
    0.6,
)
"""The lab fails; 3.6 of the cloud's revenue is gone, more than its 3.0 of capital, and its vehicle follows."""
