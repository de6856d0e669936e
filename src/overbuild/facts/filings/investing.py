"""Cash capex where an issuer files it under a tag of its own: what is left of investing cash flow after its other lines.

Companyfacts has no tags of an issuer's own. A cash flow statement adds up, so where every other line of the investing
section is tagged, the one that is missing follows to the dollar. Whether every other line is tagged is not assumed: the
same sum must have given the filed capex, exactly, in each of the issuer's last figures that could be compared.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

from overbuild.facts.filings.company_facts import Point
from overbuild.facts.filings.concepts import INVESTING_LINES, NET_INVESTING, WHAT_IS_LEFT, concepts

PROOFS = 6
"""As many of the last comparable figures must have come out right, and none wrong."""

FEWEST_LINES = 3
"""Lines beside capex that a statement must have to be taken for whole."""

_Place = tuple[str, str, str, str]


def what_is_left(points: Mapping[str, Sequence[Point]]) -> list[Point]:
    """Points of what is left of investing cash flow, where it is proved to be capex on the day, and where it proves it."""
    found: list[Point] = []
    lines = _lines(points)
    capex = _capex(points)
    proofs: deque[bool] = deque(maxlen=PROOFS)
    for net in sorted(set(points.get(NET_INVESTING, ()))):
        place = net[:4]
        amounts = lines.get(place, ())
        if len(amounts) < FEWEST_LINES:
            continue
        left = sum(amounts) - net.value
        if place in capex:
            proofs.append(left == capex[place])
            if not proofs[-1]:
                continue
        elif len(proofs) < PROOFS or not all(proofs) or left <= 0:
            continue
        found.append(net._replace(tag=WHAT_IS_LEFT, value=left))
    return found


def _lines(points: Mapping[str, Sequence[Point]]) -> dict[_Place, list[float]]:
    """The amounts of the investing section beside capex, inflows positive, by filing and period."""
    found: dict[_Place, list[float]] = {}
    for tag, sign in INVESTING_LINES.items():
        for point in set(points.get(tag, ())):
            found.setdefault(point[:4], []).append(sign * point.value)
    return found


def _capex(points: Mapping[str, Sequence[Point]]) -> dict[_Place, float]:
    found: dict[_Place, float] = {}
    for way in concepts()["capex"].tags:
        for point in points.get(way[0], ()) if way != (WHAT_IS_LEFT,) else ():
            found.setdefault(point[:4], point.value)
    return found
