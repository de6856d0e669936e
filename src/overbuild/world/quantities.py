"""Quantities as a case file states them: one plain number, of which the type says the unit.

They are the words of `overbuild.units`, where each stands for a scalar of a formula: a number, an array or a node of a
graph. Here a number is a number, and a whole number is whole.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

Usd: TypeAlias = Annotated[float, "USD per period"]
UsdPerYear: TypeAlias = Annotated[float, "USD per year"]
UsdStock: TypeAlias = Annotated[float, "USD"]
UsdPerMwh: TypeAlias = Annotated[float, "USD per MWh"]
UsdPerGpuHour: TypeAlias = Annotated[float, "USD per GPU-hour"]
UsdPerKwMonth: TypeAlias = Annotated[float, "USD per kW-month"]
UsdPerUnit: TypeAlias = Annotated[float, "USD per unit sold"]
UnitsPerYear: TypeAlias = Annotated[float, "units sold a year"]
UsdPerMw: TypeAlias = Annotated[float, "USD per MW"]
HhiPoints: TypeAlias = Annotated[float, "HHI_points"]
EurStock: TypeAlias = Annotated[float, "EUR"]
Months: TypeAlias = Annotated[float, "months"]
UsdPerMwYear: TypeAlias = Annotated[float, "USD per MW and year"]
UsdPerMwDay: TypeAlias = Annotated[float, "USD per MW-day"]
UsdPerMonth: TypeAlias = Annotated[float, "USD per month"]
UsdPerMmbtu: TypeAlias = Annotated[float, "USD per MMBtu"]
UsdPerTonne: TypeAlias = Annotated[float, "USD per t CO2"]
MmbtuPerMwh: TypeAlias = Annotated[float, "MMBtu per MWh"]
TonnesPerMwh: TypeAlias = Annotated[float, "t CO2 per MWh"]
Tonnes: TypeAlias = Annotated[float, "t CO2 per year"]
KwhPerMonth: TypeAlias = Annotated[float, "kWh per month"]
Kw: TypeAlias = Annotated[float, "kW"]
Hours: TypeAlias = Annotated[float, "hours"]
Mw: TypeAlias = Annotated[float, "MW"]
KwPerGpu: TypeAlias = Annotated[float, "kW per GPU"]
Share: TypeAlias = Annotated[float, "share"]
Ratio: TypeAlias = Annotated[float, "ratio"]
PerYear: TypeAlias = Annotated[float, "decimal per year"]
Years: TypeAlias = Annotated[float, "years"]
Days: TypeAlias = Annotated[float, "days"]

Count: TypeAlias = Annotated[int, "count"]
Rank: TypeAlias = Annotated[int, "rank"]
Period: TypeAlias = Annotated[int, "period"]
"""The number of a period, counted from 1."""
Periods: TypeAlias = Annotated[int, "periods"]
CalendarYear: TypeAlias = Annotated[int, "year"]
WholeYears: TypeAlias = Annotated[int, "years"]
MoneyStock: TypeAlias = Annotated[float, "money"]
"""Money in the currency that the case names, as are the two below."""
MoneyPerYear: TypeAlias = Annotated[float, "money per year"]
MoneyPerTask: TypeAlias = Annotated[float, "money per task"]
MoneyPerMtok: TypeAlias = Annotated[float, "money per Mtok"]
Tokens: TypeAlias = Annotated[float, "tokens"]
TasksPerYear: TypeAlias = Annotated[float, "tasks per year"]
PerQuarter: TypeAlias = Annotated[float, "decimal per quarter"]
Quarters: TypeAlias = Annotated[float, "quarters"]
WholeQuarters: TypeAlias = Annotated[int, "quarters"]
