"""What a unit measures and how large it is: enough algebra to multiply, divide and compare printed figures.

A unit is a scale times powers of money, power, time and things counted. Shares, rates a year and ratios are pure
numbers; a MW of IT load and a MW of site are both power. A word that is none of these measures itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from overbuild.units import DAYS_PER_YEAR, HOURS_PER_YEAR, UNITS

MINUTES_PER_HOUR = 60.0


class Measure(NamedTuple):
    """How many basic units one of a unit is, and of what: names with their exponents, in order, none of them 0."""

    factor: float = 1.0
    dimensions: tuple[tuple[str, int], ...] = ()

    def times(self, other: Measure, power: int = 1) -> Measure:
        """The measure of a product; of a quotient with a `power` of -1.

        >>> Measure(1.0, (("money", 1),)).times(Measure(5.0, (("time", 1),)), -1)
        Measure(factor=0.2, dimensions=(('money', 1), ('time', -1)))
        """
        exponents = dict(self.dimensions)
        for name, exponent in other.dimensions:
            exponents[name] = exponents.get(name, 0) + power * exponent
        left = tuple(sorted((name, exponent) for name, exponent in exponents.items() if exponent))
        return Measure(self.factor * other.factor**power, left)

    @property
    def words(self) -> str:
        """What is measured, in words.

        >>> measure_of("USD per MW and year").words, measure_of("share").words
        ('money per power and time', 'a pure number')
        """
        above = [_power(name, exponent) for name, exponent in self.dimensions if exponent > 0]
        below = [_power(name, -exponent) for name, exponent in self.dimensions if exponent < 0]
        if not self.dimensions:
            return "a pure number"
        return " times ".join(above or ["a number"]) + (f" per {' and '.join(below)}" if below else "")


PURE = Measure()
OwnUnits = Mapping[str, Measure]
NONE_OF_ITS_OWN: OwnUnits = MappingProxyType({})


def _power(name: str, exponent: int) -> str:
    return name if exponent == 1 else f"{name}^{exponent}"


_SCALES = {
    "pct": 0.01,
    "percent": 0.01,
    "bp": 1e-4,
    "cents": 0.01,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "tn": 1e12,
}
_MEGAWATTS = {"W": 1e-6, "kW": 1e-3, "MW": 1.0, "GW": 1e3}
_YEARS = {
    "year": 1.0,
    "quarter": 1.0 / 4.0,
    "month": 1.0 / 12.0,
    "day": 1.0 / DAYS_PER_YEAR,
    "hour": 1.0 / HOURS_PER_YEAR,
    "minute": 1.0 / HOURS_PER_YEAR / MINUTES_PER_HOUR,
}
_T_PER_SHORT_TON = 0.90718474
_COUNTED = ("count", "GPU", "rack", "project")

_WORDS: dict[str, Measure] = {
    **dict.fromkeys(("share", "decimal", "ratio", "IT"), PURE),
    **{name: Measure(scale) for name, scale in _SCALES.items()},
    **dict.fromkeys(("USD", "money"), Measure(1.0, (("money", 1),))),
    **{name: Measure(1.0, ((name, 1),)) for name in ("task", "token")},
    "Mtok": Measure(1e6, (("token", 1),)),
    **{name: Measure(scale, (("power", 1),)) for name, scale in _MEGAWATTS.items()},
    **{
        f"{name}h": Measure(scale / HOURS_PER_YEAR, (("power", 1), ("time", 1)))
        for name, scale in (*_MEGAWATTS.items(), ("TW", 1e6))
    },
    **{name: Measure(scale, (("time", 1),)) for name, scale in _YEARS.items()},
    **dict.fromkeys(_COUNTED, Measure(1.0, (("count", 1),))),
    "EUR": Measure(1.0, (("money in EUR", 1),)),
    "MMBtu": Measure(1.0, (("heat", 1),)),
    **dict.fromkeys(("t", "tCO2", "ton"), Measure(1.0, (("mass", 1),))),
    "short": Measure(_T_PER_SHORT_TON),
    "CO2": PURE,
}
"""Words of units, in the singular."""

_PURE_RATE = re.compile(r"(decimal|share|ratio|pct|percent|bp) per year\Z")


def measure_of(unit: str, own: OwnUnits = NONE_OF_ITS_OWN) -> Measure | None:
    """The measure of a unit as tables, record types or people write it; None where a word of it is not known.

    `own` are words that mean something in one case only, such as its periods.

    >>> measure_of("USD_bn_per_GW"), measure_of("USD per GPU-hour").dimensions
    (Measure(factor=1000000.0, dimensions=(('money', 1), ('power', -1))), (('count', -1), ('money', 1), ('time', -1)))
    >>> measure_of("hours per year").dimensions, measure_of("furlongs")
    ((), None)
    """
    printed = UNITS.get(unit)
    if printed is not None:
        return PURE.times(_spelled(printed.inside, own) or _itself(printed.inside)).times(Measure(printed.factor))
    return _spelled(unit, own)


def _itself(unit: str) -> Measure:
    return Measure(1.0, ((unit, 1),))


def _spelled(unit: str, own: OwnUnits) -> Measure | None:
    words = re.sub(r"[_\- ]+", " ", unit).strip()
    if _PURE_RATE.match(words):
        return _spelled(words.removesuffix(" per year"), own)
    found = PURE
    for place, part in enumerate(words.split(" per ")):
        for word in part.split():
            if word == "and":
                continue
            one = own.get(word) or _WORDS.get(word) or _WORDS.get(word.removesuffix("s"))
            if one is None:
                return None
            found = found.times(one, -1 if place else 1)
    return found
