"""Statements of a run: sources and uses of funds, headroom over covenants, calendar years, support of the owners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overbuild.site.case.dates import availability_end, first_in_service
from overbuild.site.case.plan import CovenantTest
from overbuild.site.case_run import CaseRun
from overbuild.site.run import SiteRun
from overbuild.timeline.calendar import Calendar

FLOWS = (
    *("revenue", "opex", "tax", "cfads", "debt_service", "distribution"),
    *("equity_paid_in", "equity_support", "equity_received", "net_cash_to_equity"),
)
"""Lines that are summed by calendar year. What owners pay in and get adds up to the flows of their rate of return."""


class Statements(NamedTuple):
    """What is told of a run: sources and uses of funds, headroom over covenants, calendar years."""

    funds: tuple[Fund, ...]
    headroom: tuple[Headroom, ...]
    years: tuple[SiteYear, ...]


def statements_of(basis: CaseRun) -> Statements:
    """The statements of a site as run, USD."""
    run = basis.run
    funds, levels = sources_and_uses(run), headroom(run)
    return Statements(tuple(funds), tuple(levels), tuple(calendar_years(run, basis.calendar)))


class Fund(NamedTuple):
    """A use or a source of funds from close to the availability end, USD.

    A total has no side; `memo` is what stands ready and is not spent.
    """

    side: str
    item: str
    amount: float


def sources_and_uses(run: SiteRun) -> Iterator[Fund]:
    """Uses with their total, then sources with theirs, then what stood ready; what is not there is left out.

    Capex is as planned, the contingency in the budget shown apart. Phases that earn while others are built bring cash
    (or cost some); what of it waits at the availability end is a use. A period that nobody pays has neither, and a site
    that ends before has no contingency.

    >>> from overbuild.site.examples import RUN
    >>> [(one.item, round(one.amount / 1e6)) for one in sources_and_uses(RUN)]
    [('Capex', 1000), ('Total uses', 1000), ('Loan senior', 600), ('Equity', 400), ('Total sources', 1000)]
    """
    end, plan = availability_end(run.plan), run.plan
    early = _whole(run, "cfads", "cash_beside_cfads")
    over = _whole(run, "overrun_beyond_contingency")
    kept = plan.funding.contingency if run.lines["alive"][end] > 0.0 else 0.0
    uses = (
        Fund("use", "Capex", _whole(run, "capex") - over - kept),
        Fund("use", "Contingency, in the budget", kept),
        Fund("use", "Overruns beyond the contingency", over),
        Fund("use", "Interest during construction", _whole(run, "interest")),
        Fund("use", "Loans repaid during construction", _whole(run, "principal", "balloon")),
        Fund("use", "Fees", _whole(run, "fees")),
        Fund("use", "First filling of the debt service reserve", run.lines["dsra_balance"][end]),
        Fund("use", "Net cost of phases in service", max(0.0, -early)),
        Fund("use", "Cash kept at the availability end", run.lines["trapped_cash"][end]),
    )
    sources = (
        Fund("source", "Prepayment of the offtaker", _whole(run, "prepayment_received")),
        Fund("source", "Cash of phases in service", max(0.0, early)),
        *(Fund("source", f"Loan {loan.name}", _whole(run, f"{loan.name}.draw")) for loan in plan.loans),
        Fund("source", "Mezzanine", _whole(run, "mezzanine.draw")),
        Fund("source", "Equity", _whole(run, "equity_draw")),
        Fund("source", "Standby equity", _whole(run, "standby_draw")),
    )
    for side in (uses, sources):
        yield from (one for one in side if one.amount)
        yield Fund("", f"Total {side[0].side}s", sum(one.amount for one in side))
    eaten = sum(one.cost * one.overrun * sum(one.spend) for one in plan.components)
    memo = (
        Fund("memo", "Contingency that overruns did not take", max(0.0, kept - eaten)),
        Fund("memo", "Standby equity not drawn", plan.funding.standby - _whole(run, "standby_draw")),
    )
    yield from (one for one in memo if one.amount)


def _whole(run: SiteRun, *names: str) -> float:
    """Sum of some lines from close to the availability end, while the site goes on; a line that is not there is 0."""
    places = range(availability_end(run.plan) + 1)
    rows = [run.lines[name] for name in names if name in run.lines]
    return sum(row[place] for row in rows for place in places if run.lines["alive"][place] > 0.0)


class Headroom(NamedTuple):
    """A level at which lenders act, the worst that a run meets, and in which place.

    `of` is what may fall until the level is met: cash, the value of the collateral, or the hours that contracts take.
    """

    covenant: str
    over: str
    level: float
    worst: float
    place: int
    of: str

    @property
    def may_fall(self) -> float | None:
        """As a share of it; below 0 where the level is broken, None where there is none of it.

        >>> round(Headroom("Lock-up", "twelve months", 1.2, 1.5, 4, "cash").may_fall, 12)
        0.2
        """
        share = (self.worst, self.level) if self.of == "value" else (self.level, self.worst)
        return 1.0 - share[0] / share[1] if share[1] > 0.0 else None


_TESTED = {
    "dscr_12m": ("DSCR, last 12 months", "cash"),
    "dscr_ahead": ("DSCR, next 12 months", "cash"),
    "llcr": ("LLCR", "cash"),
    "ltv": ("loan to value", "value"),
    "contracted_share": ("contracted share of hours", "hours"),
}
_ACTIONS = {"report": "Report", "lockup": "Lock-up", "sweep": "Cash sweep", "default": "Default"}


def headroom(run: SiteRun) -> Iterator[Headroom]:
    """Headroom over debt service itself, then over each test that was made at least once.

    >>> from overbuild.site.examples import RUN
    >>> [(one.covenant, one.level, round(one.worst, 4), one.place) for one in headroom(RUN)]
    [('Debt service', 1.0, 1.6095, 2), ('Lock-up', 1.2, 1.6095, 2)]
    """
    lines = run.lines
    yield from _over(run, "Debt service", "DSCR of the period", 1.0, "cash", "dscr", "debt_is_due")
    for row, test in enumerate(run.plan.tests, 1):
        over, of = _TESTED[test.test]
        found = _over(run, _ACTIONS[test.action], over, test.level, of, f"test_{row}.met", f"test_{row}.counts")
        if f"test_{row}.met" in lines:
            yield from found


def _over(run: SiteRun, covenant: str, over: str, level: float, of: str, row: str, counts: str) -> Iterator[Headroom]:
    places = [place for place in range(run.last + 1) if run.lines[counts][place] > 0.0]
    if places:
        met = run.lines[row]
        worst = (max if of == "value" else min)(places, key=lambda place: met[place])
        yield Headroom(covenant, over, level, met[worst], worst, of)


def asked_of(test: CovenantTest) -> str:
    """A test in words: what is tested.

    >>> from overbuild.site.examples import PLAN
    >>> asked_of(PLAN.tests[0])
    'DSCR, last 12 months'
    """
    return _TESTED[test.test][0]


class Support(NamedTuple):
    """What the owners pay in beyond the budget to keep a site alive, USD: cures, losses carried without debt, standby.

    `interest_while_late` is interest that falls due after the availability end while a phase is late; who pays it is
    seen in the others.
    """

    cures: float
    losses: float
    standby: float
    interest_while_late: float

    @property
    def total(self) -> float:
        """All that they pay."""
        return self.cures + self.losses + self.standby


def support_of(run: SiteRun) -> Support:
    """The support of the owners over the life, by what it is for; nothing is charged in the period of a default.

    What they pay of a fleet is no support, nor what is called from them in a default.

    >>> from overbuild.site.examples import RUN
    >>> support_of(RUN)
    Support(cures=0.0, losses=0.0, standby=0.0, interest_while_late=0.0)
    """
    lines, finished = run.lines, max(first_in_service(phase) for phase in run.plan.phases) - 1
    late = range(availability_end(run.plan) + 1, min(finished, run.last) + 1)
    return Support(
        cures=sum(lines["cure"]),
        losses=sum(lines["support"]),
        standby=sum(lines["standby_draw"]),
        interest_while_late=sum((lines["interest"][place] for place in late), 0.0),
    )


class SiteYear(NamedTuple):
    """A calendar year from close on: its flows by line, the least DSCR of its periods, and the debt at its end."""

    year: str
    flows: dict[str, float]
    least: float | None
    debt_balance: float


def calendar_years(run: SiteRun, calendar: Calendar) -> Iterator[SiteYear]:
    """The years from close to the end, USD; periods after the outcome are left out.

    >>> from overbuild.site.examples import RUN
    >>> from overbuild.timeline.calendar import starting
    >>> found = list(calendar_years(RUN, starting("2027", 7)))
    >>> [(one.year, round(one.flows["net_cash_to_equity"] / 1e6), round(one.debt_balance / 1e6)) for one in found[:3]]
    [('2027', 0, 0), ('2028', -400, 600), ('2029', 128, 450)]
    """
    lines = run.lines
    for year, places in years_of(run, calendar).items():
        flows = {name: sum(lines[name][place] for place in places) for name in FLOWS}
        covers = [lines["dscr"][place] for place in places if lines["debt_is_due"][place] > 0.0]
        yield SiteYear(year, flows, min(covers, default=None), lines["debt_balance"][places[-1]])


def years_of(run: SiteRun, calendar: Calendar) -> dict[str, list[int]]:
    """The places of each calendar year, up to the outcome.

    >>> from overbuild.site.examples import RUN
    >>> from overbuild.timeline.calendar import starting
    >>> years_of(RUN, starting("2027", 7))["2028"]
    [1]
    """
    years: dict[str, list[int]] = {}
    for place in range(run.last + 1):
        years.setdefault(calendar.label(place)[:4], []).append(place)
    return years
