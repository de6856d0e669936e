"""Plausible bands of what an asker gives without a reason: outside one, the answer would be to another question."""

from __future__ import annotations

import math
from typing import NamedTuple

from overbuild.errors import InputError

PERCENT = 100.0
MONTHS = 12.0


class Band(NamedTuple):
    """A class of number: what it is, its unit, and between which ends it is plausible, both included.

    The unit is `decimal per year`, `share` or `years`. A number at or beyond `impossible` (an end that nothing can
    reach) has the code of that fault; any other outside the band is a `bad_value`.
    """

    what: str
    unit: str
    low: float
    high: float
    impossible: tuple[float, float] = (-math.inf, math.inf)
    code: str = "bad_value"


def outside(band: Band, path: str, value: float) -> InputError | None:
    """What is wrong with a number that is not finite or lies outside its band, with what was probably meant.

    >>> hurdle = Band("a return asked after tax", "decimal per year", 0.0, 0.5, (-1.0, math.inf), "hurdle_le_minus1")
    >>> outside(hurdle, "hurdle", 10.0).hint
    'a return asked after tax lies between 0% and 50% a year, and 10 is 1,000% a year; did you mean 0.1?'
    >>> outside(hurdle, "hurdle", -1.0).code, outside(hurdle, "hurdle", 0.1)
    ('hurdle_le_minus1', None)
    """
    if not math.isfinite(value):
        return InputError("not_finite", path, str(value), "a finite number is needed")
    if band.low <= value <= band.high:
        return None
    code = "bad_value" if band.impossible[0] < value < band.impossible[1] else band.code
    ends = f"{_number(band.low, band)} and {_said(band.high, band)}"
    got = f", and {value:,.6g} is {_said(value, band)}" if band.unit != "years" and abs(value) < 1e6 else ""
    return InputError(code, path, value, f"{band.what} lies between {ends}{got}{_meant(value, band)}")


def _meant(value: float, band: Band) -> str:
    """The number in the band that a slip of unit turns into this one, as a question."""
    smaller = value / (MONTHS if band.unit == "years" else PERCENT)
    if value > max(band.high, 1.0) and band.low <= smaller <= band.high:
        return f"; did you mean {smaller:.4g}?"
    if value < band.low and band.low <= -value <= band.high:
        return f"; did you mean {-value:.4g}?"
    return ""


def _number(value: float, band: Band) -> str:
    return f"{value:,.4g}" if band.unit == "years" else f"{value * PERCENT:,.4g}%"


def _said(value: float, band: Band) -> str:
    unit = {"decimal per year": " a year", "years": " years", "share": ""}[band.unit]
    return f"{_number(value, band)}{unit}"


FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Calendar years that a question may be about."""


def check_year(path: str, year: int | None) -> None:
    """Raise InputError `bad_value` for a calendar year that is none, with the one that was probably meant.

    >>> check_year("year", 2026)
    >>> check_year("year", 26)
    Traceback (most recent call last):
        ...
    overbuild.errors.InputError: year: a calendar year lies in 1990..2100; did you mean 2026? (got 26) [bad_value]
    """
    if year is None or FIRST_YEAR <= year <= LAST_YEAR:
        return
    meant = f"; did you mean {2000 + year}?" if 0 <= year <= LAST_YEAR - 2000 else ""
    raise InputError("bad_value", path, year, f"a calendar year lies in {FIRST_YEAR}..{LAST_YEAR}{meant}")
