"""The inputs of a site that can move from period to period: its paths, as the case has them in each place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from overbuild.site.case.dates import contract_dates
from overbuild.site.case.paths import Path
from overbuild.site.case.plan import SitePlan
from overbuild.site.terms.inputs import PathInputs
from overbuild.site.terms.paths import mode_of, path_columns, path_terms, path_value
from overbuild.world.drivers.world import CaseSeries


class DrawnSeries(NamedTuple):
    """A path of a plan that can be drawn: its values in the case, and the leaf of the columns that then takes them."""

    series: CaseSeries
    leaf: str


def series_of(plan: SitePlan) -> dict[str, DrawnSeries]:
    """All paths of a plan that can be drawn, by their path in the plan.

    Prices and use of contracts and market, power, staff, inflation, fixed costs, rates of loans and of what refinances
    them, which are fixed at the maturity.

    >>> from overbuild.site.examples import PLAN
    >>> found = series_of(PLAN)
    >>> found["contracts.lab.price"].leaf, found["loans.senior.rate"].series.base[:2]
    ('contracts.lab.price.listed', [0.1, 0.1])
    """
    return {one.series.path: one for one in _all(plan)}


def _all(plan: SitePlan) -> Iterator[DrawnSeries]:
    places = range(plan.horizon.periods + 1)
    whole = {
        "market.price": (plan.market.price, "market_price"),
        "market.utilisation": (plan.market.utilisation, "market_utilisation"),
        "power.price": (plan.power.price, "energy_price"),
        "power.demand_charge": (plan.power.demand_charge, "demand_charge"),
        "costs.staff": (plan.costs.staff, "staff"),
        "costs.inflation": (plan.costs.inflation, "inflation"),
    }
    for path, (given, leaf) in whole.items():
        yield _series(plan, path, given, leaf, places)
    for phase in plan.phases:
        where = f"phases.{phase.name}.fixed"
        yield _series(plan, where, phase.fixed, where, places)
    for contract in plan.contracts:
        start, where = contract_dates(plan, contract).begins, f"contracts.{contract.name}"
        yield _series(plan, f"{where}.price", contract.price, f"{where}.price", places, start)
        yield _series(plan, f"{where}.utilisation", contract.utilisation, f"{where}.utilisation", places, start)
    for loan in plan.loans:
        name, given = ("base_rate", loan.base_rate) if loan.rate is None else ("rate", loan.rate)
        if given is not None:
            yield _series(plan, f"loans.{loan.name}.{name}", given, f"loans.{loan.name}.rate", places)
        if loan.refinancing is not None:
            maturity, rate = loan.maturity, loan.refinancing.rate
            found = _series(
                plan,
                f"loans.{loan.name}.refinancing.rate",
                rate,
                f"loans.{loan.name}.new.rate",
                [maturity] * len(places),
            )
            yield found._replace(series=found.series._replace(fixed_from=maturity))


def _series(plan: SitePlan, path: str, given: Path, leaf: str, places: Sequence[int], start: int = 1) -> DrawnSeries:
    columns = path_columns(given, places, plan.horizon.periods_per_year, start)
    mode, terms = mode_of(given), path_terms(given)
    if mode == "flat":
        base = [path_value(mode, columns, terms)] * len(places)
    elif mode == "listed":
        base = list(cast("list[float]", columns.listed))
    else:
        base = [path_value(mode, PathInputs(years), terms) for years in cast("list[float]", columns.years)]
    return DrawnSeries(CaseSeries(path, base), f"{leaf}.listed")
