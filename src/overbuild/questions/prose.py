"""Numbers in sentences: money in billions and millions, shares in percent, and counts of things."""

from __future__ import annotations

BILLION, MILLION = 1e9, 1e6


def bn(amount: float, digits: int = 0) -> str:
    """USD in billions, whole or with some digits.

    >>> bn(-437e9), bn(732.5e9, 1)
    ('-437bn', '732.5bn')
    """
    return f"{amount / BILLION:,.{digits}f}bn"


def m(amount: float) -> str:
    """USD in whole millions.

    >>> m(7_259_977_825.0)
    '7,260m'
    """
    return f"{amount / MILLION:,.0f}m"


def pct(share: float, digits: int = 0) -> str:
    """A share or rate in percent.

    >>> pct(0.4), pct(0.39052, 1)
    ('40%', '39.1%')
    """
    return f"{share:.{digits}%}"


def times(count: int, thing: str) -> str:
    """A count of things.

    >>> times(1, "period"), times(3, "period")
    ('1 period', '3 periods')
    """
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
