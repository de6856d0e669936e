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
from collections.abc import Iterable, Mapping
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


class _Amount(NamedTuple):
    """What one filing gives for one period one way. Sorts by day, filing and period."""

    filed: str
    accession: str
    end: str
    start: str
    way: int
    value: float
    form: str


_OF_ONE_PERIOD = operator.itemgetter(slice(0, 4))
"""The day, filing and period of an amount."""


def choose(concept: Concept, points: Mapping[str, Iterable[Point]]) -> Chosen:
    """The figures of a concept from the points of its tags, by the rule of this module."""
    amounts = [amount for way in range(len(concept.tags)) for amount in _amounts(concept, way, points)]
    amounts.sort()
    choice = _Choice(concept)
    for _, group in itertools.groupby(amounts, _OF_ONE_PERIOD):
        choice.take(list(group))
    return Chosen(choice.series, choice.agree, choice.differ)


def tags_of(concept: Concept, way: int) -> str:
    """The tags of a way as a locator prints them: `us-gaap:LongTermDebtNoncurrent + us-gaap:LongTermDebtCurrent`."""
    return " + ".join(concept.tags[way])


def _amounts(concept: Concept, way: int, points: Mapping[str, Iterable[Point]]) -> Iterable[_Amount]:
    tags, instant = concept.tags[way], concept.span == "instant"
    parts = [points.get(tag, ()) for tag in tags]
    if len(parts) == 1:
        return [_Amount(p[0], p[1], p[2], p[3], way, p[5], p[6]) for p in parts[0] if (not p[3]) is instant]
    by_place = [{point[:4]: point for point in part if (not point.start) is instant} for part in parts]
    shared = set(by_place[0]).intersection(*by_place[1:])
    return [
        _Amount(*place, way, sum(part[place].value for part in by_place), by_place[0][place].form) for place in shared
    ]


class _Choice:
    """The figures so far, as filings come in."""

    def __init__(self, concept: Concept) -> None:
        self.concept = concept
        self.series: Series = {}
        self.agree: dict[TwoWays, str] = {}
        self.differ: dict[TwoWays, str] = {}

    def take(self, amounts: list[_Amount]) -> None:
        """Amounts that one filing gives for one period, by tag and size."""
        picked, note = (amounts[0], "") if len(amounts) == 1 else self._pick(amounts)
        vintages = self.series.setdefault((picked.start, picked.end), [])
        if not vintages:
            vintages.append(_vintage(picked, note))
            return
        before = vintages[-1]
        if picked.value == before.value:
            _seen(self.agree, picked, before.way)
        elif said := self._replaces(picked, before):
            vintages.append(_vintage(picked, f"{note}; {said}" if note else said))

    def _pick(self, amounts: list[_Amount]) -> tuple[_Amount, str]:
        by_way: dict[int, _Amount] = {}
        said: list[str] = []
        for amount in amounts:
            if (other := by_way.get(amount.way)) is not None and self.concept.choice == "highest":
                amount = max(other, amount, key=lambda one: one.value)
            elif other is not None and other.value != amount.value:
                said.append(
                    f"the filing has both {other.value:,.12g} and {amount.value:,.12g}; the one less rounded stands"
                )
                amount = min(other, amount, key=_rounding)
            by_way[amount.way] = amount
        largest = self.concept.choice == "largest"
        picked = max(by_way.values(), key=lambda one: (one.value, -one.way)) if largest else by_way[min(by_way)]
        return picked, "; ".join([*said, *self._checks(picked, by_way)])

    def _checks(self, picked: _Amount, by_way: Mapping[int, _Amount]) -> list[str]:
        said: list[str] = []
        for way, other in by_way.items():
            if way != picked.way:
                tags = tags_of(self.concept, way)
                if other.value == picked.value:
                    _seen(self.agree, picked, way)
                    said.append(f"{tags} gives the same")
                else:
                    _seen(self.differ, picked, way)
                    said.append(f"{tags} gives {other.value:,.12g}")
        return said

    def _replaces(self, picked: _Amount, before: FiledVintage) -> str:
        """Why an amount replaces the one before, in words; empty where it does not."""
        pair = two_ways(picked.way, before.way)
        if picked.way == before.way or (pair in self.agree and pair not in self.differ):
            return f"restates {before.value:,.12g} of {before.accession}"
        better = picked.value > before.value if self.concept.choice == "largest" else picked.way < before.way
        return f"in place of {tags_of(self.concept, before.way)} of {before.accession}" if better else ""


def _seen(pairs: dict[TwoWays, str], amount: _Amount, way: int) -> None:
    if amount.way != way:
        pairs.setdefault(two_ways(amount.way, way), amount.filed)


def _vintage(amount: _Amount, note: str) -> FiledVintage:
    return FiledVintage(amount.value, amount.way, amount.accession, amount.filed, amount.form, note)


def _rounding(amount: _Amount) -> int:
    """How many zeros an amount ends in: the fewer, the less it was rounded."""
    digits = f"{abs(amount.value):.0f}"
    return len(digits) - len(digits.rstrip("0"))
