"""Arithmetic that others printed: a small parser for one line of names, numbers and + - * / ** ( ) min max sum.

Nothing is ever handed to Python's own evaluator. What the grammar does not know is refused, with its place:

    expression = term (("+" | "-") term)*
    term       = signed (("*" | "/") signed)*
    signed     = "-" signed | power
    power      = atom ("**" signed)?
    atom       = number | name | ("min" | "max" | "sum") "(" expression ("," expression)* ")" | "(" expression ")"
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from overbuild.errors import ClaimError, did_you_mean

LONGEST = 500
DEEPEST = 50
GREATEST_POWER = 1e100
"""No power that a published sum needs is larger: a factor of 480 months at 5% a month is 1e10."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<mark>\*\*|[-+*/(),]))",
    re.ASCII,
)
_FUNCTIONS: Mapping[str, Callable[[list[float]], float]] = {"min": min, "max": max, "sum": math.fsum}


class PrintedNumber(NamedTuple):
    """A number as written."""

    text: str


class InputName(NamedTuple):
    """The name of an input, and where it stands in the line (first column 1)."""

    text: str
    column: int


class Operator(NamedTuple):
    """An operator or function with its operands; `-` with one operand is the sign."""

    sign: str
    operands: tuple[ClaimExpression, ...]
    column: int


ClaimExpression = PrintedNumber | InputName | Operator


class ArithmeticStep(NamedTuple):
    """One step of the arithmetic: what was computed, with numbers in the place of names, and its value."""

    text: str
    value: float


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.place = 0
        self.depth = 0

    def peek(self) -> str:
        return self.tokens[self.place][1] if self.place < len(self.tokens) else ""

    def take(self) -> tuple[str, str, int]:
        if self.place >= len(self.tokens):
            raise _refuse("syntax", self.text, len(self.text) + 1, "the expression ends too early")
        self.place += 1
        return self.tokens[self.place - 1]

    def expect(self, mark: str) -> None:
        _, found, column = self.take()
        if found != mark:
            raise _refuse("syntax", self.text, column, f"{mark!r} is expected, not {found!r}")

    def chain(self, signs: tuple[str, ...], part: Callable[[], ClaimExpression]) -> ClaimExpression:
        found = part()
        while self.peek() in signs:
            _, sign, column = self.take()
            found = Operator(sign, (found, part()), column)
        return found

    def expression(self) -> ClaimExpression:
        return self.chain(("+", "-"), self.term)

    def term(self) -> ClaimExpression:
        return self.chain(("*", "/"), self.signed)

    def signed(self) -> ClaimExpression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _refuse("hostile_expression", self.text, 1, f"nested deeper than {DEEPEST}")
        if self.peek() == "-":
            _, sign, column = self.take()
            found: ClaimExpression = Operator(sign, (self.signed(),), column)
        else:
            found = self.power()
        self.depth -= 1
        return found

    def power(self) -> ClaimExpression:
        below = self.atom()
        if self.peek() != "**":
            return below
        _, sign, column = self.take()
        return Operator(sign, (below, self.signed()), column)

    def atom(self) -> ClaimExpression:
        sort, text, column = self.take()
        if sort == "number":
            if not math.isfinite(float(text)):
                raise _refuse("not_finite", self.text, column, f"{text} is too large for a number")
            return PrintedNumber(text)
        if sort == "name" and self.peek() == "(":
            return self.call(text, column)
        if sort == "name":
            return InputName(text, column)
        if text == "(":
            found = self.expression()
            self.expect(")")
            return found
        raise _refuse("syntax", self.text, column, f"a number, a name or a bracket is expected, not {text!r}")

    def call(self, name: str, column: int) -> ClaimExpression:
        if name not in _FUNCTIONS:
            hint = f"{name} is not a function here; only {', '.join(_FUNCTIONS)} are"
            raise _refuse("hostile_expression", self.text, column, hint)
        self.expect("(")
        operands = [self.expression()]
        while self.peek() == ",":
            self.take()
            operands.append(self.expression())
        self.expect(")")
        return Operator(name, tuple(operands), column)


def _tokens(text: str) -> list[tuple[str, str, int]]:
    tokens: list[tuple[str, str, int]] = []
    place = 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            column = place + len(text[place:]) - len(text[place:].lstrip()) + 1
            hint = f"{text[column - 1]!r} is not part of arithmetic"
            raise _refuse("hostile_expression", text, column, hint)
        sort = str(match.lastgroup)
        tokens.append((sort, match[sort], match.start(sort) + 1))
        place = match.end()
    return tokens


def _refuse(code: str, text: str, column: int, hint: str) -> ClaimError:
    return ClaimError(code, "expression", text[:LONGEST], f"{hint} (column {column})", column=column)


