"""Names that the short form gives to what it does not name, and its paths."""

from __future__ import annotations

from collections.abc import Sequence

from overbuild.site.case.choices import PathStep
from overbuild.site.case.plan import Path

SITE = "site"
GPUS = "gpus"
OFFTAKE = "offtake"
POWERED_SHELL = "powered_shell"


def growing(value: float, growth: float, since: int, step: PathStep = "year") -> Path:
    """A number that grows from some period on; flat where it does not.

    >>> growing(2.5, 0.0, 7) == Path(value=2.5)
    True
    """
    return Path("growing", value, growth, since, step) if growth else Path(value=value)


def listed(series: Sequence[float], built: int) -> Path:
    """A series by operating period, or one number, over the calendar: the first holds while the hall is built.

    >>> listed((0.5, 0.75), built=2).by_period
    (0.5, 0.5, 0.5, 0.75)
    """
    if len(series) <= 1:
        return Path(value=sum(series))
    return Path("by_period", by_period=(*(series[0],) * built, *series))
