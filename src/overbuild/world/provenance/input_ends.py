"""What a case comes to at the low and at the high end of each input that has a range."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from overbuild.equations import flatten
from overbuild.equations.records import replaced
from overbuild.errors import OverbuildError
from overbuild.world.case_record import CaseRecord
from overbuild.world.sourced import Sourced

R = TypeVar("R")


class InputEnds(NamedTuple):
    """An input with a range, its unit, and what the answer is at either end of it."""

    input: Sourced
    unit: str
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """How far the two answers lie apart."""
        return abs(self.at_high - self.at_low)


def input_ends(case: CaseRecord[R], measured: Callable[[R], float], *, alone: bool = False) -> tuple[InputEnds, ...]:
    """Every input that says a low and a high end, one at a time, the one that moves the answer most first.

    An end at which the record has a fault is left out with its input; with `alone` it counts, as a share does whose others
    would have to make up the whole.
    """
    return tuple(sorted(_ends(case, measured, alone=alone), key=lambda one: one.swing, reverse=True))


def _ends(case: CaseRecord[R], measured: Callable[[R], float], *, alone: bool) -> Iterator[InputEnds]:
    numbers = flatten(case.record)
    for name, paths in case.paths.items():
        one = case.inputs.get(name)
        if one is None or one.low is None or one.high is None or one.low == one.high:
            continue
        answers: list[float] = []
        for end in (one.low, one.high):
            value: Any = round(end) if isinstance(numbers[paths[0]], int) else end
            moved = replaced(case.record, dict.fromkeys(paths, value))
            try:
                if not alone and any(True for _ in case.kind.faults_of(moved)):
                    break
                answers.append(measured(moved))
            except (OverbuildError, ArithmeticError):
                break
        if len(answers) == 2:
            yield InputEnds(one, case.unit_of(name), *answers)
