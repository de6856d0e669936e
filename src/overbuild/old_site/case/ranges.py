"""What a number of a case may be by its name: shares, rates, amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from overbuild.errors import CaseError
from overbuild.world.sourced import Sourced

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


class RangeFault(NamedTuple):
    """What is wrong with a number: the code of the fault, and what is allowed."""

    code: str
    hint: str


def range_faults(inputs: Mapping[str, Sourced]) -> Iterator[CaseError]:
    """The inputs of a case, by path, that are outside what their name allows: one fault an input, with its place.

    >>> from overbuild.world.sourced import assumption
    >>> pue = assumption(0.9, "ratio", author="me", reason="A guess.")
    >>> [f"{fault.path} {fault.code}" for fault in range_faults({"site.pue": pue, "power.price_per_mwh": pue})]
    ['site.pue bad_value']
    """
    for path, one in inputs.items():
        name = path.rpartition(".")[2]
        for number in one.numbers:
            fault = range_fault(name, number)
            if fault is not None:
                yield one.place.fault(fault.code, path, fault.hint, number)
                break


def range_fault(name: str, number: float) -> RangeFault | None:
    """What is wrong with a number of this name; None for one that may stand.

    Shares lie in 0..1, rates a year are above -1, amounts and counts are not negative.

    >>> range_fault("debt_share", 0.8) is None, range_fault("debt_share", 80.0).hint
    (True, 'a share lies in 0..1; did you mean 0.8?')
    """
    if name.endswith(("_share", "_share_per_year")) or name in _SHARES:
        hint = f"a share lies in 0..1{f'; did you mean {number / 100:g}?' if 1 < number <= 100 else ''}"
        return None if 0.0 <= number <= 1.0 else RangeFault("share_out_of_range", hint)
    if name.endswith(_RATES):
        hint = "a rate a year is a decimal above -1 (0.08 is 8%)"
        return None if -1.0 < number < 10.0 else RangeFault("rate_le_minus1", hint)
    if name == "pue":
        hint = "a PUE is at least 1: the site uses at least what its chips use"
        return None if number >= 1.0 else RangeFault("bad_value", hint)
    if name in _POSITIVE and number == 0.0:
        return RangeFault("bad_value", "more than 0 is needed")
    hint = "an amount is never negative; its name says the direction"
    return None if number >= 0.0 else RangeFault("negative", hint)
