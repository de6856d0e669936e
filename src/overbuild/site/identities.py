"""The identities of a site as run: sources are uses, the balance sheet closes, cash is conserved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from overbuild.errors import WithheldError

_TOLERANCE = 1e-9

IDENTITIES = {
    "funding_gap": "sources_equal_uses",
    "balance_gap": "balance_sheet_closes",
    "cash_gap": "cash_conserves",
}
"""What each row of gaps says, 0 in every period that counts."""


def check_identities(lines: Mapping[str, Sequence[float]]) -> None:
    """Raise WithheldError for the first identity that breaks by more than 1e-9 of total assets or, if more, of uses.

    Uses are the floor: a site that has written everything off has no assets to measure by. After its end nothing counts.

    >>> rows = {"uses_of_funds": [2.0], "total_assets": [2.0], "funding_gap": [0.0], "balance_gap": [0.0]}
    >>> check_identities({**rows, "cash_gap": [0.0]})
    >>> check_identities({**rows, "cash_gap": [1.0]})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    overbuild.errors.WithheldError: cash_conserves, period 0: cash_conserves does not hold ... (got 1.0) [identity]
    """
    uses = sum(lines["uses_of_funds"])
    for place, assets in enumerate(lines["total_assets"]):
        for name, identity in IDENTITIES.items():
            gap = lines[name][place]
            if not abs(gap) <= _TOLERANCE * max(assets, uses):
                when = f"period {place}"
                hint = f"{identity} does not hold in {when}: the answer is withheld"
                raise WithheldError("identity", f"{identity}, {when}", gap, hint)
