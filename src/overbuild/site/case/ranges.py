"""What a number of a case may be by its unit: shares, rates, ratios, amounts. A slip of percent is asked about."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from overbuild.errors import CaseError
from overbuild.world.sourced import Sourced

MAY_FALL = ("rate", "growth", "escalator_per_year", "decline_per_year", "inflation_per_year", "rate_per_year")
MAY_FALL_TOO = ("hurdle_per_year", "floor_per_year", "margin_per_year", "fixed_per_year", "pik_premium_per_year")
_FEES = ("fee_per_year", "upfront_fee_share", "refinancing.fee")
_POSITIVE = (
    "it_mw",
    "kw_per_gpu",
    "performance",
    "book_life_years",
    "periods",
    "operating_periods",
    "cod",
    "tenor",
    "at",
    "until",
    "level",
)
LARGEST_RATE = 1.0
LARGEST_FEE = 0.1
LARGEST_RATIO = 20.0


class OutOfRange(NamedTuple):
    """What is wrong with a number: the code of the fault, and what is allowed."""

    code: str
    hint: str


def out_of_range(inputs: Mapping[str, Sourced], unit_of: Callable[[str], str]) -> Iterator[CaseError]:
    """The inputs of a case, by path, that are outside what their unit allows: one fault an input, with its place.

    >>> from overbuild.world.sourced import assumption
    >>> pue = assumption(0.9, "ratio", author="me", reason="A guess.")
    >>> [f"{fault.path} {fault.code}" for fault in out_of_range({"horizon.pue": pue}, lambda path: "ratio")]
    ['horizon.pue bad_value']
    """
    for path, one in inputs.items():
        for number in one.numbers:
            found = wrong_with(path, unit_of(path), number)
            if found is not None:
                yield one.place.fault(found.code, path, found.hint, number)
                break


class Bounds(NamedTuple):
    """From where to where a number may lie, both ends included as far as the hint does not say otherwise."""

    low: float
    high: float


def bounds_of(path: str, unit: str) -> Bounds:
    """Bounds of a number of this path and unit, within which `wrong_with` finds nothing; its ends are shown, not exact.

    >>> bounds_of("loans.senior.debt_share", "share"), bounds_of("horizon.pue", "ratio")
    (Bounds(low=0.0, high=1.0), Bounds(low=1.0, high=20.0))
    """
    tried = (-0.99, 0.0, 1e-9, 1.0)
    low = next(one for one in tried if wrong_with(path, unit, one) is None)
    ends = (LARGEST_FEE, LARGEST_RATE - 1e-9, 1.0, LARGEST_RATIO, math.inf)
    high = max(one for one in ends if wrong_with(path, unit, one) is None)
    return Bounds(low, high)


def wrong_with(path: str, unit: str, number: float) -> OutOfRange | None:
    """What is wrong with a number of this path and unit; None for one that may stand.

    >>> wrong_with("loans.senior.debt_share", "share", 80.0).hint
    'a share lies in 0..1; did you mean 0.8?'
    >>> wrong_with("loans.senior.rate", "decimal per year", 8.0).hint
    'a rate a year is a decimal: 0.08 is 8%; did you mean 0.08?'
    >>> wrong_with("contracts.lab.price.growth", "decimal per year", -0.05) is None
    True
    """
    name = path.rpartition(".")[2]
    if path.endswith(_FEES) and number > LARGEST_FEE:
        return OutOfRange("bad_value", f"a fee is a decimal: 0.01 is 1%{_percent(number)}")
    if unit == "share":
        hint = f"a share lies in 0..1{_percent(number) if number > 1.0 else ''}"
        return None if 0.0 <= number <= 1.0 else OutOfRange("share_out_of_range", hint)
    if unit == "decimal per year":
        return _wrong_with_rate(name, number)
    if unit == "ratio" and number > LARGEST_RATIO:
        return OutOfRange("bad_value", f"a ratio such as 1.2 is needed{_percent(number)}")
    if name == "pue" and number < 1.0:
        return OutOfRange("bad_value", "a PUE is at least 1: the site uses at least what its chips use")
    if name in _POSITIVE and number == 0.0:
        return OutOfRange("bad_value", "more than 0 is needed")
    hint = "an amount is never negative; its name says the direction"
    return None if number >= 0.0 else OutOfRange("negative", hint)


def _wrong_with_rate(name: str, number: float) -> OutOfRange | None:
    if number <= -1.0:
        code = "bad_path" if name == "growth" else "rate_le_minus1"
        return OutOfRange(code, "a rate a year is a decimal above -1 (-0.05 falls by 5% a year)")
    if number >= LARGEST_RATE:
        return OutOfRange("bad_value", f"a rate a year is a decimal: 0.08 is 8%{_percent(number)}")
    if number < 0.0 and not name.endswith(
        (*MAY_FALL, *MAY_FALL_TOO, "decay_per_year", "by_year", "by_period", "value")
    ):
        return OutOfRange("negative", "0 or more is needed")
    return None


def _percent(number: float) -> str:
    return f"; did you mean {number / 100:g}?" if number <= 1000.0 else ""
