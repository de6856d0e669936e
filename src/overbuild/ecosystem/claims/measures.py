"""What the inputs of a published sum measure, and whether the sum mixes measurements that are not one.

A mixture is told only where two inputs whose measures are declared are added, subtracted or compared as they stand
(or, for two definitions of one thing, divided). An input that is multiplied or divided by another is converted: revenue
of end users times the share that reaches the owners is revenue of owners, so nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Literal, NamedTuple, get_args

from overbuild.world.arithmetic import ClaimExpression, InputName, Operator, PrintedNumber

Measure = Literal[
    "owner_revenue", "end_user_revenue", "run_rate", "backlog", "capex", "capex_cash", "capex_with_finance_leases"
]
"""What an input may measure: revenue of a period at the owner or at the end user, a rate at an instant times a year,
what is contracted and not yet earned, capex of either definition or of one that the source does not say."""

MEASURES: tuple[str, ...] = get_args(Measure)

_ADDING = ("+", "-", "min", "max", "sum")
_UNITS = frozenset(float(f"1e{power}") for power in range(-12, 13))
_REVENUE = ("owner_revenue", "end_user_revenue")
_CAPEX = ("capex", "capex_cash", "capex_with_finance_leases")


class Mixture(NamedTuple):
    """Two kinds of measure that are not one, whether a ratio of them mixes them too, and the sentence that says it."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    ratios: bool
    says: str


MIXTURES = (
    Mixture(
        ("owner_revenue",),
        ("end_user_revenue",),
        False,
        "mixes revenue at the owner ({one}) and at the end user ({other}): the first is paid to owners, the second by end "
        "users; they are two measurements of one stream, not two streams",
    ),
    Mixture(
        ("run_rate",),
        _REVENUE,
        True,
        "mixes a run rate ({one}) and the revenue of a period ({other}): a run rate is what an instant would bring if it "
        "lasted a year, not what a period brought",
    ),
    Mixture(
        ("backlog",),
        (*_REVENUE, "run_rate"),
        False,
        "mixes a backlog ({one}) and revenue ({other}): a backlog is contracted, often for several years, and not yet "
        "earned",
    ),
    Mixture(
        ("capex_cash",),
        ("capex_with_finance_leases",),
        True,
        "mixes capex paid in cash ({one}) and capex with finance leases ({other}): two definitions, which differ by the "
        "leases",
    ),
    Mixture(
        _CAPEX,
        _REVENUE,
        False,
        "sets capex ({one}) against the revenue of a period ({other}): capex buys assets that serve several years, so the "
        "difference is a shortfall of cash, not a loss",
    ),
)


def mixtures_in(expression: ClaimExpression, measures: Mapping[str, str]) -> tuple[str, ...]:
    """What a sum mixes, a sentence each; none where the measures of its inputs do not allow a judgement.

    >>> from overbuild.world.arithmetic import parse
    >>> sold = {"rent": "owner_revenue", "fees": "end_user_revenue"}
    >>> mixtures_in(parse("rent + fees"), sold)[0][:57]
    'mixes revenue at the owner (rent) and at the end user (fe'
    >>> mixtures_in(parse("rent - fees * share_of_owners"), sold)
    ()
    """
    met = tuple(_met(expression))
    found: list[str] = []
    for mixture in MIXTURES:
        pairs = {
            (one, other)
            for left, right, ratio in met
            if mixture.ratios or not ratio
            for one, other in (*product(left, right), *product(right, left))
            if measures.get(one) in mixture.one and measures.get(other) in mixture.other
        }
        if pairs:
            ones, others = ({pair[place] for pair in pairs} for place in (0, 1))
            found.append(mixture.says.format(one=_listed(ones), other=_listed(others)))
    return tuple(found)


def _met(expression: ClaimExpression) -> Iterator[tuple[frozenset[str], frozenset[str], bool]]:
    """The inputs that meet in each operation as they stand, and whether they meet in a ratio."""
    if not isinstance(expression, Operator):
        return
    if expression.sign in _ADDING:
        together = _as_they_stand(expression)
        yield together, together, False
    elif expression.sign == "/":
        above, below = expression.operands
        yield _as_they_stand(above), _as_they_stand(below), True
    for operand in expression.operands:
        yield from _met(operand)


def _as_they_stand(expression: ClaimExpression) -> frozenset[str]:
    """The inputs whose value an expression adds up unconverted; a power of ten only changes the unit."""
    if isinstance(expression, InputName):
        return frozenset((expression.text,))
    if isinstance(expression, PrintedNumber):
        return frozenset()
    if expression.sign in _ADDING:
        return frozenset[str]().union(*map(_as_they_stand, expression.operands))
    if expression.sign == "*" and _is_unit(expression.operands[0]):
        return _as_they_stand(expression.operands[1])
    if expression.sign in ("*", "/") and _is_unit(expression.operands[1]):
        return _as_they_stand(expression.operands[0])
    return frozenset()


def _is_unit(expression: ClaimExpression) -> bool:
    return isinstance(expression, PrintedNumber) and float(expression.text) in _UNITS


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
