"""A number derived from printed figures: one line of arithmetic over operands that cite facts or say their unit.

    price_per_gpu_hour:
      value: 2.91
      derive: "amount / years / gpus"
      from: {amount: deals.iren_microsoft.amount_usd_bn, years: 5 years, gpus: 76000 count}

An operand is the citing key of a fact, a number with its unit, or a bare number, which is pure as are the numbers of
the line itself. Units are carried through and converted: no factor of 8,760 or 1e6 is written.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from overbuild.errors import ClaimError, did_you_mean
from overbuild.facts.cited_fields import CitedField
from overbuild.units import UNITS
from overbuild.world.arithmetic import (
    ClaimExpression,
    InputName,
    Operator,
    PrintedNumber,
    evaluate,
    names,
    parse,
)
from overbuild.world.provenance.figures import KnownFigures
from overbuild.world.provenance.measure import PURE, Measure, measure_of
from overbuild.world.provenance.rounding import half_a_digit

_WRITTEN = re.compile(r"(?P<number>[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)(\s+(?P<unit>[^\d\s].*))?\Z", re.ASCII)


class Underived(ValueError):
    """Why a number cannot be derived: a code, the name of the operand (empty for the line itself), what to do."""

    def __init__(self, code: str, operand: str, hint: str) -> None:
        super().__init__(hint)
        self.code, self.operand, self.hint = code, operand, hint


class DerivationOperand(NamedTuple):
    """A figure of a derivation: as written in the case, in basic units, how exactly it is printed, what it cites."""

    name: str
    written: str
    number: float
    measure: Measure
    rounding: float
    cited: CitedField | None

    @property
    def text(self) -> str:
        """The operand in words: its key with the figure as printed, or the number with its unit.

        >>> DerivationOperand("years", "5 years", 5.0, PURE, 0.0, None).text
        'years: 5 years'
        """
        if self.cited is None:
            return f"{self.name}: {self.written}"
        return f"{self.name}: {self.cited.printed} {self.cited.printed_unit} ({self.cited.key})"


class Derivation(NamedTuple):
    """A derived number in the unit it was asked in, and how far the rounding of the printed figures moves it."""

    line: str
    operands: tuple[DerivationOperand, ...]
    number: float
    rounding: float

    @property
    def cited(self) -> tuple[CitedField, ...]:
        """The figures it rests on."""
        return tuple(one.cited for one in self.operands if one.cited is not None)

    @property
    def text(self) -> str:
        """The line with its operands."""
        return f"{self.line}; {'; '.join(one.text for one in self.operands)}" if self.operands else self.line


def derive(line: str, operands: Mapping[str, str], unit: str, known: KnownFigures) -> list[Underived] | Derivation:
    """The number that a line gives in a unit, or all that stands against it.

    A line of pure numbers alone has no unit: it gives a number of the unit asked for, and cites nothing.

    >>> price = {"amount": "9.7 USD_bn", "years": "5 years", "gpus": "76000 count"}
    >>> found = derive("amount / years / gpus", price, "USD per GPU-hour", KnownFigures())
    >>> round(found.number, 3)
    2.914
    """
    faults: list[Underived] = []
    read: dict[str, DerivationOperand] = {}
    for name, text in operands.items():
        try:
            read[name] = read_operand(name, text, known)
        except Underived as fault:
            faults.append(fault)
    try:
        expression = parse(line)
    except ClaimError as error:
        return [*faults, Underived(error.code, "", error.hint)]
    faults += _names_apart(expression, operands)
    if faults:
        return faults
    try:
        return _derived(line, expression, read, unit, known)
    except Underived as fault:
        return [fault]
    except ClaimError as error:
        return [Underived(error.code, "", error.hint)]


def _names_apart(expression: ClaimExpression, operands: Mapping[str, str]) -> list[Underived]:
    """Names of the line that are no operand, and operands that the line does not use."""
    used = names(expression)
    hint = "the line names no such operand; take it out or use it"
    found = [Underived("unknown_name", name, hint) for name in operands if name not in used]
    for name in sorted(used - operands.keys()):
        close = did_you_mean(name, operands)
        found.append(Underived("unknown_name", "", f"{name} is not among the operands.{close} Add it under from"))
    return found


def read_operand(name: str, text: str, known: KnownFigures) -> DerivationOperand:
    """An operand as written: `deals.iren_microsoft.amount_usd_bn`, `5 years` or `0.85`. Raises Underived."""
    match = _WRITTEN.match(text.strip())
    if match is None:
        return _cited_operand(name, text.strip(), known)
    unit = match["unit"]
    measure = measure_of(unit.strip(), known.units) if unit else PURE
    if measure is None:
        close = did_you_mean(unit, UNITS)
        hint = f"{unit} is not a unit.{close} Write one such as 5 years, 118 MW, 76000 count, 15 USD_bn"
        raise Underived("bad_unit", name, hint)
    return DerivationOperand(name, text.strip(), float(match["number"]) * measure.factor, measure, 0.0, None)


def _cited_operand(name: str, key: str, known: KnownFigures) -> DerivationOperand:
    cited = known.find(key)
    if cited is None:
        raise Underived("unknown_name", name, f"{known.hint(key)}. Or write a number with its unit, such as 5 years")
    measure = measure_of(cited.unit, known.units)
    if cited.number is None:
        raise Underived("bad_value", name, f"{cited.key} is printed in words ({cited.text}); cite a figure")
    if measure is None:
        raise Underived("bad_unit", name, f"{cited.key} is in {cited.unit}, which cannot be computed with")
    printed = UNITS[cited.printed_unit].factor if cited.printed_unit in UNITS else 1.0
    rounding = half_a_digit(cited.printed) * printed * measure.factor
    return DerivationOperand(name, key, cited.number * measure.factor, measure, rounding, cited)


def _derived(
    line: str, expression: ClaimExpression, operands: Mapping[str, DerivationOperand], unit: str, known: KnownFigures
) -> Derivation:
    wanted = (measure_of(unit, known.units) if unit else PURE) or PURE
    numbers = {name: one.number for name, one in operands.items()}
    found = _measured(expression, operands, numbers)
    plain = not any(one.measure.dimensions or one.cited for one in operands.values())
    if found.dimensions != wanted.dimensions and not plain:
        raise Underived("bad_unit", "", f"this gives {found.words}; {wanted.words} is needed ({unit or 'no unit'})")
    scale = 1.0 if plain else wanted.factor
    number = evaluate(expression, numbers)[0] / scale
    if not math.isfinite(number):
        raise Underived("not_finite", "", "the result is not a finite number")
    moved = [_moved(expression, numbers, one) / scale - number for one in operands.values() if one.rounding]
    return Derivation(line, tuple(operands.values()), number, sum(abs(one) for one in moved))


def _moved(expression: ClaimExpression, numbers: Mapping[str, float], one: DerivationOperand) -> float:
    try:
        return evaluate(expression, {**numbers, one.name: one.number + one.rounding})[0]
    except ClaimError:
        return evaluate(expression, numbers)[0]


def _measured(
    expression: ClaimExpression, operands: Mapping[str, DerivationOperand], numbers: Mapping[str, float]
) -> Measure:
    """What an expression measures. Raises Underived `bad_unit` for a sum of unlike things and a power that has a unit."""
    if isinstance(expression, PrintedNumber):
        return PURE
    if isinstance(expression, InputName):
        return operands[expression.text].measure._replace(factor=1.0)
    parts = [_measured(one, operands, numbers) for one in expression.operands]
    return _SIGNS.get(expression.sign, _alike)(expression, parts, numbers)


def _alike(expression: Operator, parts: list[Measure], numbers: Mapping[str, float]) -> Measure:
    for one in parts[1:]:
        if one.dimensions != parts[0].dimensions:
            hint = f"{expression.sign} takes alike things, not {parts[0].words} and {one.words}"
            raise Underived("bad_unit", "", f"{hint} (column {expression.column})")
    return parts[0]


def _product(expression: Operator, parts: list[Measure], numbers: Mapping[str, float]) -> Measure:
    return parts[0].times(parts[1], -1 if expression.sign == "/" else 1)


def _raised(expression: Operator, parts: list[Measure], numbers: Mapping[str, float]) -> Measure:
    power = evaluate(expression.operands[1], numbers)[0]
    if parts[1].dimensions or (parts[0].dimensions and power != int(power)):
        hint = "a power is a pure number, and a whole one where what is raised has a unit"
        raise Underived("bad_unit", "", f"{hint} (column {expression.column})")
    exponents = tuple((name, exponent * int(power)) for name, exponent in parts[0].dimensions)
    return Measure(1.0, exponents if power else ())


_SIGNS: dict[str, Callable[[Operator, list[Measure], Mapping[str, float]], Measure]] = {
    "*": _product,
    "/": _product,
    "**": _raised,
}
