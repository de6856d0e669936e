"""What need not be computed where a factor is 0: steps that something wanted takes only times that factor.

A default is seldom, yet what it would recover is a tenth of a site's equations. Such steps are skipped unless some lane
wants them, and count as 0 in the lanes that do not: so a scenario has the same bits beside whatever others.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from overbuild.equations.kernel.fused import PLAIN, Fused

_COSTS = {"div": 6, "sqrt": 6, "exp": 20, "log": 25, "power": 45, "logistic": 25}
_WORTH = 12
"""Cost of steps from which a branch is worth its while, in additions."""


class Guard(NamedTuple):
    """A factor, the steps that only it needs, and those of them that it multiplies."""

    factor: int
    lazy: tuple[int, ...]
    entries: tuple[int, ...]


def guards_of(graph: Fused, mine: set[int]) -> list[Guard]:
    """Guards over the steps that are mine, no step under two; one guard may lie inside another."""
    found = _Guards(graph, mine)
    return found.chosen()


class _Guards:
    def __init__(self, graph: Fused, mine: set[int]) -> None:
        self.graph, self.steps, self.mine = graph, graph.steps, mine
        self.needed = sorted(graph.needed())
        self.uses: dict[int, list[int]] = {}
        for place in self.needed:
            for operand in set(self.steps[place].operands):
                self.uses.setdefault(operand, []).append(place)
        self.pinned = {*graph.after.values(), *graph.wanted.values()}
        self.free = {
            place
            for place in mine
            if graph.moves(place) and self.steps[place].kind in PLAIN and place not in self.pinned
        }

    def chosen(self) -> list[Guard]:
        seldom = self._seldom()
        factors = {
            one
            for place in self.needed
            if self.steps[place].kind in ("mul", "row_dot")
            for one in self.graph.rows_of(place)
            if one in seldom
        }
        loops = [{one for one in self.free if self.steps[one].loop == loop} for loop in range(self.graph.loops)]
        everywhere = [self._guard(one, room) for one in sorted(factors) for room in loops]
        ranked = sorted((one for one in everywhere if self._gain(one) >= _WORTH), key=self._rank)
        chosen: list[Guard] = []
        rooms = loops
        for guard in ranked:
            best = min((self._guard(guard.factor, room) for room in rooms), key=self._rank)
            if self._gain(best) < _WORTH or any(self._is_alike(best, one) for one in chosen):
                continue
            chosen.append(best)
            for room in rooms:
                room.difference_update(best.lazy)
            rooms.append(set(best.lazy))
        return chosen

    def _gain(self, guard: Guard) -> int:
        return self._cost(guard.lazy) - 2 * len(guard.entries)

    def _is_alike(self, guard: Guard, other: Guard) -> bool:
        """Whether it lies in another and skips little less."""
        return set(guard.lazy) <= set(other.lazy) and self._cost(guard.lazy) > 0.7 * self._cost(other.lazy)

    def _rank(self, guard: Guard) -> tuple[int, int]:
        return -self._gain(guard), -guard.factor

    def _cost(self, places: Iterable[int]) -> int:
        return sum(_COSTS.get(self.steps[one].kind, 1) for one in places)

    def _seldom(self) -> set[int]:
        """Steps that are 0 as a rule: what a trigger or a shortfall makes. A wrong guess costs time, no digit."""
        found: set[int] = set()
        stocks = self._stocks()
        for place in self.needed:
            step = self.steps[place]
            if (
                step.kind == "breached"
                or (step.kind == "literal" and step.number == 0.0)
                or (step.kind == "present" and step.operands[0] not in stocks)
                or (step.kind == "mul" and any(one in found for one in step.operands))
                or (step.kind in ("add", "maximum") and all(one in found for one in step.operands))
            ):
                found.add(place)
        return found

    def _stocks(self) -> set[int]:
        """States before a place, and their sums."""
        found = set(self.graph.after)
        for place in self.needed:
            step = self.steps[place]
            if step.kind == "add" and all(one in found for one in step.operands):
                found.add(place)
        return found

    def _guard(self, factor: int, room: set[int]) -> Guard:
        """The steps of a room that only this factor needs."""
        zero: set[int] = set()
        waiting = [factor]
        while waiting:
            place = waiting.pop()
            if place not in zero:
                zero.add(place)
                waiting.extend(one for one in self.uses.get(place, ()) if self.steps[one].kind == "mul")
        lazy: set[int] = set()
        entries: set[int] = set()
        start = {one for place in zero | self._dots(zero) for one in self.steps[place].operands}
        queue = [-one for one in (start & room) - zero]
        heapify(queue)
        met = set(queue)
        while queue:
            # from the last step to the first: all that a step serves is decided before it
            place = -heappop(queue)
            times = [user for user in self.uses[place] if self._is_times(user, place, zero)]
            if all(user in lazy or user in times for user in self.uses[place]):
                lazy.add(place)
                if times:
                    entries.add(place)
                for one in self.steps[place].operands:
                    if one in room and one not in zero and -one not in met:
                        met.add(-one)
                        heappush(queue, -one)
        return Guard(factor, tuple(sorted(lazy)), tuple(sorted(entries)))

    def _dots(self, zero: set[int]) -> set[int]:
        return {user for one in zero for user in self.uses.get(one, ()) if self.steps[user].kind == "row_dot"}

    def _is_times(self, user: int, place: int, zero: set[int]) -> bool:
        step = self.steps[user]
        if step.kind not in ("mul", "row_dot"):
            return False
        one, other = self.graph.rows_of(user)
        return one != other and (one if other == place else other) in zero
