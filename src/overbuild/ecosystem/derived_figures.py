"""Figures that no source prints: derived, on a day, from facts known then or from named assumptions.

A part says in which ways it can be derived, the best first; on a day the first way counts whose facts are all known.
A way gives its low, central and high end as arithmetic on its operands, so that the formula can be read and argued with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from overbuild.ecosystem.derived_ranges import GivenNumber, GivenOperands, RangeArithmetic
from overbuild.ecosystem.figures_in_force import amount
from overbuild.errors import CaseError, ClaimError, did_you_mean
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.facts.period import period_days
from overbuild.world.arithmetic import names, parse
from overbuild.world.sourced import Sourced

ENDS = ("low", "central", "high")
"""The ends of a derived figure's range."""

GROUNDS = ("stated", "estimate", "assumption")
"""What a way rests on: what the company states, somebody's estimate, or nothing but a reason."""


class FactOperand(NamedTuple):
    """A fact that a way takes, under the name that its arithmetic uses; `period` is a label such as `2026Q1`."""

    name: str
    entity: str
    metric: str
    period: str


class Way(NamedTuple):
    """One way to derive a figure: arithmetic for each end, the facts it takes, what it rests on, and why it is right."""

    low: str
    central: str
    high: str
    rests_on: str
    reason: str
    facts: tuple[FactOperand, ...] = ()


class DerivedPart(NamedTuple):
    """A figure, or one company's part of it, with the ways to derive it, the best first."""

    name: str
    label: str
    ways: tuple[Way, ...]


class KnownOperand(NamedTuple):
    """An operand with its value in the unit used inside, and the fact or the assumption that it is."""

    name: str
    value: float
    fact: Fact | None = None
    assumed: Sourced | None = None


class KnownPart(NamedTuple):
    """A part on a day: the way that counts, and its operands."""

    name: str
    label: str
    way: Way
    operands: tuple[KnownOperand, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts behind the operands."""
        return tuple(one.fact for one in self.operands if one.fact is not None)

    @property
    def derivation(self) -> RangeArithmetic:
        """The way as static arithmetic."""
        return RangeArithmetic(self.name, *(parse(getattr(self.way, end)) for end in ENDS))

    @property
    def given(self) -> GivenOperands:
        """The operands as the numbers of a model."""
        return GivenOperands(self.name, tuple(GivenNumber(one.name, one.value) for one in self.operands))

    def with_values(self, values: Mapping[str, float], prefix: str) -> KnownPart:
        """The part with the values of other numbers, each under `prefix.part.operand`."""
        changed = (one._replace(value=values[f"{prefix}.{self.name}.{one.name}"]) for one in self.operands)
        return self._replace(operands=tuple(changed))


def known_parts(view: View, parts: Iterable[DerivedPart]) -> tuple[KnownPart, ...]:
    """The parts on the view's day; nothing where one of them cannot be derived then: a sum is whole or it is none."""
    found = [known_part(view, part) for part in parts]
    return () if None in found else tuple(one for one in found if one is not None)


def known_part(view: View, part: DerivedPart) -> KnownPart | None:
    """A part by the first way whose facts are all in force on the view's day; None where there is none.

    Raises FactError `bad_value` for a fact that is words.
    """
    for way in part.ways:
        facts = [view.find(one.entity, one.metric, *period_days(one.period)) for one in way.facts]
        if None not in facts:
            operands = (
                KnownOperand(one.name, amount(fact), fact)
                for one, fact in zip(way.facts, facts, strict=True)
                if fact is not None
            )
            return KnownPart(part.name, part.label, way, tuple(operands))
    return None


def printed_part(name: str, label: str, fact: Fact) -> KnownPart:
    """A figure that one source prints, as a part without a range."""
    way = Way("figure", "figure", "figure", "stated", f"{fact.kind}, as the source prints it")
    return KnownPart(name, label, way, (KnownOperand("figure", amount(fact), fact),))


def assumed_part(name: str, label: str, assumed: Sourced) -> KnownPart:
    """A named assumption with its range as a part; without a range its ends are the value.

    Source: ours, a convention: the range of an assumption is that of the figure.
    """
    ends = {
        "low": assumed.value if assumed.low is None else assumed.low,
        "central": assumed.value,
        "high": assumed.value if assumed.high is None else assumed.high,
    }
    operands = tuple(KnownOperand(end, float(ends[end]), assumed=assumed) for end in ENDS)
    return KnownPart(name, label, Way("low", "central", "high", "assumption", assumed.reason), operands)


def faults_of_parts(parts: Iterable[DerivedPart], path: str) -> Iterator[CaseError]:
    """Faults of the ways of parts that stand in a list at a path."""
    for part in parts:
        yield from faults_of_ways(part.ways, f"{path}.{part.name}.ways")


def faults_of_ways(ways: Iterable[Way], path: str) -> Iterator[CaseError]:
    """Ways whose arithmetic cannot be read or uses a name that is not given; periods and grounds that are none."""
    for place, way in enumerate(ways, start=1):
        where = f"{path}.{place}"
        if way.rests_on not in GROUNDS:
            hint = f"one of {', '.join(GROUNDS)}.{did_you_mean(way.rests_on, GROUNDS)}"
            yield CaseError("unknown_name", f"{where}.rests_on", way.rests_on, hint)
        given = {one.name for one in way.facts}
        for end in ENDS:
            yield from _faults_of_end(str(getattr(way, end)), given, f"{where}.{end}")
        for one in way.facts:
            yield from _faults_of_period(one, f"{where}.facts.{one.name}.period")


def _faults_of_end(text: str, given: set[str], path: str) -> Iterator[CaseError]:
    try:
        used = names(parse(text))
    except ClaimError as error:
        yield CaseError(error.code, path, text, error.hint)
        return
    for name in sorted(used - given):
        yield CaseError("unknown_name", path, name, f"the way takes no such fact.{did_you_mean(name, given)}")


def _faults_of_period(one: FactOperand, path: str) -> Iterator[CaseError]:
    try:
        period_days(one.period)
    except ValueError:
        yield CaseError("bad_period", path, one.period, "a period is 2026, 2026H1, 2026Q1, 2026-03 or a day")
