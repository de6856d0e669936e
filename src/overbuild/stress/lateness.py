"""Through what a delay hurts: revenue not earned, debt service that falls due all the same, damages, who pays meanwhile."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.errors import OverbuildError
from overbuild.site.case.checks import check_plan
from overbuild.site.case.dates import first_in_service
from overbuild.site.model import model_of
from overbuild.site.run import SiteRun, how_it_ends, run_checked
from overbuild.stress.departures import Departure, departed


class OnePeriodLate(NamedTuple):
    """A site with every phase one period later than in the case, less the site as it is, USD.

    `revenue` is what is not earned up to the period in which the last phase is in service late; `due` is debt service
    that falls due in the periods in which a phase is waited for.
    """

    revenue: float
    due: float
    damages: float
    standby: float
    reserve: float
    equity_npv: float
    outcome: str | None


def one_period_late(run: SiteRun) -> OnePeriodLate | None:
    """What one more period of delay of every phase costs; None where the plan cannot be run so late.

    >>> from overbuild.site.examples import RUN
    >>> found = one_period_late(RUN)
    >>> round(found.revenue / 1e6), round(found.due / 1e6), found.outcome
    (438, 210, 'payment')
    """
    plan = run.plan
    later = departed(plan, Departure(late=(1,) * len(plan.phases)))
    try:
        late = run_checked(model_of(check_plan(later), run.sizing)).rows
    except OverbuildError:
        return None
    waited = [first_in_service(phase) for phase in plan.phases]
    until = max(waited)
    how, lines = how_it_ends(late["site"]), late["site"]
    last = plan.horizon.periods if how.place is None else how.place

    def more(line: str) -> float:
        return sum(lines[line][: last + 1]) - sum(run.lines[line][: run.last + 1])

    return OnePeriodLate(
        revenue=sum(run.lines["revenue"][: until + 1]) - sum(lines["revenue"][: until + 1]),
        due=sum(run.lines["debt_service"][place] for place in sorted(set(waited))),
        damages=more("offtaker_damages"),
        standby=more("standby_draw"),
        reserve=more("dsra_draw"),
        equity_npv=float(late["results"]["equity_npv"][0]) - float(run.totals["equity_npv"]),
        outcome=how.outcome,
    )
