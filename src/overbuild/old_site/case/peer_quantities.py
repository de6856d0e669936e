"""The quantities of a site that sources speak of: an input by itself, or several set against the site's size."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from overbuild.old_site.case.plan import Site, SitePlan
from overbuild.units import HOURS_PER_YEAR, KW_PER_MW

Given = Iterator[tuple[str, float]]
"""Paths of a case with the value of a quantity there; a series gives its least and its greatest."""


class Quantity(NamedTuple):
    """What sources speak of: its name in `peer-ranges.csv`, its words, its unit, and what a plan says of it."""

    id: str
    label: str
    unit: str
    of: Callable[[SitePlan], Given]


def _years(periods: float, plan: SitePlan) -> float:
    return periods / plan.site.periods_per_year


def _site_mw(site: Site) -> float:
    return site.it_mw * site.pue


def _pue(plan: SitePlan) -> Given:
    yield "site.pue", plan.site.pue


def _kw_per_gpu(plan: SitePlan) -> Given:
    yield "site.kw_per_gpu", plan.site.kw_per_gpu


def _construction(plan: SitePlan) -> Given:
    yield "site.construction_periods", _years(plan.site.construction_periods, plan)


def _capex(plan: SitePlan) -> Given:
    if plan.lease is None:
        yield "components", sum(component.cost for component in plan.components) / _site_mw(plan.site)


def _it_cost(plan: SitePlan) -> Given:
    for component in plan.components:
        if component.name == "it":
            yield "components.it.cost", component.cost / plan.site.it_mw


def _shell_and_power(plan: SitePlan) -> Given:
    parts = [component for component in plan.components if component.name in ("shell", "power")]
    if parts:
        yield f"components.{parts[-1].name}.cost", sum(one.cost for one in parts) / _site_mw(plan.site)


def _book_life(name: str) -> Callable[[SitePlan], Given]:
    def of(plan: SitePlan) -> Given:
        for component in plan.components:
            if component.name == name:
                yield f"components.{name}.book_life_years", component.book_life_years

    return of


def _contract_price(plan: SitePlan) -> Given:
    if plan.offtake is not None:
        yield "offtake.price_per_gpu_hour", plan.offtake.price_per_gpu_hour


def _contract_tenor(plan: SitePlan) -> Given:
    if plan.offtake is not None:
        yield "offtake.tenor", _years(plan.offtake.tenor, plan)


def _market_price(plan: SitePlan) -> Given:
    yield "market.price_per_gpu_hour", plan.market.price_per_gpu_hour


def _decline(plan: SitePlan) -> Given:
    yield "market.decline_per_year", plan.market.decline_per_year


def _market_use(plan: SitePlan) -> Given:
    for share in sorted({min(plan.market.utilisation), max(plan.market.utilisation)}):
        yield "market.utilisation", share


def _power_price(plan: SitePlan) -> Given:
    yield "power.price_per_mwh", plan.power.price_per_mwh


def _resale(years: int) -> Callable[[SitePlan], Given]:
    def of(plan: SitePlan) -> Given:
        refresh = plan.refresh
        if refresh is None or round(_years(refresh.period, plan)) != years:
            return
        for component in plan.components:
            if component.name == refresh.replaces and component.cost > 0.0:
                yield "refresh.old_it_proceeds", refresh.old_it_proceeds / component.cost

    return of


def _of_loans(*names: str) -> Callable[[SitePlan], Given]:
    """What every loan says under one of some names; a loan that leaves it out says nothing."""

    def of(plan: SitePlan) -> Given:
        for loan in plan.loans:
            for name in names:
                value = getattr(loan, name)
                if value is not None:
                    yield f"loans.{loan.name}.{name}", value

    return of


def _loan_tenor(plan: SitePlan) -> Given:
    for loan in plan.loans:
        yield f"loans.{loan.name}.tenor", _years(loan.tenor, plan)


def _resale_decay(plan: SitePlan) -> Given:
    if plan.loans:
        yield "enforcement.decay_per_year", plan.enforcement.decay_per_year


QUANTITIES: tuple[Quantity, ...] = (
    Quantity("site.pue", "the PUE", "ratio", _pue),
    Quantity("site.kw_per_gpu", "IT load a GPU, with network and storage,", "kW_per_GPU", _kw_per_gpu),
    Quantity("site.construction_periods", "the time to build", "years", _construction),
    Quantity("components", "all capex", "USD_per_MW", _capex),
    Quantity("components.it.cost", "the cost of chips with what belongs to them", "USD_per_MW_IT", _it_cost),
    Quantity("components.shell_and_power.cost", "the cost of shell and power together", "USD_per_MW", _shell_and_power),
    Quantity("components.it.book_life_years", "the book life of chips", "years", _book_life("it")),
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
    Quantity("loans.rate_per_year", "the rate of the loan", "decimal", _of_loans("rate_per_year")),
    Quantity("loans.tenor", "the term of the loan from opening", "years", _loan_tenor),
    Quantity("loans.upfront_fee_share", "the upfront fee", "decimal", _of_loans("upfront_fee_share")),
    Quantity("enforcement.decay_per_year", "the fall of the resale price", "fall_per_year", _resale_decay),
)
"""Every quantity that is held against its sources."""

_TURNS: dict[tuple[str, str], Callable[[float, Site], float]] = {
    ("GPUs_per_MW_IT", "kW_per_GPU"): lambda x, site: KW_PER_MW / x,
    ("USD_per_MW_IT", "USD_per_MW"): lambda x, site: x / site.pue,
    ("USD_per_GPU", "USD_per_MW_IT"): lambda x, site: x * KW_PER_MW / site.kw_per_gpu,
    ("USD_per_MW_year", "USD_per_GPU_hour"): lambda x, site: (
        x * site.pue * site.kw_per_gpu / KW_PER_MW / HOURS_PER_YEAR
    ),
    ("log_per_year", "fall_per_year"): lambda x, site: 1.0 - math.exp(x),
    ("decimal_per_year", "fall_per_year"): lambda x, site: -x,
}


def fits(unit: str, into: str) -> bool:
    """Whether a figure in a unit can be turned into that of a quantity.

    >>> fits("GPUs_per_MW_IT", "kW_per_GPU"), fits("years", "kW_per_GPU")
    (True, False)
    """
    return unit == into or (unit, into) in _TURNS


def turned(value: float, unit: str, into: str, site: Site) -> float:
    """A figure in the unit of a quantity, on the site's own density of chips and its PUE where that is needed.

    Raises KeyError for two units that do not fit.

    >>> from overbuild.old_site.examples import PLAN
    >>> round(turned(400.0, "GPUs_per_MW_IT", "kW_per_GPU", PLAN.site), 6)
    2.5
    """
    return value if unit == into else _TURNS[unit, into](value, site)


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
