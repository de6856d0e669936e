"""What an input may be: the words of a choice, or between which ends a number lies."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from overbuild.equations import flatten
from overbuild.equations.records import replaced
from overbuild.site.case.ranges import bounds_of
from overbuild.world.case_record import UNBOUNDED, CaseKind, OutOfBounds
from overbuild.world.fields import Field
from overbuild.world.worksheet.rows import FLAGS


class Allowed(NamedTuple):
    """What a cell may hold: one of some words, or a number between two ends; `text` says so to a reader."""

    text: str = ""
    words: tuple[str, ...] = ()
    low: float = -math.inf
    high: float = math.inf


def allowed_in_site(path: str, field: Field | None, unit: str) -> Allowed:
    """What an input of a site may be, by its unit. What one input asks of another is no bound of its own.

    >>> allowed_in_site("loans.senior.debt_share", None, "share").text
    '0 to 1'
    """
    if field is not None and (field.words or field.kind is bool):
        return _of_words(field)
    if not unit:
        return Allowed()
    low, high = bounds_of(path, unit)
    return _between(low, high)


def allowed_in_case(path: str, field: Field | None, kind: CaseKind[Any], record: object) -> Allowed:
    """What an input of a case of a kind may be: its words, or the bounds that the kind names."""
    if field is not None and (field.words or field.kind is bool):
        return _of_words(field)
    leaf = _leaf_of(path, record)
    if leaf is None:
        return Allowed()
    try:
        faults = list(kind.faults_of(replaced(record, {leaf: UNBOUNDED})))
    except (ArithmeticError, ValueError):
        return Allowed()
    bounds = next((one for one in faults if isinstance(one, OutOfBounds) and one.path == path), None)
    return Allowed() if bounds is None else _between(bounds.low, bounds.high)


def _leaf_of(path: str, record: object) -> str | None:
    """The number of a record that an input of its file stands for; None where it stands for several, or none."""
    numbers = flatten(record)
    if path in numbers:
        return path if isinstance(numbers[path], float | int) and not isinstance(numbers[path], bool) else None
    return None


def _of_words(field: Field) -> Allowed:
    found = field.words or FLAGS
    return Allowed(f"one of {', '.join(found)}" if field.words else " or ".join(FLAGS), found)


def _between(low: float, high: float) -> Allowed:
    if math.isinf(high):
        return Allowed("more than 0" if 0.0 < low < 1e-6 else f"{low:,g} or more", (), low, high)
    shown = f"{0.0 if abs(low) < 1e-6 else low:,.6g} to {high:,.6g}"
    return Allowed(shown, (), low, high)
