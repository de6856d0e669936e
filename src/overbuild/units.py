"""Words for quantities: what a number is, before anyone asks how big it is.

Inside the package money is USD (nominal), power MW, energy MWh, emissions tCO2, shares decimals. Billions,
percent, basis points and fiscal years exist only at the doors: `UNITS` turns the printed unit of a fact into the
unit used inside, once. The aliases below document a formula's arguments and the leaves of its records: first the
unit, as every table prints it, then a remark. Nothing checks them at run time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, NamedTuple, TypeAlias

Scalar: TypeAlias = Any
"""One number of one period and one scenario: a float, a NumPy array or a node of the expression graph.

Arithmetic on any of the three gives the same kind back, which no static type says; the aliases below document it.
"""

Usd = Annotated[Scalar, "USD per period"]
UsdPerYear = Annotated[Scalar, "USD per year"]
UsdStock = Annotated[Scalar, "USD", "at an instant"]
Share = Annotated[Scalar, "share", "0..1"]
Ratio = Annotated[Scalar, "ratio"]
PerYear = Annotated[Scalar, "decimal per year"]
PerPeriod = Annotated[Scalar, "decimal per period"]
Years = Annotated[Scalar, "years"]
EurStock = Annotated[Scalar, "EUR", "at an instant"]
Months = Annotated[Scalar, "months"]
CalendarYear = Annotated[Scalar, "year"]
Quarters = Annotated[Scalar, "quarters"]
Days = Annotated[Scalar, "days"]
Flag01 = Annotated[Scalar, "0 or 1", "1 where it holds, 0 where it does not"]
Mw = Annotated[Scalar, "MW"]
KwPerGpu = Annotated[Scalar, "kW per GPU"]
Mwh = Annotated[Scalar, "MWh per period"]
UsdPerMwh = Annotated[Scalar, "USD per MWh"]
UsdPerKwMonth = Annotated[Scalar, "USD per kW-month"]
UsdPerMwYear = Annotated[Scalar, "USD per MW and year"]
UsdPerMw = Annotated[Scalar, "USD per MW"]
UsdPerMonth = Annotated[Scalar, "USD per month"]
UsdPerGpuHour = Annotated[Scalar, "USD per GPU-hour"]
UsdPerMwDay = Annotated[Scalar, "USD per MW-day"]
UsdPerMmbtu = Annotated[Scalar, "USD per MMBtu"]
UsdPerTonne = Annotated[Scalar, "USD per t CO2"]
MmbtuPerMwh = Annotated[Scalar, "MMBtu per MWh"]
TonnesPerMwh = Annotated[Scalar, "t CO2 per MWh"]
Tonnes = Annotated[Scalar, "t CO2 per year"]
MwhPerYear = Annotated[Scalar, "MWh per year"]
KwhPerMonth = Annotated[Scalar, "kWh per month"]
Kw = Annotated[Scalar, "kW"]
Hours = Annotated[Scalar, "hours"]
UsdPerUnit = Annotated[Scalar, "USD per unit sold"]
UnitsPerYear = Annotated[Scalar, "units sold a year"]
HhiPoints = Annotated[Scalar, "HHI_points"]
GpuHours = Annotated[Scalar, "GPU-hours per period"]
MoneyStock = Annotated[Scalar, "money", "at an instant"]
MoneyPerYear = Annotated[Scalar, "money per year"]
MoneyPerTask = Annotated[Scalar, "money per task"]
MoneyPerMtok = Annotated[Scalar, "money per Mtok"]
Tokens = Annotated[Scalar, "tokens"]
TasksPerQuarter = Annotated[Scalar, "tasks per quarter"]
TasksPerYear = Annotated[Scalar, "tasks per year"]
PerQuarter = Annotated[Scalar, "decimal per quarter"]
Count = Annotated[Scalar, "count"]


class Constant(float):
    """A named number of nature or convention: the only literals, beside 0, 1, 2, 4, 12 and 1e-9, a formula may hold."""

    name: str

    def __new__(cls, value: float, name: str) -> Constant:
        """The number with its name."""
        constant = super().__new__(cls, value)
        constant.name = name
        return constant


HOURS_PER_YEAR = Constant(8760.0, "hours_per_year")
DAYS_PER_YEAR = Constant(365.0, "days_per_year")
DAYS_PER_MONEY_YEAR = Constant(360.0, "days_per_money_year")
KW_PER_MW = Constant(1000.0, "kw_per_mw")
TOKENS_PER_MTOK = Constant(1e6, "tokens_per_mtok")
SECONDS_PER_HOUR = Constant(3600.0, "seconds_per_hour")
LN_2 = Constant(0.6931471805599453, "ln_2")
NEAR_NO_RATE = Constant(1e-6, "near_no_rate")
"""A rate nearer to 0 than this is priced by a series: the closed form would lose its digits."""


def simple_rate(rate_per_year: PerYear, periods_per_year: Count) -> PerPeriod:
    """Loan coupon of one period.

        simple_rate = rate_per_year / periods_per_year

    Source: standard for loans: a nominal rate, not compounded within the year.

    >>> simple_rate(0.08, 4)
    0.02
    """
    return rate_per_year / periods_per_year


def compound_rate(rate_per_year: float, periods_per_year: float) -> float:
    """Growth, hurdle or discount rate of one period.

        compound_rate = (1 + rate_per_year) ** (1 / periods_per_year) - 1

    >>> round(compound_rate(0.21, 2), 12)
    0.1
    """
    return (1.0 + rate_per_year) ** (1.0 / periods_per_year) - 1.0


_SUM_TOLERANCE = 1e-9
"""How far from 1 the sum of shares of a whole may be."""


def add_up_to_one(shares: Iterable[float]) -> bool:
    """Whether shares of a whole add up to it, to 1e-9.

    >>> add_up_to_one((0.1, 0.2, 0.7)), add_up_to_one((0.1, 0.2))
    (True, False)
    """
    return abs(sum(shares) - 1.0) <= _SUM_TOLERANCE


class Unit(NamedTuple):
    """A printed unit: what it measures and how many inside units one of it is."""

    measures: str
    inside: str
    factor: float


def _u(measures: str, inside: str, factor: float = 1.0) -> Unit:
    return Unit(measures, inside, factor)


UNITS: dict[str, Unit] = {
    "USD_tn": _u("money", "USD", 1e12),
    "USD_bn": _u("money", "USD", 1e9),
    "USD_mn": _u("money", "USD", 1e6),
    "USD": _u("money", "USD"),
    "EUR_k": _u("money in EUR", "EUR", 1e3),
    "EUR_per_task": _u("money in EUR a task", "EUR_per_task"),
    "EUR_mn": _u("money in EUR", "EUR", 1e6),
    "USD_bn_per_year": _u("money a year", "USD_per_year", 1e9),
    "USD_k_per_month": _u("money a month", "USD_per_month", 1e3),
    "USD_per_month": _u("money a month", "USD_per_month"),
    "USD_bn_per_GW": _u("money per power", "USD_per_MW", 1e6),
    "USD_mn_per_MW": _u("money per site power", "USD_per_MW", 1e6),
    "USD_mn_per_MW_IT": _u("money per IT power", "USD_per_MW_IT", 1e6),
    "USD_mn_per_MW_year": _u("money per site power and year", "USD_per_MW_year", 1e6),
    "USD_mn_per_MW_IT_year": _u("money per IT power and year", "USD_per_MW_IT_year", 1e6),
    "USD_per_kW_month": _u("money per power and month", "USD_per_kW_month"),
    "USD_per_kW": _u("money per power", "USD_per_MW", 1e3),
    "USD_per_MW_day": _u("capacity price", "USD_per_MW_day"),
    "USD_per_MWh": _u("energy price", "USD_per_MWh"),
    "EUR_cents_per_kWh": _u("energy price in EUR", "EUR_per_MWh", 10.0),
    "USD_per_MMBtu": _u("fuel price", "USD_per_MMBtu"),
    "EUR_per_MW_year": _u("capacity price in EUR", "EUR_per_MW_year"),
    "EUR_per_month": _u("money a month in EUR", "EUR_per_month"),
    "EUR_per_year": _u("money a year in EUR", "EUR_per_year"),
    "USD_per_MW": _u("money per power", "USD_per_MW"),
    "kWh_per_month": _u("use of one customer", "kWh_per_month"),
    "USD_cents_per_kWh": _u("energy price", "USD_per_MWh", 10.0),
    "USD_k_per_GPU": _u("price of a GPU", "USD_per_GPU", 1e3),
    "USD_k_per_rack": _u("price of a rack", "USD_per_rack", 1e3),
    "USD_per_GPU_hour": _u("GPU rental", "USD_per_GPU_hour"),
    "USD_per_Mbps_month": _u("transit price", "USD_per_Mbps_month"),
    "USD_per_minute": _u("money a minute", "USD_per_minute"),
    "USD_per_Mtok": _u("token price", "USD_per_Mtok"),
    "USD_per_task": _u("money a task", "USD_per_task"),
    "USD_per_short_ton": _u("money per short ton", "USD_per_short_ton"),
    "USD_per_t": _u("carbon price", "USD_per_tCO2"),
    "EUR_per_t": _u("carbon price in EUR", "EUR_per_tCO2"),
    "GBP_per_t": _u("carbon price in GBP", "GBP_per_tCO2"),
    "GW": _u("power", "MW", 1e3),
    "MW": _u("power", "MW"),
    "kW": _u("power", "MW", 1e-3),
    "W": _u("power", "MW", 1e-6),
    "TWh": _u("energy", "MWh", 1e6),
    "GWh": _u("energy", "MWh", 1e3),
    "MWh": _u("energy", "MWh"),
    "GPUs_per_MW_IT": _u("GPU density", "GPUs_per_MW_IT"),
    "MtCO2e": _u("emissions", "tCO2", 1e6),
    "tCO2e": _u("emissions", "tCO2"),
    "t_per_MWh": _u("carbon intensity", "tCO2_per_MWh"),
    "g_per_kWh": _u("carbon intensity", "tCO2_per_MWh", 1e-3),
    "pct": _u("share", "decimal", 0.01),
    "pct_per_year": _u("rate", "decimal_per_year", 0.01),
    "bp": _u("rate", "decimal", 1e-4),
    "cents_on_dollar": _u("share", "decimal", 0.01),
    "ratio": _u("ratio", "ratio"),
    "ratio_per_year": _u("ratio a year", "ratio_per_year"),
    "log_per_year": _u("log growth", "log_per_year"),
    "HHI_points": _u("concentration", "HHI_points"),
    "count": _u("count", "count"),
    "million": _u("count", "count", 1e6),
    "TFLOPS": _u("computing speed", "TFLOPS"),
    "GB": _u("memory", "GB"),
    "TB_per_s": _u("memory bandwidth", "TB_per_s"),
    "tokens": _u("tokens", "tokens"),
    "tokens_bn_per_month": _u("tokens a month", "tokens_per_month", 1e9),
    "years": _u("time", "years"),
    "months": _u("time", "years", 1.0 / 12.0),
    "days": _u("time", "days"),
    "minutes": _u("time", "minutes"),
    "date": _u("date", "date"),
    "event": _u("event", "event"),
    "text": _u("text", "text"),
}

WORDS_ONLY = frozenset({"date", "event", "text"})
"""Units that are not quantities: shown, never computed with."""


IN_HUNDREDTHS = tuple(name for name, unit in UNITS.items() if unit.factor == 0.01 and name.startswith("pct"))
"""Units in which 35 percent is 35."""


def inside(value: float, unit: str) -> float:
    """A printed figure in the unit used inside.

    Money a year (`USD_bn_per_year`) stays a rate: it is never the same quantity as money (`USD_bn`).
    Raises KeyError for a unit that is not in `UNITS`; the facts room reports it before this is called.

    >>> inside(527, "USD_bn"), inside(21, "pct")
    (527000000000.0, 0.21)
    """
    return value * UNITS[unit].factor
