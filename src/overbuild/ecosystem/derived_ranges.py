"""Ranges of figures that no source prints: arithmetic on what sources do print, end by end, and their sum."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import NamedTuple

from overbuild.equations import line, maximum, minimum, power, total
from overbuild.errors import ClaimError, did_you_mean
from overbuild.units import Constant, Scalar
from overbuild.world.arithmetic import ClaimExpression, InputName, PrintedNumber, evaluate, names


class RangeArithmetic(NamedTuple):
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


def derived_range(quantity: str, arithmetic: RangeArithmetic, given: GivenOperands) -> Range:
    """The range of one part of a quantity, each end by its own arithmetic.

        central = its expression on the operands
        low     = the least of the three expressions, high = the greatest

    So a range is never upside down, whatever the facts say. Where the three are one expression there is no range.
    Source: ours, a definition: the expressions stand in the preset, with what each rests on.

    >>> from overbuild.world.arithmetic import parse
    >>> stated = RangeArithmetic("MSFT", parse("rate"), parse("rate * 2"), parse("rate * 3"))
    >>> derived_range("ai_revenue.owner", stated, GivenOperands("MSFT", (GivenNumber("rate", 10.0),)))
    Range(low=10.0, central=20.0, high=30.0)
    """
    numbers = {one.name: one.value for one in given.operands}
    name = f"{quantity}.{arithmetic.name}"
    low, central, high = (value_of(end, numbers) for end in (arithmetic.low, arithmetic.central, arithmetic.high))
    if not arithmetic.low == arithmetic.central == arithmetic.high:
        low, high = minimum(minimum(low, central), high), maximum(maximum(low, central), high)
    return Range(line(f"{name}.low", low), line(f"{name}.central", central), line(f"{name}.high", high))


def summed_ranges(quantity: str, derivations: tuple[RangeArithmetic, ...], given: tuple[GivenOperands, ...]) -> Range:
    """The range of a quantity as the sums of its parts' low, central and high ends.

        end = sum of the ends of the parts

    Source: ours, a bound: the low ends of all parts together, and the high ends, are corner cases, not quantiles.

    >>> from overbuild.world.arithmetic import parse
    >>> part = RangeArithmetic("a", parse("x"), parse("x"), parse("2 * x"))
    >>> summed_ranges("owner", (part, part), (GivenOperands("a", (GivenNumber("x", 1.0),)),) * 2)
    Range(low=2.0, central=2.0, high=4.0)
    """
    parts = tuple(derived_range(quantity, one, numbers) for one, numbers in zip(derivations, given, strict=True))
    return Range(
        low=line(f"{quantity}.low", total(tuple(part.low for part in parts))),
        central=line(f"{quantity}.central", total(tuple(part.central for part in parts))),
        high=line(f"{quantity}.high", total(tuple(part.high for part in parts))),
    )


def value_of(expression: ClaimExpression, operands: Mapping[str, Scalar]) -> Scalar:
    """The value on numbers of any kind: floats, arrays over scenarios, or nodes of a graph. It tells no steps.

    Numbers that the line prints, and what it makes of them alone, are constants of the formula, named by their digits.
    Names that are not among the operands raise ClaimError `unknown_name`; what floats cannot do raises as Python does.

    >>> from overbuild.world.arithmetic import parse
    >>> value_of(parse("run_rate / 4 * (1 + growth)"), {"run_rate": 36.0, "growth": 0.5})
    13.5
    """
    constant = _constant(expression)
    if constant is not None:
        return constant
    if isinstance(expression, InputName):
        if expression.text not in operands:
            hint = f"no such input.{did_you_mean(expression.text, operands)}"
            raise ClaimError("unknown_name", "expression", expression.text, hint, column=expression.column)
        return operands[expression.text]
    if isinstance(expression, PrintedNumber):
        return float(expression.text)
    found = [value_of(operand, operands) for operand in expression.operands]
    sign = "negative" if expression.sign == "-" and len(found) == 1 else expression.sign
    return _ON_ANY_NUMBER[sign](found)


@functools.cache
def _constant(expression: ClaimExpression) -> Constant | None:
    """What a part of the line that names no operand comes to, as a constant of the formula; None for any other."""
    if names(expression):
        return None
    number, _ = evaluate(expression, {})
    return Constant(number, f"{number:.12g}")


_ON_ANY_NUMBER: Mapping[str, Callable[[list[Scalar]], Scalar]] = {
    "+": lambda terms: terms[0] + terms[1],
    "-": lambda terms: terms[0] - terms[1],
    "*": lambda terms: terms[0] * terms[1],
    "/": lambda terms: terms[0] / terms[1],
    "**": lambda terms: power(terms[0], terms[1]),
    "negative": lambda terms: -terms[0],
    "min": lambda terms: functools.reduce(minimum, terms),
    "max": lambda terms: functools.reduce(maximum, terms),
    "sum": total,
}
