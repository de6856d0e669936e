"""From a plan to the series of a run: everything that looks along time is settled here.

Dates, counts, tenors and delay act here and nowhere else; from other numbers of a plan to `Terms` nothing is computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from overbuild.old_site.case.plan import Prepayment, Refresh, SitePlan
from overbuild.old_site.case.tax_tables import table
from overbuild.old_site.terms.inputs import (
    Ahead,
    BuildComponentInputs,
    BuildInputs,
    ComponentInputs,
    Inputs,
    KeptAhead,
    KeptInputs,
)
from overbuild.old_site.terms.terms import BuildLoanInputs, LoanInputs, MezzanineInputs
from overbuild.timeline.series import by_year, flags, look_ahead, of_length, over_life, padded


def build_inputs(plan: SitePlan) -> BuildInputs:
    """The series of construction: close, the construction periods, and the periods of delay. Leaves are lists.

    >>> from overbuild.old_site.examples import PLAN
    >>> build_inputs(PLAN).components[0].spend_share
    [0.0, 0.5, 0.5]
    """
    site = plan.site
    last = site.construction_periods + site.delay_periods
    places = range(last + 1)
    received, names = plan.prepayment and _received(plan), [component.name for component in plan.components]
    draws = _draws(plan, last + 1)
    spends: list[Sequence[float]] = [
        (0.0, *component.spend) if site.construction_periods else (1.0,) for component in plan.components
    ]
    if plan.refresh is not None:
        names.append(plan.refresh.component)
        spends.append(())
    return BuildInputs(
        years_from_close=_column(place / site.periods_per_year for place in places),
        at_close=_column(1.0 if place == 0 else 0.0 for place in places),
        building=_column(0.0 if place == 0 else 1.0 for place in places),
        delayed=_column(1.0 if place > site.construction_periods else 0.0 for place in places),
        last=_column(1.0 if place == last else 0.0 for place in places),
        components=tuple(
            BuildComponentInputs(name, _column(padded(spend, last + 1)))
            for name, spend in zip(names, spends, strict=True)
        ),
        loans=draws,
        received_share=None if received is None else _column(padded(received, last + 1)),
    )


def operating_inputs(plan: SitePlan, principals: dict[str, Sequence[float]], debt_service: Sequence[float]) -> Inputs:
    """The series of operation, with the schedule of each loan and the debt service of all. Leaves are lists.

    Raises InputError (`length_mismatch`) for a series that has not one number a period.

    >>> from overbuild.old_site.examples import PLAN
    >>> operating_inputs(PLAN, {"senior": (2e8,) * 5}, (2e8,) * 5).last
    [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]
    """
    site, refresh = plan.site, plan.refresh
    p, periods = site.periods_per_year, site.operating_periods
    at, leave = refresh.period if refresh else 0, plan.relet.period if plan.relet else 0
    numbers = range(1, periods + 1)
    close = site.construction_periods + site.delay_periods
    offtake = plan.offtake
    used = offtake.utilisation if offtake else (0.0,) * periods
    fails = plan.offtaker_default.period if plan.offtaker_default else 0
    runs, lives = [_contract(plan, fails, number) for number in numbers], _guarantor_lives(plan, fails)
    ahead, kept, components = _ahead(plan, at), _kept(plan), _components(plan, at)
    saved = [_reserve_share(number, refresh) for number in numbers]
    credit = plan.prepayment and _credits(plan.prepayment, periods)
    return Inputs(
        period_number=_column(numbers),
        years_from_close=_column((close + number) / p for number in numbers),
        elapsed_years=_column((number - 1) / p for number in numbers),
        whole_years=_column((number - 1) // p for number in numbers),
        it_age_years=_column(_it_age(number, at, p) for number in numbers),
        refreshed=_column(flags(periods, at + 1, periods) if at else padded((), periods)),
        contract_runs=_column(runs),
        utilisation_contract=_column(of_length("offtake.utilisation", used, periods)),
        utilisation_merchant=_column(of_length("market.utilisation", plan.market.utilisation, periods)),
        offtaker_fails=_column(flags(periods, fails, fails)),
        guarantor_pays=_column(flags(periods, 1, lives)),
        ahead=ahead,
        reserve_share=_column(saved),
        refresh_now=_column(flags(periods, at, at)),
        hall_let=_column(flags(periods, leave + 1, periods) if leave else padded((), periods)),
        chips_leave=_column(flags(periods, leave, leave)),
        last=_column(flags(periods, periods, periods)),
        dsra_target=_column(look_ahead(padded(debt_service, periods), plan.reserves.dsra_periods)),
        components=components,
        loans=tuple(
            LoanInputs(
                loan.name,
                _column(padded(principals[loan.name], periods)),
                _column(flags(periods, 1, loan.tenor)),
                _column(loan.base_rate_per_year) if loan.base_rate_per_year else None,
            )
            for loan in plan.loans
        ),
        kept=kept,
        credit_share=None if credit is None else _column(credit),
        mezzanine=plan.mezzanine
        and MezzanineInputs(
            _column(flags(periods, plan.mezzanine.tenor, periods)), _column(flags(periods, 1, plan.mezzanine.tenor))
        ),
    )


def _received(plan: SitePlan) -> tuple[float, ...]:
    """Shares of the prepayment from close on; without construction all of it comes in at close."""
    received = plan.prepayment.received if plan.prepayment else ()
    return (0.0, *received) if plan.site.construction_periods else received


def _guarantor_lives(plan: SitePlan, fails: int) -> int:
    """The last operating period in which the guarantor of the residual value is alive."""
    gone = fails and plan.site.residual_value_guarantor == "offtaker"
    return fails - 1 if gone else plan.site.operating_periods


def _credits(prepayment: Prepayment, periods: int) -> list[float]:
    first, count = prepayment.credited_from, prepayment.credited_periods
    return [flag / count for flag in flags(periods, first, first + count - 1)]


def _draws(plan: SitePlan, periods: int) -> tuple[BuildLoanInputs, ...]:
    """Draws as the loans state them; none where no loan does."""
    if not any(loan.draws for loan in plan.loans):
        return ()
    return tuple(
        BuildLoanInputs(loan.name, _column(padded(loan.draws, periods)) if loan.draws else None) for loan in plan.loans
    )


def _column(entries: Any) -> Any:
    return [float(entry) for entry in entries]


def _it_age(number: int, refreshed_at: int, p: int) -> float:
    return (number - 1 - (refreshed_at if refreshed_at and number > refreshed_at else 0)) / p


def _contract(plan: SitePlan, fails: int, number: int) -> float:
    """1 while the contract runs: not after its tenor, not once the offtaker failed, not if it left for the delay."""
    offtake = plan.offtake
    if offtake is None or number > offtake.tenor or (fails and number >= fails):
        return 0.0
    left = offtake.long_stop_periods is not None and plan.site.delay_periods > offtake.long_stop_periods
    return 0.0 if left else 1.0


def _ahead(plan: SitePlan, at: int) -> tuple[Ahead, ...]:
    """The contract as it would have run, some periods ahead of each period."""
    p, periods = plan.site.periods_per_year, plan.site.operating_periods
    records: list[Ahead] = []
    for step in range(plan.claim_periods):
        numbers = [number + step for number in range(1, periods + 1)]
        runs = [_contract(plan, 0, number) if number <= periods else 0.0 for number in numbers]
        records.append(
            Ahead(
                contract_runs=_column(runs),
                it_age_years=_column(_it_age(number, at, p) for number in numbers),
                refreshed=_column(1.0 if at and number > at else 0.0 for number in numbers),
                whole_years=_column((number - 1) // p for number in numbers),
            )
        )
    return tuple(records)


def _kept(plan: SitePlan) -> KeptInputs | None:
    """The series of the chips if no refresh comes; None unless it waits for its funding."""
    refresh, p = plan.refresh, plan.site.periods_per_year
    if refresh is None or refresh.mode != "if_funded":
        return None
    periods = plan.site.operating_periods
    numbers = range(1, periods + 1)
    old = next(component for component in plan.components if component.name == refresh.replaces)
    return KeptInputs(
        it_age_years=_column(_it_age(number, 0, p) for number in numbers),
        ahead=tuple(KeptAhead(one.it_age_years) for one in _ahead(plan, 0)),
        chips=_component(plan, old.name, old.tax_class, (1, plan.relet.period if plan.relet else periods)),
    )


def _reserve_share(number: int, refresh: Refresh | None) -> float:
    if refresh is None or not refresh.period - refresh.reserve_periods <= number < refresh.period:
        return 0.0
    return 1.0 / (refresh.period - number)


def _components(plan: SitePlan, at: int) -> tuple[ComponentInputs, ...]:
    periods = plan.site.operating_periods
    until = plan.relet.period if plan.relet else periods
    records: list[ComponentInputs] = []
    for component in plan.components:
        replaced = plan.refresh is not None and component.name == plan.refresh.replaces
        leaves = until if component.name == plan.chips else periods
        records.append(_component(plan, component.name, component.tax_class, (1, at if replaced else leaves)))
    if plan.refresh is not None:
        old = next(component for component in plan.components if component.name == plan.refresh.replaces)
        records.append(_component(plan, plan.refresh.component, old.tax_class, (at + 1, until)))
    return tuple(records)


def _component(plan: SitePlan, name: str, tax_class: str, held: tuple[int, int]) -> ComponentInputs:
    """A component that is in service from the first to the last period of `held`, both included."""
    p, periods = plan.site.periods_per_year, plan.site.operating_periods
    first, last = held
    source = plan.refresh.replaces if plan.refresh and name == plan.refresh.component else name
    life = next(component.book_life_years for component in plan.components if component.name == source)
    return ComponentInputs(
        name=name,
        in_book_life=_column(padded(over_life(life, p, last, first), periods)),
        tax_table_share=_column(padded(by_year(table(tax_class), p, last, first), periods)),
        first_year=_column(padded(by_year((1.0,), p, last, first), periods)),
        held=_column(flags(periods, first, last)),
        placed=_column(flags(periods, first - 1, first - 1)),
        sold=_column(flags(periods, last, last) if last < periods else padded((), periods)),
        age_years=_column(max(0, number - first + 1) / p for number in range(1, periods + 1)),
    )
