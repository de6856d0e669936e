"""What a number of a case may be by its name: shares, rates, amounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from overbuild.errors import CaseError
from overbuild.world.sourced import Sourced


def range_faults(inputs: dict[str, Sourced]) -> Iterator[CaseError]:
    """Numbers outside what their name allows: shares in 0..1, rates above -1, amounts and counts not negative."""
    for path, one in inputs.items():
        name = path.rpartition(".")[2]
        value: object = one.value
        numbers = cast("tuple[Any, ...]", value if isinstance(value, tuple) else (value,))
        for number in numbers:
            if isinstance(number, bool | str) or number is None:
                continue
            fault = _range_fault(name, float(number))
            if fault is not None:
                code, hint = fault
                yield one.place.fault(code, path, hint, number)
                break


_RATES = (
    "rate_per_year",
    "escalator_per_year",
    "decline_per_year",
    "inflation_per_year",
    "hurdle_per_year",
    "decay_per_year",
    "floor_per_year",
    "margin_per_year",
    "fixed_per_year",
)


_SHARES = ("utilisation", "advance_rate")


_POSITIVE = ("it_mw", "kw_per_gpu", "operating_periods", "book_life_years")


def _range_fault(name: str, number: float) -> tuple[str, str] | None:
    if name.endswith(("_share", "_share_per_year")) or name in _SHARES:
        hint = f"a share lies in 0..1{f'; did you mean {number / 100:g}?' if 1 < number <= 100 else ''}"
        return None if 0.0 <= number <= 1.0 else ("share_out_of_range", hint)
    if name.endswith(_RATES):
        return None if -1.0 < number < 10.0 else ("rate_le_minus1", "a rate a year is a decimal above -1 (0.08 is 8%)")
    if name == "pue":
        return (
            None if number >= 1.0 else ("bad_value", "a PUE is at least 1: the site uses at least what its chips use")
        )
    if name in _POSITIVE and number == 0.0:
        return ("bad_value", "more than 0 is needed")
    return None if number >= 0.0 else ("negative", "an amount is never negative; its name says the direction")
