"""Payment by rank, and what lenders hold: the two words that cascade and enforcement share."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from overbuild.equations import maximum, minimum, quotient, total
from overbuild.site.terms.shape import RankOf
from overbuild.units import Usd, UsdStock


class PaidByRank(NamedTuple):
    """What a pot leaves, and what is still owed to each loan by name."""

    left: Usd
    owing: dict[str, UsdStock]


def paid_by_rank(
    pot: Usd, owing: dict[str, UsdStock], ranks: tuple[RankOf, ...], holders: Collection[str] | None = None
) -> PaidByRank:
    """A pot paid out by rank, pro rata within a rank; to the holders alone, where they are named.

        share = min(1, pot / sum of what is owed to the rank), 0 where nothing is
        owing = owing * (1 - share);  pot = max(0, pot - sum), for the next rank

    Source: standard.

    >>> paid_by_rank(50.0, {"a": 30.0, "b": 40.0}, (RankOf("a", 1), RankOf("b", 2)))
    PaidByRank(left=0.0, owing={'a': 0.0, 'b': 20.0})
    """
    owing = dict(owing)
    for rank in sorted({one.rank for one in ranks}):
        names = [one.name for one in ranks if one.rank == rank and (holders is None or one.name in holders)]
        if not names:
            continue
        asked = total(owing[name] for name in names)
        share = minimum(1.0, quotient(pot, asked, none=0.0))
        pot = maximum(0.0, pot - asked)
        for name in names:
            owing[name] = owing[name] * (1.0 - share)
    return PaidByRank(pot, owing)
