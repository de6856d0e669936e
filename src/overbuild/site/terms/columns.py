"""From a plan to the series of a run, close first: everything that looks along time is settled here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from overbuild.site.case.dates import (
    availability_end,
    contract_dates,
    failure_of,
    first_in_service,
    phase_of,
    tax_year,
    tax_year_of,
)
from overbuild.site.case.plan import Component, Loan, OfftakeContract, SitePlan
from overbuild.site.case.tax_tables import depreciation_table
from overbuild.site.terms.inputs import (
    AssetInputs,
    BaseCaseInputs,
    ContractInputs,
    DebtInputs,
    FleetInputs,
    Inputs,
    NewLoanInputs,
    PhaseInputs,
)
from overbuild.site.terms.paths import path_columns
from overbuild.timeline.series import over_life, padded


class Schedules(NamedTuple):
    """What sizing and the base case hand to every run: series with one entry a place, close first.

    `principal` and `capacity` are by loan: what is due as scheduled, and the cash that carries a new loan.
    """

    principal: dict[str, Sequence[float]]
    capacity: dict[str, Sequence[float]]
    base: BaseCaseInputs


def columns_of(plan: SitePlan, schedules: Schedules) -> Inputs:
    """The series of a plan on its schedules. Leaves are lists, close first.

    >>> from overbuild.site.examples import COLUMNS
    >>> COLUMNS.building, COLUMNS.phases[0].running
    ([1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    """
    places, p = range(plan.horizon.periods + 1), plan.horizon.periods_per_year
    end, starts = availability_end(plan), [first_in_service(phase) for phase in plan.phases]
    calendar = _calendar(len(places), p, plan.tax.months_before_close)
    return Inputs(
        period=calendar.period,
        years_from_close=_ages(len(places), 0, p),
        years_of_repayment=_ages(len(places), end, p),
        at_close=_flags(places, 0, 0),
        building=_flags(places, 0, end),
        filling=_flags(places, end, end),
        complete=_flags(places, max(starts), len(places)),
        in_service=_flags(places, min(starts), len(places)),
        last=_flags(places, len(places) - 1, len(places) - 1),
        new_tax_year=calendar.new_tax_year,
        loan_life=_flags(places, end + 1, max((last_maturity(loan) for loan in plan.loans), default=0)),
        phases=tuple(_phases(plan, places)),
        components=tuple(_component(plan, component, calendar.tax_years) for component in plan.components),
        fleets=tuple(_fleets(plan, places)),
        contracts=contract_columns(plan),
        loans=loan_columns(plan, schedules),
        base=schedules.base,
        market_price=path_columns(plan.market.price, places, p),
        market_utilisation=path_columns(plan.market.utilisation, places, p),
        energy_price=path_columns(plan.power.price, places, p),
        demand_charge=path_columns(plan.power.demand_charge, places, p),
        staff=path_columns(plan.costs.staff, places, p),
        inflation=path_columns(plan.costs.inflation, places, p),
        mezzanine_matures=None if plan.mezzanine is None else _flags(places, plan.mezzanine.maturity, len(places)),
        mezzanine_lives=None if plan.mezzanine is None else _flags(places, end + 1, plan.mezzanine.maturity),
        **_prepayment(plan, places),
        service_years=None if plan.lease is None else _column(max(0, place - min(starts)) // p for place in places),
        service_periods=None if plan.lease is None else _column(max(0, place + 1 - min(starts)) for place in places),
    )


class _Calendar(NamedTuple):
    """What no date of a plan moves: the tax year of each place, and series that are shared, for nothing changes them."""

    tax_years: tuple[int, ...]
    period: Any
    new_tax_year: Any


@lru_cache(maxsize=64)
def _calendar(count: int, p: int, months_before_close: int) -> _Calendar:
    years = tuple(tax_year_of(place, p, months_before_close) for place in range(count))
    changes = (place > 0 and years[place] != years[place - 1] for place in range(count))
    return _Calendar(years, _column(range(count)), _column(changes))


def last_maturity(loan: Loan) -> int:
    """The period in which a loan matures, or the loan that refinances it.

    >>> from overbuild.site.examples import PLAN
    >>> last_maturity(PLAN.loans[0])
    5
    """
    return loan.maturity + (0 if loan.refinancing is None else loan.refinancing.tenor)


def _column(entries: Any) -> Any:
    return list(map(float, entries))


def _flags(places: Sequence[int], first: int, last: int) -> Any:
    return _window(len(places), first, last)


@lru_cache(maxsize=4096)
def _window(count: int, first: int, last: int) -> Any:
    """1 from place to place, else 0; a list that is shared, for nothing changes a series."""
    return [1.0 if first <= place <= last else 0.0 for place in range(count)]


def _prepayment(plan: SitePlan, places: Sequence[int]) -> dict[str, Any]:
    paid = plan.prepayment
    if paid is None:
        return {}
    credited = _flags(places, paid.credited_from, paid.credited_from + paid.credited_periods - 1)
    return {
        "prepayment_received": list(padded((0.0, *paid.received), len(places))),
        "prepayment_credited": [flag / paid.credited_periods for flag in credited],
    }


def _phases(plan: SitePlan, places: Sequence[int]) -> Any:
    p, end = plan.horizon.periods_per_year, len(places)
    for phase in plan.phases:
        first, energised = first_in_service(phase), phase.cod if phase.energised is None else phase.energised
        paid = phase.delay if phase.contractor_ld_periods is None else min(phase.delay, phase.contractor_ld_periods)
        yield PhaseInputs(
            name=phase.name,
            running=_flags(places, first, end),
            late=_flags(places, phase.cod + 1, first - 1),
            finishes=_flags(places, first - 1, first - 1),
            contractor_pays=_flags(places, phase.cod + 1, phase.cod + paid),
            energised=_flags(places, energised + 1, end),
            fixed=path_columns(phase.fixed, places, p),
        )


def service_start(plan: SitePlan, component: Component) -> int:
    """First period in service of a component: that of its phase, or the one after the purchase of its fleet.

    >>> from overbuild.site.examples import PLAN
    >>> service_start(PLAN, PLAN.components[0])
    2
    """
    for fleet in plan.fleets:
        if fleet.component == component.name and fleet.at is not None:
            return fleet.at + 1
    return first_in_service(phase_of(plan, component.phase))


class _Asset(NamedTuple):
    """What the series of an asset rest on."""

    name: str
    first: int
    book_life_years: float
    tax_class: str
    spend: tuple[float, ...]


def _component(plan: SitePlan, component: Component, years: tuple[int, ...]) -> AssetInputs:
    first = service_start(plan, component)
    asset = _Asset(component.name, first, component.book_life_years, component.tax_class, tuple(component.spend))
    return _asset_series(asset, years, tax_year(plan, first), plan.horizon.periods_per_year)


@lru_cache(maxsize=1024)
def _asset_series(asset: _Asset, years: tuple[int, ...], since: int, p: int) -> AssetInputs:
    """The series of an asset that begins to serve in tax year `since`; they are shared, for nothing changes a series."""
    places, first, table = range(len(years)), asset.first, depreciation_table(asset.tax_class)
    served = [years[place] - since if place >= first else -1 for place in places]
    periods = Counter(served)
    fractions = [1.0 / periods[year] if year >= 0 else 0.0 for year in served]
    written = [
        part * table[year] if 0 <= year < len(table) else 0.0 for part, year in zip(fractions, served, strict=True)
    ]
    lived = over_life(asset.book_life_years, p, len(places), first)
    return AssetInputs(
        name=asset.name,
        spend_share=_column(padded((0.0, *asset.spend), len(places))),
        in_book_life=_column((0.0, *padded(lived, len(places) - 1))),
        tax_table_share=_column(written),
        first_tax_year=_column(part if year == 0 else 0.0 for part, year in zip(fractions, served, strict=True)),
        value_age_years=_ages(len(places), first - 1, p),
    )


@lru_cache(maxsize=1024)
def _ages(count: int, first: int, p: int) -> Any:
    """Years from a place on, 0 up to it."""
    return [max(0, place - first) / p for place in range(count)]


def _fleets(plan: SitePlan, places: Sequence[int]) -> Any:
    p, never = plan.horizon.periods_per_year, len(places)
    for fleet in plan.fleets:
        first = first_in_service(phase_of(plan, fleet.phase)) if fleet.at is None else fleet.at + 1
        at = never if fleet.at is None else fleet.at
        until = never if fleet.until is None else fleet.until
        saves = range(at - fleet.reserve_periods, at)
        yield FleetInputs(
            name=fleet.name,
            age_years=_ages(len(places), first, p),
            bought=_flags(places, at, at),
            leaves=_flags(places, until, until),
            reserve_share=_column(1.0 / (at - place) if place in saves else 0.0 for place in places),
        )


def _contract(plan: SitePlan, contract: OfftakeContract, places: Sequence[int]) -> ContractInputs:
    p, dates = plan.horizon.periods_per_year, contract_dates(plan, contract)
    failure = failure_of(plan, contract)
    fails = len(places) if failure is None else failure
    stops = len(places) if dates.stops is None else dates.stops
    runs = _flags(places, dates.begins, dates.ends)
    claimed = max(0, min(dates.ends, fails - 1 + contract.claim_periods) - fails + 1)
    return ContractInputs(
        name=contract.name,
        runs=runs,
        late=_flags(places, dates.agreed, dates.begins - 1),
        stops=_flags(places, stops, stops),
        fails=_flags(places, fails, fails),
        last=_flags(places, dates.ends, dates.ends),
        claimed_periods=[float(claimed)] * len(places),
        price=path_columns(contract.price, places, p, dates.begins),
        utilisation=path_columns(contract.utilisation, places, p, dates.begins),
    )


def contract_columns(plan: SitePlan) -> tuple[ContractInputs, ...]:
    """The series of the contracts of a plan.

    >>> from overbuild.site.examples import PLAN
    >>> contract_columns(PLAN)[0].runs
    [0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    """
    places = range(plan.horizon.periods + 1)
    return tuple(_contract(plan, contract, places) for contract in plan.contracts)


def loan_columns(plan: SitePlan, schedules: Schedules) -> tuple[DebtInputs, ...]:
    """The series of the loans on their schedules.

    >>> from overbuild.site.examples import PLAN, SIZING
    >>> loan_columns(PLAN, SIZING.schedules)[0].matures
    [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0]
    """
    places = range(plan.horizon.periods + 1)
    return tuple(_loan(plan, loan, places, schedules) for loan in plan.loans)


def _loan(plan: SitePlan, loan: Loan, places: Sequence[int], schedules: Schedules) -> DebtInputs:
    p, new = plan.horizon.periods_per_year, loan.refinancing
    path = loan.rate if loan.rate is not None else loan.base_rate
    assert path is not None
    after = (
        NewLoanInputs(
            periods=[float(new.tenor)] * len(places),
            periods_left=_column(
                max(0, loan.maturity + new.tenor - place + 1) if place > loan.maturity else 0 for place in places
            ),
            capacity=_column(schedules.capacity[loan.name]),
            rate=path_columns(new.rate, [loan.maturity] * len(places), p),
        )
        if new is not None
        else None
    )
    return DebtInputs(
        name=loan.name,
        scheduled=_column(schedules.principal[loan.name]),
        matures=_flags(places, loan.maturity, loan.maturity),
        lives=_flags(places, availability_end(plan) + 1, loan.maturity),
        rate=path_columns(path, places, p),
        new=after,
    )
