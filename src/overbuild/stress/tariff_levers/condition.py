"""A condition on a number over drawn worlds: `others_worse_off<=0@P95`.

    CONDITION = NUMBER_ID ("<=" | ">=") AMOUNT ["@" ("P" 1..99.99 | "mean")]
    AMOUNT    = a number, with k, m or bn after it

Without a level the condition is on the mean. Nothing else is understood.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.errors import InputError, did_you_mean

MEASURES = {
    "others_worse_off": "others_worse_off",
    "others_worse_off.per_year": "others_worse_off_per_year",
    "household_month": "household_month",
    "owners_worse_off": "owners_worse_off",
}
"""Numbers that a condition may be on, with their lines."""

_FORM = re.compile(
    r"\s*(?P<id>[a-z_.]+)\s*(?P<sign><=|>=)\s*(?P<amount>[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(?P<scale>k|m|bn)?"
    r"\s*(?:@\s*(?P<level>mean|P(?P<percent>\d{1,2}(?:\.\d+)?)))?\s*\Z"
)
_SCALES = {None: 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}
_EXAMPLE = "write it as in others_worse_off<=0@P95 (or >=; @mean; amounts as 5m or 2bn)"


class OutcomeCondition(NamedTuple):
    """A number of a deal that is to stay at or below (or above) an amount at a level: a share of worlds, None for the mean."""

    measure: str
    sign: Literal["<=", ">="]
    amount: float
    level: float | None
    text: str

    @property
    def line(self) -> str:
        """The line of the model that is measured."""
        return MEASURES[self.measure]

    @property
    def level_words(self) -> str:
        """The level as one says it.

        >>> condition_of("others_worse_off<=0@P95").level_words, condition_of("household_month<=1").level_words
        ('P95', 'the mean')
        """
        return "the mean" if self.level is None else f"P{self.level * 100:g}"

    def at_level(self, amounts: NDArray[np.float64]) -> float:
        """The amount that is held against the condition: the quantile, or the mean.

        >>> condition_of("others_worse_off<=0@P50").at_level(np.array([1.0, 2.0, 4.0]))
        2.0
        """
        return float(amounts.mean() if self.level is None else np.quantile(amounts, self.level))

    def excess(self, amounts: NDArray[np.float64]) -> float:
        """By how much the condition is missed; at or below 0 it holds.

        >>> condition_of("others_worse_off<=1@P50").excess(np.array([1.0, 2.0, 4.0]))
        1.0
        """
        apart = self.at_level(amounts) - self.amount
        return apart if self.sign == "<=" else -apart

    def share_held(self, amounts: NDArray[np.float64]) -> float:
        """The share of worlds in which the number is on the right side of the amount."""
        return float(np.mean(amounts <= self.amount if self.sign == "<=" else amounts >= self.amount))


def condition_of(text: str) -> OutcomeCondition:
    """The condition that a text says. Raises InputError `bad_value` or `unknown_name`, with what is understood.

    >>> condition_of("household_month <= 0.5 @ P90")[:4]
    ('household_month', '<=', 0.5, 0.9)
    >>> condition_of("others_worse_off<0")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    overbuild.errors.InputError: --such-that: write it as in others_worse_off<=0@P95 (or >=; ... [bad_value]
    """
    found = _FORM.match(text)
    if found is None:
        raise InputError("bad_value", "--such-that", text, _EXAMPLE)
    measure = found["id"]
    if measure not in MEASURES:
        known = ", ".join(MEASURES)
        hint = f"no such number.{did_you_mean(measure, MEASURES)} A condition may be on {known}"
        raise InputError("unknown_name", "--such-that", measure, hint)
    percent = found["percent"]
    level = None if percent is None else float(percent) / 100.0
    if level is not None and not 0.01 <= level < 1.0:
        raise InputError("bad_value", "--such-that", text, "a level lies between P1 and P99.99")
    amount = float(found["amount"]) * _SCALES[found["scale"]]
    sign: Literal["<=", ">="] = "<=" if found["sign"] == "<=" else ">="
    return OutcomeCondition(measure, sign, amount, level, re.sub(r"\s+", "", text))
