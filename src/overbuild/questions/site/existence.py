"""Which results of a site exist: a ratio without a denominator, or a cover after a default, is no number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Condition(NamedTuple):
    """A named line of the results that must be above 0 (or, with `absent`, must be 0), and what is said otherwise."""

    line: str
    absent: bool
    otherwise: str

    def holds(self, value: float) -> bool:
        """Whether the line's value meets the condition."""
        return value <= 0.0 if self.absent else value > 0.0


_SERVED = Condition("covered_periods", False, "no debt service")
_OWED = Condition("debt", False, "no debt")
_LIVES = Condition(
    "default_period", True, "the loan does not live to its maturity; cash after the default is not counted"
)
_FAILED = Condition("default_period", False, "no default")

EXISTS: dict[str, tuple[Condition, ...]] = {
    "min_dscr": (_SERVED,),
    "min_dscr_period": (_SERVED,),
    "min_dscr_12m": (_SERVED,),
    "avg_dscr": (_SERVED,),
    "llcr": (_OWED, _LIVES),
    "plcr": (_OWED, _LIVES),
    "wal_years": (_OWED,),
    "moic": (Condition("equity", False, "no equity is paid in"),),
    "default_period": (_FAILED,),
    "lgd": (_FAILED,),
}
"""Conditions of each result by its id; what is not listed always exists."""


_OF_TRANCHE: dict[str, tuple[Condition, ...]] = {
    "dscr": (_SERVED,),
    "rank_dscr": (_SERVED,),
    "llcr": (_OWED, _LIVES),
    "lgd": (_FAILED,),
}
"""Conditions of `tranche.NAME.*`; lines that a loan has of its own in a stack are read there (`gpu.debt`)."""


def conditions_of(name: str, lines: Mapping[str, float]) -> tuple[Condition, ...]:
    """The conditions of a result, on lines that are there.

    >>> [one.line for one in conditions_of("tranche.gpu.llcr", {"gpu.debt": 5.0, "debt": 9.0, "default_period": 0.0})]
    ['gpu.debt', 'default_period']
    """
    if not name.startswith("tranche."):
        return EXISTS.get(name, ())
    _, loan, result = name.split(".")
    return tuple(
        one._replace(line=f"{loan}.{one.line}") if f"{loan}.{one.line}" in lines else one
        for one in _OF_TRANCHE.get(result, ())
    )


def missing(name: str, lines: Mapping[str, float]) -> str | None:
    """Why a result does not exist; None where it does.

    >>> missing("moic", {"equity": 0.0}), missing("moic", {"equity": 5.0})
    ('no equity is paid in', None)
    >>> missing("tranche.gpu.lgd", {"default_period": 0.0})
    'no default'
    """
    failed = (one.otherwise for one in conditions_of(name, lines) if not one.holds(lines[one.line]))
    return next(failed, None)
