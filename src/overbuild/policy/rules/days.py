"""Days of a case of rules, as years from its own day."""

from __future__ import annotations

from datetime import date

from overbuild.policy.rules.case import WhenPlan
from overbuild.policy.rules.rule import RuleStart
from overbuild.units import DAYS_PER_YEAR


def day_of(text: str) -> date | None:
    """A day as a case writes it; None where it is none.

    >>> day_of("2027-12-02"), day_of("2027")
    (datetime.date(2027, 12, 2), None)
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def start_of(when: WhenPlan, as_of: str) -> RuleStart:
    """When a rule starts, in years from the day of the case; days that are none count as that day.

    >>> start_of(WhenPlan("2027-12-01", 1.0), "2026-12-01").earliest
    1.0
    """
    earliest = _years(when.starts, as_of)
    return RuleStart(when.probability, earliest, _years(when.latest, as_of) if when.latest else earliest)


def _years(text: str, as_of: str) -> float:
    day, first = day_of(text), day_of(as_of)
    return 0.0 if day is None or first is None else (day - first).days / float(DAYS_PER_YEAR)
