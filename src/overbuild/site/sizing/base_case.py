"""The base case: what every later run knows of the periods ahead. Run once, never again for a scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from overbuild.site.case.dates import availability_end
from overbuild.site.case.plan import Loan, SitePlan
from overbuild.site.sizing.schedules import entry_of
from overbuild.site.terms.columns import last_maturity
from overbuild.site.terms.inputs import BaseCaseInputs
from overbuild.site.terms.paths import mode_of, path_columns, path_terms, path_value
from overbuild.timeline.series import look_ahead
from overbuild.units import compound_rate


class BaseCase(NamedTuple):
    """Rows of the base case by place, close first; `service` is by loan, new loans by their names too."""

    margin: tuple[float, ...]
    cfads: tuple[float, ...]
    paid_to_owners: tuple[float, ...]
    due: tuple[float, ...]
    service: dict[str, tuple[float, ...]]
    short_of: tuple[str, ...] = ()

    def columns(self, plan: SitePlan, rates: Mapping[str, Sequence[float]]) -> BaseCaseInputs:
        """What the periods of a run are given of the base case; `rates` of the loans by place, per year."""
        given: Any = BaseCaseInputs(
            margin=list(self.margin),
            reserve_target=list(look_ahead(self.due, plan.reserve.dsra_periods)),
            present_value=present_values(self.cfads, *loan_life(plan, rates)),
            cash_ahead=list(look_ahead(self.cfads, plan.horizon.periods_per_year)),
            due_ahead=list(look_ahead(self.due, plan.horizon.periods_per_year)),
            worth=worth_ahead(self.paid_to_owners, plan.owners.hurdle_per_year, plan.horizon.periods_per_year),
        )
        return given

    def capacity(self, plan: SitePlan, loan: Loan) -> list[float]:
        """The least cash that carries the new loan of a balloon: after the other loans at the cover asked for.

        capacity = min over its periods within the plan of cfads - dscr * debt service of the others
        """
        new, length = loan.refinancing, len(self.cfads)
        if new is None:
            return [0.0] * length
        own = self.service[f"{loan.name}.new"]
        ahead = range(loan.maturity + 1, min(loan.maturity + new.tenor, plan.horizon.periods) + 1)
        least = min((self.cfads[place] - new.dscr * (self.due[place] - own[place]) for place in ahead), default=0.0)
        return [least] * length

    def first_year_due(self, plan: SitePlan) -> float:
        """Debt service of the twelve months after the availability end: the cap of cures where none is given."""
        end = availability_end(plan)
        return sum(self.due[end + 1 : end + 1 + plan.horizon.periods_per_year])


def base_case_of(plan: SitePlan, rows: dict[str, list[float]]) -> BaseCase:
    """The base case from the rows of its run, its schedule to the end; owners get nothing after a default.

    Where the base case itself fails, what is due and what is earned ahead stay as planned: a run that does better
    still has its reserve.

    >>> from overbuild.site.examples import SIZING
    >>> [round(due / 1e6) for due in SIZING.base.due]
    [0, 0, 210, 195, 180, 165, 0]
    """
    alive, names = (1.0, *rows["alive"][:-1]), _loans_of(plan)

    def row(*lines: str) -> tuple[float, ...]:
        return tuple(sum(entries) for entries in zip(*(rows[one] for one in lines), strict=True))

    owners = (row("distribution"), row("support"))
    service = {name: row(f"{name}.interest", f"{name}.principal") for name in names}
    paid = tuple(lives * (out - back) for lives, out, back in zip(alive, *owners, strict=True))
    due = tuple(sum(entries) for entries in zip(*service.values(), strict=True)) if names else (0.0,) * len(alive)
    return BaseCase(row("margin"), row("cfads"), paid, due, service)


def _loans_of(plan: SitePlan) -> list[str]:
    """All loans, then those that refinance others."""
    new = [f"{loan.name}.new" for loan in plan.loans if loan.refinancing is not None]
    return [*(loan.name for loan in plan.loans), *new]


def lines_of(plan: SitePlan) -> tuple[str, ...]:
    """The lines that the base case is made of.

    >>> from overbuild.site.examples import PLAN
    >>> lines_of(PLAN)[-2:]
    ('senior.interest', 'senior.principal')
    """
    service = [f"{name}.{word}" for name in _loans_of(plan) for word in ("interest", "principal")]
    return ("alive", "margin", "cfads", "distribution", "support", *service)


def no_base_case(plan: SitePlan) -> BaseCase:
    """A base case of nothing, for the first trial of sizing.

    >>> from overbuild.site.examples import PLAN
    >>> no_base_case(PLAN).due
    (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    """
    none = (0.0,) * (plan.horizon.periods + 1)
    names = [one for loan in plan.loans for one in (loan.name, f"{loan.name}.new")]
    return BaseCase(none, none, none, none, dict.fromkeys(names, none))


class LoanLife(NamedTuple):
    """The last maturity, of refinanced loans too, and the highest rate of the loans by place, per period."""

    last: int
    rates: list[float]


def loan_life(plan: SitePlan, rates: Mapping[str, Sequence[float]]) -> LoanLife:
    """The life of the loans together; `rates` of each by place, per year.

    >>> from overbuild.site.examples import PLAN
    >>> loan_life(PLAN, {"senior": (0.1,) * 7}).last
    5
    """
    p, length = plan.horizon.periods_per_year, plan.horizon.periods + 1
    rows: list[Sequence[float]] = [rates[loan.name] for loan in plan.loans]
    rows += [[new_yearly_rate(plan, loan)] * length for loan in plan.loans if loan.refinancing is not None]
    ends = [last_maturity(loan) for loan in plan.loans]
    highest = [max(entries) / p for entries in zip(*rows, strict=True)] if rows else [0.0] * length
    return LoanLife(min(max(ends, default=0), plan.horizon.periods), highest)


def new_yearly_rate(plan: SitePlan, loan: Loan) -> float:
    """Rate of the loan that refinances another, as of its maturity, per year; 0 without one.

    >>> from overbuild.site.examples import PLAN
    >>> new_yearly_rate(PLAN, PLAN.loans[0])
    0.0
    """
    if loan.refinancing is None:
        return 0.0
    path = loan.refinancing.rate
    given: Any = path_columns(path, [loan.maturity], plan.horizon.periods_per_year)
    return float(path_value(mode_of(path), entry_of(given, 0), path_terms(path)))


def present_values(cfads: Sequence[float], last: int, rates: Sequence[float]) -> list[float]:
    """Present value in each place of the cash of later places, up to the last.

        value = (cfads of the next place + value there) / (1 + rate of the next place)

    >>> [round(one, 6) for one in present_values((0.0, 110.0, 121.0), 2, (0.1, 0.1, 0.1))]
    [200.0, 110.0, 0.0]
    """
    values = [0.0] * len(cfads)
    for place in range(min(last, len(cfads) - 1) - 1, -1, -1):
        values[place] = (cfads[place + 1] + values[place + 1]) / (1.0 + rates[place + 1])
    return values


def worth_ahead(flows: Sequence[float], hurdle_per_year: float, periods_per_year: int) -> list[float]:
    """Value in each place of the flows of later places, at the hurdle of the owners.

        worth = (flow of the next place + worth there) / (1 + hurdle of a period)

    >>> [round(one, 6) for one in worth_ahead((0.0, 110.0, 121.0), 0.1, 1)]
    [200.0, 110.0, 0.0]
    """
    rate = compound_rate(hurdle_per_year, periods_per_year)
    return present_values(flows, len(flows), [rate] * len(flows))
