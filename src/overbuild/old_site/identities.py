"""The identities of a site: sources are uses, the balance sheet closes, cash is conserved."""

from __future__ import annotations

from overbuild.errors import WithheldError
from overbuild.old_site.case.plan import SitePlan

_TOLERANCE = 1e-9


def check_identities(plan: SitePlan, building: dict[str, list[float]], operating: dict[str, list[float]]) -> None:
    """Raise WithheldError for the first identity that breaks by more than 1e-9 of total assets or, if more, of uses.

    Sources equal uses while the site is built; each period alive closes its balance sheet and conserves cash.
    (Uses are the floor: a site that has written everything off has no assets to measure by.)

    >>> from overbuild.old_site.examples import PLAN
    >>> built = dict(uses_of_funds=[2.0], funding_gap=[0.0])
    >>> check_identities(PLAN, built, dict(total_assets=[2.0], alive=[1.0], balance_gap=[0.0], cash_gap=[0.0]))
    """
    uses = sum(building["uses_of_funds"])
    for place, gap in enumerate(building["funding_gap"]):
        _within("sources_equal_uses", f"construction period {place}", gap, uses)
    for place, assets in enumerate(operating["total_assets"]):
        if operating["alive"][place] > 0.0:
            scale = max(assets, uses)
            for name, identity in (("balance_gap", "balance_sheet_closes"), ("cash_gap", "cash_conserves")):
                _within(identity, f"operating period {place + 1}", operating[name][place], scale)


def _within(identity: str, when: str, gap: float, scale: float) -> None:
    if not abs(gap) <= _TOLERANCE * scale:
        hint = f"{identity} does not hold in {when}: the answer is withheld"
        raise WithheldError("identity", f"{identity}, {when}", gap, hint)