def parse(text: str) -> ClaimExpression:
    """The expression of one line.

    Raises ClaimError with the column: `syntax`, `not_finite` for a number that is too large, or `hostile_expression`
    for anything that is not arithmetic, for a line of over 500 characters and for nesting deeper than 50.

    >>> parse("run_rate / 0.5").sign
    '/'
    """
    if len(text) > LONGEST:
        raise _refuse("hostile_expression", text, LONGEST, f"longer than {LONGEST} characters")
    parser = _Parser(text)
    found = parser.expression()
    if parser.place < len(parser.tokens):
        _, extra, column = parser.tokens[parser.place]
        raise _refuse("syntax", text, column, f"{extra!r} is one too many")
    return found


def names(expression: ClaimExpression) -> set[str]:
    """The inputs an expression uses.

    >>> sorted(names(parse("a / (1 - b) + max(a, 2)")))
    ['a', 'b']
    """
    if isinstance(expression, InputName):
        return {expression.text}
    if isinstance(expression, PrintedNumber):
        return set()
    return {name for operand in expression.operands for name in names(operand)}


def evaluate(expression: ClaimExpression, inputs: Mapping[str, float]) -> tuple[float, tuple[ArithmeticStep, ...]]:
    """The value on some inputs, and every step on the way.

    An exponent may be any number; what is bounded is the power itself, at 1e100, so that annuities of any length pass.
    Raises ClaimError `unknown_name`, `division_by_zero`, `not_finite` (also a power beyond the bound).

    >>> value, steps = evaluate(parse("run_rate / 0.5 / (1 - margin)"), {"run_rate": 150.0, "margin": 0.5})
    >>> value, [step.text for step in steps]
    (600.0, ['150 / 0.5', '1 - 0.5', '300 / 0.5'])

    The quarterly rate on a loan of 20 years, 1,000 at 2% a quarter:

    >>> round(evaluate(parse("1000 * 0.02 / (1 - 1.02 ** -80)"), {})[0], 4)
    25.1607
    """
    steps: list[ArithmeticStep] = []
    return _value(expression, inputs, steps), tuple(steps)


def _value(expression: ClaimExpression, inputs: Mapping[str, float], steps: list[ArithmeticStep]) -> float:
    if isinstance(expression, PrintedNumber):
        return float(expression.text)
    if isinstance(expression, InputName):
        if expression.text not in inputs:
            hint = f"no such input.{did_you_mean(expression.text, inputs)}"
            raise ClaimError("unknown_name", "expression", expression.text, hint, column=expression.column)
        return float(inputs[expression.text])
    operands = [_value(operand, inputs, steps) for operand in expression.operands]
    value = _apply(expression, operands)
    shown = [f"{operand:.12g}" for operand in operands]
    signs = (f"-{shown[0]}",) if len(shown) == 1 else (f" {expression.sign} ".join(shown),)
    text = f"{expression.sign}({', '.join(shown)})" if expression.sign in _FUNCTIONS else signs[0]
    steps.append(ArithmeticStep(text, value))
    return value


def _apply(operation: Operator, operands: list[float]) -> float:
    sign, column = operation.sign, operation.column
    if sign in _FUNCTIONS:
        value = _function(sign, operands)
    elif len(operands) == 1:
        value = -operands[0]
    else:
        value = _binary(sign, operands[0], operands[1], column)
    if not math.isfinite(value):
        raise ClaimError("not_finite", "expression", sign, "the result is not a finite number", column=column)
    return value


def _function(name: str, operands: list[float]) -> float:
    try:
        return float(_FUNCTIONS[name](operands))
    except OverflowError:
        return math.inf


def _binary(sign: str, a: float, b: float, column: int) -> float:
    if sign == "+":
        return a + b
    if sign == "-":
        return a - b
    if sign == "*":
        return a * b
    if sign == "/":
        if b == 0:
            raise ClaimError("division_by_zero", "expression", sign, "division by zero", column=column)
        return a / b
    return _raised(a, b, column)


def _raised(a: float, b: float, column: int) -> float:
    if a == 0 and b < 0:
        raise ClaimError("division_by_zero", "expression", "**", "zero to a negative power", column=column)
    if a < 0 and b != int(b):
        raise ClaimError("not_finite", "expression", "**", "a negative number to a broken power", column=column)
    try:
        value = a**b
    except OverflowError:
        value = math.inf
    if abs(value) > GREATEST_POWER:
        hint = f"the power is too large: its size is at most {GREATEST_POWER:g}"
        raise ClaimError("not_finite", "expression", "**", hint, column=column)
    return value
