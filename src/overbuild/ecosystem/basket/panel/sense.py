"""What a panel may not be: days twice, gaps, returns in percent, prices in the place of returns, rows that stand still."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from overbuild.ecosystem.basket.panel.dates import holes, periods_a_year
from overbuild.ecosystem.basket.panel.records import FaultList, Quoted
from overbuild.ecosystem.basket.settings import Form

MOST_A_YEAR = 3.0
"""Volatility a year, by the median move of a name, above which returns are taken to be in percent: 300%."""
LARGEST_RETURN = 3.0
"""A log return beyond this is no return: a price twenty times that of the period before, or a twentieth of it."""
_MAD_TO_SD = 1.4826
_ALL_UP = 12
"""So many numbers of a name of which none is below zero are prices, where they are large."""
_LIKE_A_PRICE = 0.2


def by_name(quoted: Sequence[Quoted]) -> dict[str, list[Quoted]]:
    """Numbers of each name by day; of a day that stands twice the first."""
    found: dict[str, dict[str, Quoted]] = {}
    for one in quoted:
        found.setdefault(one.name, {}).setdefault(one.day, one)
    return {name: [rows[day] for day in sorted(rows)] for name, rows in found.items()}


def duplicates(quoted: Sequence[Quoted], faults: FaultList, *, wide: bool) -> None:
    """Days that stand twice, for one name or in a wide panel for all."""
    first: dict[str, Quoted] = {}
    told: set[int] = set()
    for one in quoted:
        key = one.day if wide else f"{one.name} {one.day}"
        known = first.setdefault(key, one)
        if known.line != one.line and one.line not in told:
            told.add(one.line)
            path = "day" if wide else one.name
            hint = f"this day stands in line {known.line} already; leave one of the two out"
            faults.add("duplicate", path, one.day, hint, line=one.line, column=1)


def gaps(rows: dict[str, list[Quoted]], days: Sequence[str], faults: FaultList, *, kept: bool) -> None:
    """Days without any number, and days on which a name between its first and its last has none.

    Days before the first and after the last number of a name are no gap: it was not listed. `kept` gaps of single names
    are left as they are.
    """
    by_day = {one.day: one for found in rows.values() for one in found}
    for place in holes(days):
        one = by_day[days[place]]
        hint = f"nothing stands between {days[place - 1]} and this day; add what is missing, or end the panel before it"
        faults.add("gap", "day", one.day, hint, line=one.line, column=1)
    if kept:
        return
    for name, found in rows.items():
        there = [one for one in found if not math.isnan(one.value)]
        if not there:
            faults.add("missing", name, None, "this name has no number at all; leave it out")
            continue
        has = {one.day for one in there}
        missing = [day for day in days if there[0].day < day < there[-1].day and day not in has]
        if missing:
            after = next(one for one in there if one.day > missing[0])
            blank = next((one for one in found if one.day == missing[0]), after)
            more = len(missing) - 1
            many = "" if not more else f" and on {more} more day{'' if more == 1 else 's'}"
            hint = (
                f"nothing on {missing[0]}{many}; it is not filled: complete it, leave the name out (--without {name}), or "
                "measure each pair on the days that both have (--pairwise)"
            )
            faults.add("gap", name, None, hint, line=blank.line, column=blank.column)


def slips(rows: dict[str, list[Quoted]], days: Sequence[str], faults: FaultList, form: Form) -> None:
    """Numbers that cannot be what the form says: percent, prices for returns, returns for prices, single slips."""
    if form == "prices":
        _not_prices(rows, faults)
        return
    per_year = periods_a_year(days)
    in_percent, as_prices = list[Quoted](), list[Quoted]()
    for found in rows.values():
        there = [one for one in found if not math.isnan(one.value)]
        if not there:
            continue
        usual = median(abs(one.value) for one in there)
        if len(there) >= _ALL_UP and usual > _LIKE_A_PRICE and all(one.value > 0.0 for one in there):
            as_prices.append(there[0])
        elif usual * _MAD_TO_SD * math.sqrt(per_year) > MOST_A_YEAR:
            in_percent.append(next(one for one in there if one.value != 0.0))
        else:
            _single(there, faults, form)
    _prices_given(as_prices, faults)
    _percent_given(in_percent, faults)


def _prices_given(found: list[Quoted], faults: FaultList) -> None:
    if found:
        one, more = found[0], len(found) - 1
        hint = f"no number of this name is below zero{_others(more)}: are these prices? Then say --form prices"
        faults.add("bad_value", one.name, one.value, hint, line=one.line, column=one.column)


def _percent_given(found: list[Quoted], faults: FaultList) -> None:
    if found:
        one, more = found[0], len(found) - 1
        hint = (
            f"a return is a decimal, 0.01 is 1%; the volatility of this name{_others(more)} would be above "
            f"{MOST_A_YEAR:.0%} a year: are these percent? Did you mean {one.value / 100.0:.6g}? Divide by 100"
        )
        faults.add("bad_value", one.name, one.value, hint, line=one.line, column=one.column)


def _others(more: int) -> str:
    return f" (and of {more} more names)" if more else ""


def _single(there: list[Quoted], faults: FaultList, form: Form) -> None:
    """Single numbers that no return can be, in a name whose others are sound."""
    for one in there:
        if form == "simple" and one.value <= -1.0:
            hint = "a simple return is above -1, the loss of everything; are these log returns? Then say --form log"
        elif abs(one.value) > (LARGEST_RETURN if form == "log" else math.expm1(LARGEST_RETURN)):
            hint = (
                f"no return of one period is as large; did you mean {one.value / 100.0:.6g}, in percent? If it is real, "
                f"leave the name out (--without {one.name})"
            )
        else:
            continue
        faults.add("bad_value", one.name, one.value, hint, line=one.line, column=one.column)


def _not_prices(rows: dict[str, list[Quoted]], faults: FaultList) -> None:
    for found in rows.values():
        low = [one for one in found if one.value <= 0.0]
        if low:
            one, hint = low[0], "a price is above zero"
            if len(low) > len(found) / 5:
                hint += "; are these returns? Then say --form log or --form simple"
            faults.add("nonpositive_price", one.name, one.value, hint, line=one.line, column=one.column)
