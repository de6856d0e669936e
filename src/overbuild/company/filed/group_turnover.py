"""The turnover of a whole group in its last financial year, as one fact: what ceilings of fines count on."""

from __future__ import annotations

from overbuild.errors import InputError, did_you_mean
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View

_LEAST_DAYS, _MOST_DAYS = 350, 380


def group_turnover(view: View, ticker: str) -> Fact:
    """The reported revenue of the newest whole year that is known, of a company by its ticker.

    Raises InputError `unknown_name`, with those that have one, for a company without.

    >>> from overbuild.facts.store import known_on
    >>> group_turnover(known_on("2026-08-31", None), "msft").value
    331.839
    """
    years = [
        fact
        for fact in view.in_force
        if fact.metric == "revenue" and fact.kind == "reported" and fact.value is not None and _is_a_year(fact)
    ]
    own = [fact for fact in years if fact.entity == ticker.upper()]
    if not own:
        known = sorted({fact.entity for fact in years})
        hint = f"no turnover of a whole year is known of it.{did_you_mean(ticker.upper(), known)} Known are {', '.join(known)}"
        raise InputError("unknown_name", "company", ticker, hint)
    return max(own, key=lambda fact: fact.period_end or "")


def _is_a_year(fact: Fact) -> bool:
    from datetime import date

    if not fact.period_start or not fact.period_end:
        return False
    days = (date.fromisoformat(fact.period_end) - date.fromisoformat(fact.period_start)).days
    return _LEAST_DAYS <= days <= _MOST_DAYS
