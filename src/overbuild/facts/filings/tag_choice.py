"""Which tag of a filing is the figure: one rule, filing by filing in the order of their days, each choice said.

    in one filing    the tag that comes first in the concept's order (`first`), or the largest amount (`largest`);
                     the other tags that stand beside it check it. Of two amounts under one tag the less rounded one, or
                     the higher where members of a group are compared (`highest`)
    later filings    another amount under the same tag, or under a tag that gave the same amounts so far, is a
                     restatement: a later row. Another amount under a tag that is another thing (it stood beside the
                     first with another amount, or never with the same) replaces only what the rule ranks below it

A day knows only what was filed until then: nothing later decides an earlier choice.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from overbuild.facts.filings.company_facts import Point
from overbuild.facts.filings.concepts import Concept

Span = tuple[str, str]
"""First and last day of a period; the first is empty for an instant."""


class FiledVintage(NamedTuple):
    """A figure of one period as one filing gave it. `way` is its place in the concept's tags, `note` what checks it."""

    value: float
    way: int
    accession: str
    filed: str
    form: str
    note: str


Series = dict[Span, list[FiledVintage]]
"""Of each period its vintages, the oldest first; each differs from the one before."""


class TwoWays(NamedTuple):
    """Two ways of a concept, the one that comes first in its order first."""

    first: int
    second: int


def two_ways(one: int, other: int) -> TwoWays:
    """Two ways in their order."""
    return TwoWays(min(one, other), max(one, other))


class Chosen(NamedTuple):
    """A concept's figures, and the day from which pairs of ways were known to give the same, or another, amount."""

    series: Series
    agree: dict[TwoWays, str]
    differ: dict[TwoWays, str]

    def same_since(self, one: int, other: int) -> str:
        """The day from which two ways were known to mean the same; empty where nothing shows it, or anything denies it.

        Both ways round mean the same.
        """
        pair = two_ways(one, other)
        return "" if pair in self.differ else self.agree.get(pair, "")


_OF_ONE_PERIOD = operator.itemgetter(slice(0, 4))
"""The day, filing and period of a point."""


def choose(concept: Concept, points: Mapping[str, Sequence[Point]]) -> Chosen:
    """The figures of a concept from the points of its tags, by the rule of this module."""
    amounts = [point for way in concept.tags for point in _amounts(way, points, instant=concept.span == "instant")]
    amounts.sort()
    choice = _Choice(concept)
    for _, group in itertools.groupby(amounts, _OF_ONE_PERIOD):
        choice.take(*group)
    return Chosen(choice.series, choice.agree, choice.differ)


def tags_of(concept: Concept, way: int) -> str:
    """The tags of a way as a locator prints them: `us-gaap:LongTermDebtNoncurrent + us-gaap:LongTermDebtCurrent`."""
    return " + ".join(concept.tags[way])


def _amounts(tags: Sequence[str], points: Mapping[str, Sequence[Point]], *, instant: bool) -> list[Point]:
    """The points of a way; those of a sum go by its tags together."""
    parts = [points.get(tag, ()) for tag in tags]
    if len(parts) == 1:
        return [point for point in parts[0] if (not point[3]) is instant]
    by_place = [{point[:4]: point for point in part if (not point[3]) is instant} for part in parts]
    shared = set(by_place[0]).intersection(*by_place[1:])
    name = " + ".join(tags)
    return [
        Point(*place, name, sum(part[place].value for part in by_place), by_place[0][place].form) for place in shared
    ]


class _Choice:
    """The figures so far, as filings come in."""

    def __init__(self, concept: Concept) -> None:
        self.concept = concept
        self.ways = {tags_of(concept, way): way for way in range(len(concept.tags))}
        self.series: Series = {}
        self.agree: dict[TwoWays, str] = {}
        self.differ: dict[TwoWays, str] = {}

    def take(self, first: Point, *others: Point) -> None:
        """Amounts that one filing gives for one period."""
        picked, note = self._pick((first, *others)) if others else (first, "")
        filed, accession, end, start, tag, value, form = picked
        way = self.ways[tag]
        vintages = self.series.get((start, end))
        if vintages is None:
            self.series[start, end] = [FiledVintage(value, way, accession, filed, form, note)]
            return
        before = vintages[-1]
        if value == before.value:
            if way != before.way:
                self.agree.setdefault(two_ways(way, before.way), filed)
        elif said := self._replaces(value, way, before):
            vintages.append(FiledVintage(value, way, accession, filed, form, f"{note}; {said}" if note else said))

    def _pick(self, amounts: Sequence[Point]) -> tuple[Point, str]:
        by_way: dict[int, Point] = {}
        said: list[str] = []
        for amount in amounts:
            way = self.ways[amount.tag]
            other = by_way.get(way)
            if other is not None and self.concept.choice == "highest":
                amount = max(other, amount, key=_value)
            elif other is not None and other.value != amount.value:
                said.append(
                    f"the filing has both {other.value:,.12g} and {amount.value:,.12g}; the one less rounded stands"
                )
                amount = min(other, amount, key=_rounding)
            by_way[way] = amount
        largest = max(by_way.values(), key=_value).value
        way = min(one for one in by_way if self.concept.choice != "largest" or by_way[one].value == largest)
        return by_way[way], "; ".join([*said, *self._checks(way, by_way)])

    def _checks(self, picked: int, by_way: Mapping[int, Point]) -> list[str]:
        said: list[str] = []
        for way, other in by_way.items():
            if way != picked:
                same = other.value == by_way[picked].value
                (self.agree if same else self.differ).setdefault(two_ways(way, picked), other.filed)
                said.append(f"{other.tag} gives " + ("the same" if same else f"{other.value:,.12g}"))
        return said

    def _replaces(self, value: float, way: int, before: FiledVintage) -> str:
        """Why an amount replaces the one before, in words; empty where it does not."""
        pair = two_ways(way, before.way)
        if way == before.way or (pair in self.agree and pair not in self.differ):
            return f"restates {before.value:,.12g} of {before.accession}"
        better = value > before.value if self.concept.choice == "largest" else way < before.way
        return f"in place of {tags_of(self.concept, before.way)} of {before.accession}" if better else ""


def _value(amount: Point) -> float:
    return amount.value


def _rounding(amount: Point) -> int:
    """How many zeros an amount ends in: the fewer, the less it was rounded."""
    digits = f"{abs(amount.value):.0f}"
    return len(digits) - len(digits.rstrip("0"))
