"""A path: how a price, a cost or a rate moves over the calendar."""

from __future__ import annotations

from typing import Annotated, NamedTuple, TypeAlias

from overbuild.site.case.choices import PathKind, PathStep
from overbuild.world.quantities import Period, PerYear

START = 0
"""`since` of a path that counts from the start of its contract."""


class Path(NamedTuple):
    """How a number moves over calendar periods; its unit is that of the field where it stands.

    kind: which of the fields below count [flat]
        flat: `value` in every period
        growing: value x (1 + growth_per_year)^k, where k counts from `since`, never below 0
        by_year: one entry a calendar year from close; the last one holds
        by_period: one entry a period, the first is period 1; the last one holds
    value: the number, of `flat` and `growing` [0]
    growth_per_year: of `growing`; above -1 [0]
    since: the period in which `growing` still is `value`: `close` in a file is 1, `start` of the contract is START, 0 [1]
    step: k counts whole years (`year`), or (t - since) / periods_per_year (`smooth`) [year]
    by_year, by_period: the lists [()]
    """

    kind: PathKind = "flat"
    value: Annotated[float, "of its field"] = 0.0
    growth_per_year: PerYear = 0.0
    since: Period = 1
    step: PathStep = "year"
    by_year: tuple[Annotated[float, "of its field"], ...] = ()
    by_period: tuple[Annotated[float, "of its field"], ...] = ()


UsdPerYearPath: TypeAlias = Annotated[Path, "USD per year"]
UsdPerMwhPath: TypeAlias = Annotated[Path, "USD per MWh"]
UsdPerKwMonthPath: TypeAlias = Annotated[Path, "USD per kW-month"]
UsdPerGpuHourPath: TypeAlias = Annotated[Path, "USD per GPU-hour"]
PricePath: TypeAlias = Annotated[Path, "USD per GPU-hour or per kW-month"]
SharePath: TypeAlias = Annotated[Path, "share"]
RatePath: TypeAlias = Annotated[Path, "decimal per year"]
IndexPath: TypeAlias = Annotated[Path, "index"]
