"""The mean of several contracts or loans."""

from __future__ import annotations

from collections.abc import Sequence


def weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """The mean by weights; the plain mean where all weights are 0.

    >>> weighted_mean([0.5, 1.0], [3.0, 1.0]), weighted_mean([0.5, 1.0], [0.0, 0.0])
    (0.625, 0.75)
    """
    weighted = weights if sum(weights) > 0.0 else [1.0] * len(values)
    return sum(value * weight for value, weight in zip(values, weighted, strict=True)) / sum(weighted)
