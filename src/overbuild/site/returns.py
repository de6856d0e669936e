"""What is solved from whole flows: rates of return and paybacks, of the owners and of the site without debt."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from overbuild.equations.reported import Solved
from overbuild.money.irr import Irr, irr
from overbuild.money.payback import PaidBack, payback
from overbuild.site.case.dates import first_in_service
from overbuild.site.case.plan import SitePlan


class SiteReturns(NamedTuple):
    """Rates of return and paybacks. `project` is the site without debt, after tax unless it says otherwise."""

    equity_irr: Irr
    project_irr: Irr
    project_irr_pre_tax: Irr
    equity_payback: PaidBack
    project_payback: PaidBack

    def solved(self) -> dict[str, Solved]:
        """Each by the id of its result."""
        rates = {
            "equity_irr_per_year": self.equity_irr,
            "project_irr_per_year": self.project_irr,
            "project_irr_pre_tax_per_year": self.project_irr_pre_tax,
        }
        found = {name: Solved(one.per_year, one.remark) for name, one in rates.items()}
        found["equity_payback_years"] = Solved(*self.equity_payback)
        found["project_payback_years"] = Solved(*self.project_payback)
        return found


def returns_of(
    plan: SitePlan, lines: Mapping[str, Sequence[float]], without_debt: Mapping[str, Sequence[float]]
) -> SiteReturns:
    """SiteReturns from the rows of a run and those of the site without debt.

    >>> from overbuild.site.examples import PLAN, RUN
    >>> returns_of(PLAN, RUN.lines, RUN.lines).project_payback.years
    2.9585798816568047
    """
    p, starts = plan.horizon.periods_per_year, min(first_in_service(phase) for phase in plan.phases)
    owners, before_tax = lines["net_cash_to_equity"], without_debt["project_cash_flow"]
    after_tax = [cash - tax for cash, tax in zip(before_tax, without_debt["tax"], strict=True)]
    return SiteReturns(
        equity_irr=irr(owners, p),
        project_irr=irr(after_tax, p),
        project_irr_pre_tax=irr(before_tax, p),
        equity_payback=paid_back(owners, starts, p),
        project_payback=paid_back(after_tax, starts, p),
    )


def paid_back(flows: Sequence[float], starts: int, periods_per_year: int) -> PaidBack:
    """Payback counted from the first period in service, also where flows are first paid in later than that.

    >>> paid_back([0.0, 0.0, -50.0, 50.0], 1, 1)
    PaidBack(years=3.0, status='')
    """
    sums = list(itertools.accumulate(flows))
    paid_in = next((place for place, reached in enumerate(sums) if reached < 0.0), None)
    since = starts if paid_in is None else max(starts, paid_in + 1)
    found = payback(flows, since, periods_per_year)
    if found.years is None:
        return found
    return found._replace(years=found.years + (since - starts) / periods_per_year)
