"""A result as a plain number."""

from __future__ import annotations

from typing import Any


def number(amount: Any) -> float:
    """The float that a formula gave on floats; a result's type says only what it measures.

    >>> number(3)
    3.0
    """
    return float(amount)
