"""Summaries added up as they come, so that memory does not grow with their number."""

from __future__ import annotations

from overbuild.stress.worlds.summaries import Summary, added

_MOST = 16


class RunningSum:
    """The sum of the summaries that came so far.

    Those that came last wait until together they hold as many buckets as the sum, or are sixteen: then all become one. So
    what is held is at most twice the sum and one summary more, whatever the number of summaries.
    """

    def __init__(self) -> None:
        self._parts: list[Summary] = []

    def add(self, one: Summary) -> None:
        """Take one more; an interrupt in the middle leaves it out as a whole."""
        parts = [*self._parts, one]
        if len(parts) > _MOST or sum(map(_buckets, parts[1:])) >= _buckets(parts[0]):
            parts = [added(parts)]
        self._parts = parts

    def whole(self) -> Summary:
        """The sum. Raises IndexError where nothing came."""
        self._parts = [self._parts[0] if len(self._parts) == 1 else added(self._parts)]
        return self._parts[0]

    @property
    def scenarios(self) -> int:
        """Scenarios of all that came."""
        return sum(one.scenarios for one in self._parts)

    @property
    def ended_early(self) -> int:
        """Scenarios that ended before their time."""
        return sum(int(one.ended[1:].sum()) for one in self._parts)


def _buckets(one: Summary) -> int:
    return sum(len(measure.buckets) for measure in one.measures.values())
