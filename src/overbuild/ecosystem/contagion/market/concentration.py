"""Concentration of a market, and what becomes of it when one firm takes over another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from overbuild.errors import InputError, did_you_mean, raise_all
from overbuild.units import Constant, Share

PRESUMED_ABOVE = Constant(1800.0, "merger_presumption_hhi")
PRESUMED_RISE = Constant(100.0, "merger_presumption_rise")
"""Points of HHI after a merger, and their rise, above which it is presumed to lessen competition.

Source: US Department of Justice and Federal Trade Commission, Merger Guidelines, 18 December 2023; the row
antitrust_merger_presumption_hhi of the table of rules.
"""

_POINTS = Constant(10_000.0, "points_of_a_monopoly")


class Concentration(NamedTuple):
    """Shares of a market by firm, its Herfindahl-Hirschman index in points, and how many equal firms have that index."""

    shares: Mapping[str, float]
    hhi: float
    effective_firms: float


class Absorbed(NamedTuple):
    """A market after a takeover: its shares, index, the rise of it, and whether the merger is presumed harmful."""

    shares: Mapping[str, float]
    hhi: float
    rise: float
    presumed: bool


def hhi(*shares: Share) -> float:
    """The Herfindahl-Hirschman index of shares that add up to 1, in points.

        hhi = 10,000 * sum of share^2

    Points, 10,000 for a monopoly. Source: US Department of Justice, Herfindahl-Hirschman index (its worked example: firms
    of 30, 30, 20 and 20 percent have 2,600).

    >>> round(hhi(0.3, 0.3, 0.2, 0.2), 9)
    2600.0
    """
    return _POINTS * sum(share * share for share in shares)


def concentration(sizes: Mapping[str, float]) -> Concentration:
    """A market from the sizes of its firms, in any one unit.

    Raises InputError for each size that is negative, and where all are 0.

    >>> round(concentration({"a": 30, "b": 30, "c": 20, "d": 20}).effective_firms, 4)
    3.8462
    """
    raise_all(
        [InputError("negative", name, size, "a size is 0 or more") for name, size in sizes.items() if not size >= 0]
    )
    whole = sum(sizes.values())
    if not whole > 0:
        raise InputError("missing", "sizes", None, "a market needs a firm with a size above 0")
    shares = {name: size / whole for name, size in sizes.items()}
    points = hhi(*shares.values())
    return Concentration(shares, points, _POINTS / points)


def absorbed(sizes: Mapping[str, float], acquirer: str, target: str, retention: float) -> Absorbed:
    """A market after one firm has taken over another, of whose customers it keeps a share; the others share the rest.

    Those who are lost go to the others in proportion to their sizes, or to the acquirer where there is none. Raises
    InputError `unknown_name` and `share_out_of_range`, all at once.

    >>> found = absorbed({"x": 30, "y": 25, "z": 25, "w": 20}, "x", "w", 0.5)
    >>> round(found.hhi, 6), round(found.rise, 6), found.presumed
    (3400.0, 850.0, True)
    """
    before = concentration(sizes)
    hint = "no firm of this market."
    faults = [
        InputError("unknown_name", role, name, f"{hint}{did_you_mean(name, sizes)}")
        for role, name in (("acquirer", acquirer), ("target", target))
        if name not in sizes
    ]
    if not 0 <= retention <= 1:
        faults.append(InputError("share_out_of_range", "retention", retention, "a share from 0 to 1"))
    if acquirer == target:
        faults.append(InputError("bad_value", "target", target, "nobody takes over itself"))
    raise_all(faults)
    others = {name: share for name, share in before.shares.items() if name not in (acquirer, target)}
    rest, gone = sum(others.values()), before.shares[target]
    kept = gone * (retention if rest > 0 else 1.0)
    after = {acquirer: before.shares[acquirer] + kept}
    after |= {name: share + (gone - kept) * share / rest for name, share in others.items() if rest > 0}
    points = hhi(*after.values())
    rise = points - before.hhi
    return Absorbed(after, points, rise, points > PRESUMED_ABOVE and rise > PRESUMED_RISE)
