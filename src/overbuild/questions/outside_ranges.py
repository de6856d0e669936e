"""What of an asker's own numbers and figures lies outside every range and source: one line, said before the limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from overbuild.ecosystem.gap.preset import assumptions_of, gap_preset
from overbuild.ecosystem.need.preset import NeedPresets, assumptions_of_need, need_preset
from overbuild.facts.fact import Fact
from overbuild.facts.ledger import View
from overbuild.facts.sources import shipped_sources
from overbuild.questions.deciding import said, short
from overbuild.questions.prose import quantity
from overbuild.world.sourced import Sourced


class Beyond(NamedTuple):
    """A number with what it is called, and the lowest and highest of what it was held against."""

    label: str
    value: float
    low: float
    high: float
    unit: str


def beyond_presets(presets: NeedPresets, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The asker's numbers that lie outside the range which the preset gives for them, in one line.

    >>> from overbuild.ecosystem.need.preset import OwnAssumptions, presets_with
    >>> beyond_presets(presets_with(OwnAssumptions(hurdle=0.3)), {})
    ('1 input lies outside the range of the presets: return asked after tax 30% a year, not 8% to 12%.',)
    >>> beyond_presets(presets_with(OwnAssumptions(hurdle=0.12)), {})
    ()
    """
    found = tuple(_beyond_presets(presets, labels))
    return (_line(found, "outside the range of the presets"),) if found else ()


def _beyond_presets(presets: NeedPresets, labels: Mapping[str, str]) -> Iterator[Beyond]:
    given = assumptions_of(presets.gap) | assumptions_of_need(presets.need)
    shipped = assumptions_of(gap_preset()) | assumptions_of_need(need_preset())
    layers = zip(presets.need.layers, need_preset().layers, strict=False)
    pairs: list[tuple[str, Sourced, Sourced]] = [
        (name, one, shipped[name]) for name, one in given.items() if name in shipped
    ]
    pairs += [
        (f"margin.{ours.name}", own.gross_margin, ours.gross_margin) for own, ours in layers if own.name != ours.name
    ]
    for name, own, ours in pairs:
        if ours.low is not None and ours.high is not None and not ours.low <= own.value <= ours.high:
            yield Beyond(said(name, labels), own.value, ours.low, ours.high, ours.unit)


def beyond_other_sources(view: View, facts: Sequence[Fact]) -> tuple[str, ...]:
    """The figures of a workspace that lie outside what every other source gives for the same period, in one line."""
    own = [one for one in dict.fromkeys(facts) if one.source not in shipped_sources()]
    found = tuple(one for fact in own if (one := _beside_others(view, fact)) is not None)
    return (_line(found, "outside what every other source says"),) if found else ()


def _beside_others(view: View, fact: Fact) -> Beyond | None:
    others = [
        one.value_in_base_unit
        for one in view.ledger.about(fact.entity, fact.metric)
        if one.source != fact.source
        and (one.period_start, one.period_end) == (fact.period_start, fact.period_end)
        and one.base_unit == fact.base_unit
        and view.knows(one)
        and one.value_in_base_unit is not None
    ]
    value = fact.value_in_base_unit
    if value is None or not others or min(others) <= value <= max(others):
        return None
    return Beyond(
        f"{fact.entity} {fact.metric.replace('_', ' ')}, {fact.period}", value, min(others), max(others), fact.base_unit
    )


def _line(found: Sequence[Beyond], where: str) -> str:
    first = found[0]
    low, high = short(first.low, first.unit), short(first.high, first.unit)
    ends = low if low == high else f"{low} to {high}"
    count = "1 input lies" if len(found) == 1 else f"{len(found)} inputs lie"
    return f"{count} {where}: {first.label} {quantity(first.value, first.unit)}, not {ends}."
