"""Statements of a run: sources and uses of funds, headroom over covenants, calendar years."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from overbuild.old_site.case_run import CaseRun
from overbuild.old_site.run import SiteRun

FLOWS = ("revenue", "opex", "tax", "cfads", "debt_service", "distribution")
"""Lines of operation that are summed by calendar year."""

OWNERS = {"equity_paid_in": "equity_draw", "equity_support": "delay_equity"}
"""What the owners pay in: the line of operation, and that of construction."""


class Statements(NamedTuple):
    """What is told of a run: sources and uses of funds, headroom over covenants, calendar years."""

    funds: tuple[Fund, ...]
    headroom: tuple[Headroom, ...]
    years: tuple[SiteYear, ...]


def statements_of(basis: CaseRun) -> Statements:
    """The statements of a site as run, USD."""
    funds, levels = sources_and_uses(basis.run), headroom(basis.run)
    return Statements(tuple(funds), levels, tuple(calendar_years(basis)))


class Fund(NamedTuple):
    """A use or a source of funds from close to the end of construction, USD; a total has no side."""

    side: str
    item: str
    amount: float


def sources_and_uses(run: SiteRun) -> Iterator[Fund]:
    """Uses with their total, then sources with theirs; what is not there is left out.

    >>> from overbuild.old_site.examples import PLAN
    >>> from overbuild.old_site.run import run_site
    >>> [(one.item, round(one.amount / 1e6)) for one in sources_and_uses(run_site(PLAN)) if not one.side]
    [('Total uses', 3077), ('Total sources', 3077)]
    """
    loans = [loan.name for loan in run.plan.loans]
    fees = [f"{name}.{fee}" for name in loans for fee in ("commitment_fee", "upfront_fee")]
    uses = (
        Fund("use", "Capex", _whole(run, "capex")),
        Fund("use", "Interest during construction", _whole(run, *(f"{name}.capitalised_interest" for name in loans))),
        Fund("use", "Fees", _whole(run, *fees)),
        Fund("use", "Cost of delay", _whole(run, "delay_cost")),
        Fund("use", "First filling of the debt service reserve", _whole(run, "initial_dsra")),
    )
    prepaid, junior = _whole(run, "prepayment_received"), _whole(run, "mezzanine.draw")
    equity = _whole(run, "equity_draw")
    yield from (one for one in uses if one.amount)
    yield Fund("", "Total uses", _whole(run, "uses_of_funds"))
    if prepaid:
        yield Fund("source", "Prepayment of the customer", prepaid)
    yield from (Fund("source", f"Loan {name}", _whole(run, f"{name}.draw")) for name in loans)
    if junior:
        yield Fund("source", "Mezzanine", junior)
    yield Fund("source", "Equity", equity)
    yield Fund("", "Total sources", _whole(run, "draw") + junior + prepaid + equity)


def _whole(run: SiteRun, *lines: str) -> float:
    """Sum of some lines from close to the end of construction; a line that is not there is 0."""
    return sum(sum(run.building.get(line, [0.0])) for line in lines)


class Headroom(NamedTuple):
    """A covenant with its level, the minimum DSCR met, and the fall of cash that would bring it to the level."""

    covenant: str
    level: float
    least: float
    over: str

    @property
    def cash_may_fall(self) -> float | None:
        """A share of the cash; None where the DSCR is not above 0."""
        return 1.0 - self.level / self.least if self.least > 0 else None


def headroom(run: SiteRun) -> tuple[Headroom, ...]:
    """Headroom over each level at which lenders act; none without debt service.

    >>> from overbuild.old_site.examples import PLAN
    >>> from overbuild.old_site.run import run_site
    >>> [one.covenant for one in headroom(run_site(PLAN))]
    ['Debt service paid in full', 'Lock-up of distributions', 'Cash sweep']
    """
    water, lines = run.plan.waterfall, run.lines
    if lines["covered_periods"] <= 0:
        return ()
    least, least_12m = lines["min_dscr"], lines["min_dscr_12m"]
    levels = (
        ("Debt service paid in full", 1.0, least, "single period"),
        ("Lock-up of distributions", water.lockup_dscr, least_12m, "twelve months"),
        ("Cash sweep", water.sweep_trigger, least_12m, "twelve months"),
        ("Default covenant", water.default_dscr, least_12m, "twelve months"),
    )
    return tuple(Headroom(name, level, met, over) for name, level, met, over in levels if level is not None)


def owners_while_building(run: SiteRun) -> dict[str, list[float]]:
    """What owners pay in and receive at close and in each construction period, USD, by the names of operation.

    >>> from overbuild.old_site.examples import PLAN
    >>> from overbuild.old_site.run import run_site
    >>> found = owners_while_building(run_site(PLAN))
    >>> list(found), round(sum(found["net_cash_to_equity"]) / 1e6)
    (['equity_paid_in', 'equity_support', 'equity_received', 'net_cash_to_equity'], -2077)
    """
    paid = {name: run.building[line] for name, line in OWNERS.items()}
    return {
        **paid,
        "equity_received": [0.0 for _ in paid["equity_paid_in"]],
        "net_cash_to_equity": [0.0 - amount for amount in paid["equity_paid_in"]],
    }


class Support(NamedTuple):
    """What the owners pay in to keep a site alive, USD: cures, losses carried without debt, equity of a delay."""

    cures: float
    losses: float
    delay: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.cures + self.losses + self.delay


def support_of(run: SiteRun) -> Support:
    """The support of the owners over the life, by what it is for; nothing is charged in the period of a default.

    What they pay of a refresh is no support.

    >>> from overbuild.old_site.examples import PLAN
    >>> from overbuild.old_site.run import run_site
    >>> support_of(run_site(PLAN)).total
    0.0
    """
    rows, none = run.operating, [0.0] * len(run.operating["alive"])
    lives = [alive * (1.0 - default) for alive, default in zip(rows["alive"], rows["default"], strict=True)]
    cured = zip(lives, rows["equity_cure"], rows.get("covenant_cure", none), strict=True)
    cures = sum(one * (missed + breached) for one, missed, breached in cured)
    delay = sum(run.building["delay_equity"])
    return Support(cures, max(0.0, sum(rows["equity_support"]) - cures), delay)


class SiteYear(NamedTuple):
    """A calendar year from close on: its flows by line, the minimum DSCR of its periods, and the debt at its end."""

    year: str
    flows: dict[str, float]
    least: float | None
    debt_balance: float


def calendar_years(case: CaseRun) -> Iterator[SiteYear]:
    """The years from close to the end, USD; periods after a default are left out.

    What owners pay in and receive adds up over the years to the flows that their rate of return is solved from.
    """
    building, lines = case.run.building, case.run.operating
    owners, start = owners_while_building(case.run), len(building["draw"])
    drawn = list(itertools.accumulate(building["draw"]))
    years: dict[str, list[int]] = {}
    for place, alive in enumerate((*(1.0 for _ in drawn), *lines["alive"])):
        if alive > 0:
            years.setdefault(case.calendar.label(place)[:4], []).append(place)
    for year, places in years.items():
        built, run = [j for j in places if j < start], [j - start for j in places if j >= start]
        flows = {name: sum(lines[name][j] for j in run) for name in FLOWS}
        flows |= {name: sum(row[j] for j in built) + sum(lines[name][j] for j in run) for name, row in owners.items()}
        covers = [lines["dscr"][j] for j in run if lines["covered"][j] > 0]
        debt = lines["debt_balance"][run[-1]] if run else drawn[built[-1]]
        yield SiteYear(year, flows, min(covers, default=None), debt)
