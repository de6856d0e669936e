"""The quantities of a site that sources speak of: an input by itself, or several set against the site's size."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from overbuild.site.case.dates import first_instalment
from overbuild.site.case.plan import Component, GpuFleet, Loan, Path, Phase, SitePlan
from overbuild.units import HOURS_PER_YEAR, KW_PER_MW


class Density(NamedTuple):
    """What figures of sources are turned by: the PUE of the site, and the IT load of a GPU in kW."""

    pue: float
    kw_per_gpu: float


class QuantityGiven(NamedTuple):
    """A quantity as a plan has it: the path of the input, its value, and the density at which sources are read."""

    path: str
    value: float
    density: Density


class Quantity(NamedTuple):
    """What sources speak of: its name in `peer-ranges.csv`, its words, its unit, and what a plan says of it."""

    id: str
    label: str
    unit: str
    of: Callable[[SitePlan], Iterator[QuantityGiven]]


def _years(periods: float, plan: SitePlan) -> float:
    return periods / plan.horizon.periods_per_year


def _density(plan: SitePlan, phase: str = "") -> Density:
    """The density of a phase's first GPUs; that of the first of the site where a phase has none."""
    standing = [one for one in plan.fleets if one.at is None]
    own = [one for one in standing if one.phase in (phase, "")] or standing
    return Density(plan.horizon.pue, own[0].kw_per_gpu if own else 1.0)


def _said(plan: SitePlan, path: str, value: float) -> QuantityGiven:
    return QuantityGiven(path, value, _density(plan))


def _pue(plan: SitePlan) -> Iterator[QuantityGiven]:
    yield _said(plan, "horizon.pue", plan.horizon.pue)


def _kw_per_gpu(plan: SitePlan) -> Iterator[QuantityGiven]:
    for fleet in plan.fleets:
        if fleet.at is None:
            yield _said(plan, f"fleets.{fleet.name}.kw_per_gpu", fleet.kw_per_gpu)


def _construction(plan: SitePlan) -> Iterator[QuantityGiven]:
    """The first hall: of the next ones no source says when their building began."""
    first = min(plan.phases, key=lambda one: one.cod)
    yield _said(plan, f"phases.{first.name}.cod", _years(first.cod, plan))


def _capex(plan: SitePlan) -> Iterator[QuantityGiven]:
    """All capex before the end of building; a landlord's, or that of chips in a leased shell, is only a part of a site."""
    owned = any(one.name.startswith(("shell", "power")) for one in plan.components)
    if owned and plan.lease is None and plan.fleets:
        built = sum(one.cost for one in plan.components if one.spend)
        yield _said(plan, "components", built / (sum(one.it_mw for one in plan.phases) * plan.horizon.pue))


def _first_gpus(plan: SitePlan) -> Iterator[tuple[GpuFleet, Component, Phase]]:
    """The GPUs that stand from completion, with their component and their hall."""
    for fleet in plan.fleets:
        if fleet.at is None:
            component = next(one for one in plan.components if one.name == fleet.component)
            phase = next(one for one in plan.phases if one.name == (fleet.phase or plan.phases[0].name))
            yield fleet, component, phase


def _it_cost(plan: SitePlan) -> Iterator[QuantityGiven]:
    for fleet, component, phase in _first_gpus(plan):
        density = Density(plan.horizon.pue, fleet.kw_per_gpu)
        yield QuantityGiven(f"components.{component.name}.cost", component.cost / phase.it_mw, density)


def _shell_and_power(plan: SitePlan) -> Iterator[QuantityGiven]:
    for phase in plan.phases:
        parts = [
            one
            for one in plan.components
            if one.name.startswith(("shell", "power")) and one.spend and one.phase in (phase.name, "")
        ]
        if parts:
            cost = sum(one.cost for one in parts) / (phase.it_mw * plan.horizon.pue)
            yield QuantityGiven(f"components.{parts[-1].name}.cost", cost, _density(plan, phase.name))


def _gpu_life(plan: SitePlan) -> Iterator[QuantityGiven]:
    for _, component, _ in _first_gpus(plan):
        yield _said(plan, f"components.{component.name}.book_life_years", component.book_life_years)


def _book_life(word: str) -> Callable[[SitePlan], Iterator[QuantityGiven]]:
    """The book life of components whose name begins with a word."""

    def of(plan: SitePlan) -> Iterator[QuantityGiven]:
        for one in plan.components:
            if one.name.startswith(word):
                yield _said(plan, f"components.{one.name}.book_life_years", one.book_life_years)

    return of


