"""What may become of a large load: it comes as planned, late, small or not at all, or leaves. Each is an edit of the case."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.policy.tariff.case import TariffPlan

YEARS_LATE = 3.0
WALKS_AFTER = 2.0
STAYS = 5.0
"""A load that leaves in year 6 has stayed five."""
HALF = 0.5


class Story(NamedTuple):
    """What becomes of the load, by an id and in words, with the case that it makes."""

    id: str
    words: str
    plan: TariffPlan


def stories_of(plan: TariffPlan) -> tuple[Story, ...]:
    """The stories of a case, as planned first.

    >>> from pathlib import Path
    >>> from overbuild.policy.tariff.faults import TARIFFS
    >>> from overbuild.world.case_record import read_case
    >>> [one.id for one in stories_of(read_case(Path("preset:aep-ohio"), TARIFFS).record)]
    ['planned', 'half', 'late', 'absent', 'walks', 'leaves_in_year_6', 'leaves_at_term']
    """
    load = plan.load
    absent = load._replace(arrives_share=0.0, leaves_after_years=plan.tariff.term_years)
    told = (
        ("planned", "comes as the case says", load),
        ("half", "comes at half its size", load._replace(arrives_share=load.arrives_share * HALF)),
        ("late", f"comes {YEARS_LATE:g} years later", load._replace(late_years=load.late_years + YEARS_LATE)),
        ("absent", "never comes, pays its minimum to the term", absent),
        ("walks", f"never comes, walks after {WALKS_AFTER:g} years", absent._replace(leaves_after_years=WALKS_AFTER)),
        ("leaves_in_year_6", "leaves in year 6", load._replace(leaves_after_years=STAYS)),
        ("leaves_at_term", "leaves when its term ends", load._replace(leaves_after_years=plan.tariff.term_years)),
    )
    return tuple(Story(name, words, plan._replace(load=found)) for name, words, found in told)
