"""Through what a delay hurts: revenue not earned, debt service that falls due all the same, damages, who pays meanwhile."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.errors import OverbuildError
from overbuild.site.case.checks import check_plan
from overbuild.site.case.dates import first_in_service
from overbuild.site.run import SiteRun, run_site
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
        late = run_site(check_plan(later), run.sizing)
    except OverbuildError:
        return None
    waited = [first_in_service(phase) for phase in plan.phases]
    until = max(waited)
    npv = [float(one.totals["equity_npv"]) for one in (late, run)]
    return OnePeriodLate(
        revenue=_upto(run, "revenue", until) - _upto(late, "revenue", until),
        due=sum(run.lines["debt_service"][place] for place in sorted(set(waited))),
        damages=_whole(late, "offtaker_damages") - _whole(run, "offtaker_damages"),
        standby=_whole(late, "standby_draw") - _whole(run, "standby_draw"),
        reserve=_whole(late, "dsra_draw") - _whole(run, "dsra_draw"),
        equity_npv=npv[0] - npv[1],
        outcome=late.outcome,
    )


def _upto(run: SiteRun, line: str, place: int) -> float:
    return sum(run.lines[line][: place + 1])


def _whole(run: SiteRun, line: str) -> float:
    return sum(run.lines[line][: run.last + 1])