def _entries(path: str, given: Path) -> Iterator[tuple[str, float]]:
    """Where a path says numbers, and its least and its greatest."""
    listed = {"by_year": given.by_year, "by_period": given.by_period}.get(given.kind, (given.value,))
    field = given.kind if given.kind in ("by_year", "by_period") else "value"
    for number in sorted({min(listed), max(listed)}):
        yield f"{path}.{field}", number


def _opening(path: str, given: Path) -> tuple[str, float]:
    """Where a path says its first number, and that number."""
    if given.kind in ("by_year", "by_period"):
        return f"{path}.{given.kind}", getattr(given, given.kind)[0]
    return f"{path}.value", given.value


def _contract_price(plan: SitePlan) -> Iterator[QuantityGiven]:
    for one in plan.contracts:
        if one.unit == "gpu_hour":
            path, price = _opening(f"contracts.{one.name}.price", one.price)
            yield QuantityGiven(path, price, _density(plan, one.phase))


def _contract_tenor(plan: SitePlan) -> Iterator[QuantityGiven]:
    for one in plan.contracts:
        if one.unit == "gpu_hour":
            yield _said(plan, f"contracts.{one.name}.tenor", _years(one.tenor, plan))


def _market_price(plan: SitePlan) -> Iterator[QuantityGiven]:
    if plan.fleets:
        yield _said(plan, *_opening("market.price", plan.market.price))


def _decline(plan: SitePlan) -> Iterator[QuantityGiven]:
    if plan.fleets and plan.market.price.kind in ("flat", "growing"):
        yield _said(plan, "market.price.growth_per_year", 0.0 - plan.market.price.growth_per_year)


def _market_use(plan: SitePlan) -> Iterator[QuantityGiven]:
    if plan.fleets:
        for path, share in _entries("market.utilisation", plan.market.utilisation):
            yield _said(plan, path, share)


def _power_price(plan: SitePlan) -> Iterator[QuantityGiven]:
    if plan.fleets:
        yield _said(plan, *_opening("power.price", plan.power.price))


def _resale(years: int) -> Callable[[SitePlan], Iterator[QuantityGiven]]:
    """What replaced GPUs of some age bring, as a share of their cost."""

    def of(plan: SitePlan) -> Iterator[QuantityGiven]:
        for fleet in plan.fleets:
            old = [one for one in _first_gpus(plan) if one[0].phase == fleet.phase]
            if fleet.at is not None and old and old[0][1].cost > 0.0:
                _, component, phase = old[0]
                if round(_years(fleet.at - phase.cod, plan)) == years:
                    yield _said(plan, f"fleets.{fleet.name}.proceeds", fleet.proceeds / component.cost)

    return of


def _of_loans(*names: str) -> Callable[[SitePlan], Iterator[QuantityGiven]]:
    """What every loan says under one of some names; a loan that leaves it out says nothing."""

    def of(plan: SitePlan) -> Iterator[QuantityGiven]:
        for loan in plan.loans:
            for name in names:
                value = getattr(loan, name)
                if value is not None:
                    yield _said(plan, f"loans.{loan.name}.{name}", value)

    return of


def _loan_rate(plan: SitePlan) -> Iterator[QuantityGiven]:
    for loan in plan.loans:
        if loan.rate is not None:
            yield _said(plan, *_opening(f"loans.{loan.name}.rate", loan.rate))


def _loan_tenor(plan: SitePlan) -> Iterator[QuantityGiven]:
    for loan in plan.loans:
        yield _said(plan, f"loans.{loan.name}.maturity", _years(_periods_of(plan, loan), plan))


def _periods_of(plan: SitePlan, loan: Loan) -> int:
    return loan.maturity - first_instalment(plan, loan) + 1


def _resale_decay(plan: SitePlan) -> Iterator[QuantityGiven]:
    if plan.loans:
        yield _said(plan, "enforcement.decay_per_year", plan.enforcement.decay_per_year)


