"""What falls due of a loan: principal by period, by the word for its pattern or to the cover asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from overbuild.equations import flatten, number, rebuild
from overbuild.errors import InputError
from overbuild.instruments.ratios import blended_dscr, contracted_share_of_revenue
from overbuild.instruments.repayment import principals, repayment_pattern
from overbuild.instruments.sculpting import sculpted_beside, supported_debt
from overbuild.money.annuity import annuity_factor, discount_factor
from overbuild.site.case.dates import availability_end, first_instalment
from overbuild.site.case.plan import Loan, SitePlan
from overbuild.site.debt.service import loan_rate
from overbuild.site.terms.debt_from_plan import debt_terms, loan_shape, rate_path
from overbuild.site.terms.inputs import DebtInputs
from overbuild.site.terms.paths import path_columns


class SizedLoan(NamedTuple):
    """A loan on trial: its amount, and its principal by place (close first)."""

    name: str
    amount: float
    principal: tuple[float, ...]


class CashRows(NamedTuple):
    """Cash of a trial by place, and the debt service of each loan with the one that refinances it."""

    cfads: Sequence[float]
    tax: Sequence[float]
    contract_revenue: Sequence[float]
    revenue: Sequence[float]
    service: Mapping[str, Sequence[float]]


def yearly_rates(plan: SitePlan, loan: Loan) -> tuple[float, ...]:
    """Rate of a loan in each place, per year, by the formula of the period.

    >>> from overbuild.site.examples import PLAN
    >>> yearly_rates(PLAN, PLAN.loans[0])[:3]
    (0.1, 0.1, 0.1)
    """
    places, end = range(plan.horizon.periods + 1), availability_end(plan)
    columns: Any = path_columns(rate_path(loan), places, plan.horizon.periods_per_year)
    modes, term = loan_shape(plan, loan, full=False), debt_terms(plan, loan, {one.name: 0.0 for one in plan.loans}, 0.0)
    given = [DebtInputs(loan.name, 0.0, 0.0, 0.0, entry) for entry in entries_of(columns, len(places))]
    return tuple(number(loan_rate(modes, given[place], term, float(place <= end))) for place in places)


def entry_of(columns: Any, place: int) -> Any:
    """One place's record of a record of columns.

    >>> from overbuild.site.terms.inputs import PathInputs
    >>> entry_of(PathInputs(listed=[5.0, 6.0]), 1).listed
    6.0
    """
    return rebuild(columns, [leaf[place] for leaf in flatten(columns).values()])


def entries_of(columns: Any, length: int) -> list[Any]:
    """The records of all places of a record of columns; one that has no columns stands in each place.

    >>> from overbuild.site.terms.inputs import PathInputs
    >>> [one.listed for one in entries_of(PathInputs(listed=[5.0, 6.0]), 2)], len(entries_of(PathInputs(), 2))
    ([5.0, 6.0], 2)
    """
    leaves = list(flatten(columns).values())
    return [rebuild(columns, entry) for entry in zip(*leaves, strict=True)] if leaves else [columns] * length


def repayment_shares(plan: SitePlan, loan: Loan, rates: Sequence[float]) -> tuple[float, ...]:
    """Principal as shares of the amount, from the first instalment to the maturity, without the balloon.

        annuity: level payments of (1 - balloon * v) / annuity_factor;  bullet: 0
        straight line, custom: (1 - balloon) * share of the pattern

    The annuity is level at the rate of the first instalment; `rates` are those of the loan by place, per year.
    Source: standard.

    >>> from overbuild.site.examples import PLAN
    >>> repayment_shares(PLAN, PLAN.loans[0], (0.1,) * 7)
    (0.25, 0.25, 0.25, 0.25)
    """
    first, p, left = first_instalment(plan, loan), plan.horizon.periods_per_year, 1.0 - loan.balloon_share
    tenor = loan.maturity - first + 1
    if loan.repayment == "bullet":
        return (0.0,) * tenor
    if loan.repayment == "annuity":
        rate = rates[first] / p
        repaid = 1.0 - loan.balloon_share * discount_factor(rate, float(tenor))
        level = repaid / annuity_factor(rate, float(tenor))
        return principals(1.0, (level,) * tenor, (rate,) * tenor)
    pattern = repayment_pattern(loan.repayment, tenor, 0.0, loan.shares, f"loans.{loan.name}")
    return tuple(left * share for share in pattern)


def on_calendar(plan: SitePlan, loan: Loan, entries: Sequence[float]) -> tuple[float, ...]:
    """Entries from the first instalment on, in their places of the calendar.

    >>> from overbuild.site.examples import PLAN
    >>> on_calendar(PLAN, PLAN.loans[0], (1.0, 2.0))
    (0.0, 0.0, 1.0, 2.0, 0.0, 0.0, 0.0)
    """
    first, length = first_instalment(plan, loan), plan.horizon.periods + 1
    return ((0.0,) * first + tuple(entries) + (0.0,) * length)[:length]


def sculpted_loan(plan: SitePlan, loan: Loan, yearly: Sequence[float], rows: CashRows, most: float | None) -> SizedLoan:
    """A loan sized to the cover asked for, with its balloon, beside the debt service of the other loans.

        debt_service = max(0, max(0, cfads) / dscr - service of the others)
        amount       = present value of debt_service / (1 - balloon_share * v), v the discount factor to the maturity
        a cap cuts all of it by the same share

    `yearly` are the rates of the loan by place, per year.
    Source: standard; ours, the convention that the sculpted loan takes what the others leave.

    >>> from overbuild.site.examples import PLAN
    >>> loan = PLAN.loans[0]._replace(repayment="sculpted", dscr=(1.5,), first=2, maturity=2)
    >>> rows = CashRows((0.0, 0.0, 165.0), (0.0,) * 3, (1.0,) * 3, (1.0,) * 3, {})
    >>> round(sculpted_loan(PLAN, loan, (0.1,) * 3, rows, None).amount, 9)
    100.0
    """
    first, p = first_instalment(plan, loan), plan.horizon.periods_per_year
    places = range(first, loan.maturity + 1)
    rates = [yearly[place] / p for place in places]
    dues: list[float] = []
    for row, place in enumerate(places):
        cash = rows.cfads[place] + (rows.tax[place] if loan.sized_on == "pre_tax" else 0.0)
        beside = sum(service[place] for name, service in rows.service.items() if name != loan.name)
        dues.append(number(sculpted_beside(cash, _target(loan, row, rows, place), beside)))
    factor = 1.0
    for rate in rates:
        factor /= 1.0 + rate
    supported = number(supported_debt(dues, rates)) / (1.0 - loan.balloon_share * factor)
    scale = 1.0 if most is None or supported <= most else most / supported
    amount = scale * supported
    paid = principals(amount, [scale * one for one in dues], rates)
    return SizedLoan(loan.name, amount, on_calendar(plan, loan, paid))


def _target(loan: Loan, row: int, rows: CashRows, place: int) -> float:
    level = loan.dscr[min(row, len(loan.dscr) - 1)]
    if not level > 0.0:
        raise InputError("dscr_le_zero", f"loans.{loan.name}.dscr", level, "cover asked for must be above 0")
    if not loan.dscr_merchant:
        return level
    merchant = loan.dscr_merchant[min(row, len(loan.dscr_merchant) - 1)]
    contracted = contracted_share_of_revenue(rows.contract_revenue[place], rows.revenue[place])
    return number(blended_dscr(contracted, level, merchant))
