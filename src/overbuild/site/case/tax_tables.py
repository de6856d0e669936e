"""Tax classes: the share of the cost that each tax year may write off.

`MACRSn` is the half-year table of n-year property, `SLn` a straight line over n years.
Source: IRS Publication 946, Table A-1.
"""

from __future__ import annotations

import re

from overbuild.errors import InputError

MACRS: dict[str, tuple[float, ...]] = {
    "MACRS3": (0.3333, 0.4445, 0.1481, 0.0741),
    "MACRS5": (0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576),
    "MACRS7": (0.1429, 0.2449, 0.1749, 0.1249, 0.0893, 0.0892, 0.0893, 0.0446),
    "MACRS10": (0.1, 0.18, 0.144, 0.1152, 0.0922, 0.0737, 0.0655, 0.0655, 0.0656, 0.0655, 0.0328),
    "MACRS15": (
        *(0.05, 0.095, 0.0855, 0.077, 0.0693, 0.0623, 0.059, 0.059),
        *(0.0591, 0.059, 0.0591, 0.059, 0.0591, 0.059, 0.0591, 0.0295),
    ),
}

LONGEST_BONUS_YEARS = 20
"""The bonus is for classes with a recovery period of at most so many years."""

_CLASS = re.compile(r"^(MACRS|SL)(\d+)$")


def depreciation_table(tax_class: str) -> tuple[float, ...]:
    """Shares of cost by tax year. Raises InputError (`unknown_name`) for a class that is none.

    >>> depreciation_table("SL4")
    (0.25, 0.25, 0.25, 0.25)
    >>> round(sum(depreciation_table("MACRS15")), 12)
    1.0
    """
    if tax_class in MACRS:
        return MACRS[tax_class]
    if not tax_class.startswith("SL"):
        raise _unknown(tax_class)
    years = recovery_years(tax_class)
    return (1.0 / years,) * years


def recovery_years(tax_class: str) -> int:
    """Years in the name of a class.

    >>> recovery_years("MACRS5"), recovery_years("SL39")
    (5, 39)
    """
    match = _CLASS.match(tax_class)
    if match is None or int(match[2]) == 0:
        raise _unknown(tax_class)
    return int(match[2])


def _unknown(tax_class: str) -> InputError:
    return InputError("unknown_name", "tax_class", tax_class, f"one of {', '.join(MACRS)} or SLn, n years straight")
