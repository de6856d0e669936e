"""How far an adapter's outputs are from a case's, in units of the case's own tolerance."""

from __future__ import annotations

import math
from typing import Any


def worst_difference(found: Any, wanted: Any, tolerance: dict[str, float]) -> float:
    """Greatest |found - wanted| / (abs + rel * |wanted|) over the keys of `wanted`; infinity where they cannot agree.

    >>> worst_difference({"a": 1.0, "b": 9}, {"a": 1.0 + 1e-9}, {"rel": 1e-9, "abs": 1e-9}) < 1
    True
    >>> worst_difference({"a": None}, {"a": 0.0}, {"rel": 1e-9, "abs": 1e-9})
    inf
    """
    if isinstance(wanted, dict):
        if not isinstance(found, dict):
            return math.inf
        return max(
            (worst_difference(found.get(key, _ABSENT), value, tolerance) for key, value in wanted.items()), default=0.0
        )
    if isinstance(wanted, list):
        if not isinstance(found, list | tuple) or len(found) != len(wanted):
            return math.inf
        return max((worst_difference(f, w, tolerance) for f, w in zip(found, wanted, strict=True)), default=0.0)
    if isinstance(wanted, bool) or isinstance(found, bool) or not isinstance(wanted, int | float):
        return 0.0 if found == wanted and type(found) is type(wanted) else math.inf
    if not isinstance(found, int | float) or not math.isfinite(found):
        return math.inf
    allowed = tolerance.get("abs", 0.0) + tolerance.get("rel", 0.0) * abs(wanted)
    difference = abs(found - wanted)
    return 0.0 if difference == 0 else difference / allowed if allowed > 0 else math.inf


_ABSENT = object()