QUANTITIES: tuple[Quantity, ...] = (
    Quantity("site.pue", "the PUE", "ratio", _pue),
    Quantity("site.kw_per_gpu", "IT load a GPU, with network and storage,", "kW_per_GPU", _kw_per_gpu),
    Quantity("site.construction_periods", "the time to build", "years", _construction),
    Quantity("components", "all capex", "USD_per_MW", _capex),
    Quantity("components.it.cost", "the cost of chips with what belongs to them", "USD_per_MW_IT", _it_cost),
    Quantity("components.shell_and_power.cost", "the cost of shell and power together", "USD_per_MW", _shell_and_power),
    Quantity("components.it.book_life_years", "the book life of chips", "years", _gpu_life),
    Quantity("components.shell.book_life_years", "the book life of the shell", "years", _book_life("shell")),
    Quantity("components.power.book_life_years", "the book life of the power plant", "years", _book_life("power")),
    Quantity("offtake.price_per_gpu_hour", "the price of the contract", "USD_per_GPU_hour", _contract_price),
    Quantity("offtake.tenor", "the term of the contract", "years", _contract_tenor),
    Quantity("market.price_per_gpu_hour", "the market price at opening", "USD_per_GPU_hour", _market_price),
    Quantity("market.decline_per_year", "the fall of the market price", "fall_per_year", _decline),
    Quantity("market.utilisation", "the use at the market", "decimal", _market_use),
    Quantity("power.price_per_mwh", "the price of power", "USD_per_MWh", _power_price),
    *(
        Quantity(f"refresh.old_it_proceeds@{years}", f"the resale of chips of {years} years", "decimal", _resale(years))
        for years in (1, 2, 3, 4, 5)
    ),
    Quantity("loans.debt_share", "the debt of uses", "decimal", _of_loans("debt_share", "max_debt_share")),
    Quantity("loans.rate_per_year", "the rate of the loan", "decimal", _loan_rate),
    Quantity("loans.tenor", "the term of the loan from its first instalment", "years", _loan_tenor),
    Quantity("loans.upfront_fee_share", "the upfront fee", "decimal", _of_loans("upfront_fee_share")),
    Quantity("enforcement.decay_per_year", "the fall of the resale price", "fall_per_year", _resale_decay),
)
"""Every quantity that is held against its sources."""

_TURNS: dict[tuple[str, str], Callable[[float, Density], float]] = {
    ("GPUs_per_MW_IT", "kW_per_GPU"): lambda x, by: KW_PER_MW / x,
    ("USD_per_MW_IT", "USD_per_MW"): lambda x, by: x / by.pue,
    ("USD_per_GPU", "USD_per_MW_IT"): lambda x, by: x * KW_PER_MW / by.kw_per_gpu,
    ("USD_per_MW_year", "USD_per_GPU_hour"): lambda x, by: x * by.pue * by.kw_per_gpu / KW_PER_MW / HOURS_PER_YEAR,
    ("log_per_year", "fall_per_year"): lambda x, by: 1.0 - math.exp(x),
    ("decimal_per_year", "fall_per_year"): lambda x, by: -x,
}


def fits(unit: str, into: str) -> bool:
    """Whether a figure in a unit can be turned into that of a quantity.

    >>> fits("GPUs_per_MW_IT", "kW_per_GPU"), fits("years", "kW_per_GPU")
    (True, False)
    """
    return unit == into or (unit, into) in _TURNS


def turned(value: float, unit: str, into: str, density: Density) -> float:
    """A figure in the unit of a quantity, on the site's own density of chips and its PUE where that is needed.

    Raises KeyError for two units that do not fit.

    >>> round(turned(400.0, "GPUs_per_MW_IT", "kW_per_GPU", Density(pue=1.2, kw_per_gpu=2.0)), 6)
    2.5
    """
    return value if unit == into else _TURNS[unit, into](value, density)


_WORDS: dict[str, tuple[float, str, str]] = {
    "ratio": (1.0, ".3g", ""),
    "kW_per_GPU": (1.0, ".3g", " kW"),
    "years": (1.0, ".3g", " years"),
    "USD_per_MW": (1e-6, ".3g", "m USD a MW of site"),
    "USD_per_MW_IT": (1e-6, ".3g", "m USD a MW of IT load"),
    "USD_per_GPU_hour": (1.0, ".2f", " USD a GPU-hour"),
    "USD_per_MWh": (1.0, ".4g", " USD a MWh"),
    "decimal": (100.0, ".4g", "%"),
    "fall_per_year": (100.0, ".3g", "% a year"),
}


def shown(value: float, unit: str, *, bare: bool = False) -> str:
    """A value of a quantity in words; `bare` leaves the unit out.

    >>> shown(12.5e6, "USD_per_MW"), shown(9.0, "years"), shown(0.625, "decimal", bare=True)
    ('12.5m USD a MW of site', '9 years', '62.5')
    """
    scale, digits, word = _WORDS[unit]
    return f"{value * scale:{digits}}{'' if bare else word}"
