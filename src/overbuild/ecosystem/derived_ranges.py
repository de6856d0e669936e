"""Ranges of figures that no source prints: arithmetic on what sources do print, end by end, and their sum."""

from __future__ import annotations

from typing import NamedTuple

from overbuild.equations import line, total
from overbuild.units import Scalar
from overbuild.world.arithmetic import ClaimExpression, value_of


class Derivation(NamedTuple):
    """Static arithmetic of one part of a figure, for each end of its range."""

    name: str
    low: ClaimExpression
    central: ClaimExpression
    high: ClaimExpression


class GivenNumber(NamedTuple):
    """A number that the arithmetic takes, by name."""

    name: str
    value: Scalar


class GivenOperands(NamedTuple):
    """The numbers of one part, by the part's name."""

    name: str
    operands: tuple[GivenNumber, ...]


class Range(NamedTuple):
    """A figure with the ends of its range."""

    low: Scalar
    central: Scalar
    high: Scalar


def derived_range(quantity: str, derivation: Derivation, given: GivenOperands) -> Range:
    """The range of one part of a quantity, each end by its own arithmetic.

        end = the expression of the end on the operands

    Source: ours, a definition: the expressions stand in the preset, with what each rests on.

    >>> from overbuild.world.arithmetic import parse
    >>> stated = Derivation("MSFT", parse("rate"), parse("rate * 2"), parse("rate * 3"))
    >>> derived_range("ai_revenue.owner", stated, GivenOperands("MSFT", (GivenNumber("rate", 10.0),)))
    Range(low=10.0, central=20.0, high=30.0)
    """
    numbers = {one.name: one.value for one in given.operands}
    name = f"{quantity}.{derivation.name}"
    return Range(
        low=line(f"{name}.low", value_of(derivation.low, numbers)),
        central=line(f"{name}.central", value_of(derivation.central, numbers)),
        high=line(f"{name}.high", value_of(derivation.high, numbers)),
    )


def summed_ranges(quantity: str, derivations: tuple[Derivation, ...], given: tuple[GivenOperands, ...]) -> Range:
    """The range of a quantity as the sums of its parts' low, central and high ends.

        end = sum of the ends of the parts

    Source: ours, a bound: the low ends of all parts together, and the high ends, are corner cases, not quantiles.

    >>> from overbuild.world.arithmetic import parse
    >>> part = Derivation("a", parse("x"), parse("x"), parse("2 * x"))
    >>> summed_ranges("owner", (part, part), (GivenOperands("a", (GivenNumber("x", 1.0),)),) * 2)
    Range(low=2.0, central=2.0, high=4.0)
    """
    parts = tuple(derived_range(quantity, one, numbers) for one, numbers in zip(derivations, given, strict=True))
    return Range(
        low=line(f"{quantity}.low", total(tuple(part.low for part in parts))),
        central=line(f"{quantity}.central", total(tuple(part.central for part in parts))),
        high=line(f"{quantity}.high", total(tuple(part.high for part in parts))),
    )
